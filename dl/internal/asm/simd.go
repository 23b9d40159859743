package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
)

// simdKernels writes the loops of package simd. AVX-512 machines run the
// same: most loops are bound by memory.
func simdKernels(c *build.Context) {
	v := avx2(c)
	arithmetic(v)
	copyRows(v)
	maxPool(v)
	philox(v, "philoxAVX2", false)
	philox(v, "philoxUniformAVX2", true)
	transpose(v)
	for n := 1; n <= softmaxVectors; n++ {
		softmaxRows(v, n)
	}
	reductions(v)
	transcendental(v)
	optimizers(v)
}

// simdStubs declares the functions, and for other architectures functions
// that are never called.
func simdStubs(f *ir.File) map[string]string {
	var amd64, other strings.Builder
	amd64.WriteString("package simd\n\n")
	other.WriteString("//go:build !amd64\n\npackage simd\n\n")
	for _, fn := range f.Functions() {
		fmt.Fprintf(&amd64, "//go:noescape\n%s\n\n", fn.Stub())
		fmt.Fprintf(&other, "%s { panic(noKernels) }\n\n", fn.Stub())
	}
	return map[string]string{"kernels_amd64.go": amd64.String(), "kernels_other.go": other.String()}
}

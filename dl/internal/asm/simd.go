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
	philox(v, "philoxAsm", false)
	philox(v, "philoxUniformAsm", true)
	transpose(v)
	for n := 1; n <= softmaxVectors; n++ {
		softmaxRows(v, n)
	}
	reductions(v)
	transcendental(v)
	normals(v)
	recurrent(v)
	optimizers(v)
}

// simdStubs declares the functions, and for other architectures functions
// that are never called.
func simdStubs(f *ir.File) map[string]string {
	var asm, other strings.Builder
	asm.WriteString("//go:build amd64 || arm64\n\npackage simd\n\n")
	other.WriteString("//go:build !amd64 && !arm64\n\npackage simd\n\n")
	for _, fn := range f.Functions() {
		fmt.Fprintf(&asm, "//go:noescape\n%s\n\n", fn.Stub())
		fmt.Fprintf(&other, "%s { panic(noKernels) }\n\n", fn.Stub())
	}
	return map[string]string{"kernels_asm.go": asm.String(), "kernels_other.go": other.String()}
}

package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
)

// simdKernels writes the loops of package simd, with the same bits for both
// widths of vectors. Copying, streaming, transposing and pooling have one form: they
// wait for memory, not for the units.
func simdKernels(c *build.Context) {
	v := avx2(c)
	for _, v := range []isa{v, v.widened()} {
		arithmetic(v)
		pieces(v)
		if !v.wide() {
			copyRows(v)
			addRows(v)
			stream(v)
			maxPool(v)
		}
		philox(v, "philoxAsm", false)
		philox(v, "philoxUniformAsm", true)
		if !v.wide() {
			transpose(v)
		}
		for n := 1; n <= softmaxEights; n++ {
			softmaxRows(v, n)
		}
		reductions(v)
		transcendental(v)
		normals(v)
		recurrent(v)
		optimizers(v)
	}
}

// simdStubs declares the functions, and for other architectures functions
// that are never called.
func simdStubs(f *ir.File) map[string]string {
	var other strings.Builder
	other.WriteString("//go:build !amd64 && !arm64\n\npackage simd\n\n")
	for _, fn := range f.Functions() {
		if arm64Name(fn.Name) != "" {
			fmt.Fprintf(&other, "%s { panic(noKernels) }\n\n", fn.Stub())
		}
	}
	files := twoWidths(f, "simd")
	files["kernels_other.go"] = other.String()
	return files
}

// twoWidths declares the functions of a package whose kernels for AVX2 have
// AVX-512 forms: the former with their translations, the latter, and a list of
// all for a test.
func twoWidths(f *ir.File, pkg string) map[string]string {
	var asm, wide, list strings.Builder
	fmt.Fprintf(&asm, "//go:build amd64 || arm64\n\npackage %s\n\n", pkg)
	fmt.Fprintf(&wide, "package %s\n\n", pkg)
	fmt.Fprintf(&list, "package %s\n\n// kernels are the functions in assembly.\nvar kernels = map[string]any{\n", pkg)
	for _, fn := range f.Functions() {
		b := &asm
		if arm64Name(fn.Name) == "" {
			b = &wide
		}
		fmt.Fprintf(b, "//go:noescape\n%s\n\n", fn.Stub())
		fmt.Fprintf(&list, "%q: %s,\n", fn.Name, fn.Name)
	}
	list.WriteString("}\n")
	return map[string]string{"kernels_asm.go": asm.String(), "kernels_amd64.go": wide.String(), "kernels_amd64_test.go": list.String()}
}

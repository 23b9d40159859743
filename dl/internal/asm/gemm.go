package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
)

func gemmKernels(c *build.Context) {
	for _, v := range []isa{avx2(c), avx512(c)} {
		for rows := 1; rows <= v.tileRows(); rows++ {
			for variant := tileFull; variant <= tileHalf; variant++ {
				if v.variant(rows, variant) != variant {
					continue
				}
				tile(v, rows, variant, false)
				tile(v, rows, variant, true)
			}
		}
		dot(v)
	}
	packCopy(avx2(c))
	packCopy16(avx2(c))
	packSplit(avx2(c))
	packTaps(avx2(c))
	packTranspose(avx2(c))
}

// gemmStubs declares the kernels and lists the tiles by variant and rows.
func gemmStubs(f *ir.File) map[string]string {
	var names []string
	for _, fn := range f.Functions() {
		names = append(names, fn.Name)
	}
	return map[string]string{
		"kernels_amd64.go": gemmTables(names, avx2(nil), avx512(nil)),
		"kernels_arm64.go": gemmTables(arm64Names(names), isa{name: "neon", lanes: 8}),
	}
}

// gemmTables declares the functions and lists the tiles of the sets.
func gemmTables(functions []string, sets ...isa) string {
	var b strings.Builder
	b.WriteString("package gemm\n\n")
	for _, fn := range functions {
		arg := "s *strip"
		if strings.HasPrefix(fn, "pack") {
			arg = "p *packing"
		}
		fmt.Fprintf(&b, "//go:noescape\nfunc %s(%s)\n\n", fn, arg)
	}
	for _, v := range sets {
		for _, taps := range []bool{false, true} {
			name := v.name + "Tiles"
			if taps {
				name = v.name + "Taps"
			}
			fmt.Fprintf(&b, "var %s = [3][]func(*strip){\n", name)
			for variant := tileFull; variant <= tileHalf; variant++ {
				b.WriteString("{nil")
				for rows := 1; rows <= v.tileRows(); rows++ {
					b.WriteString(", " + tileName(v, rows, v.variant(rows, variant), taps))
				}
				b.WriteString("},\n")
			}
			b.WriteString("}\n\n")
		}
	}
	return b.String()
}

package main

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	. "github.com/mmcloughlin/avo/operand"
)

// peakChains is how many independent multiplications are in flight: more
// than the latency of an FMA times two units.
const peakChains = 12

// peakKernels writes loops of fused multiplications that do nothing else, to
// measure the peak of a machine.
func peakKernels(c *build.Context) {
	for _, v := range []isa{avx2(c), avx512(c)} {
		v.begin(v.name+"FMA", "func(n int)")
		n := v.Load(v.Param("n"), v.GP64())
		acc := v.vecs(peakChains)
		x := v.vec()
		v.zero(x)
		for _, r := range acc {
			v.zero(r)
		}
		v.Label("again")
		for _, r := range acc {
			v.VFMADD231PS(x, x, r)
		}
		v.DECQ(n)
		v.JNZ(LabelRef("again"))
		v.VZEROUPPER()
		v.RET()
	}
}

func peakStubs(f *ir.File) map[string]string {
	var names []string
	for _, fn := range f.Functions() {
		names = append(names, fn.Name)
	}
	return map[string]string{"kernels_amd64.go": peakLoops(names), "kernels_arm64.go": peakLoops(arm64Names(names))}
}

func peakLoops(names []string) string {
	var b strings.Builder
	b.WriteString("package main\n\n")
	for _, n := range names {
		fmt.Fprintf(&b, "func %s(n int)\n\n", n)
	}
	fmt.Fprintf(&b, "// fmaChains is how many vectors a turn of the loops multiplies.\nconst fmaChains = %d\n", peakChains)
	return b.String()
}

package main

import (
	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const cmpGreater = 0x1e // ordered, quiet

// maxPool writes the loop of 2×2 pooling with stride 2: n ≥ 8 outputs from
// two rows, and where in the plane each was found. The last vector overlaps
// the one before it.
func maxPool(v isa) {
	v.begin("maxPool2x2Asm", "func(n int, dst *float32, arg *int32, r0, r1 *float32, base, width int)")
	n := v.Load(v.Param("n"), v.GP64())
	dst, arg := v.Load(v.Param("dst"), v.GP64()), v.Load(v.Param("arg"), v.GP64())
	rows := []reg.Register{v.Load(v.Param("r0"), v.GP64()), v.Load(v.Param("r1"), v.GP64())}
	base, width := v.Load(v.Param("base"), v.GP64()), v.Load(v.Param("width"), v.GP64())

	// A shuffle of two vectors keeps halves apart: its outputs are 0 1 4 5
	// 2 3 6 7.
	places := v.StaticGlobal("poolPlaces")
	v.DataAttributes(attr.RODATA | attr.NOPTR)
	for i, p := range []uint32{0, 1, 4, 5, 2, 3, 6, 7} {
		v.AddDatum(4*i, U32(2*p))
	}
	first, down := v.YMM(), v.YMM()
	v.VMOVD(width.(reg.GP).As32(), down.AsX())
	v.VPBROADCASTD(down.AsX(), down)

	j := v.GP64()
	v.XORQ(j, j)
	last := v.GP64()
	v.LEAQ(Mem{Base: n.(reg.GP).As64(), Disp: -8}, last)
	v.Label("vector")
	t := v.GP64()
	v.LEAQ(Mem{Base: base, Index: j, Scale: 2}, t)
	v.VMOVD(t.As32(), first.AsX())
	v.VPBROADCASTD(first.AsX(), first)
	v.VPADDD(places, first, first)
	best, at := v.YMM(), v.YMM()
	for i, r := range rows {
		a, b, odd := v.YMM(), v.YMM(), v.YMM()
		v.VMOVUPS(Mem{Base: r, Index: j, Scale: 8}, a)
		v.VMOVUPS(Mem{Base: r, Index: j, Scale: 8, Disp: 32}, b)
		v.VSHUFPS(Imm(0xdd), b, a, odd)
		v.VSHUFPS(Imm(0x88), b, a, a)
		for k, x := range []reg.VecVirtual{a, odd} {
			if i == 0 && k == 0 {
				v.VMOVUPS(a, best)
				v.VMOVUPS(first, at)
				continue
			}
			place := v.YMM()
			v.VMOVUPS(first, place)
			if i == 1 {
				v.VPADDD(down, place, place)
			}
			if k == 1 {
				v.VPADDD(v.word(1), place, place)
			}
			better, nan := v.YMM(), v.YMM()
			v.VCMPPS(Imm(cmpGreater), best, x, better)
			v.VCMPPS(Imm(cmpUnordered), x, x, nan)
			v.VORPS(nan, better, better)
			v.VBLENDVPS(better, x, best, best)
			v.VBLENDVPS(better, place, at, at)
		}
	}
	v.VPERMPD(Imm(0xd8), best, best)
	v.VPERMPD(Imm(0xd8), at, at)
	v.VMOVUPS(best, Mem{Base: dst, Index: j, Scale: 4})
	v.VMOVUPS(at, Mem{Base: arg, Index: j, Scale: 4})
	v.ADDQ(Imm(8), j)
	v.CMPQ(j, last)
	v.JLE(LabelRef("vector"))
	v.CMPQ(j, n)
	v.JGE(LabelRef("done"))
	v.MOVQ(last, j)
	v.JMP(LabelRef("vector"))
	v.Label("done")
	v.VZEROUPPER()
	v.RET()
}

package main

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// softmaxEights is how many times eight floats a row of the softmax below may
// have.
const softmaxEights = 4

// softmaxRows writes the two passes around the exponentials of a softmax over
// rows of up to 32 floats, of which the last eight have one or more: less the
// largest, and over the sum. The exponentials come from the loop over all rows
// of a block as one slice, which wastes no lanes, and where what one waits for
// is not all that is under way. The additions have the order of Sum, so that
// the bits are those of the row by row form.
func softmaxRows(v isa, eights int) {
	softmaxPass(v, "Shift", eights, 0xff800000, func(x []reg.VecVirtual) {
		m := v.fold(x, func(a, b reg.Register) { v.VMAXPS(a, b, b) })
		for _, y := range x {
			v.VSUBPS(m, y, y)
		}
	})
	softmaxPass(v, "Scale", eights, 0, func(x []reg.VecVirtual) {
		s := v.fold(x, func(a, b reg.Register) { v.VADDPS(a, b, b) })
		one := v.vec()
		v.VMOVUPS(v.float(1), one)
		v.VDIVPS(s, one, s)
		for _, y := range x {
			v.VMULPS(s, y, y)
		}
	})
}

// softmaxPass writes a loop over rows that stay in registers while each changes
// them. Lanes that a row does not have are the word absent.
func softmaxPass(v isa, name string, eights int, absent uint32, each func(x []reg.VecVirtual)) {
	vectors := (8*eights + v.lanes - 1) / v.lanes
	v.begin(fmt.Sprintf("softmax%s%dAsm", name, eights), "func(rows, cols int, dst, a *float32)")
	rows, cols := v.Load(v.Param("rows"), v.GP64()), v.Load(v.Param("cols"), v.GP64())
	dst, a := v.Load(v.Param("dst"), v.GP64()), v.Load(v.Param("a"), v.GP64())
	n := v.GP64()
	var k mask // lanes of the last vector
	var low reg.VecVirtual
	if v.wide() {
		v.LEAQ(Mem{Base: cols, Disp: -v.lanes * (vectors - 1)}, n)
		k = v.tailMask(n)
	} else {
		table := v.GP64()
		v.LEAQ(v.tailMasks(), table)
		v.MOVQ(cols, n)
		v.NEGQ(n)
		k = v.YMM()
		v.VMOVUPS(Mem{Base: table, Index: n, Scale: 4, Disp: 4*32 + 32*(vectors-1)}, k)
		if absent != 0 {
			low = v.YMM() // the other lanes
			v.VANDNPS(v.word(absent), k, low)
		}
	}
	// Masked stores are slow with AVX2: with a vector before it, the last one
	// is stored so that it overlaps that. The lanes come from both.
	var turn, fromLast reg.VecVirtual
	overlap := vectors > 1 && !v.wide()
	if overlap {
		places := v.StaticGlobal(fmt.Sprintf("softmax%sPlaces%d", name, vectors))
		v.DataAttributes(attr.RODATA | attr.NOPTR)
		for i := range 8 {
			v.AddDatum(4*i, U32(uint32(i-8*(vectors-1))))
		}
		turn, fromLast = v.YMM(), v.YMM()
		v.VMOVD(cols.(reg.GP).As32(), turn.AsX())
		v.VPBROADCASTD(turn.AsX(), turn)
		v.VPADDD(places, turn, turn)
		v.VPCMPGTD(v.word(7), turn, fromLast)
	}
	v.SHLQ(Imm(2), cols)

	v.Label("row")
	x := v.vecs(vectors)
	for i := range vectors - 1 {
		v.VMOVUPS(Mem{Base: a, Disp: v.bytes() * i}, x[i])
	}
	last := x[vectors-1]
	end := Mem{Base: a, Disp: v.bytes() * (vectors - 1)}
	switch {
	case absent == 0:
		v.load(end, k, last)
	case v.wide():
		v.loadOver(end, k, v.word(absent), last)
	default:
		v.load(end, k, last)
		v.VORPS(low, last, last)
	}
	each(x)
	for i := range vectors - 1 {
		v.VMOVUPS(x[i], Mem{Base: dst, Disp: v.bytes() * i})
	}
	if !overlap {
		v.store(last, k, Mem{Base: dst, Disp: v.bytes() * (vectors - 1)})
	} else {
		y, z := x[vectors-2], last
		v.VPERMPS(y, turn, y)
		v.VPERMPS(z, turn, z)
		v.VBLENDVPS(fromLast, z, y, y)
		v.VMOVUPS(y, Mem{Base: dst, Index: cols, Scale: 1, Disp: -32})
	}
	v.ADDQ(cols, a)
	v.ADDQ(cols, dst)
	v.DECQ(rows)
	v.JNZ(LabelRef("row"))
	v.VZEROUPPER()
	v.RET()
}

// fold combines all lanes of vectors with up to 32 in the order of package
// simd's reductions and returns the result in every lane.
func (v isa) fold(x []reg.VecVirtual, combine func(a, b reg.Register)) reg.VecVirtual {
	r := v.vec()
	v.VMOVUPS(x[0], r)
	if len(x) > 2 {
		combine(x[2], r)
	}
	if len(x) > 1 {
		t := v.vec()
		v.VMOVUPS(x[1], t)
		if len(x) > 3 {
			combine(x[3], t)
		}
		combine(t, r)
	}
	t := v.vec()
	if v.wide() {
		v.VSHUFF32X4(Imm(0b01001110), r, r, t)
		combine(t, r)
		v.VSHUFF32X4(Imm(0b10110001), r, r, t)
	} else {
		v.VPERM2F128(Imm(1), r, r, t)
	}
	combine(t, r)
	v.VPERMILPS(Imm(0b01001110), r, t)
	combine(t, r)
	v.VPERMILPS(Imm(0b10110001), r, t)
	combine(t, r)
	return r
}

package main

import (
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// reduceLanes is how many partial results a reduction has, with any width of
// vectors: element i goes to lane i mod 32.
const reduceLanes = 32

// reduction writes a loop over as many accumulators as make 32 lanes, and
// returns what combine makes of them. Absent elements of the tail are
// replaced by neutral.
func (v isa) reduction(l loop, neutral float32, each func(b *body, acc reg.VecVirtual), combine func(a, b reg.Register), finish func(b *body)) {
	n, p, b := v.open(&l, " float32")
	acc := v.vecs(reduceLanes / v.lanes)
	for _, r := range acc {
		if neutral == 0 {
			v.zero(r)
		} else {
			v.VMOVUPS(v.float(neutral), r)
		}
	}
	v.SUBQ(U32(reduceLanes), n)
	v.JL(LabelRef("tail"))
	v.Label("turns")
	for u := range acc {
		for _, s := range l.load {
			b.x[s] = v.vec()
			v.VMOVUPS(Mem{Base: p[s], Disp: v.bytes() * u}, b.x[s])
		}
		each(b, acc[u])
	}
	for _, s := range l.slices {
		v.ADDQ(U32(4*reduceLanes), p[s])
	}
	v.SUBQ(U32(reduceLanes), n)
	v.JGE(LabelRef("turns"))
	v.Label("tail")
	v.ADDQ(U32(reduceLanes), n)
	v.JZ(LabelRef("combine"))
	v.reductionTail(n, p, b, l.load, neutral, acc, each)
	v.Label("combine")
	finish(b)
	v.Store(v.tree(acc, combine), v.ReturnIndex(0))
	v.VZEROUPPER()
	v.RET()
}

// reductionTail takes the last n elements, 1 to 31. Vectors that are wholly
// absent are not touched.
func (v isa) reductionTail(n reg.Register, p map[string]reg.GPVirtual, b *body, load []string, neutral float32, acc []reg.VecVirtual, each func(b *body, acc reg.VecVirtual)) {
	var table reg.GPVirtual
	if !v.wide() {
		table = v.GP64()
		v.LEAQ(v.tailMasks(), table)
		v.NEGQ(n)
	}
	for u := range acc {
		var k mask
		if v.wide() {
			if u > 0 {
				v.SUBQ(Imm(uint64(v.lanes)), n)
				v.JLE(LabelRef("combine"))
			}
			k = v.tailMask(n)
		} else {
			if u > 0 {
				v.CMPQ(n, I32(int32(-v.lanes*u)))
				v.JGE(LabelRef("combine"))
			}
			k = v.YMM()
			v.VMOVUPS(Mem{Base: table, Index: n, Scale: 4, Disp: 4*32 + v.bytes()*u}, k)
		}
		for _, s := range load {
			b.x[s] = v.vec()
			m := Mem{Base: p[s], Disp: v.bytes() * u}
			if neutral != 0 {
				v.loadOver(m, k, v.float(neutral), b.x[s])
			} else {
				v.load(m, k, b.x[s])
			}
		}
		b.tail = k
		each(b, acc[u])
		b.tail = nil
	}
}

// tree combines 32 lanes in the order of package simd's fold: those 16 apart,
// then 8, 4, 2 and 1.
func (v isa) tree(acc []reg.VecVirtual, combine func(a, b reg.Register)) reg.Register {
	t := v.YMM()
	x, y := acc[0].AsX(), t.AsX()
	if v.wide() {
		combine(acc[1], acc[0])
		v.VEXTRACTF64X4(Imm(1), acc[0], t)
		combine(t, acc[0].AsY())
		v.VEXTRACTF32X4(Imm(1), acc[0].AsY(), y)
	} else {
		combine(acc[2], acc[0])
		combine(acc[3], acc[1])
		combine(acc[1], acc[0])
		v.VEXTRACTF128(Imm(1), acc[0], y)
	}
	combine(y, x)
	v.VPERMILPS(Imm(0b1110), x, y)
	combine(y, x)
	v.VPERMILPS(Imm(0b01), x, y)
	combine(y, x)
	return x
}

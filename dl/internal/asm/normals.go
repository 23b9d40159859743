package main

import (
	"math"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// normals writes a loop that turns random words, in groups of 16, into numbers
// of the normal distribution by the method of Box and Muller, in place: two
// neighbours make a radius and an angle. The roundings are those of the
// method's form in Go: nothing is fused.
func normals(v isa) {
	v.begin("normalsAsm", "func(groups int, dst *float32)")
	groups, dst := v.Load(v.Param("groups"), v.GP64()), v.Load(v.Param("dst"), v.GP64())
	v.Label("group")
	first, second, even, odd := v.vec(), v.vec(), v.vec(), v.vec()
	// With AVX-512 there are two groups, or the last one only.
	var both mask
	if v.wide() {
		bits := v.GP32()
		v.MOVL(U32(1<<16-1), bits)
		v.CMPQ(groups, Imm(2))
		v.JGE(LabelRef("both"))
		v.MOVL(U32(0), bits)
		v.Label("both")
		both = v.K()
		v.KMOVW(bits, both)
	}
	v.VMOVUPS(Mem{Base: dst}, first)
	v.load(Mem{Base: dst, Disp: v.bytes()}, both, second)
	// The order of the pairs is another; unpacking undoes it.
	v.VSHUFPS(Imm(0x88), second, first, even)
	v.VSHUFPS(Imm(0xdd), second, first, odd)

	// A word in two halves, so that only their sum is rounded.
	r, low := v.vec(), v.vec()
	v.VPSRLD(Imm(16), even, r)
	v.VPAND(v.word(1<<16-1), even, low)
	v.VCVTDQ2PS(r, r)
	v.VCVTDQ2PS(low, low)
	v.VMULPS(v.float(1<<16), r, r)
	v.VADDPS(low, r, r)
	v.VADDPS(v.float(0.5), r, r)
	v.VMULPS(v.float(1.0/(1<<32)), r, r)
	r = v.log(r)
	v.VMULPS(v.float(-2), r, r)
	zero := v.vec()
	v.zero(zero)
	v.VMAXPS(zero, r, r)
	v.VSQRTPS(r, r)

	x, z := v.vec(), v.vec()
	v.VPSLLD(Imm(2), odd, x)
	v.VCVTDQ2PS(x, x)
	v.VMULPS(v.float(math.Pi/2/(1<<32)), x, x)
	v.VMULPS(x, x, z)
	series := func(c ...float32) reg.VecVirtual {
		y := v.vec()
		v.VMULPS(v.float(c[0]), z, y)
		v.VADDPS(v.float(c[1]), y, y)
		for _, a := range c[2:] {
			v.VMULPS(z, y, y)
			v.VADDPS(v.float(a), y, y)
		}
		return y
	}
	sin := series(1.0/362880, -1.0/5040, 1.0/120, -1.0/6, 1)
	v.VMULPS(x, sin, sin)
	cos := series(1.0/40320, -1.0/720, 1.0/24, -0.5, 1)
	v.VMULPS(r, sin, sin)
	v.VMULPS(r, cos, cos)

	// The quarter turn: an odd one swaps the coordinates.
	q, swap, t := v.vec(), v.vec(), v.vec()
	v.VPADDD(v.word(1<<29), odd, q)
	v.VPSRLD(Imm(30), q, q)
	v.VPSLLD(Imm(31), q, swap)
	odds := v.sign(swap)
	v.choose(odds, sin, cos, t)
	v.choose(odds, cos, sin, sin)
	// Signs: of x in quarters 1 and 2, of y in 2 and 3.
	v.VPSRLD(Imm(1), q, z)
	v.VPSLLD(Imm(31), z, z)
	v.VPXOR(z, swap, swap)
	v.VPXOR(swap, t, t)
	v.VPXOR(z, sin, sin)
	v.VUNPCKLPS(sin, t, first)
	v.VUNPCKHPS(sin, t, second)
	v.VMOVUPS(first, Mem{Base: dst})
	v.store(second, both, Mem{Base: dst, Disp: v.bytes()})
	v.ADDQ(U32(uint32(2*v.bytes())), dst)
	if v.wide() {
		v.SUBQ(Imm(2), groups)
		v.JG(LabelRef("group"))
	} else {
		v.DECQ(groups)
		v.JNZ(LabelRef("group"))
	}
	v.VZEROUPPER()
	v.RET()
}

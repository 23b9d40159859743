package main

import (
	"math"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The activation functions whose results vanish below zero, where an error
// must be small beside the result and not beside the argument. Exponents come
// in two parts, and what is below the normal numbers is kept 2^64 times as
// large until the end.

var (
	// Φ(-a) = 1/2 - a·p(a²) for 0 ≤ a ≤ geluNear, error 2^-28.
	phiPoly = []float32{0.398942232131958, -0.06648942828178406, 0.009967672638595104, -0.0011715592117980123, 9.603963553672656e-05}
	// a·Φ(-a)·e^(a²/2) = q(w) with w = (a-m)/(a+m) for geluNear ≤ a ≤ 14.5,
	// where m = millsMiddle, chosen such that the first coefficient is nearly a
	// float32; error 2^-26 with the coefficients as they are.
	millsPoly = []float32{0.3297889530658722, 0.18141373991966248, -0.14771774411201477, 0.01894541084766388, 0.02127084508538246,
		0.00029506502323783934, -0.0044394503347575665, -0.0018019714625552297, 0.000706201302818954, 0.0004921042709611356}
)

const (
	millsMiddle = 1.859375
	geluNear    = 0.8789
	geluFar     = 14.5 // the result is zero before -geluFar

	raised = 0x1p64 // by what small results are larger until the end
	lower  = 0x1p-64
)

// expOf returns s and e such that e^(x+low) = (1+s)·2^n, where e has n+64 as
// the exponent of a float32; x and low, which is small, are destroyed. x is not
// above zero, and n not below -190.
func (v isa) expOf(x, low reg.VecVirtual) (s, e reg.VecVirtual) {
	n, r, sq := v.vec(), v.vec(), v.vec()
	e = v.vec()
	v.VMOVUPS(v.float(1.5*(1<<23)), n)
	v.VFMADD231PS(v.float(float32(math.Log2E)), x, n)
	v.VPSLLD(Imm(23), n, e)
	v.VPADDD(v.word((127+64)<<23), e, e)
	v.VSUBPS(v.float(1.5*(1<<23)), n, n)
	v.VFNMADD231PS(v.float(ln2High), n, x)
	v.VFNMADD231PS(v.float(ln2Low), n, low)
	v.VADDPS(low, x, r)
	s = v.poly(expPoly, r)
	v.VMULPS(r, r, sq)
	v.VFMADD213PS(low, sq, s)
	v.VADDPS(x, s, s)
	return s, e
}

// gelu returns x·Φ(x), within 2 ulp; x is destroyed.
func (v isa) gelu(x reg.VecVirtual) reg.VecVirtual {
	a, t, sq, low := v.vec(), v.vec(), v.vec(), v.vec()
	v.VANDPS(v.word(1<<31-1), x, a)
	v.VMOVUPS(v.float(geluFar), t)
	v.VMINPS(t, a, a)
	// max(x, 0), but NaN for minus infinity, as the formula has it.
	zero := v.vec()
	v.zero(zero)
	v.VMINPS(t, x, t)
	v.relu(zero, x)
	v.VFMADD231PS(zero, t, x)
	// a²/2, and what it has too much.
	half := v.vec()
	v.VMULPS(v.float(0.5), a, half)
	v.VMULPS(a, half, sq)
	v.VMOVUPS(sq, low)
	v.VFNMADD231PS(a, half, low)
	// a·Φ(-a) near zero.
	var phi []float32
	for i, c := range phiPoly {
		phi = append(phi, c*float32(math.Ldexp(raised, i)))
	}
	p := v.poly(phi, sq)
	near := v.vec()
	v.VMOVUPS(v.float(0.5*raised), near)
	v.VFNMADD231PS(p, a, near)
	v.VMULPS(a, near, near)
	// And elsewhere.
	w := v.vec()
	v.VSUBPS(v.float(millsMiddle), a, w)
	v.VADDPS(v.float(millsMiddle), a, t)
	v.VDIVPS(t, w, w)
	q := v.polyWide(millsPoly, w)
	v.VORPS(v.word(1<<31), sq, sq)
	s, e := v.expOf(sq, low)
	v.VFMADD213PS(q, q, s) // q·(1+s)
	v.VMULPS(e, s, s)
	v.VMOVUPS(v.float(geluNear), t)
	v.choose(v.compare(cmpLess, t, a), near, s, s)
	// max(x, 0) less that.
	v.VFNMADD231PS(v.float(lower), s, x)
	return x
}

// polyWide is poly of ten coefficients with a shorter chain: all but the first
// two, whose roundings count, are summed in pairs.
func (v isa) polyWide(c []float32, x reg.VecVirtual) reg.VecVirtual {
	sq := v.vec()
	v.VMULPS(x, x, sq)
	pair := func(i int) reg.VecVirtual { return v.poly(c[i:i+2], x) }
	y, z := pair(2), pair(6)
	v.VFMADD231PS(pair(4), sq, y)
	v.VFMADD231PS(pair(8), sq, z)
	v.VMULPS(sq, sq, sq)
	v.VFMADD231PS(z, sq, y)
	for i := 1; i >= 0; i-- {
		v.VFMADD213PS(v.float(c[i]), x, y)
	}
	return y
}

// timesSigmoid returns x/(1+e^-z), within 2 ulp, where z has the sign of x and
// -|z| is neg+low; neg and low are destroyed. For lanes that are not in reach
// e^-|z| is zero.
func (v isa) timesSigmoid(x, neg, low reg.VecVirtual, reach truth) reg.VecVirtual {
	high, e := v.expOf(neg, low)
	v.VADDPS(v.float(1), high, high)
	v.VMULPS(e, high, high)
	v.keep(reach, high, high)
	num, den, lost, t := v.vec(), v.vec(), v.vec(), v.vec()
	v.VMULPS(v.float(lower), high, e)
	v.VMOVUPS(v.float(1), num)
	v.VADDPS(num, e, den)
	v.VSUBPS(den, num, lost)
	v.VADDPS(lost, e, lost) // what the addition lost
	below := v.sign(x)
	v.choose(below, high, num, num)
	q := v.vec()
	v.VDIVPS(den, num, q)
	v.VFNMADD231PS(q, den, num)
	v.VFNMADD231PS(q, lost, num)
	// The inverse of 1+e, near enough, is q or 1-q.
	v.VMOVUPS(v.float(1), t)
	v.VFNMADD231PS(v.float(lower), q, t)
	v.choose(below, t, q, t)
	v.VMULPS(t, num, num)
	// x·(q + num), where num is nothing for an infinite x.
	v.VMOVUPS(v.float(256), t)
	v.VMINPS(t, x, t)
	v.VMULPS(t, num, num)
	v.VFMADD231PS(q, x, num)
	v.VMOVUPS(v.float(1), t)
	v.choose(below, v.float(lower), t, t)
	v.VMULPS(t, num, num)
	return num
}

// silu returns x/(1+e^-x).
func (v isa) silu(x reg.VecVirtual) reg.VecVirtual {
	neg, low := v.vec(), v.vec()
	v.VORPS(v.word(1<<31), x, neg)
	reach := v.compare(cmpNotLess, v.float(-125), neg)
	v.keep(reach, neg, neg)
	v.zero(low)
	return v.timesSigmoid(x, neg, low, reach)
}

// geluTanhFar is where the result is zero below zero.
const geluTanhFar = 11.6

// geluTanh returns x/(1+e^-z) with z = √(8/π)·(x + 0.044715·x³).
func (v isa) geluTanh(x reg.VecVirtual) reg.VecVirtual {
	root := math.Sqrt(8 / math.Pi)
	split := func(c float64) (high, low Mem) { return v.float(float32(c)), v.float(float32(c - float64(float32(c)))) }
	linear, linearLow := split(root)
	cubic, cubicLow := split(root * 0.044715)
	a, t := v.vec(), v.vec()
	v.VANDPS(v.word(1<<31-1), x, a)
	reach := v.compare(cmpNotGreaterEqual, v.float(geluTanhFar), a)
	v.keep(reach, a, a)
	// a³ is cube less excess.
	sq, over, cube, excess := v.vec(), v.vec(), v.vec(), v.vec()
	v.VMULPS(a, a, sq)
	v.VMOVUPS(sq, over)
	v.VFNMADD231PS(a, a, over)
	v.VMULPS(a, sq, cube)
	v.VMOVUPS(cube, excess)
	v.VFNMADD231PS(a, sq, excess)
	v.VFMADD231PS(a, over, excess)
	// |z| is big + small less low.
	big, small, low := v.vec(), v.vec(), v.vec()
	v.VMULPS(cubic, cube, big)
	v.VMOVUPS(big, low)
	v.VFNMADD231PS(cubic, cube, low)
	v.VMULPS(linear, a, small)
	v.VMOVUPS(small, t)
	v.VFNMADD231PS(linear, a, t)
	v.VADDPS(t, low, low)
	v.VFMADD231PS(cubic, excess, low)
	v.VFNMADD231PS(cubicLow, cube, low)
	v.VFNMADD231PS(linearLow, a, low)
	// The sum of the two, and what rounding takes from it.
	sum, part := v.vec(), v.vec()
	v.VADDPS(small, big, sum)
	v.VSUBPS(big, sum, part)
	v.VSUBPS(part, sum, t)
	v.VSUBPS(t, big, big)
	v.VSUBPS(part, small, small)
	v.VADDPS(small, big, big)
	v.VSUBPS(big, low, low)
	v.VORPS(v.word(1<<31), sum, sum)
	return v.timesSigmoid(x, sum, low, reach)
}

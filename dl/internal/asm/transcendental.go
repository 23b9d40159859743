package main

import (
	"math"

	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The polynomials are minimax approximations (Remez exchange in 40 digits),
// rounded to float32. Products of the argument reductions are fused.
var (
	// e^r = 1 + r + r²·q(r) for |r| ≤ ln2/2, error 2^-28.
	expPoly = []float32{0.4999999403953552, 0.1666652113199234, 0.04166838899254799, 0.00836874544620514, 0.0013814540579915047}
	// ln(1+f) = f - f²/2 + f³·p(f) for √½ ≤ 1+f < √2, error 2^-27.
	logPoly = []float32{0.3333333134651184, -0.2500081956386566, 0.20001226663589478, -0.16623356938362122, 0.14201758801937103, -0.13160182535648346, 0.12761574983596802, -0.07634493708610535}
	// tanh x = x + x³·p(x²) for |x| ≤ 0.625, error 2^-27.
	tanhPoly = []float32{-0.3333328068256378, 0.13331441581249237, -0.05373971536755562, 0.0206390880048275, -0.005704986862838268}
	// erf x = x + x·p(x²) for |x| ≤ 0.9375, error 2^-30.
	erfPoly = []float32{0.12837916612625122, -0.37612631916999817, 0.1128367930650711, -0.02685849741101265, 0.005198829807341099, -0.0008118075202219188, 8.2674618170131e-05}
	// ln(1 - erf x) = q(x) for 0.9375 ≤ x ≤ 3.95, error of erf 2^-29.
	erfcPoly = []float32{-0.00022350461222231388, -1.127561330795288, -0.6373738050460815, -0.10376428812742233, 0.02214663475751877, -0.0030231603886932135, 0.00019390038505662233}
	// ln(1 - erf x) = x·q(x) for 0 ≤ x ≤ 3.95, error of erf 2^-26.
	erfcAllPoly = []float32{-1.1283794641494751, -0.6366152763366699, -0.10280302911996841, 0.019226059317588806, 4.697424446931109e-05, -0.0015676110051572323, 0.000583863235078752, -0.00010505619866307825, 7.94941297499463e-06}
)

const (
	// ln2 in two parts; the product of the first with a small integer is exact.
	ln2High = 0.693359375
	ln2Low  = -2.12194440e-4

	tanhSmall = 0.625
	tanhOne   = 10 // tanh is 1 to float32 well before

	erfSmall = 0.9375
	erfOne   = 3.95 // erf is 1 to float32
)

// poly returns the polynomial with the coefficients c, lowest first, at x.
func (v isa) poly(c []float32, x reg.VecVirtual) reg.VecVirtual {
	y := v.vec()
	v.VMOVUPS(v.float(c[len(c)-1]), y)
	for i := len(c) - 2; i >= 0; i-- {
		v.VFMADD213PS(v.float(c[i]), x, y)
	}
	return y
}

// exp returns e^x; x is destroyed. What overflows becomes infinity, what
// underflows zero, and subnormal results are right.
func (v isa) exp(x reg.VecVirtual) reg.VecVirtual {
	// What is too small is computed as e^0 and dropped, since underflow would
	// be slow. The bound above does not change the result; the order of the
	// sources lets NaN through.
	t := v.vec()
	large := v.compare(cmpNotLess, v.float(-104), x)
	v.keep(large, x, x)
	v.VMOVUPS(v.float(89), t)
	v.VMINPS(x, t, x)
	// x = n·ln2 + r.
	n := v.vec()
	v.VMULPS(v.float(float32(math.Log2E)), x, n)
	v.roundTo(toEven, n, n)
	v.VFNMADD231PS(v.float(ln2High), n, x)
	v.VFNMADD231PS(v.float(ln2Low), n, x)
	y := v.poly(expPoly, x)
	v.VMULPS(x, x, t)
	v.VFMADD213PS(x, t, y)
	v.VADDPS(v.float(1), y, y)
	// Times 2^n in two steps, since 2^n alone may not be a float32.
	v.VCVTPS2DQ(n, n)
	half := v.vec()
	v.VPSRAD(Imm(1), n, half)
	v.VPSUBD(half, n, n)
	for _, e := range []reg.VecVirtual{half, n} {
		v.VPADDD(v.word(127), e, e)
		v.VPSLLD(Imm(23), e, e)
		v.VMULPS(e, y, y)
	}
	v.keep(large, y, y)
	return y
}

// expNormal is exp for arguments from -87 to 88, whose results are normal
// numbers: 2^n comes from an addition to the exponent. For others, NaN too,
// the result is anything.
func (v isa) expNormal(x reg.VecVirtual) reg.VecVirtual {
	y, e := v.expParts(x)
	v.VPADDD(e, y, y)
	return y
}

// expNegative is exp for arguments that are not above zero, or NaN: 2^n is
// made 2^64 times as large and the product reduced after.
func (v isa) expNegative(x reg.VecVirtual) reg.VecVirtual {
	large := v.compare(cmpNotLess, v.float(-104), x)
	v.keep(large, x, x)
	y, e := v.expParts(x)
	v.VPADDD(v.word((127+64)<<23), e, e)
	v.VMULPS(e, y, y)
	v.VMULPS(v.float(0x1p-64), y, y)
	v.keep(large, y, y)
	return y
}

// expParts returns y and n, shifted to the place of an exponent, such that
// e^x = y·2^n and y is about 1; x is destroyed.
func (v isa) expParts(x reg.VecVirtual) (y, e reg.VecVirtual) {
	// The sum with 1.5·2^23 has n in its lowest bits.
	n, t := v.vec(), v.vec()
	e = v.vec()
	v.VMOVUPS(v.float(1.5*(1<<23)), n)
	v.VFMADD231PS(v.float(float32(math.Log2E)), x, n)
	v.VPSLLD(Imm(23), n, e)
	v.VSUBPS(v.float(1.5*(1<<23)), n, n)
	v.VFNMADD231PS(v.float(ln2High), n, x)
	v.VFNMADD231PS(v.float(ln2Low), n, x)
	y = v.poly(expPoly, x)
	v.VMULPS(x, x, t)
	v.VFMADD213PS(x, t, y)
	v.VADDPS(v.float(1), y, y)
	return y, e
}

// expFlush is exp but for subnormal results, which it makes zero.
func (v isa) expFlush(x reg.VecVirtual) reg.VecVirtual {
	t := v.vec()
	large := v.compare(cmpNotLess, v.float(-87.25), x)
	v.keep(large, x, x)
	v.VMOVUPS(v.float(89), t)
	v.VMINPS(x, t, x)
	y, e := v.expParts(x)
	// A product, so that NaN stays.
	v.VPADDD(v.word(127<<23), e, e)
	v.VMULPS(e, y, y)
	v.keep(large, y, y)
	return y
}

func transcendental(v isa) {
	unary := func(name string, floats []string, each func(b *body, x reg.VecVirtual) reg.VecVirtual) {
		v.elementwise(loop{name: name, slices: []string{"dst", "a"}, floats: floats, unroll: 2, each: func(b *body) {
			b.x["dst"] = each(b, b.x["a"])
		}})
	}
	unary("expAsm", nil, func(b *body, x reg.VecVirtual) reg.VecVirtual { return v.exp(x) })
	unary("expShiftAsm", []string{"shift"}, func(b *body, x reg.VecVirtual) reg.VecVirtual {
		v.VSUBPS(b.c["shift"], x, x)
		return v.expFlush(x)
	})
	unary("logAsm", nil, func(b *body, x reg.VecVirtual) reg.VecVirtual { return v.log(x) })
	unary("sigmoidAsm", nil, func(b *body, x reg.VecVirtual) reg.VecVirtual { return v.sigmoid(x) })
	unary("siluAsm", nil, func(b *body, x reg.VecVirtual) reg.VecVirtual { return v.silu(x) })
	unary("erfAsm", nil, func(b *body, x reg.VecVirtual) reg.VecVirtual { return v.erf(x) })
	unary("geluAsm", nil, func(b *body, x reg.VecVirtual) reg.VecVirtual { return v.gelu(x) })
	unary("geluTanhAsm", nil, func(b *body, x reg.VecVirtual) reg.VecVirtual { return v.geluTanh(x) })
	v.elementwise(loop{name: "geluGradAsm", slices: []string{"dst", "grad", "a"}, unroll: 1, each: func(b *body) {
		b.x["dst"] = v.geluGrad(b.x["grad"], b.x["a"])
	}})
	unary("tanhAsm", nil, func(b *body, x reg.VecVirtual) reg.VecVirtual { return v.tanh(x) })
}

// geluGrad returns g·(Φ(x) + x·φ(x)); x is destroyed.
func (v isa) geluGrad(g, x reg.VecVirtual) reg.VecVirtual {
	abs, u := v.vec(), v.vec()
	v.VANDPS(v.word(1<<31-1), x, abs)
	// Φ(x) is h = erfc(|x|/√2)/2 below zero and 1-h above.
	v.VMOVUPS(v.float(erfOne*math.Sqrt2), u)
	near := v.compare(cmpLess, u, abs)
	v.VMINPS(abs, u, u)
	v.VMULPS(v.float(float32(math.Sqrt2/2)), u, u)
	q := v.poly(erfcAllPoly, u)
	v.VMULPS(u, q, q)
	h := v.expNormal(q)
	v.keep(near, h, h)
	v.VMULPS(v.float(0.5), h, h)
	up := v.vec()
	v.VMOVUPS(v.float(1), up)
	v.VSUBPS(h, up, up)
	cdf := v.vec()
	v.choose(v.sign(x), h, up, cdf)
	// Far out, where x may be infinite, φ(x) is nothing. NaN stays.
	far, e := v.vec(), v.vec()
	v.VMOVUPS(v.float(13), far)
	v.VMINPS(abs, far, abs)
	v.VMULPS(v.float(-0.5), abs, e)
	v.VMULPS(abs, e, e)
	e = v.expNormal(e)
	v.VMULPS(v.float(float32(1/(math.Sqrt2*math.SqrtPi))), e, e)
	v.keep(v.compare(cmpNotGreaterEqual, far, abs), e, e)
	v.VANDPS(v.word(1<<31), x, x)
	v.VORPS(abs, x, x)
	v.VFMADD231PS(x, e, cdf)
	v.VMULPS(g, cdf, cdf)
	return cdf
}

// sigmoid returns 1/(1+e^-x).
func (v isa) sigmoid(x reg.VecVirtual) reg.VecVirtual {
	// With e = e^-|x|: 1/(1+e) or, below zero, e/(1+e).
	neg := v.vec()
	v.VORPS(v.word(1<<31), x, neg)
	e := v.expNegative(neg)
	num, den, low := v.vec(), v.vec(), v.vec()
	below := v.sign(x)
	v.VMOVUPS(v.float(1), num)
	v.VADDPS(num, e, den)
	v.VSUBPS(num, den, low)
	v.VSUBPS(low, e, low) // what the addition lost
	v.choose(below, e, num, num)
	// One Newton step makes up for the roundings of 1+e and the quotient.
	q := v.vec()
	v.VDIVPS(den, num, q)
	v.VFNMADD231PS(q, den, num)
	v.VFNMADD231PS(q, low, num)
	// The inverse of 1+e, near enough, is q or 1-q.
	v.VMOVUPS(v.float(1), den)
	v.VSUBPS(q, den, den)
	v.choose(below, den, q, den)
	v.VFMADD231PS(num, den, q)
	return q
}

// erf returns the error function of x; x is destroyed.
func (v isa) erf(x reg.VecVirtual) reg.VecVirtual {
	abs, sq := v.vec(), v.vec()
	v.VANDPS(v.word(1<<31-1), x, abs)
	v.VMULPS(x, x, sq)
	p := v.poly(erfPoly, sq)
	v.VFMADD213PS(x, x, p)
	sign := v.vec()
	v.VANDPS(v.word(1<<31), x, sign)
	t := v.vec()
	v.VMOVUPS(v.float(erfSmall), t)
	small := v.compare(cmpNotGreaterEqual, t, abs)
	v.VMINPS(v.float(erfOne), abs, abs)
	e := v.expNormal(v.poly(erfcPoly, abs))
	one := v.vec()
	v.VMOVUPS(v.float(1), one)
	v.VSUBPS(e, one, e)
	v.VORPS(sign, e, e)
	v.choose(small, p, e, e)
	return e
}

// log returns the natural logarithm of x; x is destroyed.
func (v isa) log(x reg.VecVirtual) reg.VecVirtual {
	orig := v.vec()
	v.VMOVUPS(x, orig)
	// Subnormals are scaled by 2^23.
	shift, t := v.vec(), v.vec()
	v.VMOVUPS(v.float(0x1p-126), t)
	small := v.compare(cmpLess, t, x)
	v.VMULPS(v.float(0x1p23), x, t)
	v.choose(small, t, x, x)
	v.keep(small, v.float(23), shift)
	// x = 2^e·(1+f) with √½ ≤ 1+f < √2.
	e := v.vec()
	v.VPSUBD(v.word(0x3f3504f3), x, e)
	v.VPSRAD(Imm(23), e, e)
	v.VPSLLD(Imm(23), e, t)
	v.VPSUBD(t, x, x)
	v.VCVTDQ2PS(e, e)
	v.VSUBPS(shift, e, e)
	v.VSUBPS(v.float(1), x, x)
	p := v.poly(logPoly, x)
	v.VMOVUPS(v.float(-0.5), t)
	v.VFMADD231PS(p, x, t) // -1/2 + f·p
	v.VMULPS(x, x, p)
	v.VMULPS(t, p, p) // f²·(-1/2 + f·p)
	v.VFMADD231PS(v.float(ln2Low), e, p)
	v.VADDPS(p, x, p)
	v.VFMADD231PS(v.float(ln2High), e, p)
	// Zero, negative, infinite, NaN.
	v.VMOVUPS(v.float(float32(math.Inf(1))), t)
	v.choose(v.compare(cmpEqual, t, orig), orig, p, p)
	v.zero(t)
	v.choose(v.compare(cmpEqual, t, orig), v.float(float32(math.Inf(-1))), p, p)
	// Not greater or equal zero: a negative number or NaN.
	v.choose(v.compare(cmpNotGreaterEqual, t, orig), v.float(float32(math.NaN())), p, p)
	return p
}

// tanh returns the hyperbolic tangent of x; x is destroyed.
func (v isa) tanh(x reg.VecVirtual) reg.VecVirtual {
	abs, sq := v.vec(), v.vec()
	v.VANDPS(v.word(1<<31-1), x, abs)
	v.VMULPS(x, x, sq)
	p := v.poly(tanhPoly, sq)
	v.VMULPS(sq, x, sq)
	v.VFMADD213PS(x, sq, p) // x + x³·p
	sign := v.vec()
	v.VANDPS(v.word(1<<31), x, sign)
	// 1 - 2/(e^2|x| + 1) elsewhere.
	t := v.vec()
	v.VMOVUPS(v.float(tanhSmall), t)
	small := v.compare(cmpNotGreaterEqual, t, abs)
	v.VMINPS(v.float(tanhOne), abs, abs)
	v.VADDPS(abs, abs, abs)
	e := v.expNormal(abs)
	one, two := v.vec(), v.vec()
	v.VMOVUPS(v.float(1), one)
	v.VADDPS(one, e, e)
	v.VMOVUPS(v.float(2), two)
	v.VDIVPS(e, two, e)
	v.VSUBPS(e, one, e)
	v.VORPS(sign, e, e)
	v.choose(small, p, e, e)
	return e
}

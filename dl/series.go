package dl

import (
	"math"

	"descent/dl/internal/simd"
)

// The float32 rows of elementary functions that package simd has not: short
// series in float64, whose error of 2^-32 or less is nothing to float32. What
// they do not cover - NaN, infinities, what overflows - goes to package math.

// expNear returns 2^x for |x| ≤ 1000, to 2^-36 of it.
func expNear(x float64) float64 {
	const shift = 3 << 51 // the sum with it is an integer in the lowest bits
	s := x + shift
	n := math.Float64bits(s)
	r := (x - (s - shift)) * math.Ln2
	q := r * r
	p := 1 + r + q*(1./2+r*(1./6)) + q*q*(1./24+r*(1./120)+q*(1./720+r*(1./5040))+q*q*(1./40320+r*(1./362880)))
	return math.Float64frombits(math.Float64bits(p) + n<<52)
}

// logNear returns log2 x for normal positive x, to 2^-40 of it.
func logNear(x float64) float64 {
	const root = 0x3fe6a09e667f3bcd // √½
	b := math.Float64bits(x)
	e := int64(b-root) >> 52
	m := math.Float64frombits(b - uint64(e)<<52) // √½ ≤ m < √2
	s := (m - 1) / (m + 1)
	z := s * s
	return float64(e) + s*(2*math.Log2E)*atanhSeries(z)
}

// atanhSeries is the series of atanh s by z = s², over s, for z up to 0.0625.
func atanhSeries(z float64) float64 {
	q := z * z
	return 1 + z*(1./3) + q*(1./5+z*(1./7)) + q*q*(1./9+z*(1./11)+q*(1./13+z*(1./15)+q*(1./17)))
}

func exp2Row32(dst, a []float32) {
	for i, v := range a {
		if x := float64(v); x > -200 && x < 200 {
			dst[i] = float32(expNear(x))
		} else {
			dst[i] = float32(math.Exp2(x))
		}
	}
}

// expm1Near is eˣ - 1 for |x| ≤ 200.
func expm1Near(x float64) float64 {
	if x > -0x1p-4 && x < 0x1p-4 { // the difference would be too rough
		return x * (1 + x*(1./2+x*(1./6+x*(1./24+x*(1./120+x*(1./720))))))
	}
	return expNear(x*math.Log2E) - 1
}

func expm1Row32(dst, a []float32) {
	for i, v := range a {
		if x := float64(v); x > -200 && x < 200 {
			dst[i] = float32(expm1Near(x))
		} else {
			dst[i] = float32(math.Expm1(x))
		}
	}
}

func log1pRow32(dst, a []float32) {
	for i, v := range a {
		switch x := float64(v); {
		case x > -0x1p-20 && x < 0x1p-20: // 1+x would be too rough
			dst[i] = float32(x * (1 + x*(-1./2+x*(1./3))))
		case x > -1 && x <= math.MaxFloat32:
			dst[i] = float32(logNear(1+x) * math.Ln2)
		default:
			dst[i] = float32(math.Log1p(x))
		}
	}
}

func logRow32(factor float64, exact func(float64) float64) func(dst, a []float32) {
	return func(dst, a []float32) {
		for i, v := range a {
			if x := float64(v); x > 0 && x <= math.MaxFloat32 {
				dst[i] = float32(logNear(x) * factor)
			} else {
				dst[i] = float32(exact(x))
			}
		}
	}
}

func sinhRow32(dst, a []float32) {
	for i, v := range a {
		switch x := float64(v); {
		case x > -0.35 && x < 0.35:
			z := x * x
			dst[i] = float32(x * (1 + z*(1./6+z*(1./120+z*(1./5040+z*(1./362880))))))
		case x > -200 && x < 200:
			e := expNear(x * math.Log2E)
			dst[i] = float32((e - 1/e) / 2)
		default:
			dst[i] = float32(math.Sinh(x))
		}
	}
}

func coshRow32(dst, a []float32) {
	for i, v := range a {
		if x := float64(v); x > -200 && x < 200 {
			e := expNear(x * math.Log2E)
			dst[i] = float32((e + 1/e) / 2)
		} else {
			dst[i] = float32(math.Cosh(x))
		}
	}
}

func tanRow32(dst, a []float32) {
	for i, v := range a {
		x := float64(v)
		if !(math.Abs(x) < farAngle) {
			dst[i] = float32(math.Tan(x))
			continue
		}
		q, s, c := quarter(x)
		if q&1 == 1 {
			s, c = -c, s
		}
		dst[i] = float32(s / c)
	}
}

// atanNear is the arc tangent of a number from 0 to 1, to 2^-32 of it: a minimax
// polynomial, since a reduction of the argument would need a branch.
func atanNear(x float64) float64 {
	z := x * x
	q := z * z
	r := q * q
	return x * (0.9999999999985059 + z*-0.3333333327265533 + q*(0.19999995898205303+z*-0.14285604448381334) +
		r*(0.11109564031348515+z*-0.09077709259551073+q*(0.07618176960469908+z*-0.06377453536739189)) +
		r*r*(0.05068074365466679+z*-0.03557426252605422+q*(0.020219319088937482+z*-0.008409177051227346)+
			r*(0.002220626653297586+z*-0.00027545014881980023)))
}

func atanRow32(dst, a []float32) {
	for i, v := range a {
		x := math.Abs(float64(v))
		switch {
		case x <= 1:
			x = atanNear(x)
		case x <= math.MaxFloat32:
			x = math.Pi/2 - atanNear(1/x)
		default:
			x = math.Atan(x)
		}
		dst[i] = float32(math.Copysign(x, float64(v)))
	}
}

func atan2Row32(dst, a, b []float32) {
	for i, v := range a {
		y, x := math.Abs(float64(v)), math.Abs(float64(b[i]))
		var angle float64
		switch {
		case !(x > 0 && x <= math.MaxFloat32 && y <= math.MaxFloat32):
			dst[i] = float32(math.Atan2(float64(v), float64(b[i])))
			continue
		case y <= x:
			angle = atanNear(y / x)
		default:
			angle = math.Pi/2 - atanNear(x/y)
		}
		if b[i] < 0 {
			angle = math.Pi - angle
		}
		dst[i] = float32(math.Copysign(angle, float64(v)))
	}
}

func mishRow32(dst, a []float32) {
	for i, v := range a {
		x := float64(v)
		if !(x > -200 && x < 200) {
			dst[i] = float32(mish(x))
			continue
		}
		e := expNear(x * math.Log2E)
		n := e * (e + 2) // tanh(log(1+e)) = n/(n+2)
		dst[i] = float32(x * n / (n + 2))
	}
}

func logSigmoidRow32(dst, x []float32) {
	inBlocks(len(x), 1, func(lo, hi int, s [][]float32) {
		simd.MulScalar(s[0], x[lo:hi], -1)
		softplusRow32(s[0], s[0])
		simd.MulScalar(dst[lo:hi], s[0], -1)
	})
}

var rowOfSix = constantRow(6)

func hardswishRow32(dst, x []float32) {
	inBlocks(len(x), 1, func(lo, hi int, s [][]float32) {
		t := s[0]
		simd.AddScalar(t, x[lo:hi], 3)
		simd.ReLU(t, t)
		simd.Min(t, t, rowOfSix[:len(t)])
		simd.Mul(t, t, x[lo:hi])
		simd.MulScalar(dst[lo:hi], t, 1./6)
	})
}

// bentRow32 is above·x for positive x and below·(e^(x/width) - 1) elsewhere.
func bentRow32(above, below, width float64) func(dst, a []float32) {
	return func(dst, a []float32) {
		for i, v := range a {
			switch x := float64(v); {
			case x > 0:
				dst[i] = float32(above * x)
			case x/width > -200 && x/width < 200:
				dst[i] = float32(below * expm1Near(x/width))
			default:
				dst[i] = float32(below * math.Expm1(x/width))
			}
		}
	}
}

// rsqrtRow32 is 1/√x, within 1.5 ulp.
func rsqrtRow32(dst, a []float32) {
	simd.Sqrt(dst, a)
	simd.Reciprocal(dst, dst)
}

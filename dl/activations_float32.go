package dl

import (
	"math"

	"descent/dl/internal/pool"
	"descent/dl/internal/simd"
)

// The curved activations in float32: chains of vector loops over blocks that
// stay in the first-level cache.

// rowBlock is how many elements such a chain works on at a time.
const rowBlock = 512

// tailEdge is where the upper tail of the normal distribution has become zero
// in float32.
const tailEdge = 15

var onesRow, tailEdgeRow = constantRow(1), constantRow(tailEdge)

func constantRow(v float32) *[rowBlock]float32 {
	var a [rowBlock]float32
	for i := range a {
		a[i] = v
	}
	return &a
}

// inBlocks calls f for the blocks of a row of n elements, with scratch memory
// for count blocks.
func inBlocks(n, count int, f func(lo, hi int, s [][]float32)) {
	mem := pool.Float32s(count * rowBlock)
	var s [4][]float32
	for lo := 0; lo < n; lo += rowBlock {
		w := min(rowBlock, n-lo)
		for i := range count {
			s[i] = mem[i*rowBlock:][:w]
		}
		f(lo, lo+w, s[:count])
	}
	pool.Put(mem)
}

// normalTail32 sets z = min(|x|, 15), e = exp(−z²/2) and q = 1 − Φ(z), where Φ
// is the distribution function of the standard normal distribution.
//
// q/e is t times a polynomial in t = 1/(1 + 0.3z), fitted to within 2·10⁻⁷ of
// its value for all z by interpolation at Chebyshev points.
func normalTail32(z, e, q, t, x []float32) {
	simd.MulScalar(z, x, -1)
	simd.Max(z, z, x)
	simd.Min(z, z, tailEdgeRow[:len(z)])
	simd.Affine(t, z, 0.3, 1)
	simd.Div(t, onesRow[:len(t)], t)
	c := &normalTailFit
	simd.Affine(q, t, c[7], c[6])
	for i := 5; i >= 0; i-- {
		simd.Mul(q, q, t)
		simd.AddScalar(q, q, c[i])
	}
	simd.Mul(q, q, t)
	simd.Mul(e, z, z)
	simd.MulScalar(e, e, -0.5)
	simd.Exp(e, e)
	simd.Mul(q, q, e)
}

var normalTailFit = [8]float32{0.11962586641311646, 0.12081217765808105, 0.09951350837945938, 0.13000500202178955,
	-0.05664501339197159, 0.20981964468955994, -0.1593545526266098, 0.03622337058186531}

// geluRow32 is x·Φ(x) = max(x, 0) − |x|·(1 − Φ(|x|)).
func geluRow32(dst, x []float32) {
	inBlocks(len(x), 4, func(lo, hi int, s [][]float32) {
		z, e, q, t := s[0], s[1], s[2], s[3]
		normalTail32(z, e, q, t, x[lo:hi])
		simd.Mul(q, q, z)
		simd.ReLU(z, x[lo:hi])
		simd.Sub(dst[lo:hi], z, q)
	})
}

// geluGradRow32 is g·(Φ(x) + x·φ(x)).
func geluGradRow32(dst, g, x []float32) {
	inBlocks(len(x), 4, func(lo, hi int, s [][]float32) {
		z, e, q, t := s[0], s[1], s[2], s[3]
		x := x[lo:hi]
		normalTail32(z, e, q, t, x)
		const density = 1 / (math.Sqrt2 * 1.7724538509055159) // φ(0)
		simd.MulScalar(e, e, density)
		for i, v := range x {
			// ½ ± (½ − q) with the sign of x, without a branch that no processor could foresee
			half := math.Float32bits(0.5-q[i]) | math.Float32bits(v)&(1<<31)
			t[i] = 0.5 + math.Float32frombits(half)
		}
		simd.Max(q, x, negatedEdge[:len(x)])
		simd.Min(q, q, tailEdgeRow[:len(x)]) // ∞·0 would be no number
		simd.Mul(e, e, q)
		simd.Add(t, t, e)
		simd.Mul(dst[lo:hi], t, g[lo:hi])
	})
}

var negatedEdge = constantRow(-tailEdge)

// geluTanhInner32 sets th = tanh(√(2/π)·(x + 0.044715·x³)) and sq = x².
func geluTanhInner32(th, sq, x []float32) {
	simd.Mul(sq, x, x)
	simd.Affine(th, sq, geluRoot*geluCubic, geluRoot)
	simd.Mul(th, th, x)
	simd.Tanh(th, th)
}

func geluTanhRow32(dst, x []float32) {
	inBlocks(len(x), 2, func(lo, hi int, s [][]float32) {
		th, h := s[0], s[1]
		geluTanhInner32(th, h, x[lo:hi])
		simd.MulScalar(h, x[lo:hi], 0.5)
		simd.AddScalar(th, th, 1)
		simd.Mul(dst[lo:hi], th, h)
	})
}

func geluTanhGradRow32(dst, g, x []float32) {
	inBlocks(len(x), 4, func(lo, hi int, s [][]float32) {
		th, sq, a, b := s[0], s[1], s[2], s[3]
		simd.Max(b, x[lo:hi], negatedEdge[:hi-lo]) // beyond, the slope is 0 or 1
		simd.Min(b, b, tailEdgeRow[:hi-lo])
		geluTanhInner32(th, sq, b)
		simd.Affine(a, sq, 3*geluRoot*geluCubic, geluRoot)
		simd.Mul(a, a, b)
		simd.Mul(b, th, th)
		simd.Affine(b, b, -0.5, 0.5)
		simd.Mul(a, a, b)
		simd.Affine(b, th, 0.5, 0.5)
		simd.Add(a, a, b)
		simd.Mul(dst[lo:hi], a, g[lo:hi])
	})
}

func siluRow32(dst, x []float32) {
	inBlocks(len(x), 1, func(lo, hi int, s [][]float32) {
		simd.Sigmoid(s[0], x[lo:hi])
		simd.Mul(dst[lo:hi], s[0], x[lo:hi])
	})
}

// siluGradRow32 is g·s·(1 + x·(1 − s)), where s = sigmoid(x).
func siluGradRow32(dst, g, x []float32) {
	inBlocks(len(x), 2, func(lo, hi int, s [][]float32) {
		sig, a := s[0], s[1]
		simd.Sigmoid(sig, x[lo:hi])
		simd.Affine(a, sig, -1, 1)
		simd.Mul(a, a, x[lo:hi])
		simd.AddScalar(a, a, 1)
		simd.Mul(a, a, sig)
		simd.Mul(dst[lo:hi], a, g[lo:hi])
	})
}

// softplusRow32 is max(x, 0) + log(1 + e), where e = exp(−|x|). What rounding
// takes from 1 + e the quotient e/((1 + e) − 1) gives back.
func softplusRow32(dst, x []float32) {
	inBlocks(len(x), 3, func(lo, hi int, s [][]float32) {
		e, u, l := s[0], s[1], s[2]
		simd.MulScalar(e, x[lo:hi], -1)
		simd.Min(e, e, x[lo:hi])
		simd.Exp(e, e)
		simd.AddScalar(u, e, 1)
		simd.Log(l, u)
		for i, v := range e {
			if w := u[i] - 1; w != 0 {
				v *= l[i] / w
			}
			e[i] = v
		}
		simd.ReLU(l, x[lo:hi])
		simd.Add(dst[lo:hi], l, e)
	})
}

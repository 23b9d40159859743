package dl

import (
	"descent/dl/internal/pool"
	"descent/dl/internal/simd"
)

// The curved activations in float32: chains of vector loops over blocks that
// stay in the first-level cache.

// rowBlock is how many elements such a chain works on at a time.
const rowBlock = 512

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

// farOut is where the curved activations have become straight in float32.
const farOut = 15

var edgeAbove, edgeBelow = constantRow(farOut), constantRow(-farOut)

// clampEdge sets dst to x within ±farOut.
func clampEdge(dst, x []float32) {
	simd.Max(dst, x, edgeBelow[:len(x)])
	simd.Min(dst, dst, edgeAbove[:len(x)])
}

// geluTanhInner32 sets th = tanh(√(2/π)·(x + 0.044715·x³)) and sq = x².
func geluTanhInner32(th, sq, x []float32) {
	simd.Mul(sq, x, x)
	simd.Affine(th, sq, geluRoot*geluCubic, geluRoot)
	simd.Mul(th, th, x)
	simd.Tanh(th, th)
}

func geluTanhGradRow32(dst, g, x []float32) {
	inBlocks(len(x), 4, func(lo, hi int, s [][]float32) {
		th, sq, a, b := s[0], s[1], s[2], s[3]
		clampEdge(b, x[lo:hi])
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
// takes from u = 1 + e comes back as the slope of the logarithm times it.
func softplusRow32(dst, x []float32) {
	inBlocks(len(x), 3, func(lo, hi int, s [][]float32) {
		e, u, l := s[0], s[1], s[2]
		simd.MulScalar(e, x[lo:hi], -1)
		simd.Min(e, e, x[lo:hi])
		simd.Exp(e, e)
		simd.AddScalar(u, e, 1)
		simd.Log(l, u)
		for i, v := range e {
			e[i] = l[i] + (v-(u[i]-1))/u[i]
		}
		simd.ReLU(l, x[lo:hi])
		simd.Add(dst[lo:hi], l, e)
	})
}

package dl

import (
	"math"

	"descent/dl/internal/par"
	"descent/dl/internal/pool"
	"descent/dl/internal/simd"
)

// pairRows is a pairLoss in float32: loops over rows of at most rowBlock
// elements.
type pairRows struct {
	value  func(dst, x, y []float32)
	dx, dy func(dst, x, y []float32)
}

const signBit = 1 << 31

// lossForward32 is lossForward in rows, added up in pieces of fixed length.
func lossForward32(c *lossCall, rows pairRows, x, y, out []float32) {
	var parts []float64
	if c.r != ReduceNone {
		parts = make([]float64, (len(x)+grain-1)/grain)
	}
	par.For(len(x), grain, func(lo, hi int) {
		buf := pool.Float32s(rowBlock)
		defer pool.Put(buf)
		for i := lo; i < hi; i += rowBlock {
			n := min(rowBlock, hi-i)
			if parts == nil {
				rows.value(out[i:i+n], x[i:i+n], y[i:i+n])
				continue
			}
			rows.value(buf[:n], x[i:i+n], y[i:i+n])
			parts[i/grain] += simd.Sum64(buf[:n])
		}
	})
	if parts != nil {
		sum := 0.0
		for _, p := range parts {
			sum += p
		}
		out[0] = float32(sum * c.scale)
	}
}

// lossGrad32 is lossGrad in rows.
func lossGrad32(c *lossCall, d func(dst, x, y []float32), x, y []float32, g *Tensor, out []float32) {
	s, each := float32(0), []float32(nil)
	if c.r == ReduceNone {
		each = dense(g).f32()
	} else {
		s = float32(g.Item() * c.scale)
	}
	par.For(len(x), grain, func(lo, hi int) {
		for i := lo; i < hi; i += rowBlock {
			j := min(hi, i+rowBlock)
			dst := out[i:j]
			d(dst, x[i:j], y[i:j])
			if each != nil {
				simd.Mul(dst, dst, each[i:j])
			} else {
				simd.MulScalar(dst, dst, s)
			}
		}
	})
}

// symmetric makes the rows of a loss of the difference x−y.
func symmetric(value, slope func(d []float32)) pairRows {
	of := func(f func(d []float32), flip bool) func(dst, x, y []float32) {
		return func(dst, x, y []float32) {
			if flip {
				x, y = y, x
			}
			simd.Sub(dst, x, y)
			f(dst)
		}
	}
	return pairRows{of(value, false), of(slope, false), of(slope, true)}
}

func mseRows(float64) pairRows {
	return symmetric(func(d []float32) { simd.Mul(d, d, d) }, func(d []float32) { simd.Add(d, d, d) })
}

func l1Rows(float64) pairRows {
	return symmetric(func(d []float32) { simd.Abs(d, d) }, func(d []float32) {
		for i, v := range d {
			if v != 0 && v == v {
				d[i] = math.Float32frombits(math.Float32bits(v)&signBit | 0x3f800000) // ±1
			}
		}
	})
}

// huberRows is k·(d − k/2) with slope k, where k is d within ±delta; scale
// multiplies both.
func huberRows(delta, scale float64) pairRows {
	above, below := constantRow(float32(delta)), constantRow(float32(-delta))
	clip := func(dst, d []float32) {
		simd.Max(dst, d, below[:len(d)])
		simd.Min(dst, dst, above[:len(d)])
	}
	return symmetric(func(d []float32) {
		inBlocks(len(d), 2, func(lo, hi int, s [][]float32) {
			k, h := s[0], s[1]
			clip(k, d[lo:hi])
			simd.MulScalar(h, k, 0.5)
			simd.Sub(h, d[lo:hi], h)
			simd.Mul(d[lo:hi], k, h)
		})
		if scale != 1 {
			simd.MulScalar(d, d, float32(scale))
		}
	}, func(d []float32) {
		clip(d, d)
		if scale != 1 {
			simd.MulScalar(d, d, float32(scale))
		}
	})
}

// bceLogitsRows has the value ([x > 0] − y)·x + log(1 + e^−|x|), which loses
// nothing where the two terms of the usual form cancel.
func bceLogitsRows(float64) pairRows {
	return pairRows{
		value: func(dst, x, y []float32) {
			for i, v := range x {
				dst[i] = math.Float32frombits(math.Float32bits(v) | signBit)
			}
			softplusRow32(dst, dst)
			for i, v := range x {
				positive := math.Float32frombits((^math.Float32bits(v) >> 31) * 0x3f800000) // 1 or 0
				dst[i] += (positive - y[i]) * v
			}
		},
		dx: func(dst, x, y []float32) {
			simd.Sigmoid(dst, x)
			simd.Sub(dst, dst, y)
		},
		dy: func(dst, x, _ []float32) { simd.MulScalar(dst, x, -1) },
	}
}

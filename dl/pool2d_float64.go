package dl

import (
	"math"

	"descent/dl/internal/conv"
)

// Pooling in float64, plainly written: see conv2d_float64.go.

func maxPool64(s conv.PoolShape, x, y []float64, arg []int32) {
	oh, ow := s.Out()
	i := 0
	for plane := range s.N * s.C {
		in := x[plane*s.H*s.W:]
		for oy := range oh {
			for ox := range ow {
				best, at := math.Inf(-1), -1
				for k := range s.KH {
					for l := range s.KW {
						h, w := oy*s.StrideH-s.PadH+k*s.DilH, ox*s.StrideW-s.PadW+l*s.DilW
						if h < 0 || h >= s.H || w < 0 || w >= s.W {
							continue
						}
						if v := in[h*s.W+w]; v > best || v != v || at < 0 {
							best, at = v, h*s.W+w
						}
					}
				}
				y[i], arg[i] = best, int32(at)
				i++
			}
		}
	}
}

// windows64 calls f for each element under each window of average pooling,
// with one over the divisor of the window.
func windows64(s conv.PoolShape, f func(y, x int, scale float64)) {
	oh, ow := s.Out()
	i := 0
	for plane := range s.N * s.C {
		for oy := range oh {
			h0 := oy*s.StrideH - s.PadH
			h1 := min(h0+s.KH, s.H+s.PadH)
			for ox := range ow {
				w0 := ox*s.StrideW - s.PadW
				w1 := min(w0+s.KW, s.W+s.PadW)
				size := (h1 - h0) * (w1 - w0)
				a, b, c, d := max(h0, 0), min(h1, s.H), max(w0, 0), min(w1, s.W)
				if !s.CountPad {
					size = (b - a) * (d - c)
				}
				for h := a; h < b; h++ {
					for w := c; w < d; w++ {
						f(i, plane*s.H*s.W+h*s.W+w, 1/float64(size))
					}
				}
				i++
			}
		}
	}
}

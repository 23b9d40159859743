package dl

import (
	"descent/dl/internal/conv"
	"descent/dl/internal/par"
)

// Convolution in float64 is a plain sum over the taps. It is there to be
// right, for gradient checks and small studies; training runs in float32.

// taps calls f for every product of a convolution: the flat indices of the
// elements of y, x and w that meet. Images lo to hi are visited.
func taps(s conv.Shape, lo, hi int, f func(y, x, w int)) {
	oh, ow := s.Out()
	inC, outC := s.C/s.Groups, s.OutC/s.Groups
	for n := lo; n < hi; n++ {
		for o := range s.OutC {
			group := o / outC
			for c := range inC {
				plane := (n*s.C + group*inC + c) * s.H * s.W
				filter := (o*inC + c) * s.KH * s.KW
				for i := range oh {
					for k := range s.KH {
						h := i*s.StrideH - s.PadH + k*s.DilH
						if h < 0 || h >= s.H {
							continue
						}
						for j := range ow {
							y := ((n*s.OutC+o)*oh+i)*ow + j
							for l := range s.KW {
								if w := j*s.StrideW - s.PadW + l*s.DilW; w >= 0 && w < s.W {
									f(y, plane+h*s.W+w, filter+k*s.KW+l)
								}
							}
						}
					}
				}
			}
		}
	}
}

func conv64(s conv.Shape, x, w, bias, y *Tensor, relu bool) {
	xs, ws, ys := span[float64](x), span[float64](w), span[float64](y)
	if bias != nil && y.n > 0 {
		b := span[float64](dense(bias))
		plane := y.shape[2] * y.shape[3]
		for i := range ys {
			ys[i] = b[i/plane%s.OutC]
		}
	}
	par.For(s.N, 1, func(lo, hi int) {
		taps(s, lo, hi, func(y, x, w int) { ys[y] += xs[x] * ws[w] })
	})
	if relu {
		for i, v := range ys {
			if v < 0 {
				ys[i] = 0
			}
		}
	}
}

func convInput64(s conv.Shape, dy, w, dx *Tensor) {
	gs, ws, ds := span[float64](dy), span[float64](w), span[float64](dx)
	par.For(s.N, 1, func(lo, hi int) {
		taps(s, lo, hi, func(y, x, w int) { ds[x] += gs[y] * ws[w] })
	})
}

func convWeight64(s conv.Shape, dy, x, dw *Tensor) {
	gs, xs, ds := span[float64](dy), span[float64](x), span[float64](dw)
	taps(s, 0, s.N, func(y, x, w int) { ds[w] += gs[y] * xs[x] })
}

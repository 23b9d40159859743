package dl

import (
	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// resampling makes out entries of dimension d from in of them, each the sum of
// taps entries with weights.
type resampling struct {
	d, in, out, taps int
	places           []int // taps for each result
	weights          []float64
}

// apply resamples x.
func (r *resampling) apply(x *Tensor) *Tensor {
	out := blank(x.dtype, r.resized(x, r.out))
	switch f := parts(out.shape, r.d); {
	case out.n == 0:
	case x.dtype == Float32:
		resample(r, f, out.f32(), x.dense().f32())
	default:
		resample(r, f, span[float64](out), span[float64](x.dense()))
	}
	if c := record(out, "interpolate", resampleBackward, x); c != nil {
		c.Data = r
	}
	return out
}

func resampleBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(c.Data.(*resampling).transposed(g))
}

// transposed gives every entry what the results took of it.
func (r *resampling) transposed(g *Tensor) *Tensor {
	out := empty(g.dtype, r.resized(g, r.in))
	switch f := parts(out.shape, r.d); {
	case g.n == 0:
	case g.dtype == Float32:
		resampleBack(r, f, out.f32(), g.dense().f32())
	default:
		resampleBack(r, f, span[float64](out), span[float64](g.dense()))
	}
	if c := record(out, "interpolate backward", resampleBackBackward, g); c != nil {
		c.Data = r
	}
	return out
}

func resampleBackBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(c.Data.(*resampling).apply(g))
}

func (r *resampling) resized(x *Tensor, n int) []int {
	shape := x.Shape()
	shape[r.d] = n
	return shape
}

func resample[T float32 | float64](r *resampling, f fold, dst, src []T) {
	weights := typed[T](r.weights)
	par.For(f.outer, max(1, grain/(r.out*f.inner)), func(lo, hi int) {
		for o := lo; o < hi; o++ {
			to, from := dst[o*r.out*f.inner:][:r.out*f.inner], src[o*r.in*f.inner:][:r.in*f.inner]
			switch {
			case f.inner > 1:
				for i := range r.out {
					row := to[i*f.inner:][:f.inner]
					for k := i * r.taps; k < (i+1)*r.taps; k++ {
						line := from[r.places[k]*f.inner:][:f.inner]
						if k == i*r.taps {
							scaleTo(row, line, weights[k])
						} else {
							addTimes(row, line, weights[k])
						}
					}
				}
			case r.taps == 2:
				for i := range to {
					p, w := (*[2]int)(r.places[2*i:]), (*[2]T)(weights[2*i:])
					to[i] = from[p[0]]*w[0] + from[p[1]]*w[1]
				}
			default:
				for i := range to {
					p, w := (*[4]int)(r.places[4*i:]), (*[4]T)(weights[4*i:])
					to[i] = from[p[0]]*w[0] + from[p[1]]*w[1] + from[p[2]]*w[2] + from[p[3]]*w[3]
				}
			}
		}
	})
}

func resampleBack[T float32 | float64](r *resampling, f fold, dst, src []T) {
	weights := typed[T](r.weights)
	par.For(f.outer, max(1, grain/(r.out*f.inner)), func(lo, hi int) {
		for o := lo; o < hi; o++ {
			to, from := dst[o*r.in*f.inner:][:r.in*f.inner], src[o*r.out*f.inner:][:r.out*f.inner]
			for k, p := range r.places {
				i := k / r.taps
				if f.inner == 1 {
					to[p] += from[i] * weights[k]
					continue
				}
				addTimes(to[p*f.inner:][:f.inner], from[i*f.inner:][:f.inner], weights[k])
			}
		}
	})
}

// typed converts numbers to T.
func typed[T float32 | float64](v []float64) []T {
	out := make([]T, len(v))
	for i, x := range v {
		out[i] = T(x)
	}
	return out
}

// scaleTo sets dst to src times w, addTimes adds that to it.
func scaleTo[T float32 | float64](dst, src []T, w T) {
	if d, ok := any(dst).([]float32); ok {
		simd.MulScalar(d, any(src).([]float32), float32(w))
		return
	}
	for i, v := range src {
		dst[i] = v * w
	}
}

func addTimes[T float32 | float64](dst, src []T, w T) {
	if d, ok := any(dst).([]float32); ok {
		simd.Axpy(d, any(src).([]float32), float32(w))
		return
	}
	for i, v := range src {
		dst[i] += v * w
	}
}

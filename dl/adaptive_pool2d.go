package dl

import (
	"fmt"

	"descent/dl/internal/par"
)

// AdaptiveAvgPool2d takes means over windows that divide the image evenly
// into outH by outW; windows overlap where the sizes do not divide.
//
//	x [N, C, H, W] → [N, C, outH, outW]
//
// PyTorch: nn.functional.adaptive_avg_pool2d.
func AdaptiveAvgPool2d(x *Tensor, outH, outW int) *Tensor {
	const op = "adaptive_avg_pool2d"
	needFloat(op, x)
	if len(x.shape) != 4 {
		fail(op, "x of shape "+shapeText(x.shape), "[batch×channels×height×width]", "", x)
	}
	if outH <= 0 || outW <= 0 || x.shape[2] == 0 || x.shape[3] == 0 {
		fail(op, fmt.Sprintf("x of shape %s and an output of %d×%d", shapeText(x.shape), outH, outW), "sizes of at least 1", "", x)
	}
	a := adaptive{n: x.shape[0] * x.shape[1], h: x.shape[2], w: x.shape[3], oh: outH, ow: outW}
	return a.pool(x, []int{x.shape[0], x.shape[1], outH, outW}, x.shape)
}

// adaptive describes adaptive pooling of n planes.
type adaptive struct{ n, h, w, oh, ow int }

// adaptiveData is what its backward pass needs.
type adaptiveData struct {
	adaptive
	in, out []int
}

// window returns the part of an axis of length n that output i of out covers.
func window(i, n, out int) (lo, hi int) { return i * n / out, ((i+1)*n + out - 1) / out }

func (a adaptive) pool(x *Tensor, out, in []int) *Tensor {
	y := empty(x.dtype, out)
	if x.dtype == Float32 {
		adaptivePool(a, dense(x).f32(), y.f32())
	} else {
		adaptivePool(a, span[float64](dense(x)), span[float64](y))
	}
	if c := record(y, "adaptive_avg_pool2d", adaptiveBackward, x); c != nil {
		c.Data = adaptiveData{a, append([]int(nil), in...), append([]int(nil), out...)}
	}
	return y
}

func adaptivePool[T float32 | float64](a adaptive, x, y []T) {
	par.For(a.n, 1+1<<14/(a.h*a.w), func(lo, hi int) {
		for p := lo; p < hi; p++ {
			in, o := x[p*a.h*a.w:], y[p*a.oh*a.ow:]
			for i := range a.oh {
				h0, h1 := window(i, a.h, a.oh)
				for j := range a.ow {
					w0, w1 := window(j, a.w, a.ow)
					sum := 0.0
					for h := h0; h < h1; h++ {
						for _, v := range in[h*a.w+w0 : h*a.w+w1] {
							sum += float64(v)
						}
					}
					o[i*a.ow+j] = T(sum / float64((h1-h0)*(w1-w0)))
				}
			}
		}
	})
}

func adaptiveBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(adaptiveSpread(g, c.Data.(adaptiveData)))
}

// adaptiveSpread spreads each element of g over its window.
func adaptiveSpread(g *Tensor, d adaptiveData) *Tensor {
	out := empty(g.dtype, d.in)
	if g.dtype == Float32 {
		adaptiveUnpool(d.adaptive, dense(g).f32(), out.f32())
	} else {
		adaptiveUnpool(d.adaptive, span[float64](dense(g)), span[float64](out))
	}
	if c := record(out, "adaptive_avg_unpool2d", adaptiveSpreadBackward, g); c != nil {
		c.Data = d
	}
	return out
}

func adaptiveUnpool[T float32 | float64](a adaptive, g, x []T) {
	par.For(a.n, 1+1<<14/(a.h*a.w), func(lo, hi int) {
		for p := lo; p < hi; p++ {
			in, o := x[p*a.h*a.w:], g[p*a.oh*a.ow:]
			for i := range a.oh {
				h0, h1 := window(i, a.h, a.oh)
				for j := range a.ow {
					w0, w1 := window(j, a.w, a.ow)
					v := o[i*a.ow+j] / T((h1-h0)*(w1-w0))
					for h := h0; h < h1; h++ {
						row := in[h*a.w+w0 : h*a.w+w1]
						for k := range row {
							row[k] += v
						}
					}
				}
			}
		}
	})
}

func adaptiveSpreadBackward(c *Context, g *Tensor) []*Tensor {
	d := c.Data.(adaptiveData)
	return c.gives(d.pool(g, d.out, d.in))
}

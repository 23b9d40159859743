package dl

import (
	"math"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// Softmax turns the numbers along a dimension into positive ones that add up
// to 1: exp(x) over the sum of exp(x). Negative dim counts from the end.
//
// PyTorch: Tensor.softmax, nn.functional.softmax.
func (t *Tensor) Softmax(dim int) *Tensor {
	needFloat("softmax", t)
	dim = t.axis("softmax", dim)
	out := lines(t, dim).softmax(false)
	if c := record(out, "softmax", softmaxBackward, t); c != nil {
		c.Save(out)
		c.i = dim
	}
	return out
}

// LogSoftmax is the logarithm of Softmax, without its overflow.
//
// PyTorch: Tensor.log_softmax, nn.functional.log_softmax.
func (t *Tensor) LogSoftmax(dim int) *Tensor {
	needFloat("log_softmax", t)
	dim = t.axis("log_softmax", dim)
	out := lines(t, dim).softmax(true)
	if c := record(out, "log_softmax", logSoftmaxBackward, t); c != nil {
		c.Save(out)
		c.i = dim
	}
	return out
}

func softmaxBackward(c *Context, g *Tensor) []*Tensor {
	y := c.Saved(0)
	if GradEnabled() { // y∘(g − Σ g∘y)
		return c.gives(y.Mul(g.Sub(g.Mul(y).SumKeep(c.i))))
	}
	return c.gives(lines(g, c.i).softmaxGrad(y, false))
}

func logSoftmaxBackward(c *Context, g *Tensor) []*Tensor {
	y := c.Saved(0)
	if GradEnabled() { // g − exp(y)·Σ g
		return c.gives(g.Sub(y.Exp().Mul(g.SumKeep(c.i))))
	}
	return c.gives(lines(g, c.i).softmaxGrad(y, true))
}

// lined is a tensor seen as outer × n × inner, with the dimension at work in
// the middle.
type lined struct {
	t               *Tensor
	outer, n, inner int
}

func lines(t *Tensor, dim int) lined {
	l := lined{t: dense(t), outer: 1, n: 1, inner: 1}
	for i, s := range t.shape {
		switch {
		case i < dim:
			l.outer *= s
		case i == dim:
			l.n = s
		default:
			l.inner *= s
		}
	}
	if len(t.shape) == 0 { // a scalar is a line of one
		l.n = 1
	}
	return l
}

// grain is how many outer steps make a chunk worth sharing out.
func (l *lined) grain() int { return 1 + 1<<13/(1+l.n*l.inner) }

func (l lined) softmax(log bool) *Tensor {
	out := blank(l.t.dtype, l.t.shape)
	if out.n == 0 {
		return out
	}
	step := l.n * l.inner
	switch {
	case l.t.dtype == Float64:
		x, y := span[float64](l.t), span[float64](out)
		par.For(l.outer, l.grain(), func(lo, hi int) {
			for o := lo; o < hi; o++ {
				for i := range l.inner {
					softmaxLine(y[o*step+i:], x[o*step+i:], l.n, l.inner, log)
				}
			}
		})
	case l.inner == 1:
		x, y := l.t.f32(), out.f32()
		par.For(l.outer, l.grain(), func(lo, hi int) {
			if !log {
				simd.SoftmaxRows(y[lo*step:hi*step], x[lo*step:hi*step], hi-lo, step)
				return
			}
			for o := lo; o < hi; o++ {
				simd.LogSoftmax(y[o*step:][:step], x[o*step:][:step])
			}
		})
	default:
		x, y := l.t.f32(), out.f32()
		par.For(l.outer, l.grain(), func(lo, hi int) {
			peak, sum := make([]float32, l.inner), make([]float32, l.inner)
			for o := lo; o < hi; o++ {
				softmaxPlanes(y[o*step:][:step], x[o*step:][:step], peak, sum, log)
			}
		})
	}
	return out
}

// softmaxLine computes one line of n elements that lie stride apart.
func softmaxLine(y, x []float64, n, stride int, log bool) {
	peak := math.Inf(-1)
	for k := range n {
		peak = math.Max(peak, x[k*stride])
	}
	sum := 0.0
	for k := range n {
		sum += math.Exp(x[k*stride] - peak)
	}
	for k := range n {
		if log {
			y[k*stride] = x[k*stride] - peak - math.Log(sum)
		} else {
			y[k*stride] = math.Exp(x[k*stride]-peak) / sum
		}
	}
}

// softmaxPlanes computes len(peak) lines at once whose elements lie
// len(peak) apart, so that the inner loops run over neighbours.
func softmaxPlanes(y, x, peak, sum []float32, log bool) {
	w := len(peak)
	copy(peak, x)
	for k := w; k < len(x); k += w {
		simd.Max(peak, peak, x[k:k+w])
	}
	clear(sum)
	for k := 0; k < len(x); k += w {
		simd.Sub(y[k:k+w], x[k:k+w], peak)
		if log {
			continue
		}
		simd.Exp(y[k:k+w], y[k:k+w])
		simd.Add(sum, sum, y[k:k+w])
	}
	if !log {
		for k := 0; k < len(x); k += w {
			simd.Div(y[k:k+w], y[k:k+w], sum)
		}
		return
	}
	for k := 0; k < len(x); k += w {
		simd.Exp(peak, y[k:k+w]) // peak is not needed any more
		simd.Add(sum, sum, peak)
	}
	simd.Log(sum, sum)
	for k := 0; k < len(x); k += w {
		simd.Sub(y[k:k+w], y[k:k+w], sum)
	}
}

// softmaxGrad is the gradient of the input, given that of the output, l, and
// the output y.
func (l lined) softmaxGrad(y *Tensor, log bool) *Tensor {
	out := blank(y.dtype, y.shape)
	if out.n == 0 {
		return out
	}
	if y.dtype == Float32 {
		softmaxGrads(l, out.f32(), l.t.f32(), y.f32(), log)
	} else {
		softmaxGrads(l, span[float64](out), span[float64](l.t), span[float64](y), log)
	}
	return out
}

func softmaxGrads[T float32 | float64](l lined, d, g, y []T, log bool) {
	step := l.n * l.inner
	par.For(l.outer, l.grain(), func(lo, hi int) {
		for o := lo; o < hi; o++ {
			for i := range l.inner {
				d, g, y := d[o*step+i:], g[o*step+i:], y[o*step+i:]
				sum := 0.0
				for k := 0; k < step-i; k += l.inner {
					if log {
						sum += float64(g[k])
					} else {
						sum += float64(g[k]) * float64(y[k])
					}
				}
				for k := 0; k < step-i; k += l.inner {
					if log {
						d[k] = g[k] - T(math.Exp(float64(y[k]))*sum)
					} else {
						d[k] = y[k] * (g[k] - T(sum))
					}
				}
			}
		}
	})
}

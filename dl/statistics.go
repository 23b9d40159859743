package dl

import (
	"math"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// Var returns the variance over the given dimensions, over all when none is
// given, with Bessel's correction (division by n-1). PyTorch: torch.var.
func (t *Tensor) Var(dims ...int) *Tensor { return t.VarCorrected(1, dims...) }

// VarCorrected is Var that divides by n-correction: 0 gives the variance of
// the population. PyTorch: torch.var(correction=…).
func (t *Tensor) VarCorrected(correction float64, dims ...int) *Tensor {
	needFloat("var", t)
	var buf [8]bool
	set := t.axes("var", dims, buf[:0])
	n := float64(t.count(set))
	x, f, kept := t.folded(set)
	out := empty(t.dtype, kept)
	mean := empty(t.dtype, kept)
	sumFolded(mean, x, f)
	over := math.Max(0, n-correction)
	variances(out, mean, x, f, n, over)
	if c := record(out, "var", varBackward, t); c != nil {
		c.Save(t)
		c.shape = t.keepDims(set)
		c.f = over
	}
	return out
}

// variances fills out with Σ(x-mean)²/over, where mean comes in as the sums.
func variances(out, mean, t *Tensor, f fold, n, over float64) {
	if out.dtype == Float32 && f.inner == 1 {
		dst, sums, src := out.store.f32, mean.store.f32, t.f32()
		par.For(f.outer, max(1, grain/max(1, f.reduced)), func(lo, hi int) {
			for i := lo; i < hi; i++ {
				m := float32(float64(sums[i]) / n)
				dst[i] = float32(simd.SumSquares(src[i*f.reduced:][:f.reduced], m) / over)
			}
		})
		return
	}
	if out.dtype == Float32 {
		variancesIn[float32](out, mean, t, f, n, over)
	} else {
		variancesIn[float64](out, mean, t, f, n, over)
	}
}

func variancesIn[T float32 | float64](out, mean, t *Tensor, f fold, n, over float64) {
	dst, sums, src := span[T](out), span[T](mean), span[T](t)
	acc := make([]float64, f.inner)
	for o := range f.outer {
		clear(acc)
		m := sums[o*f.inner:][:f.inner]
		for r := range f.reduced {
			for i, v := range src[(o*f.reduced+r)*f.inner:][:f.inner] {
				d := float64(v) - float64(m[i])/n
				acc[i] += d * d
			}
		}
		for i, a := range acc {
			dst[o*f.inner+i] = T(a / over)
		}
	}
}

func varBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	var dims []int
	for i, n := range c.shape {
		if n != x.shape[i] {
			dims = append(dims, i)
		}
	}
	centred := x.Sub(x)
	if len(dims) > 0 {
		centred = x.Sub(x.MeanKeep(dims...))
	}
	return c.gives(g.Reshape(c.shape...).Mul(centred).MulScalar(2 / c.f))
}

// Std returns the standard deviation over the given dimensions, the square
// root of Var. PyTorch: torch.std.
func (t *Tensor) Std(dims ...int) *Tensor { return t.StdCorrected(1, dims...) }

// StdCorrected is the square root of VarCorrected.
// PyTorch: torch.std(correction=…).
func (t *Tensor) StdCorrected(correction float64, dims ...int) *Tensor {
	v := t.VarCorrected(correction, dims...)
	out := sqrtKernel.compute(v)
	if c := record(out, "std", stdBackward, v); c != nil {
		c.Save(out)
	}
	return out
}

// stdBackward is that of Sqrt, but gives 0 where the deviation is 0.
func stdBackward(c *Context, g *Tensor) []*Tensor {
	y := c.Saved(0)
	return c.gives(g.Div(y.MulScalar(2)).MaskedFill(y.EqScalar(0), 0))
}

// VarKeep is Var that keeps the dimensions with length 1.
// PyTorch: torch.var(keepdim=True).
func (t *Tensor) VarKeep(dims ...int) *Tensor {
	var buf [8]bool
	return t.Var(dims...).Reshape(t.keepDims(t.axes("var", dims, buf[:0]))...)
}

// StdKeep is Std that keeps the dimensions with length 1.
// PyTorch: torch.std(keepdim=True).
func (t *Tensor) StdKeep(dims ...int) *Tensor {
	var buf [8]bool
	return t.Std(dims...).Reshape(t.keepDims(t.axes("std", dims, buf[:0]))...)
}

// LogSumExp returns log Σ eᵗ over the given dimensions, over all when none is
// given, without overflow. PyTorch: torch.logsumexp.
func (t *Tensor) LogSumExp(dims ...int) *Tensor {
	needFloat("logsumexp", t)
	var buf [8]bool
	set := t.axes("logsumexp", dims, buf[:0])
	keep := t.keepDims(set)
	var out *Tensor
	if t.count(set) == 0 {
		out = FullOf(t.dtype, math.Inf(-1), t.Detach().sumOver(set).shape...)
		if c := record(out, "logsumexp", nothingBackward, t); c != nil {
			c.shape = t.Shape()
		}
		return out
	}
	if t.dtype == Float32 {
		if x, f, kept := t.Detach().folded(set); f.inner == 1 {
			out = logSumExpRows(x.f32(), f, kept)
		}
	}
	if out == nil {
		x := t.Detach()
		top := x.AMax(dims...)
		safe := top.MaskedFill(top.IsInf(), 0)
		out = x.Sub(safe.Reshape(keep...)).Exp().sumOver(set).Log().Add(safe)
	}
	if c := record(out, "logsumexp", logSumExpBackward, t); c != nil {
		c.Save(t, out)
		c.shape = keep
	}
	return out
}

// logSumExpRows does rows that lie one after the other.
func logSumExpRows(x []float32, f fold, shape []int) *Tensor {
	out := empty(Float32, shape)
	dst, n := out.f32(), f.reduced
	par.For(f.outer, max(1, grain/n), func(lo, hi int) {
		buf := make([]float32, n)
		for r := lo; r < hi; r++ {
			row := x[r*n:][:n]
			top := simd.MaxOf(row)
			if math.IsInf(float64(top), 0) {
				top = 0
			}
			dst[r] = top + float32(math.Log(float64(simd.ExpSum(buf, row, top))))
		}
	})
	return out
}

func nothingBackward(c *Context, g *Tensor) []*Tensor { return c.gives(empty(g.dtype, c.shape)) }

func logSumExpBackward(c *Context, g *Tensor) []*Tensor {
	x, y := c.Saved(0), c.Saved(1).Reshape(c.shape...)
	// The softmax; 0 where all elements are -Inf, as fully masked attention has.
	w := x.Sub(y.MaskedFill(y.EqScalar(math.Inf(-1)), 0)).Exp()
	return c.gives(g.Reshape(c.shape...).Mul(w))
}

// LogSumExpKeep is LogSumExp that keeps the dimensions with length 1.
// PyTorch: torch.logsumexp(keepdim=True).
func (t *Tensor) LogSumExpKeep(dims ...int) *Tensor {
	var buf [8]bool
	return t.LogSumExp(dims...).Reshape(t.keepDims(t.axes("logsumexp", dims, buf[:0]))...)
}

// Norm returns the p-norm (Σ|t|ᵖ)^(1/p) over the given dimensions, over all
// when none is given. p may be infinite, or 0 to count what is not zero; 2 is
// the Euclidean norm. PyTorch: torch.linalg.vector_norm.
func (t *Tensor) Norm(p float64, dims ...int) *Tensor {
	needFloat("norm", t)
	switch {
	case p == 0:
		return t.NeScalar(0).To(t.dtype).Sum(dims...)
	case p == 1:
		return t.Abs().Sum(dims...)
	case math.IsInf(p, 1):
		return t.Abs().AMax(dims...)
	case math.IsInf(p, -1):
		return t.Abs().AMin(dims...)
	}
	var buf [8]bool
	set := t.axes("norm", dims, buf[:0])
	x := t.Detach()
	var out *Tensor
	if p == 2 {
		y, f, kept := x.folded(set)
		if y.dtype == Float32 && f.inner == 1 && f.reduced > 0 {
			out = norm2Rows(y.f32(), f, kept)
		} else {
			out = y.Mul(y).sumFoldedTo(f, kept).Sqrt()
		}
	} else {
		out = x.Abs().Pow(p).sumOver(set).Pow(1 / p)
	}
	if c := record(out, "norm", normBackward, t); c != nil {
		c.Save(t, out)
		c.shape = t.keepDims(set)
		c.f = p
	}
	return out
}

// norm2Rows computes Euclidean norms of rows in one pass each.
func norm2Rows(x []float32, f fold, kept []int) *Tensor {
	out := empty(Float32, kept)
	dst := out.f32()
	par.For(f.outer, max(1, grain/f.reduced), func(lo, hi int) {
		for o := lo; o < hi; o++ {
			s := 0.0
			for at := o * f.reduced; at < (o+1)*f.reduced; at += grain {
				s += simd.SumSquares(x[at:min(at+grain, (o+1)*f.reduced)], 0)
			}
			dst[o] = float32(math.Sqrt(s))
		}
	})
	return out
}

// sumFoldedTo is sumFolded into a new tensor; t is what folded returned.
func (t *Tensor) sumFoldedTo(f fold, kept []int) *Tensor {
	out := empty(t.dtype, kept)
	sumFolded(out, t, f)
	return out
}

// normBackward is x·|x|^(p-2) / norm^(p-1), and 0 where the norm is 0.
func normBackward(c *Context, g *Tensor) []*Tensor {
	x, y := c.Saved(0), c.Saved(1).Reshape(c.shape...)
	g = g.Reshape(c.shape...)
	var d *Tensor
	if c.f == 2 {
		d = x.Div(y)
	} else {
		d = x.Sign().Mul(x.Abs().Pow(c.f - 1)).Div(y.Pow(c.f - 1))
	}
	return c.gives(g.Mul(d.MaskedFill(y.EqScalar(0), 0)))
}

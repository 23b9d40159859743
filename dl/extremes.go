package dl

import (
	"math"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// extreme returns the position of the largest element, or with least of the
// smallest: the first of equal ones, and a NaN before all else.
func extreme[T number](x []T, least bool) int {
	best := 0
	v := x[0]
	if v != v {
		return 0
	}
	for i, w := range x {
		if w > v && !least || w < v && least {
			best, v = i, w
		} else if w != w {
			return i
		}
	}
	return best
}

// extremes finds the position of the extreme along dimension d of every row.
func (t *Tensor) extremes(op string, d int, least bool) *Tensor {
	needCompute(op, t)
	nd := len(t.shape)
	set := make([]bool, nd)
	if nd > 0 {
		set[d] = true
		if t.shape[d] == 0 {
			fail(op, "dimension of length 0 in shape "+shapeText(t.shape), "at least one element", "", t)
		}
	}
	x, f, kept := t.folded(set)
	out := empty(Int64, kept)
	if out.n == 0 {
		return out
	}
	switch t.dtype {
	case Float32:
		extremesIn[float32](out, x, f, least)
	case Float64:
		extremesIn[float64](out, x, f, least)
	case Int64:
		extremesIn[int64](out, x, f, least)
	case Int32:
		extremesIn[int32](out, x, f, least)
	default:
		extremesIn[uint8](out, x, f, least)
	}
	return out
}

func extremesIn[T number](out, t *Tensor, f fold, least bool) {
	dst, src := span[int64](out), span[T](t)
	par.For(f.outer, max(1, grain/max(1, f.reduced*f.inner)), func(lo, hi int) {
		for o := lo; o < hi; o++ {
			x := src[o*f.reduced*f.inner:][:f.reduced*f.inner]
			if f.inner == 1 {
				if y, ok := any(x).([]float32); ok && !least && len(y) >= 32 {
					dst[o] = int64(simd.ArgMax(y))
				} else {
					dst[o] = int64(extreme(x, least))
				}
				continue
			}
			d := dst[o*f.inner:][:f.inner] // starts as row 0
			for r := 1; r < f.reduced; r++ {
				for i, w := range x[r*f.inner:][:f.inner] {
					v := x[int(d[i])*f.inner+i]
					if v == v && (w != w || w > v && !least || w < v && least) {
						d[i] = int64(r)
					}
				}
			}
		}
	})
}

// ArgMax returns the position of the largest element along dim, as int64
// without that dimension: the first of equal ones. PyTorch: torch.argmax.
func (t *Tensor) ArgMax(dim int) *Tensor {
	return t.extremes("argmax", t.axis("argmax", dim), false)
}

// ArgMin returns the position of the smallest element along dim.
// PyTorch: torch.argmin.
func (t *Tensor) ArgMin(dim int) *Tensor { return t.extremes("argmin", t.axis("argmin", dim), true) }

// Max returns the largest elements along dim and their positions, without that
// dimension. The gradient goes to the element at the position. NaN counts as
// largest. AMax reduces over several dimensions or all.
// PyTorch: torch.max(dim).
func (t *Tensor) Max(dim int) (values, positions *Tensor) {
	return t.pick("max", t.axis("max", dim), false)
}

// Min returns the smallest elements along dim and their positions. NaN counts
// as smallest. PyTorch: torch.min(dim).
func (t *Tensor) Min(dim int) (values, positions *Tensor) {
	return t.pick("min", t.axis("min", dim), true)
}

func (t *Tensor) pick(op string, d int, least bool) (values, positions *Tensor) {
	at := t.extremes(op, d, least)
	if len(t.shape) == 0 {
		return t.Reshape(), at
	}
	return t.Gather(d, at.Unsqueeze(d)).Squeeze(d), at
}

// AMax returns the largest element over the given dimensions, over all when
// none is given. Equal largest elements share the gradient.
// PyTorch: torch.amax, torch.max().
func (t *Tensor) AMax(dims ...int) *Tensor { return t.bound("amax", dims, false) }

// AMin is AMax for the smallest element. PyTorch: torch.amin, torch.min().
func (t *Tensor) AMin(dims ...int) *Tensor { return t.bound("amin", dims, true) }

// AMaxKeep is AMax that keeps the dimensions with length 1.
// PyTorch: torch.amax(keepdim=True).
func (t *Tensor) AMaxKeep(dims ...int) *Tensor {
	var buf [8]bool
	return t.AMax(dims...).Reshape(t.keepDims(t.axes("amax", dims, buf[:0]))...)
}

// AMinKeep is AMin that keeps the dimensions with length 1.
// PyTorch: torch.amin(keepdim=True).
func (t *Tensor) AMinKeep(dims ...int) *Tensor {
	var buf [8]bool
	return t.AMin(dims...).Reshape(t.keepDims(t.axes("amin", dims, buf[:0]))...)
}

func (t *Tensor) bound(op string, dims []int, least bool) *Tensor {
	needCompute(op, t)
	var buf [8]bool
	set := t.axes(op, dims, buf[:0])
	if t.count(set) == 0 {
		fail(op, "no elements: shape "+shapeText(t.shape), "at least one element", "", t)
	}
	x, f, kept := t.folded(set)
	out := empty(t.dtype, kept)
	if out.n > 0 {
		switch t.dtype {
		case Float32:
			boundIn[float32](out, x, f, least)
		case Float64:
			boundIn[float64](out, x, f, least)
		case Int64:
			boundIn[int64](out, x, f, least)
		case Int32:
			boundIn[int32](out, x, f, least)
		default:
			boundIn[uint8](out, x, f, least)
		}
	}
	if c := record(out, op, boundBackward, t); c != nil {
		c.Save(t, out)
		c.shape = t.keepDims(set)
	}
	return out
}

func boundIn[T number](out, t *Tensor, f fold, least bool) {
	dst, src := span[T](out), span[T](t)
	par.For(f.outer, max(1, grain/max(1, f.reduced*f.inner)), func(lo, hi int) {
		for o := lo; o < hi; o++ {
			x := src[o*f.reduced*f.inner:][:f.reduced*f.inner]
			d := dst[o*f.inner:][:f.inner]
			if f.inner == 1 {
				d[0] = boundOf(x, least)
				continue
			}
			copy(d, x)
			if y, ok := any(d).([]float32); ok {
				boundColumns(y, any(x).([]float32), f.inner, least)
				continue
			}
			for r := 1; r < f.reduced; r++ {
				for i, w := range x[r*f.inner:][:f.inner] {
					if v := d[i]; v == v && (w != w || w > v && !least || w < v && least) {
						d[i] = w
					}
				}
			}
		}
	})
}

// boundColumns folds the rows of x after the first into d.
func boundColumns(d, x []float32, inner int, least bool) {
	fold := simd.Max
	if least {
		fold = simd.Min
	}
	for at := inner; at < len(x); at += inner {
		fold(d, x[at:at+inner], d)
	}
}

func boundOf[T number](x []T, least bool) T {
	if y, ok := any(x).([]float32); ok {
		if least {
			return T(simd.MinOf(y))
		}
		return T(simd.MaxOf(y))
	}
	return x[extreme(x, least)]
}

func boundBackward(c *Context, g *Tensor) []*Tensor {
	x, y := c.Saved(0).Detach(), c.Saved(1).Detach().Reshape(c.shape...)
	hit := x.Eq(y).To(g.dtype) // one where the extreme is
	var dims []int
	for i, n := range c.shape {
		if n != x.shape[i] {
			dims = append(dims, i)
		}
	}
	share := hit
	if len(dims) > 0 {
		share = hit.Div(hit.SumKeep(dims...))
	}
	return c.gives(g.Reshape(c.shape...).Mul(share))
}

func maxRow[T number](dst, a, b []T) {
	for i, v := range a {
		if w := b[i]; w > v || w != w {
			v = w
		}
		dst[i] = v
	}
}

func minRow[T number](dst, a, b []T) {
	for i, v := range a {
		if w := b[i]; w < v || w != w {
			v = w
		}
		dst[i] = v
	}
}

var (
	maximumKernel = &binaryKernel{name: "maximum", f32: simd.Max, f64: maxRow[float64], i64: maxRow[int64], i32: maxRow[int32], u8: maxRow[uint8], b: orRow}
	minimumKernel = &binaryKernel{name: "minimum", f32: simd.Min, f64: minRow[float64], i64: minRow[int64], i32: minRow[int32], u8: minRow[uint8], b: andRow}
)

// Maximum returns the larger of t and o, element by element; NaN wins. Where
// both are equal, each gets half of the gradient. PyTorch: torch.maximum.
func (t *Tensor) Maximum(o *Tensor) *Tensor { return extremum(maximumKernel, t, o, maximumBackward) }

// Minimum returns the smaller of t and o. PyTorch: torch.minimum.
func (t *Tensor) Minimum(o *Tensor) *Tensor { return extremum(minimumKernel, t, o, minimumBackward) }

func extremum(k *binaryKernel, t, o *Tensor, back func(c *Context, g *Tensor) []*Tensor) *Tensor {
	a, b := align(k.name, t, o, promote(t, o))
	out := k.compute(a, b)
	if c := record(out, k.name, back, a, b); c != nil {
		c.Save(a, b)
	}
	return out
}

func maximumBackward(c *Context, g *Tensor) []*Tensor {
	return extremumBackward(c, g, c.Saved(0).Detach(), c.Saved(1).Detach())
}

func minimumBackward(c *Context, g *Tensor) []*Tensor {
	return extremumBackward(c, g, c.Saved(1).Detach(), c.Saved(0).Detach())
}

// extremumBackward splits g: input 0 gets it where high > low.
func extremumBackward(c *Context, g, high, low *Tensor) []*Tensor {
	half := g.MulScalar(0.5)
	tie := high.Eq(low)
	var a, b *Tensor
	if c.Needs(0) {
		a = Where(tie, half, g.MaskedFill(high.Lt(low), 0))
	}
	if c.Needs(1) {
		b = Where(tie, half, g.MaskedFill(high.Gt(low), 0))
	}
	return c.gives(a, b)
}

// ClampTensor limits every element of t to the range given by the elements of
// lo and hi; either may be nil. NaN stays NaN and sends no gradient to the
// limits. PyTorch: torch.clamp with tensors.
func (t *Tensor) ClampTensor(lo, hi *Tensor) *Tensor {
	limit := func(bound *Tensor, to func(t, bound *Tensor) *Tensor) {
		switch {
		case bound == nil:
		case bound.RequiresGrad():
			t = Where(t.IsNaN(), t, to(t, bound))
		default:
			t = to(t, bound)
		}
	}
	limit(lo, (*Tensor).Maximum)
	limit(hi, (*Tensor).Minimum)
	return t
}

// MinMax returns the smallest and the largest element as numbers, NaN when
// there is one or t is empty. PyTorch: torch.aminmax.
func (t *Tensor) MinMax() (lo, hi float64) {
	if t.n == 0 {
		return math.NaN(), math.NaN()
	}
	d := t.Detach()
	if !d.dtype.computes() {
		d = d.To(Float32)
	}
	return d.AMin().Item(), d.AMax().Item()
}

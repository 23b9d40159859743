package dl

import (
	"fmt"
	"slices"

	"descent/dl/internal/par"
)

// Cat joins tensors along an existing dimension; all other lengths must be
// equal. PyTorch: torch.cat.
func Cat(ts []*Tensor, dim int) *Tensor {
	if len(ts) == 0 {
		panic(&Error{Op: "cat", Got: "no tensors", Want: "one or more"})
	}
	first := ts[0]
	if len(first.shape) == 0 {
		fail("cat", "scalars", "tensors with dimensions", "use Stack, which adds a dimension", ts...)
	}
	d := first.axis("cat", dim)
	dt, shape := first.dtype, first.Shape()
	shape[d] = 0
	for i, t := range ts {
		ok := len(t.shape) == len(shape)
		for k := 0; ok && k < len(shape); k++ {
			ok = k == d || t.shape[k] == shape[k]
		}
		if !ok {
			fail("cat", fmt.Sprintf("tensor %d of shape %s after one of shape %s", i, shapeText(t.shape), shapeText(first.shape)),
				fmt.Sprintf("equal lengths except in dimension %d", d), "use Stack to join along a new dimension", ts...)
		}
		shape[d] += t.shape[d]
		if t.dtype != dt {
			dt = promote(&Tensor{dtype: dt, shape: shape}, t)
		}
	}
	lengths := make([]int, len(ts))
	for i, t := range ts {
		lengths[i] = t.shape[d]
		if t.dtype != dt {
			ts = slices.Clone(ts)
			for k := range ts {
				ts[k] = ts[k].To(dt)
			}
		}
	}
	out := blank(dt, shape)
	switch dt {
	case Float32:
		catAs[float32](out, ts, d)
	case Float64:
		catAs[float64](out, ts, d)
	case Int64:
		catAs[int64](out, ts, d)
	case Int32:
		catAs[int32](out, ts, d)
	case Uint8, Bool:
		catAs[uint8](out, ts, d)
	default:
		catAs[uint16](out, ts, d)
	}
	if c := record(out, "cat", catBackward, ts...); c != nil {
		c.i, c.Data = d, lengths
	}
	return out
}

func catAs[T element](out *Tensor, ts []*Tensor, d int) {
	dst := span[T](out)
	f := parts(out.shape, d)
	width := f.reduced * f.inner
	at := 0
	for _, t := range ts {
		if t.n == 0 {
			continue
		}
		src := span[T](t.dense())
		w := t.n / f.outer
		par.For(f.outer, max(1, grain/w), func(lo, hi int) {
			for o := lo; o < hi; o++ {
				copy(dst[o*width+at:][:w], src[o*w:])
			}
		})
		at += w
	}
}

func catBackward(c *Context, g *Tensor) []*Tensor {
	lengths := c.Data.([]int)
	out := make([]*Tensor, len(lengths))
	at := 0
	for i, n := range lengths {
		if c.Needs(i) {
			out[i] = g.Narrow(c.i, at, n)
		}
		at += n
	}
	return out
}

// Stack joins tensors of one shape along a new dimension. PyTorch: torch.stack.
func Stack(ts []*Tensor, dim int) *Tensor {
	if len(ts) == 0 {
		panic(&Error{Op: "stack", Got: "no tensors", Want: "one or more"})
	}
	d := axisOf("stack", dim, len(ts[0].shape)+1, ts[0])
	wide := make([]*Tensor, len(ts))
	for i, t := range ts {
		if !slices.Equal(t.shape, ts[0].shape) {
			fail("stack", fmt.Sprintf("tensor %d of shape %s after one of shape %s", i, shapeText(t.shape), shapeText(ts[0].shape)),
				"equal shapes", "use Cat to join along an existing dimension", ts...)
		}
		wide[i] = t.Unsqueeze(d)
	}
	return Cat(wide, d)
}

// VStack joins along the first dimension, vectors as rows.
// PyTorch: torch.vstack.
func VStack(ts []*Tensor) *Tensor {
	rows := make([]*Tensor, len(ts))
	for i, t := range ts {
		if len(t.shape) < 2 {
			t = t.Reshape(1, -1)
		}
		rows[i] = t
	}
	return Cat(rows, 0)
}

// HStack joins along the second dimension, vectors end to end.
// PyTorch: torch.hstack.
func HStack(ts []*Tensor) *Tensor {
	if len(ts) > 0 && len(ts[0].shape) > 1 {
		return Cat(ts, 1)
	}
	flat := make([]*Tensor, len(ts))
	for i, t := range ts {
		flat[i] = t.Reshape(-1)
	}
	return Cat(flat, 0)
}

// Repeat lays copies of t beside each other, counts[d] of them along dimension
// d; there may be more counts than dimensions. PyTorch: Tensor.repeat.
func (t *Tensor) Repeat(counts ...int) *Tensor {
	if len(counts) < len(t.shape) {
		fail("repeat", fmt.Sprintf("%d counts for shape %s", len(counts), shapeText(t.shape)), "at least one for each dimension", "use Tile to repeat the last dimensions only", t)
	}
	lead := len(counts) - len(t.shape)
	wide, full, final := make([]int, 0, 2*len(counts)), make([]int, 0, 2*len(counts)), make([]int, len(counts))
	for i, k := range counts {
		if k < 0 {
			fail("repeat", fmt.Sprintf("count %d", k), "no negative count", "", t)
		}
		n := 1
		if i >= lead {
			n = t.shape[i-lead]
		}
		wide = append(wide, 1, n)
		full = append(full, k, n)
		final[i] = k * n
	}
	return t.Reshape(wide...).Expand(full...).Reshape(final...)
}

// Tile is Repeat that allows fewer counts than dimensions: missing ones in
// front are 1. PyTorch: torch.tile.
func (t *Tensor) Tile(counts ...int) *Tensor {
	for len(counts) < len(t.shape) {
		counts = append([]int{1}, counts...)
	}
	return t.Repeat(counts...)
}

// RepeatInterleave repeats every entry of dimension dim n times in place:
// [a, b] becomes [a, a, b, b]. PyTorch: torch.repeat_interleave.
func (t *Tensor) RepeatInterleave(n, dim int) *Tensor {
	d := t.axis("repeat interleave", dim)
	if n < 0 || len(t.shape) == 0 {
		fail("repeat interleave", fmt.Sprintf("%d times, shape %s", n, shapeText(t.shape)), "a count that is not negative, and a dimension", "", t)
	}
	wide := slices.Insert(t.Shape(), d+1, n)
	final := t.Shape()
	final[d] *= n
	return t.Unsqueeze(d + 1).Expand(wide...).Reshape(final...)
}

// Flip reverses the order of the entries of the given dimensions.
// PyTorch: torch.flip.
func (t *Tensor) Flip(dims ...int) *Tensor {
	out := t
	for _, d := range dims {
		d = t.axis("flip", d)
		if len(t.shape) == 0 {
			continue
		}
		n := t.shape[d]
		rows := make([]int64, n)
		for i := range rows {
			rows[i] = int64(n - 1 - i)
		}
		out = out.IndexSelect(d, FromInt64s(rows, n))
	}
	return out
}

// Roll moves the entries of dimension dim on by shift places; those that fall
// off come back at the other end. PyTorch: torch.roll.
func (t *Tensor) Roll(shift, dim int) *Tensor {
	d := t.axis("roll", dim)
	if len(t.shape) == 0 || t.shape[d] == 0 {
		return t.Clone()
	}
	n := t.shape[d]
	s := ((shift % n) + n) % n
	if s == 0 {
		return t.Clone()
	}
	return Cat([]*Tensor{t.Narrow(d, n-s, s), t.Narrow(d, 0, n-s)}, d)
}

package dl

import (
	"fmt"
	"slices"
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
	at := 0
	for i, t := range ts {
		out.place(d, at, lengths[i], t)
		at += lengths[i]
	}
	if c := record(out, "cat", catBackward, ts...); c != nil {
		c.i, c.Data = d, lengths
	}
	return out
}

// place copies src to the entries from at on of dimension d of the new t.
func (t *Tensor) place(d, at, length int, src *Tensor) {
	if src.n == 0 {
		return
	}
	to := t.alias(t.shape, t.strides, t.offset+at*t.strides[d])
	to.shape[d] = length
	to.n = src.n
	if last := len(src.shape) - 1; src.strides[last] > 1 && src.shape[last] > 1 {
		src = src.dense() // a transposition goes in tiles
	}
	scatter(to, src)
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
	set := make([]bool, len(t.shape))
	for _, d := range dims {
		if d = t.axis("flip", d); len(t.shape) > 0 {
			set[d] = !set[d]
		}
	}
	out := blank(t.dtype, t.shape)
	from := t.alias(t.shape, t.strides, t.offset)
	for d, flip := range set {
		if flip && t.n > 0 {
			from.offset += (t.shape[d] - 1) * t.strides[d]
			from.strides[d] = -t.strides[d]
		}
	}
	scatter(out, from)
	if c := record(out, "flip", flipBackward, t); c != nil {
		c.Data = slices.Clone(dims)
	}
	return out
}

func flipBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Flip(c.Data.([]int)...)) }

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
	out := blank(t.dtype, t.shape)
	part := func(start, length int) *Tensor {
		v := t.alias(t.shape, t.strides, t.offset+start*t.strides[d])
		v.shape[d], v.n = length, t.n/n*length
		return v
	}
	out.place(d, 0, s, part(n-s, s))
	out.place(d, s, n-s, part(0, n-s))
	if c := record(out, "roll", rollBackward, t); c != nil {
		c.i, c.j = s, d
	}
	return out
}

func rollBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Roll(-c.i, c.j)) }

package dl

import (
	"fmt"
	"slices"
)

// viewed marks that v shares t's memory and records the view.
func (t *Tensor) viewed(v *Tensor, name string, back func(c *Context, g *Tensor) []*Tensor) *Context {
	if !t.store.viewed.Load() {
		t.store.viewed.Store(true)
	}
	c := record(v, name, back, t)
	if c != nil {
		c.shape = t.Shape() // the gradient's shape; a copy, since t.shape would keep t alive
	}
	return c
}

// Reshape returns the elements in a new shape of the same number of elements:
// a view when the memory layout allows it, else a copy. One length may be -1
// and is then worked out. PyTorch: Tensor.reshape.
func (t *Tensor) Reshape(shape ...int) *Tensor {
	shape = t.inferShape("reshape", shape)
	strides, ok := t.reshapeStrides(shape)
	if !ok {
		return t.Clone().Reshape(shape...)
	}
	v := t.alias(shape, strides, t.offset)
	t.viewed(v, "reshape", reshapeBackward)
	return v
}

func reshapeBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Reshape(c.shape...)) }

// View is Reshape that never copies: it panics when the layout does not allow
// a view. PyTorch: Tensor.view.
func (t *Tensor) View(shape ...int) *Tensor {
	shape = t.inferShape("view", shape)
	if _, ok := t.reshapeStrides(shape); !ok {
		fail("view", "a tensor whose elements are not in row-major order", "a layout that the new shape can describe",
			"use Reshape, which copies when it must", t)
	}
	return t.Reshape(shape...)
}

// inferShape checks a new shape and works out a -1 in it.
func (t *Tensor) inferShape(op string, shape []int) []int {
	known, at := 1, -1
	for i, n := range shape {
		switch {
		case n == -1 && at < 0:
			at = i
		case n < 0:
			fail(op, "shape "+shapeText(shape), "lengths that are not negative, or a single -1", "", t)
		default:
			known *= n
		}
	}
	out := shape
	if at >= 0 {
		if known == 0 || t.n%known != 0 {
			fail(op, fmt.Sprintf("%d elements (shape %s) for shape %s", t.n, shapeText(t.shape), shapeText(shape)),
				"a number of elements that the known lengths divide", "", t)
		}
		out = append(make([]int, 0, len(shape)), shape...)
		out[at] = t.n / known
	} else if known != t.n {
		fail(op, fmt.Sprintf("%d elements (shape %s) for shape %s, which has %d", t.n, shapeText(t.shape), shapeText(shape), known),
			"equal numbers of elements", "give -1 for the length that should be worked out", t)
	}
	return out
}

// reshapeStrides returns the strides that show t in the new shape, if any do.
func (t *Tensor) reshapeStrides(shape []int) ([]int, bool) {
	var buf [8]int
	strides := buf[:0]
	if len(shape) > len(buf) {
		strides = make([]int, 0, len(shape))
	}
	strides = strides[:len(shape)]
	if t.n == 0 || t.IsContiguous() {
		s := 1
		for i := len(shape) - 1; i >= 0; i-- {
			strides[i] = s
			s *= max(shape[i], 1)
		}
		return strides, true
	}
	// Walk both shapes from the end, matching runs of t's dimensions that
	// lie evenly in memory with runs of new lengths of the same product.
	j := len(shape) - 1
	for i := len(t.shape) - 1; i >= 0; {
		run, base := t.shape[i], t.strides[i]
		for i--; i >= 0 && (t.shape[i] == 1 || t.strides[i] == base*run || run == 1); i-- {
			if run == 1 {
				base = t.strides[i]
			}
			run *= t.shape[i]
		}
		n := 1
		for j >= 0 && (n < run || shape[j] == 1) {
			strides[j] = base * n
			n *= shape[j]
			j--
		}
		if n != run {
			return nil, false
		}
	}
	for ; j >= 0; j-- {
		strides[j] = 1
	}
	return strides, true
}

// Flatten joins all dimensions from startDim on into one, as
// [64×1×28×28].Flatten(1) → [64×784]. A scalar becomes one element.
// PyTorch: Tensor.flatten(start_dim).
func (t *Tensor) Flatten(startDim int) *Tensor {
	if len(t.shape) == 0 {
		return t.Reshape(1)
	}
	d := t.axis("flatten", startDim)
	n := numel(t.shape[d:])
	return t.Reshape(append(t.Shape()[:d], n)...)
}

// Unflatten splits dimension dim into the given lengths.
// PyTorch: Tensor.unflatten.
func (t *Tensor) Unflatten(dim int, lengths ...int) *Tensor {
	d := t.axis("unflatten", dim)
	known, at := 1, -1
	for i, n := range lengths {
		if n == -1 && at < 0 {
			at = i
		} else {
			known *= n
		}
	}
	ls := slices.Clone(lengths)
	if at >= 0 && known > 0 {
		ls[at] = t.shape[d] / known
	}
	if numel(ls) != t.shape[d] {
		fail("unflatten", fmt.Sprintf("lengths %s for dimension %d of length %d", shapeText(lengths), d, t.shape[d]),
			"lengths whose product is the dimension's", "", t)
	}
	return t.Reshape(slices.Concat(t.shape[:d], ls, t.shape[d+1:])...)
}

// Transpose swaps two dimensions. PyTorch: Tensor.transpose.
func (t *Tensor) Transpose(a, b int) *Tensor {
	a, b = t.axis("transpose", a), t.axis("transpose", b)
	v := t.alias(t.shape, t.strides, t.offset)
	if len(t.shape) > 0 {
		v.shape[a], v.shape[b] = v.shape[b], v.shape[a]
		v.strides[a], v.strides[b] = v.strides[b], v.strides[a]
	}
	if c := t.viewed(v, "transpose", transposeBackward); c != nil {
		c.i, c.j = a, b
	}
	return v
}

func transposeBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Transpose(c.i, c.j)) }

// T returns a matrix with rows and columns swapped; tensors of fewer
// dimensions as they are. PyTorch: Tensor.T.
func (t *Tensor) T() *Tensor {
	switch len(t.shape) {
	case 0, 1:
		return t
	case 2:
		return t.Transpose(0, 1)
	}
	fail("t", "a tensor of shape "+shapeText(t.shape), "at most 2 dimensions", "use Transpose(-2, -1) to swap the last two", t)
	return nil
}

// Permute puts the dimensions in the given order. PyTorch: Tensor.permute.
func (t *Tensor) Permute(dims ...int) *Tensor {
	if len(dims) != len(t.shape) {
		fail("permute", fmt.Sprintf("order %v for shape %s", dims, shapeText(t.shape)), "every dimension once", "", t)
	}
	order := make([]int, len(dims))
	seen := make([]bool, len(dims))
	v := t.alias(t.shape, t.strides, t.offset)
	for i, d := range dims {
		d = t.axis("permute", d)
		if seen[d] {
			fail("permute", fmt.Sprintf("order %v", dims), "every dimension once", "", t)
		}
		seen[d] = true
		order[i] = d
		v.shape[i], v.strides[i] = t.shape[d], t.strides[d]
	}
	if c := t.viewed(v, "permute", permuteBackward); c != nil {
		c.Data = order
	}
	return v
}

func permuteBackward(c *Context, g *Tensor) []*Tensor {
	order := c.Data.([]int)
	inverse := make([]int, len(order))
	for i, d := range order {
		inverse[d] = i
	}
	return c.gives(g.Permute(inverse...))
}

// MoveDim moves dimension from to position to. PyTorch: Tensor.movedim.
func (t *Tensor) MoveDim(from, to int) *Tensor {
	from, to = t.axis("movedim", from), t.axis("movedim", to)
	order := make([]int, 0, len(t.shape))
	for d := range t.shape {
		if d != from {
			order = append(order, d)
		}
	}
	return t.Permute(slices.Insert(order, to, from)...)
}

// Expand stretches dimensions of length 1 to the given shape without copying;
// -1 keeps a length, and new dimensions may be added in front.
// PyTorch: Tensor.expand.
func (t *Tensor) Expand(shape ...int) *Tensor {
	want := slices.Clone(shape)
	lead := len(shape) - len(t.shape)
	for i, n := range shape {
		if n == -1 && i >= lead {
			want[i] = t.shape[i-lead]
		}
	}
	v := t.expanded("expand", want)
	t.viewed(v, "expand", expandBackward)
	return v
}

// ExpandAs stretches t to the shape of o. PyTorch: Tensor.expand_as.
func (t *Tensor) ExpandAs(o *Tensor) *Tensor { return t.Expand(o.shape...) }

func expandBackward(c *Context, g *Tensor) []*Tensor { return c.gives(sumTo(g, c.shape)) }

// expanded is Expand without recording.
func (t *Tensor) expanded(op string, shape []int) *Tensor {
	lead := len(shape) - len(t.shape)
	ok := lead >= 0
	for i := max(lead, 0); ok && i < len(shape); i++ {
		ok = t.shape[i-lead] == shape[i] || t.shape[i-lead] == 1 && shape[i] >= 0
	}
	for i := 0; ok && i < lead; i++ {
		ok = shape[i] >= 0
	}
	if !ok {
		fail(op, fmt.Sprintf("shape %s for %s", shapeText(t.shape), shapeText(shape)),
			"lengths that are equal, or 1 where it stretches", "", t)
	}
	var buf [8]int
	return t.alias(shape, t.stretch(shape, buf[:0]), t.offset)
}

// Squeeze drops dimensions of length 1: the given ones, or all of them.
// PyTorch: Tensor.squeeze.
func (t *Tensor) Squeeze(dims ...int) *Tensor {
	var buf [8]bool
	set := t.axes("squeeze", dims, buf[:0])
	v := t.alias(t.shape, t.strides, t.offset)
	k := 0
	for i, n := range t.shape {
		if n == 1 && set[i] {
			continue
		}
		v.shape[k], v.strides[k] = n, t.strides[i]
		k++
	}
	v.shape, v.strides = v.shape[:k], v.strides[:k]
	t.viewed(v, "squeeze", reshapeBackward)
	return v
}

// Unsqueeze adds a dimension of length 1 at position dim; -1 means at the end.
// PyTorch: Tensor.unsqueeze.
func (t *Tensor) Unsqueeze(dim int) *Tensor {
	nd := len(t.shape)
	d := axisOf("unsqueeze", dim, nd+1, t)
	var b1, b2 [8]int
	shape := append(append(append(b1[:0], t.shape[:d]...), 1), t.shape[d:]...)
	strides := append(append(append(b2[:0], t.strides[:d]...), 1), t.strides[d:]...)
	if d < nd {
		strides[d] = t.strides[d] * t.shape[d]
	}
	v := t.alias(shape, strides, t.offset)
	t.viewed(v, "unsqueeze", reshapeBackward)
	return v
}

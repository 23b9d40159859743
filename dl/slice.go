package dl

import "fmt"

// Narrow returns the part [start, start+length) of dimension dim as a view.
// PyTorch: Tensor.narrow.
func (t *Tensor) Narrow(dim, start, length int) *Tensor {
	d := t.axis("narrow", dim)
	if len(t.shape) == 0 {
		fail("narrow", "a scalar", "a tensor with dimensions", "", t)
	}
	n := t.shape[d]
	if start < 0 {
		start += n
	}
	if start < 0 || length < 0 || start+length > n {
		fail("narrow", fmt.Sprintf("elements %d … %d of dimension %d of shape %s", start, start+length, d, shapeText(t.shape)),
			fmt.Sprintf("a part of 0 … %d", n), "", t)
	}
	return t.strided(d, start, length, 1)
}

// Slice returns elements start, start+step, … below end of dimension dim as a
// view. Negative start and end count from the end of the dimension, and both
// are cut to its length, as in Python; step must be positive.
// PyTorch: t[start:end:step].
func (t *Tensor) Slice(dim, start, end, step int) *Tensor {
	d := t.axis("slice", dim)
	if len(t.shape) == 0 || step < 1 {
		fail("slice", fmt.Sprintf("step %d on shape %s", step, shapeText(t.shape)), "a step of 1 or more and a dimension to slice",
			"use Flip to reverse a dimension", t)
	}
	n := t.shape[d]
	if start < 0 {
		start += n
	}
	if end < 0 {
		end += n
	}
	start = min(max(start, 0), n)
	end = min(max(end, start), n)
	return t.strided(d, start, (end-start+step-1)/step, step)
}

// strided is the view of length elements of dimension d from start on.
func (t *Tensor) strided(d, start, length, step int) *Tensor {
	v := t.alias(t.shape, t.strides, t.offset+start*t.strides[d])
	v.shape[d] = length
	v.strides[d] *= step
	v.n = numel(v.shape)
	if v.n == 0 {
		v.offset = t.offset // a start at the very end must not point outside
	}
	if c := t.viewed(v, "slice", sliceBackward); c != nil {
		c.Data = sliceArgs{d, start, length, step}
	}
	return v
}

type sliceArgs struct{ dim, start, length, step int }

func sliceBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(embed(g, c.shape, c.Data.(sliceArgs)))
}

// embed puts g into zeros of the given shape, at the place of a slice. Its own
// backward is the slice again.
func embed(g *Tensor, shape []int, a sliceArgs) *Tensor {
	out := empty(g.dtype, shape)
	if g.n > 0 {
		at := out.alias(g.shape, out.strides, a.start*out.strides[a.dim])
		at.strides[a.dim] *= a.step
		scatter(at, g)
	}
	if c := record(out, "slice backward", embedBackward, g); c != nil {
		c.Data = a
	}
	return out
}

func embedBackward(c *Context, g *Tensor) []*Tensor {
	a := c.Data.(sliceArgs)
	return c.gives(g.strided(a.dim, a.start, a.length, a.step))
}

// Select returns entry i of dimension dim as a view without that dimension;
// negative i counts from the end. PyTorch: Tensor.select, t[i].
func (t *Tensor) Select(dim, i int) *Tensor {
	d := t.axis("select", dim)
	if len(t.shape) == 0 {
		fail("select", "a scalar", "a tensor with dimensions", "", t)
	}
	n := t.shape[d]
	if i < -n || i >= n {
		fail("select", fmt.Sprintf("index %d of dimension %d of shape %s", i, d, shapeText(t.shape)),
			fmt.Sprintf("%d … %d", -n, n-1), "", t)
	}
	if i < 0 {
		i += n
	}
	return t.strided(d, i, 1, 1).Squeeze(d)
}

// Index returns the entry at the given positions of the leading dimensions,
// as t[i, j] in Python: a view that lacks those dimensions.
// PyTorch: t[i, j].
func (t *Tensor) Index(index ...int) *Tensor {
	v := t
	for _, i := range index {
		v = v.Select(0, i)
	}
	return v
}

// Split cuts dimension dim into views of the given length, the last one
// shorter. PyTorch: Tensor.split.
func (t *Tensor) Split(length, dim int) []*Tensor {
	d := t.axis("split", dim)
	if length < 1 || len(t.shape) == 0 {
		fail("split", fmt.Sprintf("pieces of length %d of shape %s", length, shapeText(t.shape)), "a length of 1 or more", "", t)
	}
	var out []*Tensor
	for at := 0; at < t.shape[d] || at == 0; at += length {
		out = append(out, t.Narrow(d, at, min(length, t.shape[d]-at)))
	}
	return out
}

// SplitSizes cuts dimension dim into views of the given lengths, which must
// add up to it. PyTorch: Tensor.split with a list.
func (t *Tensor) SplitSizes(lengths []int, dim int) []*Tensor {
	d := t.axis("split", dim)
	total := 0
	for _, n := range lengths {
		total += n
	}
	if len(t.shape) == 0 || total != t.shape[d] {
		fail("split", fmt.Sprintf("lengths %v for dimension %d of shape %s", lengths, d, shapeText(t.shape)),
			"lengths that add up to the dimension", "", t)
	}
	out := make([]*Tensor, len(lengths))
	at := 0
	for i, n := range lengths {
		out[i] = t.Narrow(d, at, n)
		at += n
	}
	return out
}

// Chunk cuts dimension dim into at most n views of equal length, the last one
// shorter. PyTorch: Tensor.chunk.
func (t *Tensor) Chunk(n, dim int) []*Tensor {
	d := t.axis("chunk", dim)
	if n < 1 || len(t.shape) == 0 {
		fail("chunk", fmt.Sprintf("%d chunks of shape %s", n, shapeText(t.shape)), "1 or more", "", t)
	}
	return t.Split(max(1, (t.shape[d]+n-1)/n), d)
}

// Unbind returns the entries of dimension dim as views without it.
// PyTorch: Tensor.unbind.
func (t *Tensor) Unbind(dim int) []*Tensor {
	d := t.axis("unbind", dim)
	if len(t.shape) == 0 {
		fail("unbind", "a scalar", "a tensor with dimensions", "", t)
	}
	out := make([]*Tensor, t.shape[d])
	for i := range out {
		out[i] = t.Select(d, i)
	}
	return out
}

package dl

import (
	"fmt"
	"slices"
)

// AtLeast adds dimensions of length 1 up to n of them, 1 to 3: in front, but for
// the third of three behind. Tensors that have as many are returned as they are.
// PyTorch: torch.atleast_1d, torch.atleast_2d, torch.atleast_3d.
func (t *Tensor) AtLeast(n int) *Tensor {
	if n < 1 || n > 3 {
		fail("at least", fmt.Sprintf("%d dimensions", n), "1 to 3", "", t)
	}
	for len(t.shape) < n {
		if len(t.shape) == 2 {
			t = t.Unsqueeze(2)
		} else {
			t = t.Unsqueeze(0)
		}
	}
	return t
}

// BroadcastShapes returns the shape that tensors of these shapes broadcast to.
// PyTorch: torch.broadcast_shapes.
func BroadcastShapes(shapes ...[]int) []int {
	var out []int
	for _, s := range shapes {
		checkShape("broadcast shapes", s)
		a, b := out, s
		if len(a) < len(b) {
			a, b = b, a
		}
		next := slices.Clone(a)
		lead := len(a) - len(b)
		for i, n := range b {
			switch m := a[lead+i]; {
			case m == n || n == 1:
			case m == 1:
				next[lead+i] = n
			default:
				panic(&Error{Op: "broadcast shapes", Got: shapesText(shapes), Want: "lengths that are equal or 1, from the last dimension on", Shapes: shapes})
			}
		}
		out = next
	}
	if out == nil {
		out = []int{}
	}
	return out
}

// BroadcastTensors expands tensors to the one shape that they broadcast to.
// PyTorch: torch.broadcast_tensors.
func BroadcastTensors(ts ...*Tensor) []*Tensor {
	shapes := make([][]int, len(ts))
	for i, t := range ts {
		shapes[i] = t.shape
	}
	shape := BroadcastShapes(shapes...)
	out := make([]*Tensor, len(ts))
	for i, t := range ts {
		out[i] = t.Expand(shape...)
	}
	return out
}

// SumTo sums over the dimensions that broadcasting from shape to t's shape would
// have stretched: the gradient of Expand. PyTorch: Tensor.sum_to_size.
func (t *Tensor) SumTo(shape ...int) *Tensor {
	checkShape("sum to", shape)
	lead := len(t.shape) - len(shape)
	for i, n := range shape {
		if lead < 0 || n != 1 && n != t.shape[lead+i] {
			fail("sum to", fmt.Sprintf("%s from %s", shapeText(shape), shapeText(t.shape)), "a shape that broadcasts to the tensor's", "", t)
		}
	}
	return sumTo(t, shape)
}

// ColumnStack joins vectors as columns, and matrices by their columns.
// PyTorch: torch.column_stack.
func ColumnStack(ts []*Tensor) *Tensor {
	out := make([]*Tensor, len(ts))
	for i, t := range ts {
		out[i] = t
		if len(t.shape) <= 1 {
			out[i] = t.Reshape(-1, 1)
		}
	}
	return Cat(out, 1)
}

// DStack joins along the third dimension, after AtLeast(3).
// PyTorch: torch.dstack.
func DStack(ts []*Tensor) *Tensor {
	out := make([]*Tensor, len(ts))
	for i, t := range ts {
		out[i] = t.AtLeast(3)
	}
	return Cat(out, 2)
}

// UnravelIndex turns places in the row-major order of a tensor of the given shape
// into one index for each dimension, int64. PyTorch: torch.unravel_index.
func (t *Tensor) UnravelIndex(shape ...int) []*Tensor {
	const op = "unravel index"
	checkShape(op, shape)
	if t.dtype.IsFloat() || t.dtype == Bool {
		fail(op, "a tensor of "+t.dtype.String(), "integers", "", t)
	}
	n := numel(shape)
	places := t.Int64s()
	out := make([]*Tensor, len(shape))
	to := make([][]int64, len(shape))
	for d := range shape {
		out[d] = empty(Int64, t.shape)
		to[d] = span[int64](out[d])
	}
	for i, p := range places {
		if p < 0 {
			p += int64(n)
		}
		if p < 0 || p >= int64(n) {
			fail(op, fmt.Sprintf("place %d in shape %s", places[i], shapeText(shape)), fmt.Sprintf("below %d", n), "", t)
		}
		for d := len(shape) - 1; d >= 0; d-- {
			to[d][i] = p % int64(shape[d])
			p /= int64(shape[d])
		}
	}
	return out
}

// Gradient returns the slopes along dim of samples at distance dx: half the
// difference of the neighbours, and at the ends the difference of the last two.
// (The gradient of automatic differentiation is Grad.) PyTorch: torch.gradient.
func (t *Tensor) Gradient(dx float64, dim int) *Tensor {
	const op = "gradient"
	needFloat(op, t)
	d := t.axis(op, dim)
	if len(t.shape) == 0 || t.shape[d] < 2 {
		fail(op, "a tensor of shape "+shapeText(t.shape), "at least 2 samples along the dimension", "", t)
	}
	n := t.shape[d]
	first := t.Narrow(d, 1, 1).Sub(t.Narrow(d, 0, 1))
	last := t.Narrow(d, n-1, 1).Sub(t.Narrow(d, n-2, 1))
	middle := t.Narrow(d, 2, n-2).Sub(t.Narrow(d, 0, n-2)).MulScalar(0.5)
	return Cat([]*Tensor{first, middle, last}, d).DivScalar(dx)
}

// InPlace replaces every element by that of f(t), of t's shape: any operation in
// place, as t.InPlace((*dl.Tensor).Sin). Its gradient is that of f, and what an
// earlier operation saved of t is detected as changed. f gets a tensor with t's
// old values and must not change it.
// PyTorch: every method that ends in _, as Tensor.sin_.
func (t *Tensor) InPlace(f func(old *Tensor) *Tensor) *Tensor {
	const op = "in place"
	if !GradEnabled() {
		return t.inPlace(op, f)
	}
	if tracked(t) {
		return t.inPlace(op, f)
	}
	// f may capture a tensor that requires a gradient: then t gets a history too,
	// and what f saved of the old values must not be the memory that changes.
	t.beforeWrite(op)
	out := f(t.copied())
	if !tracked(out) {
		t.replace(op, out)
		return t
	}
	return t.inPlace(op, func(*Tensor) *Tensor { return out }, out)
}

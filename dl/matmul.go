package dl

import (
	"fmt"
	"slices"

	"descent/dl/internal/gemm"
	"descent/dl/internal/par"
)

// MatMul returns the matrix product over the last two dimensions; leading
// dimensions are batches and broadcast. A vector on the left counts as a row,
// one on the right as a column, and that dimension is missing in the result.
//
//	[n×k] · [k×m] → [n×m]      [b×n×k] · [k×m] → [b×n×m]      [k] · [k] → []
//
// PyTorch: torch.matmul, @.
func (t *Tensor) MatMul(o *Tensor) *Tensor {
	a, b := t, o
	if a.dtype != b.dtype {
		dt := promote(a, b)
		a, b = a.To(dt), b.To(dt)
	}
	needCompute("matmul", a)
	if len(a.shape) == 0 || len(b.shape) == 0 {
		fail("matmul", shapesText([][]int{t.shape, o.shape}), "matrices or vectors", "use Mul or MulScalar to multiply by a number", t, o)
	}
	row, column := len(a.shape) == 1, len(b.shape) == 1
	if row {
		a = a.Unsqueeze(0)
	}
	if column {
		b = b.Unsqueeze(1)
	}
	if k, l := a.shape[len(a.shape)-1], b.shape[len(b.shape)-2]; k != l {
		fail("matmul", fmt.Sprintf("%s · %s, inner lengths %d and %d", shapeText(t.shape), shapeText(o.shape), k, l),
			"equal inner lengths: the last of the left and the last but one of the right", matmulHint(t, o), t, o)
	}
	var out *Tensor
	switch {
	case len(a.shape) == 2 && len(b.shape) == 2:
		out = product(a, b)
	case len(b.shape) == 2: // one matrix for all batches: one large product
		lead := a.Shape()
		out = product(a.Reshape(-1, a.shape[len(a.shape)-1]).shaped(numel(lead[:len(lead)-1]), lead[len(lead)-1]), b)
		lead[len(lead)-1] = b.shape[1]
		out = out.Reshape(lead...)
	default:
		a, b = stretchBatches(a, b)
		out = product(a, b)
	}
	if row {
		out = out.Squeeze(-2)
	}
	if column {
		out = out.Squeeze(-1)
	}
	return out
}

// shaped is Reshape for a tensor that may be empty, where -1 cannot be worked out.
func (t *Tensor) shaped(shape ...int) *Tensor {
	if slices.Equal(t.shape, shape) {
		return t
	}
	return t.Reshape(shape...)
}

func matmulHint(t, o *Tensor) string {
	if len(o.shape) >= 2 && t.shape[len(t.shape)-1] == o.shape[len(o.shape)-1] {
		return "the right one fits when transposed: b.Transpose(-2, -1)"
	}
	if len(t.shape) >= 2 && len(o.shape) >= 2 && t.shape[len(t.shape)-2] == o.shape[len(o.shape)-2] {
		return "the left one fits when transposed: a.Transpose(-2, -1)"
	}
	return ""
}

// stretchBatches brings the leading dimensions of both to one shape.
func stretchBatches(a, b *Tensor) (*Tensor, *Tensor) {
	na, nb := len(a.shape), len(b.shape)
	p := &Tensor{shape: a.shape[:na-2]}
	q := &Tensor{shape: b.shape[:nb-2]}
	lead := slices.Clone(broadcastShape("matmul batches", p, q, nil))
	return a.stretchTo(append(slices.Clone(lead), a.shape[na-2:]...)),
		b.stretchTo(append(slices.Clone(lead), b.shape[nb-2:]...))
}

// product multiplies matrices of equal batch shapes and records it.
func product(a, b *Tensor) *Tensor {
	out := multiply(a, b)
	if c := record(out, "matmul", matmulBackward, a, b); c != nil {
		c.Save(keepIf(c.Needs(1), a), keepIf(c.Needs(0), b))
	}
	return out
}

func matmulBackward(c *Context, g *Tensor) []*Tensor {
	var da, db *Tensor
	if c.Needs(0) {
		da = product(g, c.Saved(1).Transpose(-2, -1))
	}
	if c.Needs(1) {
		db = product(c.Saved(0).Transpose(-2, -1), g)
	}
	return c.gives(da, db)
}

// matrix describes how gemm sees the last two dimensions.
type matrix struct {
	t     *Tensor
	trans bool
	ld    int
}

// asMatrix finds the leading dimension and the orientation of t's matrices,
// copying t when neither rows nor columns lie together in memory.
func asMatrix(t *Tensor) matrix {
	nd := len(t.shape)
	r, c, sr, sc := t.shape[nd-2], t.shape[nd-1], t.strides[nd-2], t.strides[nd-1]
	switch {
	case (sc == 1 || c == 1) && (sr >= max(1, c) || r == 1):
		return matrix{t, false, max(sr, c, 1)}
	case (sr == 1 || r == 1) && (sc >= max(1, r) || c == 1):
		return matrix{t, true, max(sc, r, 1)}
	}
	return matrix{t.copied(), false, max(c, 1)}
}

// multiply computes the product without recording.
func multiply(a, b *Tensor) *Tensor {
	nd := len(a.shape)
	m, k, n := a.shape[nd-2], a.shape[nd-1], b.shape[nd-1]
	var buf [8]int
	shape := append(append(buf[:0], a.shape[:nd-1]...), n)
	if k == 0 {
		return empty(a.dtype, shape)
	}
	out := blank(a.dtype, shape)
	if out.n == 0 {
		return out
	}
	batches := numel(a.shape[:nd-2])
	switch a.dtype {
	case Float32:
		x, y := asMatrix(a), asMatrix(b)
		dst := out.store.f32
		one := func(i int) {
			gemm.Sgemm(x.trans, y.trans, m, n, k, 1, slice[float32](x.t.store)[x.at(i):], x.ld, slice[float32](y.t.store)[y.at(i):], y.ld, 0, dst[i*m*n:(i+1)*m*n], n)
		}
		eachBatch(batches, m*n*k, one)
	case Float64:
		x, y := asMatrix(a), asMatrix(b)
		dst := span[float64](out)
		one := func(i int) {
			gemm.Dgemm(x.trans, y.trans, m, n, k, 1, slice[float64](x.t.store)[x.at(i):], x.ld, slice[float64](y.t.store)[y.at(i):], y.ld, 0, dst[i*m*n:(i+1)*m*n], n)
		}
		eachBatch(batches, m*n*k, one)
	case Int64:
		multiplyInts[int64](out, a.dense(), b.dense(), m, n, k)
	case Int32:
		multiplyInts[int32](out, a.dense(), b.dense(), m, n, k)
	case Uint8:
		multiplyInts[uint8](out, a.dense(), b.dense(), m, n, k)
	default:
		fail("matmul", "tensors of "+a.dtype.String(), "numbers", "convert them first: t.To(dl.Float32)", a, b)
	}
	return out
}

// at returns where batch i begins.
func (x *matrix) at(i int) int {
	p := x.t.offset
	for d := len(x.t.shape) - 3; d >= 0; d-- {
		p += i % x.t.shape[d] * x.t.strides[d]
		i /= x.t.shape[d]
	}
	return p
}

// eachBatch shares small products out; large ones are shared out inside gemm.
func eachBatch(batches, work int, one func(i int)) {
	if batches == 1 {
		one(0)
		return
	}
	if work >= 1<<22 {
		for i := range batches {
			stopIfInterrupted()
			one(i)
		}
		return
	}
	par.For(batches, max(1, 1<<17/work), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			one(i)
		}
	})
}

func multiplyInts[T number](out, a, b *Tensor, m, n, k int) {
	x, y, z := span[T](a), span[T](b), span[T](out)
	for i := 0; i < out.n/n; i++ {
		row, rhs := x[i*k:(i+1)*k], y[i/m*k*n:]
		for p, v := range row {
			for j := range n {
				z[i*n+j] += v * rhs[p*n+j]
			}
		}
	}
}

// Dot returns the inner product of two vectors. PyTorch: torch.dot.
func (t *Tensor) Dot(o *Tensor) *Tensor {
	if len(t.shape) != 1 || len(o.shape) != 1 {
		fail("dot", shapesText([][]int{t.shape, o.shape}), "two vectors", "use MatMul for matrices", t, o)
	}
	return t.MatMul(o)
}

// Outer returns the matrix of all products of an element of t and one of o.
// PyTorch: torch.outer.
func (t *Tensor) Outer(o *Tensor) *Tensor {
	if len(t.shape) != 1 || len(o.shape) != 1 {
		fail("outer", shapesText([][]int{t.shape, o.shape}), "two vectors", "", t, o)
	}
	return t.Unsqueeze(1).Mul(o.Unsqueeze(0))
}

// BMM is MatMul for exactly one batch dimension: [b×n×k] · [b×k×m].
// PyTorch: torch.bmm.
func (t *Tensor) BMM(o *Tensor) *Tensor {
	if len(t.shape) != 3 || len(o.shape) != 3 || t.shape[0] != o.shape[0] {
		fail("bmm", shapesText([][]int{t.shape, o.shape}), "two batches of equally many matrices", "MatMul broadcasts batches", t, o)
	}
	return t.MatMul(o)
}

package dl

import (
	"fmt"

	"descent/dl/internal/par"
)

// Tril returns the lower triangle of the matrices in the last two dimensions,
// zeros elsewhere; diagonal moves its edge to the right. PyTorch: torch.tril.
func (t *Tensor) Tril(diagonal int) *Tensor { return t.triangle("tril", diagonal, true) }

// Triu returns the upper triangle, zeros elsewhere; diagonal moves its edge to
// the right. PyTorch: torch.triu.
func (t *Tensor) Triu(diagonal int) *Tensor { return t.triangle("triu", diagonal, false) }

func (t *Tensor) triangle(op string, diagonal int, lower bool) *Tensor {
	if len(t.shape) < 2 {
		fail(op, "a tensor of shape "+shapeText(t.shape), "two or more dimensions", "", t)
	}
	n, m := t.shape[len(t.shape)-2], t.shape[len(t.shape)-1]
	out := blank(t.dtype, t.shape)
	x := t.dense()
	switch t.dtype {
	case Float32:
		triangleAs[float32](out, x, n, m, diagonal, lower)
	case Float64:
		triangleAs[float64](out, x, n, m, diagonal, lower)
	case Int64:
		triangleAs[int64](out, x, n, m, diagonal, lower)
	case Int32:
		triangleAs[int32](out, x, n, m, diagonal, lower)
	case Uint8, Bool:
		triangleAs[uint8](out, x, n, m, diagonal, lower)
	default:
		triangleAs[uint16](out, x, n, m, diagonal, lower)
	}
	back := triuBackward
	if lower {
		back = trilBackward
	}
	if c := record(out, op, back, t); c != nil {
		c.i = diagonal
	}
	return out
}

func trilBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Tril(c.i)) }
func triuBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Triu(c.i)) }

func triangleAs[T element](out, x *Tensor, n, m, diagonal int, lower bool) {
	if out.n == 0 {
		return
	}
	dst, src := span[T](out), span[T](x)
	par.For(out.n/m, max(1, grain/m), func(lo, hi int) {
		for r := lo; r < hi; r++ {
			to, from := dst[r*m:(r+1)*m], src[r*m:(r+1)*m]
			i := r % n
			if lower {
				edge := min(max(i+diagonal+1, 0), m)
				copy(to[:edge], from)
				clear(to[edge:])
			} else {
				edge := min(max(i+diagonal, 0), m)
				clear(to[:edge])
				copy(to[edge:], from[edge:])
			}
		}
	})
}

// TrilIndices returns the row and column numbers of the lower triangle of an
// n×m matrix, shape [2×count]. PyTorch: torch.tril_indices.
func TrilIndices(n, m, diagonal int) *Tensor {
	return OnesLike(Zeros(n, m)).Tril(diagonal).Nonzero().T().Contiguous()
}

// TriuIndices returns the row and column numbers of the upper triangle.
// PyTorch: torch.triu_indices.
func TriuIndices(n, m, diagonal int) *Tensor {
	return OnesLike(Zeros(n, m)).Triu(diagonal).Nonzero().T().Contiguous()
}

// Diagonal returns the diagonal of dimensions d1 and d2 as a view with the
// diagonal as the last dimension; offset moves it to the right.
// PyTorch: torch.diagonal.
func (t *Tensor) Diagonal(offset, d1, d2 int) *Tensor {
	d1, d2 = t.axis("diagonal", d1), t.axis("diagonal", d2)
	if d1 == d2 {
		fail("diagonal", fmt.Sprintf("dimension %d twice", d1), "two dimensions", "", t)
	}
	v := t.diagonalView(offset, d1, d2)
	if c := t.viewed(v, "diagonal", diagonalBackward); c != nil {
		c.i, c.j, c.f = d1, d2, float64(offset)
	}
	return v
}

func (t *Tensor) diagonalView(offset, d1, d2 int) *Tensor {
	n := max(0, min(t.shape[d1], t.shape[d2]-offset))
	at := t.offset + max(offset, 0)*t.strides[d2]
	if offset < 0 {
		n = max(0, min(t.shape[d1]+offset, t.shape[d2]))
		at = t.offset - offset*t.strides[d1]
	}
	var shape, strides []int
	for i := range t.shape {
		if i != d1 && i != d2 {
			shape, strides = append(shape, t.shape[i]), append(strides, t.strides[i])
		}
	}
	if n == 0 {
		at = t.offset
	}
	return t.alias(append(shape, n), append(strides, t.strides[d1]+t.strides[d2]), at)
}

func diagonalBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(embedDiagonal(g, c.shape, int(c.f), c.i, c.j))
}

// embedDiagonal puts g on the diagonal of zeros; its backward is Diagonal.
func embedDiagonal(g *Tensor, shape []int, offset, d1, d2 int) *Tensor {
	out := empty(g.dtype, shape)
	scatter(out.diagonalView(offset, d1, d2), g)
	if c := record(out, "diagonal backward", embedDiagonalBackward, g); c != nil {
		c.i, c.j, c.f = d1, d2, float64(offset)
	}
	return out
}

func embedDiagonalBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Diagonal(int(c.f), c.i, c.j))
}

// Diag turns a vector into a matrix with it on the diagonal, and a matrix into
// its diagonal; offset moves the diagonal to the right. PyTorch: torch.diag.
func (t *Tensor) Diag(offset int) *Tensor {
	switch len(t.shape) {
	case 1:
		return t.DiagEmbed(offset)
	case 2:
		return t.Diagonal(offset, 0, 1)
	}
	fail("diag", "a tensor of shape "+shapeText(t.shape), "a vector or a matrix", "use Diagonal or DiagEmbed for batches", t)
	return nil
}

// DiagEmbed makes matrices with the last dimension of t on their diagonals:
// [… × n] → [… × n × n]. PyTorch: torch.diag_embed.
func (t *Tensor) DiagEmbed(offset int) *Tensor {
	if len(t.shape) == 0 {
		fail("diag embed", "a scalar", "a tensor with dimensions", "", t)
	}
	nd := len(t.shape)
	n := t.shape[nd-1] + max(offset, -offset)
	return embedDiagonal(t, append(t.Shape()[:nd-1], n, n), offset, nd-1, nd)
}

// Trace returns the sum of the diagonal of a matrix. PyTorch: torch.trace.
func (t *Tensor) Trace() *Tensor {
	if len(t.shape) != 2 {
		fail("trace", "a tensor of shape "+shapeText(t.shape), "a matrix", "", t)
	}
	return t.Diagonal(0, 0, 1).Sum()
}

// Meshgrid stretches n vectors to n tensors of n dimensions, the i-th varying
// along dimension i. PyTorch: torch.meshgrid(indexing="ij").
func Meshgrid(ts []*Tensor) []*Tensor {
	shape := make([]int, len(ts))
	for i, t := range ts {
		if len(t.shape) > 1 {
			fail("meshgrid", "a tensor of shape "+shapeText(t.shape), "vectors", "", ts...)
		}
		shape[i] = t.n
	}
	out := make([]*Tensor, len(ts))
	for i, t := range ts {
		one := make([]int, len(ts))
		for k := range one {
			one[k] = 1
		}
		one[i] = t.n
		out[i] = t.Reshape(one...).Expand(shape...)
	}
	return out
}

// Cross returns the cross product of the vectors of three numbers along dim.
// PyTorch: torch.linalg.cross.
func (t *Tensor) Cross(o *Tensor, dim int) *Tensor {
	a, b := align("cross", t, o, promote(t, o))
	d := a.axis("cross", dim)
	if len(a.shape) == 0 || a.shape[d] != 3 {
		fail("cross", fmt.Sprintf("shapes %s and %s, dimension %d", shapeText(t.shape), shapeText(o.shape), dim), "length 3 in that dimension", "", t, o)
	}
	return a.Roll(-1, d).Mul(b.Roll(1, d)).Sub(a.Roll(1, d).Mul(b.Roll(-1, d)))
}

// Kron returns the Kronecker product of two matrices: t with every element
// replaced by its product with o. PyTorch: torch.kron.
func (t *Tensor) Kron(o *Tensor) *Tensor {
	if len(t.shape) != 2 || len(o.shape) != 2 {
		fail("kron", shapesText([][]int{t.shape, o.shape}), "two matrices", "", t, o)
	}
	a := t.Reshape(t.shape[0], 1, t.shape[1], 1)
	b := o.Reshape(1, o.shape[0], 1, o.shape[1])
	return a.Mul(b).Reshape(t.shape[0]*o.shape[0], t.shape[1]*o.shape[1])
}

// Diff returns the differences of neighbours along dim, n times over.
// PyTorch: torch.diff.
func (t *Tensor) Diff(n, dim int) *Tensor {
	d := t.axis("diff", dim)
	if len(t.shape) == 0 || n < 0 {
		fail("diff", fmt.Sprintf("shape %s, %d times", shapeText(t.shape), n), "a tensor with dimensions, a count that is not negative", "", t)
	}
	for range n {
		l := max(t.shape[d]-1, 0)
		if t.shape[d] == 0 {
			return t
		}
		t = t.Narrow(d, 1, l).Sub(t.Narrow(d, 0, l))
	}
	return t
}

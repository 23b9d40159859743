package dl

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Linear algebra runs in float64 through gonum, one matrix of a batch at a
// time, and returns the type of its input.

// matrices calls f with every matrix in the last two dimensions of t.
func (t *Tensor) matrices(op string, square bool, f func(i int, m *mat.Dense)) {
	needFloat(op, t)
	nd := len(t.shape)
	if nd < 2 {
		fail(op, "a tensor of shape "+shapeText(t.shape), "matrices in the last two dimensions", "", t)
	}
	r, c := t.shape[nd-2], t.shape[nd-1]
	if square && r != c {
		fail(op, "a tensor of shape "+shapeText(t.shape), "square matrices", "", t)
	}
	data := slices.Clone(t.Float64s())
	if r*c == 0 {
		fail(op, "empty matrices: shape "+shapeText(t.shape), "at least one element", "", t)
	}
	for i := range t.n / (r * c) {
		stopIfInterrupted()
		f(i, mat.NewDense(r, c, data[i*r*c:(i+1)*r*c]))
	}
}

// setMatrix writes m as the i-th matrix of the contiguous t.
func (t *Tensor) setMatrix(i int, m mat.Matrix) {
	r, c := m.Dims()
	base := i * r * c
	for p := range r {
		for q := range c {
			t.put(base+p*c+q, m.At(p, q))
		}
	}
}

// setVector writes v as the i-th row of the contiguous t.
func (t *Tensor) setVector(i int, v []float64) {
	for k, x := range v {
		t.put(i*len(v)+k, x)
	}
}

// lead returns t's shape without the last two dimensions, followed by tail.
func (t *Tensor) lead(tail ...int) []int {
	return append(t.Shape()[:len(t.shape)-2], tail...)
}

// mT swaps the last two dimensions.
func (t *Tensor) mT() *Tensor { return t.Transpose(-2, -1) }

// needFinite refuses NaN and infinities in matrix number i, on which gonum's iterations do not end.
func (t *Tensor) needFinite(op string, i int, m *mat.Dense) {
	if size := mat.Norm(m, 1); math.IsNaN(size) || math.IsInf(size, 0) {
		fail(op, fmt.Sprintf("a matrix with NaN or infinite elements (number %d of shape %s)", i, shapeText(t.shape)), "finite numbers",
			"find where they come from with DetectAnomaly", t)
	}
}

func singular(op string, t *Tensor, i int) {
	fail(op, fmt.Sprintf("a singular matrix (number %d of shape %s)", i, shapeText(t.shape)), "matrices of full rank",
		"use Pinv or LstSq, or add a small multiple of Eye", t)
}

// Inverse returns the inverses of square matrices. PyTorch: torch.linalg.inv.
func (t *Tensor) Inverse() *Tensor {
	out := empty(t.dtype, t.shape)
	t.matrices("inverse", true, func(i int, m *mat.Dense) {
		var inv mat.Dense
		if err := inv.Inverse(m); err != nil {
			if c, ok := err.(mat.Condition); !ok || math.IsInf(float64(c), 1) {
				singular("inverse", t, i)
			}
		}
		out.setMatrix(i, &inv)
	})
	if c := record(out, "inverse", inverseBackward, t); c != nil {
		c.Save(out)
	}
	return out
}

func inverseBackward(c *Context, g *Tensor) []*Tensor {
	p := c.Saved(0).mT()
	return c.gives(p.MatMul(g).MatMul(p).Neg())
}

// Det returns the determinants of square matrices. PyTorch: torch.linalg.det.
func (t *Tensor) Det() *Tensor {
	if len(t.shape) < 2 {
		fail("det", "a tensor of shape "+shapeText(t.shape), "square matrices", "", t)
	}
	out := empty(t.dtype, t.lead())
	t.matrices("det", true, func(i int, m *mat.Dense) { out.put(i, mat.Det(m)) })
	if c := record(out, "det", detBackward, t); c != nil {
		c.Save(t, out)
	}
	return out
}

// detBackward multiplies with the cofactors: det·A⁻ᵀ, or where a matrix is all
// but singular, the determinants of the minors.
func detBackward(c *Context, g *Tensor) []*Tensor {
	x, d := c.Saved(0), c.Saved(1)
	g = g.Unsqueeze(-1).Unsqueeze(-1)
	// By Hadamard's inequality the product of the rows' norms is the largest
	// determinant there could be.
	flat := d.Detach().To(Float64).Abs()
	if most := x.Detach().To(Float64).Norm(2, -1).Prod(-1); flat.Gt(most.MulScalar(1e-10)).All().Item() == 1 {
		return c.gives(x.Inverse().mT().Mul(g.Mul(d.Unsqueeze(-1).Unsqueeze(-1))))
	}
	return c.gives(x.cofactors().Mul(g))
}

// cofactors is made of differentiable minors.
func (t *Tensor) cofactors() *Tensor {
	n := t.shape[len(t.shape)-1]
	if n == 1 {
		return OnesLike(t)
	}
	rows := make([]*Tensor, n)
	without := func(k int) *Tensor {
		idx := make([]int64, 0, n-1)
		for i := range n {
			if i != k {
				idx = append(idx, int64(i))
			}
		}
		return FromInt64s(idx, n-1)
	}
	for i := range n {
		band := t.IndexSelect(-2, without(i))
		row := make([]*Tensor, n)
		for j := range n {
			row[j] = band.IndexSelect(-1, without(j)).Det()
			if (i+j)%2 == 1 {
				row[j] = row[j].Neg()
			}
		}
		rows[i] = Stack(row, -1)
	}
	return Stack(rows, -2)
}

// SlogDet returns the signs and the logarithms of the absolute values of the
// determinants. PyTorch: torch.linalg.slogdet.
func (t *Tensor) SlogDet() (sign, logAbs *Tensor) {
	if len(t.shape) < 2 {
		fail("slogdet", "a tensor of shape "+shapeText(t.shape), "square matrices", "", t)
	}
	sign, logAbs = empty(t.dtype, t.lead()), empty(t.dtype, t.lead())
	t.matrices("slogdet", true, func(i int, m *mat.Dense) {
		l, s := mat.LogDet(m)
		if math.IsInf(l, -1) {
			s = 0
		}
		sign.put(i, s)
		logAbs.put(i, l)
	})
	if c := record(logAbs, "slogdet", slogDetBackward, t); c != nil {
		c.Save(t)
	}
	return sign, logAbs
}

func slogDetBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(c.Saved(0).Inverse().mT().Mul(g.Unsqueeze(-1).Unsqueeze(-1)))
}

// Solve returns the x with t·x = b, for square matrices t and a vector or
// matrix b; batches broadcast. PyTorch: torch.linalg.solve.
func (t *Tensor) Solve(b *Tensor) *Tensor {
	if b.dtype != t.dtype {
		dt := promote(t, b)
		return t.To(dt).Solve(b.To(dt))
	}
	if len(b.shape) == 1 || len(b.shape) == len(t.shape)-1 && slices.Equal(b.shape, t.shape[:len(t.shape)-1]) {
		return t.Solve(b.Unsqueeze(-1)).Squeeze(-1)
	}
	if len(t.shape) < 2 || len(b.shape) < 2 || t.shape[len(t.shape)-1] != b.shape[len(b.shape)-2] {
		fail("solve", shapesText([][]int{t.shape, b.shape}), "square matrices, and right sides of as many rows", "", t, b)
	}
	a, b := stretchBatches(t, b)
	out := empty(a.dtype, b.shape)
	rhs := b.Float64s()
	n, m := b.shape[len(b.shape)-2], b.shape[len(b.shape)-1]
	a.matrices("solve", true, func(i int, x *mat.Dense) {
		var y mat.Dense
		if m == 0 {
			return
		}
		if err := y.Solve(x, mat.NewDense(n, m, slices.Clone(rhs[i*n*m:(i+1)*n*m]))); err != nil {
			if c, ok := err.(mat.Condition); !ok || math.IsInf(float64(c), 1) {
				singular("solve", a, i)
			}
		}
		out.setMatrix(i, &y)
	})
	if c := record(out, "solve", solveBackward, a, b); c != nil {
		c.Save(a, out)
	}
	return out
}

func solveBackward(c *Context, g *Tensor) []*Tensor {
	db := c.Saved(0).mT().Solve(g)
	var da *Tensor
	if c.Needs(0) {
		da = db.MatMul(c.Saved(1).mT()).Neg()
	}
	return c.gives(da, db)
}

// SolveTriangular returns the x with t·x = b, reading only the upper or the
// lower triangle of t. PyTorch: torch.linalg.solve_triangular.
func (t *Tensor) SolveTriangular(b *Tensor, upper bool) *Tensor {
	if upper {
		return t.Triu(0).Solve(b)
	}
	return t.Tril(0).Solve(b)
}

// MatrixPower returns the n-th powers of square matrices; negative n inverts.
// PyTorch: torch.linalg.matrix_power.
func (t *Tensor) MatrixPower(n int) *Tensor {
	if len(t.shape) < 2 || t.shape[len(t.shape)-1] != t.shape[len(t.shape)-2] {
		fail("matrix power", "a tensor of shape "+shapeText(t.shape), "square matrices", "", t)
	}
	if n < 0 {
		return t.Inverse().MatrixPower(-n)
	}
	k := t.shape[len(t.shape)-1]
	out := Eye(k).To(t.dtype).stretchTo(t.shape)
	if n == 0 {
		return t.MulScalar(0).Add(out)
	}
	first := true
	for base := t; n > 0; n >>= 1 {
		if n&1 == 1 {
			if first {
				out, first = base, false
			} else {
				out = out.MatMul(base)
			}
		}
		if n > 1 {
			base = base.MatMul(base)
		}
	}
	return out
}

// MatrixExp returns the exponentials of square matrices.
// PyTorch: torch.linalg.matrix_exp.
func (t *Tensor) MatrixExp() *Tensor {
	out := empty(t.dtype, t.shape)
	t.matrices("matrix exp", true, func(i int, m *mat.Dense) {
		var e mat.Dense
		if size := mat.Norm(m, 1); math.IsNaN(size) || math.IsInf(size, 0) { // gonum would square it for ever
			e.Apply(func(int, int, float64) float64 { return math.NaN() }, m)
		} else {
			e.Exp(m)
		}
		out.setMatrix(i, &e)
	})
	if c := record(out, "matrix exp", matrixExpBackward, t); c != nil {
		c.Save(t)
	}
	return out
}

// matrixExpBackward reads the derivative off the exponential of the block
// matrix [[Aᵀ, g], [0, Aᵀ]] (Mathias, SIAM J. Matrix Anal. 17, 1996).
func matrixExpBackward(c *Context, g *Tensor) []*Tensor {
	a := c.Saved(0).mT()
	n := a.shape[len(a.shape)-1]
	top := Cat([]*Tensor{a, g}, -1)
	bottom := Cat([]*Tensor{ZerosLike(a), a}, -1)
	e := Cat([]*Tensor{top, bottom}, -2).MatrixExp()
	return c.gives(e.Narrow(-2, 0, n).Narrow(-1, n, n))
}

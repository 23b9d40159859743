package dl

import (
	"fmt"
	"math"
	"slices"
)

// MatrixNorm returns a norm of the matrices in the last two dimensions: for p
// 1 and +Inf the largest sum of absolute values of a column or row, for -1 and
// -Inf the smallest, for 2 and -2 the largest and the smallest singular value:
// [… × n × m] → […]. PyTorch: torch.linalg.matrix_norm(ord=p).
func (t *Tensor) MatrixNorm(p float64) *Tensor {
	t.needMatrices("matrix norm")
	switch p {
	case 1:
		return t.Abs().Sum(-2).AMax(-1)
	case -1:
		return t.Abs().Sum(-2).AMin(-1)
	case math.Inf(1):
		return t.Abs().Sum(-1).AMax(-1)
	case math.Inf(-1):
		return t.Abs().Sum(-1).AMin(-1)
	case 2:
		return t.SingularValues().AMax(-1)
	case -2:
		return t.SingularValues().AMin(-1)
	}
	fail("matrix norm", fmt.Sprintf("p %g", p), "1, -1, 2, -2, +Inf or -Inf", "FrobeniusNorm and NuclearNorm are the others; Norm is for vectors", t)
	return nil
}

func (t *Tensor) needMatrices(op string) {
	needFloat(op, t)
	if len(t.shape) < 2 {
		fail(op, "a tensor of shape "+shapeText(t.shape), "matrices in the last two dimensions", "", t)
	}
}

// FrobeniusNorm returns the root of the sum of squares of the matrices in the
// last two dimensions. PyTorch: torch.linalg.matrix_norm.
func (t *Tensor) FrobeniusNorm() *Tensor {
	t.needMatrices("frobenius norm")
	return t.Norm(2, -2, -1)
}

// NuclearNorm returns the sum of the singular values of the matrices in the last
// two dimensions. PyTorch: torch.linalg.matrix_norm(ord="nuc").
func (t *Tensor) NuclearNorm() *Tensor {
	t.needMatrices("nuclear norm")
	return t.SingularValues().Sum(-1)
}

// VecDot returns the products of the vectors of t and o along dim; the others
// broadcast. PyTorch: torch.linalg.vecdot.
func (t *Tensor) VecDot(o *Tensor, dim int) *Tensor { return t.Mul(o).Sum(dim) }

// CholeskyInverse returns the inverses of l·lᵀ, where t is the lower triangular l
// that Cholesky gives. PyTorch: torch.cholesky_inverse.
func (t *Tensor) CholeskyInverse() *Tensor {
	t.needMatrices("cholesky inverse")
	return t.CholeskySolve(Eye(t.Size(-1)).To(t.dtype))
}

// CholeskySolve returns the x with l·lᵀ·x = b, where t is the lower triangular l
// that Cholesky gives: [… × n × n], [… × n × m] → [… × n × m].
// PyTorch: torch.cholesky_solve(b, t).
func (t *Tensor) CholeskySolve(b *Tensor) *Tensor {
	l := t.Tril(0)
	return l.mT().Solve(l.Solve(b))
}

// TensorSolve returns the x with t.TensorDot(x) = b over all dimensions of x,
// which are t's last ones: b of shape s, t of shape [s… × x…] with as many
// elements in both parts. PyTorch: torch.linalg.tensorsolve.
func (t *Tensor) TensorSolve(b *Tensor) *Tensor {
	k := len(b.shape)
	if len(t.shape) < k || !slices.Equal(t.shape[:k], b.shape) || t.n != b.n*b.n {
		fail("tensorsolve", shapesText([][]int{t.shape, b.shape}), "a tensor that begins with b's shape and ends with one of as many elements", "", t, b)
	}
	return t.Reshape(b.n, b.n).Solve(b.Flatten(0)).Reshape(t.shape[k:]...)
}

// TensorInv returns the inverse for TensorDot of t, whose first k dimensions
// have as many elements as the rest: [a… × b…] → [b… × a…].
// PyTorch: torch.linalg.tensorinv.
func (t *Tensor) TensorInv(k int) *Tensor {
	if k < 1 || k > len(t.shape) || numel(t.shape[:k]) != numel(t.shape[k:]) {
		fail("tensorinv", fmt.Sprintf("a tensor of shape %s cut after %d dimensions", shapeText(t.shape), k), "as many elements in both parts", "", t)
	}
	n := numel(t.shape[:k])
	return t.Reshape(n, n).Inverse().Reshape(slices.Concat(t.shape[k:], t.shape[:k])...)
}

// HouseholderProduct returns the first columns of the product of reflections
// H₁·H₂·…, where Hᵢ = I - tauᵢ·v·vᵀ and v is column i of t below the diagonal,
// 1 on it and 0 above: [… × n × m], [… × k] → [… × n × m].
// PyTorch: torch.linalg.householder_product, torch.orgqr.
func (t *Tensor) HouseholderProduct(tau *Tensor) *Tensor {
	t.needMatrices("householder product")
	n, m := t.Size(-2), t.Size(-1)
	if m > n || tau.Size(-1) > m || !slices.Equal(tau.shape[:len(tau.shape)-1], t.shape[:len(t.shape)-2]) {
		fail("householder product", shapesText([][]int{t.shape, tau.shape}), "[… × n × m] with m at most n, and [… × k] with k at most m", "", t, tau)
	}
	eye := Eye(n).To(t.dtype)
	q := eye.Narrow(1, 0, m).Expand(t.shape...)
	v := t.Tril(-1).Add(eye.Narrow(1, 0, m))
	for i := tau.Size(-1) - 1; i >= 0; i-- {
		x := v.Narrow(-1, i, 1)
		q = q.Sub(x.MatMul(x.mT().MatMul(q)).Mul(tau.Narrow(-1, i, 1).Unsqueeze(-1)))
	}
	return q
}

// PDist returns the p-norm distances of all pairs of rows i < j: [n × k] →
// [n·(n-1)/2]. PyTorch: nn.functional.pdist.
func (t *Tensor) PDist(p float64) *Tensor {
	t.needDims("pdist", "a matrix", 2)
	at := TriuIndices(t.shape[0], t.shape[0], 1)
	return t.IndexSelect(0, at.Select(0, 0)).Sub(t.IndexSelect(0, at.Select(0, 1))).Norm(p, -1)
}

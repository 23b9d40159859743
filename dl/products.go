package dl

import (
	"fmt"
	"slices"
)

// Products that are added to something, and products over chosen dimensions.

// scaled is v·t, and t itself for 1.
func (t *Tensor) scaled(v float64) *Tensor {
	if v == 1 {
		return t
	}
	return t.MulScalar(v)
}

// plus is beta·t + alpha·p. With beta 0 nothing of t counts, NaN neither.
func (t *Tensor) plus(p *Tensor, beta, alpha float64) *Tensor {
	p = p.scaled(alpha)
	if beta == 0 {
		var buf [8]int
		return p.stretchTo(broadcastShape("addmm", t, p, buf[:0]))
	}
	return t.scaled(beta).Add(p)
}

func (t *Tensor) needDims(op string, want string, n int) {
	if len(t.shape) != n {
		fail(op, "a tensor of shape "+shapeText(t.shape), want, "", t)
	}
}

// AddMM returns beta·t + alpha·(a @ b) for matrices. PyTorch: torch.addmm.
func (t *Tensor) AddMM(a, b *Tensor, beta, alpha float64) *Tensor {
	a.needDims("addmm", "a matrix", 2)
	b.needDims("addmm", "a matrix", 2)
	return t.plus(a.MatMul(b), beta, alpha)
}

// AddMV returns beta·t + alpha·(a @ v) for a matrix and a vector.
// PyTorch: torch.addmv.
func (t *Tensor) AddMV(a, v *Tensor, beta, alpha float64) *Tensor {
	a.needDims("addmv", "a matrix", 2)
	v.needDims("addmv", "a vector", 1)
	return t.plus(a.MatMul(v), beta, alpha)
}

// AddR returns beta·t + alpha times the outer product of two vectors.
// PyTorch: torch.addr.
func (t *Tensor) AddR(u, v *Tensor, beta, alpha float64) *Tensor {
	u.needDims("addr", "a vector", 1)
	v.needDims("addr", "a vector", 1)
	return t.plus(u.Outer(v), beta, alpha)
}

// BAddBMM returns beta·t + alpha·(a @ b) for batches of matrices.
// PyTorch: torch.baddbmm.
func (t *Tensor) BAddBMM(a, b *Tensor, beta, alpha float64) *Tensor {
	a.needDims("baddbmm", "a batch of matrices", 3)
	b.needDims("baddbmm", "a batch of matrices", 3)
	return t.plus(a.BMM(b), beta, alpha)
}

// AddBMM is BAddBMM with the products of the batch added up.
// PyTorch: torch.addbmm.
func (t *Tensor) AddBMM(a, b *Tensor, beta, alpha float64) *Tensor {
	a.needDims("addbmm", "a batch of matrices", 3)
	b.needDims("addbmm", "a batch of matrices", 3)
	return t.plus(a.BMM(b).Sum(0), beta, alpha)
}

// Inner returns the products of t's rows with o's rows: the sum over the last
// dimension of both. PyTorch: torch.inner.
func (t *Tensor) Inner(o *Tensor) *Tensor {
	if len(t.shape) == 0 || len(o.shape) == 0 {
		return t.Mul(o)
	}
	return t.TensorDot(o, []int{-1}, []int{-1})
}

// TensorDot multiplies and sums over pairs of dimensions, t's in dims and o's in
// with; the others of t, then of o, remain. PyTorch: torch.tensordot.
func (t *Tensor) TensorDot(o *Tensor, dims, with []int) *Tensor {
	const op = "tensordot"
	if len(dims) != len(with) {
		fail(op, fmt.Sprintf("%d and %d dimensions", len(dims), len(with)), "as many of both tensors", "", t, o)
	}
	a, b := make([]int, len(dims)), make([]int, len(dims))
	for i := range dims {
		a[i], b[i] = t.axis(op, dims[i]), o.axis(op, with[i])
		if t.shape[a[i]] != o.shape[b[i]] {
			fail(op, fmt.Sprintf("dimension %d of %s with dimension %d of %s", dims[i], shapeText(t.shape), with[i], shapeText(o.shape)),
				"dimensions of equal length", "", t, o)
		}
	}
	keepA, keepB := others(len(t.shape), a), others(len(o.shape), b)
	shape, n := []int{}, 1
	for _, d := range keepA {
		shape = append(shape, t.shape[d])
	}
	rows := numel(shape)
	for _, d := range keepB {
		shape = append(shape, o.shape[d])
	}
	columns := numel(shape[len(keepA):])
	for _, d := range a {
		n *= t.shape[d]
	}
	left := t.Permute(slices.Concat(keepA, a)...).Reshape(rows, n)
	right := o.Permute(slices.Concat(b, keepB)...).Reshape(n, columns)
	return left.MatMul(right).Reshape(shape...)
}

// others are the dimensions 0 … n-1 that are not listed.
func others(n int, listed []int) []int {
	var out []int
	for d := range n {
		if !slices.Contains(listed, d) {
			out = append(out, d)
		}
	}
	return out
}

// LogDet returns the logarithm of the determinant of square matrices: NaN where
// that is negative. PyTorch: torch.logdet.
func (t *Tensor) LogDet() *Tensor {
	sign, log := t.SlogDet()
	return log.Add(sign.Detach().Log().Mul(sign.Detach().Abs())) // log of the sign: 0, or NaN
}

// Vander returns the powers of a vector's elements in columns: of falling
// exponents n-1 … 0, or of rising ones. PyTorch: torch.vander.
func (t *Tensor) Vander(n int, increasing bool) *Tensor {
	t.needDims("vander", "a vector", 1)
	if n < 0 {
		fail("vander", fmt.Sprintf("%d columns", n), "0 or more", "", t)
	}
	columns := make([]*Tensor, n)
	p := OnesLike(t.Detach())
	for i := range n {
		if increasing {
			columns[i] = p
		} else {
			columns[n-1-i] = p
		}
		p = p.Mul(t)
	}
	if n == 0 {
		return FullOf(t.dtype, 0, t.shape[0], 0)
	}
	return Stack(columns, 1)
}

// Dist returns the p-norm of t - o. PyTorch: torch.dist.
func (t *Tensor) Dist(o *Tensor, p float64) *Tensor { return t.Sub(o).Norm(p) }

// Renorm scales down the entries of dimension dim whose p-norm is above limit,
// to just that norm. PyTorch: torch.renorm.
func (t *Tensor) Renorm(p float64, dim int, limit float64) *Tensor {
	needFloat("renorm", t)
	d := t.axis("renorm", dim)
	if len(t.shape) < 2 {
		fail("renorm", "a tensor of shape "+shapeText(t.shape), "at least two dimensions", "", t)
	}
	rest := others(len(t.shape), []int{d})
	norm := t.Norm(p, rest...)
	for _, r := range rest {
		norm = norm.Unsqueeze(r)
	}
	const eps = 1e-7
	factor := norm.AddScalar(eps).Reciprocal().MulScalar(limit)
	return t.Mul(Where(norm.Detach().GtScalar(limit), factor, OnesLike(norm.Detach())))
}

// CumulativeTrapezoid returns the running integral along dim of samples at
// distance dx, by trapezoids; it is one entry shorter.
// PyTorch: torch.cumulative_trapezoid.
func (t *Tensor) CumulativeTrapezoid(dx float64, dim int) *Tensor {
	d := t.axis("cumulative trapezoid", dim)
	if len(t.shape) == 0 || t.shape[d] == 0 {
		fail("cumulative trapezoid", "a tensor of shape "+shapeText(t.shape), "at least one sample along the dimension", "", t)
	}
	n := t.shape[d] - 1
	return t.Narrow(d, 0, n).Add(t.Narrow(d, 1, n)).MulScalar(dx / 2).CumSum(d)
}

package dl

import "fmt"

// Normalize divides t by its p-norm along dim, or by eps where that is
// smaller. PyTorch: nn.functional.normalize.
func (t *Tensor) Normalize(p float64, dim int, eps float64) *Tensor {
	d := t.axis("normalize", dim)
	norm := t.Norm(p, d)
	if len(t.shape) > 0 {
		norm = norm.Unsqueeze(d)
	}
	return t.Div(norm.ClampMin(eps))
}

// CosineSimilarity returns the cosine of the angle between the vectors of t
// and o along dim. PyTorch: nn.functional.cosine_similarity, nn.CosineSimilarity.
func (t *Tensor) CosineSimilarity(o *Tensor, dim int) *Tensor {
	const eps = 1e-8
	t, o = align("cosine similarity", t, o, promote(t, o))
	return t.Normalize(2, dim, eps).Mul(o.Normalize(2, dim, eps)).Sum(dim)
}

// Cov returns the covariance matrix of variables in rows, observations in
// columns. PyTorch: torch.cov.
func (t *Tensor) Cov() *Tensor {
	needFloat("cov", t)
	if len(t.shape) > 2 {
		fail("cov", "a tensor of shape "+shapeText(t.shape), "at most two dimensions", "", t)
	}
	x := t
	if len(x.shape) < 2 {
		x = x.Reshape(1, -1)
	}
	n := x.shape[1]
	x = x.Sub(x.MeanKeep(1))
	c := x.MatMul(x.T()).DivScalar(float64(n - 1))
	if len(t.shape) < 2 {
		return c.Reshape()
	}
	return c
}

// CorrCoef returns the correlation matrix of variables in rows, observations
// in columns. PyTorch: torch.corrcoef.
func (t *Tensor) CorrCoef() *Tensor {
	c := t.Cov()
	if len(c.shape) == 0 {
		return c.Div(c)
	}
	s := c.Diag(0).Sqrt()
	return c.Div(s.Unsqueeze(1)).Div(s.Unsqueeze(0)).Clamp(-1, 1)
}

// NanSum is Sum that skips NaN. PyTorch: torch.nansum.
func (t *Tensor) NanSum(dims ...int) *Tensor { return t.MaskedFill(t.IsNaN(), 0).Sum(dims...) }

// NanMean is Mean that skips NaN. PyTorch: torch.nanmean.
func (t *Tensor) NanMean(dims ...int) *Tensor {
	needFloat("nanmean", t)
	return t.NanSum(dims...).Div(t.IsNaN().Not().Sum(dims...).To(t.dtype))
}

// Trapezoid integrates along dim by the trapezoidal rule, for points dx apart.
// PyTorch: torch.trapezoid.
func (t *Tensor) Trapezoid(dx float64, dim int) *Tensor {
	d := t.axis("trapezoid", dim)
	if len(t.shape) == 0 {
		fail("trapezoid", "a scalar", "a tensor with dimensions", "", t)
	}
	n := t.shape[d]
	if n < 2 {
		return t.Narrow(d, 0, 0).Sum(d)
	}
	return t.Narrow(d, 1, n-1).Add(t.Narrow(d, 0, n-1)).Sum(d).MulScalar(dx / 2)
}

// Rot90 turns the plane of two dimensions by k quarter turns, from d1 towards
// d2. PyTorch: torch.rot90.
func (t *Tensor) Rot90(k, d1, d2 int) *Tensor {
	d1, d2 = t.axis("rot90", d1), t.axis("rot90", d2)
	if d1 == d2 {
		fail("rot90", fmt.Sprintf("dimension %d twice", d1), "two dimensions", "", t)
	}
	switch ((k % 4) + 4) % 4 {
	case 1:
		return t.Flip(d2).Transpose(d1, d2)
	case 2:
		return t.Flip(d1, d2)
	case 3:
		return t.Flip(d1).Transpose(d1, d2)
	}
	return t.Clone()
}

package dl

// Lerp returns t + w·(o-t), the point between t and o. It is exact at both
// ends, infinite ones included. PyTorch: torch.lerp.
func (t *Tensor) Lerp(o *Tensor, w float64) *Tensor {
	needFloat("lerp", t)
	if w < 0.5 {
		return t.Add(o.Sub(t).MulScalar(w))
	}
	return o.Sub(o.Sub(t).MulScalar(1 - w))
}

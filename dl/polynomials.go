package dl

import "fmt"

// Orthogonal is a family of orthogonal polynomials, for Tensor.Polynomial.
type Orthogonal int

// The families. The first four are Chebyshev's of the four kinds; HermiteH is the
// physicists' and HermiteHe the probabilists' family.
const (
	ChebyshevT Orthogonal = iota
	ChebyshevU
	ChebyshevV
	ChebyshevW
	HermiteH
	HermiteHe
	LaguerreL
	LegendreP
)

// Polynomial returns the n-th polynomial of a family of every element, by the
// recurrence of three terms. For PyTorch's shifted families take 2t-1.
//
// PyTorch: torch.special.chebyshev_polynomial_t, torch.special.chebyshev_polynomial_u,
// torch.special.chebyshev_polynomial_v, torch.special.chebyshev_polynomial_w,
// torch.special.hermite_polynomial_h, torch.special.hermite_polynomial_he,
// torch.special.laguerre_polynomial_l, torch.special.legendre_polynomial_p.
func (t *Tensor) Polynomial(family Orthogonal, n int) *Tensor {
	const op = "polynomial"
	needFloat(op, t)
	if n < 0 || family < ChebyshevT || family > LegendreP {
		fail(op, fmt.Sprintf("degree %d of family %d", n, family), "a degree of 0 or more, and one of dl's families", "", t)
	}
	before := t.MulScalar(0).AddScalar(1)
	if n == 0 {
		return before
	}
	now := t
	switch family {
	case ChebyshevU, HermiteH:
		now = t.MulScalar(2)
	case ChebyshevV:
		now = t.MulScalar(2).SubScalar(1)
	case ChebyshevW:
		now = t.MulScalar(2).AddScalar(1)
	case LaguerreL:
		now = t.RSubScalar(1)
	}
	for i := 1; i < n; i++ {
		k := float64(i)
		var next *Tensor
		switch family {
		case HermiteH:
			next = t.Mul(now).MulScalar(2).Sub(before.MulScalar(2 * k))
		case HermiteHe:
			next = t.Mul(now).Sub(before.MulScalar(k))
		case LaguerreL:
			next = t.RSubScalar(2*k + 1).Mul(now).Sub(before.MulScalar(k)).DivScalar(k + 1)
		case LegendreP:
			next = t.Mul(now).MulScalar(2*k + 1).Sub(before.MulScalar(k)).DivScalar(k + 1)
		default:
			next = t.Mul(now).MulScalar(2).Sub(before)
		}
		before, now = now, next
	}
	return now
}

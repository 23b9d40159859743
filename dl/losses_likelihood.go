package dl

import (
	"fmt"
	"math"
	"slices"
)

// Negative log-likelihoods of numbers and of sequences.

// PoissonNLLOptions configures PoissonNLLLoss. The zero value is PyTorch's
// default.
type PoissonNLLOptions struct {
	NotLog    bool    // x is the rate itself, not its logarithm
	Full      bool    // adds Stirling's approximation of log y!
	Eps       float64 // keeps the logarithm of the rate finite; 0 means 1e-8
	Reduction Reduction
}

// PoissonNLLLoss is the negative log-likelihood of counts y under Poisson
// distributions: eˣ − y·x, without the term log y! that no gradient needs.
//
// PyTorch: nn.functional.poisson_nll_loss.
func PoissonNLLLoss(x, y *Tensor, o PoissonNLLOptions) *Tensor {
	const op = "poisson_nll_loss"
	sameShapes(op, x, y)
	if o.Eps == 0 {
		o.Eps = 1e-8
	}
	y = y.To(x.dtype)
	var l *Tensor
	if o.NotLog {
		l = x.Sub(y.Mul(x.AddScalar(o.Eps).Log()))
	} else {
		l = x.Exp().Sub(y.Mul(x))
	}
	if o.Full {
		small := y.Detach().LeScalar(1)
		safe := y.MaskedFill(small, 2)
		stirling := safe.Mul(safe.Log()).Sub(safe).Add(safe.MulScalar(2 * math.Pi).Log().MulScalar(0.5))
		l = l.Add(stirling.MaskedFill(small, 0))
	}
	return reduced(l, o.Reduction)
}

// GaussianNLLOptions configures GaussianNLLLoss. The zero value is PyTorch's
// default.
type GaussianNLLOptions struct {
	Full      bool    // adds ½·log 2π
	Eps       float64 // the least variance; 0 means 1e-6
	Reduction Reduction
}

// GaussianNLLLoss is the negative log-likelihood of y under normal
// distributions of mean x and a predicted variance:
// ½·(log v + (x − y)²/v). Variances below Eps count as Eps and pass their
// gradient on.
//
// D. Nix, A. Weigend, 1994.
// PyTorch: nn.functional.gaussian_nll_loss, nn.GaussianNLLLoss.
func GaussianNLLLoss(x, y, variance *Tensor, o GaussianNLLOptions) *Tensor {
	const op = "gaussian_nll_loss"
	needFloat(op, x)
	if o.Eps == 0 {
		o.Eps = 1e-6
	}
	v := variance
	if len(v.shape) == len(x.shape)-1 && slices.Equal(v.shape, x.shape[:len(v.shape)]) {
		v = v.Unsqueeze(-1)
	}
	for _, n := range v.Detach().Float64s() {
		if n < 0 {
			fail(op, fmt.Sprintf("a variance of %g", n), "variances of 0 or more", "let the model give the logarithm of the variance, and use Exp", x, y, variance)
		}
	}
	raise := v.Detach().ClampMin(o.Eps).Sub(v.Detach()) // a constant: the gradient passes where it raises
	v = v.Add(raise)
	d := x.Sub(y.To(x.dtype))
	l := v.Log().Add(d.Mul(d).Div(v)).MulScalar(0.5)
	if o.Full {
		l = l.AddScalar(0.5 * math.Log(2*math.Pi))
	}
	return reduced(l, o.Reduction)
}

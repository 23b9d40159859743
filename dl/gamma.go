package dl

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

var (
	igammaKernel  = numbersOf("igamma", igamma)
	igammacKernel = numbersOf("igammac", igammac)
)

func igamma(a, x float64) float64 {
	switch {
	case !(a >= 0) || !(x >= 0) || a == 0 && x == 0 || math.IsInf(a, 1) && math.IsInf(x, 1):
		return math.NaN()
	case a == 0 || math.IsInf(x, 1):
		return 1
	case x == 0 || math.IsInf(a, 1):
		return 0
	}
	return mathext.GammaIncReg(a, x)
}

func igammac(a, x float64) float64 {
	switch {
	case !(a >= 0) || !(x >= 0) || a == 0 && x == 0 || math.IsInf(a, 1) && math.IsInf(x, 1):
		return math.NaN()
	case a == 0 || math.IsInf(x, 1):
		return 0
	case x == 0 || math.IsInf(a, 1):
		return 1
	}
	return mathext.GammaIncRegComp(a, x)
}

// IGamma returns the lower incomplete gamma function of t, which must not be
// negative, up to o: 1/Γ(t)·∫₀ᵒ uᵗ⁻¹e⁻ᵘ du. It has a gradient for o alone.
// PyTorch: torch.igamma.
func (t *Tensor) IGamma(o *Tensor) *Tensor { return t.incomplete(o, igammaKernel, 1) }

// IGammaC returns the upper incomplete gamma function of t from o on, which is
// 1 - IGamma, exact where that is near 1. It has a gradient for o alone.
// PyTorch: torch.igammac.
func (t *Tensor) IGammaC(o *Tensor) *Tensor { return t.incomplete(o, igammacKernel, -1) }

func (t *Tensor) incomplete(o *Tensor, k *binaryKernel, sign float64) *Tensor {
	if t.RequiresGrad() && GradEnabled() {
		fail(k.name, "a first argument that requires a gradient", "one that does not: the derivative for it is not known in closed form",
			"give the first argument detached: a.Detach()", t, o)
	}
	a, x := align(k.name, t, o, floatOf(promote(t, o)))
	out := k.compute(a, x)
	if c := record(out, k.name, incompleteBackward, a, x); c != nil {
		c.Save(a, x)
		c.f = sign
	}
	return out
}

func incompleteBackward(c *Context, g *Tensor) []*Tensor {
	a, x := c.Saved(0), c.Saved(1)
	density := a.SubScalar(1).Xlogy(x).Sub(x).Sub(a.LGamma()).Exp()
	return c.gives(nil, g.Mul(density).MulScalar(c.f))
}

// MvLGamma returns the logarithm of the multivariate gamma function of
// dimension p, for elements above (p-1)/2:
// p(p-1)/4·log π + Σ LGamma(t - j/2), j = 0 … p-1. PyTorch: torch.mvlgamma.
func (t *Tensor) MvLGamma(p int) *Tensor {
	if p < 1 {
		fail("mvlgamma", fmt.Sprintf("dimension %d", p), "1 or more", "", t)
	}
	if t.dtype == Float32 { // t - j/2 would be rounded
		return t.To(Float64).MvLGamma(p).To(Float32)
	}
	sum := t.LGamma()
	for j := 1; j < p; j++ {
		sum = sum.Add(t.SubScalar(float64(j) / 2).LGamma())
	}
	return sum.AddScalar(float64(p*(p-1)) / 4 * math.Log(math.Pi))
}

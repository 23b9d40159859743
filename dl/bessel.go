package dl

import "math"

// Modified Bessel functions of the first kind.

var (
	i0Kernel  = wave("i0", func(x float64) float64 { return besselI(0, x, false) })
	i1Kernel  = wave("i1", func(x float64) float64 { return besselI(1, x, false) })
	i0eKernel = wave("i0e", func(x float64) float64 { return besselI(0, x, true) })
	i1eKernel = wave("i1e", func(x float64) float64 { return besselI(1, x, true) })
)

// besselI is Iₙ(x) for n 0 or 1, times e^-|x| if scaled: the power series
// Σ (x/2)^(2k+n)/(k!(k+n)!) up to farOut, Hankel's expansion beyond.
func besselI(n int, x float64, scaled bool) float64 {
	const farOut = 30
	sign, a := 1.0, math.Abs(x)
	if n == 1 && x < 0 {
		sign = -1
	}
	switch {
	case math.IsNaN(x):
		return x
	case math.IsInf(x, 0) && scaled:
		return 0 * sign
	case a > farOut:
		mu, term, sum := 4*float64(n*n), 1.0, 1.0
		for k := 1.0; k < 30 && math.Abs(term) > 1e-17; k++ {
			term *= -(mu - (2*k-1)*(2*k-1)) / (8 * a * k)
			sum += term
		}
		s := sign * sum / math.Sqrt(2*math.Pi*a)
		if scaled {
			return s
		}
		half := math.Exp(a / 2) // eᵃ alone would overflow early
		return s * half * half
	}
	q, term := a*a/4, 1.0
	if n == 1 {
		term = a / 2
	}
	sum := term
	for k := 1.0; term > sum*1e-18; k++ {
		term *= q / (k * (k + float64(n)))
		sum += term
	}
	if scaled {
		sum *= math.Exp(-a)
	}
	return sign * sum
}

// I0 returns the modified Bessel function of the first kind of order 0.
// PyTorch: torch.i0, torch.special.i0.
func (t *Tensor) I0() *Tensor { return i0Kernel.fromInput(t, i0Backward) }

func i0Backward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Mul(c.Saved(0).I1())) }

// I1 returns the modified Bessel function of the first kind of order 1, the
// derivative of I0. PyTorch: torch.special.i1.
func (t *Tensor) I1() *Tensor { return i1Kernel.fromInput(t, i1Backward) }

func i1Backward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	return c.gives(g.Mul(x.I0().Sub(overItself(x.I1(), x))))
}

// overItself is f(x)/x for a function that goes as x/2 near 0.
func overItself(f, x *Tensor) *Tensor {
	zero := x.Detach().EqScalar(0)
	return Where(zero, FullLike(x.Detach(), 0.5), f.Div(x.MaskedFill(zero, 1)))
}

// I0e returns I0(t)·e^-|t|, which does not overflow.
// PyTorch: torch.special.i0e.
func (t *Tensor) I0e() *Tensor { return i0eKernel.fromInput(t, i0eBackward) }

func i0eBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	return c.gives(g.Mul(x.I1e().Sub(x.I0e().Mul(x.Detach().Sign()))))
}

// I1e returns I1(t)·e^-|t|, which does not overflow.
// PyTorch: torch.special.i1e.
func (t *Tensor) I1e() *Tensor { return i1eKernel.fromInput(t, i1eBackward) }

func i1eBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	y := x.I1e()
	return c.gives(g.Mul(x.I0e().Sub(y.Mul(x.Detach().Sign())).Sub(overItself(y, x))))
}

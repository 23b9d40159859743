package dl

import (
	"math"

	"descent/dl/internal/simd"
)

var (
	erfKernel     = &unaryKernel{name: "erf", f32: simd.Erf, f64: each64(math.Erf)}
	erfcKernel    = wave("erfc", math.Erfc)
	erfinvKernel  = wave("erfinv", math.Erfinv)
	lgammaKernel  = wave("lgamma", func(x float64) float64 { v, _ := math.Lgamma(x); return v })
	digammaKernel = wave("digamma", digamma)
	sincKernel    = wave("sinc", sinc)
	sincCurve     = smooth("sinc", sinc, sincSlope, nil)
)

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return sinPi(x) / (math.Pi * x)
}

// sinPi returns sin(πx) without rounding πx: exact zeros, and as good far out
// as near zero.
func sinPi(x float64) float64 {
	r := math.Remainder(x, 2)
	switch {
	case r > 0.5:
		r = 1 - r
	case r < -0.5:
		r = -1 - r
	}
	return math.Sin(math.Pi * r)
}

// Erf returns the error function 2/√π ∫₀ᵗ e^(-u²) du. PyTorch: torch.erf.
func (t *Tensor) Erf() *Tensor { return erfKernel.fromInput(t, erfBackward) }

func erfBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Mul(c.Saved(0).Square().Neg().Exp()).MulScalar(2 / math.SqrtPi))
}

// Erfc returns 1-Erf, exact far from zero. PyTorch: torch.erfc.
func (t *Tensor) Erfc() *Tensor { return erfcKernel.fromInput(t, erfcBackward) }

func erfcBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Mul(c.Saved(0).Square().Neg().Exp()).MulScalar(-2 / math.SqrtPi))
}

// Erfinv returns the inverse of Erf on (-1, 1). PyTorch: torch.erfinv.
func (t *Tensor) Erfinv() *Tensor { return erfinvKernel.fromOutput(t, erfinvBackward) }

func erfinvBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Mul(c.Saved(0).Square().Exp()).MulScalar(math.SqrtPi / 2))
}

// LGamma returns the logarithm of the absolute value of the gamma function.
// PyTorch: torch.lgamma.
func (t *Tensor) LGamma() *Tensor { return lgammaKernel.fromInput(t, lgammaBackward) }

func lgammaBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Mul(c.Saved(0).Digamma())) }

// Digamma returns the derivative of LGamma. PyTorch: torch.digamma.
func (t *Tensor) Digamma() *Tensor { return digammaKernel.fromInput(t, digammaBackward) }

func digammaBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Mul(c.Saved(0).Polygamma(1)))
}

// Polygamma returns the n-th derivative of Digamma; for n > 1 of positive
// numbers only, others give NaN. PyTorch: torch.polygamma.
func (t *Tensor) Polygamma(n int) *Tensor {
	if n < 0 {
		fail("polygamma", "a negative order", "0 or more", "", t)
	}
	if n == 0 {
		return t.Digamma()
	}
	f := func(x float64) float64 { return polygamma(n, x) }
	k := wave("polygamma", f)
	out := k.compute(t)
	if c := record(out, "polygamma", polygammaBackward, t); c != nil {
		c.Save(t)
		c.i = n
	}
	return out
}

func polygammaBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Mul(c.Saved(0).Polygamma(c.i + 1)))
}

// digamma is the derivative of log Γ.
func digamma(x float64) float64 {
	switch {
	case x == 0:
		return math.Copysign(math.Inf(1), -x)
	case x < 0 && x == math.Trunc(x):
		return math.NaN()
	case x < 0: // reflection
		return digamma(1-x) - math.Pi/math.Tan(math.Pi*x)
	case math.IsInf(x, 1):
		return x
	}
	s := 0.0
	for ; x < asymptotic; x++ { // ψ(x) = ψ(x+1) - 1/x
		s -= 1 / x
	}
	s += math.Log(x) - 1/(2*x)
	p := 1.0
	for k, b := range bernoulli {
		p /= x * x
		s -= b / float64(2*(k+1)) * p
	}
	return s
}

// bernoulli are the Bernoulli numbers B₂, B₄, … of the asymptotic series.
var bernoulli = [...]float64{1. / 6, -1. / 30, 1. / 42, -1. / 30, 5. / 66, -691. / 2730, 7. / 6, -3617. / 510}

// asymptotic is from where on the series with these terms is exact to float64.
const asymptotic = 16

// polygamma is the n-th derivative of digamma, n ≥ 1: the recurrence
// ψₙ(x) = ψₙ(x+1) - (-1)ⁿ n!/xⁿ⁺¹, then the asymptotic series. For the trigamma
// function of negative numbers it uses ψ₁(1-x) + ψ₁(x) = π²/sin²(πx).
func polygamma(n int, x float64) float64 {
	if x < 0 && n == 1 {
		s := math.Sin(math.Pi * x)
		return math.Pi*math.Pi/(s*s) - polygamma(1, 1-x)
	}
	if x < 0 {
		return math.NaN()
	}
	fn := float64(n)
	fact := math.Gamma(fn + 1) // n!
	s := 0.0
	for ; x < asymptotic+2*fn; x++ {
		s += fact * math.Pow(x, -fn-1)
	}
	s += fact/fn*math.Pow(x, -fn) + fact/2*math.Pow(x, -fn-1)
	for k, b := range bernoulli {
		m := float64(2 * (k + 1))
		s += b * math.Gamma(m+fn) / math.Gamma(m+1) * math.Pow(x, -m-fn)
	}
	if n%2 == 0 {
		return -s
	}
	return s
}

// Sinc returns sin(πt)/(πt), 1 at zero. PyTorch: torch.sinc.
func (t *Tensor) Sinc() *Tensor { return sincKernel.fromInput(t, sincBackward) }

// sincSlope is (cos πx - sinc x)/x, by its series where that cancels.
func sincSlope(x float64) float64 {
	if math.Abs(x) > 0.25 {
		return (sinPi(x+0.5) - sinc(x)) / x
	}
	q := math.Pi * math.Pi * x * x
	return math.Pi * math.Pi * x * (-1./3 + q*(1./30+q*(-1./840+q*(1./45360+q*(-1./3991680+q/518918400)))))
}

func sincBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	if !GradEnabled() {
		return sincCurve.back(c, g)
	}
	p := x.MulScalar(math.Pi)
	d := p.Cos().Mul(p).Sub(p.Sin()).Div(p.Mul(x))
	return c.gives(g.Mul(d).MaskedFill(x.EqScalar(0), 0))
}

var xlogyKernel = &binaryKernel{name: "xlogy",
	f32: func(dst, a, b []float32) {
		for i, v := range a {
			dst[i] = float32(xlogy(float64(v), float64(b[i])))
		}
	},
	f64: func(dst, a, b []float64) {
		for i, v := range a {
			dst[i] = xlogy(v, b[i])
		}
	}}

func xlogy(x, y float64) float64 {
	if x == 0 && !math.IsNaN(y) {
		return 0
	}
	return x * math.Log(y)
}

// Xlogy returns t·log(o), 0 where t is 0: the terms of an entropy.
// PyTorch: torch.xlogy.
func (t *Tensor) Xlogy(o *Tensor) *Tensor {
	a, b := align("xlogy", t, o, floatOf(promote(t, o)))
	out := xlogyKernel.compute(a, b)
	if c := record(out, "xlogy", xlogyBackward, a, b); c != nil {
		c.Save(a, b)
	}
	return out
}

func xlogyBackward(c *Context, g *Tensor) []*Tensor {
	x, y := c.Saved(0), c.Saved(1)
	var dx, dy *Tensor
	if c.Needs(0) {
		dx = g.Mul(y.Log()).MaskedFill(x.EqScalar(0).And(y.LeScalar(0)), 0)
	}
	if c.Needs(1) {
		dy = g.Mul(x).Div(y)
	}
	return c.gives(dx, dy)
}

var logAddExpKernel = &binaryKernel{name: "logaddexp",
	f32: func(dst, a, b []float32) {
		for i, v := range a {
			dst[i] = float32(logAddExp(float64(v), float64(b[i])))
		}
	},
	f64: func(dst, a, b []float64) {
		for i, v := range a {
			dst[i] = logAddExp(v, b[i])
		}
	}}

func logAddExp(x, y float64) float64 {
	if math.IsInf(x, 0) && x == y {
		return x
	}
	return math.Max(x, y) + math.Log1p(math.Exp(-math.Abs(x-y)))
}

// LogAddExp returns log(eᵗ + eᵒ) without overflow. PyTorch: torch.logaddexp.
func (t *Tensor) LogAddExp(o *Tensor) *Tensor {
	a, b := align("logaddexp", t, o, floatOf(promote(t, o)))
	out := logAddExpKernel.compute(a, b)
	if c := record(out, "logaddexp", logAddExpBackward, a, b); c != nil {
		c.Save(a, b)
	}
	return out
}

func logAddExpBackward(c *Context, g *Tensor) []*Tensor {
	d := c.Saved(0).Sub(c.Saved(1))
	return c.gives(g.Mul(d.Sigmoid()), g.Mul(d.Neg().Sigmoid()))
}

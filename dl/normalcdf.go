package dl

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// The normal distribution, and logarithms that stay exact at their ends.

var (
	logNdtrKernel = wave("log_ndtr", logNdtr)
	ndtriKernel   = wave("ndtri", ndtri)
	erfcxKernel   = wave("erfcx", erfcx)
)

// logNdtr is log Φ(x), without underflow far to the left.
func logNdtr(x float64) float64 {
	if x < -1 {
		return math.Log(erfcx(-x/math.Sqrt2)/2) - x*x/2
	}
	return math.Log1p(-math.Erfc(x/math.Sqrt2) / 2)
}

func ndtri(p float64) float64 {
	switch {
	case !(p >= 0 && p <= 1):
		return math.NaN()
	case p == 0 || p == 1:
		return math.Inf(int(2*p - 1))
	}
	return mathext.NormalQuantile(p)
}

// erfcx is e^x²·erfc(x): a continued fraction where erfc gets small.
func erfcx(x float64) float64 {
	const terms = 60
	switch {
	case math.IsNaN(x):
		return x
	case x < 5:
		return math.Exp(x*x) * math.Erfc(x)
	case math.IsInf(x, 1):
		return 0
	}
	f := x
	for k := float64(terms); k > 0; k-- {
		f = x + k/2/f
	}
	return 1 / (math.SqrtPi * f)
}

// Ndtr returns the distribution function of the standard normal distribution.
// PyTorch: torch.special.ndtr.
func (t *Tensor) Ndtr() *Tensor {
	needCompute("ndtr", t)
	return normalCDFOf(t.To(floatOf(t.dtype)))
}

// LogNdtr returns the logarithm of Ndtr, exact far to the left too.
// PyTorch: torch.special.log_ndtr.
func (t *Tensor) LogNdtr() *Tensor { return logNdtrKernel.fromInput(t, logNdtrBackward) }

// The derivative is φ/Φ = √(2/π)/erfcx(-x/√2).
func logNdtrBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0).MulScalar(-1 / math.Sqrt2)
	return c.gives(g.Div(x.Erfcx()).MulScalar(math.Sqrt(2 / math.Pi)))
}

// Ndtri returns the inverse of Ndtr: quantiles of the standard normal
// distribution. PyTorch: torch.special.ndtri.
func (t *Tensor) Ndtri() *Tensor { return ndtriKernel.fromOutput(t, ndtriBackward) }

func ndtriBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Mul(c.Saved(0).Square().MulScalar(0.5).Exp()).MulScalar(math.Sqrt(2 * math.Pi)))
}

// Erfcx returns e^t²·Erfc(t), which does not vanish for large t.
// PyTorch: torch.special.erfcx.
func (t *Tensor) Erfcx() *Tensor { return erfcxKernel.fromInput(t, erfcxBackward) }

func erfcxBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	return c.gives(g.Mul(x.Mul(x.Erfcx()).MulScalar(2).SubScalar(2 / math.SqrtPi)))
}

// Entr returns the terms of an entropy, -t·log t: 0 at 0, -Inf for negative t.
// PyTorch: torch.special.entr.
func (t *Tensor) Entr() *Tensor {
	return t.Xlogy(t).Neg().MaskedFill(t.Detach().LtScalar(0), math.Inf(-1))
}

var xlog1pyKernel = numbersOf("xlog1py", func(x, y float64) float64 {
	if x == 0 && !math.IsNaN(y) {
		return 0
	}
	return x * math.Log1p(y)
})

// Xlog1py returns t·log(1+o), 0 where t is 0. PyTorch: torch.special.xlog1py.
func (t *Tensor) Xlog1py(o *Tensor) *Tensor {
	a, b := align("xlog1py", t, o, floatOf(promote(t, o)))
	out := xlog1pyKernel.compute(a, b)
	if c := record(out, "xlog1py", xlog1pyBackward, a, b); c != nil {
		c.Save(a, b)
	}
	return out
}

func xlog1pyBackward(c *Context, g *Tensor) []*Tensor {
	x, y := c.Saved(0), c.Saved(1)
	var dx, dy *Tensor
	if c.Needs(0) {
		dx = g.Mul(y.Log1p()).MaskedFill(x.Detach().EqScalar(0).And(y.Detach().LeScalar(-1)), 0)
	}
	if c.Needs(1) {
		dy = g.Mul(x).Div(y.AddScalar(1))
	}
	return c.gives(dx, dy)
}

var logAddExp2Kernel = numbersOf("logaddexp2", func(x, y float64) float64 {
	if math.IsInf(x, 0) && x == y {
		return x
	}
	return math.Max(x, y) + math.Log1p(math.Exp2(-math.Abs(x-y)))/math.Ln2
})

// LogAddExp2 returns log₂(2ᵗ + 2ᵒ) without overflow. PyTorch: torch.logaddexp2.
func (t *Tensor) LogAddExp2(o *Tensor) *Tensor {
	a, b := align("logaddexp2", t, o, floatOf(promote(t, o)))
	out := logAddExp2Kernel.compute(a, b)
	if c := record(out, "logaddexp2", logAddExp2Backward, a, b); c != nil {
		c.Save(a, b)
	}
	return out
}

func logAddExp2Backward(c *Context, g *Tensor) []*Tensor {
	d := c.Saved(0).Sub(c.Saved(1)).MulScalar(math.Ln2)
	return c.gives(g.Mul(d.Sigmoid()), g.Mul(d.Neg().Sigmoid()))
}

package dl

import (
	"fmt"
	"math"
)

// Activation functions that bend.

// smooth makes a curved function of plain float64 ones.
func smooth(name string, f, slope func(float64) float64, again func(x *Tensor) *Tensor) *curved {
	return &curved{name: name, f: f, slope: slope, again: again, grad: func(dst, g, x []float32) {
		for i, v := range x {
			dst[i] = float32(float64(g[i]) * slope(float64(v)))
		}
	}}
}

// inRows gives a function a float32 form of its own.
func (k *curved) inRows(f32 func(dst, a []float32)) *curved {
	k.f32 = f32
	return k
}

var hardswishKernel = smooth("hardswish",
	func(x float64) float64 { return x * hardsigmoid(x) },
	func(x float64) float64 {
		switch {
		case x <= -3:
			return 0
		case x < 3:
			return x/3 + 0.5
		}
		return 1
	},
	func(x *Tensor) *Tensor { return x.Mul(x.Hardsigmoid()) }).inRows(hardswishRow32)

// Hardswish returns t·Hardsigmoid(t), a cheap form of SiLU.
//
// A. Howard et al.: Searching for MobileNetV3, arXiv:1905.02244.
// PyTorch: nn.functional.hardswish.
func (t *Tensor) Hardswish() *Tensor { return hardswishKernel.apply(t, hardswishBackward) }

func hardswishBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	if !GradEnabled() {
		return hardswishKernel.back(c, g)
	}
	inside := stairs{lo: -3, hi: 3, inside: 1}.of(x)
	above := stairs{lo: math.Inf(-1), hi: 3, above: 1, nan: 1}.of(x)
	return c.gives(g.Mul(x.MulScalar(1. / 3).AddScalar(0.5).Mul(inside).Add(above)))
}

var softsignKernel = smooth("softsign",
	func(x float64) float64 { return x / (1 + math.Abs(x)) },
	func(x float64) float64 { d := 1 + math.Abs(x); return 1 / (d * d) },
	func(x *Tensor) *Tensor { return x.Div(x.Abs().AddScalar(1)) })

// Softsign returns t/(1+|t|). PyTorch: nn.functional.softsign.
func (t *Tensor) Softsign() *Tensor { return softsignKernel.apply(t, softsignBackward) }

func softsignBackward(c *Context, g *Tensor) []*Tensor { return softsignKernel.back(c, g) }

var tanhshrinkKernel = smooth("tanhshrink",
	tanhShrink,
	func(x float64) float64 { th := math.Tanh(x); return th * th },
	func(x *Tensor) *Tensor { return x.Sub(x.Tanh()) })

// tanhSeries are the coefficients of x³, x⁵, … in x - tanh x.
var tanhSeries = []float64{1. / 3, -2. / 15, 17. / 315, -62. / 2835, 1382. / 155925, -21844. / 6081075, 929569. / 638512875, -6404582. / 10854718875,
	443861162. / 1856156927625}

// tanhShrink is x - tanh x, by its series where that cancels.
func tanhShrink(x float64) float64 {
	if !(math.Abs(x) < 0.25) {
		return x - math.Tanh(x)
	}
	q, sum := x*x, 0.0
	for i := len(tanhSeries) - 1; i >= 0; i-- {
		sum = sum*q + tanhSeries[i]
	}
	return sum * q * x
}

// Tanhshrink returns t - tanh(t), exact near zero too. PyTorch: nn.functional.tanhshrink.
func (t *Tensor) Tanhshrink() *Tensor { return tanhshrinkKernel.apply(t, tanhshrinkBackward) }

func tanhshrinkBackward(c *Context, g *Tensor) []*Tensor { return tanhshrinkKernel.back(c, g) }

var logSigmoidKernel = smooth("logsigmoid",
	func(x float64) float64 { return -softplus(-x) },
	func(x float64) float64 { return logistic(-x) },
	func(x *Tensor) *Tensor { return x.Neg().Softplus().Neg() }).inRows(logSigmoidRow32)

// LogSigmoid returns the logarithm of Sigmoid, exact far from zero too.
// PyTorch: nn.functional.logsigmoid.
func (t *Tensor) LogSigmoid() *Tensor { return logSigmoidKernel.apply(t, logSigmoidBackward) }

func logSigmoidBackward(c *Context, g *Tensor) []*Tensor { return logSigmoidKernel.back(c, g) }

// The constants of SELU, with which mean 0 and variance 1 reproduce themselves
// from layer to layer.
const (
	seluAlpha = 1.6732632423543772
	seluScale = 1.0507009873554805
)

// SELU is ELU with constants for which networks normalize themselves.
//
// G. Klambauer et al.: Self-Normalizing Neural Networks, arXiv:1706.02515.
// PyTorch: nn.functional.selu.
func (t *Tensor) SELU() *Tensor { return bent("selu", t, seluScale, seluScale*seluAlpha, 1) }

// CELU returns t where it is positive and alpha·(e^(t/alpha) − 1) elsewhere:
// an ELU whose slope has no jump. PyTorch's default alpha is 1.
//
// J. T. Barron, arXiv:1704.07483.
// PyTorch: nn.functional.celu.
func (t *Tensor) CELU(alpha float64) *Tensor {
	if math.IsNaN(alpha) || alpha == 0 {
		fail("celu", fmt.Sprintf("alpha %g", alpha), "a number other than 0", "", t)
	}
	return bent("celu", t, 1, alpha, alpha)
}

// bent is above·x for positive x and below·(e^(x/width) − 1) elsewhere.
func bent(op string, t *Tensor, above, below, width float64) *Tensor {
	needFloat(op, t)
	f := func(x float64) float64 {
		if x > 0 {
			return above * x
		}
		return below * math.Expm1(x/width)
	}
	k := curved{name: op, f32: bentRow32(above, below, width), f: f}
	out := k.apply(t, bentBackward)
	if out.node != nil { // recorded just now
		out.node.Data = [3]float64{above, below, width}
	}
	return out
}

func bentBackward(c *Context, g *Tensor) []*Tensor {
	x, p := c.Saved(0), c.Data.([3]float64)
	up := positive.of(x)
	down := up.Neg().AddScalar(1)
	// x is cut off at 0 so that the exponential cannot overflow where it does not count
	curve := x.MaskedFill(x.Detach().GtScalar(0), 0).MulScalar(1 / p[2]).Exp().Mul(down).MulScalar(p[1] / p[2])
	return c.gives(g.Mul(up.MulScalar(p[0]).Add(curve)))
}

func mish(x float64) float64 { return x * math.Tanh(softplus(x)) }

var mishKernel = smooth("mish", mish,
	func(x float64) float64 {
		th := math.Tanh(softplus(x))
		return th + x*(1-th*th)*logistic(x)
	},
	func(x *Tensor) *Tensor { return x.Mul(x.Softplus().Tanh()) }).inRows(mishRow32)

// Mish returns t·tanh(softplus(t)).
//
// D. Misra, arXiv:1908.08681.
// PyTorch: nn.functional.mish.
func (t *Tensor) Mish() *Tensor { return mishKernel.apply(t, mishBackward) }

func mishBackward(c *Context, g *Tensor) []*Tensor { return mishKernel.back(c, g) }

// GLU splits t in two halves along a dimension and returns the first times the
// Sigmoid of the second.
//
// Y. Dauphin et al., arXiv:1612.08083.
// PyTorch: nn.functional.glu.
func (t *Tensor) GLU(dim int) *Tensor {
	t.needAxis("glu")
	d := t.axis("glu", dim)
	if t.shape[d]%2 != 0 {
		fail("glu", fmt.Sprintf("%d elements along axis %d of %s", t.shape[d], d, shapeText(t.shape)), "an even number, for two halves", "", t)
	}
	half := t.shape[d] / 2
	return t.Narrow(d, 0, half).Mul(t.Narrow(d, half, half).Sigmoid())
}

// Softmin is Softmax of the negative numbers: the smallest get the most.
// PyTorch: nn.functional.softmin.
func (t *Tensor) Softmin(dim int) *Tensor { return t.Neg().Softmax(dim) }

// GumbelSoftmax draws from the distributions whose logits lie along dim, so
// that gradients pass: the Softmax of (t + Gumbel noise)/tau. With hard it
// returns the one-hot code of the largest, with the gradient of the soft draw.
// The random numbers come from the stream StreamDropout.
//
// E. Jang, S. Gu, B. Poole, arXiv:1611.01144.
// PyTorch: nn.functional.gumbel_softmax.
func (t *Tensor) GumbelSoftmax(tau float64, hard bool, dim int) *Tensor {
	needFloat("gumbel_softmax", t)
	if !(tau > 0) {
		fail("gumbel_softmax", fmt.Sprintf("tau %g", tau), "a positive temperature", "", t)
	}
	d := t.axis("gumbel_softmax", dim)
	draw := make([]float64, t.n)
	DefaultGenerator(StreamDropout).FillUniform64(draw)
	for i, u := range draw {
		draw[i] = -math.Log(-math.Log(math.Max(u, math.SmallestNonzeroFloat64)))
	}
	noise := FromFloat64s(draw, t.Shape()...).To(t.dtype)
	soft := t.Add(noise).DivScalar(tau).Softmax(d)
	if !hard {
		return soft
	}
	first := soft.Detach().ArgMax(d).Unsqueeze(d)
	one := ZerosLike(soft.Detach()).ScatterValue(d, first, 1)
	return one.Sub(soft.Detach()).Add(soft)
}

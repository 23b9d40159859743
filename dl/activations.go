package dl

import (
	"fmt"
	"math"

	"descent/dl/internal/simd"
)

// The activation functions that are no plain function of the tensor library.
// ReLU, Sigmoid and Tanh are among the elementwise operations.

// LeakyReLU returns t where it is positive and slope·t elsewhere.
//
// PyTorch: nn.functional.leaky_relu.
func (t *Tensor) LeakyReLU(slope float64) *Tensor {
	needFloat("leaky_relu", t)
	var out *Tensor
	if t.dtype == Float32 {
		s := float32(slope)
		out = runUnary(t, func(dst, a []float32) { simd.Leaky(dst, a, s) })
	} else {
		out = runUnary(t, func(dst, a []float64) { leakyRow(dst, a, slope) })
	}
	if c := record(out, "leaky_relu", leakyBackward, t); c != nil {
		c.Save(t)
		c.f = slope
	}
	return out
}

func leakyRow(dst, a []float64, slope float64) {
	for i, v := range a {
		if !(v > 0) {
			v *= slope
		}
		dst[i] = v
	}
}

func leakyBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Mul(stairs{hi: math.Inf(1), below: c.f, inside: 1, above: 1, nan: c.f}.of(c.Saved(0))))
}

// stairs is a function that is constant up to lo, between lo and hi and from
// hi on, and has a value for NaN.
type stairs struct{ lo, hi, below, inside, above, nan float64 }

// positive is 1 above zero, 0 elsewhere and for NaN.
var positive = stairs{hi: math.Inf(1), inside: 1, above: 1}

// of applies the function, through which no gradient goes.
func (s stairs) of(t *Tensor) *Tensor {
	if t.dtype == Float32 {
		return runUnary(t.Detach(), simd.Stairs{Lo: float32(s.lo), Hi: float32(s.hi), Below: float32(s.below), Inside: float32(s.inside),
			Above: float32(s.above), NaN: float32(s.nan)}.Row)
	}
	return runUnary(t.Detach(), s.row)
}

func (s stairs) row(dst, a []float64) {
	for i, v := range a {
		switch {
		case v >= s.hi:
			dst[i] = s.above
		case v <= s.lo:
			dst[i] = s.below
		case v == v:
			dst[i] = s.inside
		default:
			dst[i] = s.nan
		}
	}
}

// curved is a smooth function with its derivative, and the same function in
// differentiable operations.
type curved struct {
	name  string
	f32   func(dst, a []float32)
	f     func(x float64) float64
	grad  func(dst, g, x []float32) // g times the derivative at x
	slope func(x float64) float64
	again func(x *Tensor) *Tensor
}

func (k *curved) apply(t *Tensor, back func(c *Context, g *Tensor) []*Tensor) *Tensor {
	needFloat(k.name, t)
	var out *Tensor
	switch {
	case t.dtype == Float64:
		out = runUnary(t, each64(k.f))
	case k.f32 != nil:
		out = runUnary(t, k.f32)
	default:
		out = runUnary(t, each32(k.f))
	}
	if c := record(out, k.name, back, t); c != nil {
		c.Save(t)
	}
	return out
}

func (k *curved) back(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	if GradEnabled() {
		return again(c, g, func(in []*Tensor) *Tensor { return k.again(in[0]) }, x)
	}
	out := blank(g.dtype, g.shape)
	if out.n > 0 {
		if g.dtype == Float32 {
			runBinary(out, g, x, k.grad)
		} else {
			runBinary(out, g, x, func(dst, g, x []float64) {
				for i, v := range x {
					dst[i] = g[i] * k.slope(v)
				}
			})
		}
	}
	return c.gives(out)
}

// normalCDF is the distribution function of the standard normal distribution,
// normalPDF its density.
func normalCDF(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }

func normalPDF(x float64) float64 { return math.Exp(-0.5*x*x) / math.Sqrt(2*math.Pi) }

func geluKernel() *curved {
	return &curved{
		name:  "gelu",
		f32:   simd.GELU,
		grad:  simd.GELUGrad,
		f:     func(x float64) float64 { return x * normalCDF(x) },
		slope: func(x float64) float64 { return normalCDF(x) + x*normalPDF(x) },
		again: func(x *Tensor) *Tensor { return x.Mul(normalCDFOf(x)) },
	}
}

// normalCDFOf is a differentiable operation of its own for GELU.
func normalCDFOf(t *Tensor) *Tensor {
	var out *Tensor
	if t.dtype == Float32 {
		out = runUnary(t, each32(normalCDF))
	} else {
		out = runUnary(t, each64(normalCDF))
	}
	if c := record(out, "normal cdf", normalCDFBackward, t); c != nil {
		c.Save(t)
	}
	return out
}

func normalCDFBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	density := x.Mul(x).MulScalar(-0.5).Exp().MulScalar(1 / math.Sqrt(2*math.Pi))
	return c.gives(g.Mul(density))
}

// GELU returns t·Φ(t), where Φ is the distribution function of the standard
// normal distribution (Hendrycks and Gimpel, arXiv:1606.08415).
//
// PyTorch: nn.functional.gelu.
func (t *Tensor) GELU() *Tensor { return geluKernel().apply(t, geluBackward) }

func geluBackward(c *Context, g *Tensor) []*Tensor { return geluKernel().back(c, g) }

// GELUTanh is GELU by the approximation with tanh that GPT-2 was trained with.
//
// PyTorch: nn.functional.gelu(approximate="tanh").
func (t *Tensor) GELUTanh() *Tensor { return geluTanhKernel().apply(t, geluTanhBackward) }

func geluTanhBackward(c *Context, g *Tensor) []*Tensor { return geluTanhKernel().back(c, g) }

// The constants of the approximation: √(2/π) and the cubic coefficient.
const (
	geluRoot  = 0.7978845608028654
	geluCubic = 0.044715
)

func geluTanhKernel() *curved {
	return &curved{
		name: "gelu_tanh",
		f32:  simd.GELUTanh,
		grad: geluTanhGradRow32,
		f: func(x float64) float64 {
			return x * logistic(2*geluRoot*(x+geluCubic*x*x*x))
		},
		slope: func(x float64) float64 {
			th := math.Tanh(geluRoot * (x + geluCubic*x*x*x))
			return 0.5*(1+th) + 0.5*x*(1-th*th)*geluRoot*(1+3*geluCubic*x*x)
		},
		again: func(x *Tensor) *Tensor {
			inner := x.Add(x.Mul(x).Mul(x).MulScalar(geluCubic)).MulScalar(geluRoot)
			return x.MulScalar(0.5).Mul(inner.Tanh().AddScalar(1))
		},
	}
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func siluKernel() *curved {
	return &curved{
		name: "silu",
		f32:  simd.SiLU,
		grad: siluGradRow32,
		f:    func(x float64) float64 { return x * logistic(x) },
		slope: func(x float64) float64 {
			s := logistic(x)
			return s * (1 + x*(1-s))
		},
		again: func(x *Tensor) *Tensor { return x.Mul(x.Sigmoid()) },
	}
}

// SiLU returns t·sigmoid(t), also called swish.
//
// PyTorch: nn.functional.silu.
func (t *Tensor) SiLU() *Tensor { return siluKernel().apply(t, siluBackward) }

func siluBackward(c *Context, g *Tensor) []*Tensor { return siluKernel().back(c, g) }

// Softplus returns log(1 + eᵗ), a smooth form of ReLU.
//
// PyTorch: nn.functional.softplus.
func (t *Tensor) Softplus() *Tensor {
	k := curved{name: "softplus", f32: softplusRow32, f: softplus}
	return k.apply(t, softplusBackward)
}

func softplusBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Mul(c.Saved(0).Sigmoid()))
}

// ELU returns t where it is positive and alpha·(eᵗ − 1) elsewhere
// (Clevert et al., arXiv:1511.07289). PyTorch's default alpha is 1.
//
// PyTorch: nn.functional.elu.
func (t *Tensor) ELU(alpha float64) *Tensor {
	if math.IsNaN(alpha) {
		fail("elu", fmt.Sprintf("alpha %g", alpha), "a number", "", t)
	}
	k := curved{name: "elu", f32: bentRow32(1, alpha, 1), f: func(x float64) float64 {
		if x > 0 {
			return x
		}
		return alpha * math.Expm1(x)
	}}
	out := k.apply(t, eluBackward)
	if out.node != nil && out.node.name == "elu" {
		out.node.f = alpha
	}
	return out
}

func eluBackward(c *Context, g *Tensor) []*Tensor {
	x, alpha := c.Saved(0), c.f
	above := positive.of(x)
	below := above.Neg().AddScalar(1)
	// 1 above zero; alpha·eˣ below, with x cut off at 0 so that it cannot overflow where it does not count
	return c.gives(g.Mul(above.Add(x.MaskedFill(x.Detach().GtScalar(0), 0).Exp().Mul(below).MulScalar(alpha))))
}

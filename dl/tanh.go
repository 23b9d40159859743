package dl

import (
	"math"

	"descent/dl/internal/simd"
)

var (
	tanhKernel    = &unaryKernel{name: "tanh", f32: simd.Tanh, f64: each64(math.Tanh)}
	sigmoidKernel = &unaryKernel{name: "sigmoid", f32: simd.Sigmoid, f64: each64(sigmoid)}
	logitKernel   = &unaryKernel{name: "logit", f32: each32(logit), f64: each64(logit)}
)

func sigmoid(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	e := math.Exp(x) // no overflow for very negative x
	return e / (1 + e)
}

// Tanh returns the hyperbolic tangent. PyTorch: torch.tanh.
func (t *Tensor) Tanh() *Tensor { return tanhKernel.fromOutput(t, tanhBackward) }

func tanhBackward(c *Context, g *Tensor) []*Tensor {
	y := c.Saved(0)
	return c.gives(g.Mul(y.Mul(y).RSubScalar(1)))
}

// Sigmoid returns 1/(1+e⁻ᵗ). PyTorch: torch.sigmoid.
func (t *Tensor) Sigmoid() *Tensor { return sigmoidKernel.fromOutput(t, sigmoidBackward) }

func sigmoidBackward(c *Context, g *Tensor) []*Tensor {
	y := c.Saved(0)
	return c.gives(g.Mul(y.Mul(y.RSubScalar(1))))
}

// Logit returns log(t/(1-t)), the inverse of Sigmoid. PyTorch: torch.logit.
func (t *Tensor) Logit() *Tensor { return logitKernel.fromInput(t, logitBackward) }

func logit(x float64) float64 { return math.Log(x / (1 - x)) }

// logitBackward is g/(x(1-x)), and NaN where the logit is.
func logitBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	outside := x.LtScalar(0).Or(x.GtScalar(1))
	slope := x.Mul(x.RSubScalar(1)).Abs() // not negative inside; -0 becomes 0
	return c.gives(g.Div(slope).MaskedFill(outside, math.NaN()))
}

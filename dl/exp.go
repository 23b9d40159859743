package dl

import (
	"math"

	"descent/dl/internal/simd"
)

var (
	expKernel   = &unaryKernel{name: "exp", f32: simd.Exp, f64: each64(math.Exp)}
	logKernel   = &unaryKernel{name: "log", f32: simd.Log, f64: each64(math.Log)}
	sqrtKernel  = &unaryKernel{name: "sqrt", f32: simd.Sqrt, f64: each64(math.Sqrt)}
	expm1Kernel = &unaryKernel{name: "expm1", f32: expm1Row32, f64: each64(math.Expm1)}
	log1pKernel = &unaryKernel{name: "log1p", f32: log1pRow32, f64: each64(math.Log1p)}
	exp2Kernel  = &unaryKernel{name: "exp2", f32: exp2Row32, f64: each64(math.Exp2)}
	log2Kernel  = &unaryKernel{name: "log2", f32: logRow32(1, math.Log2), f64: each64(math.Log2)}
	log10Kernel = &unaryKernel{name: "log10", f32: logRow32(math.Ln2/math.Ln10, math.Log10), f64: each64(math.Log10)}
	rsqrtKernel = &unaryKernel{name: "rsqrt", f32: rsqrtRow32, f64: each64(rsqrt)}
	cbrtKernel  = &unaryKernel{name: "cbrt", f32: each32(math.Cbrt), f64: each64(math.Cbrt)}
	recipKernel = &unaryKernel{name: "reciprocal", f32: simd.Reciprocal, f64: reciprocalRow}
)

func rsqrt(x float64) float64 { return 1 / math.Sqrt(x) }

func reciprocalRow(dst, a []float64) {
	for i, v := range a {
		dst[i] = 1 / v
	}
}

// fromInput records an operation whose backward reads its input.
func (k *unaryKernel) fromInput(t *Tensor, back func(c *Context, g *Tensor) []*Tensor) *Tensor {
	out := k.compute(t)
	if c := record(out, k.name, back, t); c != nil {
		c.Save(t)
	}
	return out
}

// fromOutput records an operation whose backward reads its result.
func (k *unaryKernel) fromOutput(t *Tensor, back func(c *Context, g *Tensor) []*Tensor) *Tensor {
	out := k.compute(t)
	if c := record(out, k.name, back, t); c != nil {
		c.Save(out)
	}
	return out
}

// Exp returns e to the power t. PyTorch: torch.exp.
func (t *Tensor) Exp() *Tensor { return expKernel.fromOutput(t, expBackward) }

func expBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Mul(c.Saved(0))) }

// Log returns the natural logarithm. PyTorch: torch.log.
func (t *Tensor) Log() *Tensor { return logKernel.fromInput(t, logBackward) }

func logBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Div(c.Saved(0))) }

// Sqrt returns the square root. PyTorch: torch.sqrt.
func (t *Tensor) Sqrt() *Tensor { return sqrtKernel.fromOutput(t, sqrtBackward) }

func sqrtBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Div(c.Saved(0).MulScalar(2)))
}

// Rsqrt returns 1/√t. PyTorch: torch.rsqrt.
func (t *Tensor) Rsqrt() *Tensor { return rsqrtKernel.fromOutput(t, rsqrtBackward) }

func rsqrtBackward(c *Context, g *Tensor) []*Tensor {
	y := c.Saved(0)
	return c.gives(g.Mul(y.Mul(y).Mul(y)).MulScalar(-0.5))
}

// Reciprocal returns 1/t. PyTorch: torch.reciprocal.
func (t *Tensor) Reciprocal() *Tensor { return recipKernel.fromOutput(t, reciprocalBackward) }

func reciprocalBackward(c *Context, g *Tensor) []*Tensor {
	y := c.Saved(0)
	return c.gives(g.Mul(y.Mul(y)).Neg())
}

// Square returns t². PyTorch: torch.square.
func (t *Tensor) Square() *Tensor {
	if t.dtype == Bool {
		t = t.To(Int64)
	}
	out := mulKernel.compute(t, t)
	if c := record(out, "square", squareBackward, t); c != nil {
		c.Save(t)
	}
	return out
}

func squareBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Mul(c.Saved(0).MulScalar(2)))
}

// Cbrt returns the cube root, of negative numbers too.
func (t *Tensor) Cbrt() *Tensor { return cbrtKernel.fromOutput(t, cbrtBackward) }

func cbrtBackward(c *Context, g *Tensor) []*Tensor {
	y := c.Saved(0)
	return c.gives(g.Div(y.Mul(y).MulScalar(3)))
}

// Expm1 returns eᵗ-1, exact near zero. PyTorch: torch.expm1.
func (t *Tensor) Expm1() *Tensor { return expm1Kernel.fromOutput(t, expm1Backward) }

func expm1Backward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Mul(c.Saved(0).AddScalar(1)))
}

// Log1p returns log(1+t), exact near zero. PyTorch: torch.log1p.
func (t *Tensor) Log1p() *Tensor { return log1pKernel.fromInput(t, log1pBackward) }

func log1pBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Div(c.Saved(0).AddScalar(1)))
}

// Exp2 returns 2ᵗ. PyTorch: torch.exp2.
func (t *Tensor) Exp2() *Tensor { return exp2Kernel.fromOutput(t, exp2Backward) }

func exp2Backward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Mul(c.Saved(0)).MulScalar(math.Ln2))
}

// Log2 returns the logarithm to base 2. PyTorch: torch.log2.
func (t *Tensor) Log2() *Tensor { return log2Kernel.fromInput(t, log2Backward) }

func log2Backward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Div(c.Saved(0)).MulScalar(1 / math.Ln2))
}

// Log10 returns the logarithm to base 10. PyTorch: torch.log10.
func (t *Tensor) Log10() *Tensor { return log10Kernel.fromInput(t, log10Backward) }

func log10Backward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Div(c.Saved(0)).MulScalar(1 / math.Ln10))
}

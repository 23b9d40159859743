package dl

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Bessel functions of the first kind (J), of the second kind (Y), modified ones
// of the second kind (K), and Airy's.

var (
	j0Kernel     = wave("bessel j0", math.J0)
	j1Kernel     = wave("bessel j1", math.J1)
	y0Kernel     = wave("bessel y0", math.Y0)
	y1Kernel     = wave("bessel y1", math.Y1)
	k0Kernel     = wave("k0", func(x float64) float64 { return besselK(0, x) * math.Exp(-x) })
	k1Kernel     = wave("k1", func(x float64) float64 { return besselK(1, x) * math.Exp(-x) })
	k0eKernel    = wave("k0e", func(x float64) float64 { return besselK(0, x) })
	k1eKernel    = wave("k1e", func(x float64) float64 { return besselK(1, x) })
	airyKernel   = wave("airy ai", func(x float64) float64 { return airy(x, mathext.AiryAi) })
	airyD1Kernel = wave("derivative of airy ai", func(x float64) float64 { return airy(x, mathext.AiryAiDeriv) })
)

// besselK is eˣ·Kₙ(x) for n 0 or 1: the integral of e^(-x(cosh t - 1))·cosh(nt)
// over all positive t by the trapezoidal rule, which converges faster than any
// power of the step. The step is a part of both widths of the integrand.
func besselK(n int, x float64) float64 {
	switch {
	case math.IsNaN(x) || x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(1)
	case math.IsInf(x, 1):
		return 0
	}
	h := min(0.2, 0.6/math.Sqrt(x))
	half := math.Sinh(h / 2)
	first := 2 * half * half   // cosh h - 1
	before, rise := 0.0, first // cosh t - 1 at the last t and at this one
	sum := 0.5
	for {
		term := math.Exp(-x * rise)
		if n == 1 {
			term *= rise + 1
		}
		if term < 1e-18*sum {
			return h * sum
		}
		sum += term
		before, rise = rise, 2*rise-before+2*first*(rise+1)
	}
}

func airy(x float64, f func(complex128) complex128) float64 {
	if math.IsNaN(x) {
		return x
	}
	if math.IsInf(x, 1) || x > 110 {
		return 0
	}
	if math.IsInf(x, -1) {
		return math.NaN()
	}
	return real(f(complex(x, 0)))
}

// BesselJ0 returns the Bessel function of the first kind of order 0.
// PyTorch: torch.special.bessel_j0.
func (t *Tensor) BesselJ0() *Tensor { return j0Kernel.fromInput(t, j0Backward) }

func j0Backward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Mul(c.Saved(0).BesselJ1()).Neg()) }

// BesselJ1 returns the Bessel function of the first kind of order 1.
// PyTorch: torch.special.bessel_j1.
func (t *Tensor) BesselJ1() *Tensor { return j1Kernel.fromInput(t, j1Backward) }

func j1Backward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	return c.gives(g.Mul(x.BesselJ0().Sub(overItself(x.BesselJ1(), x))))
}

// BesselY0 returns the Bessel function of the second kind of order 0.
// PyTorch: torch.special.bessel_y0.
func (t *Tensor) BesselY0() *Tensor { return y0Kernel.fromInput(t, y0Backward) }

func y0Backward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Mul(c.Saved(0).BesselY1()).Neg()) }

// BesselY1 returns the Bessel function of the second kind of order 1.
// PyTorch: torch.special.bessel_y1.
func (t *Tensor) BesselY1() *Tensor { return y1Kernel.fromInput(t, y1Backward) }

func y1Backward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	return c.gives(g.Mul(x.BesselY0().Sub(x.BesselY1().Div(x))))
}

// K0 returns the modified Bessel function of the second kind of order 0.
// PyTorch: torch.special.modified_bessel_k0.
func (t *Tensor) K0() *Tensor { return k0Kernel.fromInput(t, k0Backward) }

func k0Backward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Mul(c.Saved(0).K1()).Neg()) }

// K1 returns the modified Bessel function of the second kind of order 1.
// PyTorch: torch.special.modified_bessel_k1.
func (t *Tensor) K1() *Tensor { return k1Kernel.fromInput(t, k1Backward) }

func k1Backward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	return c.gives(g.Mul(x.K0().Add(x.K1().Div(x))).Neg())
}

// K0e returns K0(t)·eᵗ, which does not underflow.
// PyTorch: torch.special.scaled_modified_bessel_k0.
func (t *Tensor) K0e() *Tensor { return k0eKernel.fromInput(t, k0eBackward) }

func k0eBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	return c.gives(g.Mul(x.K0e().Sub(x.K1e())))
}

// K1e returns K1(t)·eᵗ, which does not underflow.
// PyTorch: torch.special.scaled_modified_bessel_k1.
func (t *Tensor) K1e() *Tensor { return k1eKernel.fromInput(t, k1eBackward) }

func k1eBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	y := x.K1e()
	return c.gives(g.Mul(y.Sub(x.K0e()).Sub(y.Div(x))))
}

// AiryAi returns Airy's function Ai. PyTorch: torch.special.airy_ai.
func (t *Tensor) AiryAi() *Tensor { return airyKernel.fromInput(t, airyBackward) }

func airyBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Mul(airyD1Kernel.fromInput(c.Saved(0), airyD1Backward)))
}

func airyD1Backward(c *Context, g *Tensor) []*Tensor { // Ai″(x) = x·Ai(x)
	x := c.Saved(0)
	return c.gives(g.Mul(x).Mul(x.AiryAi()))
}

var zetaKernel = &binaryKernel{name: "zeta",
	f32: func(dst, a, b []float32) {
		for i, v := range a {
			dst[i] = float32(zeta(float64(v), float64(b[i])))
		}
	},
	f64: func(dst, a, b []float64) {
		for i, v := range a {
			dst[i] = zeta(v, b[i])
		}
	}}

func zeta(x, q float64) float64 {
	if math.IsNaN(x) || math.IsNaN(q) {
		return math.NaN()
	}
	switch { // as PyTorch's series: the argument 1 is a pole, and so is every q that ends at 0
	case x == 1 || q == 0 && x > 1 || q < 0 && q == math.Floor(q) && x > 1:
		return math.Inf(1)
	case x < 1 || q < 0 && x != math.Floor(x):
		return math.NaN()
	case math.IsInf(q, 1):
		return 0
	}
	return mathext.Zeta(x, q)
}

// Zeta returns Hurwitz' zeta function Σ (k+o)⁻ᵗ over k = 0, 1, …, for t above 1;
// o of 1 makes it Riemann's. It has a gradient for o alone.
// PyTorch: torch.special.zeta.
func (t *Tensor) Zeta(o *Tensor) *Tensor {
	if t.RequiresGrad() && GradEnabled() {
		fail("zeta", "a first argument that requires a gradient", "one that does not: the derivative for it is not known in closed form",
			"give the first argument detached: x.Detach()", t, o)
	}
	x, q := align("zeta", t, o, floatOf(promote(t, o)))
	out := zetaKernel.compute(x, q)
	if c := record(out, "zeta", zetaBackward, x, q); c != nil {
		c.Save(x, q)
	}
	return out
}

func zetaBackward(c *Context, g *Tensor) []*Tensor {
	x, q := c.Saved(0), c.Saved(1)
	return c.gives(nil, g.Mul(x).Mul(x.AddScalar(1).Zeta(q)).Neg())
}

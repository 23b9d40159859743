package dl

import "math"

func wave(name string, f func(float64) float64) *unaryKernel {
	return &unaryKernel{name: name, f32: each32(f), f64: each64(f)}
}

var (
	sinKernel   = &unaryKernel{name: "sin", f32: sinRow32, f64: each64(math.Sin)}
	cosKernel   = &unaryKernel{name: "cos", f32: cosRow32, f64: each64(math.Cos)}
	tanKernel   = &unaryKernel{name: "tan", f32: tanRow32, f64: each64(math.Tan)}
	asinKernel  = wave("asin", math.Asin)
	acosKernel  = wave("acos", math.Acos)
	atanKernel  = &unaryKernel{name: "atan", f32: atanRow32, f64: each64(math.Atan)}
	sinhKernel  = &unaryKernel{name: "sinh", f32: sinhRow32, f64: each64(math.Sinh)}
	coshKernel  = &unaryKernel{name: "cosh", f32: coshRow32, f64: each64(math.Cosh)}
	asinhKernel = wave("asinh", math.Asinh)
	acoshKernel = wave("acosh", math.Acosh)
	atanhKernel = wave("atanh", math.Atanh)
)

// quarter reduces an angle to the nearest quarter turn, by π/2 in two parts,
// and returns sine and cosine of the rest: series that are exact to float32
// for at most an eighth of a turn.
func quarter(x float64) (q int, s, c float64) {
	const (
		high = 1.5707963267341256 // the first 33 bits of π/2: k·high is exact
		low  = 6.077100506506192e-11
	)
	k := math.RoundToEven(x * (2 / math.Pi))
	x = x - k*high - k*low
	z := x * x
	s = x * (1 + z*(-1.0/6+z*(1.0/120+z*(-1.0/5040+z*(1.0/362880+z*(-1.0/39916800))))))
	c = 1 + z*(-0.5+z*(1.0/24+z*(-1.0/720+z*(1.0/40320+z*(-1.0/3628800)))))
	return int(k) & 3, s, c
}

// Larger angles, and NaN and Inf, are left to package math.
const farAngle = 1 << 20

func sinRow32(dst, a []float32) {
	for i, v := range a {
		x := float64(v)
		if !(math.Abs(x) < farAngle) {
			dst[i] = float32(math.Sin(x))
			continue
		}
		q, s, c := quarter(x)
		if q&1 == 1 {
			s = c
		}
		if q&2 == 2 {
			s = -s
		}
		dst[i] = float32(s)
	}
}

func cosRow32(dst, a []float32) {
	for i, v := range a {
		x := float64(v)
		if !(math.Abs(x) < farAngle) {
			dst[i] = float32(math.Cos(x))
			continue
		}
		q, s, c := quarter(x)
		if q&1 == 1 {
			c = s
		}
		if (q+1)&2 == 2 {
			c = -c
		}
		dst[i] = float32(c)
	}
}

// Sin returns the sine of an angle in radians. PyTorch: torch.sin.
func (t *Tensor) Sin() *Tensor { return sinKernel.fromInput(t, sinBackward) }

func sinBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Mul(c.Saved(0).Cos())) }

// Cos returns the cosine of an angle in radians. PyTorch: torch.cos.
func (t *Tensor) Cos() *Tensor { return cosKernel.fromInput(t, cosBackward) }

func cosBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Mul(c.Saved(0).Sin().Neg())) }

// Tan returns the tangent of an angle in radians. PyTorch: torch.tan.
func (t *Tensor) Tan() *Tensor { return tanKernel.fromOutput(t, tanBackward) }

func tanBackward(c *Context, g *Tensor) []*Tensor {
	y := c.Saved(0)
	return c.gives(g.Mul(y.Mul(y).AddScalar(1)))
}

// Asin returns the angle whose sine is t. PyTorch: torch.asin.
func (t *Tensor) Asin() *Tensor { return asinKernel.fromInput(t, asinBackward) }

func asinBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	return c.gives(g.Mul(x.Mul(x).RSubScalar(1).Rsqrt()))
}

// Acos returns the angle whose cosine is t. PyTorch: torch.acos.
func (t *Tensor) Acos() *Tensor { return acosKernel.fromInput(t, acosBackward) }

func acosBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	return c.gives(g.Mul(x.Mul(x).RSubScalar(1).Rsqrt()).Neg())
}

// Atan returns the angle whose tangent is t. PyTorch: torch.atan.
func (t *Tensor) Atan() *Tensor { return atanKernel.fromInput(t, atanBackward) }

func atanBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	return c.gives(g.Div(x.Mul(x).AddScalar(1)))
}

// Sinh returns the hyperbolic sine. PyTorch: torch.sinh.
func (t *Tensor) Sinh() *Tensor { return sinhKernel.fromInput(t, sinhBackward) }

func sinhBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Mul(c.Saved(0).Cosh())) }

// Cosh returns the hyperbolic cosine. PyTorch: torch.cosh.
func (t *Tensor) Cosh() *Tensor { return coshKernel.fromInput(t, coshBackward) }

func coshBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Mul(c.Saved(0).Sinh())) }

// Asinh returns the inverse hyperbolic sine. PyTorch: torch.asinh.
func (t *Tensor) Asinh() *Tensor { return asinhKernel.fromInput(t, asinhBackward) }

func asinhBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	return c.gives(g.Mul(x.Mul(x).AddScalar(1).Rsqrt()))
}

// Acosh returns the inverse hyperbolic cosine. PyTorch: torch.acosh.
func (t *Tensor) Acosh() *Tensor { return acoshKernel.fromInput(t, acoshBackward) }

func acoshBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	return c.gives(g.Mul(x.Mul(x).SubScalar(1).Rsqrt()))
}

// Atanh returns the inverse hyperbolic tangent. PyTorch: torch.atanh.
func (t *Tensor) Atanh() *Tensor { return atanhKernel.fromInput(t, atanhBackward) }

func atanhBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	return c.gives(g.Div(x.Mul(x).RSubScalar(1)))
}

var atan2Kernel = &binaryKernel{name: "atan2",
	f32: atan2Row32,
	f64: func(dst, a, b []float64) {
		for i, v := range a {
			dst[i] = math.Atan2(v, b[i])
		}
	}}

// Atan2 returns the angle of the point with y = t and x = o.
// PyTorch: torch.atan2.
func (t *Tensor) Atan2(o *Tensor) *Tensor {
	a, b := align("atan2", t, o, floatOf(promote(t, o)))
	out := atan2Kernel.compute(a, b)
	if c := record(out, "atan2", atan2Backward, a, b); c != nil {
		c.Save(a, b)
	}
	return out
}

func atan2Backward(c *Context, g *Tensor) []*Tensor {
	y, x := c.Saved(0), c.Saved(1)
	r := y.Mul(y).Add(x.Mul(x))
	s := g.Div(r).MaskedFill(r.EqScalar(0), 0) // no direction at the origin
	return c.gives(s.Mul(x), s.Mul(y).Neg())
}

var hypotKernel = &binaryKernel{name: "hypot",
	f32: func(dst, a, b []float32) {
		for i, v := range a {
			dst[i] = float32(math.Hypot(float64(v), float64(b[i])))
		}
	},
	f64: func(dst, a, b []float64) {
		for i, v := range a {
			dst[i] = math.Hypot(v, b[i])
		}
	}}

// Hypot returns √(t² + o²) without overflow. PyTorch: torch.hypot.
func (t *Tensor) Hypot(o *Tensor) *Tensor {
	a, b := align("hypot", t, o, floatOf(promote(t, o)))
	out := hypotKernel.compute(a, b)
	if c := record(out, "hypot", hypotBackward, a, b); c != nil {
		c.Save(a, b, out)
	}
	return out
}

func hypotBackward(c *Context, g *Tensor) []*Tensor {
	s := g.Div(c.Saved(2))
	return c.gives(s.Mul(c.Saved(0)), s.Mul(c.Saved(1)))
}

// Deg2Rad converts degrees to radians. PyTorch: torch.deg2rad.
func (t *Tensor) Deg2Rad() *Tensor { return t.MulScalar(math.Pi / 180) }

// Rad2Deg converts radians to degrees. PyTorch: torch.rad2deg.
func (t *Tensor) Rad2Deg() *Tensor { return t.MulScalar(180 / math.Pi) }

package dl

import "math"

func powRow32(dst, a, b []float32) {
	for i, v := range a {
		dst[i] = powNear(v, float64(b[i]))
	}
}

// powNear is x to the power p rounded to float32.
func powNear(x float32, p float64) float32 {
	if v := float64(x); v > 0 && v <= math.MaxFloat32 {
		if e := p * logNear(v); e > -1000 && e < 1000 {
			return float32(expNear(e))
		}
	}
	return float32(math.Pow(float64(x), p))
}

func powRow64(dst, a, b []float64) {
	for i, v := range a {
		dst[i] = math.Pow(v, b[i])
	}
}

// Pow returns every element to the power p. Integers stay integers when p is a
// whole number that is not negative. PyTorch: torch.pow(t, number).
func (t *Tensor) Pow(p float64) *Tensor {
	needCompute("pow", t)
	if !t.dtype.IsFloat() {
		if p < 0 || p != math.Trunc(p) {
			t = t.To(Float32)
		} else {
			return t.powInt(int(p))
		}
	}
	switch p {
	case 1:
		return t.Clone()
	case 2:
		return t.Square()
	case -0.5:
		return t.Rsqrt()
	case 0.5:
		return t.Sqrt()
	case -1:
		return t.Reciprocal()
	}
	var out *Tensor
	if t.dtype == Float32 {
		out = runUnary(t, func(dst, a []float32) { powerRow32(dst, a, p) })
	} else {
		out = runUnary(t, func(dst, a []float64) {
			for i, v := range a {
				dst[i] = math.Pow(v, p)
			}
		})
	}
	if c := record(out, "pow", powBackward, t); c != nil {
		c.Save(t)
		c.f = p
	}
	return out
}

// powerRow32 multiplies out small halves of whole numbers in float64, where
// the rounding of a few products does not reach float32.
func powerRow32(dst, a []float32, p float64) {
	if twice := 2 * math.Abs(p); twice != math.Trunc(twice) || twice > 16 {
		for i, v := range a {
			dst[i] = powNear(v, p)
		}
		return
	}
	if p == 3 {
		for i, v := range a {
			dst[i] = v * v * v
		}
		return
	}
	whole, half := int(math.Abs(p)), p != math.Trunc(p)
	for i, v := range a {
		x := float64(v)
		if half && (x == 0 || math.IsInf(x, -1)) {
			x = math.Abs(x) // the two negative numbers that pow gives a positive result for
		}
		r := 1.0
		for b, k := x, whole; k > 0; k >>= 1 {
			if k&1 == 1 {
				r *= b
			}
			b *= b
		}
		if half {
			r *= math.Sqrt(x)
		}
		if p < 0 {
			r = 1 / r
		}
		dst[i] = float32(r)
	}
}

func powBackward(c *Context, g *Tensor) []*Tensor {
	if c.f == 0 {
		return c.gives(ZerosLike(g))
	}
	return c.gives(g.Mul(c.Saved(0).Pow(c.f - 1).MulScalar(c.f)))
}

// powInt multiplies by repeated squaring.
func (t *Tensor) powInt(p int) *Tensor {
	base := t
	if t.dtype == Bool {
		base = t.To(Int64)
	}
	out := OnesLike(base)
	for ; p > 0; p >>= 1 {
		if p&1 == 1 {
			out = out.Mul(base)
		}
		base = base.Mul(base)
	}
	return out
}

var powKernel = &binaryKernel{name: "pow", f32: powRow32, f64: powRow64}

// PowTensor returns t to the powers o, with broadcasting.
// PyTorch: torch.pow(t, tensor).
func (t *Tensor) PowTensor(o *Tensor) *Tensor {
	a, b := align("pow", t, o, floatOf(promote(t, o)))
	out := powKernel.compute(a, b)
	if c := record(out, "pow", powTensorBackward, a, b); c != nil {
		c.Save(a, b, out)
	}
	return out
}

func powTensorBackward(c *Context, g *Tensor) []*Tensor {
	a, b := c.Saved(0), c.Saved(1)
	var da, db *Tensor
	if c.Needs(0) {
		da = g.Mul(b.Mul(a.PowTensor(b.SubScalar(1)))).MaskedFill(b.EqScalar(0), 0)
	}
	if c.Needs(1) {
		// 0ᵇ does not change with b > 0, where the logarithm is -Inf.
		db = g.Mul(c.Saved(2).Mul(a.Log())).MaskedFill(a.EqScalar(0).And(b.GeScalar(0)), 0)
	}
	return c.gives(da, db)
}

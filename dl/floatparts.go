package dl

import "math"

// The parts of a floating-point number.

var fmaxKernel = numbersOf("fmax", func(x, y float64) float64 {
	if math.IsNaN(x) || y > x {
		return y
	}
	return x
})

var fminKernel = numbersOf("fmin", func(x, y float64) float64 {
	if math.IsNaN(x) || y < x {
		return y
	}
	return x
})

// numbersOf is an operation on two floating-point numbers, whose float32 form
// is that of float64, rounded.
func numbersOf(name string, f func(x, y float64) float64) *binaryKernel {
	return &binaryKernel{name: name,
		f32: func(dst, a, b []float32) {
			for i, v := range a {
				dst[i] = float32(f(float64(v), float64(b[i])))
			}
		},
		f64: func(dst, a, b []float64) {
			for i, v := range a {
				dst[i] = f(v, b[i])
			}
		}}
}

// FMax returns the larger number of each pair, the other one where one is NaN.
// Where both are equal each gets half the gradient. PyTorch: torch.fmax.
func (t *Tensor) FMax(o *Tensor) *Tensor {
	return t.ofNumbers(o, fmaxKernel, fmaxBackward, (*Tensor).Maximum)
}

// FMin returns the smaller number of each pair, the other one where one is NaN.
// Where both are equal each gets half the gradient. PyTorch: torch.fmin.
func (t *Tensor) FMin(o *Tensor) *Tensor {
	return t.ofNumbers(o, fminKernel, fminBackward, (*Tensor).Minimum)
}

// ofNumbers is for floating-point numbers; whole ones, which know no NaN, go to
// the plain operation.
func (t *Tensor) ofNumbers(o *Tensor, k *binaryKernel, back func(*Context, *Tensor) []*Tensor, whole func(t, o *Tensor) *Tensor) *Tensor {
	dt := promote(t, o)
	if !dt.IsFloat() {
		return whole(t, o)
	}
	a, b := align(k.name, t, o, dt)
	out := k.compute(a, b)
	if c := record(out, k.name, back, a, b); c != nil {
		c.Save(a, b)
	}
	return out
}

func fmaxBackward(c *Context, g *Tensor) []*Tensor {
	return numberBackward(c, g, (*Tensor).Gt)
}

func fminBackward(c *Context, g *Tensor) []*Tensor {
	return numberBackward(c, g, (*Tensor).Lt)
}

// numberBackward gives the gradient to whom wins, or half of it at a tie.
func numberBackward(c *Context, g *Tensor, wins func(a, b *Tensor) *Tensor) []*Tensor {
	a, b := c.Saved(0).Detach(), c.Saved(1).Detach()
	tie := a.Eq(b).To(g.dtype).MulScalar(0.5)
	toA := wins(a, b).Or(b.IsNaN()).To(g.dtype).Add(tie)
	return c.gives(g.Mul(toA), g.Mul(toA.Neg().AddScalar(1)))
}

// Frexp splits numbers into a mantissa of absolute value in [½, 1) and an int32
// exponent: t = mantissa·2^exponent. PyTorch: torch.frexp.
func (t *Tensor) Frexp() (mantissa, exponent *Tensor) {
	needFloat("frexp", t)
	exps := FullLike(t.Detach(), 0).To(Int32)
	e, x := span[int32](exps), t.Detach().Contiguous()
	for i := range x.n {
		_, k := math.Frexp(x.get(x.offset + i))
		e[i] = int32(k)
	}
	out := x.scaledBy(exps, -1)
	if c := record(out, "frexp", frexpBackward, t); c != nil {
		c.Save(exps)
	}
	return out, exps
}

func frexpBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.scaledBy(c.Saved(0), -1)) }

// Ldexp returns t·2^o. PyTorch: torch.ldexp.
func (t *Tensor) Ldexp(o *Tensor) *Tensor {
	dt := floatOf(t.dtype)
	if o.dtype.IsFloat() {
		return t.To(floatOf(promote(t, o))).Mul(o.Exp2())
	}
	var buf [8]int
	shape := broadcastShape("ldexp", t, o, buf[:0])
	return t.To(dt).stretchTo(shape).scaledBy(o.To(Int32).stretchTo(shape).Contiguous(), 1)
}

// scaledBy is t·2^(sign·e) for int32 exponents of t's shape.
func (t *Tensor) scaledBy(e *Tensor, sign int) *Tensor {
	out := empty(t.dtype, t.shape)
	x, exps := t.Detach().Contiguous(), span[int32](e)
	for i := range out.n {
		out.put(i, math.Ldexp(x.get(x.offset+i), sign*int(exps[i])))
	}
	if c := record(out, "ldexp", scaledByBackward, t); c != nil {
		c.Save(e)
		c.i = sign
	}
	return out
}

func scaledByBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.scaledBy(c.Saved(0), c.i))
}

var nextAfterKernel = &binaryKernel{name: "nextafter",
	f32: func(dst, a, b []float32) {
		for i, v := range a {
			dst[i] = math.Nextafter32(v, b[i])
		}
	},
	f64: func(dst, a, b []float64) {
		for i, v := range a {
			dst[i] = math.Nextafter(v, b[i])
		}
	}}

// NextAfter returns the number next to t in the direction of o. It has no
// gradient. PyTorch: torch.nextafter.
func (t *Tensor) NextAfter(o *Tensor) *Tensor {
	return nextAfterKernel.compute(align("nextafter", t.Detach(), o.Detach(), floatOf(promote(t, o))))
}

// SignBit reports which elements are negative, -0 and negative NaN among them,
// as Bool. PyTorch: torch.signbit.
func (t *Tensor) SignBit() *Tensor { return t.test(math.Signbit) }

// IsPosInf reports which elements are +Inf, as Bool. PyTorch: torch.isposinf.
func (t *Tensor) IsPosInf() *Tensor { return t.test(func(v float64) bool { return math.IsInf(v, 1) }) }

// IsNegInf reports which elements are -Inf, as Bool. PyTorch: torch.isneginf.
func (t *Tensor) IsNegInf() *Tensor { return t.test(func(v float64) bool { return math.IsInf(v, -1) }) }

// test asks each element.
func (t *Tensor) test(f func(float64) bool) *Tensor {
	out := empty(Bool, t.shape)
	x, s := t.Detach().Contiguous(), span[uint8](out)
	for i := range s {
		s[i] = bit(f(x.get(x.offset + i)))
	}
	return out
}

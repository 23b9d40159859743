package dl

import "math"

// modulo32 and the like make row functions of a function of two float64.
func rows32(f func(a, b float64) float64) func(dst, a, b []float32) {
	return func(dst, a, b []float32) {
		for i, v := range a {
			dst[i] = float32(f(float64(v), float64(b[i])))
		}
	}
}

func rows64(f func(a, b float64) float64) func(dst, a, b []float64) {
	return func(dst, a, b []float64) {
		for i, v := range a {
			dst[i] = f(v, b[i])
		}
	}
}

// fmod is math.Mod for what were float32: quotients below 2^24 times b, and
// what they leave of a, are exact in float64.
func fmod(a, b float64) float64 {
	x, y := math.Abs(a), math.Abs(b)
	q := x / y
	if !(q < 1<<24 && y <= math.MaxFloat32) { // NaN too
		return math.Mod(a, b)
	}
	r := x - float64(int64(q))*y
	if r < 0 { // the quotient was rounded up to a whole one
		r += y
	}
	return math.Copysign(r, a)
}

// remainder has the sign of the divisor, as % in Python.
func remainder(a, b float64) float64 { return signed(math.Mod(a, b), b) }

func remainder32(a, b float64) float64 { return signed(fmod(a, b), b) }

// signed gives a remainder m of dividing by b the sign of b.
func signed(m, b float64) float64 {
	if m != 0 && (m < 0) != (b < 0) {
		m += b
	}
	return m
}

func floorDiv(a, b float64) float64 {
	if b == 0 {
		return a / b
	}
	q := (a - remainder(a, b)) / b // whole but for rounding
	f := math.Floor(q)
	if q-f > 0.5 {
		f++
	}
	return f
}

func remainderInt[T int64 | int32 | uint8](dst, a, b []T) {
	for i, v := range a {
		m := v % nonzero("remainder", b[i])
		if m != 0 && (m < 0) != (b[i] < 0) {
			m += b[i]
		}
		dst[i] = m
	}
}

func fmodInt[T int64 | int32 | uint8](dst, a, b []T) {
	for i, v := range a {
		dst[i] = v % nonzero("fmod", b[i])
	}
}

func floorDivInt[T int64 | int32 | uint8](dst, a, b []T) {
	for i, v := range a {
		q := v / nonzero("floor div", b[i])
		if q*b[i] != v && (v < 0) != (b[i] < 0) {
			q--
		}
		dst[i] = q
	}
}

func nonzero[T int64 | int32 | uint8](op string, b T) T {
	if b == 0 {
		panic(&Error{Op: op, Got: "an integer division by zero", Want: "divisors that are not zero", Hint: "convert to float for Inf and NaN"})
	}
	return b
}

var (
	remainderKernel = &binaryKernel{name: "remainder", f32: rows32(remainder32), f64: rows64(remainder),
		i64: remainderInt[int64], i32: remainderInt[int32], u8: remainderInt[uint8]}
	fmodKernel = &binaryKernel{name: "fmod", f32: rows32(fmod), f64: rows64(math.Mod),
		i64: fmodInt[int64], i32: fmodInt[int32], u8: fmodInt[uint8]}
	floorDivKernel = &binaryKernel{name: "floor div", f32: rows32(floorDiv), f64: rows64(floorDiv),
		i64: floorDivInt[int64], i32: floorDivInt[int32], u8: floorDivInt[uint8]}
	copySignKernel = &binaryKernel{name: "copysign", f32: rows32(math.Copysign), f64: rows64(math.Copysign)}
)

// Remainder returns what is left of dividing t by o, with the sign of o, as %
// in Python. PyTorch: torch.remainder, %.
func (t *Tensor) Remainder(o *Tensor) *Tensor {
	return modulo(remainderKernel, t, o, remainderBackward)
}

// Fmod returns what is left of dividing t by o, with the sign of t, as % in Go.
// PyTorch: torch.fmod.
func (t *Tensor) Fmod(o *Tensor) *Tensor { return modulo(fmodKernel, t, o, fmodBackward) }

func modulo(k *binaryKernel, t, o *Tensor, back func(c *Context, g *Tensor) []*Tensor) *Tensor {
	a, b := align(k.name, t, o, promote(t, o))
	out := k.compute(a, b)
	if c := record(out, k.name, back, a, b); c != nil {
		c.Save(a, b)
	}
	return out
}

func remainderBackward(c *Context, g *Tensor) []*Tensor {
	var db *Tensor
	if c.Needs(1) {
		db = g.Mul(c.Saved(0).Detach().FloorDiv(c.Saved(1).Detach())).Neg()
	}
	return c.gives(g, db)
}

func fmodBackward(c *Context, g *Tensor) []*Tensor {
	var db *Tensor
	if c.Needs(1) {
		db = g.Mul(c.Saved(0).Detach().Div(c.Saved(1).Detach()).Trunc()).Neg()
	}
	return c.gives(g, db)
}

// FloorDiv returns t/o rounded down. Its gradient is zero.
// PyTorch: torch.floor_divide, //.
func (t *Tensor) FloorDiv(o *Tensor) *Tensor {
	a, b := align("floor div", t, o, promote(t, o))
	out := floorDivKernel.compute(a, b)
	record(out, "floor div", flatBackward2, a, b)
	return out
}

func flatBackward2(c *Context, g *Tensor) []*Tensor { return c.gives(ZerosLike(g), ZerosLike(g)) }

// CopySign returns the absolute value of t with the sign of o.
// PyTorch: torch.copysign.
func (t *Tensor) CopySign(o *Tensor) *Tensor {
	a, b := align("copysign", t, o, floatOf(promote(t, o)))
	out := copySignKernel.compute(a, b)
	if c := record(out, "copysign", copySignBackward, a, b); c != nil {
		c.Save(a, out)
	}
	return out
}

func copySignBackward(c *Context, g *Tensor) []*Tensor {
	x, y := c.Saved(0).Detach(), c.Saved(1).Detach()
	same := y.Div(x).MaskedFill(x.EqScalar(0), 0) // 1, -1, or 0 at zero
	return c.gives(g.Mul(same), ZerosLike(g))
}

// Heaviside returns 0 where t < 0, 1 where t > 0 and o where t is 0.
// PyTorch: torch.heaviside.
func (t *Tensor) Heaviside(o *Tensor) *Tensor {
	x := t.Detach()
	return Where(x.EqScalar(0), o.Detach().To(x.dtype), x.GtScalar(0).To(x.dtype))
}

// NanToNum returns t with other numbers in place of NaN, Inf and -Inf.
// PyTorch: torch.nan_to_num.
func (t *Tensor) NanToNum(nan, posInf, negInf float64) *Tensor {
	if !t.dtype.IsFloat() {
		return t.Clone()
	}
	return t.MaskedFill(t.IsNaN(), nan).
		MaskedFill(t.EqScalar(math.Inf(1)), posInf).MaskedFill(t.EqScalar(math.Inf(-1)), negInf)
}

// AddCMul returns t + v·a·b. PyTorch: torch.addcmul.
func (t *Tensor) AddCMul(a, b *Tensor, v float64) *Tensor { return t.Add(a.Mul(b).MulScalar(v)) }

// AddCDiv returns t + v·a/b. PyTorch: torch.addcdiv.
func (t *Tensor) AddCDiv(a, b *Tensor, v float64) *Tensor { return t.Add(a.Div(b).MulScalar(v)) }

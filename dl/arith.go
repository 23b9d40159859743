package dl

import (
	"math"

	"descent/dl/internal/simd"
)

func addRow[T number](dst, a, b []T) {
	for i := range dst {
		dst[i] = a[i] + b[i]
	}
}

func subRow[T number](dst, a, b []T) {
	for i := range dst {
		dst[i] = a[i] - b[i]
	}
}

func mulRow[T number](dst, a, b []T) {
	for i := range dst {
		dst[i] = a[i] * b[i]
	}
}

func divRow(dst, a, b []float64) {
	for i := range dst {
		dst[i] = a[i] / b[i]
	}
}

var (
	addKernel = &binaryKernel{name: "add", f32: simd.Add, past: simd.StreamAdd, f64: addRow[float64], i64: addRow[int64], i32: addRow[int32], u8: addRow[uint8], b: orRow}
	subKernel = &binaryKernel{name: "sub", f32: simd.Sub, past: simd.StreamSub, f64: subRow[float64], i64: subRow[int64], i32: subRow[int32], u8: subRow[uint8]}
	mulKernel = &binaryKernel{name: "mul", f32: simd.Mul, past: simd.StreamMul, f64: mulRow[float64], i64: mulRow[int64], i32: mulRow[int32], u8: mulRow[uint8], b: andRow}
	divKernel = &binaryKernel{name: "div", f32: simd.Div, f64: divRow}
)

func orRow(dst, a, b []uint8) {
	for i := range dst {
		dst[i] = a[i] | b[i]
	}
}

func andRow(dst, a, b []uint8) {
	for i := range dst {
		dst[i] = a[i] & b[i]
	}
}

// Add returns t + o, with broadcasting. PyTorch: torch.add, +.
func (t *Tensor) Add(o *Tensor) *Tensor {
	a, b := align("add", t, o, promote(t, o))
	out := addKernel.compute(a, b)
	record(out, "add", addBackward, a, b)
	return out
}

func addBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g, g) }

// Sub returns t - o, with broadcasting. PyTorch: torch.sub, -.
func (t *Tensor) Sub(o *Tensor) *Tensor {
	a, b := align("sub", t, o, promote(t, o))
	out := subKernel.compute(a, b)
	record(out, "sub", subBackward, a, b)
	return out
}

func subBackward(c *Context, g *Tensor) []*Tensor {
	var b *Tensor
	if c.Needs(1) {
		b = g.Neg()
	}
	return c.gives(g, b)
}

// Mul returns t · o, element by element, with broadcasting. PyTorch: torch.mul, *.
func (t *Tensor) Mul(o *Tensor) *Tensor {
	a, b := align("mul", t, o, promote(t, o))
	out := mulKernel.compute(a, b)
	if c := record(out, "mul", mulBackward, a, b); c != nil {
		c.Save(keepIf(c.Needs(1), a), keepIf(c.Needs(0), b))
	}
	return out
}

// keepIf is for Save: it avoids keeping what no gradient needs.
func keepIf(need bool, t *Tensor) *Tensor {
	if need {
		return t
	}
	return nil
}

func mulBackward(c *Context, g *Tensor) []*Tensor {
	var a, b *Tensor
	if c.Needs(0) {
		a = g.Mul(c.Saved(1))
	}
	if c.Needs(1) {
		b = g.Mul(c.Saved(0))
	}
	return c.gives(a, b)
}

// Div returns t / o, with broadcasting. Integers are divided as float32.
// PyTorch: torch.div, /.
func (t *Tensor) Div(o *Tensor) *Tensor {
	a, b := align("div", t, o, floatOf(promote(t, o)))
	out := divKernel.compute(a, b)
	if c := record(out, "div", divBackward, a, b); c != nil {
		c.Save(keepIf(c.Needs(1), a), b)
	}
	return out
}

func divBackward(c *Context, g *Tensor) []*Tensor {
	q := c.Saved(1)
	var a, b *Tensor
	d := g.Div(q)
	if c.Needs(0) {
		a = d
	}
	if c.Needs(1) {
		b = d.Mul(c.Saved(0).Div(q)).Neg()
	}
	return c.gives(a, b)
}

// scalarType is the type of an operation of t with the number v: a fraction
// turns integers into float32.
func (t *Tensor) scalarType(op string, v float64) *Tensor {
	needCompute(op, t)
	switch {
	case t.dtype == Bool && v == math.Trunc(v):
		return t.To(Int64)
	case !t.dtype.IsFloat() && v != math.Trunc(v):
		return t.To(Float32)
	}
	return t
}

// scalarOp computes t op v with one row function per type.
func scalarOp(t *Tensor, v float64, f32 func(dst, a []float32, v float32), f64 func(dst, a []float64, v float64),
	i64 func(dst, a []int64, v int64), i32 func(dst, a []int32, v int32), u8 func(dst, a []uint8, v uint8)) *Tensor {
	switch t.dtype {
	case Float32:
		w := float32(v)
		if t.n <= grain && t.IsContiguous() {
			out := blank(Float32, t.shape)
			f32(out.store.f32, t.f32(), w)
			return out
		}
		return runUnary(t, func(dst, a []float32) { f32(dst, a, w) })
	case Float64:
		return runUnary(t, func(dst, a []float64) { f64(dst, a, v) })
	case Int64:
		return runUnary(t, func(dst, a []int64) { i64(dst, a, int64(v)) })
	case Int32:
		return runUnary(t, func(dst, a []int32) { i32(dst, a, int32(v)) })
	}
	return runUnary(t, func(dst, a []uint8) { u8(dst, a, uint8(int64(v))) })
}

func addScalarRow[T number](dst, a []T, v T) {
	for i, x := range a {
		dst[i] = x + v
	}
}

func mulScalarRow[T number](dst, a []T, v T) {
	for i, x := range a {
		dst[i] = x * v
	}
}

// AddScalar returns t + v. PyTorch: t + v.
func (t *Tensor) AddScalar(v float64) *Tensor {
	t = t.scalarType("add", v)
	out := scalarOp(t, v, simd.AddScalar, addScalarRow[float64], addScalarRow[int64], addScalarRow[int32], addScalarRow[uint8])
	record(out, "add", cloneBackward, t)
	return out
}

// SubScalar returns t - v. PyTorch: t - v.
func (t *Tensor) SubScalar(v float64) *Tensor { return t.AddScalar(-v) }

// RSubScalar returns v - t. PyTorch: v - t.
func (t *Tensor) RSubScalar(v float64) *Tensor {
	return t.scalarType("sub", v).Neg().AddScalar(v)
}

// MulScalar returns t · v. PyTorch: t * v.
func (t *Tensor) MulScalar(v float64) *Tensor {
	t = t.scalarType("mul", v)
	out := scalarOp(t, v, simd.MulScalar, mulScalarRow[float64], mulScalarRow[int64], mulScalarRow[int32], mulScalarRow[uint8])
	if c := record(out, "mul", mulScalarBackward, t); c != nil {
		c.f = v
	}
	return out
}

func mulScalarBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.MulScalar(c.f)) }

func divScalarRow32(dst, a []float32, v float32) {
	for i, x := range a {
		dst[i] = x / v
	}
}

func divScalarRow64(dst, a []float64, v float64) {
	for i, x := range a {
		dst[i] = x / v
	}
}

// DivScalar returns t / v; integers become float32. PyTorch: t / v.
func (t *Tensor) DivScalar(v float64) *Tensor {
	needCompute("div", t)
	t = t.To(floatOf(t.dtype))
	out := scalarOp(t, v, divScalarRow32, divScalarRow64, nil, nil, nil)
	if c := record(out, "div", divScalarBackward, t); c != nil {
		c.f = v
	}
	return out
}

func divScalarBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.DivScalar(c.f)) }

// RDivScalar returns v / t. PyTorch: v / t.
func (t *Tensor) RDivScalar(v float64) *Tensor { return FullOf(floatOf(t.dtype), v).Div(t) }

func negRow[T float64 | int64 | int32 | uint8](dst, a []T) {
	for i, v := range a {
		dst[i] = -v
	}
}

var negKernel = &unaryKernel{name: "neg", f32: func(dst, a []float32) { simd.MulScalar(dst, a, -1) }, f64: negRow[float64], i64: negRow[int64], i32: negRow[int32], u8: negRow[uint8]}

// Neg returns -t; Uint8 wraps around. PyTorch: torch.neg.
func (t *Tensor) Neg() *Tensor {
	out := negKernel.compute(t)
	record(out, "neg", negBackward, t)
	return out
}

func negBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Neg()) }

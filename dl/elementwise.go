package dl

import (
	"descent/dl/internal/par"
	"descent/dl/internal/strided"
)

// grain is how many cheap element operations are worth a task of their own.
const grain = 16384

// binaryKernel holds the row functions of an operation on two tensors; a nil
// one means that the operation is not defined on that type.
type binaryKernel struct {
	name string
	f32  func(dst, a, b []float32)
	past func(dst, a, b []float32) // f32 past the caches, or nil
	f64  func(dst, a, b []float64)
	i64  func(dst, a, b []int64)
	i32  func(dst, a, b []int32)
	u8   func(dst, a, b []uint8)
	b    func(dst, a, b []uint8) // for Bool
}

// align brings a and b to one type and one shape, recording conversions and
// stretching, so that the operation itself need not know of broadcasting.
func align(op string, a, b *Tensor, dt DType) (*Tensor, *Tensor) {
	if a.dtype != dt {
		a = a.To(dt)
	}
	if b.dtype != dt {
		b = b.To(dt)
	}
	var buf [8]int
	shape := broadcastShape(op, a, b, buf[:0])
	return a.stretchTo(shape), b.stretchTo(shape)
}

// stretchTo is Expand for a shape that is known to fit.
func (t *Tensor) stretchTo(shape []int) *Tensor {
	if len(shape) == len(t.shape) {
		same := true
		for i, n := range shape {
			if t.shape[i] != n {
				same = false
				break
			}
		}
		if same {
			return t
		}
	}
	var buf [8]int
	v := t.alias(shape, t.stretch(shape, buf[:0]), t.offset)
	if c := record(v, "expand", expandBackward, t); c != nil {
		c.shape = t.Shape()
	}
	return v
}

// compute runs the kernel on aligned tensors and returns a tensor without
// history.
func (k *binaryKernel) compute(a, b *Tensor) *Tensor {
	out := blank(a.dtype, a.shape)
	if out.n == 0 {
		return out
	}
	switch {
	case a.dtype == Float32 && k.f32 != nil:
		if a.IsContiguous() && b.IsContiguous() {
			dst, x, y := out.store.f32, a.f32(), b.f32()
			if out.n <= grain {
				k.f32(dst, x, y)
			} else {
				f := k.f32
				if out.store.stream && k.past != nil {
					f = k.past
				}
				par.For(out.n, grain, func(lo, hi int) { f(dst[lo:hi], x[lo:hi], y[lo:hi]) })
			}
			return out
		}
		runBinary(out, a, b, k.f32)
	case a.dtype == Float64 && k.f64 != nil:
		runBinary(out, a, b, k.f64)
	case a.dtype == Int64 && k.i64 != nil:
		runBinary(out, a, b, k.i64)
	case a.dtype == Int32 && k.i32 != nil:
		runBinary(out, a, b, k.i32)
	case a.dtype == Uint8 && k.u8 != nil:
		runBinary(out, a, b, k.u8)
	case a.dtype == Bool && k.b != nil:
		runBinary(out, a, b, k.b)
	default:
		k.undefined(a, b)
	}
	return out
}

func (k *binaryKernel) undefined(a, b *Tensor) {
	hint := "convert them first: t.To(dl.Float32)"
	fail(k.name, "tensors of "+a.dtype.String(), "a type that "+k.name+" is defined on", hint, a, b)
}

func runBinary[T, D element](out, a, b *Tensor, f func(dst []D, a, b []T)) {
	strided.Map2(span[D](out), out.shape, slice[T](a.store)[a.offset:], a.strides,
		slice[T](b.store)[b.offset:], b.strides, f)
}

// unaryKernel holds the row functions of an operation on one tensor.
type unaryKernel struct {
	name string
	f32  func(dst, a []float32)
	past func(dst, a []float32) // f32 past the caches, or nil
	f64  func(dst, a []float64)
	i64  func(dst, a []int64)
	i32  func(dst, a []int32)
	u8   func(dst, a []uint8)
}

// compute runs the kernel and returns a tensor without history. Integers are
// converted to float32 when the operation has no form for them.
func (k *unaryKernel) compute(t *Tensor) *Tensor {
	needCompute(k.name, t)
	switch {
	case t.dtype == Int64 && k.i64 != nil:
		return runUnary(t, k.i64)
	case t.dtype == Int32 && k.i32 != nil:
		return runUnary(t, k.i32)
	case t.dtype == Uint8 && k.u8 != nil:
		return runUnary(t, k.u8)
	case t.dtype == Float64:
		return runUnary(t, k.f64)
	}
	t = t.To(Float32)
	out := blank(Float32, t.shape)
	f := k.f32
	if out.store.stream && k.past != nil && t.IsContiguous() {
		f = k.past
	}
	return mapInto(out, t, f)
}

func runUnary[T element](t *Tensor, f func(dst, a []T)) *Tensor {
	return mapInto(blank(t.dtype, t.shape), t, f)
}

// mapInto sets out, which is contiguous, to f of t.
func mapInto[T element](out, t *Tensor, f func(dst, a []T)) *Tensor {
	if out.n > 0 {
		strided.Map1(span[T](out), out.shape, slice[T](t.store)[t.offset:], t.strides, f)
	}
	return out
}

// each64 and each32 make row functions of a function of one float64.
func each64(f func(float64) float64) func(dst, a []float64) {
	return func(dst, a []float64) {
		for i, v := range a {
			dst[i] = f(v)
		}
	}
}

func each32(f func(float64) float64) func(dst, a []float32) {
	return func(dst, a []float32) {
		for i, v := range a {
			dst[i] = float32(f(float64(v)))
		}
	}
}

package dl

import (
	"fmt"
	"math"

	"descent/dl/internal/strided"
)

// comparison is one of the six relations.
type comparison uint8

const (
	eq comparison = iota
	ne
	lt
	le
	gt
	ge
)

var comparisonNames = [...]string{"eq", "ne", "lt", "le", "gt", "ge"}

func compareRow[T number](rel comparison, dst []uint8, a, b []T) {
	switch rel {
	case eq:
		for i := range dst {
			dst[i] = bit(a[i] == b[i])
		}
	case ne:
		for i := range dst {
			dst[i] = bit(a[i] != b[i])
		}
	case lt:
		for i := range dst {
			dst[i] = bit(a[i] < b[i])
		}
	case le:
		for i := range dst {
			dst[i] = bit(a[i] <= b[i])
		}
	case gt:
		for i := range dst {
			dst[i] = bit(a[i] > b[i])
		}
	case ge:
		for i := range dst {
			dst[i] = bit(a[i] >= b[i])
		}
	}
}

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

func (t *Tensor) compare(rel comparison, o *Tensor) *Tensor {
	name := comparisonNames[rel]
	a, b := align(name, t.Detach(), o.Detach(), promote(t, o))
	needCompute(name, a)
	switch a.dtype {
	case Float32:
		return runCompare[float32](rel, a, b)
	case Float64:
		return runCompare[float64](rel, a, b)
	case Int64:
		return runCompare[int64](rel, a, b)
	case Int32:
		return runCompare[int32](rel, a, b)
	}
	return runCompare[uint8](rel, a, b)
}

func runCompare[T number](rel comparison, a, b *Tensor) *Tensor {
	out := empty(Bool, a.shape)
	if out.n > 0 {
		strided.Map2(span[uint8](out), out.shape, slice[T](a.store)[a.offset:], a.strides, slice[T](b.store)[b.offset:], b.strides,
			func(dst []uint8, x, y []T) { compareRow(rel, dst, x, y) })
	}
	return out
}

// compareScalar compares with a number, in t's type unless that cannot hold it.
func (t *Tensor) compareScalar(rel comparison, v float64) *Tensor {
	s := FullOf(Float64, v)
	if t.dtype == Float32 {
		s = FullOf(Float32, v)
	} else if !t.dtype.IsFloat() && v == math.Trunc(v) && t.dtype != Bool && (t.dtype != Uint8 || v >= 0 && v < 256) {
		s = FullOf(t.dtype, v)
	}
	return t.compare(rel, s)
}

// Eq returns where t == o, as a bool tensor. PyTorch: torch.eq.
func (t *Tensor) Eq(o *Tensor) *Tensor { return t.compare(eq, o) }

// Ne returns where t != o. PyTorch: torch.ne.
func (t *Tensor) Ne(o *Tensor) *Tensor { return t.compare(ne, o) }

// Lt returns where t < o. PyTorch: torch.lt.
func (t *Tensor) Lt(o *Tensor) *Tensor { return t.compare(lt, o) }

// Le returns where t <= o. PyTorch: torch.le.
func (t *Tensor) Le(o *Tensor) *Tensor { return t.compare(le, o) }

// Gt returns where t > o. PyTorch: torch.gt.
func (t *Tensor) Gt(o *Tensor) *Tensor { return t.compare(gt, o) }

// Ge returns where t >= o. PyTorch: torch.ge.
func (t *Tensor) Ge(o *Tensor) *Tensor { return t.compare(ge, o) }

// EqScalar returns where t == v. PyTorch: t == v.
func (t *Tensor) EqScalar(v float64) *Tensor { return t.compareScalar(eq, v) }

// NeScalar returns where t != v. PyTorch: t != v.
func (t *Tensor) NeScalar(v float64) *Tensor { return t.compareScalar(ne, v) }

// LtScalar returns where t < v. PyTorch: t < v.
func (t *Tensor) LtScalar(v float64) *Tensor { return t.compareScalar(lt, v) }

// LeScalar returns where t <= v. PyTorch: t <= v.
func (t *Tensor) LeScalar(v float64) *Tensor { return t.compareScalar(le, v) }

// GtScalar returns where t > v. PyTorch: t > v.
func (t *Tensor) GtScalar(v float64) *Tensor { return t.compareScalar(gt, v) }

// GeScalar returns where t >= v. PyTorch: t >= v.
func (t *Tensor) GeScalar(v float64) *Tensor { return t.compareScalar(ge, v) }

// IsNaN returns where t is not a number. PyTorch: torch.isnan.
func (t *Tensor) IsNaN() *Tensor { return t.compare(ne, t) }

// IsInf returns where t is infinite. PyTorch: torch.isinf.
func (t *Tensor) IsInf() *Tensor {
	if !t.dtype.IsFloat() {
		return ZerosOf(Bool, t.shape...)
	}
	return t.Abs().compareScalar(eq, math.Inf(1))
}

// IsFinite returns where t is neither infinite nor NaN. PyTorch: torch.isfinite.
func (t *Tensor) IsFinite() *Tensor {
	if !t.dtype.IsFloat() {
		return FullOf(Bool, 1, t.shape...)
	}
	return t.Abs().compareScalar(ne, math.Inf(1)).And(t.compare(eq, t))
}

func notRow(dst, a []uint8) {
	for i, v := range a {
		dst[i] = v ^ 1
	}
}

func xorRow(dst, a, b []uint8) {
	for i := range dst {
		dst[i] = a[i] ^ b[i]
	}
}

var (
	andKernel = &binaryKernel{name: "and", b: andRow}
	orKernel  = &binaryKernel{name: "or", b: orRow}
	xorKernel = &binaryKernel{name: "xor", b: xorRow}
)

func (t *Tensor) logic(k *binaryKernel, o *Tensor) *Tensor {
	a, b := align(k.name, t.Detach(), o.Detach(), Bool)
	return k.compute(a, b)
}

// And returns where both t and o are true (not zero). PyTorch: torch.logical_and.
func (t *Tensor) And(o *Tensor) *Tensor { return t.logic(andKernel, o) }

// Or returns where t or o is true. PyTorch: torch.logical_or.
func (t *Tensor) Or(o *Tensor) *Tensor { return t.logic(orKernel, o) }

// Xor returns where exactly one of t and o is true. PyTorch: torch.logical_xor.
func (t *Tensor) Xor(o *Tensor) *Tensor { return t.logic(xorKernel, o) }

// Not returns where t is false (zero). PyTorch: torch.logical_not.
func (t *Tensor) Not() *Tensor { return runUnary(t.Detach().To(Bool), notRow) }

// Equal reports whether t and o have the same shape and equal elements.
// PyTorch: torch.equal.
func Equal(t, o *Tensor) bool {
	if shapeText(t.shape) != shapeText(o.shape) {
		return false
	}
	return t.Eq(o).All().Item() == 1
}

// Equal is the function Equal as a method. PyTorch: Tensor.equal.
func (t *Tensor) Equal(o *Tensor) bool { return Equal(t, o) }

// AllClose is the function AllClose as a method. PyTorch: Tensor.allclose.
func (t *Tensor) AllClose(o *Tensor, rtol, atol float64) bool { return AllClose(t, o, rtol, atol) }

// IsClose returns where |t-o| <= atol + rtol·|o|. NaN is close to nothing.
// PyTorch: torch.isclose.
func (t *Tensor) IsClose(o *Tensor, rtol, atol float64) *Tensor {
	a, b := t.Detach().To(Float64), o.Detach().To(Float64)
	near := a.Sub(b).Abs().Le(b.Abs().MulScalar(rtol).AddScalar(atol)).And(b.IsFinite())
	return near.Or(a.Eq(b))
}

// AllClose reports whether every element of t is close to that of o.
// PyTorch: torch.allclose.
func AllClose(t, o *Tensor, rtol, atol float64) bool {
	return t.IsClose(o, rtol, atol).All().Item() == 1
}

// All returns whether every element is true (not zero), over the given
// dimensions or all of them. PyTorch: torch.all.
func (t *Tensor) All(dims ...int) *Tensor {
	return t.Not().Sum(dims...).EqScalar(0)
}

// Any returns whether some element is true. PyTorch: torch.any.
func (t *Tensor) Any(dims ...int) *Tensor {
	return t.Detach().To(Bool).Sum(dims...).NeScalar(0)
}

// CountNonzero returns how many elements are not zero, over the given
// dimensions or all of them. PyTorch: torch.count_nonzero.
func (t *Tensor) CountNonzero(dims ...int) *Tensor {
	return t.Detach().To(Bool).Sum(dims...)
}

// needMask checks that a condition is a bool tensor.
func needMask(op string, mask *Tensor) {
	if mask.dtype != Bool {
		fail(op, "a mask of "+mask.dtype.String(), "bool",
			fmt.Sprintf("compare first, as %s, or convert: mask.To(dl.Bool)", "x.GtScalar(0)"), mask)
	}
}

package dl

// DType is the type of a tensor's elements. The zero value is Float32.
//
// PyTorch: torch.dtype.
type DType uint8

// The element types. BFloat16 and Float16 are storage: tensors of these types
// can be made, moved, saved and converted; arithmetic wants Float32 or Float64.
const (
	Float32 DType = iota
	Float64
	Int64
	Int32
	Uint8
	Bool
	BFloat16
	Float16
)

var dtypeNames = [...]string{"float32", "float64", "int64", "int32", "uint8", "bool", "bfloat16", "float16"}
var dtypeSizes = [...]int{4, 8, 8, 4, 1, 1, 2, 2}

// String returns PyTorch's name of the type without its prefix, as "float32".
func (d DType) String() string {
	if int(d) < len(dtypeNames) {
		return dtypeNames[d]
	}
	return "unknown dtype"
}

// Size returns the number of bytes of one element. PyTorch: dtype.itemsize.
func (d DType) Size() int { return dtypeSizes[d] }

// IsFloat reports whether d is a floating-point type. Only Float32 and Float64
// tensors can carry gradients. PyTorch: dtype.is_floating_point.
func (d DType) IsFloat() bool { return d == Float32 || d == Float64 || d == BFloat16 || d == Float16 }

// computes reports whether arithmetic is defined on d.
func (d DType) computes() bool { return d != BFloat16 && d != Float16 }

// differentiable reports whether tensors of type d can carry gradients.
func (d DType) differentiable() bool { return d == Float32 || d == Float64 }

// category orders the kinds of numbers for promotion: bool < integer < float.
func (d DType) category() int {
	switch d {
	case Bool:
		return 0
	case Uint8, Int32, Int64:
		return 1
	}
	return 2
}

// rank orders the types inside promotion; a higher one can hold the lower ones.
func (d DType) rank() int {
	switch d {
	case Bool:
		return 0
	case Uint8:
		return 1
	case Int32:
		return 2
	case Int64:
		return 3
	case Float16, BFloat16:
		return 4
	case Float32:
		return 5
	}
	return 6
}

// promote returns the type of an operation on a and b by PyTorch's rule: a
// zero-dimensional operand only raises the category, never the width.
func promote(a, b *Tensor) DType {
	x, y := a.dtype, b.dtype
	if x == y {
		return x
	}
	if ad, bd := len(a.shape) == 0, len(b.shape) == 0; ad != bd {
		if ad && y.category() >= x.category() {
			return y
		}
		if bd && x.category() >= y.category() {
			return x
		}
	}
	if x.rank() == y.rank() { // float16 with bfloat16
		return Float32
	}
	if x.rank() > y.rank() {
		return x
	}
	return y
}

// floatOf is the type of operations whose result is never an integer.
func floatOf(d DType) DType {
	if d.IsFloat() {
		return d
	}
	return Float32
}

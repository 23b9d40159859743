package dl

import (
	"fmt"
	"math"
)

// Empty returns a tensor of the given shape whose contents are not specified
// (they happen to be zero). PyTorch: torch.empty.
func Empty(shape ...int) *Tensor { return Zeros(shape...) }

// Zeros returns a float32 tensor of zeros; without lengths, a scalar.
// PyTorch: torch.zeros.
func Zeros(shape ...int) *Tensor { return ZerosOf(Float32, shape...) }

// ZerosOf returns a tensor of zeros of type dt. PyTorch: torch.zeros(dtype=…).
func ZerosOf(dt DType, shape ...int) *Tensor {
	checkShape("zeros", shape)
	return empty(dt, shape)
}

// Ones returns a float32 tensor of ones. PyTorch: torch.ones.
func Ones(shape ...int) *Tensor { return Full(1, shape...) }

// Full returns a float32 tensor in which every element is v.
// PyTorch: torch.full.
func Full(v float64, shape ...int) *Tensor { return FullOf(Float32, v, shape...) }

// FullOf returns a tensor of type dt in which every element is v.
// PyTorch: torch.full(dtype=…).
func FullOf(dt DType, v float64, shape ...int) *Tensor {
	checkShape("full", shape)
	t := empty(dt, shape)
	if v != 0 {
		t.Fill(v)
	}
	return t
}

// Scalar returns a float32 tensor without dimensions that holds v.
// PyTorch: torch.tensor(v).
func Scalar(v float64) *Tensor { return Full(v) }

// EmptyLike returns a tensor of t's shape and type with unspecified contents.
// PyTorch: torch.empty_like.
func EmptyLike(t *Tensor) *Tensor { return empty(t.dtype, t.shape) }

// ZerosLike returns zeros of t's shape and type. PyTorch: torch.zeros_like.
func ZerosLike(t *Tensor) *Tensor { return empty(t.dtype, t.shape) }

// OnesLike returns ones of t's shape and type. PyTorch: torch.ones_like.
func OnesLike(t *Tensor) *Tensor { return FullOf(t.dtype, 1, t.shape...) }

// FullLike returns a tensor of t's shape and type filled with v.
// PyTorch: torch.full_like.
func FullLike(t *Tensor, v float64) *Tensor { return FullOf(t.dtype, v, t.shape...) }

// Arange returns start, start+step, … up to but without end, as float32; use
// To(dl.Int64) for integers. PyTorch: torch.arange.
func Arange(start, end, step float64) *Tensor {
	if step == 0 || math.IsNaN(start+end+step) || (end-start)/step < 0 {
		panic(&Error{Op: "arange", Got: fmt.Sprintf("Arange(%g, %g, %g)", start, end, step),
			Want: "a step that leads from start to end"})
	}
	n := int(math.Ceil((end - start) / step))
	t := empty(Float32, []int{n})
	for i := range t.store.f32 {
		t.store.f32[i] = float32(start + float64(i)*step)
	}
	return t
}

// ArangeInt returns start, start+step, … below end as int64.
// PyTorch: torch.arange with integers.
func ArangeInt(start, end, step int) *Tensor {
	if step == 0 || (end-start)*step < 0 {
		panic(&Error{Op: "arange", Got: fmt.Sprintf("ArangeInt(%d, %d, %d)", start, end, step),
			Want: "a step that leads from start to end"})
	}
	n := (end - start + step - sign(step)) / step
	t := empty(Int64, []int{n})
	for i, s := 0, span[int64](t); i < n; i++ {
		s[i] = int64(start + i*step)
	}
	return t
}

func sign(x int) int {
	if x < 0 {
		return -1
	}
	return 1
}

// Linspace returns n numbers at equal distances, start and end included.
// PyTorch: torch.linspace.
func Linspace(start, end float64, n int) *Tensor {
	checkShape("linspace", []int{n})
	t := empty(Float32, []int{n})
	for i := range t.store.f32 {
		// Counting from the nearer end makes both ends exact.
		step := (end - start) / float64(max(n-1, 1))
		if i < n/2 || n == 1 {
			t.store.f32[i] = float32(start + float64(i)*step)
		} else {
			t.store.f32[i] = float32(end - float64(n-1-i)*step)
		}
	}
	return t
}

// Logspace returns base to the powers Linspace(start, end, n).
// PyTorch: torch.logspace.
func Logspace(start, end float64, n int, base float64) *Tensor {
	t := Linspace(start, end, n)
	for i := range t.store.f32 {
		p := start
		if n > 1 {
			p = start + (end-start)*float64(i)/float64(n-1)
		}
		t.store.f32[i] = float32(math.Pow(base, p))
	}
	return t
}

// Eye returns the n×n identity matrix. PyTorch: torch.eye.
func Eye(n int) *Tensor {
	checkShape("eye", []int{n})
	t := empty(Float32, []int{n, n})
	for i := range n {
		t.store.f32[i*(n+1)] = 1
	}
	return t
}

// FromFloat32s returns a tensor of the given shape on data, which is shared,
// not copied. Without a shape it has one dimension. PyTorch: torch.from_numpy.
func FromFloat32s(data []float32, shape ...int) *Tensor {
	return wrap(Float32, &storage{f32: data}, len(data), shape)
}

// FromFloat64s is FromFloat32s for a float64 tensor. PyTorch: torch.from_numpy.
func FromFloat64s(data []float64, shape ...int) *Tensor {
	return wrap(Float64, &storage{ext: data}, len(data), shape)
}

// FromInt64s is FromFloat32s for an int64 tensor. PyTorch: torch.from_numpy.
func FromInt64s(data []int64, shape ...int) *Tensor {
	return wrap(Int64, &storage{ext: data}, len(data), shape)
}

// FromInt32s is FromFloat32s for an int32 tensor. PyTorch: torch.from_numpy.
func FromInt32s(data []int32, shape ...int) *Tensor {
	return wrap(Int32, &storage{ext: data}, len(data), shape)
}

// FromUint8s is FromFloat32s for a uint8 tensor. PyTorch: torch.from_numpy.
func FromUint8s(data []uint8, shape ...int) *Tensor {
	return wrap(Uint8, &storage{ext: data}, len(data), shape)
}

// FromBools returns a bool tensor with a copy of data.
// PyTorch: torch.from_numpy.
func FromBools(data []bool, shape ...int) *Tensor {
	b := make([]uint8, len(data))
	for i, v := range data {
		if v {
			b[i] = 1
		}
	}
	return wrap(Bool, &storage{ext: b}, len(b), shape)
}

// FromBits returns a BFloat16 or Float16 tensor on the given bit patterns,
// which are shared, not copied. PyTorch: Tensor.view(torch.bfloat16).
func FromBits(dt DType, bits []uint16, shape ...int) *Tensor {
	if dt != BFloat16 && dt != Float16 {
		panic(&Error{Op: "from bits", Got: dt.String(), Want: "bfloat16 or float16"})
	}
	return wrap(dt, &storage{ext: bits}, len(bits), shape)
}

// wrap makes a tensor on given memory. The shape nil means one dimension; an
// empty shape that is not nil means a scalar.
func wrap(dt DType, s *storage, n int, shape []int) *Tensor {
	if shape == nil {
		shape = []int{n}
	}
	checkShape("tensor", shape)
	if numel(shape) != n {
		panic(&Error{Op: "tensor", Shapes: [][]int{append([]int{}, shape...)},
			Got:  fmt.Sprintf("%d elements for shape %s", n, shapeText(shape)),
			Want: fmt.Sprintf("%d elements", numel(shape))})
	}
	t := &Tensor{dtype: dt, store: s}
	t.setShape(shape)
	return t
}

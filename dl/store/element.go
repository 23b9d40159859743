package store

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"

	"descent/dl"
)

// element is a type of numbers as files have them. Those that dl has are taken
// as they are; the others become the smallest dl type that holds all of them.
type element uint8

const (
	invalid element = iota
	f16
	bf16
	f32
	f64
	boolean
	i8
	i16
	i32
	i64
	u8
	u16
	u32
	u64
)

var elements = [...]struct {
	name string
	size int
	dt   dl.DType
}{
	f16: {"float16", 2, dl.Float16}, bf16: {"bfloat16", 2, dl.BFloat16}, f32: {"float32", 4, dl.Float32}, f64: {"float64", 8, dl.Float64},
	boolean: {"bool", 1, dl.Bool},
	i8:      {"int8", 1, dl.Int32}, i16: {"int16", 2, dl.Int32}, i32: {"int32", 4, dl.Int32}, i64: {"int64", 8, dl.Int64},
	u8: {"uint8", 1, dl.Uint8}, u16: {"uint16", 2, dl.Int32}, u32: {"uint32", 4, dl.Int64}, u64: {"uint64", 8, dl.Int64},
}

func (e element) String() string  { return elements[e].name }
func (e element) size() int       { return elements[e].size }
func (e element) dtype() dl.DType { return elements[e].dt }

// direct reports whether the bytes in a file are those in a tensor's memory, up
// to their order.
func (e element) direct() bool { return e != boolean && e.dtype().Size() == e.size() && e != u64 }

// elementOf is the type that tensors of dt are written as.
func elementOf(dt dl.DType) element {
	switch dt {
	case dl.Float32:
		return f32
	case dl.Float64:
		return f64
	case dl.Int64:
		return i64
	case dl.Int32:
		return i32
	case dl.Uint8:
		return u8
	case dl.Bool:
		return boolean
	case dl.BFloat16:
		return bf16
	}
	return f16
}

// decode makes a tensor from the bytes of a file.
func (e element) decode(raw []byte, order binary.ByteOrder, shape []int) (*dl.Tensor, error) {
	if shape == nil {
		shape = []int{} // nil would mean one dimension
	}
	if e.direct() {
		t := dl.ZerosOf(e.dtype(), shape...)
		m := memory(t)
		copy(m, raw)
		if order != native {
			swap(m, e.size())
		}
		return t, nil
	}
	n := len(raw) / e.size()
	switch e {
	case boolean:
		b := make([]bool, n)
		for i, v := range raw {
			b[i] = v != 0
		}
		return dl.FromBools(b, shape...), nil
	case i8:
		return widen(n, shape, func(i int) int32 { return int32(int8(raw[i])) }), nil
	case i16:
		return widen(n, shape, func(i int) int32 { return int32(int16(order.Uint16(raw[2*i:]))) }), nil
	case u16:
		return widen(n, shape, func(i int) int32 { return int32(order.Uint16(raw[2*i:])) }), nil
	}
	v := make([]int64, n)
	for i := range v {
		if e == u32 {
			v[i] = int64(order.Uint32(raw[4*i:]))
			continue
		}
		u := order.Uint64(raw[8*i:])
		if u > math.MaxInt64 {
			return nil, fmt.Errorf("element %d is %d, which int64 cannot hold; there is no uint64 here: convert the array before saving it", i, u)
		}
		v[i] = int64(u)
	}
	return dl.FromInt64s(v, shape...), nil
}

func widen(n int, shape []int, at func(i int) int32) *dl.Tensor {
	v := make([]int32, n)
	for i := range v {
		v[i] = at(i)
	}
	return dl.FromInt32s(v, shape...)
}

// maxDims is NumPy's limit.
const maxDims = 64

// count returns the number of elements of a shape and of their bytes. It fails
// when either does not fit an int, before anything is allocated.
func (e element) count(shape []int) (n, size int, err error) {
	if len(shape) > maxDims {
		return 0, 0, fmt.Errorf("%d dimensions; the most that is read is %d", len(shape), maxDims)
	}
	// Lengths that are multiplied must fit also where another one is zero.
	all, n := uint64(e.size()), 1
	for _, d := range shape {
		if d < 0 {
			return 0, 0, fmt.Errorf("shape %v has a negative length", shape)
		}
		hi, lo := bits.Mul64(all, uint64(max(d, 1)))
		if hi != 0 || lo > math.MaxInt {
			return 0, 0, fmt.Errorf("shape %v of %s has more bytes than there are addresses; the header is damaged", shape, e)
		}
		all = lo
		n *= d
	}
	return n, n * e.size(), nil
}

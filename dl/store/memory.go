package store

import (
	"encoding/binary"
	"unsafe"

	"descent/dl"
)

// native is the byte order of this machine.
var native = func() binary.ByteOrder {
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 {
		return binary.LittleEndian
	}
	return binary.BigEndian
}()

// memory returns the bytes of a tensor in row-major order, in the byte order of
// this machine: its own memory when it is contiguous, else that of a copy. The
// bytes of a bool tensor are always a copy, 0 or 1 each.
func memory(t *dl.Tensor) []byte {
	switch t.DType() {
	case dl.Float32:
		return asBytes(t.Float32s())
	case dl.Float64:
		return asBytes(t.Float64s())
	case dl.Int64:
		return asBytes(t.Int64s())
	case dl.Int32:
		return asBytes(t.Int32s())
	case dl.Uint8, dl.Bool:
		return t.Uint8s()
	}
	return asBytes(t.Bits())
}

func asBytes[T uint16 | int32 | int64 | float32 | float64](s []T) []byte {
	if len(s) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&s[0])), len(s)*int(unsafe.Sizeof(s[0])))
}

// onto makes a tensor whose memory is b, which must be aligned and in the byte
// order of this machine.
func onto(e element, b []byte, shape []int) *dl.Tensor {
	if shape == nil {
		shape = []int{} // nil would mean one dimension
	}
	switch e {
	case f32:
		return dl.FromFloat32s(of[float32](b), shape...)
	case f64:
		return dl.FromFloat64s(of[float64](b), shape...)
	case i64:
		return dl.FromInt64s(of[int64](b), shape...)
	case i32:
		return dl.FromInt32s(of[int32](b), shape...)
	case u8:
		return dl.FromUint8s(b, shape...)
	}
	return dl.FromBits(e.dtype(), of[uint16](b), shape...)
}

func of[T uint16 | int32 | int64 | float32 | float64](b []byte) []T {
	var zero T
	if len(b) == 0 {
		return nil
	}
	return unsafe.Slice((*T)(unsafe.Pointer(&b[0])), len(b)/int(unsafe.Sizeof(zero)))
}

// aligned reports whether b may be used as memory of elements of that size.
func aligned(b []byte, size int) bool {
	return len(b) == 0 || uintptr(unsafe.Pointer(&b[0]))%uintptr(size) == 0
}

// swap turns the bytes of every element around.
func swap(b []byte, size int) {
	for i := 0; i+size <= len(b); i += size {
		for l, r := i, i+size-1; l < r; l, r = l+1, r-1 {
			b[l], b[r] = b[r], b[l]
		}
	}
}

// little returns b, the memory of elements of a size, in little-endian order.
func little(b []byte, size int) []byte {
	if native == binary.ByteOrder(binary.LittleEndian) || size == 1 {
		return b
	}
	b = append([]byte(nil), b...)
	swap(b, size)
	return b
}

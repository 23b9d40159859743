package interp

import (
	"encoding/binary"
	"fmt"
	"math"
	"unsafe"
)

// Scratch is memory whose content does not matter in the end.
type Scratch []float32

// Run calls a function with the signature that its arguments have. A slice
// stands for the address of its first element; the function may touch no other
// memory than slices. Run returns the float32 that follows the arguments, in
// case there is a result.
func (p *Program) Run(name string, args ...any) (float32, error) {
	var mem Memory
	var frame []byte
	word := func(v uint64) {
		for len(frame)%8 != 0 {
			frame = append(frame, 0)
		}
		frame = binary.LittleEndian.AppendUint64(frame, v)
	}
	for _, a := range args {
		switch a := a.(type) {
		case int:
			word(uint64(a))
		case uint64:
			word(a)
		case float32:
			frame = binary.LittleEndian.AppendUint32(frame, math.Float32bits(a))
		case []float32:
			word(mem.Floats(a))
		case Scratch:
			word(mem.Floats(a))
		case []int32:
			word(add(&mem, a))
		case []byte:
			word(mem.Bytes(a))
		default:
			return 0, fmt.Errorf("%s: argument of type %T", name, a)
		}
	}
	word(0)
	err := p.Call(name, &mem, frame)
	return math.Float32frombits(binary.LittleEndian.Uint32(frame[len(frame)-8:])), err
}

// Clone copies arguments for another call: slices have memory of their own.
func Clone(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case []float32:
			out[i] = append([]float32(nil), a...)
		case Scratch:
			out[i] = append(Scratch(nil), a...)
		case []int32:
			out[i] = append([]int32(nil), a...)
		case []byte:
			out[i] = append([]byte(nil), a...)
		default:
			out[i] = a
		}
	}
	return out
}

// Pointers returns arguments for a call by reflection: the addresses of
// slices.
func Pointers(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case []float32:
			out[i] = unsafe.SliceData(a)
		case Scratch:
			out[i] = unsafe.SliceData(a)
		case []int32:
			out[i] = unsafe.SliceData(a)
		case []byte:
			out[i] = unsafe.SliceData(a)
		default:
			out[i] = a
		}
	}
	return out
}

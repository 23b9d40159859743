package interp

import (
	"encoding/binary"
	"fmt"
	"unsafe"
)

// Memory is what a program may touch: segments with forbidden space around
// them.
type Memory struct {
	segments [][]byte
}

// Floats makes x part of the memory and returns its address.
func (m *Memory) Floats(x []float32) uint64 { return add(m, x) }

// Words is Floats for integers.
func (m *Memory) Words(x []uint32) uint64 { return add(m, x) }

// Ints is Floats for tables.
func (m *Memory) Ints(x []int) uint64 { return add(m, x) }

// Bytes is Floats for bytes.
func (m *Memory) Bytes(x []byte) uint64 { return add(m, x) }

func add[T any](m *Memory, x []T) uint64 {
	var b []byte
	if len(x) > 0 {
		b = unsafe.Slice((*byte)(unsafe.Pointer(&x[0])), len(x)*int(unsafe.Sizeof(x[0])))
	}
	m.segments = append(m.segments, b)
	return uint64(len(m.segments)) << 32
}

// at returns n bytes at an address.
func (m *Memory) at(a uint64, n int) []byte {
	if s := int(a>>32) - 1; s >= 0 && s < len(m.segments) {
		b, off := m.segments[s], int(uint32(a))
		if off+n <= len(b) {
			return b[off : off+n]
		}
	}
	panic(fmt.Sprintf("access of %d bytes at %#x is out of bounds", n, a))
}

// lanes has the words of a vector register.
type lanes [16]uint32

type machine struct {
	*Memory
	general    [16]uint64
	vector     [32]lanes
	mask       [8]uint64
	zero, less bool   // of the last comparison, signed
	flags      bool   // they are known
	frame      uint64 // address of the arguments
	data       map[string]uint64
	function   *function
	next       int // instruction
}

// maxSteps bounds a call.
const maxSteps = 10_000_000

// Call runs a function. The frame has its parameters and results, as they lie
// in memory.
func (p *Program) Call(name string, mem *Memory, frame []byte) (err error) {
	f := p.functions[name]
	if f == nil {
		return fmt.Errorf("no function %s", name)
	}
	m := &machine{Memory: &Memory{segments: append([][]byte(nil), mem.segments...)}, function: f, data: map[string]uint64{}}
	m.frame = m.Bytes(frame)
	for name, b := range p.data {
		m.data[name] = m.Bytes(b)
	}
	// What registers held must not matter.
	for r := range m.vector {
		for i := range m.vector[r] {
			m.vector[r][i] = 0xffffffff - uint32(r)
		}
	}
	for r := range m.general {
		m.general[r] = 0xdead0000_00000000 + uint64(r)
	}
	for r := range m.mask {
		m.mask[r] = 0xaaaaaaaaaaaaaaaa
	}
	var i *instruction
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%s: %s: %v", m.function.name, i.text, v)
		}
	}()
	for range maxSteps {
		i = &m.function.code[m.next]
		m.next++
		if i.op == "RET" {
			return nil
		}
		i.do(m, i)
	}
	return fmt.Errorf("%s does not end", name)
}

// jump goes to a label.
func (m *machine) jump(o *operand) {
	to, ok := m.function.labels[o.data]
	if !ok {
		panic("no label")
	}
	m.next = to
}

// address computes an effective address.
func (m *machine) address(o *operand) uint64 {
	var a uint64
	switch {
	case o.data == framePointer:
		a = m.frame
	case o.data != "":
		base, ok := m.data[o.data]
		if !ok {
			panic("no data " + o.data)
		}
		a = base
	default:
		a = m.general[o.reg]
	}
	a += uint64(int64(o.disp))
	if o.index >= 0 {
		a += m.general[o.index] * uint64(o.scale)
	}
	return a
}

// word returns the value of an operand of size bytes, without sign.
func (m *machine) word(o *operand, size int) uint64 {
	var v uint64
	switch o.kind {
	case immediate:
		v = uint64(o.imm)
	case general:
		v = m.general[o.reg]
	case vector:
		v = uint64(m.vector[o.reg][0]) | uint64(m.vector[o.reg][1])<<32
	case maskRegister:
		v = m.mask[o.reg]
	case memory:
		var b [8]byte
		copy(b[:], m.at(m.address(o), size))
		v = binary.LittleEndian.Uint64(b[:])
	default:
		panic("unknown operand")
	}
	return v << (64 - 8*size) >> (64 - 8*size)
}

// setWord writes an operand of size bytes; what is above becomes zero.
func (m *machine) setWord(o *operand, v uint64, size int) {
	switch v = v << (64 - 8*size) >> (64 - 8*size); o.kind {
	case general:
		m.general[o.reg] = v
	case maskRegister:
		m.mask[o.reg] = v
	case vector:
		m.vector[o.reg] = lanes{uint32(v), uint32(v >> 32)}
	case memory:
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], v)
		copy(m.at(m.address(o), size), b[:size])
	default:
		panic("cannot be written")
	}
}

// lanes returns n words of a vector operand; those of memory that has does
// not name are not read.
func (m *machine) lanes(o *operand, n int, has uint64) (x lanes) {
	switch {
	case o.kind == vector:
		copy(x[:n], m.vector[o.reg][:n])
	case o.kind != memory:
		panic("not a vector")
	default:
		a := m.address(o)
		for i := range n {
			if has>>i&1 != 0 {
				x[i] = binary.LittleEndian.Uint32(m.at(a+uint64(4*i), 4))
			}
		}
	}
	return x
}

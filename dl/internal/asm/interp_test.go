package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"

	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// machine interprets the instructions of avo functions, so that kernels for
// processors that the test does not run on are still verified. It knows the
// instructions that the kernels of package gemm use, and stops at any other.
// Memory consists of segments with forbidden space around them.
type machine struct {
	gp     [16]uint64
	vec    [32][64]byte
	k      [8]uint64
	zero   bool // flags of the last comparison
	less   bool // signed
	param  uint64
	memory []segment
	steps  int
}

type segment struct {
	base uint64
	data []byte
}

// floats adds a segment with a copy of x and returns its address.
func (m *machine) floats(x []float32) uint64 {
	b := make([]byte, 4*len(x))
	for i, v := range x {
		binary.LittleEndian.PutUint32(b[4*i:], math.Float32bits(v))
	}
	return m.segment(b)
}

// ints adds a segment with a table.
func (m *machine) ints(x []int) uint64 {
	b := make([]byte, 8*len(x))
	for i, v := range x {
		binary.LittleEndian.PutUint64(b[8*i:], uint64(v))
	}
	return m.segment(b)
}

func (m *machine) segment(b []byte) uint64 {
	base := uint64(1+len(m.memory)) << 32
	m.memory = append(m.memory, segment{base, b})
	return base
}

// readFloats returns the floats of the segment at an address.
func (m *machine) readFloats(at uint64, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = math.Float32frombits(binary.LittleEndian.Uint32(m.bytes(at+uint64(4*i), 4)))
	}
	return x
}

// bytes returns n bytes of memory; out of bounds is an error.
func (m *machine) bytes(at uint64, n int) []byte {
	if i := int(at>>32) - 1; i >= 0 && i < len(m.memory) {
		s := m.memory[i]
		if off := at - s.base; off+uint64(n) <= uint64(len(s.data)) {
			return s.data[off : off+uint64(n)]
		}
	}
	panic(fmt.Sprintf("access of %d bytes at %#x is out of bounds", n, at))
}

// run interprets a function whose only parameter is an address.
func (m *machine) run(fn *ir.Function, param uint64) (err error) {
	m.param = param
	labels := map[string]int{}
	var code []*ir.Instruction
	for _, n := range fn.Nodes {
		switch n := n.(type) {
		case ir.Label:
			labels[string(n)] = len(code)
		case *ir.Instruction:
			code = append(code, n)
		}
	}
	pc := 0
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%s: instruction %d: %s: %v", fn.Name, pc, text(code[pc]), v)
		}
	}()
	for m.steps = 0; ; m.steps++ {
		if m.steps > 10_000_000 {
			panic("does not end")
		}
		i := code[pc]
		if i.Opcode == "RET" {
			return nil
		}
		if i.IsBranch {
			if m.taken(i.Opcode) {
				pc = labels[string(*i.TargetLabel())]
				continue
			}
		} else {
			m.step(i)
		}
		pc++
	}
}

func text(i *ir.Instruction) string {
	var ops []string
	for _, o := range i.Operands {
		ops = append(ops, o.Asm())
	}
	return i.OpcodeWithSuffixes() + " " + strings.Join(ops, ", ")
}

func (m *machine) taken(op string) bool {
	switch op {
	case "JMP":
		return true
	case "JZ":
		return m.zero
	case "JNZ":
		return !m.zero
	case "JL":
		return m.less
	case "JGE":
		return !m.less
	case "JLE":
		return m.less || m.zero
	case "JG":
		return !m.less && !m.zero
	}
	panic("unknown branch")
}

func index(o operand.Op) int { return int(o.(reg.Physical).PhysicalIndex()) }

// address computes an effective address.
func (m *machine) address(o operand.Mem) uint64 {
	if o.Base == reg.FramePointer {
		panic("address of a parameter")
	}
	a := m.gp[index(o.Base)] + uint64(int64(o.Disp))
	if o.Index != nil && o.Scale != 0 {
		a += m.gp[index(o.Index)] * uint64(o.Scale)
	}
	return a
}

// word returns the value of a 64-bit operand.
func (m *machine) word(o operand.Op) uint64 {
	switch o := o.(type) {
	case operand.Mem:
		if o.Base == reg.FramePointer {
			return m.param
		}
		return binary.LittleEndian.Uint64(m.bytes(m.address(o), 8))
	case operand.U8:
		return uint64(int64(int8(o)))
	case operand.U32:
		return uint64(int64(int32(o)))
	case operand.I32:
		return uint64(int64(o))
	case reg.Register:
		v := m.gp[index(o)]
		if o.Size() == 4 {
			v &= math.MaxUint32
		}
		return v
	}
	panic("unknown operand")
}

func (m *machine) setWord(o operand.Op, v uint64) {
	if mem, ok := o.(operand.Mem); ok {
		binary.LittleEndian.PutUint64(m.bytes(m.address(mem), 8), v)
		return
	}
	m.gp[index(o)] = v
}

// size returns the width of a vector register in bytes.
func size(o operand.Op) int { return int(o.(reg.Register).Size()) }

// lanes returns the n/4 words of a vector operand.
func (m *machine) lanes(o operand.Op, n int) []uint32 {
	var b []byte
	if mem, ok := o.(operand.Mem); ok {
		b = m.bytes(m.address(mem), n)
	} else {
		b = m.vec[index(o)][:n]
	}
	w := make([]uint32, n/4)
	for i := range w {
		w[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return w
}

// setLanes writes a register; what is above becomes zero.
func (m *machine) setLanes(o operand.Op, w []uint32) {
	r := &m.vec[index(o)]
	*r = [64]byte{}
	for i, v := range w {
		binary.LittleEndian.PutUint32(r[4*i:], v)
	}
}

func float(w uint32) float32 { return math.Float32frombits(w) }

// lanewise computes a three-operand instruction; a and b are the second and
// the first source in Intel's order.
func (m *machine) lanewise(i *ir.Instruction, f func(b, a uint32) uint32) {
	n := size(i.Operands[2])
	b, a := m.lanes(i.Operands[0], n), m.lanes(i.Operands[1], n)
	out := make([]uint32, n/4)
	for k := range out {
		out[k] = f(b[k], a[k])
	}
	m.setLanes(i.Operands[2], out)
}

func (m *machine) arith(i *ir.Instruction, f func(b, a float32) float32) {
	m.lanewise(i, func(b, a uint32) uint32 { return math.Float32bits(f(float(b), float(a))) })
}

// interleave computes the unpack instructions: words of width w from the low
// or the high half of every 128 bits.
func (m *machine) interleave(i *ir.Instruction, w, half int) {
	n := size(i.Operands[2])
	b, a := m.lanes(i.Operands[0], n), m.lanes(i.Operands[1], n)
	var out []uint32
	for block := 0; block < n/4; block += 4 {
		for e := block + 2*half; e < block+2*half+2; e += w {
			out = append(out, a[e:e+w]...)
			out = append(out, b[e:e+w]...)
		}
	}
	m.setLanes(i.Operands[2], out)
}

// masked moves lanes from memory or to it where bit says so.
func (m *machine) masked(src, dst operand.Op, bit func(lane int) bool) {
	if mem, ok := src.(operand.Mem); ok {
		out := make([]uint32, size(dst)/4)
		for k := range out {
			if bit(k) {
				out[k] = binary.LittleEndian.Uint32(m.bytes(m.address(mem)+uint64(4*k), 4))
			}
		}
		m.setLanes(dst, out)
		return
	}
	at := m.address(dst.(operand.Mem))
	for k, v := range m.lanes(src, size(src)) {
		if bit(k) {
			binary.LittleEndian.PutUint32(m.bytes(at+uint64(4*k), 4), v)
		}
	}
}

func (m *machine) compare(a, b uint64) {
	m.zero, m.less = a == b, int64(a) < int64(b)
}

func (m *machine) step(i *ir.Instruction) {
	o := i.Operands
	switch i.OpcodeWithSuffixes() {
	case "MOVQ":
		m.setWord(o[1], m.word(o[0]))
	case "ADDQ":
		m.setWord(o[1], m.word(o[1])+m.word(o[0]))
	case "SUBQ":
		a, b := m.word(o[1]), m.word(o[0])
		m.compare(a, b)
		m.setWord(o[1], a-b)
	case "XORQ":
		m.setWord(o[1], m.word(o[1])^m.word(o[0]))
	case "DECQ":
		v := m.word(o[0]) - 1
		m.compare(v, 0)
		m.setWord(o[0], v)
	case "CMPQ":
		m.compare(m.word(o[0]), m.word(o[1]))
	case "TESTQ":
		m.compare(m.word(o[0])&m.word(o[1]), 0)
	case "CMOVQLE":
		if m.less || m.zero {
			m.setWord(o[1], m.word(o[0]))
		}
	case "LEAQ":
		m.setWord(o[1], m.address(o[0].(operand.Mem)))
	case "KMOVW":
		m.k[index(o[1])] = m.word(o[0]) & 0xffff
	case "VZEROUPPER":
		for r := range 16 {
			clear(m.vec[r][16:])
		}
	case "VXORPS", "VPXORD":
		m.lanewise(i, func(b, a uint32) uint32 { return a ^ b })
	case "VADDPS":
		m.arith(i, func(b, a float32) float32 { return a + b })
	case "VMULPS":
		m.arith(i, func(b, a float32) float32 { return a * b })
	case "VMAXPS":
		m.arith(i, func(b, a float32) float32 {
			if a > b {
				return a
			}
			return b
		})
	case "VFMADD231PS":
		n := size(o[2])
		x, y, z := m.lanes(o[0], n), m.lanes(o[1], n), m.lanes(o[2], n)
		for k := range z {
			z[k] = math.Float32bits(float32(math.FMA(float64(float(x[k])), float64(float(y[k])), float64(float(z[k])))))
		}
		m.setLanes(o[2], z)
	case "VBROADCASTSS":
		w := m.lanes(o[0], 4)[0]
		out := make([]uint32, size(o[1])/4)
		for k := range out {
			out[k] = w
		}
		m.setLanes(o[1], out)
	case "VMOVUPS", "VMOVUPS.Z":
		if len(o) == 3 {
			k := m.k[index(o[1])]
			m.masked(o[0], o[2], func(lane int) bool { return k>>lane&1 != 0 })
			return
		}
		all := func(int) bool { return true }
		if _, toMem := o[1].(operand.Mem); toMem {
			m.masked(o[0], o[1], all)
			return
		}
		m.setLanes(o[1], m.lanes(o[0], size(o[1])))
	case "VMASKMOVPS":
		k := m.lanes(o[1], size(o[1]))
		m.masked(o[0], o[2], func(lane int) bool { return k[lane]>>31 != 0 })
	case "VUNPCKLPS":
		m.interleave(i, 1, 0)
	case "VUNPCKHPS":
		m.interleave(i, 1, 1)
	case "VUNPCKLPD":
		m.interleave(i, 2, 0)
	case "VUNPCKHPD":
		m.interleave(i, 2, 1)
	case "VEXTRACTF128", "VEXTRACTF32X4", "VEXTRACTF64X4":
		n := size(o[2]) / 4
		from := int(m.word(o[0])) * n
		m.setLanes(o[2], m.lanes(o[1], size(o[1]))[from:from+n])
	case "VPERM2F128":
		sel := m.word(o[0])
		b, a := m.lanes(o[1], 32), m.lanes(o[2], 32)
		halves := [][]uint32{a[:4], a[4:], b[:4], b[4:]}
		out := append([]uint32(nil), halves[sel&3]...)
		m.setLanes(o[3], append(out, halves[sel>>4&3]...))
	default:
		panic("unknown instruction")
	}
}

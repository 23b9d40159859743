package neon

import (
	"fmt"

	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
)

// lane is one of four lanes of a vector.
type lane struct {
	v value
	i int
}

// gather returns a vector of four lanes.
func (l *lowering) gather(s [4]lane) value {
	a, b := s[0].v, s[2].v
	order := [4]int{s[0].i, s[1].i, s[2].i, s[3].i}
	if a == s[1].v && b == s[3].v {
		switch order {
		case [4]int{0, 2, 0, 2}:
			return l.new("uzp1", a, b)
		case [4]int{1, 3, 1, 3}:
			return l.new("uzp2", a, b)
		case [4]int{2, 3, 0, 1}:
			return l.new("ext", a, b)
		case [4]int{1, 0, 3, 2}:
			if a == b {
				return l.new("rev64", a)
			}
		}
		if order[0] == order[1] && order[0] == order[2] && order[0] == order[3] && a == b {
			return l.new(fmt.Sprintf("dup.%d", order[0]), a)
		}
	}
	d := l.new("mov", a)
	for i, x := range s {
		if x != (lane{a, i}) {
			l.op(fmt.Sprintf("ins.%d.%d", i, x.i), d, x.v)
		}
	}
	return d
}

// pair returns a vector of two lanes of 64 bits.
func (l *lowering) pair(s [2]lane) value {
	a, b := s[0], s[1]
	switch [2]int{a.i, b.i} {
	case [2]int{0, 0}:
		return l.new("zip1.2d", a.v, b.v)
	case [2]int{1, 1}:
		return l.new("zip2.2d", a.v, b.v)
	case [2]int{1, 0}:
		return l.new("ext", a.v, b.v)
	}
	d := l.new("mov", a.v)
	l.op("ins.2d.1.1", d, b.v)
	return d
}

// shuffleInstruction translates what moves lanes.
func (l *lowering) shuffleInstruction(i *ir.Instruction) bool {
	o := i.Operands
	switch i.Opcode {
	case "VPERMILPS", "VPSHUFD":
		sel := number(o[0])
		l.each(o[2], func(h int, d value, s [][2]value) {
			var x [4]lane
			for k := range x {
				x[k] = lane{s[0][h], sel >> (2 * k) & 3}
			}
			l.copy(d, l.gather(x))
		}, o[1])
	case "VSHUFPS":
		sel := number(o[0])
		l.each(o[3], func(h int, d value, s [][2]value) {
			var x [4]lane
			for k := range x {
				x[k] = lane{s[1-k/2][h], sel >> (2 * k) & 3}
			}
			l.copy(d, l.gather(x))
		}, o[1], o[2])
	case "VPBLENDD", "VBLENDPS":
		sel := number(o[0])
		l.each(o[3], func(h int, d value, s [][2]value) {
			var x [4]lane
			for k := range x {
				x[k] = lane{s[1-sel>>(4*h+k)&1][h], k}
			}
			l.copy(d, l.gather(x))
		}, o[1], o[2])
	case "VEXTRACTF128", "VEXTRACTI128":
		h := number(o[0]) & 1
		s := l.vectors(o[1], 2)
		if m, ok := o[2].(operand.Mem); ok {
			l.store([2]value{s[h]}, m, 1)
			return true
		}
		l.copy(l.wide(o[2]).half[0], s[h])
		l.set(o[2])
	case "VINSERTF128":
		low, s := l.vectors(o[2], 2), l.vectors(o[1], 1)
		both := low
		both[number(o[0])&1] = s[0]
		l.setBoth(o[3], both)
	case "VPERM2F128", "VPERM2I128":
		sel := number(o[0])
		b, a := l.vectors(o[1], 2), l.vectors(o[2], 2)
		from := [4]value{a[0], a[1], b[0], b[1]}
		var out [2]value
		for h := range out {
			if part := sel >> (4 * h); part&8 != 0 {
				out[h] = l.new("zero")
			} else {
				out[h] = from[part&3]
			}
		}
		l.setBoth(o[3], out)
	case "VPERMPD", "VPERMQ":
		sel := number(o[0])
		s := l.vectors(o[1], 2)
		at := func(k int) lane { k = sel >> (2 * k) & 3; return lane{s[k/2], k % 2} }
		l.setBoth(o[2], [2]value{l.pair([2]lane{at(0), at(1)}), l.pair([2]lane{at(2), at(3)})})
	case "VPERMPS":
		l.permute(o[0], o[1], o[2])
	default:
		return false
	}
	return true
}

// setBoth writes the halves of a register at once.
func (l *lowering) setBoth(dst operand.Op, s [2]value) {
	s = [2]value{l.new("mov", s[0]), l.new("mov", s[1])}
	for h, d := range l.wide(dst).half {
		l.copy(d, s[h])
	}
}

// permute picks any lanes of src by the indices.
func (l *lowering) permute(src, indices, dst operand.Op) {
	s, x := l.vectors(src, 2), l.vectors(indices, 2)
	c := func(w uint32) value { return l.constant(l.pool.word(w)) }
	var out [2]value
	for h := range out {
		// The places of the bytes in the low half; those of the high half lie
		// 16 on, and what is out of range leaves a byte as it is.
		t := l.new("mul", l.new("and", x[h], c(7)), c(0x04040404))
		t = l.new("add", t, c(0x03020100))
		out[h] = l.new("tbl", s[0], t)
		l.op("tbx", out[h], s[1], l.new("sub.16b", t, c(0x10101010)))
	}
	l.setBoth(dst, out)
}

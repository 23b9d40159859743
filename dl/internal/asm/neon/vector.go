package neon

import (
	"fmt"

	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// lanewise are instructions of two sources, by their names on arm64.
var lanewise = map[string]string{
	"VADDPS": "fadd", "VSUBPS": "fsub", "VMULPS": "fmul", "VDIVPS": "fdiv",
	"VPADDD": "add", "VPSUBD": "sub", "VPADDQ": "add.2d", "VPMULLD": "mul", "VPCMPGTD": "cmgt",
	"VANDPS": "and", "VPAND": "and", "VORPS": "orr", "VPOR": "orr", "VXORPS": "eor", "VPXOR": "eor",
	"VUNPCKLPS": "zip1", "VUNPCKHPS": "zip2", "VUNPCKLPD": "zip1.2d", "VUNPCKHPD": "zip2.2d",
}

var unary = map[string]string{"VSQRTPS": "fsqrt", "VCVTDQ2PS": "scvtf", "VCVTPS2DQ": "fcvtns"}

var shiftsOf = map[string]string{"VPSLLD": "shl", "VPSRLD": "ushr", "VPSRAD": "sshr", "VPSLLQ": "shl.2d", "VPSRLQ": "ushr.2d"}

// Rounding modes of VROUNDPS; the bit that silences exceptions is 8.
var roundings = map[int]string{0: "frintn", 1: "frintm", 2: "frintp", 3: "frintz"}

// vectorInstruction translates what works on vector registers. Operands have
// the order of Go: the destination is last, the first source of Intel's manual
// before it.
func (l *lowering) vectorInstruction(i *ir.Instruction) bool {
	o := i.Operands
	if l.moveInstruction(i) || l.shuffleInstruction(i) {
		return true
	}
	if op, ok := lanewise[i.Opcode]; ok {
		if (op == "eor") && isReg(o[0]) && o[0] == o[1] {
			l.zero(o[2])
			return true
		}
		l.each(o[2], func(h int, d value, s [][2]value) { l.op(op, d, s[1][h], s[0][h]) }, o[0], o[1])
		return true
	}
	if op, ok := unary[i.Opcode]; ok {
		l.each(o[1], func(h int, d value, s [][2]value) { l.op(op, d, s[0][h]) }, o[0])
		return true
	}
	if op, ok := shiftsOf[i.Opcode]; ok {
		name := fmt.Sprintf("%s.%d", op, number(o[0]))
		l.each(o[2], func(h int, d value, s [][2]value) { l.op(name, d, s[0][h]) }, o[1])
		return true
	}
	switch i.Opcode {
	case "VROUNDPS":
		op, ok := roundings[number(o[0])&^8]
		if !ok {
			return false
		}
		l.each(o[2], func(h int, d value, s [][2]value) { l.op(op, d, s[0][h]) }, o[1])
	case "VANDNPS", "VPANDN":
		l.each(o[2], func(h int, d value, s [][2]value) { l.op("bic", d, s[0][h], s[1][h]) }, o[0], o[1])
	case "VFMADD231PS":
		l.multiplyAdd("fmla", o)
	case "VFNMADD231PS":
		l.multiplyAdd("fmls", o)
	case "VFMADD213PS", "VFNMADD213PS":
		op := "fmla"
		if i.Opcode[2] == 'N' {
			op = "fmls"
		}
		l.each(o[2], func(h int, d value, s [][2]value) {
			t := l.new("mov", s[0][h])
			l.op(op, t, s[1][h], d)
			l.copy(d, t)
		}, o[0], o[1])
	case "VMAXPS":
		l.each(o[2], func(h int, d value, s [][2]value) {
			l.choose(d, l.new("fcmgt", s[1][h], s[0][h]), s[1][h], s[0][h])
		}, o[0], o[1])
	case "VMINPS":
		l.each(o[2], func(h int, d value, s [][2]value) {
			l.choose(d, l.new("fcmgt", s[0][h], s[1][h]), s[1][h], s[0][h])
		}, o[0], o[1])
	case "VCMPPS":
		l.each(o[3], func(h int, d value, s [][2]value) { l.compare(number(o[0]), d, s[1][h], s[0][h]) }, o[1], o[2])
	case "VBLENDVPS":
		boolean := l.wide(o[0]).boolean
		l.each(o[3], func(h int, d value, s [][2]value) {
			m := s[2][h]
			if !boolean { // the sign counts
				m = l.new("cmlt", m)
			}
			l.choose(d, m, s[0][h], s[1][h])
		}, o[1], o[2], o[0])
	case "VPMULUDQ":
		constant := isMem(o[0]) && o[0].(operand.Mem).Base == reg.StaticBase
		l.each(o[2], func(h int, d value, s [][2]value) {
			m := s[0][h]
			if !constant || s[0][0] != s[0][1] {
				m = l.new("xtn", m)
			}
			l.op("umull", d, l.new("xtn", s[1][h]), m)
		}, o[0], o[1])
	case "VPMOVZXBD":
		t, d := l.vector(), l.wide(o[1]).half
		base, off := l.memory(o[0].(operand.Mem))
		l.do(fmt.Sprintf("FMOVD %d({1R}), {0F}", off), def(t), use(base))
		t = l.new("ushll.8h", t)
		l.op("ushll.4s", d[0], t)
		l.op("ushll2.4s", d[1], t)
	case "VMOVMSKPS":
		l.signs(o[0], l.gp(o[1]))
	default:
		return false
	}
	return true
}

// each calls f for the halves of a destination, with those of the sources.
func (l *lowering) each(dst operand.Op, f func(h int, d value, s [][2]value), sources ...operand.Op) {
	n := halves(dst)
	var s [][2]value
	for _, o := range sources {
		s = append(s, l.vectors(o, n))
	}
	w := l.wide(dst)
	for h := range n {
		f(h, w.half[h], s)
	}
	l.set(dst)
}

func (l *lowering) zero(o operand.Op) {
	w := l.wide(o)
	l.op("zero", w.half[0])
	if !w.uniform {
		l.op("zero", w.half[1])
	}
}

// multiplyAdd adds the product of two operands to the third; one of them may
// be a scalar.
func (l *lowering) multiplyAdd(op string, o []operand.Op) {
	for k := range 2 {
		if r, ok := o[k].(reg.Register); ok && l.wide(r).scalar {
			f := l.wide(r).half[0]
			l.each(o[2], func(h int, d value, s [][2]value) { l.op(op+".e", d, s[0][h], f) }, o[1-k])
			return
		}
	}
	l.each(o[2], func(h int, d value, s [][2]value) { l.op(op, d, s[1][h], s[0][h]) }, o[0], o[1])
}

// choose sets d to a where the mask m is set and to b elsewhere.
func (l *lowering) choose(d, m, a, b value) {
	switch d {
	case b:
		l.op("bit", d, a, m)
	case a:
		l.op("bif", d, b, m)
	default:
		t := l.new("mov", b)
		l.op("bit", t, a, m)
		l.copy(d, t)
	}
}

// compare sets d to the predicate of VCMPPS on a and b. Those that differ in
// whether they signal are the same.
func (l *lowering) compare(predicate int, d, a, b value) {
	ordered := func() value { return l.new("and", l.new("fcmeq", a, a), l.new("fcmeq", b, b)) }
	not := func(v value) { l.op("mvn", d, v) }
	switch predicate & 15 {
	case 0:
		l.op("fcmeq", d, a, b)
	case 1:
		l.op("fcmgt", d, b, a)
	case 2:
		l.op("fcmge", d, b, a)
	case 3:
		if a == b {
			not(l.new("fcmeq", a, a))
			return
		}
		not(ordered())
	case 4:
		not(l.new("fcmeq", a, b))
	case 5:
		not(l.new("fcmgt", b, a))
	case 6:
		not(l.new("fcmge", b, a))
	case 7:
		l.copy(d, ordered())
	case 9:
		not(l.new("fcmge", a, b))
	case 10:
		not(l.new("fcmgt", a, b))
	case 13:
		l.op("fcmge", d, a, b)
	case 14:
		l.op("fcmgt", d, a, b)
	default:
		panic("predicate")
	}
}

// signs sets the bits of a general register to the signs of the lanes.
func (l *lowering) signs(src operand.Op, d value) {
	s := l.wide(src).half
	low := l.new("and", l.new("cmlt", s[0]), l.constant(l.pool.four([4]uint32{1, 2, 4, 8})))
	sum := low
	if halves(src) == 2 {
		high := l.new("and", l.new("cmlt", s[1]), l.constant(l.pool.four([4]uint32{16, 32, 64, 128})))
		sum = l.new("add", low, high)
	}
	l.toGeneral(d, l.new("addv", sum))
}

func (l *lowering) toGeneral(d, s value) { l.do("FMOVS {1F}, {0R}", def(d), use(s)) }

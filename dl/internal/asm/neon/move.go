package neon

import (
	"fmt"
	"go/types"

	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// moveInstruction translates loads, stores, copies and broadcasts.
func (l *lowering) moveInstruction(i *ir.Instruction) bool {
	o := i.Operands
	switch i.Opcode {
	case "VMOVUPS", "VMOVAPS", "VMOVDQU", "VMOVDQA", "VMOVNTPS":
		switch {
		case isMem(o[0]):
			l.loadRegister(o[1], o[0].(operand.Mem))
		case isMem(o[1]):
			l.store(l.vectors(o[0], halves(o[0])), o[1].(operand.Mem), halves(o[0]))
		default:
			l.each(o[1], func(h int, d value, s [][2]value) { l.copy(d, s[0][h]) }, o[0])
		}
	case "VMASKMOVPS":
		if isMem(o[0]) {
			l.maskedLoad(o[2], o[1], o[0].(operand.Mem))
		} else {
			l.maskedStore(o[0], o[1], o[2].(operand.Mem))
		}
	case "VMOVSS", "MOVSS":
		if m, ok := o[0].(operand.Mem); ok {
			base, off := l.memory(m)
			l.do(fmt.Sprintf("FMOVS %d({1R}), {0F}", off), def(l.wide(o[1]).half[0]), use(base))
			l.set(o[1])
		} else if m, ok := o[1].(operand.Mem); !ok {
			return false
		} else if s := l.wide(o[0]).half[0]; m.Base == reg.FramePointer {
			l.effect(fmt.Sprintf("FMOVS {0F}, %s+%d(FP)", m.Symbol.Name, m.Disp), use(s))
		} else {
			base, off := l.memory(m)
			l.effect(fmt.Sprintf("FMOVS {0F}, %d({1R})", off), use(s), use(base))
		}
	case "VBROADCASTSS", "VPBROADCASTD", "VPBROADCASTQ":
		l.broadcast(i.Opcode == "VPBROADCASTQ", o[0], o[1])
	case "VMOVD":
		if !isReg(o[0]) || o[0].(reg.Register).Kind() != reg.KindGP {
			return false
		}
		w := l.wide(o[1])
		l.do("FMOVS {1R}, {0F}", def(w.half[0]), use(l.gp(o[0])))
		l.set(o[1])
	default:
		return false
	}
	return true
}

// loadRegister loads a vector register, and the count of a mask.
func (l *lowering) loadRegister(dst operand.Op, m operand.Mem) {
	w, n := l.wide(dst), halves(dst)
	if w.uniform {
		u, _ := l.pool.uniform(m.Symbol.Name)
		l.copy(w.half[0], l.constant(l.pool.word(u)))
		return
	}
	if m.Base == reg.StaticBase { // may be a constant
		for h, s := range l.load(m, n) {
			if h < n {
				l.copy(w.half[h], s)
			}
		}
	} else {
		l.loadInto(w.half, m, n)
	}
	l.set(dst)
	if !w.mask {
		return
	}
	all := w.half[0] // the words are 0 or -1
	if n == 2 {
		all = l.new("add", w.half[0], w.half[1])
	}
	l.toGeneral(w.count, l.new("addv", all))
	l.do("NEGW {0R}, {0R}", both(w.count))
}

func (l *lowering) broadcast(double bool, src, dst operand.Op) {
	w := l.wide(dst)
	lane := "dup.0"
	if double {
		lane = "dup.2d.0"
	}
	m, ok := src.(operand.Mem)
	switch {
	case !ok:
		l.op(lane, w.half[0], l.wide(src).half[0])
	case m.Base == reg.StaticBase:
		u, ok := l.pool.uniform(m.Symbol.Name)
		if !ok || double || m.Disp != 0 {
			panic("broadcast of a table")
		}
		l.copy(w.half[0], l.constant(l.pool.word(u)))
	case w.scalar:
		l.loadScalar(w.half[0], m)
	case m.Base == reg.FramePointer:
		move := "FMOVS"
		if double {
			move = "FMOVD"
		}
		t := l.vector()
		if l.isFloat(m.Symbol.Name) || double {
			l.do(fmt.Sprintf("%s %s+%d(FP), {0F}", move, m.Symbol.Name, m.Disp), def(t))
		} else { // the low word of a wider parameter
			g := l.code.general()
			l.loadWord(g, m)
			l.do("FMOVS {1R}, {0F}", def(t), use(g))
		}
		l.op(lane, w.half[0], t)
	default:
		base, off := l.memory(m)
		if off != 0 {
			t := l.code.general()
			l.do(fmt.Sprintf("ADD $%d, {1R}, {0R}", off), def(t), use(base))
			base = t
		}
		arrangement := "S4"
		if double {
			arrangement = "D2"
		}
		l.do("VLD1R ({1R}), [{0V}."+arrangement+"]", def(w.half[0]), use(base))
	}
	if !w.uniform && halves(dst) == 2 {
		l.copy(w.half[1], w.half[0])
	}
	l.set(dst)
}

// isFloat reports whether a parameter is a float32.
func (l *lowering) isFloat(name string) bool {
	p, err := l.fn.Signature.Params().Lookup(name).Resolve()
	if err != nil {
		panic(err)
	}
	return types.Identical(p.Type, types.Typ[types.Float32])
}

// loadScalar loads one float; the index may be added by the load.
func (l *lowering) loadScalar(d value, m operand.Mem) {
	if m.Index != nil && m.Disp == 0 && (m.Scale == 1 || m.Scale == 4) {
		text := "FMOVS ({1R})({2R}), {0F}"
		if m.Scale == 4 {
			text = "FMOVS ({1R})({2R}<<2), {0F}"
		}
		l.do(text, def(d), use(l.gp(m.Base)), use(l.gp(m.Index)))
		return
	}
	base, off := l.memory(m)
	l.do(fmt.Sprintf("FMOVS %d({1R}), {0F}", off), def(d), use(base))
}

// maskedLoad loads the lanes that exist, the first ones, and makes the others
// zero.
func (l *lowering) maskedLoad(dst, mask operand.Op, m operand.Mem) {
	w, count := l.wide(dst), l.wide(mask).count
	at := l.single(m)
	part := func(d value, at value) {
		one, done := l.label(), l.label()
		l.branch("TBZ $1, {0R},", one, use(count))
		l.do("FMOVD ({1R}), {0F}", def(d), use(at))
		l.branch("TBZ $0, {0R},", done, use(count))
		t := l.code.general()
		l.do("ADD $8, {1R}, {0R}", def(t), use(at))
		l.do("VLD1 ({1R}), {0V}.S[2]", both(d), use(t))
		l.branch("JMP", done)
		l.code.place(one)
		l.op("zero", d)
		l.branch("TBZ $0, {0R},", done, use(count))
		l.do("FMOVS ({1R}), {0F}", def(d), use(at))
		l.code.place(done)
	}
	l.inParts(halves(dst), count, at, func(h int, at value) {
		l.do("FMOVQ ({1R}), {0F}", def(w.half[h]), use(at))
	}, func(h int, at value) { part(w.half[h], at) }, func(h int) { l.op("zero", w.half[h]) })
	l.set(dst)
}

// maskedStore stores the lanes that exist.
func (l *lowering) maskedStore(src, mask operand.Op, m operand.Mem) {
	s, count := l.vectors(src, halves(src)), l.wide(mask).count
	at := l.single(m)
	part := func(s value, at value) {
		one, done := l.label(), l.label()
		l.branch("TBZ $1, {0R},", one, use(count))
		l.effect("FMOVD {0F}, ({1R})", use(s), use(at))
		l.branch("TBZ $0, {0R},", done, use(count))
		t := l.code.general()
		l.do("ADD $8, {1R}, {0R}", def(t), use(at))
		l.effect("VST1 {0V}.S[2], ({1R})", use(s), use(t))
		l.branch("JMP", done)
		l.code.place(one)
		l.branch("TBZ $0, {0R},", done, use(count))
		l.effect("FMOVS {0F}, ({1R})", use(s), use(at))
		l.code.place(done)
	}
	l.inParts(halves(src), count, at, func(h int, at value) {
		l.effect("FMOVQ {0F}, ({1R})", use(s[h]), use(at))
	}, func(h int, at value) { part(s[h], at) }, func(h int) {})
}

// single returns the address of an operand in one register.
func (l *lowering) single(m operand.Mem) value {
	base, off := l.memory(m)
	if off == 0 {
		return base
	}
	t := l.code.general()
	l.do(fmt.Sprintf("ADD $%d, {1R}, {0R}", off), def(t), use(base))
	return t
}

// inParts visits the halves of count lanes: whole ones, then one that has
// less than four lanes, then absent ones.
func (l *lowering) inParts(n int, count, at value, whole, part func(h int, at value), absent func(h int)) {
	if n == 1 {
		less, done := l.label(), l.label()
		l.branch("TBZ $2, {0R},", less, use(count))
		whole(0, at)
		l.branch("JMP", done)
		l.code.place(less)
		part(0, at)
		l.code.place(done)
		return
	}
	high := l.code.general()
	l.do("ADD $16, {1R}, {0R}", def(high), use(at))
	notFull, few, done := l.label(), l.label(), l.label()
	l.branch("TBZ $3, {0R},", notFull, use(count))
	whole(0, at)
	whole(1, high)
	l.branch("JMP", done)
	l.code.place(notFull)
	l.branch("TBZ $2, {0R},", few, use(count))
	whole(0, at)
	part(1, high)
	l.branch("JMP", done)
	l.code.place(few)
	absent(1)
	part(0, at)
	l.code.place(done)
}

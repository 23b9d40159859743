package neon

import (
	"fmt"

	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// wide is what a YMM register has become.
type wide struct {
	half    [2]value // equal for one float in all lanes
	uniform bool     // the halves are one register
	scalar  bool     // only lane 0 counts, of a factor
	mask    bool     // of the first lanes, how many of which count has
	count   value
	boolean bool // lanes are all ones or all zeros
}

// lowering is a function in translation.
type lowering struct {
	*code
	fn        *ir.Function
	pool      *pool
	general   map[reg.ID]value
	wides     map[reg.ID]*wide
	base      value         // address of the pool
	constants map[int]value // those in the pool that are used, by place
	order     []int
	hoist     int // how many constants are loaded once
	addresses map[address]value
	nodes     []ir.Node
	at        int // in nodes
}

// address is a base and a scaled index.
type address struct {
	base, index value
	scale       uint8
}

func newLowering(fn *ir.Function, p *pool, hoist int) *lowering {
	return &lowering{code: &code{}, fn: fn, pool: p, general: map[reg.ID]value{}, wides: map[reg.ID]*wide{},
		constants: map[int]value{}, hoist: hoist, addresses: map[address]value{}, nodes: fn.Nodes}
}

func (l *lowering) run() (err error) {
	l.roles()
	l.base = l.code.general()
	l.do("MOVD $constants<>(SB), {0R}", def(l.base))
	entry := len(l.ins)
	for l.at = range l.nodes {
		switch n := l.nodes[l.at].(type) {
		case ir.Label:
			l.place(string(n))
			clear(l.addresses)
		case *ir.Instruction:
			if err := l.instruction(n); err != nil {
				return err
			}
		}
	}
	// Constants that stay in registers are loaded at the entry.
	body := append([]ins(nil), l.ins[entry:]...)
	l.ins = l.ins[:entry]
	for _, at := range l.order[:max(0, min(l.hoist, len(l.order)))] {
		l.loadConstant(l.constants[at], at)
	}
	l.ins = append(l.ins, body...)
	return nil
}

// instruction translates one; what it cannot is an error.
func (l *lowering) instruction(i *ir.Instruction) (err error) {
	defer func() {
		if v := recover(); v != nil {
			s := i.OpcodeWithSuffixes()
			for _, o := range i.Operands {
				s += " " + o.Asm()
			}
			err = fmt.Errorf("cannot translate %s: %v", s, v)
		}
	}()
	if len(i.Suffixes) > 0 {
		panic("suffix")
	}
	if !l.scalarInstruction(i) && !l.vectorInstruction(i) {
		panic("unknown instruction")
	}
	for _, r := range i.OutputRegisters() { // addresses that are no longer
		if r.Kind() == reg.KindGP {
			v := l.gp(r)
			for a := range l.addresses {
				if a.base == v || a.index == v {
					delete(l.addresses, a)
				}
			}
		}
	}
	return nil
}

// gp returns the register of a general register of avo.
func (l *lowering) gp(o operand.Op) value {
	r := o.(reg.Register)
	if !r.ID().IsVirtual() || r.Kind() != reg.KindGP {
		panic("register " + r.Asm())
	}
	v, ok := l.general[r.ID()]
	if !ok {
		v = l.code.general()
		l.general[r.ID()] = v
	}
	return v
}

// wide returns the registers of a vector register of avo.
func (l *lowering) wide(o operand.Op) *wide {
	r := o.(reg.Register)
	if !r.ID().IsVirtual() || r.Kind() != reg.KindVector {
		panic("register " + r.Asm())
	}
	w, ok := l.wides[r.ID()]
	if !ok {
		w = new(wide)
		l.wides[r.ID()] = w
	}
	if w.half[0] == w.half[1] && !w.uniform {
		w.half = [2]value{l.vector(), l.vector()}
		w.count = l.code.general()
	} else if w.uniform && w.half[0] == 0 {
		v := l.vector()
		w.half = [2]value{v, v}
	}
	return w
}

func isReg(o operand.Op) bool { _, ok := o.(reg.Register); return ok }

func isMem(o operand.Op) bool { _, ok := o.(operand.Mem); return ok }

// halves is how many vectors of four a register has.
func halves(o operand.Op) int { return max(1, int(o.(reg.Register).Size())/16) }

// set makes the lanes beyond those that an instruction on XMM wrote zero.
func (l *lowering) set(o operand.Op) {
	if w := l.wide(o); halves(o) == 1 && !w.uniform {
		l.op("zero", w.half[1])
	}
}

// number returns an immediate operand.
func number(o operand.Op) int {
	switch o := o.(type) {
	case operand.U8:
		return int(o)
	case operand.I8:
		return int(o)
	case operand.U32:
		return int(o)
	case operand.I32:
		return int(o)
	}
	panic(fmt.Sprintf("operand of type %T", o))
}

// memory returns an address in memory as a register and an offset.
func (l *lowering) memory(m operand.Mem) (value, int) {
	switch {
	case m.Base == reg.StaticBase:
		b, ok := l.pool.globals[m.Symbol.Name]
		if !ok {
			panic("no data " + m.Symbol.Name)
		}
		if m.Index != nil {
			panic("index of data")
		}
		return l.base, l.pool.place(b) + m.Disp
	case m.Index == nil || m.Scale == 0:
		return l.gp(m.Base), m.Disp
	}
	a := address{l.gp(m.Base), l.gp(m.Index), m.Scale}
	v, ok := l.addresses[a]
	if !ok {
		v = l.code.general()
		l.sum(v, a)
		l.addresses[a] = v
	}
	return v, m.Disp
}

var shifts = map[uint8]int{1: 0, 2: 1, 4: 2, 8: 3}

// sum computes an address.
func (l *lowering) sum(d value, a address) {
	text := "ADD {2R}, {1R}, {0R}"
	if s := shifts[a.scale]; s > 0 {
		text = fmt.Sprintf("ADD {2R}<<%d, {1R}, {0R}", s)
	}
	l.do(text, def(d), use(a.base), use(a.index))
}

// constant returns a register with 16 bytes of the pool. It must not be
// written.
func (l *lowering) constant(at int) value {
	v, ok := l.constants[at]
	if !ok {
		v = l.vector()
		l.constants[at] = v
		l.order = append(l.order, at)
	}
	for _, o := range l.order[:max(0, min(l.hoist, len(l.order)))] {
		if o == at {
			return v
		}
	}
	v = l.vector()
	l.loadConstant(v, at)
	return v
}

func (l *lowering) loadConstant(v value, at int) {
	l.do(fmt.Sprintf("FMOVQ %d({1R}), {0F}", at), def(v), use(l.base))
}

// load returns the n vectors at a place in memory.
func (l *lowering) load(m operand.Mem, n int) [2]value {
	if m.Base == reg.StaticBase && m.Disp == 0 {
		if w, ok := l.pool.uniform(m.Symbol.Name); ok && len(l.pool.globals[m.Symbol.Name]) == 32 {
			v := l.constant(l.pool.word(w))
			return [2]value{v, v}
		}
	}
	d := [2]value{l.vector(), l.vector()}
	l.loadInto(d, m, n)
	return d
}

func (l *lowering) loadInto(d [2]value, m operand.Mem, n int) {
	base, off := l.memory(m)
	if n == 2 && off%16 == 0 && off >= -1024 && off < 1008 {
		l.do(fmt.Sprintf("FLDPQ %d({2R}), ({0F}, {1F})", off), def(d[0]), def(d[1]), use(base))
		return
	}
	for h := range n {
		l.do(fmt.Sprintf("FMOVQ %d({1R}), {0F}", off+16*h), def(d[h]), use(base))
	}
}

func (l *lowering) store(s [2]value, m operand.Mem, n int) {
	base, off := l.memory(m)
	if n == 2 && off%16 == 0 && off >= -1024 && off < 1008 {
		l.effect(fmt.Sprintf("FSTPQ ({0F}, {1F}), %d({2R})", off), use(s[0]), use(s[1]), use(base))
		return
	}
	for h := range n {
		l.effect(fmt.Sprintf("FMOVQ {0F}, %d({1R})", off+16*h), use(s[h]), use(base))
	}
}

// vectors returns the n vectors of an operand, from memory if need be.
func (l *lowering) vectors(o operand.Op, n int) [2]value {
	if m, ok := o.(operand.Mem); ok {
		return l.load(m, n)
	}
	w := l.wide(o)
	if w.scalar {
		panic("lanes of a scalar")
	}
	return w.half
}

package neon

import (
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// roles finds registers that need less than two vectors, and masks.
func (l *lowering) roles() {
	uniform, scalar, boolean := map[reg.ID]bool{}, map[reg.ID]bool{}, map[reg.ID]bool{}
	// note clears a property that a register does not always have.
	note := func(m map[reg.ID]bool, r reg.Register, has bool) {
		if old, seen := m[r.ID()]; !seen || old {
			m[r.ID()] = has
		}
	}
	mask := map[reg.ID]bool{}
	for _, i := range l.fn.Instructions() {
		o := i.Operands
		if len(o) == 0 {
			continue
		}
		out, ok := o[len(o)-1].(reg.Register)
		factors := 0 // leading operands that may be scalars
		switch i.Opcode {
		case "VFMADD231PS", "VFNMADD231PS":
			factors = 2
			if f, ok := o[0].(reg.Register); ok && o[1].(reg.Register).ID() == f.ID() {
				factors = 0 // a square has two factors
			}
		case "VMASKMOVPS":
			mask[o[1].(reg.Register).ID()] = true
		}
		for k, op := range o {
			r, isRegister := op.(reg.Register)
			if !isRegister || r.Kind() != reg.KindVector || k == len(o)-1 && !readsLast[i.Opcode] {
				continue
			}
			note(scalar, r, k < factors)
		}
		if !ok || out.Kind() != reg.KindVector {
			continue
		}
		note(uniform, out, out.Size() == 32 && l.makesUniform(i))
		note(scalar, out, i.Opcode == "VBROADCASTSS" && isMem(o[0]) && o[0].(operand.Mem).Base.ID().IsVirtual())
		note(boolean, out, i.Opcode == "VCMPPS" || i.Opcode == "VPCMPGTD")
	}
	for id, is := range uniform {
		w := &wide{uniform: is && !mask[id], mask: mask[id], boolean: boolean[id] || mask[id]}
		w.scalar = w.uniform && scalar[id]
		l.wides[id] = w
	}
}

// readsLast has the instructions that read their destination.
var readsLast = map[string]bool{
	"VFMADD231PS": true, "VFNMADD231PS": true, "VFMADD213PS": true, "VFNMADD213PS": true,
}

// makesUniform reports whether an instruction sets all lanes to one word.
func (l *lowering) makesUniform(i *ir.Instruction) bool {
	o := i.Operands
	switch i.Opcode {
	case "VBROADCASTSS", "VPBROADCASTD", "VPBROADCASTQ":
		return true
	case "VXORPS", "VPXOR":
		return isReg(o[0]) && o[0] == o[1]
	case "VMOVUPS":
		m, ok := o[0].(operand.Mem)
		if ok && m.Base == reg.StaticBase && m.Disp == 0 {
			_, ok = l.pool.uniform(m.Symbol.Name)
			return ok
		}
	}
	return false
}

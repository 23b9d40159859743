package neon

import (
	"fmt"
	"slices"

	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// conditions are the branches on signed comparisons.
var conditions = map[string]string{"JMP": "JMP", "JZ": "BEQ", "JE": "BEQ", "JNZ": "BNE", "JNE": "BNE", "JL": "BLT", "JLE": "BLE", "JG": "BGT", "JGE": "BGE"}

// writesFlags has the instructions that set the flags.
var writesFlags = map[string]bool{
	"ADDQ": true, "SUBQ": true, "DECQ": true, "INCQ": true, "CMPQ": true, "TESTQ": true, "TESTL": true,
	"NEGQ": true, "XORQ": true, "SHLQ": true, "SHRQ": true, "ANDQ": true, "IMULQ": true,
}

// flagsNeeded reports whether the flags of the instruction at hand are read.
func (l *lowering) flagsNeeded() bool {
	at := l.at + 1
	for range l.nodes { // more steps than that are a loop that reads none
		if at == len(l.nodes) {
			return false
		}
		i, ok := l.nodes[at].(*ir.Instruction)
		at++
		switch {
		case !ok:
		case i.IsConditional || i.Opcode == "CMOVQLE":
			return true
		case writesFlags[i.Opcode] || i.Opcode == "RET":
			return false
		case i.Opcode == "JMP":
			at = slices.Index(l.nodes, ir.Node(*i.TargetLabel()))
		}
	}
	return false
}

// arithmetic adds ADD or SUB, with flags when they are read.
func (l *lowering) arithmetic(op string, d value, src operand.Op) {
	s := ""
	if l.flagsNeeded() {
		s = "S"
	}
	emit := func(text string, regs ...ref) {
		l.ins = append(l.ins, ins{text: text, keep: s != "", regs: regs})
	}
	if isReg(src) {
		emit(op+s+" {1R}, {0R}", both(d), use(l.gp(src)))
	} else if m, ok := src.(operand.Mem); ok {
		t := l.code.general()
		l.loadWord(t, m)
		emit(op+s+" {1R}, {0R}", both(d), use(t))
	} else {
		emit(fmt.Sprintf("%s%s $%d, {0R}", op, s, number(src)), both(d))
	}
}

func (l *lowering) loadWord(d value, m operand.Mem) {
	if m.Base == reg.FramePointer {
		l.do(fmt.Sprintf("MOVD %s+%d(FP), {0R}", m.Symbol.Name, m.Disp), def(d))
		return
	}
	base, off := l.memory(m)
	l.do(fmt.Sprintf("MOVD %d({1R}), {0R}", off), def(d), use(base))
}

func (l *lowering) storeWord(s value, m operand.Mem) {
	base, off := l.memory(m)
	l.effect(fmt.Sprintf("MOVD {0R}, %d({1R})", off), use(s), use(base))
}

// scalarInstruction translates moves, arithmetic and branches of the general
// registers.
func (l *lowering) scalarInstruction(i *ir.Instruction) bool {
	o := i.Operands
	if cond, ok := conditions[i.Opcode]; ok {
		l.branch(cond, string(*i.TargetLabel()))
		return true
	}
	switch i.Opcode {
	case "RET":
		l.ins = append(l.ins, ins{text: "RET", keep: true, ends: true})
	case "VZEROUPPER", "PREFETCHT0", "SFENCE": // nothing to do: VMOVNTPS became an ordinary store
	case "MOVQ":
		switch {
		case isMem(o[0]):
			l.loadWord(l.gp(o[1]), o[0].(operand.Mem))
		case isMem(o[1]):
			l.storeWord(l.gp(o[0]), o[1].(operand.Mem))
		case isReg(o[0]):
			l.copy(l.gp(o[1]), l.gp(o[0]))
		default:
			l.do(fmt.Sprintf("MOVD $%d, {0R}", number(o[0])), def(l.gp(o[1])))
		}
	case "ADDQ", "SUBQ":
		op := i.Opcode[:3]
		if m, ok := o[1].(operand.Mem); ok {
			t := l.code.general()
			l.loadWord(t, m)
			l.arithmetic(op, t, o[0])
			l.storeWord(t, m)
			return true
		}
		l.arithmetic(op, l.gp(o[1]), o[0])
	case "DECQ":
		l.arithmetic("SUB", l.gp(o[0]), operand.U8(1))
	case "INCQ":
		l.arithmetic("ADD", l.gp(o[0]), operand.U8(1))
	case "CMPQ":
		if isReg(o[1]) {
			l.effect("CMP {1R}, {0R}", use(l.gp(o[0])), use(l.gp(o[1])))
		} else {
			l.effect(fmt.Sprintf("CMP $%d, {0R}", number(o[1])), use(l.gp(o[0])))
		}
	case "TESTQ", "TESTL":
		op := map[string]string{"TESTQ": "TST", "TESTL": "TSTW"}[i.Opcode]
		if isReg(o[0]) {
			l.effect(op+" {0R}, {1R}", use(l.gp(o[0])), use(l.gp(o[1])))
		} else {
			l.effect(fmt.Sprintf("%s $%d, {0R}", op, number(o[0])), use(l.gp(o[1])))
		}
	case "CMOVQLE":
		l.do("CSEL LE, {1R}, {0R}, {0R}", both(l.gp(o[1])), use(l.gp(o[0])))
	case "NEGQ":
		l.plain("NEG {0R}, {0R}", o[0])
	case "SHLQ":
		l.plain(fmt.Sprintf("LSL $%d, {0R}, {0R}", number(o[0])), o[1])
	case "SHRQ":
		l.plain(fmt.Sprintf("LSR $%d, {0R}, {0R}", number(o[0])), o[1])
	case "XORQ":
		if o[0] != o[1] {
			return false
		}
		if l.flagsNeeded() {
			panic("its flags are read")
		}
		l.do("MOVD ZR, {0R}", def(l.gp(o[0])))
	case "LEAQ":
		l.lea(o[0].(operand.Mem), l.gp(o[1]))
	default:
		return false
	}
	return true
}

// plain adds an instruction on one register whose flags nobody reads.
func (l *lowering) plain(text string, o operand.Op) {
	if l.flagsNeeded() {
		panic("its flags are read")
	}
	l.do(text, both(l.gp(o)))
}

func (l *lowering) lea(m operand.Mem, d value) {
	if m.Base == reg.StaticBase || m.Index == nil || m.Scale == 0 {
		base, off := l.memory(m)
		if off == 0 {
			l.copy(d, base)
			return
		}
		l.do(fmt.Sprintf("ADD $%d, {1R}, {0R}", off), def(d), use(base))
		return
	}
	l.sum(d, address{l.gp(m.Base), l.gp(m.Index), m.Scale})
	if m.Disp != 0 {
		l.do(fmt.Sprintf("ADD $%d, {0R}, {0R}", m.Disp), both(d))
	}
}

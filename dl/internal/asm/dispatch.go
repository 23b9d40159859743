package main

import (
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// dispatch makes every kernel that has an AVX-512 form jump to it when the
// variable wide of its package says so: parameters and results lie at the
// same places, and Go code knows one function.
func dispatch(f *ir.File) {
	names := map[string]bool{}
	for _, fn := range f.Functions() {
		names[fn.Name] = true
	}
	for _, fn := range f.Functions() {
		wide := wideName(fn.Name)
		if wide == fn.Name || !names[wide] {
			continue
		}
		place := func(name string) operand.Mem {
			return operand.Mem{Symbol: operand.Symbol{Name: "·" + name}, Base: reg.StaticBase}
		}
		fn.Nodes = append([]ir.Node{
			&ir.Instruction{Opcode: "CMPB", Operands: []operand.Op{place("wide"), operand.Imm(0)}},
			&ir.Instruction{Opcode: "JEQ", Operands: []operand.Op{operand.LabelRef("narrow")}},
			&ir.Instruction{Opcode: "JMP", Operands: []operand.Op{place(wide)}},
			ir.Label("narrow"),
		}, fn.Nodes...)
	}
}

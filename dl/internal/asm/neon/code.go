package neon

import (
	"fmt"
	"strings"
)

// value is a virtual register.
type value int

type class uint8

const (
	general class = iota
	vector
)

// ref is a use of a register by an instruction.
type ref struct {
	v        value
	def, use bool
}

func def(v value) ref  { return ref{v, true, false} }
func use(v value) ref  { return ref{v, false, true} }
func both(v value) ref { return ref{v, true, true} }

// ins is an instruction of arm64, or a label. In its text, {0R} stands for
// the general register of operand 0, {0F} and {0V} for a vector register in
// the forms of Go's assembler, {0v} in that of other ones.
type ins struct {
	text   string
	word   uint32 // the encoding without registers, if it is written as such
	regs   []ref
	keep   bool // it does more than define registers
	move   bool // operand 0 becomes a copy of operand 1
	label  string
	target string // of a branch
	ends   bool   // what follows is not reached from here
}

// code is a function in the making.
type code struct {
	ins     []ins
	classes []class
	labels  int
}

func (c *code) general() value { return c.value(general) }
func (c *code) vector() value  { return c.value(vector) }

func (c *code) value(k class) value {
	c.classes = append(c.classes, k)
	return value(len(c.classes) - 1)
}

// label returns a new name for a place in the code.
func (c *code) label() string {
	c.labels++
	return fmt.Sprintf("l%d", c.labels)
}

func (c *code) place(label string) { c.ins = append(c.ins, ins{label: label}) }

// branch goes to a label; cond is a whole instruction but for its target.
func (c *code) branch(cond, target string, regs ...ref) {
	c.ins = append(c.ins, ins{text: cond, target: target, regs: regs, keep: true, ends: cond == "JMP"})
}

// do adds an instruction that only defines registers.
func (c *code) do(text string, regs ...ref) { c.ins = append(c.ins, ins{text: text, regs: regs}) }

// effect adds an instruction that writes memory or flags.
func (c *code) effect(text string, regs ...ref) {
	c.ins = append(c.ins, ins{text: text, regs: regs, keep: true})
}

// op adds a vector instruction by its name in the table of forms; the first
// register is the destination.
func (c *code) op(name string, regs ...value) {
	f := forms.get(name)
	i := ins{text: f.text, word: f.word, move: f.move}
	for k, r := range regs {
		i.regs = append(i.regs, ref{r, k == 0, k > 0 || f.reads})
	}
	if f.move { // an OR of the source with itself
		i.regs = append(i.regs, i.regs[1])
	}
	c.ins = append(c.ins, i)
}

// new is op with a new destination, which it returns.
func (c *code) new(name string, regs ...value) value {
	d := c.vector()
	c.op(name, append([]value{d}, regs...)...)
	return d
}

// copy sets d to s; both have the same class.
func (c *code) copy(d, s value) {
	if d == s {
		return
	}
	if c.classes[d] == vector {
		c.op("mov", d, s)
		return
	}
	c.ins = append(c.ins, ins{text: "MOVD {1R}, {0R}", regs: []ref{def(d), use(s)}, move: true})
}

// fields are where the registers of a word are.
var fields = [...]int{0, 5, 16}

// render writes an instruction with the registers it was given.
func (i *ins) render(register []int) string {
	if i.label != "" {
		return i.label + ":"
	}
	text := i.text
	for k, r := range i.regs {
		for _, form := range "RFVvws" {
			text = strings.ReplaceAll(text, fmt.Sprintf("{%d%c}", k, form), fmt.Sprintf("%c%d", form, register[r.v]))
		}
	}
	if i.target != "" {
		return "\t" + text + " " + i.target
	}
	if i.word == 0 {
		return "\t" + text
	}
	w := i.word
	for k, r := range i.regs {
		w |= uint32(register[r.v]) << fields[k]
	}
	return fmt.Sprintf("\tWORD $%#08x // %s", w, text)
}

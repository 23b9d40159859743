package interp

import "maps"

// operations has what every instruction does.
var operations = map[string]func(m *machine, i *instruction){}

func init() {
	maps.Copy(operations, scalarOperations)
	addVectorOperations()
}

func (m *machine) compare(a, b uint64) {
	m.zero, m.less, m.flags = a == b, int64(a) < int64(b), true
}

// result sets the flags of a logical or arithmetic result whose overflow the
// kernels do not look at.
func (m *machine) result(v uint64) uint64 {
	m.compare(v, 0)
	return v
}

// update computes the last operand from itself and the one before.
func update(f func(a, b uint64) uint64) func(m *machine, i *instruction) {
	return func(m *machine, i *instruction) {
		d := &i.args[len(i.args)-1]
		b := m.word(&i.args[0], 8)
		m.setWord(d, m.result(f(m.word(d, 8), b)), 8)
	}
}

func move(size int) func(m *machine, i *instruction) {
	return func(m *machine, i *instruction) { m.setWord(&i.args[1], m.word(&i.args[0], size), size) }
}

func branch(taken func(m *machine) bool) func(m *machine, i *instruction) {
	return func(m *machine, i *instruction) {
		if !m.flags {
			panic("flags of nothing")
		}
		if taken(m) {
			m.jump(&i.args[0])
		}
	}
}

var scalarOperations = map[string]func(m *machine, i *instruction){
	"RET":        func(m *machine, i *instruction) {}, // Call ends
	"PREFETCHT0": func(m *machine, i *instruction) {},
	"MOVQ":       move(8),
	"MOVL":       move(4),
	"MOVSS":      move(4),
	"VMOVSS":     move(4),
	"VMOVD":      move(4),
	"KMOVW":      move(2),
	"KMOVB":      move(1),
	"ADDQ":       update(func(a, b uint64) uint64 { return a + b }),
	"XORQ":       update(func(a, b uint64) uint64 { return a ^ b }),
	"SHLQ":       update(func(a, b uint64) uint64 { return a << b }),
	"SHRQ":       update(func(a, b uint64) uint64 { return a >> b }),
	"NEGQ":       update(func(a, _ uint64) uint64 { return -a }),
	"DECQ":       update(func(a, _ uint64) uint64 { return a - 1 }),
	"SUBQ": func(m *machine, i *instruction) {
		a, b := m.word(&i.args[1], 8), m.word(&i.args[0], 8)
		m.compare(a, b)
		m.setWord(&i.args[1], a-b, 8)
	},
	"CMPQ":  func(m *machine, i *instruction) { m.compare(m.word(&i.args[0], 8), m.word(&i.args[1], 8)) },
	"TESTQ": func(m *machine, i *instruction) { m.result(m.word(&i.args[0], 8) & m.word(&i.args[1], 8)) },
	"TESTL": func(m *machine, i *instruction) { m.result(m.word(&i.args[0], 4) & m.word(&i.args[1], 4)) },
	"LEAQ":  func(m *machine, i *instruction) { m.setWord(&i.args[1], m.address(&i.args[0]), 8) },
	"BZHIL": func(m *machine, i *instruction) { // the lowest bits, as many as the first operand says
		n := m.word(&i.args[0], 1)
		v := m.word(&i.args[1], 4)
		if n < 32 {
			v &= 1<<n - 1
		}
		m.setWord(&i.args[2], m.result(v), 4)
	},
	"KORTESTW": func(m *machine, i *instruction) {
		v := m.word(&i.args[0], 2) | m.word(&i.args[1], 2)
		m.zero, m.flags = v == 0, true
	},
	"KXORW": func(m *machine, i *instruction) {
		m.setWord(&i.args[2], m.word(&i.args[0], 2)^m.word(&i.args[1], 2), 2)
	},
	"KORW": func(m *machine, i *instruction) {
		m.setWord(&i.args[2], m.word(&i.args[0], 2)|m.word(&i.args[1], 2), 2)
	},
	"CMOVQLE": func(m *machine, i *instruction) {
		if m.less || m.zero {
			m.setWord(&i.args[1], m.word(&i.args[0], 8), 8)
		}
	},
	"CMPB": func(m *machine, i *instruction) { // only of a variable that is not in memory: AVX-512 is off
		m.compare(0, uint64(i.args[1].imm))
	},
	"JMP": func(m *machine, i *instruction) { m.jump(&i.args[0]) },
	"JEQ": branch(func(m *machine) bool { return m.zero }),
	"JZ":  branch(func(m *machine) bool { return m.zero }),
	"JNE": branch(func(m *machine) bool { return !m.zero }),
	"JNZ": branch(func(m *machine) bool { return !m.zero }),
	"JL":  branch(func(m *machine) bool { return m.less }),
	"JGE": branch(func(m *machine) bool { return !m.less }),
	"JLE": branch(func(m *machine) bool { return m.less || m.zero }),
	"JG":  branch(func(m *machine) bool { return !m.less && !m.zero }),
}

// signs returns the highest bits of n words.
func signs(x lanes, n int) (k uint64) {
	for i := range n {
		k |= uint64(x[i]>>31) << i
	}
	return k
}

func all(n int) uint64 { return 1<<n - 1 }

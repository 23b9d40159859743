package interp

import (
	"encoding/binary"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Program is the functions and the data of a file.
type Program struct {
	functions map[string]*function
	names     []string
	data      map[string][]byte
}

type function struct {
	name   string
	code   []instruction
	labels map[string]int
}

type instruction struct {
	op   string // with suffixes
	do   func(m *machine, i *instruction)
	args []operand
	text string
}

type kind uint8

const (
	immediate kind = iota
	general
	vector
	maskRegister
	memory
	symbol // of a function or a label
)

type operand struct {
	kind        kind
	reg         int // number of the register, or of the base
	size        int // bytes of a vector register
	index       int // -1: none
	scale, disp int
	data        string // what the base is instead: a symbol, or FP
	imm         int64
}

const framePointer = "FP"

var generalNames = []string{"AX", "CX", "DX", "BX", "SP", "BP", "SI", "DI", "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15"}

// Load reads a file.
func Load(file string) (*Program, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return Parse(string(b))
}

// Parse reads assembly as avo prints it.
func Parse(text string) (*Program, error) {
	p := &Program{functions: map[string]*function{}, data: map[string][]byte{}}
	var f *function
	for number, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if err := p.line(&f, line); err != nil {
			return nil, fmt.Errorf("line %d: %s: %w", number+1, line, err)
		}
	}
	return p, nil
}

// Functions returns their names in the order of the file.
func (p *Program) Functions() []string { return slices.Clone(p.names) }

func (p *Program) line(f **function, line string) error {
	word, rest, _ := strings.Cut(line, " ")
	switch {
	case line == "" || strings.HasPrefix(line, "//") || strings.HasPrefix(line, "#") || word == "GLOBL":
		return nil
	case word == "TEXT":
		name, _, _ := strings.Cut(strings.TrimPrefix(rest, "·"), "(SB)")
		*f = &function{name: name, labels: map[string]int{}}
		p.functions[name] = *f
		p.names = append(p.names, name)
		return nil
	case word == "DATA":
		return p.datum(rest)
	case *f == nil:
		return fmt.Errorf("outside of a function")
	case strings.HasSuffix(word, ":"):
		(*f).labels[strings.TrimSuffix(word, ":")] = len((*f).code)
		return nil
	}
	i := instruction{op: word, do: operations[word], text: line}
	if i.do == nil {
		return fmt.Errorf("unknown instruction")
	}
	if rest = strings.TrimSpace(rest); rest != "" {
		for s := range strings.SplitSeq(rest, ", ") {
			o, err := parseOperand(s)
			if err != nil {
				return err
			}
			i.args = append(i.args, o)
		}
	}
	(*f).code = append((*f).code, i)
	return nil
}

var datumForm = regexp.MustCompile(`^(\w+)<>\+(\d+)\(SB\)/(\d+), \$(0x[0-9a-f]+)$`)

func (p *Program) datum(s string) error {
	m := datumForm.FindStringSubmatch(s)
	if m == nil {
		return fmt.Errorf("unknown form of data")
	}
	at, _ := strconv.Atoi(m[2])
	size, _ := strconv.Atoi(m[3])
	v, err := strconv.ParseUint(m[4], 0, 64)
	if err != nil {
		return err
	}
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], v)
	d := p.data[m[1]]
	if len(d) != at {
		return fmt.Errorf("data out of order")
	}
	p.data[m[1]] = append(d, b[:size]...)
	return nil
}

var memoryForm = regexp.MustCompile(`^(-?\d+)?\((\w+)\)(?:\((\w+)\*(\d)\))?$`)
var symbolForm = regexp.MustCompile(`^(·?\w+)(?:<>)?(?:([+-]\d+))?\((SB|FP)\)$`)

func parseOperand(s string) (operand, error) {
	if n, ok := strings.CutPrefix(s, "$"); ok {
		v, err := strconv.ParseInt(n, 0, 64)
		return operand{kind: immediate, imm: v}, err
	}
	if r := slices.Index(generalNames, s); r >= 0 {
		return operand{kind: general, reg: r}, nil
	}
	if n, err := strconv.Atoi(s[1:]); err == nil {
		switch s[0] {
		case 'X', 'Y', 'Z':
			return operand{kind: vector, reg: n, size: 16 << (s[0] - 'X')}, nil
		case 'K':
			return operand{kind: maskRegister, reg: n}, nil
		}
	}
	if m := memoryForm.FindStringSubmatch(s); m != nil {
		o := operand{kind: memory, reg: slices.Index(generalNames, m[2]), index: -1}
		o.disp, _ = strconv.Atoi(m[1])
		if m[3] != "" {
			o.index = slices.Index(generalNames, m[3])
			o.scale, _ = strconv.Atoi(m[4])
		}
		return o, nil
	}
	if m := symbolForm.FindStringSubmatch(s); m != nil {
		o := operand{kind: memory, data: m[1], index: -1}
		if m[2] == "" {
			o.kind = symbol
		}
		if m[3] == "FP" {
			o.data = framePointer
		}
		o.disp, _ = strconv.Atoi(m[2])
		return o, nil
	}
	if regexp.MustCompile(`^\w+$`).MatchString(s) {
		return operand{kind: symbol, data: s}, nil
	}
	return operand{}, fmt.Errorf("unknown operand %s", s)
}

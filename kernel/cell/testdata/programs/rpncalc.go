package main

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

type Stack[T any] []T

func (s *Stack[T]) Push(v ...T) { *s = append(*s, v...) }
func (s *Stack[T]) Pop() (v T, err error) {
	if len(*s) == 0 {
		return v, ErrEmpty
	}
	v = (*s)[len(*s)-1]
	*s = (*s)[:len(*s)-1]
	return
}
func (s Stack[T]) Peek() T { return s[len(s)-1] }

var ErrEmpty = errors.New("stack empty")

type opError struct {
	op  string
	err error
}

func (e opError) Error() string { return fmt.Sprintf("%q: %v", e.op, e.err) }
func (e opError) Unwrap() error { return e.err }

type Machine struct {
	Stack[float64]
	ops   map[string]func(*Machine) error
	vars  map[string]float64
	words map[string][]string
}

func binary(f func(a, b float64) float64) func(*Machine) error {
	return func(m *Machine) error {
		b, err := m.Pop()
		if err != nil {
			return err
		}
		a, err := m.Pop()
		if err != nil {
			m.Push(b)
			return err
		}
		m.Push(f(a, b))
		return nil
	}
}

func NewMachine() *Machine {
	m := &Machine{vars: map[string]float64{"e": math.E}, words: map[string][]string{}}
	m.ops = map[string]func(*Machine) error{
		"+": binary(func(a, b float64) float64 { return a + b }), "-": binary(func(a, b float64) float64 { return a - b }),
		"*": binary(func(a, b float64) float64 { return a * b }), "/": binary(func(a, b float64) float64 { return a / b }),
		"^": binary(math.Pow), "max": binary(math.Max),
		"dup": func(m *Machine) error {
			if len(m.Stack) == 0 {
				return ErrEmpty
			}
			m.Push(m.Peek())
			return nil
		},
		"swap": func(m *Machine) error {
			n := len(m.Stack)
			if n < 2 {
				return fmt.Errorf("swap: %w", ErrEmpty)
			}
			m.Stack[n-1], m.Stack[n-2] = m.Stack[n-2], m.Stack[n-1]
			return nil
		},
		"sum": func(m *Machine) error {
			t := 0.0
			for _, x := range m.Stack {
				t += x
			}
			m.Stack = Stack[float64]{t}
			return nil
		},
	}
	return m
}

func (m *Machine) Run(toks ...string) error {
	for i := 0; i < len(toks); i++ {
		t := toks[i]
		if x, err := strconv.ParseFloat(t, 64); err == nil {
			m.Push(x)
		} else if op, ok := m.ops[t]; ok {
			if err := op(m); err != nil {
				return opError{t, err}
			}
		} else if name, found := strings.CutPrefix(t, "="); found {
			v, err := m.Pop()
			if err != nil {
				return opError{t, err}
			}
			m.vars[name] = v
		} else if v, ok := m.vars[t]; ok {
			m.Push(v)
		} else if t == ":" && i+1 < len(toks) {
			m.words[toks[i+1]] = toks[i+2:]
			return nil
		} else if w := m.words[t]; w != nil {
			if err := m.Run(w...); err != nil {
				return fmt.Errorf("in %s: %w", t, err)
			}
		} else {
			return fmt.Errorf("unknown %q: %w", t, err)
		}
	}
	return nil
}

func main() {
	m := NewMachine()
	in := bufio.NewReader(strings.NewReader("3 4 + 2 *\n5 =x x x *\n: sq dup *\n7 sq 1 0 /\n+ sum + +\nfoo\nsum swap\n2 10 ^ 3 max -1.5e3\nx sq sq"))
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for n := 1; ; n++ {
		line, err := in.ReadString('\n')
		if e := m.Run(strings.Fields(line)...); e != nil {
			var oe opError
			fmt.Fprintf(out, "%d! %v (%v %v %v)\n", n, e, errors.Is(e, ErrEmpty), errors.As(e, &oe), errors.Is(e, strconv.ErrSyntax))
		} else {
			fmt.Fprintf(out, "%d: %v\n", n, m.Stack)
		}
		if err != nil {
			fmt.Fprintln(out, err, len(m.Stack), len(m.ops))
			break
		}
	}
	var e opError
	fmt.Fprintf(out, "%v %+v %T\n", e, m.vars, m.ops["+"])
}

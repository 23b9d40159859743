package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A calculator for reverse Polish notation.

type Stack[T any] struct {
	items []T
}

func (s *Stack[T]) Push(v T) { s.items = append(s.items, v) }

func (s *Stack[T]) Pop() (T, error) {
	var zero T
	if len(s.items) == 0 {
		return zero, ErrEmpty
	}
	v := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v, nil
}

func (s Stack[T]) Len() int { return len(s.items) }

var ErrEmpty = errors.New("stack is empty")

type OpError struct {
	Op  string
	Err error
}

func (e *OpError) Error() string { return "op " + e.Op + ": " + e.Err.Error() }
func (e *OpError) Unwrap() error { return e.Err }

var ops = map[string]func(a, b float64) (float64, error){
	"+": func(a, b float64) (float64, error) { return a + b, nil },
	"-": func(a, b float64) (float64, error) { return a - b, nil },
	"*": func(a, b float64) (float64, error) { return a * b, nil },
	"/": func(a, b float64) (float64, error) {
		if b == 0 {
			return 0, errors.New("division by zero")
		}
		return a / b, nil
	},
}

func Eval(src string) (result float64, err error) {
	var st Stack[float64]
	for _, tok := range strings.Fields(src) {
		if f, ok := ops[tok]; ok {
			b, err := st.Pop()
			if err != nil {
				return 0, &OpError{tok, err}
			}
			a, err := st.Pop()
			if err != nil {
				return 0, &OpError{tok, err}
			}
			r, err := f(a, b)
			if err != nil {
				return 0, &OpError{Op: tok, Err: err}
			}
			st.Push(r)
			continue
		}
		v, err := strconv.ParseFloat(tok, 64)
		if err != nil {
			return 0, fmt.Errorf("token %q: %w", tok, err)
		}
		st.Push(v)
	}
	if n := st.Len(); n != 1 {
		return 0, fmt.Errorf("%d values left", n)
	}
	return st.Pop()
}

func main() {
	for _, src := range []string{"1 2 +", "3 4 * 5 -", "1 +", "1 0 /", "2 x *", "1 2", "10 4 / 2 *"} {
		v, err := Eval(src)
		var oe *OpError
		switch {
		case errors.Is(err, ErrEmpty) && errors.As(err, &oe):
			fmt.Println(src, "=> empty at", oe.Op)
		case errors.As(err, &oe):
			fmt.Println(src, "=> op error", oe.Op, oe)
		case err != nil:
			fmt.Println(src, "=> error:", err)
		default:
			fmt.Println(src, "=>", v)
		}
	}
}

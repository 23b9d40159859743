package closure

import (
	"bytes"
	"go/token"
	"go/types"
	"strings"
	"sync"
)

// This file knows the types of the commonest functions of compiled packages, and their
// commonest methods: a call of these needs no reflection.

// direct returns a call of a function whose type is known here, nil for others.
func direct(f any, args []value, pos token.Pos) any {
	switch f := f.(type) {
	case func(float64) float64:
		return call1(f, args, pos)
	case func(float64, float64) float64:
		return call2(f, args, pos)
	case func(int) string:
		return call1(f, args, pos)
	case func(int) int:
		return call1(f, args, pos)
	case func(uint64) int:
		return call1(f, args, pos)
	case func(uint) int:
		return call1(f, args, pos)
	case func(string) string:
		return call1(f, args, pos)
	case func(string) int:
		return call1(f, args, pos)
	case func(string, string) bool:
		return call2(f, args, pos)
	case func(string, string) int:
		return call2(f, args, pos)
	case func(string, string) string:
		return call2(f, args, pos)
	case func(string, int) string:
		return call2(f, args, pos)
	case func(float64) bool:
		return call1(f, args, pos)
	case func(rune) bool:
		return call1(f, args, pos)
	case func(rune) rune:
		return call1(f, args, pos)
	case func(float64, int) bool:
		return call2(f, args, pos)
	case func(int) float64:
		return call1(f, args, pos)
	case func(float64) uint64:
		return call1(f, args, pos)
	case func(uint64) float64:
		return call1(f, args, pos)
	case func(string, ...any) string:
		return call2(func(s string, a slice) string { return f(s, *(*[]any)(pointer(&a))...) }, args, pos)
	case func(...any) string:
		return call1(func(a slice) string { return f(*(*[]any)(pointer(&a))...) }, args, pos)
	case func(string) error:
		return call1(func(s string) iface { return ofError(f(s)) }, args, pos)
	case func(string, ...any) error:
		return call2(func(s string, a slice) iface { return ofError(f(s, *(*[]any)(pointer(&a))...)) }, args, pos)
	case func([]string, string) string:
		return call2(func(a slice, s string) string { return f(*(*[]string)(pointer(&a)), s) }, args, pos)
	case func(string, string) []string:
		return call2(func(s, t string) slice { return untyped(f(s, t)) }, args, pos)
	case func(string) []string:
		return call1(func(s string) slice { return untyped(f(s)) }, args, pos)
	}
	return nil
}

// directCall is direct for functions without results, whose arguments are pointers.
func directCall(f any, args []value, pos token.Pos) stm {
	p := func() expr[pointer] { return args[0].f.(expr[pointer]) }
	switch f := f.(type) {
	case func(*sync.Mutex):
		return callPointer(f, p(), pos)
	case func(*sync.RWMutex):
		return callPointer(f, p(), pos)
	case func(*sync.WaitGroup):
		return callPointer(f, p(), pos)
	}
	return nil
}

func callPointer[T any](f func(*T), p expr[pointer], pos token.Pos) stm {
	return func(fp pointer) ctl { x := p(fp); note(fp, pos); f((*T)(x)); return next }
}

func ofError(err error) iface { return *(*iface)(pointer(&err)) }

// A call notes first where it is: the function may panic.

func call1[A, R any](f func(A) R, args []value, pos token.Pos) any {
	a, ok := args[0].f.(expr[A])
	if !ok {
		return nil
	}
	return expr[R](func(fp pointer) R { x := a(fp); note(fp, pos); return f(x) })
}

func call2[A, B, R any](f func(A, B) R, args []value, pos token.Pos) any {
	a, ok1 := args[0].f.(expr[A])
	b, ok2 := args[1].f.(expr[B])
	if !ok1 || !ok2 {
		return nil
	}
	return expr[R](func(fp pointer) R { x, y := a(fp), b(fp); note(fp, pos); return f(x, y) })
}

// directPair is direct for functions with two results, which are left in the frame.
func directPair(f any, args []value, offs []uintptr, pos token.Pos) stm {
	switch f := f.(type) {
	case func(...any) (int, error):
		a := args[0].f.(expr[slice])
		return func(fp pointer) ctl {
			s := a(fp)
			note(fp, pos)
			n, err := f(*(*[]any)(pointer(&s))...)
			return leave(fp, offs, n, err)
		}
	case func(string, ...any) (int, error):
		a, b := args[0].f.(expr[string]), args[1].f.(expr[slice])
		return func(fp pointer) ctl {
			t, s := a(fp), b(fp)
			note(fp, pos)
			n, err := f(t, *(*[]any)(pointer(&s))...)
			return leave(fp, offs, n, err)
		}
	case func(string) (int, error):
		a := args[0].f.(expr[string])
		return func(fp pointer) ctl {
			s := a(fp)
			note(fp, pos)
			n, err := f(s)
			return leave(fp, offs, n, err)
		}
	case func(float64) (float64, float64):
		a := args[0].f.(expr[float64])
		return func(fp pointer) ctl {
			*word[float64](fp, offs[0]), *word[float64](fp, offs[1]) = f(a(fp))
			return next
		}
	}
	return nil
}

func leave(fp pointer, offs []uintptr, n int, err error) ctl {
	*word[int](fp, offs[0]) = n
	setFrameIface(fp, offs[1], ofError(err))
	return next
}

// knownMethod compiles calls of the methods that build strings, nil for others.
func (c *compiler) knownMethod(name string, sig *types.Signature, args []value, pos token.Pos) (stm, []value) {
	p, ok := args[0].f.(expr[pointer])
	if !ok {
		return nil, nil
	}
	var write func(p pointer, s string) (int, error)
	switch name {
	case "strings.(*Builder).WriteString":
		write = func(p pointer, s string) (int, error) { return (*strings.Builder)(p).WriteString(s) }
	case "bytes.(*Buffer).WriteString":
		write = func(p pointer, s string) (int, error) { return (*bytes.Buffer)(p).WriteString(s) }
	}
	if write != nil {
		s, vs, offs := args[1].f.(expr[string]), make([]value, 2), make([]uintptr, 2)
		for i := range vs {
			t := sig.Results().At(i).Type()
			offs[i] = c.alloc(sizeOf(t))
			vs[i] = c.load(place{t: t, pos: pos, frame: true, off: offs[i]})
		}
		return func(fp pointer) ctl {
			b := p(fp)
			x := s(fp)
			note(fp, pos)
			n, err := write(b, x)
			return leave(fp, offs, n, err)
		}, vs
	}
	var writeByte func(p pointer, b byte) error
	switch name {
	case "strings.(*Builder).WriteByte":
		writeByte = func(p pointer, b byte) error { return (*strings.Builder)(p).WriteByte(b) }
	case "bytes.(*Buffer).WriteByte":
		writeByte = func(p pointer, b byte) error { return (*bytes.Buffer)(p).WriteByte(b) }
	}
	if writeByte != nil {
		b := args[1].f.(expr[byte])
		t := sig.Results().At(0).Type()
		off := c.alloc(sizeOf(t))
		return func(fp pointer) ctl {
			w := p(fp)
			x := b(fp)
			note(fp, pos)
			setFrameIface(fp, off, ofError(writeByte(w, x)))
			return next
		}, []value{c.load(place{t: t, pos: pos, frame: true, off: off})}
	}
	return nil, nil
}

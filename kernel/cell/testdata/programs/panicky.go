package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
)

type Code int

const (
	OK Code = iota
	NotFound
	Denied
	_
	Weird = Code(99)
)

//go:generate stringer
func (c Code) String() string {
	if s, ok := map[Code]string{OK: "ok", NotFound: "not found", Denied: "denied"}[c]; ok {
		return s
	}
	return "Code(" + strconv.Itoa(int(c)) + ")"
}

type OpError struct {
	Op   string
	Code Code
	Err  error
}

func (e *OpError) Error() string {
	if e.Err != nil {
		return e.Op + ": " + e.Code.String() + ": " + e.Err.Error()
	}
	return e.Op + ": " + e.Code.String()
}
func (e *OpError) Unwrap() error { return e.Err }
func (e *OpError) Is(target error) bool {
	t, ok := target.(*OpError)
	return ok && t.Code == e.Code && t.Op == ""
}

type temporary interface{ Temporary() bool }
type flaky struct{ tries int }

func (f flaky) Error() string   { return fmt.Sprintf("flaky after %d", f.tries) }
func (f flaky) Temporary() bool { return f.tries < 3 }

type multi []error

func (m multi) Error() string   { return fmt.Sprintf("%d errors", len(m)) }
func (m multi) Unwrap() []error { return m }

var ErrBase = errors.New("base")

func op(n int) (res int, err error) {
	defer func() {
		if err != nil {
			err = &OpError{"op" + strconv.Itoa(n), Code(n), err}
		}
	}()
	switch {
	case n == 0:
		return 1, nil
	case n < 3:
		return 0, ErrBase
	case n == 3:
		return 0, fmt.Errorf("two: %w and %w", io.EOF, flaky{2})
	default:
		return 0, multi{ErrBase, os.ErrPermission, &OpError{Op: "inner", Code: Weird}}
	}
}

func retry(f func(int) error) (n int, err error) {
	for n = 1; ; n++ {
		err = f(n)
		var t temporary
		if err == nil || !errors.As(err, &t) || !t.Temporary() {
			return
		}
	}
}

func nested(depth int) (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprintf("%d<%v>", depth, r)
			if depth%2 == 0 {
				panic(s)
			}
		}
	}()
	if depth == 0 {
		var m map[string]int
		m["x"] = 1
	}
	return nested(depth - 1)
}

type cleanup struct{ log *strings.Builder }

func (c cleanup) Close() error { c.log.WriteString("closed;"); return errors.New("close failed") }

func withClose(fail bool) (log string, err error) {
	var b strings.Builder
	defer func() { log = b.String() }()
	c := cleanup{&b}
	defer func() { err = errors.Join(err, c.Close()) }()
	if fail {
		b.WriteString("failing;")
		return "ignored", errors.New("body failed")
	}
	return "", nil
}

func try(name string, f func()) {
	defer func() {
		r := recover()
		_, isRT := r.(runtime.Error)
		_, isErr := r.(error)
		fmt.Printf("%s: %v [%T rt=%v err=%v]\n", name, r, r, isRT, isErr)
	}()
	f()
}

type T struct {
	p *T
	n int
}
type I interface{ M() }

func (t T) M() {}

func main() {
	for i := range 5 {
		n, err := op(i)
		fmt.Println(n, err, errors.Is(err, ErrBase), errors.Is(err, io.EOF), errors.Is(err, os.ErrPermission), errors.Is(err, &OpError{Code: Weird}), errors.Is(err, &OpError{Code: Denied}))
		var f flaky
		if errors.As(err, &f) {
			fmt.Println("flaky", f.tries)
		}
	}
	fmt.Println(retry(func(n int) error {
		if n < 5 {
			return fmt.Errorf("wrap: %w", flaky{n})
		}
		return nil
	}))
	try("nested", func() { fmt.Println(nested(3)); fmt.Println(nested(2)) })
	fmt.Println(withClose(true))
	fmt.Println(withClose(false))
	var np *T
	var ni I
	var ns []int
	var e any = "str"
	zero, five := 0, 5
	arr := [3]int{}
	try("nil field", func() { _ = np.n })
	try("nil deref", func() { fmt.Println(np.p.p) })
	try("nil iface", func() { ni.M() })
	try("nil ptr method", func() {
		for _, ni = range []I{np} { // or the compiler calls the method of T itself
			ni.M()
		}
	})
	try("nil func", func() { var f func(); f() })
	try("div", func() { fmt.Println(five / zero) })
	try("index", func() { ns[five] = 1 })
	try("array", func() { arr[five-2]++ })
	try("neg", func() { ns[zero-1]++ })
	try("slice", func() { ns = ns[1:five] })
	try("slice2", func() { s := make([]int, 2, 4); _ = s[five-2 : 1] })
	try("slice3", func() { s := make([]int, 2, 4); _ = s[:2:five] })
	try("str", func() { _ = "abc"[five] })
	try("str2", func() { _ = "abc"[five:] })
	try("toarr", func() { _ = [4]int(make([]int, 3)) })
	try("assert", func() { _ = e.(int) })
	try("assert2", func() { _ = e.(I) })
	try("assert3", func() { var x any = T{}; _ = x.(*T) })
	try("assert4", func() { var x any; _ = x.(fmt.Stringer) })
	try("closed", func() { c := make(chan int); close(c); close(c) })
	try("send", func() { c := make(chan int); close(c); c <- 1 })
	try("nilclose", func() { var c chan int; close(c) })
	try("make", func() { _ = make([]int, zero-1) })
	try("makecap", func() { _ = make([]int, 3, five-3) })
	try("key", func() { m := map[any]int{}; m[[]int{1}] = 2 })
	try("cmp", func() { var a, b any = []int{1}, []int{1}; fmt.Println(a == b) })
	try("cmp2", func() { var a, b any = map[int]int{}, 1; fmt.Println(a == b) })
	try("custom", func() { panic(&OpError{Op: "p", Code: Denied}) })
	try("nilpanic", func() { panic(nil) })
	try("errorf", func() { panic(fmt.Errorf("x: %w", ErrBase)) })
	try("shift", func() { fmt.Println(1 << (zero - 1)) })
	try("repeat", func() { strings.Repeat("x", -1) })
	try("goexit-free", func() {})
	try("repanic", func() {
		defer func() { panic(fmt.Sprint("again ", recover())) }()
		panic("first")
	})
}

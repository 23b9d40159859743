package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strconv"
	"strings"
)

type NotFound struct{ Key string }

func (e *NotFound) Error() string        { return "not found: " + e.Key }
func (e *NotFound) Is(target error) bool { return target == fs.ErrNotExist }

type Temp struct{ err error }

func (t Temp) Error() string   { return "temporary: " + t.err.Error() }
func (t Temp) Unwrap() error   { return t.err }
func (t Temp) Temporary() bool { return true }

type Multi []error

func (m Multi) Error() string {
	var s []string
	for _, e := range m {
		s = append(s, e.Error())
	}
	return strings.Join(s, "; ")
}
func (m Multi) Unwrap() []error { return m }

type Code int

func (c Code) Error() string { return "code " + strconv.Itoa(int(c)) }
func (c Code) As(target any) bool {
	if p, ok := target.(*string); ok {
		*p = "as-" + strconv.Itoa(int(c))
		return true
	}
	return false
}

func named() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			n, err = -1, fmt.Errorf("recovered: %v", r)
		}
	}()
	defer func() { n *= 2 }()
	n = 21
	var m map[string]int
	m["x"] = 1
	return n, nil
}

func repanic() (err error) {
	defer func() {
		r := recover()
		err, _ = r.(error)
		if err == nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	defer func() {
		r := recover()
		panic(fmt.Sprintf("again(%v)", r))
	}()
	panic("first")
}

func kinds() {
	try := func(name string, f func()) {
		defer func() {
			r := recover()
			re, ok := r.(runtime.Error)
			fmt.Printf("%s: %v %v", name, r, ok)
			if ok {
				_ = re
			}
			_, isErr := r.(error)
			fmt.Println("", isErr)
		}()
		f()
	}
	var s []int
	var p *NotFound
	var m map[string]int
	var i any = "str"
	var e error
	var fn func()
	z := 0
	n := -1
	try("index", func() { _ = s[5] })
	try("index neg", func() { _ = []int{1, 2}[n+z] })
	try("slice", func() { _ = s[1:] })
	try("slice2", func() { _ = "abc"[2 : 1+z] })
	try("slice3", func() { _ = []int{1, 2}[0 : 1 : 9+z] })
	try("nil deref", func() { _ = p.Key })
	try("nil map", func() { m["a"]++ })
	try("assert", func() { _ = i.(int) })
	try("assert iface", func() { _ = i.(fmt.Stringer) })
	try("assert nil", func() { _ = e.(*NotFound) })
	try("nil iface", func() { _ = e.Error() })
	try("nil func", func() { fn() })
	try("div", func() { _ = 1 / z })
	try("mod", func() { _ = 1 % z })
	try("makeslice", func() { _ = make([]int, n) })
	try("makechan", func() { _ = make(chan int, n) })
	try("close nil", func() { var c chan int; close(c) })
	try("close closed", func() { c := make(chan int); close(c); close(c) })
	try("send closed", func() { c := make(chan int, 1); close(c); c <- 1 })
	try("hash", func() { _ = map[any]int{[]int{1}: 2} })
	try("compare", func() { var a, b any = []int{1}, []int{1}; _ = a == b })
	try("compare func struct", func() { type F struct{ f func() }; var a, b any = F{}, F{}; _ = a == b })
	try("arr conv", func() { _ = [4]int([]int{1, 2}) })
	try("panic nil", func() { panic(nil) })
	try("panic err", func() { panic(&NotFound{"k"}) })
	try("panic val", func() { panic(Code(3)) })
	try("goexit-like", func() { panic(fmt.Sprintf("%T", Multi{})) })
	try("shift", func() { _ = 1 << n })
	try("repeat", func() { strings.Repeat("x", n) })
}

func main() {
	fmt.Println(named())
	fmt.Println(repanic())
	kinds()
	e1 := fmt.Errorf("open: %w", &NotFound{"cfg"})
	var nf *NotFound
	fmt.Println(errors.As(e1, &nf), nf.Key, errors.Is(e1, fs.ErrNotExist), errors.Is(e1, os.ErrExist))
	e2 := Multi{e1, Temp{io.EOF}, Code(7)}
	var tp interface{ Temporary() bool }
	var tt Temp
	var cc Code
	var str string
	fmt.Println(errors.As(e2, &tp), errors.As(e2, &tt), errors.As(e2, &cc), cc, tt, errors.Is(e2, io.EOF))
	_ = str
	j := errors.Join(nil, e1, nil, Code(1))
	fmt.Printf("%v|%+v|%q\n", j, e2, Code(2))
	fmt.Println(errors.Join(nil, nil) == nil, errors.Unwrap(e1) == error(nf), errors.Unwrap(j))
	w := fmt.Errorf("two: %w and %w", Code(1), io.ErrUnexpectedEOF)
	fmt.Println(w, errors.Is(w, Code(1)), errors.Is(w, Code(2)), errors.Is(w, io.ErrUnexpectedEOF))
	if x, ok := errors.AsType[Code](w); ok {
		fmt.Println("astype", x)
	}
	_, err := os.Open("/no/such/file")
	var pe *fs.PathError
	fmt.Println(errors.As(err, &pe), pe.Op, pe.Path, errors.Is(err, fs.ErrNotExist))
	_, err = strconv.Atoi("12x")
	var ne *strconv.NumError
	fmt.Println(errors.As(err, &ne), ne.Func, ne.Err == strconv.ErrSyntax, err)
	for i := range 3 {
		defer func() {
			fmt.Println("d", i, recover())
			if i > 0 {
				panic(i)
			}
		}()
	}
	panic("start")
}

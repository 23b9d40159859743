package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
)

type T struct {
	p *T
	n int
}

func (t T) Val() int  { return t.n }
func (t *T) Ptr() int { return t.n }

type I interface{ Val() int }
type myErr struct{ code int }

func (m myErr) Error() string { return "my" + strconv.Itoa(m.code) }

func try(name string, f func()) {
	defer func() {
		r := recover()
		_, isRT := r.(runtime.Error)
		err, isErr := r.(error)
		fmt.Printf("%s: %v | runtime=%v error=%v\n", name, r, isRT, isErr)
		var me myErr
		if isErr && errors.As(err, &me) {
			fmt.Println("   code", me.code)
		}
	}()
	f()
}

func main() {
	var s []int
	var m map[string]int
	var p *T
	var i I
	var a any = "str"
	var arr [4]int
	idx, neg, zero := 5, -1, 0
	var ch chan int
	var fn func()
	try("index", func() { _ = s[idx] })
	try("neg", func() { _ = arr[neg] })
	try("arr", func() { arr[idx] = 1 })
	try("str", func() { _ = "abc"[idx] })
	try("slice hi", func() { _ = s[:idx] })
	try("slice lo", func() { _ = arr[idx-1 : 2] })
	try("slice3", func() { _ = make([]int, 2, 4)[0:2:idx] })
	try("strslice", func() { _ = "hello"[idx+1:] })
	try("nil map", func() { m["a"] = 1 })
	try("nil ptr", func() { p.n++ })
	try("nil field", func() { t := &T{}; t.p.p.n = 1 })
	try("nil method", func() { fmt.Println(p.Ptr()) })
	try("nil iface", func() { i.Val() })
	try("nil func", func() { fn() })
	try("div", func() { fmt.Println(1 / zero) })
	try("mod", func() { fmt.Println(1 % zero) })
	try("assert", func() { _ = a.(int) })
	try("assert2", func() { _ = a.(I) })
	try("assert nil", func() { a = nil; _ = a.(string) })
	try("assert iface", func() { i = T{}; _ = i.(*T) })
	try("close nil", func() { close(ch) })
	try("close twice", func() { c := make(chan int); close(c); close(c) })
	try("send closed", func() { c := make(chan int, 1); close(c); c <- 1 })
	try("makeslice", func() { _ = make([]int, neg) })
	try("makechan", func() { _ = make(chan int, neg) })
	try("custom", func() { panic(myErr{7}) })
	try("wrapped", func() { panic(fmt.Errorf("w: %w", myErr{8})) })
	try("value", func() { panic(struct{ A, B int }{1, 2}) })
	try("nil panic", func() { panic(nil) })
	try("repanic", func() {
		defer func() { panic(fmt.Sprint("second after ", recover())) }()
		panic("first")
	})
	try("map key", func() { m := map[any]int{}; m[[]int{1}] = 2 })
	try("compare", func() { var x, y any = []int{1}, []int{1}; fmt.Println(x == y) })
	try("conv", func() { _ = [4]int(s) })
	try("none", func() {})
	try("exit", func() {
		_, err := os.Open("/nonexistent/file")
		panic(err)
	})
	try("goexit order", func() {
		defer fmt.Println("deferred 1")
		defer func() {
			defer func() { fmt.Println("inner", recover()) }()
			panic("in defer")
		}()
		panic("outer")
	})
}

package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
)

type T struct{ x int }

func (t *T) Get() int { return t.x }

type Speaker interface{ Speak() string }
type Dog struct{}

func (Dog) Speak() string { return "woof" }

func try(name string, f func()) {
	defer func() {
		r := recover()
		if r == nil {
			fmt.Println(name, "-> no panic")
			return
		}
		if e, ok := r.(runtime.Error); ok {
			fmt.Println(name, "-> runtime error:", strings.TrimPrefix(e.Error(), "runtime error: "))
			return
		}
		fmt.Printf("%s -> %T %v\n", name, r, r)
	}()
	f()
}

func nested() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("wrapped: %v", r)
		}
	}()
	defer fmt.Println("deferred in nested")
	defer func() {
		panic(fmt.Sprint("second after ", recover()))
	}()
	panic("first")
}

func order() {
	defer fmt.Println("order end")
	for i := range 3 {
		defer func() {
			fmt.Println("d", i)
			if i == 1 {
				panic("from deferred")
			}
		}()
	}
}

func cleanup() {
	closeIt := func(s string) { fmt.Println("closing", s) }
	defer func() { closeIt("a") }()
	defer closeIt("b")
	f := closeIt
	closeIt = nil
	defer f("c")
	func() {
		defer f("inner")
	}()
	fmt.Println("body")
	closeIt = f
}

func deep(n int) int {
	if n == 0 {
		panic(errors.New("bottom"))
	}
	defer func() {
		if n == 2 {
			fmt.Println("passing", n)
		}
	}()
	return deep(n-1) + 1
}

func value() (n int, s string) {
	defer func() {
		if recover() != nil {
			n *= 2
			s += "!"
		}
	}()
	n, s = 21, "ok"
	panic(nil)
}

func main() {
	var m map[string]int
	var p *T
	var s []int
	var a any = "str"
	var sp Speaker
	zero := 0
	idx := 5
	arr := [3]int{1, 2, 3}
	try("nil map", func() { m["a"] = 1 })
	try("read nil map", func() { fmt.Println(m["a"], len(m)) })
	try("nil deref", func() { fmt.Println(p.x) })
	try("nil method", func() { fmt.Println(p.Get()) })
	try("index", func() { fmt.Println(s[idx]) })
	try("array index", func() { fmt.Println(arr[idx]) })
	try("neg", func() { fmt.Println(arr[idx-6]) })
	try("slice", func() { fmt.Println(arr[idx:]) })
	try("slice2", func() { s = make([]int, 2, 4); fmt.Println(s[3 : 2+zero]) })
	try("slice3", func() { fmt.Println(s[:idx]) })
	try("string index", func() { fmt.Println("abc"[idx]) })
	try("string slice", func() { fmt.Println("abc"[idx:]) })
	try("div", func() { fmt.Println(1 / zero) })
	try("mod", func() { fmt.Println(1 % zero) })
	try("assert", func() { fmt.Println(a.(int)) })
	try("assert iface", func() { fmt.Println(a.(Speaker)) })
	try("assert nil", func() { fmt.Println(sp.(Dog)) })
	try("assert cell", func() { sp = Dog{}; fmt.Println(sp.(*Dog)) })
	try("nil iface", func() { sp = nil; fmt.Println(sp.Speak()) })
	try("nil func", func() { var f func(); f() })
	try("close nil", func() { var c chan int; close(c) })
	try("close twice", func() { c := make(chan int); close(c); close(c) })
	try("send closed", func() { c := make(chan int, 1); close(c); c <- 1 })
	try("make", func() { fmt.Println(len(make([]int, zero-1))) })
	try("error value", func() { panic(os.ErrNotExist) })
	try("custom", func() { panic(T{3}) })
	try("unhashable", func() { mm := map[any]int{1: 1}; mm[[]int{1}] = 2 })
	try("compare", func() { var x, y any = []int{1}, []int{1}; fmt.Println(x == y) })
	try("fine", func() {})
	try("order", order)
	fmt.Println(nested())
	cleanup()
	try("deep", func() { deep(3) })
	fmt.Println(value())
	try("conv", func() { s := []int{1}; fmt.Println([2]int(s)) })
	try("goexit", func() {
		done := make(chan bool)
		go func() {
			defer close(done)
			defer fmt.Println("exiting")
			runtime.Goexit()
		}()
		<-done
	})
}

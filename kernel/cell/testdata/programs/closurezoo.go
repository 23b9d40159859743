package main

import (
	"fmt"
	"sort"
	"strings"
)

type Counter struct{ n int }

func (c *Counter) Inc() int { c.n++; return c.n }
func (c Counter) Get() int  { return c.n }

func memo[K comparable, V any](f func(K) V) (func(K) V, *int) {
	cache, hits := map[K]V{}, 0
	return func(k K) V {
		if v, ok := cache[k]; ok {
			hits++
			return v
		}
		v := f(k)
		cache[k] = v
		return v
	}, &hits
}

func compose[A, B, C any](f func(A) B, g func(B) C) func(A) C { return func(a A) C { return g(f(a)) } }
func curry(f func(a, b, c int) int) func(int) func(int) func(int) int {
	return func(a int) func(int) func(int) int {
		return func(b int) func(int) int { return func(c int) int { return f(a, b, c) } }
	}
}

type middleware func(handler) handler
type handler func(string) string

func chain(h handler, ms ...middleware) handler {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}
func wrap(l, r string) middleware {
	return func(next handler) handler { return func(s string) string { return l + next(s) + r } }
}

func gen() (next func() int, reset func()) {
	i := 0
	next = func() int { i++; return i * i }
	reset = func() { i = 0 }
	return
}

func fibs() func() int {
	a, b := 0, 1
	return func() int {
		defer func() { a, b = b, a+b }()
		return a
	}
}

func main() {
	var fs []func() int
	for i := 0; i < 4; i++ {
		j := i * i
		fs = append(fs, func() int { i += 10; j++; return i + j })
	}
	for _, f := range fs {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println()
	for i := 0; i < 6; i++ {
		inc := func() { i++ }
		inc()
		fmt.Print(i, " ")
	}
	fmt.Println()
	next, reset := gen()
	fmt.Print(next(), next(), next(), " ")
	reset()
	fmt.Println(next())
	sq, hits := memo(func(n int) string { return strings.Repeat("x", n) })
	fmt.Println(sq(3), sq(2), sq(3), *hits)
	var fib func(int) int
	var h *int
	fib, h = memo(func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	})
	fmt.Println(fib(60), *h)
	f := compose(strings.Fields, func(w []string) int { return len(w) })
	g := compose(f, func(n int) string { return fmt.Sprint(n, " words") })
	fmt.Println(g("a b c"), curry(func(a, b, c int) int { return a*100 + b*10 + c })(1)(2)(3))
	fmt.Println(chain(strings.ToUpper, wrap("<", ">"), wrap("[", "]"), func(n handler) handler {
		return func(s string) string { return n(s + "!") }
	})("hi"))
	c := Counter{10}
	inc, get := c.Inc, c.Get
	inc()
	inc()
	fmt.Println(c.n, get(), c.Get(), (*Counter).Inc(&c), Counter.Get(c))
	ff := fibs()
	for range 10 {
		fmt.Print(ff(), " ")
	}
	fmt.Println()
	x := 1
	func() {
		x := x + 1
		x++
		func() { x *= 10 }()
		fmt.Print(x, " ")
	}()
	{
		x := "shadow"
		_ = x
	}
	if x := x * 5; x > 3 {
		x++
		fmt.Print(x, " ")
	}
	fmt.Println(x)
	people := []struct {
		Name string
		Age  int
	}{{"A", 30}, {"B", 25}, {"C", 35}}
	by := map[string]func(i, j int) bool{
		"age":  func(i, j int) bool { return people[i].Age < people[j].Age },
		"name": func(i, j int) bool { return people[i].Name > people[j].Name },
	}
	for _, k := range []string{"age", "name"} {
		sort.Slice(people, by[k])
		fmt.Print(people, " ")
	}
	fmt.Println()
	var ops []func(int) int
	for _, op := range []string{"+", "*", "-"} {
		switch op {
		case "+":
			ops = append(ops, func(i int) int { return i + len(ops) })
		case "*":
			k := 3
			ops = append(ops, func(i int) int { k++; return i * k })
		default:
			ops = append(ops, func(i int) int { return -i })
		}
	}
	v := 1
	for range 2 {
		for _, o := range ops {
			v = o(v)
		}
	}
	fmt.Println(v)
	func(xs ...int) {
		defer func(n int) { fmt.Println("deferred", n, len(xs)) }(len(xs))
		xs = append(xs, 1)
	}(1, 2)
	m := map[string]*Counter{}
	add := func(k string) func() int {
		if m[k] == nil {
			m[k] = new(Counter)
		}
		return m[k].Inc
	}
	a1, a2 := add("z"), add("z")
	a1()
	fmt.Println(a2(), m["z"].n, add("q")())
}

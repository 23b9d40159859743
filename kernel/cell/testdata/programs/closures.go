package main

import "fmt"

type Option func(*config)

type config struct {
	name  string
	level int
	hooks []func(string) string
}

func WithLevel(n int) Option { return func(c *config) { c.level = n } }
func WithHook(f func(string) string) Option {
	return func(c *config) { c.hooks = append(c.hooks, f) }
}

func build(name string, opts ...Option) *config {
	c := &config{name: name, level: 1}
	for _, o := range opts {
		o(c)
	}
	return c
}

func (c *config) run(s string) string {
	for _, h := range c.hooks {
		s = h(s)
	}
	return fmt.Sprintf("%s[%d]: %s", c.name, c.level, s)
}

func fibGen() func() int {
	a, b := 0, 1
	return func() int {
		r := a
		a, b = b, a+b
		return r
	}
}

func compose[A, B, C any](f func(A) B, g func(B) C) func(A) C {
	return func(a A) C { return g(f(a)) }
}

func memo(f func(int) int) func(int) int {
	cache := map[int]int{}
	calls := 0
	return func(n int) int {
		if v, ok := cache[n]; ok {
			return v
		}
		calls++
		v := f(n)
		cache[n] = v
		return v
	}
}

func deferred() (s string) {
	for i := 0; i < 3; i++ {
		defer func() { s += fmt.Sprint(i, " ") }()
	}
	for i := range 3 {
		y := i * 10
		defer func(n int) { s += fmt.Sprint(n, y, " ") }(i)
	}
	x := 1
	defer func(v int) { s += fmt.Sprint("v", v, " x", x, ";") }(x)
	x = 5
	return "start "
}

func main() {
	c := build("svc", WithLevel(3), WithHook(func(s string) string { return "<" + s + ">" }),
		WithHook(func(s string) string { return s + "!" }))
	fmt.Println(c.run("go"))
	next := fibGen()
	other := fibGen()
	for range 5 {
		fmt.Print(next(), " ")
	}
	fmt.Println(other(), next())
	f := compose(func(n int) float64 { return float64(n) / 2 }, func(x float64) string { return fmt.Sprintf("%.2f", x) })
	fmt.Println(f(7))
	var fib func(int) int
	fib = memo(func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	})
	fmt.Println(fib(50))
	fmt.Println(deferred())
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	acc := 0
	add := func(n int) func() { return func() { acc += n } }
	a1, a2 := add(1), add(100)
	a1()
	a2()
	a1()
	fmt.Println(acc)
	for i := 0; i < 6; i++ {
		if i%2 == 0 {
			i++
		}
		defer fmt.Println("deferred", i)
	}
	func() {
		defer func() {
			if r := recover(); r != nil {
				fmt.Println("recovered:", r)
			}
		}()
		var m map[string]int
		m["a"] = 1
	}()
}

package main

import (
	"fmt"
	"sort"
	"strings"
)

// Function values in all the places where values can be.

type op func(int, int) int

type button struct {
	label string
	click func(n int) string
	next  *button
	over  []func() int
}

type table map[string]func(float64) float64

var (
	session  = func(n int) int { return n * 3 }
	handlers = map[string]op{"add": func(a, b int) int { return a + b }}
	hooks    []func(s string) string
	counter  int
	nothing  func()
)

func testSession() string {
	t := 0
	for i := range 10 {
		t += session(i)
	}
	old := session
	session = func(n int) int { return old(n) + 1 }
	r := fmt.Sprint(t, session(5))
	session = old
	return r
}

func testMaps() string {
	handlers["mul"] = func(a, b int) int { return a * b }
	handlers["max"] = func(a, b int) int { return max(a, b) }
	var names []string
	for n := range handlers {
		names = append(names, n)
	}
	sort.Strings(names)
	r := ""
	for _, n := range names {
		r += fmt.Sprint(n, handlers[n](6, 7), " ")
	}
	f, ok := handlers["none"]
	return r + fmt.Sprint(f == nil, ok, handlers["add"] != nil)
}

func testStructs() string {
	n := 0
	b := button{label: "b", click: func(k int) string { n += k; return strings.Repeat("x", n) }}
	c := &button{"c", b.click, &b, nil}
	for i := range 3 {
		c.over = append(c.over, func() int { n++; return i * n })
	}
	r := b.click(2) + " " + c.click(1) + " " + c.next.click(1)
	for _, f := range c.over {
		r += fmt.Sprint(" ", f())
	}
	arr := [2]func() int{c.over[0], func() int { return n }}
	return r + fmt.Sprint(arr[0](), arr[1](), len(c.over), b.over == nil)
}

func apply(f func(int) int, n int) (r int) {
	for range n {
		r = f(r)
	}
	return
}

func compose(fs ...func(int) int) func(int) int {
	return func(n int) int {
		for _, f := range fs {
			n = f(n)
		}
		return n
	}
}

func double(n int) int { return n*2 + 1 }

func testHigher() string {
	inc := func(n int) int { counter++; return n + 1 }
	f := compose(inc, double, session, inc)
	return fmt.Sprint(apply(f, 4), counter, apply(double, 3), compose()(7))
}

func testNil() string {
	var f func(int) int
	return fmt.Sprint(f(1))
}

func testNilField() string {
	b := &button{}
	return b.click(2)
}

func testNilSession() string {
	nothing()
	return "not nil"
}

func testLoopVariables() string {
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
		i := i * 2
		fs = append(fs, func() int { i++; return i })
	}
	for i, v := range []int{7, 8} {
		fs = append(fs, func() int { v += i; return v })
	}
	r := ""
	for range 2 {
		for _, f := range fs {
			r += fmt.Sprint(f(), " ")
		}
	}
	return r
}

func many() (func() int, func(int), error) {
	n := 0
	return func() int { return n }, func(k int) { n += k }, nil
}

func testShared() string {
	get, add, err := many()
	add(3)
	add(4)
	return fmt.Sprint(get(), err)
}

func testCompiledValues() string {
	up := strings.ToUpper
	fs := map[string]func(string) string{"up": up, "trim": strings.TrimSpace}
	hooks = append(hooks, fs["up"], func(s string) string { return s + "!" })
	s := " a b "
	for _, h := range hooks {
		s = h(s)
	}
	hooks = nil
	return fs["trim"](s) + strings.Map(func(r rune) rune { return r + 1 }, "abc")
}

func testSorting() string {
	type pair struct {
		k string
		v int
	}
	ps := []pair{{"a", 3}, {"b", 1}, {"c", 2}}
	by := map[string]func(i, j int) bool{
		"k": func(i, j int) bool { return ps[i].k > ps[j].k },
		"v": func(i, j int) bool { return ps[i].v < ps[j].v },
	}
	r := ""
	for _, n := range []string{"k", "v"} {
		sort.Slice(ps, by[n])
		for _, p := range ps {
			r += p.k
		}
	}
	return r
}

type visitor func(n int, enter bool) visitor

func testNamedRecursive() string {
	r := ""
	var v visitor
	depth := 0
	v = func(n int, enter bool) visitor {
		depth++
		r += fmt.Sprint(n, enter, " ")
		if depth > 3 {
			return nil
		}
		return v
	}
	for w := v; w != nil; w = w(depth, depth%2 == 0) {
	}
	return r
}

func testBigArguments() string {
	type big struct {
		a, b int
		s    string
		xs   []int
		f    func(x [3]int, e error, v any) (int, string)
	}
	f := func(b big, k float32, ss ...string) (big, float32, []string) {
		b.a++
		b.s += "s"
		return b, k * 2, append(ss, b.s)
	}
	b := big{1, 2, "x", []int{3}, func(x [3]int, e error, v any) (int, string) { return x[2], fmt.Sprint(e, v) }}
	fs := []func(big, float32, ...string) (big, float32, []string){f}
	c, k, ss := fs[0](b, 1.5, "p", "q")
	n, t := c.f([3]int{7, 8, 9}, fmt.Errorf("e%d", c.a), 2.5)
	return fmt.Sprint(c.a, c.b, c.s, c.xs, k, ss, n, t)
}

func testMemo() string {
	memo := map[int]int{}
	var fib func(int) int
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		if v, ok := memo[n]; ok {
			return v
		}
		memo[n] = fib(n-1) + fib(n-2)
		return memo[n]
	}
	return fmt.Sprint(fib(80))
}

func testOrder() string {
	log := ""
	get := func(s string) func(string) string {
		log += "get" + s + " "
		return func(t string) string { log += s + t + " "; return t }
	}
	r := get("f")(get("g")("x"))
	return r + " " + log
}

func main() {}

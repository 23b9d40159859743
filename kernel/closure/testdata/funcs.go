package main

import (
	"fmt"
	"sort"
	"strings"
)

type person struct {
	name string
	age  int
}

func apply(f func(int) int, n int) int { return f(n) }

func double(n int) int { return 2 * n }

func compose(f, g func(int) int) func(int) int {
	return func(n int) int { return g(f(n)) }
}

func counter() (func() int, func()) {
	n := 0
	return func() int { n++; return n }, func() { n = 100 }
}

func each(xs []int, f func(i, x int)) {
	for i, x := range xs {
		f(i, x)
	}
}

func testLiterals() string {
	add := func(a, b int) int { return a + b }
	k := 10
	addK := func(n int) int { return n + k }
	k = 20
	out := fmt.Sprint(add(1, 2), addK(1), apply(addK, 5), apply(double, 7), apply(func(n int) int { return n * n }, 9))
	next, reset := counter()
	next()
	next()
	out += fmt.Sprint(next())
	reset()
	out += fmt.Sprint(next(), compose(double, addK)(3))
	return out
}

func testRecursive() string {
	var fib func(n int) int
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	}
	memo := map[int]int{}
	var fast func(int) int
	fast = func(n int) int {
		if n < 2 {
			return n
		}
		if v, ok := memo[n]; ok {
			return v
		}
		memo[n] = fast(n-1) + fast(n-2)
		return memo[n]
	}
	return fmt.Sprint(fib(20), fast(80))
}

func testLoopVars() string {
	f := func() int { return -1 }
	t := 0
	for i := 0; i < 5; i++ {
		g := f
		f = func() int { return g()*10 + i }
		i := i * 2
		t += i
	}
	h := func() int { return 0 }
	for i, s := range []string{"a", "bb"} {
		g := h
		h = func() int { return g()*100 + i*10 + len(s) }
	}
	return fmt.Sprint(f(), t, h())
}

func testSort() string {
	people := []person{{"Al", 30}, {"Bo", 25}, {"Cy", 35}, {"Di", 25}}
	calls := 0
	sort.Slice(people, func(i, j int) bool {
		calls++
		if people[i].age != people[j].age {
			return people[i].age < people[j].age
		}
		return people[i].name > people[j].name
	})
	out := ""
	for _, p := range people {
		out += p.name
	}
	xs := []int{1, 3, 5, 7}
	n := sort.Search(len(xs), func(i int) bool { return xs[i] >= 4 })
	up := strings.Map(func(r rune) rune {
		if r == 'a' {
			return -1
		}
		return r + 1
	}, "banana")
	return out + fmt.Sprint(n, up, calls > 0)
}

func testEach() string {
	sum, s := 0, ""
	each([]int{1, 2, 3}, func(i, x int) {
		sum += i * x
		s += fmt.Sprint(i)
		for range x {
			if x == 2 {
				continue
			}
			sum++
		}
	})
	return s + fmt.Sprint(sum)
}

func testOrder() string {
	n := 1
	bump := func() int { n *= 3; return n }
	a := n + bump()
	b := bump() + n
	n += bump()
	xs := []int{0, 0, 0, 0}
	i := 0
	next := func() int { i++; return i }
	xs[next()] = next()
	return fmt.Sprint(a, b, n, xs, i)
}

func testResults() string {
	f := func(a int, s string) (x int, y string, p person) {
		x = a * 2
		y = s + "!"
		p.name = y
		return
	}
	x, y, p := f(4, "hey")
	g := func(p person) person { p.age++; return p }
	return fmt.Sprint(x, y, p.name, g(g(p)).age)
}

func testNil() string {
	var f func(int) int
	if f == nil {
		return fmt.Sprint(f(1))
	}
	return "not nil"
}

func testPanicInside() string {
	xs := []int{1}
	sort.Slice([]int{3, 2, 1}, func(i, j int) bool { return xs[i+j] > 0 })
	return "done"
}

func main() {}

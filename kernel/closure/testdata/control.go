package main

import (
	"fmt"
	"strings"
)

// Jumps, iterators, unsigned indices, and new of a value.

type tree struct {
	left, right *tree
	v           int
}

type list []string

func (t *tree) insert(v int) *tree {
	if t == nil {
		return &tree{v: v}
	}
	if v < t.v {
		t.left = t.left.insert(v)
	} else {
		t.right = t.right.insert(v)
	}
	return t
}

func (t *tree) walk(yield func(int) bool) bool {
	return t == nil || t.left.walk(yield) && yield(t.v) && t.right.walk(yield)
}

func (t *tree) all() func(func(int) bool) {
	return func(yield func(int) bool) { t.walk(yield) }
}

func (l list) pairs() func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		defer func() { trail += "]" }()
		trail += "["
		for i, s := range l {
			if !yield(i, s) {
				trail += "stop"
				return
			}
		}
	}
}

func count(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func times(n int) func(func() bool) {
	return func(yield func() bool) {
		for n > 0 && yield() {
			n--
		}
	}
}

var (
	trail string
	kept  func(int) bool
	words = list{"a", "bb", "ccc", "dddd"}
)

func testTree() string {
	var t *tree
	for _, v := range []int{5, 2, 8, 1, 9, 3} {
		t = t.insert(v)
	}
	r := ""
	for v := range t.all() {
		if v == 3 {
			continue
		}
		if v > 8 {
			break
		}
		r += fmt.Sprint(v, " ")
	}
	return r
}

func find(s string) (at int, ok bool) {
	for i, w := range words.pairs() {
		if w == s {
			return i, true
		}
	}
	return -1, false
}

func testFind() string {
	trail = ""
	i, ok := find("ccc")
	j, no := find("z")
	return fmt.Sprint(i, ok, j, no, trail)
}

func testNested() string {
	r := ""
outer:
	for i := range count(4) {
		for j, w := range words.pairs() {
			for range times(2) {
				switch {
				case i == 1:
					continue outer
				case j == 2:
					r += "|"
					break outer
				case len(w) > i+1:
					break
				}
				r += fmt.Sprint(i, j, " ")
			}
		}
	}
	return r
}

func testAssigned() string {
	var i int
	xs := []string{"", ""}
	n := 0
	for i, xs[1] = range words.pairs() {
		n += i + len(xs[1])
	}
	var fs []func() int
	for k := range count(3) {
		fs = append(fs, func() int { k += 10; return k })
	}
	for _, f := range fs {
		n = n*7 + f() + f()
	}
	return fmt.Sprint(i, xs, n)
}

func deferring() (s string) {
	for i := range count(3) {
		defer func() { s += fmt.Sprint("d", i) }()
	}
	for _, w := range words.pairs() {
		defer func() { s += w }()
		if w == "bb" {
			return "r"
		}
	}
	return "end"
}

func testDeferring() string { return deferring() }

func recovering() (s string) {
	defer func() {
		for range times(1) {
			s += fmt.Sprint("body ", recover())
		}
	}()
	for v := range count(5) {
		_ = 10 / (2 - v)
	}
	return "no"
}

func testRecovering() string { return recovering() }

func try(f func()) (s string) {
	defer func() { s = fmt.Sprint(recover()) }()
	f()
	return "fine"
}

func testMisuse() string {
	after := func(yield func(int) bool) { yield(1); yield(2) }
	keep := func(yield func(int) bool) { kept = yield; yield(1) }
	swallow := func(yield func(int) bool) {
		func() { defer func() { recover() }(); yield(1) }()
	}
	again := func(yield func(int) bool) {
		func() { defer func() { recover() }(); yield(1) }()
		yield(2)
	}
	var none func(func(int) bool)
	return strings.Join([]string{
		try(func() {
			for range after {
				break
			}
		}),
		try(func() {
			for range keep {
			}
			kept(3)
		}),
		try(func() {
			for range swallow {
				panic("swallowed")
			}
		}),
		try(func() {
			for range again {
				panic("first")
			}
		}),
		try(func() {
			for range none {
			}
		}),
		try(func() {
			for i := range after {
				if i == 2 {
					panic("own")
				}
			}
		}),
	}, "; ")
}

func testRecursive() string {
	var perms func(n int) func(func(string) bool)
	perms = func(n int) func(func(string) bool) {
		return func(yield func(string) bool) {
			if n == 0 {
				yield("")
				return
			}
			for s := range perms(n - 1) {
				for _, c := range "ab" {
					if !yield(s + string(c)) {
						return
					}
				}
			}
		}
	}
	r, n := "", 0
	for s := range perms(4) {
		if n++; n > 10 {
			break
		}
		r += s + " "
	}
	return r
}

func testGoto() string {
	i, r := 0, ""
loop:
	if i < 5 {
		r += fmt.Sprint(i)
		i++
		if i == 3 {
			goto loop
		}
		for {
			r += "."
			if i > 1 {
				goto next
			}
			switch i {
			case 1:
				goto loop
			}
		}
	next:
		r += "n"
		goto loop
	}
	for j := range 3 {
		k := 0
	again:
		k++
		if k < j*2 {
			goto again
		}
		r += fmt.Sprint("/", k)
		if j == 1 {
			goto end
		}
	}
	r += "unreached"
end:
	return r + "e"
}

func collatz(n int) (steps int) {
top:
	if n == 1 {
		return
	}
	steps++
	if n%2 == 0 {
		n /= 2
		goto top
	}
	n = 3*n + 1
	goto top
}

func testCollatz() string {
	var fs []func() int
	i := 0
again:
	v := i * i
	fs = append(fs, func() int { v++; return v })
	if i++; i < 3 {
		goto again
	}
	for _, f := range fs {
		i = i*10 + f()
	}
	return fmt.Sprint(collatz(27), i)
}

func testUnsigned() string {
	xs := []int{1, 2, 3}
	arr := [4]string{"a", "b", "c", "d"}
	s := "hello"
	var u uint64 = 2
	var w uint = 1
	var p uintptr = 1
	var b uint8 = 3
	xs[u] += 5
	arr[w] = "B"
	return fmt.Sprint(xs[w], xs[u], arr[b], s[p], xs[w:], s[:u], len(make([]int, u, 9)), arr[:b], cap(make(chan int, w)))
}

func testHuge() string {
	xs := []int{1, 2, 3}
	s := "hello"
	var arr [3]int
	huge, big := ^uint64(0), uint(5)
	r := []string{}
	for _, f := range []func(){
		func() { _ = xs[huge] },
		func() { _ = s[huge] },
		func() { arr[huge%4] = 1 },
		func() { _ = arr[huge] },
		func() { _ = xs[big] },
		func() { _ = xs[huge:] },
		func() { _ = xs[:huge] },
		func() { _ = xs[1:2:huge] },
		func() { _ = s[huge:] },
		func() { _ = s[:huge] },
		func() { _ = s[3 : big-3] },
		func() { _ = make([]int, huge) },
		func() { _ = make(chan int, huge) },
		func() { xs[huge-1]++ },
	} {
		r = append(r, try(f))
	}
	return strings.Join(r, "; ")
}

func testNew() string {
	n := 3
	p := new(n + 1)
	q := new("text")
	t := new(tree{v: 7})
	f := new(func(k int) int { return k * n })
	e := new([]int{1, 2})
	n = 100
	*p++
	var a any = *new(2.5)
	x := new(new(5))
	return fmt.Sprint(*p, *q, t.v, (*f)(2), *e, a, **x, *new(int8(3)), *new(n == 100))
}

func main() {}

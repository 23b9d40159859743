package main

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
)

func Count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("count done")
		for i := range n {
			if !yield(i) {
				fmt.Println("stopped at", i)
				return
			}
		}
	}
}

func Filter[T any](s iter.Seq[T], f func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range s {
			if f(v) && !yield(v) {
				return
			}
		}
	}
}

func Zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		next, stop := iter.Pull(b)
		defer stop()
		for x := range a {
			y, ok := next()
			if !ok || !yield(x, y) {
				return
			}
		}
	}
}

func deferInside() (s string) {
	defer func() { s += "!" }()
	for i := range Count(3) {
		defer func() { s += fmt.Sprint("d", i) }()
		if i == 1 {
			return "ret"
		}
	}
	return "end"
}

func nested() (int, error) {
outer:
	for i := range Count(4) {
		for j := range Count(4) {
			if j == 1 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			if i == 5 {
				return i, errors.New("x")
			}
			fmt.Println(i, j)
		}
	}
	return 7, nil
}

type Tree struct {
	L, R *Tree
	V    int
}

func (t *Tree) All() iter.Seq[int] {
	return func(yield func(int) bool) { t.push(yield) }
}

func (t *Tree) push(yield func(int) bool) bool {
	if t == nil {
		return true
	}
	return t.L.push(yield) && yield(t.V) && t.R.push(yield)
}

func bad(yield func(int) bool) {
	yield(1)
	yield(2)
}

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Printf("%s: %v\n", name, r)
		}
	}()
	f()
}

func main() {
	for v := range Filter(Count(10), func(i int) bool { return i%3 == 0 }) {
		fmt.Println("v", v)
		if v == 6 {
			break
		}
	}
	for a, b := range Zip(Count(3), slices.Values([]string{"x", "y"})) {
		fmt.Println(a, b)
	}
	fmt.Println(deferInside())
	fmt.Println(nested())
	t := &Tree{&Tree{nil, nil, 1}, &Tree{&Tree{V: 3}, nil, 4}, 2}
	for v := range t.All() {
		if v == 4 {
			break
		}
		fmt.Print(v, " ")
	}
	fmt.Println(slices.Collect(t.All()))
	try("bad", func() {
		for x := range bad {
			fmt.Println(x)
			break
		}
	})
	try("panic in body", func() {
		for x := range Count(3) {
			if x == 1 {
				panic(fmt.Sprint("body ", x))
			}
		}
	})
	next, stop := iter.Pull2(maps.All(map[string]int{"one": 1}))
	k, v, ok := next()
	fmt.Println(k, v, ok)
	k, v, ok = next()
	fmt.Printf("%q %v %v\n", k, v, ok)
	stop()
	next1, stop1 := iter.Pull(Count(5))
	fmt.Println(next1())
	fmt.Println(next1())
	stop1()
	fmt.Println(next1())
	var fs []func() int
	for i := range Count(3) {
		fs = append(fs, func() int { i *= 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	fmt.Println(slices.Sorted(maps.Keys(map[int]bool{3: true, 1: false})))
	for range Count(2) {
		fmt.Println("tick")
	}
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c, len(c), cap(c), ";")
	}
	fmt.Println()
	type pt struct{ x, y int }
	pts := []pt{{3, 1}, {1, 2}, {2, 0}}
	for i, p := range slices.Backward(pts) {
		fmt.Print(i, p)
	}
	fmt.Println(slices.SortedFunc(slices.Values(pts), func(a, b pt) int { return a.x - b.x }))
	func() {
		defer fmt.Println("deferred outer")
		for i := range Count(2) {
			func() {
				defer fmt.Println("inner", i)
			}()
		}
	}()
	goto end
end:
	fmt.Println("end")
}

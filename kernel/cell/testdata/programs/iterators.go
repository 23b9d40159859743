package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

func Count(from int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("<end> ")
		for i := from; yield(i); i++ {
		}
	}
}

func Map[T, U any](s iter.Seq[T], f func(T) U) iter.Seq[U] {
	return func(yield func(U) bool) {
		for v := range s {
			if !yield(f(v)) {
				return
			}
		}
	}
}

func Filter[T any](s iter.Seq[T], ok func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		s(func(v T) bool { return !ok(v) || yield(v) })
	}
}

func Take[T any](s iter.Seq[T], n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		if n <= 0 {
			return
		}
		i := 0
		for v := range s {
			i++
			if !yield(v) || i == n {
				return
			}
		}
	}
}

func Zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		nb, stop := iter.Pull(b)
		defer stop()
		for x := range a {
			y, ok := nb()
			if !ok || !yield(x, y) {
				return
			}
		}
	}
}

type Tree struct {
	L, R *Tree
	V    string
}

func (t *Tree) All(yield func(string) bool) { t.push(yield) }
func (t *Tree) push(yield func(string) bool) bool {
	return t == nil || t.L.push(yield) && yield(t.V) && t.R.push(yield)
}

func find(t *Tree, pred func(string) bool) (string, error) {
	for v := range t.All {
		if pred(v) {
			return v, nil
		}
	}
	return "", fmt.Errorf("not found in %q", slices.Collect(t.All))
}

func nested() (out []string) {
outer:
	for i := range Take(Count(1), 5) {
		defer func() { out = append(out, fmt.Sprint("d", i)) }()
		for j := range Count(10) {
			switch {
			case j == 11:
				continue
			case j > 12 && i != 2:
				continue outer
			case i == 3:
				break outer
			case j > 13:
				break
			}
			if j > 14 {
				goto done
			}
			out = append(out, fmt.Sprint(i, j))
		}
	}
done:
	out = append(out, "done")
	return out
}

func main() {
	fmt.Println(slices.Collect(Take(Map(Filter(Count(1), func(i int) bool { return i%3 == 0 }), func(i int) string { return fmt.Sprint("n", i) }), 4)))
	for a, b := range Zip(slices.Values([]string{"x", "y", "z"}), Count(7)) {
		fmt.Print(a, b, " ")
		if a == "y" {
			break
		}
	}
	fmt.Println()
	t := &Tree{&Tree{nil, nil, "ant"}, &Tree{&Tree{V: "cow"}, nil, "dog"}, "bee"}
	fmt.Println(find(t, func(s string) bool { return s > "bee" }))
	fmt.Println(find(t, func(s string) bool { return s == "" }))
	fmt.Println(nested())
	m := map[string]int{"a": 1, "b": 2, "c": 3}
	keys := slices.Sorted(maps.Keys(m))
	for i, k := range slices.Backward(keys) {
		fmt.Print(i, k, m[k], " ")
	}
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c, len(c), cap(c))
	}
	fmt.Println()
	for w := range strings.SplitSeq("p,q,r", ",") {
		fmt.Print(w, ";")
	}
	for range Take(Count(0), 2) {
		fmt.Print("tick ")
	}
	next, stop := iter.Pull(Count(100))
	a, _ := next()
	b, ok := next()
	stop()
	_, ok2 := next()
	fmt.Println(a, b, ok, ok2)
	func() {
		defer func() { fmt.Println("got", recover()) }()
		for i := range Count(1) {
			if i == 3 {
				panic(fmt.Sprintf("at %d", i))
			}
		}
	}()
}

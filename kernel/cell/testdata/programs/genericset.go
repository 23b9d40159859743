package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
)

type Set[T comparable] map[T]struct{}

func Of[T comparable](xs ...T) Set[T] {
	s := make(Set[T], len(xs))
	s.Add(xs...)
	return s
}
func (s Set[T]) Add(xs ...T) Set[T] {
	for _, x := range xs {
		s[x] = struct{}{}
	}
	return s
}
func (s Set[T]) Has(x T) bool { _, ok := s[x]; return ok }
func (s Set[T]) Union(o Set[T]) Set[T] {
	r := maps.Clone(s)
	maps.Copy(r, o)
	return r
}
func (s Set[T]) Each(f func(T)) {
	for x := range s {
		f(x)
	}
}
func (s Set[T]) String() string {
	var parts []string
	s.Each(func(x T) { parts = append(parts, fmt.Sprint(x)) })
	sort.Strings(parts)
	return "{" + strings.Join(parts, ",") + "}"
}

type Numeric interface {
	~int | ~int8 | ~uint | ~float32 | ~float64
}

func Sum[T Numeric](xs ...T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}
func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}
func Reduce[T, A any](xs []T, init A, f func(A, T) A) A {
	for _, x := range xs {
		init = f(init, x)
	}
	return init
}
func GroupBy[T any, K comparable](xs []T, key func(T) K) map[K][]T {
	m := map[K][]T{}
	for _, x := range xs {
		m[key(x)] = append(m[key(x)], x)
	}
	return m
}
func SortedKeys[M ~map[K]V, K cmp.Ordered, V any](m M) []K { return slices.Sorted(maps.Keys(m)) }
func Ptr[T any](v T) *T                                    { return &v }
func Zero[T any]() (z T)                                   { return }
func MaxBy[T any, N cmp.Ordered](xs []T, f func(T) N) (best T, ok bool) {
	var bn N
	for i, x := range xs {
		if n := f(x); i == 0 || n > bn {
			best, bn, ok = x, n, true
		}
	}
	return
}

type Number int8
type Stringish interface{ ~string }

func Join[S Stringish](xs []S, sep S) (r S) {
	for i, x := range xs {
		if i > 0 {
			r += sep
		}
		r += x
	}
	return r
}

type Tuple[A, B any] struct {
	A A
	B B
}

func Zip[A, B any](a []A, b []B) (out []Tuple[A, B]) {
	for i := range min(len(a), len(b)) {
		out = append(out, Tuple[A, B]{a[i], b[i]})
	}
	return
}
func (t Tuple[A, B]) Swap() Tuple[B, A] { return Tuple[B, A]{t.B, t.A} }

type List[T any] struct {
	head *elem[T]
	size int
}
type elem[T any] struct {
	v    T
	next *elem[T]
}

func (l *List[T]) Push(v T) *List[T] { l.head = &elem[T]{v, l.head}; l.size++; return l }
func (l *List[T]) Each(f func(int, T) bool) {
	i := 0
	for e := l.head; e != nil; e = e.next {
		if !f(i, e.v) {
			return
		}
		i++
	}
}

type Ord[T any] interface{ Less(T) bool }
type Ver struct{ maj, min int }

func (v Ver) Less(o Ver) bool { return v.maj < o.maj || v.maj == o.maj && v.min < o.min }
func Min[T Ord[T]](a T, rest ...T) T {
	for _, x := range rest {
		if x.Less(a) {
			a = x
		}
	}
	return a
}

type ID string

func main() {
	a, b := Of(1, 2, 3), Of(3, 4)
	fmt.Println(a.Union(b), a.Has(2), b.Has(2), len(a), a)
	fmt.Println(Of("x", "y").Add("z"), Of[any](1, "a", 2.5), Of(Ver{1, 2}, Ver{1, 2}))
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2), Sum[Number](100, 100), Sum[int]())
	ws := strings.Fields("apple bob cat apricot banana")
	fmt.Println(Map(ws, func(s string) int { return len(s) }), Reduce(ws, 0, func(n int, s string) int { return n + len(s) }))
	g := GroupBy(ws, func(s string) byte { return s[0] })
	for _, k := range SortedKeys(g) {
		fmt.Print(string(k), g[k], " ")
	}
	fmt.Println()
	fmt.Println(*Ptr(5), *Ptr(ID("x")), Zero[Ver](), Zero[*int]() == nil, Zero[[2]string]())
	fmt.Println(MaxBy(ws, func(s string) int { return len(s) }))
	fmt.Println(Join([]ID{"a", "b"}, "-"), Min(Ver{1, 2}, Ver{0, 9}, Ver{0, 3}))
	z := Zip(ws, []float64{1, 2.5})
	fmt.Printf("%v %T %+v %T\n", z, z, z[1].Swap(), z[0].Swap())
	l := (&List[string]{}).Push("c").Push("b").Push("a")
	l.Each(func(i int, s string) bool { fmt.Print(i, s, " "); return s != "b" })
	l.Each(func(i int, s string) bool { return true })
	ll := &List[*List[string]]{}
	ll.Push(l).Push(nil)
	fmt.Println(l.size, ll.head.next.v == l)
	fm := Map[int, func() int]
	for _, f := range fm([]int{1, 2}, func(i int) func() int { return func() int { i *= 2; return i } }) {
		fmt.Print(f(), f(), " ")
	}
	fmt.Printf("%T %T\n", a, Tuple[ID, List[int]]{})
}

package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
)

type Number interface {
	~int | ~int64 | ~float64
}

type ID int

func (i ID) String() string { return fmt.Sprintf("#%d", int(i)) }

func Sum[T Number](xs ...T) (total T) {
	for _, x := range xs {
		total += x
	}
	return total
}

func Map[T, U any](xs []T, f func(T) U) []U {
	out := make([]U, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func Filter[S ~[]E, E any](s S, keep func(E) bool) S {
	var out S
	for _, e := range s {
		if keep(e) {
			out = append(out, e)
		}
	}
	return out
}

func Reduce[T, A any](xs []T, init A, f func(A, T) A) A {
	acc := init
	for _, x := range xs {
		acc = f(acc, x)
	}
	return acc
}

func GroupBy[T any, K comparable](xs []T, key func(T) K) map[K][]T {
	m := make(map[K][]T)
	for _, x := range xs {
		k := key(x)
		m[k] = append(m[k], x)
	}
	return m
}

type Set[T comparable] map[T]struct{}

func NewSet[T comparable](xs ...T) Set[T] {
	s := Set[T]{}
	for _, x := range xs {
		s.Add(x)
	}
	return s
}

func (s Set[T]) Add(x T)      { s[x] = struct{}{} }
func (s Set[T]) Has(x T) bool { _, ok := s[x]; return ok }
func (s Set[T]) Union(o Set[T]) Set[T] {
	r := maps.Clone(s)
	maps.Copy(r, o)
	return r
}

type List[T any] struct {
	head, tail *elem[T]
	n          int
}

type elem[T any] struct {
	val  T
	next *elem[T]
}

func (l *List[T]) Append(v T) *List[T] {
	e := &elem[T]{val: v}
	if l.tail == nil {
		l.head = e
	} else {
		l.tail.next = e
	}
	l.tail = e
	l.n++
	return l
}

func (l *List[T]) Each(f func(int, T) bool) {
	i := 0
	for e := l.head; e != nil; e = e.next {
		if !f(i, e.val) {
			return
		}
		i++
	}
}

type Ordered[T any] interface{ Less(T) bool }

type Version struct{ Major, Minor int }

func (v Version) Less(o Version) bool {
	return v.Major < o.Major || v.Major == o.Major && v.Minor < o.Minor
}

func MaxOf[T Ordered[T]](xs ...T) T {
	m := xs[0]
	for _, x := range xs[1:] {
		if m.Less(x) {
			m = x
		}
	}
	return m
}

type Cache[K comparable, V any] struct {
	data  map[K]V
	order []K
	max   int
	List[K]
}

func NewCache[K comparable, V any](n int) *Cache[K, V] {
	return &Cache[K, V]{data: map[K]V{}, max: n}
}

func (c *Cache[K, V]) Put(k K, v V) {
	if _, ok := c.data[k]; !ok {
		if len(c.order) == c.max {
			delete(c.data, c.order[0])
			c.order = c.order[1:]
		}
		c.order = append(c.order, k)
		c.Append(k)
	}
	c.data[k] = v
}

func (c *Cache[K, V]) Get(k K) (V, error) {
	if v, ok := c.data[k]; ok {
		return v, nil
	}
	var zero V
	return zero, fmt.Errorf("%v: %w", k, errMissing)
}

var errMissing = errors.New("missing")

type Pair[A any, B any] struct {
	First  A
	Second B
}

func MakePair[A, B any](a A, b B) Pair[A, B] { return Pair[A, B]{a, b} }
func (p Pair[A, B]) Swap() Pair[B, A]        { return Pair[B, A]{p.Second, p.First} }

type Tree[T any] struct {
	Left, Right *Tree[T]
	Val         T
}

func (t *Tree[T]) Insert(v T, less func(a, b T) bool) *Tree[T] {
	if t == nil {
		return &Tree[T]{Val: v}
	}
	if less(v, t.Val) {
		t.Left = t.Left.Insert(v, less)
	} else {
		t.Right = t.Right.Insert(v, less)
	}
	return t
}

func (t *Tree[T]) Walk(f func(T)) {
	if t != nil {
		t.Left.Walk(f)
		f(t.Val)
		t.Right.Walk(f)
	}
}

func Ptr[T any](v T) *T { return &v }

func Keys[M ~map[K]V, K cmp.Ordered, V any](m M) []K {
	r := make([]K, 0, len(m))
	for k := range m {
		r = append(r, k)
	}
	slices.Sort(r)
	return r
}

func Zero[T any]() T {
	var z T
	return z
}

func TypeName[T any](v T) string {
	switch any(v).(type) {
	case int:
		return "int"
	case string:
		return "string"
	case fmt.Stringer:
		return "Stringer"
	}
	return fmt.Sprintf("%T", v)
}

func main() {
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2), Sum[ID](1, 2), Sum[int64]())
	words := strings.Fields("apple bob cat apple dog bob elephant")
	fmt.Println(Map(words, func(s string) int { return len(s) }))
	long := Filter(words, func(s string) bool { return len(s) > 3 })
	fmt.Println(long, len(long))
	fmt.Println(Reduce(words, map[string]int{}, func(m map[string]int, w string) map[string]int { m[w]++; return m }))
	g := GroupBy(words, func(s string) int { return len(s) })
	for _, k := range Keys(g) {
		fmt.Println(k, g[k])
	}
	s := NewSet(1, 2, 3).Union(NewSet(3, 4))
	fmt.Println(len(s), s.Has(4), s.Has(9), s)
	var l List[ID]
	l.Append(1).Append(2).Append(3)
	for i, v := range l.Each {
		if i == 2 {
			break
		}
		fmt.Println(i, v)
	}
	fmt.Println(MaxOf(Version{1, 2}, Version{2, 0}, Version{1, 9}))
	c := NewCache[string, ID](2)
	for i, w := range []string{"a", "b", "a", "c"} {
		c.Put(w, ID(i))
	}
	fmt.Println(c.order, c.n, c.List.n)
	_, err := c.Get("a")
	v, err2 := c.Get("c")
	fmt.Println(err, errors.Is(err, errMissing), v, err2)
	p := MakePair("x", 1.5).Swap()
	fmt.Printf("%v %+v %T\n", p, p, p)
	var t *Tree[string]
	for _, w := range words {
		t = t.Insert(w, func(a, b string) bool { return a < b })
	}
	var got []string
	t.Walk(func(s string) { got = append(got, s) })
	fmt.Println(got, sort.StringsAreSorted(got))
	fmt.Println(*Ptr(3), *Ptr("s"), Zero[int](), Zero[*int]() == nil, Zero[[]int]() == nil, Zero[Version]())
	fmt.Println(TypeName(1), TypeName("a"), TypeName(ID(1)), TypeName(2.5), TypeName(Version{}))
	vs := []Version{{2, 1}, {1, 5}, {1, 2}}
	slices.SortFunc(vs, func(a, b Version) int {
		return cmp.Or(cmp.Compare(a.Major, b.Major), cmp.Compare(a.Minor, b.Minor))
	})
	fmt.Println(vs, slices.Contains(vs, Version{1, 5}), slices.Index(vs, Version{9, 9}))
	idx, found := slices.BinarySearchFunc(vs, 2, func(v Version, t int) int { return cmp.Compare(v.Major, t) })
	fmt.Println(idx, found, slices.MaxFunc(vs, func(a, b Version) int { return a.Minor - b.Minor }))
	ks := slices.Collect(maps.Keys(map[string]int{"z": 1}))
	fmt.Println(ks, slices.Sorted(maps.Values(map[string]int{"a": 3, "b": 1})))
}

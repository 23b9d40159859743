package main

import (
	"cmp"
	"errors"
	"fmt"
	"sort"
	"strings"
)

type Number interface {
	~int | ~int8 | ~int64 | ~uint8 | ~float32 | ~float64
}

func Sum[T Number](xs []T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}

func Map[T, U any](xs []T, f func(T) U) []U {
	r := make([]U, 0, len(xs))
	for _, x := range xs {
		r = append(r, f(x))
	}
	return r
}

func Filter[S ~[]E, E any](s S, ok func(E) bool) S {
	var r S
	for _, x := range s {
		if ok(x) {
			r = append(r, x)
		}
	}
	return r
}

func Reduce[T, A any](xs []T, a A, f func(A, T) A) A {
	for _, x := range xs {
		a = f(a, x)
	}
	return a
}

func Keys[M ~map[K]V, K cmp.Ordered, V any](m M) []K {
	var r []K
	for k := range m {
		r = append(r, k)
	}
	sort.Slice(r, func(i, j int) bool { return r[i] < r[j] })
	return r
}

func Max[T cmp.Ordered](a T, rest ...T) T {
	for _, x := range rest {
		if x > a {
			a = x
		}
	}
	return a
}

func Index[T comparable](xs []T, x T) int {
	for i, y := range xs {
		if x == y {
			return i
		}
	}
	return -1
}

func Zero[T any]() (z T) { return }

func Ptr[T any](x T) *T { return &x }

func Deref[T any](p *T, or T) T {
	if p == nil {
		return or
	}
	return *p
}

func Describe[T any](x T) string {
	switch v := any(x).(type) {
	case int:
		return fmt.Sprint("int ", v)
	case string:
		return "string " + v
	case []T:
		return fmt.Sprint("list ", len(v))
	case fmt.Stringer:
		return "stringer " + v.String()
	}
	return fmt.Sprintf("%T", x)
}

func Must[T any](x T, err error) T {
	if err != nil {
		panic("must: " + err.Error())
	}
	return x
}

type Celsius float64
type Count int

func (c Count) String() string { return fmt.Sprint("#", int(c)) }

func testFunctions() string {
	xs := []int{3, 1, 2}
	s := fmt.Sprint(Sum(xs), Sum([]float64{1.5, 2}), Sum([]Celsius{1, 2}), Sum([]int8{100, 100}), Sum([]float32{0.1, 0.2}))
	s += fmt.Sprint(Map(xs, func(x int) string { return strings.Repeat("x", x) }))
	s += fmt.Sprint(Map(Map(xs, func(x int) float64 { return float64(x) / 2 }), func(x float64) bool { return x > 1 }))
	s += fmt.Sprint(Filter(xs, func(x int) bool { return x > 1 }), Reduce(xs, "", func(a string, x int) string { return a + fmt.Sprint(x) }))
	s += fmt.Sprint(Keys(map[string]int{"b": 1, "a": 2}), Keys(map[Count]bool{3: true, 1: false}))
	s += fmt.Sprint(Max(1, 5, 3), Max("a", "c", "b"), Max(2.5), Index([]string{"a", "b"}, "b"), Index([]any{1, "x"}, any("x")), Index([]Count{1}, 2))
	s += fmt.Sprintf("%v %q %v %v", Zero[int](), Zero[string](), Zero[*int]() == nil, Zero[struct{ A int }]())
	s += fmt.Sprint(*Ptr(4), *Ptr("p"), Deref(nil, 7), Deref(Ptr(Count(2)), 7))
	s += Describe(1) + Describe("s") + Describe(Count(3)) + Describe(2.5) + Describe([]int{}) + Describe[any](nil) + Describe[error](errors.New("e"))
	return s
}

func testMust() string {
	n := Must(fmt.Sscan("12", new(int)))
	return fmt.Sprint(n, Must("", errors.New("bad")))
}

func testExplicit() string {
	f := Map[int, string]
	g := Sum[float64]
	h := Ptr[string]
	return fmt.Sprint(f([]int{1}, func(int) string { return "f" }), g([]float64{1, 2}), *h("h"), Max[int](1, 2), Zero[Celsius]())
}

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(x ...T) { s.items = append(s.items, x...) }
func (s *Stack[_]) Len() int    { return len(s.items) }
func (s Stack[T]) Each(f func(T)) {
	for _, x := range s.items {
		f(x)
	}
}
func (s *Stack[T]) Pop() (x T, ok bool) {
	if len(s.items) == 0 {
		return x, false
	}
	x = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return x, true
}

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) String() string { return fmt.Sprintf("%v=%v", p.Key, p.Val) }
func (p Pair[K, V]) Swap(v V) Pair[K, V] {
	p.Val = v
	return p
}

func MakePair[K comparable, V any](k K, v V) Pair[K, V] { return Pair[K, V]{k, v} }

func testStack() string {
	var s Stack[string]
	s.Push("a", "b")
	s.Push("c")
	x, ok := s.Pop()
	out := ""
	s.Each(func(x string) { out += x })
	var t Stack[Pair[string, int]]
	t.Push(MakePair("k", 1), Pair[string, int]{"l", 2}.Swap(9))
	y, _ := t.Pop()
	t.Pop()
	_, ok2 := t.Pop()
	return fmt.Sprint(x, ok, s.Len(), out, y, y.String(), ok2, t.Len())
}

type List[T any] struct {
	head, tail *node[T]
	n          int
}

type node[T any] struct {
	v    T
	next *node[T]
}

func (l *List[T]) Add(v T) *List[T] {
	n := &node[T]{v: v}
	if l.tail == nil {
		l.head = n
	} else {
		l.tail.next = n
	}
	l.tail = n
	l.n++
	return l
}

func (l *List[T]) Slice() (r []T) {
	for n := l.head; n != nil; n = n.next {
		r = append(r, n.v)
	}
	return
}

type Tree[K cmp.Ordered, V any] struct {
	root *branch[K, V]
	size int
}

type branch[K cmp.Ordered, V any] struct {
	k           K
	v           V
	left, right *branch[K, V]
}

func (t *Tree[K, V]) Put(k K, v V) {
	t.root = t.put(t.root, k, v)
}

func (t *Tree[K, V]) put(b *branch[K, V], k K, v V) *branch[K, V] {
	switch {
	case b == nil:
		t.size++
		return &branch[K, V]{k: k, v: v}
	case k < b.k:
		b.left = t.put(b.left, k, v)
	case b.k < k:
		b.right = t.put(b.right, k, v)
	default:
		b.v = v
	}
	return b
}

func (t *Tree[K, V]) Walk(f func(K, V)) { walkBranch(t.root, f) }

func walkBranch[K cmp.Ordered, V any](b *branch[K, V], f func(K, V)) {
	if b != nil {
		walkBranch(b.left, f)
		f(b.k, b.v)
		walkBranch(b.right, f)
	}
}

func testTree() string {
	var t Tree[string, int]
	for i, w := range strings.Fields("the quick brown fox jumps over the lazy dog") {
		t.Put(w, i)
	}
	s := ""
	t.Walk(func(k string, v int) { s += fmt.Sprint(k, v, " ") })
	u := &Tree[Celsius, []string]{}
	u.Put(2, []string{"b"})
	u.Put(1, nil)
	u.Walk(func(c Celsius, v []string) { s += fmt.Sprint(c, len(v)) })
	return fmt.Sprint(s, t.size, new(List[int]).Add(1).Add(2).Slice())
}

type Container[T any] interface {
	Add(T) Container[T]
	All() []T
}

type Bag[T comparable] struct{ m map[T]int }

func (b Bag[T]) Add(x T) Container[T] { b.m[x]++; return b }
func (b Bag[T]) All() (r []T) {
	for x, n := range b.m {
		for range n {
			r = append(r, x)
		}
	}
	return
}

type Ordered[T any] struct{ xs []T }

func (o *Ordered[T]) Add(x T) Container[T] { o.xs = append(o.xs, x); return o }
func (o *Ordered[T]) All() []T             { return o.xs }

func fill[T any](c Container[T], xs ...T) int {
	for _, x := range xs {
		c = c.Add(x)
	}
	return len(c.All())
}

func testContainers() string {
	b := Bag[string]{map[string]int{}}
	var c Container[int] = &Ordered[int]{}
	return fmt.Sprint(fill[string](b, "a", "b", "a"), fill(c, 1, 2), c.All(), fill[any](&Ordered[any]{}, 1, "x"))
}

type Shower interface{ Show() string }

type Dog struct{ name string }

func (d Dog) Show() string { return "dog " + d.name }

type Cat struct{ n int }

func (c *Cat) Show() string { c.n++; return fmt.Sprint("cat ", c.n) }

func ShowAll[T Shower](xs ...T) (s string) {
	for _, x := range xs {
		s += x.Show() + ";"
	}
	return
}

type Setter[T any] interface {
	*T
	Set(string)
}

type Config struct{ v string }

func (c *Config) Set(s string) { c.v = "<" + s + ">" }

func FromStrings[T any, P Setter[T]](ss []string) []T {
	r := make([]T, len(ss))
	for i, s := range ss {
		p := P(&r[i])
		p.Set(s)
	}
	return r
}

func testConstraints() string {
	return fmt.Sprint(ShowAll(Dog{"a"}, Dog{"b"}), ShowAll(&Cat{}, &Cat{4}), ShowAll[Shower](Dog{"c"}, &Cat{}), FromStrings[Config]([]string{"x", "y"}))
}

func even[T ~int](n T) bool {
	if n == 0 {
		return true
	}
	return odd(n - 1)
}

func odd[T ~int](n T) bool {
	if n == 0 {
		return false
	}
	return even(n - 1)
}

func helper(n int) int { return double(n) + plain(n) }

func double[T Number](x T) T { return x * 2 }

func plain(n int) int {
	if n == 0 {
		return 0
	}
	return apply(n-1, plain) + 1
}

func apply[T, U any](x T, f func(T) U) U { return f(x) }

func testRecursion() string { return fmt.Sprint(even(10), odd(Count(7)), helper(5)) }

func overflow[T ~int8 | ~uint8](x T) T { return x + 100 }

func negative[T ~float64](x T) (T, T) { z := -T(0); return -T(0) * x, 1 / z }

func shift[T ~uint8 | ~uint16 | ~int](n int) T { return T(200) << n }

func third[T ~int | ~float64]() T { return T(1) / 3 }

func bytesOf[T ~string | ~[]byte](x T) (n int) {
	for i := range len(x) {
		n += int(x[i])
	}
	return n + len(x[1:])
}

func testConstants() string {
	a, b := negative[float64](3)
	return fmt.Sprint(overflow[int8](100), overflow[uint8](200), a, b, shift[uint8](1), shift[uint16](1), shift[int](1), third[int](), third[float64](), bytesOf("abc"), bytesOf([]byte("abc")))
}

func Compose[A, B, C any](f func(A) B, g func(B) C) func(A) C { return func(a A) C { return g(f(a)) } }

func Memo[K comparable, V any](f func(K) V) func(K) V {
	m := map[K]V{}
	return func(k K) V {
		if v, ok := m[k]; ok {
			return v
		}
		v := f(k)
		m[k] = v
		return v
	}
}

func testClosures() string {
	n := 0
	f := Memo(func(x int) string { n++; return fmt.Sprint(x * x) })
	g := Compose(f, func(s string) int { return len(s) })
	return fmt.Sprint(g(12), g(12), f(3), n)
}

type Matrix[T Number] [][]T

func (m Matrix[T]) Mul(o Matrix[T]) Matrix[T] {
	r := make(Matrix[T], len(m))
	for i := range m {
		r[i] = make([]T, len(o[0]))
		for j := range o[0] {
			for k := range o {
				r[i][j] += m[i][k] * o[k][j]
			}
		}
	}
	return r
}

type Grid[T any] [2][3]T

func (g *Grid[T]) Set(i, j int, x T) { g[i][j] = x }

type Option[T any] struct {
	v  T
	ok bool
}

func Some[T any](v T) Option[T] { return Option[T]{v, true} }
func None[T any]() Option[T]    { return Option[T]{} }
func (o Option[T]) Or(d T) T {
	if o.ok {
		return o.v
	}
	return d
}
func Then[T, U any](o Option[T], f func(T) Option[U]) Option[U] {
	if !o.ok {
		return None[U]()
	}
	return f(o.v)
}

type Outer struct {
	Option[string]
	*Stack[int]
}

func testTypes() string {
	m := Matrix[int]{{1, 2}, {3, 4}}
	f := Matrix[float64]{{0.5}}
	var g Grid[string]
	g.Set(1, 2, "g")
	o := Outer{Some("o"), &Stack[int]{}}
	o.Push(4, 5)
	var s fmt.Stringer = MakePair(1, "x")
	p, ok := s.(Pair[int, string])
	_, ok2 := any(p).(Pair[string, int])
	return fmt.Sprint(m.Mul(m), f.Mul(f), g, Then(Some(3), func(n int) Option[string] { return Some(fmt.Sprint(n)) }).Or("none"),
		Then(None[int](), func(n int) Option[string] { return Some("x") }).Or("none"), o.Or("d"), o.Len(), s, p.Val, ok, ok2, Some(1) == Some(1), MakePair("a", 2) == MakePair("a", 3))
}

func testTypeNames() string {
	return fmt.Sprintf("%T %T %v", Some(1), MakePair("a", Celsius(1)), Some(Dog{"x"}))
}

func testPanic() string {
	s := Stack[int]{}
	return fmt.Sprint(s.items[s.Len()])
}

func First[T any](xs []T) T { return xs[0] }

func testPanic2() string { return First[string](nil) }

func main() {}

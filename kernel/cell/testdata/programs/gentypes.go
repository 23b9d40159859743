package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"sort"
	"strings"
)

type Number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~float32 | ~float64
}

type Celsius float64
type ID int32

func (c Celsius) String() string { return fmt.Sprintf("%.1f°C", float64(c)) }

func Sum[T Number](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return
}

func Map[S ~[]E, E, R any](s S, f func(E) R) []R {
	r := make([]R, len(s))
	for i, x := range s {
		r[i] = f(x)
	}
	return r
}

func Reduce[E, A any](s []E, a A, f func(A, E) A) A {
	for _, x := range s {
		a = f(a, x)
	}
	return a
}

// Ordered tree with a recursive constraint.

type Lesser[T any] interface{ Less(T) bool }

type Tree[T Lesser[T]] struct {
	root *tnode[T]
	size int
}
type tnode[T Lesser[T]] struct {
	v    T
	l, r *tnode[T]
}

func (t *Tree[T]) Add(vs ...T) *Tree[T] {
	for _, v := range vs {
		p := &t.root
		for *p != nil {
			if v.Less((*p).v) {
				p = &(*p).l
			} else {
				p = &(*p).r
			}
		}
		*p = &tnode[T]{v: v}
		t.size++
	}
	return t
}

func (n *tnode[T]) walk(yield func(T) bool) bool {
	return n == nil || n.l.walk(yield) && yield(n.v) && n.r.walk(yield)
}
func (t *Tree[T]) All() iter.Seq[T] { return func(y func(T) bool) { t.root.walk(y) } }

type Name string

func (a Name) Less(b Name) bool { return strings.ToLower(string(a)) < strings.ToLower(string(b)) }

// Pointer constraint.

type Setter[T any] interface {
	*T
	Set(string) error
}

type Port int

func (p *Port) Set(s string) error { _, err := fmt.Sscan(s, (*int)(p)); return err }

func ParseAll[T any, P Setter[T]](ss ...string) ([]T, error) {
	var out []T
	for _, s := range ss {
		var v T
		if err := P(&v).Set(s); err != nil {
			return out, fmt.Errorf("%T %q: %w", v, s, err)
		}
		out = append(out, v)
	}
	return out, nil
}

// Option and Result.

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
func (o Option[T]) String() string {
	if !o.ok {
		return "None"
	}
	return fmt.Sprintf("Some(%v)", o.v)
}

type Result[T any] struct {
	Option[T]
	err error
}

func Try[T any](f func() T) (r Result[T]) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case error:
			r = Result[T]{err: e}
		default:
			r = Result[T]{err: fmt.Errorf("panic: %v", e)}
		}
	}()
	return Result[T]{Option: Some(f())}
}

// Graph with two parameters and a method returning another instance.

type Graph[K cmp.Ordered, W Number] struct{ adj map[K]map[K]W }

func (g *Graph[K, W]) Edge(a, b K, w W) *Graph[K, W] {
	if g.adj == nil {
		g.adj = make(map[K]map[K]W)
	}
	for _, k := range [...][2]K{{a, b}, {b, a}} {
		if g.adj[k[0]] == nil {
			g.adj[k[0]] = map[K]W{}
		}
		g.adj[k[0]][k[1]] = w
	}
	return g
}

type Edge[K comparable, W any] struct {
	From, To K
	W        W
}

func (g *Graph[K, W]) Edges() (es []Edge[K, W]) {
	for a, m := range g.adj {
		for b, w := range m {
			if a < b {
				es = append(es, Edge[K, W]{a, b, w})
			}
		}
	}
	sort.Slice(es, func(i, j int) bool {
		return cmp.Or(cmp.Compare(es[i].W, es[j].W), cmp.Compare(es[i].From, es[j].From)) < 0
	})
	return
}

func Kruskal[K cmp.Ordered, W Number](g *Graph[K, W]) (total W, tree []Edge[K, W]) {
	parent := map[K]K{}
	var find func(K) K
	find = func(k K) K {
		if p, ok := parent[k]; ok && p != k {
			parent[k] = find(p)
			return parent[k]
		}
		return k
	}
	for _, e := range g.Edges() {
		if a, b := find(e.From), find(e.To); a != b {
			parent[a] = b
			total += e.W
			tree = append(tree, e)
		}
	}
	return
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

type Cache[K comparable, V any] interface {
	Get(K) (V, bool)
	Put(K, V)
}
type mapCache[K comparable, V any] map[K]V

func (m mapCache[K, V]) Get(k K) (V, bool) { v, ok := m[k]; return v, ok }
func (m mapCache[K, V]) Put(k K, v V)      { m[k] = v }

func Memo[K comparable, V any](c Cache[K, V], f func(func(K) V, K) V) func(K) V {
	var self func(K) V
	self = func(k K) V {
		if v, ok := c.Get(k); ok {
			return v
		}
		v := f(self, k)
		c.Put(k, v)
		return v
	}
	return self
}

type Vec[T any] = []T
type Pair[A, B any] struct {
	A A
	B B
}
type Swapped[A, B any] = Pair[B, A]

func (p Pair[A, B]) Swap() Swapped[A, B] { return Pair[B, A]{p.B, p.A} }

func Kind[T any](v T) string {
	switch any(v).(type) {
	case int, int32:
		return "int-ish"
	case fmt.Stringer:
		return "stringer"
	case []T:
		return "slice of itself"
	}
	return fmt.Sprintf("%T", v)
}

func main() {
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2), Sum[Celsius](1, 2.5), Sum[ID]())
	fmt.Println(Map([]Celsius{1, 2}, Celsius.String), Map(strings.Fields("a bb"), func(s string) int { return len(s) }))
	fmt.Println(Reduce([]int{1, 2, 3}, "", func(a string, n int) string { return a + fmt.Sprint(n) }))
	t := (&Tree[Name]{}).Add("bob", "Al", "carl", "Bea")
	for n := range t.All() {
		if n == "carl" {
			break
		}
		fmt.Print(n, " ")
	}
	fmt.Println(t.size)
	ps, err := ParseAll[Port]("80", "x")
	fmt.Println(ps, err)
	fmt.Println(Some(3), None[string](), None[int]().Or(4), Some([]int{1}))
	r := Try(func() int { return []int{1}[len("ab")] })
	fmt.Println(r.err, r.Option, Try(func() string { return "fine" }), Try(func() ID { panic("no") }).err)
	var re interface{ RuntimeError() }
	fmt.Println(errors.As(r.err, &re))
	g := new(Graph[string, float64]).Edge("a", "b", 1).Edge("b", "c", 2).Edge("a", "c", 2.5).Edge("c", "d", .5)
	w, tr := Kruskal(g)
	fmt.Println(w, tr)
	fmt.Printf("%T %T %v\n", tr, g, tr[0])
	fmt.Println(Matrix[int]{{1, 1}, {1, 0}}.Mul(Matrix[int]{{1, 1}, {1, 0}}))
	c := mapCache[int, uint64]{}
	fib := Memo[int, uint64](c, func(self func(int) uint64, n int) uint64 {
		if n < 2 {
			return uint64(n)
		}
		return self(n-1) + self(n-2)
	})
	fmt.Println(fib(80), len(c))
	p := Pair[int, Vec[string]]{1, Vec[string]{"x"}}
	fmt.Printf("%v %T %+v\n", p, p.Swap(), p.Swap())
	fmt.Println(Kind(1), Kind(Celsius(2)), Kind([]int{}), Kind(ID(1)), Kind(struct{ X int }{}))
	var f func(...int) int = Sum[int]
	fmt.Println(f(4, 5), Map(ps, func(p Port) Option[Port] { return Some(p) }))
}

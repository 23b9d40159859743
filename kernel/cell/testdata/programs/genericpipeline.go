package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
)

type Option[T any] struct {
	v  T
	ok bool
}

func Some[T any](v T) Option[T] { return Option[T]{v, true} }
func None[T any]() Option[T]    { return Option[T]{} }
func (o Option[T]) OrElse(d T) T {
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
	Val T
	Err error
}

func Try[T any](f func() (T, error)) (r Result[T]) {
	defer func() {
		if p := recover(); p != nil {
			r.Err = fmt.Errorf("panic: %v", p)
		}
	}()
	r.Val, r.Err = f()
	return
}
func Bind[T, U any](r Result[T], f func(T) (U, error)) Result[U] {
	if r.Err != nil {
		return Result[U]{Err: r.Err}
	}
	return Try(func() (U, error) { return f(r.Val) })
}

type Stream[T any] struct{ seq iter.Seq[T] }

func From[T any](xs ...T) Stream[T] { return Stream[T]{slices.Values(xs)} }
func (s Stream[T]) Filter(f func(T) bool) Stream[T] {
	return Stream[T]{func(yield func(T) bool) {
		for v := range s.seq {
			if f(v) && !yield(v) {
				return
			}
		}
	}}
}
func (s Stream[T]) Limit(n int) Stream[T] {
	return Stream[T]{func(yield func(T) bool) {
		i := 0
		for v := range s.seq {
			if i++; i > n || !yield(v) {
				return
			}
		}
	}}
}
func (s Stream[T]) Reduce(f func(a, b T) T) (o Option[T]) {
	for v := range s.seq {
		if !o.ok {
			o = Some(v)
		} else {
			o.v = f(o.v, v)
		}
	}
	return
}
func (s Stream[T]) Collect() []T { return slices.Collect(s.seq) }
func MapTo[T, U any](s Stream[T], f func(T) U) Stream[U] {
	return Stream[U]{func(yield func(U) bool) {
		s.seq(func(v T) bool { return yield(f(v)) })
	}}
}
func GroupCount[T any, K cmp.Ordered](s Stream[T], key func(T) K) []Pair[K, int] {
	m := map[K]int{}
	for v := range s.seq {
		m[key(v)]++
	}
	var out []Pair[K, int]
	for k, n := range m {
		out = append(out, Pair[K, int]{k, n})
	}
	slices.SortFunc(out, func(a, b Pair[K, int]) int { return cmp.Compare(a.Key, b.Key) })
	return out
}

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) String() string { return fmt.Sprintf("%v→%v", p.Key, p.Val) }

type Visitor[R any] interface {
	Num(n int) R
	Add(a, b Node) R
}
type Node interface{ isNode() }
type Num int
type Add struct{ A, B Node }

func (Num) isNode() {}
func (Add) isNode() {}
func Visit[R any](n Node, v Visitor[R]) R {
	switch n := n.(type) {
	case Num:
		return v.Num(int(n))
	case Add:
		return v.Add(n.A, n.B)
	}
	panic("unknown")
}

type evalV struct{}
type showV struct{ depth *int }

func (evalV) Num(n int) int       { return n }
func (e evalV) Add(a, b Node) int { return Visit[int](a, e) + Visit[int](b, e) }
func (s showV) Num(n int) string  { *s.depth++; return strconv.Itoa(n) }
func (s showV) Add(a, b Node) string {
	return "(" + Visit[string](a, s) + "+" + Visit[string](b, s) + ")"
}

type Cache[K comparable, V any] struct {
	load func(K) (V, error)
	m    map[K]Result[V]
	Hook interface{ Hit(K) }
}
type hits[K comparable] struct{ keys []K }

func (h *hits[K]) Hit(k K) { h.keys = append(h.keys, k) }
func (c *Cache[K, V]) Get(k K) (V, error) {
	if r, ok := c.m[k]; ok {
		if c.Hook != nil {
			c.Hook.Hit(k)
		}
		return r.Val, r.Err
	}
	v, err := c.load(k)
	if c.m == nil {
		c.m = map[K]Result[V]{}
	}
	c.m[k] = Result[V]{v, err}
	return v, err
}

func main() {
	words := From(strings.Fields("to be or not to be that is the question")...)
	lens := MapTo(words, func(s string) int { return len(s) })
	fmt.Println(lens.Filter(func(n int) bool { return n > 2 }).Collect(), lens.Limit(3).Collect())
	fmt.Println(lens.Reduce(func(a, b int) int { return max(a, b) }), From[int]().Reduce(func(a, b int) int { return a }), From[string]().Reduce(nil).OrElse("dflt"))
	fmt.Println(GroupCount(words, func(s string) byte { return s[0] }), GroupCount(words, func(s string) int { return len(s) }))
	r := Try(func() (int, error) { return strconv.Atoi("42") })
	s := Bind(r, func(n int) (string, error) { return strings.Repeat("ab", n/20), nil })
	bad := Bind(Bind(s, func(s string) (int, error) { return strconv.Atoi(s) }), func(n int) ([]int, error) { return make([]int, n), nil })
	pan := Bind(r, func(n int) (float64, error) { var a []float64; return a[n], nil })
	fmt.Println(r, s, bad, errors.Is(bad.Err, strconv.ErrSyntax))
	fmt.Printf("%+v %T\n", pan, pan)
	tree := Add{Num(1), Add{Num(2), Num(39)}}
	d := 0
	fmt.Println(Visit[int](tree, evalV{}), Visit[string](tree, showV{&d}), d)
	h := &hits[string]{}
	c := &Cache[string, int]{load: strconv.Atoi, Hook: h}
	for _, k := range []string{"1", "x", "1", "x", "2"} {
		v, err := c.Get(k)
		fmt.Print(v, " ", err != nil, "; ")
	}
	fmt.Println(h.keys, len(c.m))
	fmt.Println(Some(3), None[error](), Some(Some("n")), Pair[string, Option[int]]{"k", Some(1)}, []Option[int]{Some(1), None[int]()})
	fmt.Printf("%v %+v %T\n", Some([]int{1}), Pair[int, []string]{1, nil}, Some(Pair[string, int]{}))
}

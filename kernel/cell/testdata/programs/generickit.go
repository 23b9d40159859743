package main

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
)

type Number interface {
	~int | ~int8 | ~int64 | ~float64
}

type Celsius float64

func (c Celsius) String() string { return strconv.FormatFloat(float64(c), 'f', 1, 64) + "°C" }

type StringerNum interface {
	Number
	fmt.Stringer
}

func Describe[T StringerNum](xs ...T) string {
	var sum T
	var b strings.Builder
	for i, x := range xs {
		if i > 0 {
			b.WriteString(" + ")
		}
		b.WriteString(x.String())
		sum += x
	}
	return b.String() + " = " + sum.String()
}

type List[T any] struct {
	head, tail *node[T]
	n          int
}

type node[T any] struct {
	v    T
	next *node[T]
}

func (l *List[T]) Push(v T) *List[T] {
	nd := &node[T]{v: v}
	if l.tail == nil {
		l.head = nd
	} else {
		l.tail.next = nd
	}
	l.tail = nd
	l.n++
	return l
}

func (l *List[T]) All() func(yield func(int, T) bool) {
	return func(yield func(int, T) bool) {
		i := 0
		for n := l.head; n != nil; n = n.next {
			if !yield(i, n.v) {
				return
			}
			i++
		}
	}
}

type Counter[K cmp.Ordered] struct {
	List[K]
	counts map[K]int
}

func (c *Counter[K]) Add(k K) {
	if c.counts == nil {
		c.counts = make(map[K]int)
	}
	if c.counts[k]++; c.counts[k] == 1 {
		c.Push(k)
	}
}

func (c *Counter[K]) Top() []Pair[K, int] {
	var r []Pair[K, int]
	for _, k := range c.All() {
		r = append(r, Pair[K, int]{k, c.counts[k]})
	}
	slices.SortFunc(r, func(a, b Pair[K, int]) int {
		return cmp.Or(-cmp.Compare(a.B, b.B), cmp.Compare(a.A, b.A))
	})
	return r
}

type Pair[A, B any] struct {
	A A
	B B
}

func (p Pair[A, B]) Swap() Pair[B, A] { return Pair[B, A]{p.B, p.A} }

type Tree[T interface{ Less(T) bool }] struct {
	l, r *Tree[T]
	v    T
}

func (t *Tree[T]) Insert(v T) *Tree[T] {
	if t == nil {
		return &Tree[T]{v: v}
	}
	if v.Less(t.v) {
		t.l = t.l.Insert(v)
	} else {
		t.r = t.r.Insert(v)
	}
	return t
}

func (t *Tree[T]) Walk(f func(T)) {
	if t != nil {
		t.l.Walk(f)
		f(t.v)
		t.r.Walk(f)
	}
}

type Age int

func (a Age) Less(b Age) bool { return a < b }

type Setter[T any] interface {
	*T
	Set(string)
}

type Conf struct{ v string }

func (c *Conf) Set(s string) { c.v = "conf:" + s }

func FromStrings[T any, PT Setter[T]](ss []string) []T {
	r := make([]T, len(ss))
	for i, s := range ss {
		p := PT(&r[i])
		p.Set(s)
	}
	return r
}

type Vec[T Number] []T

func (v Vec[T]) Map(f func(T) T) Vec[T] {
	r := make(Vec[T], 0, len(v))
	for _, x := range v {
		r = append(r, f(x))
	}
	return r
}

type Alias[T any] = map[string]Pair[T, []T]

type byLen[S ~[]E, E any] []S

func (b byLen[S, E]) Len() int           { return len(b) }
func (b byLen[S, E]) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen[S, E]) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func Reduce[T, A any](xs []T, init A, f func(A, T) A) A {
	for _, x := range xs {
		init = f(init, x)
	}
	return init
}

func Ptr[T any](v T) *T { return &v }

func kindOf[T any]() string {
	var z T
	switch any(z).(type) {
	case int:
		return "int"
	case string:
		return "string"
	case Pair[int, string]:
		return "pair"
	case []T:
		return "slice of T"
	}
	return fmt.Sprintf("other %T", z)
}

func main() {
	fmt.Println(Describe(Celsius(1.5), 2, 3.25))
	c := &Counter[string]{}
	for _, w := range strings.Fields("a b a c b a d") {
		c.Add(w)
	}
	fmt.Printf("%v %+v %T\n", c.Top(), c.Top()[0], c.Top()[0])
	fmt.Println(c.n, c.Top()[0].Swap())
	fmt.Printf("%T %#v\n", c.Top()[0].Swap(), c.Top()[0].Swap())
	var t *Tree[Age]
	for _, v := range []Age{5, 2, 8, 1} {
		t = t.Insert(v)
	}
	t.Walk(func(a Age) { fmt.Print(a, " ") })
	fmt.Println()
	fmt.Printf("%+v\n", FromStrings[Conf]([]string{"x", "y"}))
	v := Vec[int8]{100, 50, 27}
	fmt.Println(v.Map(func(x int8) int8 { return x * 2 }))
	var al Alias[int] = Alias[int]{"k": {1, []int{2}}}
	fmt.Printf("%v %T\n", al, al)
	b := byLen[[]int, int]{{1, 2, 3}, {1}, {}, {4, 5}}
	sort.Sort(b)
	fmt.Printf("%v %T\n", b, b)
	fmt.Println(Reduce([]int{1, 2, 3}, "", func(a string, x int) string { return a + strconv.Itoa(x) }))
	fmt.Println(*Ptr(Pair[string, error]{"x", nil}), kindOf[int](), kindOf[Pair[int, string]](), kindOf[Age](), kindOf[List[Age]]())
	for i, s := range c.All() {
		if i == 2 {
			break
		}
		fmt.Println(i, s)
	}
}

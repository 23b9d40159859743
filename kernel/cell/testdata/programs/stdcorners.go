package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"unique"
	"weak"
)

type Shape interface{ Area() float64 }
type Sq struct{ S float64 }
type Wrap struct {
	A int
	S Shape
	B string
	C []int
}

func (s Sq) Area() float64 { return s.S * s.S }

type Node struct {
	V    int
	Next atomic.Pointer[Node]
}

type Stack struct{ head atomic.Pointer[Node] }

func (s *Stack) Push(v int) {
	n := &Node{V: v}
	for {
		old := s.head.Load()
		n.Next.Store(old)
		if s.head.CompareAndSwap(old, n) {
			return
		}
	}
}

func (s *Stack) Pop() (int, bool) {
	for {
		old := s.head.Load()
		if old == nil {
			return 0, false
		}
		if s.head.CompareAndSwap(old, old.Next.Load()) {
			return old.V, true
		}
	}
}

type Cfg struct {
	Name string
	N    int
}

type T struct{ n int }

func (t T) Val() int { return t.n }

type Valer interface{ Val() int }

func try(f func()) {
	defer func() { fmt.Println("r:", recover()) }()
	f()
}

func deref() {
	var p *int
	try(func() { _ = *p })
	var q *struct{}
	try(func() { _ = *q })
	var r *Cfg
	try(func() { _ = *r })
	try(func() { _ = r.Name })
	try(func() { _ = &r.Name; fmt.Println("addr") })
	var a *[3]int
	try(func() { fmt.Println(len(a)) })
	try(func() { _ = a[1] })
	try(func() { _ = a[:]; fmt.Println("slice of nil array pointer") })
	try(func() {
		for i := range a {
			fmt.Print(i)
		}
	})
	try(func() {
		for i, v := range a {
			fmt.Print(i, v)
		}
	})
	var v Valer = (*T)(nil)
	try(func() { vs := []Valer{v}; vs[0].Val() })
	f := (*T)(nil)
	try(func() { _ = f.Val })
	try(func() { _ = v.Val })
	var nv Valer
	try(func() { _ = nv.Val })
	try(func() { defer nv.Val() })
	try(func() { var m sync.Mutex; _ = &m; var pm *sync.Mutex; pm.Lock() })
}

func main() {
	var w Wrap
	err := json.Unmarshal([]byte(`{"A":1,"S":{"S":3},"B":"b","C":[1,2]}`), &w)
	fmt.Println(err, w.A, w.S, w.B, w.C)
	w.S = &Sq{2}
	err = json.Unmarshal([]byte(`{"A":5,"S":{"S":7},"B":"c"}`), &w)
	fmt.Println(err, w.A, w.S.Area(), w.B)
	var ws []Wrap
	err = json.Unmarshal([]byte(`[{"A":1},{"A":2,"S":{"S":3}},{"A":3,"S":null,"B":"x"}]`), &ws)
	fmt.Println(err, ws)
	var ms map[string]Shape
	err = json.Unmarshal([]byte(`{"a":null,"b":{"S":1},"c":null}`), &ms)
	fmt.Println(err, len(ms))
	var st Stack
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() { st.Push(i) })
	}
	wg.Wait()
	sum := 0
	for {
		v, ok := st.Pop()
		if !ok {
			break
		}
		sum += v
	}
	fmt.Println(sum)
	var av atomic.Value
	av.Store(Cfg{"a", 1})
	fmt.Println(av.Load().(Cfg), av.CompareAndSwap(Cfg{"a", 1}, Cfg{"b", 2}), av.Load())
	try(func() { av.Store("x") })
	h1, h2 := unique.Make(Cfg{"u", 1}), unique.Make(Cfg{strings.ToLower("U"), 1})
	fmt.Println(h1 == h2, h1.Value().Name)
	c := &Cfg{"weak", 3}
	wp := weak.Make(c)
	fmt.Println(wp.Value().Name, wp == weak.Make(c))
	fmt.Println(c.N)
	ov := sync.OnceValue(func() *Cfg { fmt.Println("make"); return &Cfg{N: 9} })
	fmt.Println(ov() == ov(), ov().N)
	of := sync.OnceFunc(func() { panic("once") })
	try(of)
	try(of)
	var m sync.Map
	m.Store(Cfg{"k", 1}, T{5})
	v, ok := m.Load(Cfg{"k", 1})
	fmt.Println(v, ok, v.(Valer).Val())
	_, loaded := m.LoadOrStore("z", &T{6})
	fmt.Println(loaded)
	m.Range(func(k, v any) bool { _ = v; return k != nil })
	fmt.Println()
	pool := sync.Pool{New: func() any { return new(T) }}
	pt := pool.Get().(*T)
	pt.n = 4
	pool.Put(pt)
	deref()
	p := new(int(5))
	q := new(Cfg{"n", 1})
	*p++
	fmt.Println(*p, *q, *new("s" + "t"), reflect.TypeOf(new(3.5)))
}

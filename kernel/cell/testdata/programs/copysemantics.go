package main

import "fmt"

type Inner struct {
	A [3]int
	S []int
	M map[string]int
}
type Outer struct {
	Inner
	P *Inner
	F func() int
	N struct{ X, Y int }
}

func mutate(o Outer) Outer {
	o.A[0] = 100
	o.S[0] = 100
	o.M["x"] = 100
	o.P.A[1] = 100
	o.N.X = 100
	return o
}

type Box struct{ v [2]int }

func (b Box) With(i, x int) Box  { b.v[i] = x; return b }
func (b *Box) Set(i, x int) *Box { b.v[i] = x; return b }

type Stack [4]Box

func (s Stack) Sum() (n int) {
	for _, b := range s {
		for _, x := range b.v {
			n += x
		}
		b.v[0] = 99
	}
	return
}

func swap[T any](a, b *T) { *a, *b = *b, *a }

func main() {
	in := Inner{[3]int{1, 2, 3}, []int{1, 2, 3}, map[string]int{"x": 1}}
	o := Outer{Inner: in, P: &in}
	o.F = func() int { return o.A[0] }
	q := mutate(o)
	fmt.Println(o.A, o.S, o.M, o.P.A, o.N, o.F())
	fmt.Println(q.A, q.S, q.P == o.P, q.N, q.F())
	q.Inner = *q.P
	q.A[2] = -1
	fmt.Println(q.A, in.A, q.P.A)
	b := Box{[2]int{1, 2}}
	c := b.With(0, 9)
	d := b.Set(1, 7)
	d.Set(0, 5)
	fmt.Println(b, c, *d, d == &b, b.With(1, 3).With(0, 2))
	var s Stack
	s[1] = b
	s[1].Set(0, 50)
	t := s
	t[1].v[1] = 0
	ps := &s[2]
	ps.v[0] = 4
	fmt.Println(s, t, s.Sum(), s == t, b)
	arr := [3]int{1, 2, 3}
	for i, v := range arr {
		arr[2] = 10
		if i == 2 {
			fmt.Println("range copy", v)
		}
	}
	for i, v := range &arr {
		arr[2] = 20
		if i == 2 {
			fmt.Println("range ptr", v)
		}
	}
	sl := []int{1, 2, 3}
	for i := range sl {
		sl = append(sl, i)
	}
	fmt.Println(sl, len(sl))
	x, y := arr, arr
	x[0] = 7
	swap(&x, &y)
	fmt.Println(x, y, arr)
	m := map[string]Box{"a": b}
	e := m["a"]
	e.Set(0, -1)
	fmt.Println(m["a"], e)
	mp := map[string]*Box{"a": &b}
	mp["a"].Set(0, -2).Set(1, -3)
	fmt.Println(b, len(m))
	var i any = b
	b.Set(0, 0)
	fmt.Println(i, i == any(b), i.(Box).With(1, 1), i)
	fs := []func(){}
	for _, bx := range s {
		fs = append(fs, func() { bx.v[0]++; fmt.Print(bx.v, " ") })
	}
	for _, f := range fs[:3] {
		f()
		f()
	}
	fmt.Println(s[1])
	ch := make(chan Box, 2)
	ch <- b
	b.v[1] = 42
	ch <- b
	fmt.Println(<-ch, <-ch)
	i1, i2 := 0, 1
	z := []int{10, 20, 30}
	i1, z[i1] = 2, 5
	fmt.Println(i1, z)
	z[0], z[i2], i2 = z[1], z[0], 9
	fmt.Println(z, i2)
	l1 := sl[:2]
	l2 := append(l1, 77)
	l3 := append(l1[:1:1], 88)
	fmt.Println(sl[:4], l2, l3, cap(l1[:1:1]))
	f := func() (int, [2]int) { return i1, b.v }
	n, v := f()
	v[0]++
	fmt.Println(n, v, b.v)
}

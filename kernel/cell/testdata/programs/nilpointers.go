package main

import "fmt"

type E struct{}
type T struct{ n int }

func (t T) Val() int { return t.n }

type Valer interface{ Val() int }

func try(f func()) {
	defer func() { fmt.Println("r:", recover()) }()
	f()
}

func call2(vs []Valer) (n int) {
	for _, v := range vs {
		n += v.Val()
	}
	return
}

func main() {
	try(func() { fmt.Println(call2([]Valer{T{1}, &T{2}, (*T)(nil)})) })
	var p *int
	try(func() { _ = *p })
	var q *struct{}
	try(func() { _ = *q })
	var r *T
	try(func() { _ = *r })
	try(func() { _ = r.n })
	try(func() { _, _ = *r, 1 })
	try(func() { var x any = *r; _ = x })
	try(func() { x := *q; _ = x })
	var pp **T
	try(func() { _ = **pp })
	pp = &r
	try(func() { _ = **pp })
	try(func() { _ = (*r) })
	e := new(E)
	try(func() { _ = *e })
	var v Valer = (*T)(nil)
	try(func() { f := v.Val; fmt.Println("bound"); f() })
	var er error
	try(func() { _ = er.Error() })
	var st fmt.Stringer
	try(func() { fmt.Println(st.String()) })
	try(func() { s := st.String; s() })
	fmt.Println(*e)
}

package main

import (
	"errors"
	"fmt"
	"strings"
)

type Number interface {
	~int | ~int64 | ~float64 | ~complex128
}

type Matrix[T Number] struct {
	rows, cols int
	data       []T
}

var ErrShape = errors.New("shape mismatch")

type ShapeError[T Number] struct {
	Op   string
	A, B *Matrix[T]
}

func (e *ShapeError[T]) Error() string {
	return fmt.Sprintf("%s: %dx%d and %dx%d", e.Op, e.A.rows, e.A.cols, e.B.rows, e.B.cols)
}
func (e *ShapeError[T]) Unwrap() error { return ErrShape }

func New[T Number](rows [][]T) *Matrix[T] {
	m := Zero[T](len(rows), len(rows[0]))
	for i, r := range rows {
		copy(m.data[i*m.cols:], r)
	}
	return m
}
func Zero[T Number](r, c int) *Matrix[T] { return &Matrix[T]{r, c, make([]T, r*c)} }
func Eye[T Number](n int) *Matrix[T] {
	m := Zero[T](n, n)
	for i := range n {
		*m.At(i, i) = 1
	}
	return m
}

func (m *Matrix[T]) At(i, j int) *T { return &m.data[i*m.cols+j] }
func (m *Matrix[T]) Mul(o *Matrix[T]) (*Matrix[T], error) {
	if m.cols != o.rows {
		return nil, &ShapeError[T]{"mul", m, o}
	}
	r := Zero[T](m.rows, o.cols)
	for i := range m.rows {
		for j := range o.cols {
			var s T
			for k := range m.cols {
				s += *m.At(i, k) * *o.At(k, j)
			}
			*r.At(i, j) = s
		}
	}
	return r, nil
}
func (m *Matrix[T]) Pow(n uint) *Matrix[T] {
	res, b := Eye[T](m.rows), m
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			res, _ = res.Mul(b)
		}
		b, _ = b.Mul(b)
	}
	return res
}
func (m *Matrix[T]) String() string {
	var b strings.Builder
	for i := 0; i < m.rows; i++ {
		fmt.Fprintln(&b, m.data[i*m.cols:(i+1)*m.cols])
	}
	return strings.TrimSuffix(b.String(), "\n")
}
func (m *Matrix[T]) Map(f func(T) T) *Matrix[T] {
	r := *m
	r.data = nil
	for _, x := range m.data {
		r.data = append(r.data, f(x))
	}
	return &r
}
func Convert[A, B Number](m *Matrix[A], f func(A) B) *Matrix[B] {
	r := Zero[B](m.rows, m.cols)
	for i, x := range m.data {
		r.data[i] = f(x)
	}
	return r
}

type Meters float64

func main() {
	fib := New([][]int{{1, 1}, {1, 0}})
	fmt.Println(fib.Pow(30))
	a := New([][]float64{{1, 2, 3}, {4, 5, 6}})
	_, err := a.Mul(a)
	var se *ShapeError[float64]
	fmt.Println(err, errors.Is(err, ErrShape), errors.As(err, &se), se.Op)
	c := New([][]complex128{{1i, 2}, {3, -1i}})
	cc, _ := c.Mul(c)
	fmt.Println(cc, *cc.At(0, 0) == c.data[1]*c.data[2]-1)
	d := Convert(a, func(x float64) Meters { return Meters(x * 10) })
	fmt.Printf("%T %v %v\n", d, d.data, d.Map(func(m Meters) Meters { return -m }).data)
	e := Convert(d, func(m Meters) int64 { return int64(m) })
	fmt.Printf("%T %+v\n", e, *e)
	*fib.At(1, 1)++
	fmt.Println(fib, fib.Map(func(i int) int { return i << 4 }))
	defer func() { fmt.Println(recover()) }()
	a.At(2, 0)
}

package main

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

type Func func(float64) float64

func (f Func) Derivative(h float64) Func {
	return func(x float64) float64 { return (f(x+h) - f(x-h)) / (2 * h) }
}
func (f Func) Compose(g Func) Func { return func(x float64) float64 { return f(g(x)) } }
func (f Func) Integrate(a, b float64, n int) (s float64) {
	h := (b - a) / float64(n)
	for i := 0; i <= n; i++ {
		w := 4.0
		switch {
		case i == 0 || i == n:
			w = 1
		case i%2 == 0:
			w = 2
		}
		s += w * f(a+float64(i)*h)
	}
	return s * h / 3
}

type ConvergenceError struct {
	Iter int
	X    float64
}

func (e ConvergenceError) Error() string {
	return fmt.Sprintf("no root after %d steps near %.3f", e.Iter, e.X)
}

func Newton(f Func, x float64, max int) (root float64, steps int, err error) {
	d := f.Derivative(1e-5)
	for steps = range max {
		fx := f(x)
		if math.Abs(fx) < 1e-10 {
			return x, steps, nil
		}
		dx := d(x)
		if dx == 0 {
			return x, steps, errors.New("flat")
		}
		x -= fx / dx
	}
	return x, steps, ConvergenceError{max, x}
}

type Poly []float64

func (p Poly) At(x float64) (y float64) {
	for i := len(p) - 1; i >= 0; i-- {
		y = y*x + p[i]
	}
	return
}
func (p Poly) Mul(q Poly) Poly {
	r := make(Poly, len(p)+len(q)-1)
	for i, a := range p {
		for j, b := range q {
			r[i+j] += a * b
		}
	}
	return r
}
func (p Poly) Deriv() Poly {
	if len(p) < 2 {
		return Poly{0}
	}
	r := make(Poly, len(p)-1)
	for i := range r {
		r[i] = float64(i+1) * p[i+1]
	}
	return r
}
func (p Poly) DivMod(d Poly) (q, r Poly) {
	r = append(Poly(nil), p...)
	q = make(Poly, max(len(p)-len(d)+1, 0))
	for len(r) >= len(d) {
		k := len(r) - len(d)
		c := r[len(r)-1] / d[len(d)-1]
		q[k] = c
		for i, x := range d {
			r[k+i] -= c * x
		}
		r = r[:len(r)-1]
	}
	return
}
func (p Poly) String() string {
	var terms []string
	for i := len(p) - 1; i >= 0; i-- {
		c := p[i]
		if c == 0 {
			continue
		}
		t := fmt.Sprintf("%g", math.Abs(c))
		switch {
		case i == 1:
			t += "x"
		case i > 1:
			t += fmt.Sprintf("x^%d", i)
		}
		sign := " + "
		if c < 0 {
			sign = " - "
		}
		terms = append(terms, sign, t)
	}
	if terms == nil {
		return "0"
	}
	return strings.TrimPrefix(strings.Join(terms, ""), " + ")
}

type State struct{ x, v float64 }

func rk4(s State, dt float64, f func(State) State) State {
	add := func(a, b State, k float64) State { return State{a.x + b.x*k, a.v + b.v*k} }
	k1 := f(s)
	k2 := f(add(s, k1, dt/2))
	k3 := f(add(s, k2, dt/2))
	k4 := f(add(s, k3, dt))
	for _, p := range []struct {
		k State
		w float64
	}{{k1, 1}, {k2, 2}, {k3, 2}, {k4, 1}} {
		s = add(s, p.k, p.w*dt/6)
	}
	return s
}

func main() {
	sq := Func(func(x float64) float64 { return x*x - 2 })
	fmt.Println(Newton(sq, 1, 50))
	_, _, err := Newton(func(x float64) float64 { return x*x + 1 }, 0.5, 8)
	var ce ConvergenceError
	fmt.Println(errors.As(err, &ce), ce.Iter)
	_, n, err := Newton(func(float64) float64 { return 1 }, 0, 5)
	fmt.Println(n, err)
	fmt.Printf("%.6f %.6f %.4f\n", Func(math.Sin).Integrate(0, math.Pi, 100), sq.Derivative(1e-4)(3), Func(math.Exp).Compose(math.Log)(5))
	p, q := Poly{-1, 0, 1}, Poly{1, 1}
	fmt.Println(p, q, p.Mul(q), p.Deriv(), p.At(3), Poly{0, -2.5}.Deriv(), Poly{0})
	d, r := Poly{-4, 0, -2, 1}.DivMod(Poly{-3, 1})
	fmt.Println(d, "rem", r)
	s := State{1, 0}
	e0 := s.x*s.x + s.v*s.v
	for range 1000 {
		s = rk4(s, 0.01, func(s State) State { return State{s.v, -s.x} })
	}
	fmt.Printf("%.6f %.6f %.1e\n", s.x-math.Cos(10), s.v+math.Sin(10), math.Abs(s.x*s.x+s.v*s.v-e0))
	mem := [3]float64{1, 1, 1}
	for i := range 20 {
		mem[i%3] = (mem[0] + mem[1]*2 + mem[2]) / 4.5
	}
	fmt.Printf("%.5f %v\n", mem, mem == [3]float64{})
	var table [4][4]float64
	for i := range table {
		h := 1.0 / float64(int(1)<<i)
		table[i][0] = (math.Exp(1+h) - math.Exp(1-h)) / (2 * h)
		for j := 1; j <= i; j++ {
			f := math.Pow(4, float64(j))
			table[i][j] = (f*table[i][j-1] - table[i-1][j-1]) / (f - 1)
		}
	}
	fmt.Printf("%.8f\n", table[3][3]-math.E)
}

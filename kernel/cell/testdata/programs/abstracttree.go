package main

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
)

type Expr interface {
	Eval(vars map[string]float64) float64
	Diff(v string) Expr
	Simplify() Expr
}

type (
	Const float64
	Var   string
	Add   []Expr
	Mul   []Expr
	Pow   struct {
		Base Expr
		N    int
	}
	Sin struct{ X Expr }
	Cos struct{ X Expr }
)

func (c Const) Eval(map[string]float64) float64 { return float64(c) }
func (v Var) Eval(m map[string]float64) float64 { return m[string(v)] }
func (a Add) Eval(m map[string]float64) (s float64) {
	for _, e := range a {
		s += e.Eval(m)
	}
	return
}
func (a Mul) Eval(m map[string]float64) float64 {
	p := 1.0
	for _, e := range a {
		p *= e.Eval(m)
	}
	return p
}
func (p Pow) Eval(m map[string]float64) float64 { return math.Pow(p.Base.Eval(m), float64(p.N)) }
func (s Sin) Eval(m map[string]float64) float64 { return math.Sin(s.X.Eval(m)) }
func (c Cos) Eval(m map[string]float64) float64 { return math.Cos(c.X.Eval(m)) }

func (Const) Diff(string) Expr { return Const(0) }
func (v Var) Diff(x string) Expr {
	if string(v) == x {
		return Const(1)
	}
	return Const(0)
}
func (a Add) Diff(x string) Expr {
	var out Add
	for _, e := range a {
		out = append(out, e.Diff(x))
	}
	return out
}
func (a Mul) Diff(x string) Expr {
	var out Add
	for i := range a {
		term := make(Mul, len(a))
		copy(term, a)
		term[i] = a[i].Diff(x)
		out = append(out, term)
	}
	return out
}
func (p Pow) Diff(x string) Expr { return Mul{Const(p.N), Pow{p.Base, p.N - 1}, p.Base.Diff(x)} }
func (s Sin) Diff(x string) Expr { return Mul{Cos{s.X}, s.X.Diff(x)} }
func (c Cos) Diff(x string) Expr { return Mul{Const(-1), Sin{c.X}, c.X.Diff(x)} }

func (c Const) Simplify() Expr { return c }
func (v Var) Simplify() Expr   { return v }
func (a Add) Simplify() Expr {
	sum := Const(0)
	var rest Add
	var flat func(Expr)
	flat = func(e Expr) {
		switch e := e.(type) {
		case Const:
			sum += e
		case Add:
			for _, x := range e {
				flat(x)
			}
		default:
			rest = append(rest, e)
		}
	}
	for _, e := range a {
		flat(e.Simplify())
	}
	if sum != 0 {
		rest = append(rest, sum)
	}
	switch len(rest) {
	case 0:
		return Const(0)
	case 1:
		return rest[0]
	}
	sort.SliceStable(rest, func(i, j int) bool { return str(rest[i]) < str(rest[j]) })
	return rest
}
func (a Mul) Simplify() Expr {
	c, rest := Const(1), Mul{}
	for _, e := range a {
		switch e := e.Simplify().(type) {
		case Const:
			c *= e
		case Mul:
			for _, x := range e {
				if k, ok := x.(Const); ok {
					c *= k
				} else {
					rest = append(rest, x)
				}
			}
		default:
			rest = append(rest, e)
		}
	}
	switch {
	case c == 0:
		return Const(0)
	case len(rest) == 0:
		return c
	case c != 1:
		return append(Mul{c}, rest...)
	case len(rest) == 1:
		return rest[0]
	}
	return rest
}
func (p Pow) Simplify() Expr {
	switch b := p.Base.Simplify(); {
	case p.N == 0:
		return Const(1)
	case p.N == 1:
		return b
	default:
		return Pow{b, p.N}
	}
}
func (s Sin) Simplify() Expr { return Sin{s.X.Simplify()} }
func (c Cos) Simplify() Expr { return Cos{c.X.Simplify()} }

func str(e Expr) string        { return fmt.Sprint(e) }
func (c Const) String() string { return strconv.FormatFloat(float64(c), 'g', -1, 64) }
func join(es []Expr, sep string) string {
	parts := make([]string, len(es))
	for i, e := range es {
		parts[i] = str(e)
	}
	return "(" + strings.Join(parts, sep) + ")"
}
func (a Add) String() string { return join(a, " + ") }
func (a Mul) String() string { return join(a, "*") }
func (p Pow) String() string { return fmt.Sprintf("%v^%d", p.Base, p.N) }
func (s Sin) String() string { return fmt.Sprintf("sin%v", s.X) }
func (c Cos) String() string { return fmt.Sprintf("cos(%v)", c.X) }

func main() {
	x := Var("x")
	f := Add{Mul{Const(3), Pow{x, 2}}, Mul{Const(2), x}, Sin{Mul{x, Var("y")}}, Const(7)}
	fmt.Println(f)
	d := f.Diff("x")
	fmt.Println(d)
	s := d.Simplify()
	fmt.Println(s)
	m := map[string]float64{"x": 1.5, "y": 2}
	h := 1e-6
	num := (f.Eval(map[string]float64{"x": 1.5 + h, "y": 2}) - f.Eval(m)) / h
	fmt.Printf("%.4f %.4f %.4f\n", d.Eval(m), s.Eval(m), num)
	fmt.Println(s.Diff("x").Simplify(), f.Diff("z").Simplify(), Pow{x, 5}.Diff("x").Diff("x").Simplify())
	fmt.Printf("%T %#v\n", s, Pow{x, 2})
	fmt.Printf("%v %d\n", Add{}, len(f))
}

package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

type Shape interface {
	Area() float64
	Name() string
}

type Named interface{ Name() string }

type Grower interface {
	Shape
	Grow(by float64) Shape
}

type Rect struct{ W, H float64 }

func (r Rect) Area() float64 { return r.W * r.H }
func (r Rect) Name() string  { return "rect" }

type Circle struct{ R float64 }

func (c *Circle) Area() float64         { return 3 * c.R * c.R }
func (c *Circle) Name() string          { return fmt.Sprint("circle", c.R) }
func (c *Circle) Grow(by float64) Shape { c.R += by; return c }

type Unit int

func (u Unit) Area() float64 { return float64(u) }
func (u Unit) Name() string  { return strings.Repeat("u", int(u)) }

type Label string

func (l Label) Name() string { return string(l) }

type Row []float64

func (r Row) Area() float64 {
	s := 0.0
	for _, x := range r {
		s += x
	}
	return s
}
func (r Row) Name() string { return fmt.Sprint(len(r)) }

type Table map[string]float64

func (t Table) Area() float64 { return float64(len(t)) }
func (t Table) Name() string  { return "table" }

type Box struct {
	Rect
	*Circle2
	tag string
}

type Circle2 struct{ n int }

func (c Circle2) Deep() int    { return c.n }
func (c *Circle2) Raise(k int) { c.n += k }

type Wrapped struct{ Shape }

func (w Wrapped) Name() string { return "w(" + w.Shape.Name() + ")" }

type Ptr struct{ *Rect }

type Big struct{ cells [40]int }

func (b Big) Area() float64 { return float64(b.cells[0] + b.cells[39]) }
func (b Big) Name() string  { return "big" }

type deeper interface {
	Deep() int
	Raise(k int)
}

func total(shapes []Shape) (t float64, names string) {
	for _, s := range shapes {
		t += s.Area()
		names += s.Name() + " "
	}
	return
}

func shapes() []Shape {
	r := &Rect{2, 5}
	big := Big{}
	big.cells[0], big.cells[39] = 7, 8
	return []Shape{Rect{1, 2}, &Circle{2}, Unit(3), Row{1, 2, 3}, Table{"a": 1}, r, Box{Rect: Rect{3, 3}},
		&Box{Rect: Rect{4, 4}}, Wrapped{Rect{5, 5}}, Wrapped{&Circle{1}}, Ptr{r}, &Ptr{r}, big, &big}
}

func testCalls() string {
	t, n := total(shapes())
	return fmt.Sprint(t, " ", n)
}

func testGrow() string {
	var g Grower = &Circle{1}
	s := ""
	for i := range 3 {
		g = g.Grow(float64(i)).(Grower)
		s += fmt.Sprintf("%v ", g.Area())
	}
	return s
}

func testPromoted() string {
	var d deeper = Box{Circle2: &Circle2{4}}
	d.Raise(3)
	n := d.Deep()
	d = &Box{Circle2: &Circle2{40}}
	d.Raise(2)
	return fmt.Sprint(n, d.Deep())
}

func testNil() string {
	var s Shape
	return s.Name()
}

func testNilArgs() string {
	var g Grower
	return g.Grow(fail(1)).Name()
}

func fail(x float64) float64 { panic("argument first") }

func testNilPointer() string {
	var r *Rect
	name := ""
	for _, s := range []Shape{r} { // of a variable Go's compiler knows the type, and calls the method of Rect itself
		name += s.Name()
	}
	return name
}

func testNilPointerMethod() string {
	var c *Circle
	var s Shape = c
	return s.Name()
}

func testNilEmbedded() string {
	var s Shape = Ptr{}
	return s.Name()
}

func testNilOuter() string {
	var b *Box
	var s Shape = b
	return fmt.Sprint(s.Area())
}

func testEmptyWrapped() string { return Wrapped{}.Name() }

type MyErr struct{ code int }

func (e *MyErr) Error() string { return fmt.Sprint("code ", e.code) }

type Text string

func (t Text) Error() string  { return string(t) + "!" }
func (t Text) String() string { return "<" + string(t) + ">" }

func try(n int) error {
	switch {
	case n == 0:
		return nil
	case n < 3:
		return &MyErr{n}
	case n < 5:
		return Text("text")
	}
	return errors.New("plain")
}

func testErrors() string {
	s := ""
	for i := range 7 {
		if err := try(i); err != nil {
			s += err.Error() + ","
			if m, ok := err.(*MyErr); ok {
				s += fmt.Sprint(m.code)
			}
			if st, ok := err.(fmt.Stringer); ok {
				s += st.String()
			}
		}
	}
	return s
}

func testWrapped() string {
	err := fmt.Errorf("outer: %w", &MyErr{9})
	for e := err; e != nil; e = errors.Unwrap(e) {
		if m, ok := e.(*MyErr); ok {
			return fmt.Sprint(m.code, errors.Is(err, e), err)
		}
	}
	return "none"
}

func kind(x any) string {
	switch v := x.(type) {
	case nil:
		return "nil"
	case int:
		return fmt.Sprint("int ", v+1)
	case string, []byte:
		return fmt.Sprintf("text %v", v)
	case float64:
		return fmt.Sprint("float ", v/2)
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case Rect:
		return fmt.Sprint("rect ", v.W)
	case *Rect:
		v.W++
		return fmt.Sprint("*rect ", v.W)
	case error:
		return "error " + v.Error()
	case fmt.Stringer:
		return "stringer " + v.String()
	case Shape:
		return fmt.Sprint("shape ", v.Area())
	case []int:
		return fmt.Sprint("ints ", len(v))
	case map[string]int:
		return fmt.Sprint("map ", v["a"])
	case func() int:
		return fmt.Sprint("func ", v())
	case [3]int:
		v[0] = 9
		return fmt.Sprint(v)
	case struct{ A int }:
		return fmt.Sprint("struct ", v.A)
	case Ptr:
		return fmt.Sprint("ptr ", v.Rect.W)
	default:
		return fmt.Sprintf("other %T", v)
	}
}

func testKinds() string {
	s := ""
	for _, x := range []any{nil, 1, "s", []byte("b"), 2.5, true, false, Rect{1, 2}, &Rect{3, 4}, &MyErr{1}, Text("t"),
		Unit(2), Row{1}, &Circle{1}, []int{1, 2}, map[string]int{"a": 5}, [3]int{1, 2, 3}, func() int { return 8 }, struct{ A int }{4},
		Ptr{&Rect{6, 7}}, int8(1), 'x', struct{ b int }{1}, []string{"z"}, Label("l"), 1i, uint64(1 << 63)} {
		s += kind(x) + "; "
		s += kind(x) + "\n"
	}
	return s
}

func testSwitchForms() string {
	s := ""
	for i, x := range []any{1, "a", nil, 2.0, Rect{}} {
		switch n := i * 2; x.(type) {
		case int, string:
			s += fmt.Sprint("is ", n)
		case nil:
			s += "nil"
			break
		}
		switch x := x.(type) {
		case fmt.Stringer:
			s += x.String()
		case Named:
			s += x.Name()
		}
	loop:
		for range 3 {
			switch x.(type) {
			case int:
				break loop
			case string:
				continue loop
			default:
				s += "."
			}
			s += "|"
		}
		func() {
			switch y := x.(type) {
			case int:
				y++
				f := func() int { y *= 2; return y }
				s += fmt.Sprint(f(), f(), y)
			}
		}()
	}
	return s
}

func testErrorSwitch() string {
	s := ""
	for i := range 7 {
		switch e := try(i).(type) {
		case nil:
			s += "ok "
		case *MyErr:
			s += fmt.Sprint(e.code, " ")
		case interface{ String() string }:
			s += e.String()
		default:
			s += e.Error()
		}
	}
	return s
}

func testAssertions() string {
	var x any = Rect{2, 3}
	r := x.(Rect)
	r.W = 10
	s, ok := x.(Shape)
	n, ok2 := x.(int)
	st, ok3 := x.(string)
	_, ok4 := x.(Named)
	g, ok5 := x.(Grower)
	c, ok6 := x.(*Circle)
	p, ok7 := any(Ptr{&r}).(Ptr)
	a, ok8 := any([2]string{"a", "b"}).([2]string)
	return fmt.Sprint(r, x, s.Area(), ok, n, ok2, st, ok3, ok4, g, ok5, c, ok6, p.W, ok7, a, ok8, x.(Shape).(Named).Name())
}

func testAssert1() string { var x any = "s"; return fmt.Sprint(x.(int)) }
func testAssert2() string { var x any; return fmt.Sprint(x.(int)) }
func testAssert3() string { var x Shape = Rect{}; return fmt.Sprint(x.(*Circle)) }
func testAssert4() string { var x any = Label("a"); return fmt.Sprint(x.(Shape)) }
func testAssert5() string { var x any; return fmt.Sprint(x.(Shape)) }
func testAssert6() string { var x error = &MyErr{}; return fmt.Sprint(x.(fmt.Stringer)) }
func testAssert7() string { var x error; return fmt.Sprint(x.(*MyErr)) }
func testAssert8() string { var x Shape; return fmt.Sprint(x.(any)) }
func testAssert9() string { var x any = Rect{}; return fmt.Sprint(x.(*Rect)) }
func testAssertA() string { var x error = Text("q"); return fmt.Sprint(x.(*MyErr)) }
func testAssertB() string { var x any = 3; return fmt.Sprint(x.(interface{ Foo() })) }

func testEqual() string {
	r := &Rect{1, 2}
	xs := []any{1, 1.0, "a", "b", nil, Rect{1, 2}, Rect{1, 2}, r, r, &Rect{1, 2}, Unit(1), int8(1), true, [2]int{1, 2}, struct{ a any }{1}, Text("a"), error(Text("a"))}
	s := ""
	for i, x := range xs {
		for j, y := range xs {
			if x == y && i != j {
				s += fmt.Sprint(i, "=", j, " ")
			}
		}
		if x == 1 || x == "a" || x == Unit(1) || (Rect{1, 2}) == x || x == any(r) {
			s += "! "
		}
	}
	var sh Shape = r
	var e1, e2 error = Text("a"), try(3)
	return s + fmt.Sprint(sh == r, sh != Shape(Rect{1, 2}), e1 == e2, e1 == Text("a"), e2 != nil, sh == xs[7], xs[15] == e1)
}

func testUncomparable() string { var x, y any = []int{1}, []int{1}; return fmt.Sprint(x == y) }
func testUncomparable2() string {
	var x, y any = []int{1}, 1
	return fmt.Sprint(x == y, x == nil, x != y)
}
func testUncomparable3() string {
	var x Shape = Row{1}
	return fmt.Sprint(x == Shape(Row{1}))
}
func testUncomparable4() string {
	type pair struct {
		n int
		v any
	}
	p, q := pair{1, []int{}}, pair{2, []int{}}
	if p == q {
		return "equal"
	}
	q.n = 1
	return fmt.Sprint(p == q)
}

func testSwitchValue() string {
	s := ""
	for _, x := range []any{1, "one", 2.5, nil, Unit(1)} {
		switch x {
		case 1:
			s += "int "
		case "one":
			s += "string "
		case nil:
			s += "nil "
		case Unit(1):
			s += "unit "
		default:
			s += "other "
		}
	}
	return s
}

type byArea []Shape

func (b byArea) Len() int           { return len(b) }
func (b byArea) Less(i, j int) bool { return b[i].Area() < b[j].Area() }
func (b byArea) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func testSort() string {
	xs := shapes()
	sort.Sort(byArea(xs))
	s := ""
	for _, x := range xs {
		s += fmt.Sprint(x.Area(), " ")
	}
	var in sort.Interface = byArea(xs[:3])
	in.Swap(0, 2)
	return fmt.Sprint(s, in.Len(), in.Less(0, 2), sort.IsSorted(in))
}

func testStringers() string {
	xs := []fmt.Stringer{Text("a"), Text("b")}
	var sb strings.Builder
	xs = append(xs, &sb)
	s := ""
	for i, x := range xs {
		sb.WriteString(fmt.Sprint(i))
		s += x.String()
	}
	return s
}

type folder interface {
	fold(f func(a, b int) int, from int) (func() int, error)
}

func (r Rect) fold(f func(a, b int) int, from int) (func() int, error) {
	n := f(from, int(r.W))
	return func() int { n++; return n }, nil
}

func testFuncs() string {
	var x folder = Rect{4, 0}
	k := 100
	g, err := x.fold(func(a, b int) int { k++; return a*b + k }, 3)
	return fmt.Sprint(g(), g(), err, k)
}

type Visitor interface{ Visit(n *Node) Visitor }

type Node struct {
	v    int
	kids []*Node
}

type sum struct{ total *int }

func (s sum) Visit(n *Node) Visitor {
	*s.total += n.v
	if n.v > 3 {
		return nil
	}
	return s
}

func walk(v Visitor, n *Node) {
	if v = v.Visit(n); v == nil {
		return
	}
	for _, k := range n.kids {
		walk(v, k)
	}
}

func testVisitor() string {
	t := 0
	walk(sum{&t}, &Node{1, []*Node{{2, nil}, {4, []*Node{{100, nil}}}, {3, []*Node{{5, nil}}}}})
	return fmt.Sprint(t)
}

type Expr interface {
	Eval(env map[string]int) (int, error)
}

type (
	Num int
	Var string
	Bin struct {
		op   byte
		l, r Expr
	}
)

func (n Num) Eval(map[string]int) (int, error) { return int(n), nil }
func (v Var) Eval(env map[string]int) (int, error) {
	if n, ok := env[string(v)]; ok {
		return n, nil
	}
	return 0, fmt.Errorf("undefined: %s", string(v))
}
func (b *Bin) Eval(env map[string]int) (int, error) {
	l, err := b.l.Eval(env)
	if err != nil {
		return 0, err
	}
	r, err := b.r.Eval(env)
	if err != nil {
		return 0, err
	}
	switch b.op {
	case '+':
		return l + r, nil
	case '/':
		return l / r, nil
	}
	return l * r, nil
}

func testEval() string {
	e := &Bin{'+', &Bin{'*', Num(2), Var("x")}, Var("y")}
	a, err := e.Eval(map[string]int{"x": 3, "y": 4})
	b, err2 := e.Eval(map[string]int{"x": 3})
	var x Expr = &Bin{'/', e, Num(1)}
	c, _ := x.Eval(map[string]int{"x": 1, "y": 1})
	return fmt.Sprint(a, err, b, err2, c)
}

func testEvalPanic() string {
	var x Expr = &Bin{'/', Num(1), Num(0)}
	x.Eval(nil)
	return ""
}

func order(s *string, n int) int { *s += fmt.Sprint(n); return n }

type adder interface{ add(a, b int) adder }
type acc struct{ log *string }

func (a acc) add(x, y int) adder { *a.log += fmt.Sprint("+", x, y); return a }

func testOrder() string {
	s := ""
	var a adder = acc{&s}
	a.add(order(&s, 1), order(&s, 2)).add(order(&s, 3), order(&s, 4))
	return s
}

func testDeep() string {
	var f func(n int, s Shape) float64
	f = func(n int, s Shape) float64 {
		if n == 0 {
			return s.Area()
		}
		return f(n-1, s) + s.Area()
	}
	return fmt.Sprint(f(500, Rect{1, 2}), rec(400, Rect{1, 1}))
}

type recurser interface {
	again(n int, r recurser) float64
}

func (r Rect) again(n int, o recurser) float64 {
	if n == 0 {
		return r.W
	}
	return o.again(n-1, r) + 1
}

func rec(n int, r recurser) float64 { return r.again(n, r) }

func main() {}

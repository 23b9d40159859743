package main

import (
	"fmt"
	"strings"
	"time"
)

type P struct{ x, y int }

func (p P) Sum(k int) int            { return (p.x + p.y) * k }
func (p *P) Move(dx, dy int) *P      { p.x += dx; p.y += dy; return p }
func (p P) Both() (int, string)      { return p.x, fmt.Sprint(p.y) }
func (p P) Join(ss ...string) string { return fmt.Sprint(p.x) + strings.Join(ss, "+") }
func (p *P) Reset()                  { *p = P{} }

type Q struct {
	P
	*R
	n int
}

type R struct{ name string }

func (r R) Name() string     { return "r" + r.name }
func (r *R) Rename(s string) { r.name = s }

type Summer interface{ Sum(k int) int }

type Full interface {
	Summer
	Both() (int, string)
}

type Big struct{ a [60]int }

func (b Big) At(i int) int { return b.a[i] }

func testValues() string {
	p := P{1, 2}
	f := p.Sum
	p.x = 100
	g := p.Move
	g(1, 1)
	h := (&p).Sum
	both := p.Both
	a, b := both()
	reset := p.Reset
	s := fmt.Sprint(f(2), h(1), p, a, b, p.Join("a", "b"))
	j := p.Join
	s += j() + j("z") + j([]string{"q", "r"}...)
	reset()
	return s + fmt.Sprint(p, f(3))
}

func testPromoted() string {
	q := Q{P{1, 2}, &R{"a"}, 3}
	f, g, h, i := q.Sum, q.Name, q.Rename, q.Move
	h("b")
	i(5, 5)
	return fmt.Sprint(f(1), g(), q.Name(), q.P, q.R.name)
}

func testInterface() string {
	var s Summer = P{1, 2}
	f := s.Sum
	s = &P{10, 20}
	g := s.Sum
	var full Full = &P{3, 4}
	h := full.Both
	a, b := h()
	return fmt.Sprint(f(1), g(2), a, b)
}

func testNilInterface() string {
	var s Summer
	f := s.Sum
	return fmt.Sprint(f(1))
}

func testNilPointer() string {
	var p *P
	f := p.Move
	g := p.Sum
	return fmt.Sprint(f != nil, g != nil)
}

func testNilLater() string {
	var p *P
	f := p.Move
	return fmt.Sprint(f(1, 2))
}

func testExpressions() string {
	f, g, h := P.Sum, (*P).Move, (*P).Sum
	p := &P{1, 2}
	g(p, 10, 10)
	i, j := Q.Name, Q.Sum
	k := (*Q).Move
	q := Q{P{1, 1}, &R{"z"}, 0}
	k(&q, 1, 1)
	l := Summer.Sum
	m := Full.Both
	a, b := m(P{5, 6})
	n := P.Join
	o := (*R).Rename
	o(q.R, "o")
	r := (*P).Reset
	s := fmt.Sprint(f(P{1, 1}, 3), *p, h(p, 1), i(q), j(q, 2), q.P, l(P{2, 2}, 2), l(p, 1), a, b, n(P{}, "x", "y"))
	r(p)
	return s + fmt.Sprint(*p)
}

func testNilExpression() string  { return fmt.Sprint((*P).Sum(nil, 1)) }
func testNilExpression2() string { return fmt.Sprint(Summer.Sum(nil, 1)) }

func testCompiled() string {
	var b strings.Builder
	w := b.WriteString
	w("hello ")
	w("you")
	d := 90 * time.Minute
	f, g := d.String, b.Len
	d = 0
	up := strings.ToUpper
	var st fmt.Stringer = &b
	h := st.String
	return fmt.Sprint(f(), g(), up(h()))
}

func testBig() string {
	var b Big
	b.a[7], b.a[59] = 7, 59
	f := b.At
	b.a[7] = 0
	g := Big.At
	return fmt.Sprint(f(7), f(59), g(b, 59))
}

func apply(f func(int) int, n int) int { return f(n) }

type handler func(*P, int, int) *P

func testPassed() string {
	p := P{1, 1}
	fs := []func(int) int{p.Sum, P{2, 2}.Sum, Q{P: P{3, 3}}.Sum}
	t := 0
	for _, f := range fs {
		t += apply(f, 10)
	}
	m := map[string]handler{"move": (*P).Move}
	m["move"](&p, 4, 4)
	return fmt.Sprint(t, apply(p.Sum, 1), p)
}

func pair() (int, string)              { return 7, "seven" }
func triple() (a, b int, c error)      { return 1, 2, nil }
func take(n int, s string) string      { return fmt.Sprint(n, s) }
func many(xs ...any) string            { return fmt.Sprint(len(xs), xs) }
func first(n int, xs ...any) string    { return fmt.Sprint(n, len(xs), xs) }
func three(a, b int, err error) string { return fmt.Sprint(a, b, err) }
func wide(n float64, x any) string     { return fmt.Sprint(n, x) }
func swap(a, b int) (int, int)         { return b, a }
func forward() (int, string)           { return pair() }
func widened() (x any, y any)          { return pair() }
func structs() (P, *P)                 { return P{1, 2}, &P{3, 4} }
func takeAny(x, y any) string          { return fmt.Sprint(x, y) }
func sumOf(p P, q *P) int              { return p.x + q.y }

func testSpread() string {
	a, b := forward()
	x, y := widened()
	s := take(pair()) + many(pair()) + first(pair()) + three(triple()) + take(forward()) + fmt.Sprint(swap(swap(1, 2)))
	s += takeAny(structs()) + fmt.Sprint(sumOf(structs()), a, b, x, y) + fmt.Sprintln(pair())
	f := take
	p := P{1, 2}
	return s + f(pair()) + p.Join(p.Join(), fmt.Sprint(p.Both())) + func(n int, s string) string { return s }(p.Both())
}

func testSpreadOrder() string {
	log := ""
	note := func(s string) int { log += s; return len(log) }
	two := func() (int, int) { return note("a"), note("b") }
	add := func(x, y int) int { log += "c"; return x*10 + y }
	r := note("0")*100 + add(two()) + note("d")
	return fmt.Sprint(r, log)
}

type noter struct{ to *[]string }

func (n noter) Note(s string) { *n.to = append(*n.to, s, fmt.Sprint(recover())) }

type Noter interface{ Note(string) }

type holdsNoter struct {
	*inner
}

type inner struct{ Noter }

func testDeferEmbedded() string {
	var log []string
	h := holdsNoter{&inner{noter{&log}}}
	func() {
		for i := range 2 {
			defer h.Note(fmt.Sprint("loop", i))
		}
		defer h.Noter.Note("held")
		defer Noter.Note(h, "expression")
		f := h.Note
		h.Noter = nil
		defer f("value")
		panic("first")
	}()
	return strings.Join(log, " ")
}

func testDeferNil() (s string) {
	defer func() { s += fmt.Sprint(recover()) }()
	h := holdsNoter{&inner{}}
	defer h.Note("never")
	return "not reached"
}

func main() {}

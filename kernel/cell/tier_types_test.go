package cell_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestTierTypesOfEarlierCells puts what compiled functions of earlier cells return and
// take into interfaces: it has the types that the session knows, with their methods.
func TestTierTypesOfEarlierCells(t *testing.T) {
	decls := `type Pt struct{ X, y int }
type Deg int
type Pair[K comparable, V any] struct { Key K; val V }
type Negater interface{ Neg() Pt }
func (p Pt) Neg() Pt { return Pt{-p.X, -p.y} }
func (p *Pt) Self() *Pt { return p }
func (p Pt) Both() (Pt, Deg) { return p, Deg(p.X) }
func (d Deg) String() string { return "deg" }
func both(p Pt) ([]Pt, map[Deg]Pt) { return []Pt{p}, map[Deg]Pt{1: p} }
func pair(p Pt) Pair[string, Pt] { return Pair[string, Pt]{"k", p} }
func as(n Negater) Negater { return n }
func local() any { type Pt struct{ z int }; return Pt{7} }`
	cells := []struct{ cell, out string }{
		{decls, ""},
		{"p := Pt{1, 2}", ""},
		{"for range 1 { v := any(p.Neg()); _, ok := v.(Pt); _, has := v.(Negater); fmt.Printf(\"%T %v %v\\n\", v, ok, has) }", "main.Pt true true"},
		{"for range 1 { v := any(p.Self()); _, ok := v.(*Pt); fmt.Printf(\"%T %v\\n\", v, ok) }", "*main.Pt true"},
		{"for range 1 { a, b := p.Both(); v, w := any(a), any(b); _, ok := v.(Pt); _, deg := w.(Deg); fmt.Println(ok, deg, v == any(p), w) }", "true true true deg"},
		{"for range 1 { a, b := both(p); v, w := any(a), any(b); _, ok := v.([]Pt); _, m := w.(map[Deg]Pt); fmt.Println(ok, m, w) }", "true true map[deg:{1 2}]"},
		{"for range 1 { v := any(pair(p)); _, ok := v.(Pair[string, Pt]); fmt.Printf(\"%T %v\\n\", v, ok) }", "main.Pair[string,main.Pt] true"},
		{"for range 1 { switch any(as(p).Neg()).(type) { case Pt: fmt.Println(\"a point\"); default: fmt.Println(\"another\") } }", "a point"},
		{"for range 1 { _, ok := local().(Pt); fmt.Printf(\"%T %v\\n\", local(), ok) }", "main.Pt false"},
		{"f := p.Neg\ng := Pt.Neg\nfor range 1 { v, w := any(f()), any(g(p)); _, ok := v.(Pt); fmt.Println(ok, v == w, v == any(p.Neg())) }", "true true true"},
		{"func twice(p Pt) any { for range 1 { return p.Neg().Neg() }; return nil }\ntwice(p) == any(p)", "→ true"},
	}
	for _, tier := range []bool{true, false} {
		t.Run(fmt.Sprint("tier ", tier), func(t *testing.T) {
			s := newSessionWith(t, tier)
			for _, c := range cells {
				out, errs := s.run(c.cell)
				if strings.TrimSpace(out) != c.out || errs != "" {
					t.Errorf("%s\nprinted %q %s, want %q", c.cell, out, errs, c.out)
				}
				if _, refused := s.units(); strings.Contains(refused, "internal") {
					t.Errorf("%s\nis not compiled: %s", c.cell, refused)
				}
			}
		})
	}
}

package main

import (
	"fmt"
	"math"
	"strings"
)

type Visitor interface {
	VisitCircle(*Circle) any
	VisitRect(*Rect) any
	VisitGroup(*Group) any
}

type Shape interface {
	Accept(Visitor) any
	fmt.Stringer
}

type base struct {
	id   int
	tags []string
}

func (b *base) Tag(t ...string) *base { b.tags = append(b.tags, t...); return b }
func (b base) ID() string             { return fmt.Sprintf("#%03d", b.id) }

type Circle struct {
	base
	R float64
}
type Rect struct {
	*base
	W, H float64
}
type Group struct {
	base
	Shapes []Shape
}

func (c *Circle) Accept(v Visitor) any { return v.VisitCircle(c) }
func (r *Rect) Accept(v Visitor) any   { return v.VisitRect(r) }
func (g *Group) Accept(v Visitor) any  { return v.VisitGroup(g) }
func (c *Circle) String() string       { return "circle" + c.ID() }
func (r *Rect) String() string         { return "rect" + r.ID() }
func (g *Group) String() string        { return fmt.Sprintf("group%s%v", g.ID(), g.Shapes) }

type area struct{}

func (area) VisitCircle(c *Circle) any { return math.Pi * c.R * c.R }
func (area) VisitRect(r *Rect) any     { return r.W * r.H }
func (a area) VisitGroup(g *Group) any {
	s := 0.0
	for _, x := range g.Shapes {
		s += x.Accept(a).(float64)
	}
	return s
}

type printer struct {
	strings.Builder
	depth int
}

func (p *printer) line(f string, a ...any) {
	fmt.Fprintf(p, strings.Repeat("  ", p.depth)+f+"\n", a...)
}
func (p *printer) VisitCircle(c *Circle) any { p.line("%v r=%g %v", c, c.R, c.tags); return nil }
func (p *printer) VisitRect(r *Rect) any     { p.line("%v %gx%g %q", r, r.W, r.H, r.tags); return nil }
func (p *printer) VisitGroup(g *Group) any {
	p.line("group %s:", g.ID())
	p.depth++
	defer func() { p.depth-- }()
	for _, s := range g.Shapes {
		s.Accept(p)
	}
	return len(g.Shapes)
}

func main() {
	c := &Circle{base{1, nil}, 2}
	r := &Rect{&base{id: 2}, 3, 4}
	g := &Group{base{id: 3}, []Shape{c, r, &Group{base{4, []string{"t"}}, []Shape{&Circle{R: .5}}}}}
	c.Tag("a", "b").Tag("c")
	r.Tag("wide")
	copyOf := *r
	copyOf.Tag("shared")
	c2 := *c
	c2.Tag("alone")
	fmt.Println(c.tags, r.tags, len(c2.tags), len(copyOf.tags))
	p := &printer{}
	n := g.Accept(p)
	fmt.Print(p.String(), n, " ", p.Len(), "\n")
	fmt.Printf("%.4f %v\n", g.Accept(area{}), g)
	for _, s := range append(g.Shapes, g) {
		switch s := s.(type) {
		case *Circle:
			fmt.Print("C", s.R, " ")
		case *Rect:
			fmt.Print("R", s.W, s.base.id, " ")
		case interface{ ID() string }:
			fmt.Print("other", s.ID(), " ")
		}
	}
	fmt.Println()
	id := (*Circle).ID
	tag := r.Tag
	tag("late")
	fmt.Println(id(c), r.base.tags, Circle.ID(c2))
	var v Visitor = area{}
	_, isP := v.(fmt.Stringer)
	v = p
	_, isP2 := v.(fmt.Stringer)
	fmt.Println(isP, isP2)
}

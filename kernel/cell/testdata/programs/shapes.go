package main

import (
	"fmt"
	"math"
	"sort"
)

type Shape interface {
	Area() float64
	Perimeter() float64
}

type Named interface {
	Shape
	fmt.Stringer
}

type Point struct{ X, Y float64 }

type Circle struct {
	Center Point
	R      float64
}

type Rect struct {
	Min, Max Point
}

type Square struct {
	Rect
	label string
}

func (c Circle) Area() float64      { return math.Pi * c.R * c.R }
func (c Circle) Perimeter() float64 { return 2 * math.Pi * c.R }
func (c *Circle) Grow(f float64)    { c.R *= f }

func (r Rect) Area() float64 { return (r.Max.X - r.Min.X) * (r.Max.Y - r.Min.Y) }
func (r Rect) Perimeter() float64 {
	return 2 * ((r.Max.X - r.Min.X) + (r.Max.Y - r.Min.Y))
}

func (s Square) String() string { return "square " + s.label }
func (c Circle) String() string { return fmt.Sprintf("circle(%.1f)", c.R) }

type ByArea []Shape

func (s ByArea) Len() int           { return len(s) }
func (s ByArea) Less(i, j int) bool { return s[i].Area() < s[j].Area() }
func (s ByArea) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }

func total(shapes ...Shape) (sum float64) {
	for _, s := range shapes {
		sum += s.Area()
	}
	return
}

func describe(s Shape) string {
	switch v := s.(type) {
	case Circle:
		return fmt.Sprintf("C r=%g", v.R)
	case *Circle:
		return fmt.Sprintf("*C r=%g", v.R)
	case Square:
		return "S " + v.label + " " + fmt.Sprint(v.Min, v.Max)
	case Named:
		return "named " + v.String()
	default:
		return fmt.Sprintf("%T", v)
	}
}

func main() {
	c := Circle{Point{0, 0}, 1}
	r := Rect{Point{0, 0}, Point{2, 3}}
	s := Square{Rect{Max: Point{1, 1}}, "unit"}
	pc := &c
	pc.Grow(2)
	shapes := []Shape{r, c, s, pc, &s}
	for _, sh := range shapes {
		fmt.Printf("%-22s %8.3f %8.3f %T\n", describe(sh), sh.Area(), sh.Perimeter(), sh)
	}
	sort.Sort(ByArea(shapes))
	for _, sh := range shapes {
		fmt.Printf("%v | %+v\n", sh, sh)
	}
	fmt.Printf("%.2f\n", total(shapes...))
	var n Named = s
	fmt.Println(n, n.Area(), s.Rect.Max.X, s.Max)
	var sh Shape = n
	_, ok := sh.(fmt.Stringer)
	_, ok2 := Shape(r).(fmt.Stringer)
	fmt.Println(ok, ok2)
	fmt.Printf("%v %+v %#v\n", r, r, s)
	m := map[Shape]int{c: 1, r: 2}
	m[c]++
	fmt.Println(len(m), m[c], m[Circle{R: 2}])
}

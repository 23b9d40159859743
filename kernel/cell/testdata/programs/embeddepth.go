package main

import (
	"fmt"
	"io"
	"sort"
	"strings"
)

type Animal interface {
	Name() string
	Sound() string
}
type Walker interface{ Walk() string }
type Being interface {
	Animal
	Walker
}

type base struct{ name string }

func (b base) Name() string     { return b.name }
func (b *base) Rename(s string) { b.name = s }
func (b base) Sound() string    { return "..." }
func (b base) Describe() string { return b.Name() + " says " + b.Sound() }

type legs struct{ n int }

func (l legs) Walk() string { return fmt.Sprintf("walks on %d", l.n) }

type Dog struct {
	base
	*legs
	tricks []string
}

func (d Dog) Sound() string { return "woof" }

type Puppy struct {
	Dog
	age int
}

func (p *Puppy) Sound() string { return strings.ToLower(p.Dog.Sound()) + "!" }
func (p *Puppy) Name() string  { return "little " + p.Dog.Name() }

type Robot struct {
	Animal
	model string
}

func (r Robot) Walk() string { return "rolls" }

type countingWriter struct {
	io.Writer
	n int
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	c.n += n
	return n, err
}

type byName struct{ sort.Interface }

func (b byName) Less(i, j int) bool { return b.Interface.Less(j, i) }

func main() {
	d := Dog{base{"rex"}, &legs{4}, nil}
	p := &Puppy{d, 1}
	p.Rename("tim")
	p.legs.n--
	fmt.Println(d.Describe(), d.Walk(), p.Describe(), p.Walk(), p.Name(), p.Sound())
	var beings []Being = []Being{d, p, &d, Robot{p, "r2"}, Robot{Animal: d}}
	for _, b := range beings {
		fmt.Printf("%T %s %s %s; ", b, b.Name(), b.Sound(), b.Walk())
	}
	fmt.Println()
	d.Rename("max")
	fmt.Println(beings[0].Name(), beings[2].Name(), d.base, p.base.name)
	f, g, h := d.Describe, (*Puppy).Sound, Walker.Walk
	d.Rename("zoe")
	fmt.Println(f(), g(p), h(p), Dog.Name(d), (*Dog).Name(&d))
	if r, ok := beings[3].(Robot); ok {
		_, isP := r.Animal.(*Puppy)
		_, isW := r.Animal.(Walker)
		fmt.Println(r.model, isP, isW, r.Animal == Animal(p))
	}
	var sb strings.Builder
	cw := &countingWriter{Writer: &sb}
	fmt.Fprintf(cw, "%05.1f|%v", 3.14159, d.tricks)
	io.WriteString(cw, "héllo")
	io.Copy(cw, io.LimitReader(strings.NewReader("abcdef"), 3))
	fmt.Println(sb.String(), cw.n, sb.Len())
	words := []string{"b", "c", "a"}
	sort.Sort(byName{sort.StringSlice(words)})
	fmt.Println(words)
	fmt.Printf("%v %+v\n", p.Dog.base, struct {
		base
		X int
	}{base{"anon"}, 3})
	var r Robot
	defer func() { fmt.Println("recovered:", recover()) }()
	fmt.Println(r.Walk())
	fmt.Println(r.Name())
}

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"sort"
	"strings"
	"sync"
	"time"
)

type Animal interface {
	Name() string
	Sound() string
}

type base struct{ name string }

func (b base) Name() string     { return b.name }
func (b *base) Rename(s string) { b.name = s }

type Dog struct {
	base
	tricks []string
}

func (d *Dog) Sound() string { return "woof" }

type Puppy struct {
	*Dog
	age int
}

func (p Puppy) Sound() string { return strings.ToUpper(p.Dog.Sound()) + "!" }

type Loud struct{ Animal }

func (l Loud) Sound() string { return l.Animal.Sound() + l.Animal.Sound() }

type Logger struct {
	*strings.Builder
	prefix string
}

func (l Logger) Log(f string, a ...any) { fmt.Fprintf(l, l.prefix+f+"\n", a...) }

type Service struct {
	Logger
	sync.Mutex
	bytes.Buffer
	deps map[string]time.Duration
}

type rot13 struct{ io.Reader }

func (r rot13) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	for i, b := range p[:n] {
		switch {
		case b >= 'a' && b <= 'z':
			p[i] = 'a' + (b-'a'+13)%26
		case b >= 'A' && b <= 'Z':
			p[i] = 'A' + (b-'A'+13)%26
		}
	}
	return n, err
}

type sortBy struct {
	sort.Interface
	less func(i, j int) bool
}

func (s sortBy) Less(i, j int) bool { return s.less(i, j) }

type A struct{ X int }
type B struct{ X, Y int }
type C struct {
	A
	B
	Z int
}

func (A) Who() string   { return "A" }
func (B) Who() string   { return "B" }
func (c C) Who() string { return "C:" + c.A.Who() + c.B.Who() }

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(x T) { s.items = append(s.items, x) }
func (s *Stack[T]) Len() int { return len(s.items) }

type Undo struct {
	Stack[func()]
	log []string
}

func (u *Undo) Do(name string, undo func()) {
	u.log = append(u.log, name)
	u.Push(undo)
}
func (u *Undo) Back() {
	f := u.items[len(u.items)-1]
	u.items = u.items[:len(u.items)-1]
	f()
}

type ReadCounter struct {
	*bufio.Reader
	n int
}

func (r *ReadCounter) ReadRune() (rune, int, error) {
	c, s, err := r.Reader.ReadRune()
	if err == nil {
		r.n++
	}
	return c, s, err
}

type Handler interface{ Handle(string) string }
type HandlerFunc func(string) string

func (f HandlerFunc) Handle(s string) string { return f(s) }

type Decor struct {
	Handler
	before, after string
}

func (d *Decor) Handle(s string) string { return d.before + d.Handler.Handle(s) + d.after }

type point struct{ x, y int }
type poly struct {
	pts  [3]point
	meta struct {
		label string
		tags  map[string][]point
	}
}

func main() {
	d := &Dog{base: base{"rex"}}
	p := Puppy{d, 1}
	for _, a := range []Animal{d, p, &p, Loud{p}, Loud{Loud{d}}} {
		fmt.Printf("%T %s %s\n", a, a.Name(), a.Sound())
	}
	p.Rename("max")
	fmt.Println(d.Name(), p.name, p.Dog.base.name)
	f := p.Rename
	f("bo")
	g := (*base).Rename
	g(&d.base, "zed")
	h := Animal.Sound
	fmt.Println(d.name, h(p), base.Name(p.base), (*Dog).Name(d), Puppy.Name(p))

	var sb strings.Builder
	s := Service{Logger: Logger{&sb, "> "}, deps: map[string]time.Duration{"db": time.Second}}
	s.Lock()
	s.Log("deps %v", s.deps)
	s.Buffer.WriteString("buffered ")
	fmt.Fprintf(&s.Buffer, "%d", 42)
	s.Unlock()
	fmt.Print(sb.String(), s.Buffer.String(), "|", s.Builder.Len(), "\n")
	b, _ := io.ReadAll(rot13{rot13{rot13{strings.NewReader("Uryyb, Jbeyq!")}}})
	fmt.Println(string(b))
	words := sort.StringSlice{"ccc", "a", "bb"}
	sort.Sort(sortBy{words, func(i, j int) bool { return len(words[i]) > len(words[j]) }})
	fmt.Println(words)
	sort.Sort(sort.Reverse(sortBy{words, func(i, j int) bool { return words[i] < words[j] }}))
	fmt.Println(words)

	c := C{A{1}, B{2, 3}, 4}
	fmt.Println(c.A.X, c.B.X, c.Y, c.Who(), c)
	fmt.Printf("%+v %#v\n", c, c)
	var w interface{ Who() string } = c
	if bb, ok := w.(interface {
		Who() string
		Name() string
	}); ok {
		fmt.Println(bb)
	} else {
		fmt.Println("not named")
	}

	u := &Undo{}
	x := 1
	u.Do("inc", func() { x-- })
	x++
	u.Do("dbl", func() { x /= 2 })
	x *= 2
	fmt.Println(x, u.Len(), u.log)
	u.Back()
	u.Back()
	fmt.Println(x, u.Len())

	rc := &ReadCounter{Reader: bufio.NewReader(strings.NewReader("héy"))}
	var rr io.RuneReader = rc
	for {
		if _, _, err := rr.ReadRune(); err != nil {
			break
		}
	}
	fmt.Println(rc.n, rc.Buffered())
	var hd Handler = HandlerFunc(strings.ToUpper)
	hd = &Decor{&Decor{hd, "<", ">"}, "[", "]"}
	fmt.Println(hd.Handle("x"))

	var q, r poly
	q.pts[1] = point{1, 2}
	q.meta.label = "q"
	r = q
	r.pts[1].x = 9
	q.meta.tags = map[string][]point{"a": {{1, 1}, {2, 2}}}
	q.meta.tags["a"][0].y = 5
	fmt.Println(q, r, q.pts == r.pts, q.pts[0] == r.pts[0])
	fmt.Printf("%+v\n%#v\n", q, r.pts)
	anon := []struct {
		point
		n string
	}{{point{1, 2}, "a"}, {n: "b"}}
	anon[1].x = 7
	for i := range anon {
		anon[i].y *= 10
	}
	fmt.Printf("%v %+v\n", anon, anon)
	pp := &anon[0].point
	pp.x = 100
	fmt.Println(anon[0], *pp)
	var e struct{ Animal }
	fmt.Println(e.Animal == nil, e)
	defer func() { fmt.Println("recovered", recover()) }()
	e.Name()
}

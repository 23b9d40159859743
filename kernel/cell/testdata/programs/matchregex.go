package main

import (
	"errors"
	"fmt"
	"strings"
)

type Node interface {
	match(s string, i int, k func(int) bool) bool
}
type (
	char  rune
	any_  struct{}
	class struct {
		neg    bool
		ranges [][2]rune
	}
	seq  []Node
	alt  struct{ a, b Node }
	star struct {
		n    Node
		min  int
		max  int
		lazy bool
	}
	group struct {
		n   Node
		idx int
		cap *[]string
	}
	anchor byte
)

func (c char) match(s string, i int, k func(int) bool) bool {
	return strings.HasPrefix(s[i:], string(c)) && k(i+len(string(c)))
}
func (any_) match(s string, i int, k func(int) bool) bool { return i < len(s) && k(i+1) }
func (c class) match(s string, i int, k func(int) bool) bool {
	if i >= len(s) {
		return false
	}
	in := false
	for _, r := range c.ranges {
		in = in || r[0] <= rune(s[i]) && rune(s[i]) <= r[1]
	}
	return in != c.neg && k(i+1)
}
func (q seq) match(s string, i int, k func(int) bool) bool {
	if len(q) == 0 {
		return k(i)
	}
	return q[0].match(s, i, func(j int) bool { return q[1:].match(s, j, k) })
}
func (a alt) match(s string, i int, k func(int) bool) bool {
	return a.a.match(s, i, k) || a.b.match(s, i, k)
}
func (r star) match(s string, i int, k func(int) bool) bool {
	more := func() bool {
		if r.max == 0 {
			return false
		}
		next := r
		next.min, next.max = max(r.min-1, 0), r.max-1
		return r.n.match(s, i, func(j int) bool { return (j > i || r.min > 0) && next.match(s, j, k) })
	}
	if r.min > 0 {
		return more()
	}
	if r.lazy {
		return k(i) || more()
	}
	return more() || k(i)
}
func (g group) match(s string, i int, k func(int) bool) bool {
	return g.n.match(s, i, func(j int) bool {
		old := (*g.cap)[g.idx]
		(*g.cap)[g.idx] = s[i:j]
		if k(j) {
			return true
		}
		(*g.cap)[g.idx] = old
		return false
	})
}
func (a anchor) match(s string, i int, k func(int) bool) bool {
	return (a == '^' && i == 0 || a == '$' && i == len(s)) && k(i)
}

type parser struct {
	src  []rune
	pos  int
	caps *[]string
}

var errParen = errors.New("missing )")

func (p *parser) peek() rune {
	if p.pos < len(p.src) {
		return p.src[p.pos]
	}
	return 0
}
func (p *parser) alt() (n Node) {
	n = p.seq()
	for p.peek() == '|' {
		p.pos++
		n = alt{n, p.seq()}
	}
	return
}
func (p *parser) seq() Node {
	var q seq
	for c := p.peek(); c != 0 && c != '|' && c != ')'; c = p.peek() {
		p.pos++
		var n Node
		switch c {
		case '.':
			n = any_{}
		case '^', '$':
			n = anchor(c)
		case '(':
			*p.caps = append(*p.caps, "")
			idx := len(*p.caps) - 1
			n = group{p.alt(), idx, p.caps}
			if p.peek() != ')' {
				panic(errParen)
			}
			p.pos++
		case '[':
			cl := class{}
			if p.peek() == '^' {
				cl.neg = true
				p.pos++
			}
			for p.peek() != ']' {
				lo := p.peek()
				p.pos++
				hi := lo
				if p.peek() == '-' {
					hi = p.src[p.pos+1]
					p.pos += 2
				}
				cl.ranges = append(cl.ranges, [2]rune{lo, hi})
			}
			p.pos++
			n = cl
		case '\\':
			n = char(p.peek())
			p.pos++
		default:
			n = char(c)
		}
		q = append(q, p.quant(n))
	}
	return q
}
func (p *parser) quant(n Node) Node {
	s := star{n: n, max: 1 << 20}
	switch p.peek() {
	case '*':
	case '+':
		s.min = 1
	case '?':
		s.max = 1
	default:
		return n
	}
	if p.pos++; p.peek() == '?' {
		s.lazy = true
		p.pos++
	}
	return s
}

type Regexp struct {
	prog Node
	caps []string
}

func Compile(s string) (re *Regexp, err error) {
	defer func() {
		if e, ok := recover().(error); ok {
			re, err = nil, fmt.Errorf("regexp %q: %w", s, e)
		}
	}()
	re = new(Regexp)
	p := &parser{src: []rune(s), caps: &re.caps}
	re.prog = p.alt()
	if p.pos < len(p.src) {
		panic(fmt.Errorf("unexpected %c", p.peek()))
	}
	return re, nil
}

func (r *Regexp) Find(s string) (m string, groups []string, ok bool) {
	for i := range len(s) + 1 {
		clear(r.caps)
		if r.prog.match(s, i, func(j int) bool { m = s[i:j]; return true }) {
			return m, append(groups, r.caps...), true
		}
	}
	return
}

func main() {
	for _, t := range [][]string{{"a+b", "xaab"}, {"^(a|bc)*$", "abcbca"}, {"(\\w+)", "w"}, {"([a-z]+)@([^.]+)\\.com", "mail bob@site.com now"}, {"<.+>", "<a><b>"}, {"<.+?>", "<a><b>"}, {"x*", ""}, {"colou?r", "color"}, {"(a", ""}, {"a)b", ""}, {"[0-9]+é", "12é"}, {"(a*)*b", "aaac"}} {
		re, err := Compile(t[0])
		if err != nil {
			fmt.Println(err, errors.Is(err, errParen))
			continue
		}
		m, g, ok := re.Find(t[1])
		fmt.Printf("%s %q %q %v\n", t[0], m, g, ok)
	}
	re, _ := Compile("a.[b-c]*")
	fmt.Printf("%T %v %+v\n", re.prog, re.prog, re.prog)
}

package rt

import (
	"fmt"
	"strconv"
	"strings"
)

// node is a type as the cell compiler writes it.
type node struct {
	op       byte // b p s a m c f t i e E n # N R
	name     string
	path     string
	n        int // length, direction, id
	variadic bool
	in       int // parameters of a function
	kids     []*node
	fields   []fieldNode
}

type fieldNode struct {
	name, tag string
	embedded  bool
}

// decoder reads the prefix form.
type decoder struct{ s string }

func (d *decoder) word() string {
	d.s = strings.TrimLeft(d.s, " ")
	if d.s == "" {
		panic("rt: truncated type")
	}
	if d.s[0] == '"' {
		q, err := strconv.QuotedPrefix(d.s)
		if err != nil {
			panic("rt: bad type: " + err.Error())
		}
		d.s = d.s[len(q):]
		u, _ := strconv.Unquote(q)
		return u
	}
	i := strings.IndexByte(d.s, ' ')
	if i < 0 {
		i = len(d.s)
	}
	w := d.s[:i]
	d.s = d.s[i:]
	return w
}

func (d *decoder) int() int {
	n, err := strconv.Atoi(d.word())
	if err != nil {
		panic("rt: bad type: " + err.Error())
	}
	return n
}

func (d *decoder) node() *node {
	n := &node{op: d.word()[0]}
	switch n.op {
	case 'b':
		n.name = d.word()
	case 'n':
		n.path, n.name = d.word(), d.word()
	case '#':
		n.n = d.int()
	case 'p', 's':
		n.kids = []*node{d.node()}
	case 'a', 'c':
		n.n = d.int()
		n.kids = []*node{d.node()}
	case 'm':
		n.kids = []*node{d.node(), d.node()}
	case 'f':
		in, out := d.int(), d.int()
		n.in, n.variadic = in, d.int() == 1
		for range in + out {
			n.kids = append(n.kids, d.node())
		}
	case 't':
		for range d.int() {
			n.fields = append(n.fields, fieldNode{name: d.word(), tag: d.word(), embedded: d.int() == 1})
			n.kids = append(n.kids, d.node())
		}
	case 'i':
		for range d.int() {
			n.fields = append(n.fields, fieldNode{name: d.word()})
			n.kids = append(n.kids, d.node())
		}
	case 'N', 'R':
		n.name = d.word()
		n.kids = []*node{d.node()}
	case 'e', 'E':
	default:
		panic(fmt.Sprintf("rt: unknown type form %q", n.op))
	}
	return n
}

package lower

import (
	"go/token"
	"strings"
)

// mark says that the output from offset off on comes from pos.
type mark struct {
	off int
	pos token.Pos
}

// code is a piece of output with its marks.
type code struct {
	b     strings.Builder
	marks []mark
}

func (c *code) s(parts ...string) {
	for _, p := range parts {
		c.b.WriteString(p)
	}
}

// at records that what follows comes from pos.
func (c *code) at(pos token.Pos) {
	if !pos.IsValid() {
		return
	}
	off := c.b.Len()
	if n := len(c.marks); n > 0 && c.marks[n-1].off == off && c.marks[n-1].pos.IsValid() {
		c.marks[n-1].pos = pos
		return
	}
	c.marks = append(c.marks, mark{off, pos})
}

// nowhere records that what follows comes from no place of the source.
func (c *code) nowhere() { c.marks = append(c.marks, mark{off: c.b.Len()}) }

// add appends o with its marks.
func (c *code) add(o *code) {
	base := c.b.Len()
	c.b.WriteString(o.b.String())
	for _, m := range o.marks {
		c.marks = append(c.marks, mark{base + m.off, m.pos})
	}
}

// Place is a position in an emitted chunk and where it comes from.
type Place struct {
	Line, Col int       // in the chunk, from 1
	Pos       token.Pos // NoPos for what comes from no place
}

// places turns the marks into line and column form.
func (c *code) places() []Place {
	text := c.b.String()
	r := make([]Place, 0, len(c.marks))
	line, start, at := 1, 0, 0
	for _, m := range c.marks {
		for at < m.off {
			i := strings.IndexByte(text[at:m.off], '\n')
			if i < 0 {
				break
			}
			at += i + 1
			line++
			start = at
		}
		r = append(r, Place{line, m.off - start + 1, m.pos})
	}
	return r
}

package cell

import (
	"go/token"
	"go/types"
	"regexp"
	"sort"
	"strings"
)

// diagnose makes a diagnostic for an offset of the cell.
func (s *source) diagnose(off, width int, msg string) Diagnostic {
	if off > len(s.text) {
		off = len(s.text)
	}
	for off > 0 && off == len(s.text) && strings.ContainsRune(" \t\r\n", rune(s.text[off-1])) {
		off--
	}
	line, col := s.place(off)
	d := Diagnostic{Cell: s.cell, Line: line, Col: col, Msg: msg, Source: s.line(line)}
	if width == 0 {
		width = wordAt(s.text, off)
	}
	d.EndCol = min(col+width, len(d.Source)+1)
	return d
}

// wordAt is the length of the identifier or literal at an offset, at least 1.
func wordAt(s string, off int) int {
	n := 0
	for off+n < len(s) {
		b := s[off+n]
		if b != '_' && b < 0x80 && !(b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z') {
			break
		}
		n++
	}
	return max(n, 1)
}

// tidy sorts diagnostics and drops what says the same twice.
func (d Diagnostics) tidy() Diagnostics {
	sort.SliceStable(d, func(i, j int) bool {
		a, b := d[i], d[j]
		if a.Cell != b.Cell {
			return a.Cell < b.Cell
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Col < b.Col
	})
	var r Diagnostics
	for _, x := range d {
		if n := len(r); n > 0 {
			p := r[n-1]
			if p.Cell == x.Cell && p.Line == x.Line && p.Col == x.Col && p.Msg == x.Msg {
				continue
			}
		}
		r = append(r, x)
	}
	return r
}

// firsts keeps of syntax errors, which are in order, the first one on a line: the
// others follow from it, as does the end of the cell within a block.
func (d Diagnostics) firsts() Diagnostics {
	var r Diagnostics
	for i, x := range d {
		if n := len(r); n > 0 && r[n-1].Line == x.Line && r[n-1].Col == x.Col && strings.HasPrefix(r[n-1].Msg, "syntax error:") && !strings.HasPrefix(x.Msg, "syntax error:") {
			r[n-1] = x // of a character or a literal: the cause of the other
		} else if n == 0 || r[n-1].Line != x.Line && (i < len(d)-1 || x.Msg != "syntax error: unexpected EOF, expected }") {
			r = append(r, x)
		}
	}
	return r
}

// find returns the cell and the offset of a position.
func (c *Compiler) find(pos token.Pos) (*source, int, bool) {
	tf := c.fset.File(pos)
	if tf == nil {
		return nil, 0, false
	}
	w, ok := c.files[tf]
	if !ok {
		return nil, 0, false
	}
	return w.src, tf.Offset(pos) - w.prefix, true
}

var hidden = regexp.MustCompile(`ˑ[\p{L}\p{N}_]*`)

// UserName turns a name of the output into the one that the cell has.
func UserName(s string) string { return hidden.ReplaceAllString(s, "") }

// typeError turns an error of go/types into a diagnostic.
func (c *Compiler) typeError(e types.Error) (Diagnostic, bool) {
	src, off, ok := c.find(e.Pos)
	if !ok {
		return Diagnostic{Line: 1, Col: 1, Msg: UserName(e.Msg)}, false
	}
	msg := UserName(e.Msg)
	if msg == "use of untyped nil in assignment to _ identifier" && !strings.HasSuffix(strings.TrimRight(src.text[:off], " \t"), "=") {
		msg = "nil (untyped nil value) is not used"
	}
	return src.diagnose(off, 0, msg), true
}

package cell

import (
	"go/scanner"
	"go/token"
	"strings"
)

type tok struct {
	off int
	tok token.Token
	lit string
}

// scan returns the tokens of a cell, and its comments apart.
func scan(src string) (ts, comments []tok) {
	fs := token.NewFileSet()
	file := fs.AddFile("", fs.Base(), len(src))
	var s scanner.Scanner
	s.Init(file, []byte(src), func(token.Position, string) {}, scanner.ScanComments)
	for {
		p, t, l := s.Scan()
		switch t {
		case token.EOF:
			return ts, comments
		case token.COMMENT:
			comments = append(comments, tok{file.Offset(p), t, l})
		default:
			ts = append(ts, tok{file.Offset(p), t, l})
		}
	}
}

// Split separates a cell into declarations (imports, functions, methods) and the
// rest. Both results are as long as src, with the other part blanked, so every
// offset, line and column is that of the cell. A package clause is dropped. bad is
// the offset of a closing bracket that nothing opened, or -1.
func Split(src string) (decls, stmts string, bad int) {
	imports, decls, stmts, bad := split(src)
	if imports != "" {
		d := []byte(decls)
		for i := range d {
			if d[i] == ' ' {
				d[i] = imports[i]
			}
		}
		decls = string(d)
	}
	return decls, stmts, bad
}

// split is Split with the imports, if there are any, in a part of their own: they
// may stand anywhere in a cell.
func split(src string) (imports, decls, stmts string, bad int) {
	ts, comments := scan(src)
	d, st := []byte(src), []byte(src)
	blank(d, 0, len(d))
	var im []byte
	depth, start := 0, true
	for i := 0; i < len(ts); i++ {
		if start && depth == 0 && startsDecl(ts, i) {
			from := ts[i].off
			j, dd := i, 0
			for ; j < len(ts); j++ {
				dd += nesting(ts[j].tok)
				if dd == 0 && ts[j].tok == token.SEMICOLON {
					break
				}
			}
			to := len(src)
			if j < len(ts) {
				to = ts[j].off
				if ts[j].lit == ";" {
					to++
				}
			}
			switch ts[i].tok {
			case token.PACKAGE:
			case token.IMPORT:
				if im == nil {
					im = []byte(src)
					blank(im, 0, len(im))
				}
				copy(im[from:to], src[from:to])
			default:
				copy(d[from:to], src[from:to])
				for _, c := range docs(src, comments, from) {
					copy(d[c.off:], c.lit)
				}
			}
			blank(st, from, to)
			i = j
			continue
		}
		depth += nesting(ts[i].tok)
		if depth < 0 {
			return "", "", "", ts[i].off
		}
		start = ts[i].tok == token.SEMICOLON
	}
	return string(im), string(d), string(st), -1
}

// docs returns the comments that stand right above an offset.
func docs(src string, comments []tok, at int) []tok {
	i := len(comments)
	for i > 0 && comments[i-1].off > at {
		i--
	}
	end := i
	for ; i > 0; i-- {
		c := comments[i-1]
		gap := src[c.off+len(c.lit) : at]
		if strings.TrimSpace(gap) != "" || strings.Count(gap, "\n") != 1 {
			break
		}
		at = c.off
		if j := strings.LastIndexByte(src[:at], '\n'); strings.TrimSpace(src[j+1:at]) != "" {
			break // it stands behind something else
		}
	}
	return comments[i:end]
}

func blank(b []byte, from, to int) {
	for i := from; i < to; i++ {
		if b[i] != '\n' {
			b[i] = ' '
		}
	}
}

func nesting(t token.Token) int {
	switch t {
	case token.LPAREN, token.LBRACE, token.LBRACK:
		return 1
	case token.RPAREN, token.RBRACE, token.RBRACK:
		return -1
	}
	return 0
}

// startsDecl reports whether a declaration that may stand only at the top of a
// file begins at token i. A function literal is an expression.
func startsDecl(ts []tok, i int) bool {
	at := func(k int) token.Token {
		if k < len(ts) {
			return ts[k].tok
		}
		return token.EOF
	}
	switch ts[i].tok {
	case token.IMPORT:
		return true
	case token.PACKAGE:
		return true
	case token.FUNC:
		if at(i+1) == token.IDENT {
			return true
		}
		if at(i+1) != token.LPAREN {
			return false
		}
		depth, j := 0, i+1
		for ; j < len(ts); j++ {
			if depth += nesting(ts[j].tok); depth == 0 {
				break
			}
		}
		if at(j+1) != token.IDENT {
			return false
		}
		// Without a receiver it is a mistake, or a literal whose result has type arguments.
		return at(j+2) == token.LPAREN || j > i+2 && at(j+2) == token.LBRACK
	}
	return false
}

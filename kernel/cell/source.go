package cell

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"sort"
	"strings"
)

// source is the text of a cell.
type source struct {
	cell  int
	text  string
	lines []int // offsets of line starts

	holders int // of what compiled code there is of it
}

func newSource(cell int, text string) *source {
	s := &source{cell: cell, text: text, lines: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// place returns line and column, from 1, of an offset.
func (s *source) place(off int) (line, col int) {
	off = min(max(off, 0), len(s.text))
	i := sort.SearchInts(s.lines, off+1) - 1
	return i + 1, off - s.lines[i] + 1
}

// line returns the text of a line.
func (s *source) line(n int) string {
	if n < 1 || n > len(s.lines) {
		return ""
	}
	t := s.text[s.lines[n-1]:]
	if i := strings.IndexByte(t, '\n'); i >= 0 {
		t = t[:i]
	}
	return strings.TrimRight(t, "\r")
}

// wrapped is a parsed file that holds a part of a cell after a prefix.
type wrapped struct {
	src    *source
	prefix int
}

// parsed is the syntax of a cell.
type parsed struct {
	src     *source
	files   []*token.File
	imports []*ast.ImportSpec
	funcs   []*ast.FuncDecl
	gens    []*ast.GenDecl // types and constants
	body    *ast.BlockStmt // statements and variables
}

const (
	declPrefix = "package main;\n" // a comment on the line of another token is no doc
	bodyPrefix = "package main;func _(){\n"
)

// parse reads a cell. The parts of the split are files of the file set, each as
// long as the cell.
func (c *Compiler) parse(n int, text string, tolerant bool) (*parsed, Diagnostics) {
	src := newSource(n, text)
	imports, decls, stmts, bad := split(text)
	var diags Diagnostics
	if bad >= 0 && tolerant {
		blanked := []byte(text)
		blank(blanked, 0, len(blanked))
		imports, decls, stmts = "", string(blanked), text
	} else if bad >= 0 {
		diags = append(diags, src.diagnose(bad, 1, "syntax error: unexpected "+text[bad:bad+1]+" outside a block"))
		return nil, diags
	}
	p := &parsed{src: src}
	read := func(name, prefix, part, suffix string) *ast.File {
		f, err := parser.ParseFile(c.fset, name, prefix+part+suffix, parser.SkipObjectResolution|parser.AllErrors|parser.ParseComments)
		if f != nil {
			if tf := c.fset.File(f.Package); tf != nil {
				c.files[tf] = wrapped{src, len(prefix)}
				tf.AddLineColumnInfo(len(prefix), fmt.Sprintf("cell[%d]", n), 1, 1) // for places in messages
				p.files = append(p.files, tf)
			}
		}
		list, _ := err.(scanner.ErrorList)
		for _, e := range list {
			if msg, off := syntaxError(e.Msg, src.text, e.Pos.Offset-len(prefix)); msg != "" {
				diags = append(diags, src.diagnose(off, 0, msg))
			}
		}
		return f
	}
	if imports != "" {
		if f := read("", declPrefix, imports, "\n"); f != nil {
			p.imports = f.Imports
		}
	}
	df := read("", declPrefix, decls, "\n")
	sf := read("", bodyPrefix, stmts, "\n}")
	if diags != nil && !tolerant {
		c.release(p)
		return nil, diags.tidy().firsts()
	}
	for _, d := range df.Decls {
		d, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if d.Body != nil {
			p.funcs = append(p.funcs, d)
			continue
		}
		if s, off, ok := c.find(d.Name.Pos()); ok && !tolerant {
			at, what := off, "missing function body"
			_, end, _ := c.find(d.End())
			if gap := len(text[end:]) - len(strings.TrimLeft(text[end:], " \t\n")); strings.HasPrefix(text[end+gap:], "{") {
				at, what = end+gap, "syntax error: unexpected semicolon or newline before {"
			}
			diags = append(diags, s.diagnose(at, 0, what))
		}
	}
	if diags != nil && !tolerant {
		c.release(p)
		return nil, diags.tidy()
	}
	p.body = &ast.BlockStmt{}
	for _, d := range sf.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && fd.Body != nil {
			p.body.Lbrace, p.body.Rbrace = fd.Body.Lbrace, fd.Body.Rbrace
			p.body.List = append(p.body.List, fd.Body.List...)
		}
	}
	p.hoist()
	p.runMain(text)
	return p, nil
}

// runMain adds a call of main to a cell that is a program: one with a package
// clause and a function main, and no statements of its own.
func (p *parsed) runMain(text string) {
	ts, _ := scan(text)
	if len(ts) == 0 || ts[0].tok != token.PACKAGE {
		return
	}
	for _, s := range p.body.List {
		if _, ok := s.(*ast.DeclStmt); !ok {
			return
		}
	}
	for _, f := range p.funcs {
		if f.Recv == nil && f.Name.Name == "main" && f.Type.Params.NumFields() == 0 && f.Type.Results.NumFields() == 0 {
			pos := f.Name.Pos()
			call := &ast.CallExpr{Fun: &ast.Ident{NamePos: pos, Name: "main"}, Lparen: pos, Rparen: pos}
			p.body.List = append(p.body.List, &ast.ExprStmt{X: call})
		}
	}
}

// release forgets the files of a cell that is not committed.
func (c *Compiler) release(p *parsed) {
	for _, tf := range p.files {
		c.fset.RemoveFile(tf)
		delete(c.files, tf)
	}
}

// hoist moves the type and constant declarations at the top of the cell out of the
// statements, one declaration for each type.
func (p *parsed) hoist() {
	var rest []ast.Stmt
	for _, s := range p.body.List {
		ds, ok := s.(*ast.DeclStmt)
		if !ok {
			rest = append(rest, s)
			continue
		}
		g := ds.Decl.(*ast.GenDecl)
		switch g.Tok {
		case token.TYPE:
			for _, sp := range g.Specs {
				p.gens = append(p.gens, &ast.GenDecl{Doc: g.Doc, TokPos: sp.Pos(), Tok: token.TYPE, Specs: []ast.Spec{sp}})
			}
		case token.CONST:
			p.gens = append(p.gens, g)
		default:
			rest = append(rest, s)
		}
	}
	p.body.List = rest
}

// names returns every identifier of the cell.
func (p *parsed) names() map[string]bool {
	m := map[string]bool{}
	add := func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			m[id.Name] = true
		}
		return true
	}
	for _, f := range p.funcs {
		ast.Inspect(f, add)
	}
	for _, g := range p.gens {
		ast.Inspect(g, add)
	}
	ast.Inspect(p.body, add)
	return m
}

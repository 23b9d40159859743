package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strings"
)

// Checked is the typed syntax of a cell that need not be correct or complete.
type Checked struct {
	Fset  *token.FileSet
	Files []*ast.File // live declarations, then those of the cell with its statements in a function
	Info  *types.Info
	Pkg   *types.Package

	files []*token.File
	wraps []wrapped
}

// Check type-checks a cell against the session as far as it goes: errors of syntax
// and types are ignored. It may be called at any time from any goroutine; the
// result is good until the next call.
func (c *Compiler) Check(src string) *Checked {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.scratch != nil {
		c.release(c.scratch)
	}
	p, _ := c.parse(0, src, true)
	c.scratch = p
	k := &Checked{Fset: c.fset, files: p.files}
	for _, f := range p.files {
		k.wraps = append(k.wraps, c.files[f])
	}
	u := c.newUnit(p)
	u.same = map[string]bool{}
	k.Info, k.Pkg = &types.Info{}, types.NewPackage("main", "main")
	defer func() {
		_ = recover() // code that is being typed may be anything
		if u.info != nil {
			k.Files, k.Info, k.Pkg = u.checked, u.info, u.pkg
		}
	}()
	u.move()
	u.check()
	return k
}

// Pos returns the position of a byte offset of the cell in the checked files,
// NoPos if the offset lies outside of it.
func (k *Checked) Pos(offset int) token.Pos {
	if len(k.files) == 0 || offset < 0 || offset > len(k.wraps[0].src.text) {
		return token.NoPos
	}
	// The half of the cell in which something stands at the offset.
	best := len(k.files) - 1
	for i, f := range k.files {
		for _, file := range k.Files {
			for _, d := range file.Decls {
				from, to := d.Pos(), d.End()
				if int(from) < f.Base() || int(to) > f.Base()+f.Size() {
					continue
				}
				at := f.Pos(offset + k.wraps[i].prefix)
				if _, ok := d.(*ast.FuncDecl); ok && i == 0 && from <= at && at <= to {
					best = i
				}
			}
		}
	}
	return k.files[best].Pos(offset + k.wraps[best].prefix)
}

// Offset is the inverse of Pos.
func (k *Checked) Offset(p token.Pos) (int, bool) {
	for i, f := range k.files {
		if int(p) >= f.Base() && int(p) <= f.Base()+f.Size() {
			off := f.Offset(p) - k.wraps[i].prefix
			return off, off >= 0 && off <= len(k.wraps[i].src.text)
		}
	}
	return 0, false
}

// Var is a live name of the session.
type Var struct {
	Name   string
	Kind   string // "var", "func", "type" or "const"
	Type   string // as a Go programmer writes it
	Cell   int
	Global string // name of the variable in the lowered program
	Stale  bool
}

// Vars lists the live names of the session, sorted.
func (c *Compiler) Vars() []Var {
	c.mu.Lock()
	defer c.mu.Unlock()
	var r []Var
	for k, e := range c.live {
		v := Var{Name: k, Cell: e.cell, Global: e.out, Stale: e.stale != ""}
		switch e.kind {
		case methodKind:
			continue
		case varKind:
			v.Kind, v.Type = "var", e.shown
		case funcKind:
			v.Kind, v.Type = "func", e.shown
		case typeKind:
			v.Kind, v.Type = "type", e.shown
		case constKind:
			v.Kind, v.Type = "const", e.shown
		}
		r = append(r, v)
	}
	sort.Slice(r, func(i, j int) bool { return r[i].Name < r[j].Name })
	return r
}

// Doc returns the comment above a declaration of a cell: "name", or "T.m" for a
// method.
func (c *Compiler) Doc(name string) (text string, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.live[name]
	if e == nil {
		return "", false
	}
	switch d := e.node.(type) {
	case *ast.FuncDecl:
		text = d.Doc.Text()
	case *ast.GenDecl:
		text = d.Doc.Text()
		for _, s := range d.Specs {
			if ts, ok := s.(*ast.TypeSpec); ok && ts.Doc.Text() != "" {
				text = ts.Doc.Text()
			}
		}
	}
	return strings.TrimSpace(text), text != ""
}

// typeText writes a type for people.
func (u *unit) typeText(t types.Type) string {
	return UserName(types.TypeString(t, func(p *types.Package) string {
		if p == u.pkg {
			return ""
		}
		return p.Name()
	}))
}

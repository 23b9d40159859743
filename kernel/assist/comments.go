package assist

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// Learn remembers the comments of a cell that has been committed.
func (a *Assistant) Learn(code string) {
	c := comments(code)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.learnt == nil {
		a.learnt = map[string]string{}
	}
	for name, text := range c {
		a.learnt[name] = text
	}
}

// comments returns the documentation in a cell by name: "f", "T", "T.m" for a
// method or a field. A declaration without a comment has an empty text, so that
// the comment of an older declaration is forgotten.
func comments(code string) map[string]string {
	m := map[string]string{}
	for _, c := range scan(code).chunks {
		f, _ := parser.ParseFile(token.NewFileSet(), "", "package p\n"+code[c[0]:c[1]], parser.ParseComments|parser.SkipObjectResolution)
		if f == nil {
			continue
		}
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				m[funcKey(d)] = text(d.Doc)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					spec(m, d, s)
				}
			}
		}
	}
	return m
}

// funcKey returns "f", or "T.m" for a method.
func funcKey(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name + "." + d.Name.Name
		default:
			return d.Name.Name
		}
	}
}

func spec(m map[string]string, d *ast.GenDecl, s ast.Spec) {
	switch s := s.(type) {
	case *ast.TypeSpec:
		m[s.Name.Name] = first(text(s.Doc), text(d.Doc), text(s.Comment))
		if st, ok := s.Type.(*ast.StructType); ok {
			for _, f := range st.Fields.List {
				for _, n := range f.Names {
					m[s.Name.Name+"."+n.Name] = first(text(f.Doc), text(f.Comment))
				}
			}
		}
	case *ast.ValueSpec:
		for _, n := range s.Names {
			m[n.Name] = first(text(s.Doc), text(d.Doc), text(s.Comment))
		}
	}
}

func text(g *ast.CommentGroup) string { return strings.TrimSpace(g.Text()) }

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

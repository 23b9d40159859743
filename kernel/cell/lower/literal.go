package lower

import (
	"go/ast"
	"go/types"
	"strings"
)

// composite writes a composite literal. elided is the type where the source
// leaves it out.
func (f *fnc) composite(c *code, e *ast.CompositeLit, elided types.Type) {
	t := f.typeOf(e)
	if t == nil {
		t = elided
	}
	// An elided &T{} in a slice or map of pointers has a pointer type here.
	if p, ok := t.Underlying().(*types.Pointer); ok && e.Type == nil {
		c.s("&")
		t = p.Elem()
	}
	c.s(f.typ(t), "{")
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for i, el := range e.Elts {
			if i > 0 {
				c.s(", ")
			}
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				name := kv.Key.(*ast.Ident).Name
				c.at(kv.Pos())
				c.s(name, ": ")
				f.elem(c, kv.Value, fieldByName(u, name))
				continue
			}
			c.s(fieldName(u, i), ": ")
			f.elem(c, el, u.Field(i).Type())
		}
	case *types.Slice:
		f.elems(c, e.Elts, u.Elem())
	case *types.Array:
		f.elems(c, e.Elts, u.Elem())
	case *types.Map:
		for i, el := range e.Elts {
			if i > 0 {
				c.s(", ")
			}
			kv := el.(*ast.KeyValueExpr)
			f.elem(c, kv.Key, u.Key())
			c.s(": ")
			f.elem(c, kv.Value, u.Elem())
		}
	default:
		f.l.refuse(e.Pos(), "internal: literal of %s", t)
	}
	c.s("}")
}

func fieldByName(t *types.Struct, name string) types.Type {
	for i := range t.NumFields() {
		if t.Field(i).Name() == name {
			return t.Field(i).Type()
		}
	}
	return types.Typ[types.Invalid]
}

func (f *fnc) elems(c *code, list []ast.Expr, t types.Type) {
	for i, el := range list {
		if i > 0 {
			c.s(", ")
		}
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			if v := f.l.info.Types[kv.Key].Value; v != nil {
				c.s(v.ExactString(), ": ")
			}
			el = kv.Value
		}
		f.elem(c, el, t)
	}
}

// elem writes an element of a composite literal.
func (f *fnc) elem(c *code, e ast.Expr, t types.Type) {
	if lit, ok := e.(*ast.CompositeLit); ok && lit.Type == nil {
		c.at(e.Pos())
		f.composite(c, lit, t)
		return
	}
	if _, ok := ast.Unparen(e).(*ast.BinaryExpr); ok && f.derefs(e) && !isInterface(f.sub(t)) {
		// The interpreter takes the * in an operation here for that of a pointer type.
		c.s(f.typ(types.Default(f.typeOf(e))), "(")
		f.conv(c, e, t)
		c.s(")")
		return
	}
	v := &code{}
	f.conv(v, ast.Unparen(e), t)
	if f.farField(e) && !strings.HasSuffix(v.b.String(), ")") {
		// The interpreter fails to find the type of a field of what an index or a call
		// gives here, unless it is the argument of a call.
		c.s(f.l.sameOf(f.typeOf(e)), "(")
		c.add(v)
		c.s(")")
		return
	}
	c.add(v)
}

// farField reports whether e is a field of something other than a variable.
func (f *fnc) farField(e ast.Expr) bool {
	x, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	for {
		if s := f.l.info.Selections[x]; s == nil || s.Kind() != types.FieldVal {
			return false
		}
		switch y := ast.Unparen(x.X).(type) {
		case *ast.Ident:
			return false
		case *ast.SelectorExpr:
			x = y
		default:
			return true
		}
	}
}

// sameOf returns the helper that returns its argument.
func (l *Lowerer) sameOf(t types.Type) string {
	name := "sameˑ" + mangle(l.key(t))
	if !l.emitted[name] && !l.u.Names.Defined(name) {
		l.emitted[name] = true
		tt := l.typ(t)
		d := &code{}
		d.s("func ", name, "(v ", tt, ") ", tt, " { return v }")
		l.decls = append(l.decls, d)
	}
	return name
}

// derefs reports whether the output of an expression has a dereference in it.
func (f *fnc) derefs(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.StarExpr:
			found = true
		case *ast.Ident:
			found = found || f.boxed(f.l.info.Uses[n])
		}
		return !found
	})
	return found
}

package lower

import (
	"go/ast"
	"go/types"
)

func (f *fnc) assert(c *code, e *ast.TypeAssertExpr) {
	to := f.typeOf(e.Type)
	f.assertValue(c, func() { f.x(c, e.X) }, f.typeOf(e.X), to)
}

// assertValue writes x.(to) for a value written by x.
func (f *fnc) assertValue(c *code, x func(), from, to types.Type) {
	if isInterface(to) && f.l.isAny(to) {
		if to.Underlying().(*types.Interface).NumMethods() == 0 {
			c.s("__rt.NotNil(")
			x()
			c.s(", ", f.l.idOnly(from), ")")
			return
		}
		c.s("__rt.AssertI(")
		x()
		c.s(", ", f.l.idOnly(to), ")")
		return
	}
	c.s(f.l.fromAny(to), "(")
	x()
	c.s(", ", f.l.idOnly(from), ")")
}

// commaOK writes an expression that gives two or more values.
func (f *fnc) commaOK(c *code, e ast.Expr) {
	switch x := ast.Unparen(e).(type) {
	case *ast.TypeAssertExpr:
		c.at(x.Pos())
		to := f.typeOf(x.Type)
		if isInterface(to) && f.l.isAny(to) {
			c.s("__rt.AssertIOK(")
			f.x(c, x.X)
			c.s(", ", f.l.idOnly(to), ")")
			return
		}
		c.s(f.l.fromAny(to), "OK(")
		f.x(c, x.X)
		c.s(")")
	case *ast.UnaryExpr:
		c.at(x.Pos())
		f.receive(c, x, true)
	default:
		f.x(c, e)
	}
}

// fromAny returns the helper that brings a value of a type out of an interface; the
// one with OK appended reports whether the type was right.
func (l *Lowerer) fromAny(t types.Type) string {
	id := l.idOnly(t)
	name := "toˑ" + id
	if l.emitted[name] || l.u.Names.Defined(name) {
		return name
	}
	l.emitted[name] = true
	ty := l.typ(t)
	c := &code{}
	if isInterface(t) || !l.dual(t) {
		c.s("func ", name, "(x __rt.Any, from int) ", ty, " {\n\tif x == nil { __rt.BadAssert(x, ", id, ", from) }\n\tv, ok := x.(", ty, ")\n\tif !ok { __rt.BadAssert(x, ", id, ", from) }\n\treturn v\n}\n")
		c.s("func ", name, "OK(x __rt.Any) (", ty, ", bool) {\n\tvar v ", ty, "\n\tif x == nil { return v, false }\n\tv, ok := x.(", ty, ")\n\treturn v, ok\n}")
	} else {
		c.s("func ", name, "(x __rt.Any, from int) ", ty, " {\n\tvar v ", ty, "\n\t__rt.Assert(x, ", id, ", &v, from)\n\treturn v\n}\n")
		c.s("func ", name, "OK(x __rt.Any) (", ty, ", bool) {\n\tvar v ", ty, "\n\tok := __rt.AssertOK(x, ", id, ", &v)\n\treturn v, ok\n}")
	}
	l.decls = append(l.decls, c)
	return name
}

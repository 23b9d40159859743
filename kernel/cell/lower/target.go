package lower

import (
	"go/ast"
	"go/token"
	"go/types"
)

// mapIndex returns e if it is an index expression of a map.
func (f *fnc) mapIndex(e ast.Expr) *ast.IndexExpr {
	x, ok := ast.Unparen(e).(*ast.IndexExpr)
	if !ok || f.l.info.Types[x.X].IsType() || isGenericFunc(f.l.info, x.X) {
		return nil
	}
	if _, ok := core(f.typeOf(x.X)).(*types.Map); !ok {
		return nil
	}
	return x
}

// lookupTemps is temps for `v, ok := m[k]`: the interpreter leaves an old value in v
// where the key is missing.
func (f *fnc) lookupTemps(c *code, lhs []ast.Expr, x *ast.IndexExpr) []string {
	t := core(f.typeOf(x.X)).(*types.Map)
	m, k := f.tmp("m"), f.tmp("k")
	c.s("var ", m, " ", f.typ(f.typeOf(x.X)), " = ")
	f.x(c, x.X)
	c.s("\nvar ", k, " ", f.typ(t.Key()), " = ")
	f.conv(c, x.Index, t.Key())
	names := []string{"_", "_"}
	if lt := f.lhsType(lhs[0]); lt != nil {
		names[0] = f.tmp("v")
		c.s("\nvar ", names[0], " ", f.typ(lt), " = ")
		f.convText(c, m+"["+k+"]", f.sub(t.Elem()), lt, false)
	}
	if lt := f.lhsType(lhs[1]); lt != nil {
		names[1] = f.tmp("ok")
		c.s("\n_, ", names[1], " := ", m, "[", k, "]")
		if isInterface(lt) {
			n := f.tmp("ok")
			c.s("\nvar ", n, " ", f.typ(lt), " = ", names[1])
			names[1] = n
		}
	}
	return names
}

// together reports whether the interpreter can do an assignment of several values
// at once: it mixes them up when there are calls or constants among them.
func (f *fnc) together(lhs, rhs []ast.Expr) bool {
	if !f.sameTypes(lhs, rhs) || f.mentionsAssigned(lhs) {
		return false
	}
	for _, e := range lhs {
		if x, ok := ast.Unparen(e).(*ast.IndexExpr); ok {
			if _, ok := core(f.typeOf(x.X)).(*types.Map); ok {
				return false
			}
		}
	}
	if len(lhs) != len(rhs) {
		if f.mapIndex(rhs[0]) != nil {
			return false
		}
		for _, e := range lhs {
			if _, ok := e.(*ast.Ident); !ok {
				return false
			}
		}
		return true
	}
	for _, e := range rhs {
		if f.l.info.Types[e].Value != nil || !f.loads(e) {
			return false
		}
	}
	return true
}

// loads reports whether an expression only reads variables and computes.
func (f *fnc) loads(e ast.Expr) bool {
	if f.l.info.Types[e].Value != nil {
		return true
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		_, ok := f.l.info.Uses[e].(*types.Var)
		return ok && !isInterface(f.typeOf(e))
	case *ast.SelectorExpr:
		s := f.l.info.Selections[e]
		return s != nil && s.Kind() == types.FieldVal && f.loads(e.X)
	case *ast.IndexExpr:
		return f.loads(e.X) && f.loads(e.Index)
	case *ast.StarExpr:
		return f.loads(e.X)
	case *ast.UnaryExpr:
		return e.Op != token.AND && e.Op != token.ARROW && f.loads(e.X)
	case *ast.BinaryExpr:
		return e.Op != token.LAND && e.Op != token.LOR && f.loads(e.X) && f.loads(e.Y)
	}
	return false
}

// holdTargets evaluates the operands of indices and pointers on the left of an
// assignment of several values, which come before the values on the right.
func (f *fnc) holdTargets(c *code, lhs []ast.Expr) []ast.Expr {
	r := make([]ast.Expr, len(lhs))
	for i, e := range lhs {
		r[i] = e
		x := ast.Unparen(e)
		if _, ok := x.(*ast.Ident); ok {
			continue
		}
		if ix, ok := x.(*ast.IndexExpr); ok {
			if m, ok := core(f.typeOf(ix.X)).(*types.Map); ok {
				n := f.tmp("x")
				c.s("var ", n, " ", f.typ(m.Key()), " = ")
				f.conv(c, ix.Index, m.Key())
				c.s("\n")
				r[i] = &heldTarget{Expr: ix, index: n}
				continue
			}
		}
		n := f.tmp("p")
		c.s("var ", n, " *", f.typ(f.typeOf(e)), " = ")
		f.addr(c, e)
		c.s("\n")
		r[i] = &heldTarget{Expr: e, text: "(*" + n + ")"}
	}
	return r
}

// mentionsAssigned reports whether a target of an assignment mentions a variable
// that is itself assigned to.
func (f *fnc) mentionsAssigned(lhs []ast.Expr) bool {
	found := false
	for _, e := range lhs {
		if _, ok := ast.Unparen(e).(*ast.Ident); ok {
			continue
		}
		ast.Inspect(e, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			for _, t := range lhs {
				if x, ok := t.(*ast.Ident); ok && f.l.info.Uses[id] != nil && f.l.info.Uses[x] == f.l.info.Uses[id] {
					found = true
				}
			}
			return true
		})
	}
	return found
}

// heldTarget is a target of an assignment with parts of it evaluated: the index of
// an index expression, or all of it, as text.
type heldTarget struct {
	ast.Expr
	index, text string
}

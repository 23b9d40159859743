package lower

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
)

func (f *fnc) typeOf(e ast.Expr) types.Type {
	t := f.l.info.TypeOf(e)
	if t == nil {
		return nil
	}
	return f.sub(t)
}

// bare writes an operand; a constant goes without a conversion.
func (f *fnc) bare(c *code, n ast.Node) {
	e := n.(ast.Expr)
	tv := f.l.info.Types[e]
	if tv.Value != nil {
		t := f.sub(tv.Type)
		if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsComplex == 0 {
			c.at(e.Pos())
			c.s(literal(tv.Value, types.Default(b).(*types.Basic)))
			return
		}
	}
	f.x(c, e)
}

// x writes an expression with its own type.
func (f *fnc) x(c *code, e ast.Expr) {
	tv, ok := f.l.info.Types[e]
	if ok && tv.IsType() {
		c.at(e.Pos())
		c.s(f.typ(tv.Type))
		return
	}
	if ok && tv.Value != nil {
		c.at(e.Pos())
		f.constant(c, tv.Value, f.sub(tv.Type))
		return
	}
	c.at(e.Pos())
	switch e := e.(type) {
	case *ast.ParenExpr: // operations are written with parentheses of their own
		f.x(c, e.X)
	case *ast.Ident:
		f.ident(c, e)
	case *ast.BasicLit: // its type is a type parameter: the value is not recorded
		if t := f.typeOf(e); t != nil {
			c.s(f.typ(t), "(", e.Value, ")")
		} else {
			c.s(e.Value)
		}
	case *ast.FuncLit:
		f.funcLit(c, e)
	case *ast.CompositeLit:
		f.composite(c, e, nil)
	case *ast.SelectorExpr:
		f.selector(c, e)
	case *ast.IndexExpr:
		f.index(c, e)
	case *ast.IndexListExpr:
		f.instance(c, e.X)
	case *ast.SliceExpr:
		f.slice(c, e)
	case *ast.TypeAssertExpr:
		f.assert(c, e)
	case *ast.CallExpr:
		f.call(c, e)
	case *ast.StarExpr:
		c.s("*")
		f.x(c, e.X)
	case *ast.UnaryExpr:
		f.unary(c, e)
	case *ast.BinaryExpr:
		f.binary(c, e)
	default:
		f.l.refuse(e.Pos(), "internal: expression %T", e)
	}
}

func (f *fnc) ident(c *code, id *ast.Ident) {
	o := f.l.info.Uses[id]
	if o == nil {
		o = f.l.info.Defs[id]
	}
	switch o := o.(type) {
	case *types.Nil:
		c.s("nil")
	case *types.Func:
		f.funcRef(c, id, o, true)
	case *types.Var:
		if !o.IsField() && o.Pkg() != nil && !f.l.isCell(o) {
			c.s(f.l.pkgVar(o)) // dot import
			return
		}
		c.s(f.obj(o, id.Name))
	case *types.Builtin, nil:
		c.s(id.Name)
	default:
		c.s(f.obj(o, id.Name))
	}
}

// funcRef writes a reference to a function, an instance if it is generic, as a value
// or as what a call calls.
func (f *fnc) funcRef(c *code, id *ast.Ident, fn *types.Func, value bool) {
	sig, _ := f.sub(fn.Type()).(*types.Signature)
	name := ""
	if inst, ok := f.l.info.Instances[id]; ok {
		args := make([]types.Type, inst.TypeArgs.Len())
		for i := range args {
			args[i] = f.sub(inst.TypeArgs.At(i))
		}
		sig = f.sub(inst.Type).(*types.Signature)
		if f.l.isCell(fn) {
			name = f.l.instanceFunc(fn.Origin(), args)
		} else {
			name = f.genericName(fn, args, sig)
		}
	} else if !f.l.isCell(fn) {
		c.s(f.l.pkgName(fn.Pkg()), ".", fn.Name())
		return
	} else {
		name = f.obj(fn, id.Name)
	}
	if value {
		f.funcValue(c, name, sig)
		return
	}
	c.s(name)
}

// instance writes an explicitly instantiated function or type.
func (f *fnc) instance(c *code, e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		f.ident(c, e)
	case *ast.SelectorExpr:
		if fn, ok := f.l.info.Uses[e.Sel].(*types.Func); ok {
			f.funcRef(c, e.Sel, fn, true)
			return
		}
		f.x(c, e)
	default:
		f.x(c, e)
	}
}

func (f *fnc) index(c *code, e *ast.IndexExpr) {
	if tv := f.l.info.Types[e.X]; tv.IsType() || isGenericFunc(f.l.info, e.X) {
		f.instance(c, e.X)
		return
	}
	t := f.typeOf(e.X)
	f.base(c, e.X)
	c.s("[")
	if m, ok := t.Underlying().(*types.Map); ok {
		f.conv(c, e.Index, m.Key())
	} else {
		f.indexValue(c, e.Index)
	}
	c.s("]")
}

// indexValue writes an index of a slice, array or string.
func (f *fnc) indexValue(c *code, e ast.Expr) {
	if f.l.info.Types[e].Value != nil {
		f.bare(c, e)
		return
	}
	if b, ok := f.typeOf(e).Underlying().(*types.Basic); ok && b.Kind() != types.Int {
		c.s("int(")
		f.x(c, e)
		c.s(")")
		return
	}
	f.x(c, e)
}

// base writes an operand that a postfix operation follows.
func (f *fnc) base(c *code, e ast.Expr) {
	switch x := ast.Unparen(e).(type) {
	case *ast.CompositeLit, *ast.StarExpr, *ast.UnaryExpr, *ast.BinaryExpr:
		c.s("(")
		f.x(c, ast.Unparen(e))
		c.s(")")
		return
	case *ast.Ident:
		if f.boxed(f.l.info.Uses[x]) {
			c.s("(")
			f.x(c, x)
			c.s(")")
			return
		}
	}
	f.x(c, e)
}

func isGenericFunc(info *types.Info, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		_, ok := info.Instances[e]
		return ok
	case *ast.SelectorExpr:
		_, ok := info.Instances[e.Sel]
		return ok
	}
	return false
}

func (f *fnc) slice(c *code, e *ast.SliceExpr) {
	f.base(c, e.X)
	c.s("[")
	if e.Low != nil {
		f.indexValue(c, e.Low)
	}
	c.s(":")
	if e.High != nil {
		f.indexValue(c, e.High)
	}
	if e.Slice3 {
		c.s(":")
		f.indexValue(c, e.Max)
	}
	c.s("]")
}

func (f *fnc) unary(c *code, e *ast.UnaryExpr) {
	switch e.Op {
	case token.ARROW:
		f.receive(c, e, false)
	case token.AND:
		if lit, ok := ast.Unparen(e.X).(*ast.CompositeLit); ok {
			c.s("&")
			f.composite(c, lit, nil)
			return
		}
		f.addr(c, e.X)
	default:
		c.s(e.Op.String())
		if _, ok := ast.Unparen(e.X).(*ast.UnaryExpr); ok {
			c.s("(")
			f.x(c, e.X)
			c.s(")")
			return
		}
		f.x(c, e.X) // parentheses around a name confuse the interpreter
	}
}

func isInterface(t types.Type) bool { return t != nil && types.IsInterface(t) }

func isNil(info *types.Info, e ast.Expr) bool { return info.Types[e].IsNil() }

func (f *fnc) binary(c *code, e *ast.BinaryExpr) {
	switch e.Op {
	case token.SHL, token.SHR:
		c.s("(")
		t := f.typeOf(e.X)
		if b, ok := core(t).(*types.Basic); ok && f.l.info.Types[e.X].Value != nil {
			// The interpreter gives a bare constant the type of the count.
			c.s(f.typ(t), "(", literal(f.l.info.Types[e.X].Value, b), ")")
		} else {
			f.x(c, e.X)
		}
		c.s(" ", e.Op.String(), " ")
		f.shiftCount(c, e.Y)
		c.s(")")
		return
	case token.EQL, token.NEQ:
		if f.equal(c, e) {
			return
		}
	}
	c.s("(")
	f.bare(c, e.X)
	c.s(" ", e.Op.String(), " ")
	f.bare(c, e.Y)
	c.s(")")
}

// shiftCount writes the right operand of a shift. One that may be negative is
// checked: the interpreter would shift by it.
func (f *fnc) shiftCount(c *code, e ast.Expr) {
	if tv := f.l.info.Types[e]; tv.Value != nil {
		c.s(literal(tv.Value, types.Typ[types.Int]))
		return
	}
	b, ok := core(f.typeOf(e)).(*types.Basic)
	if !ok || b.Info()&types.IsUnsigned != 0 || f.notNegative(e) {
		f.x(c, e)
		return
	}
	c.s("__rt.Shift(int(")
	f.x(c, e)
	c.s("))")
}

// notNegative reports whether a signed integer is plainly not negative.
func (f *fnc) notNegative(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return f.l.counters[f.l.info.Uses[e]]
	case *ast.CallExpr:
		tv := f.l.info.Types[ast.Unparen(e.Fun)]
		return tv.IsBuiltin() && (calleeIdent(e.Fun).Name == "len" || calleeIdent(e.Fun).Name == "cap")
	case *ast.BinaryExpr:
		if e.Op == token.AND {
			return f.constNotNegative(e.X) || f.constNotNegative(e.Y)
		}
		return (e.Op == token.ADD || e.Op == token.QUO || e.Op == token.REM || e.Op == token.MUL) && f.small(e.X) && f.small(e.Y)
	}
	return f.constNotNegative(e)
}

// small reports whether an operand is not negative and cannot overflow a shift count.
func (f *fnc) small(e ast.Expr) bool { return f.constNotNegative(e) || f.notNegative(e) }

func (f *fnc) constNotNegative(e ast.Expr) bool {
	v := f.l.info.Types[e].Value
	return v != nil && v.Kind() == constant.Int && constant.Sign(v) >= 0
}

// equal writes a comparison that the interpreter would get wrong.
func (f *fnc) equal(c *code, e *ast.BinaryExpr) bool {
	if isNil(f.l.info, e.X) || isNil(f.l.info, e.Y) {
		return false
	}
	x, y := f.typeOf(e.X), f.typeOf(e.Y)
	ix, iy := isInterface(x), isInterface(y)
	_, sx := x.Underlying().(*types.Struct)
	_, ax := x.Underlying().(*types.Array)
	if !ix && !iy && !sx && !ax {
		return false
	}
	to := x
	if iy {
		to = y
	}
	if e.Op == token.NEQ {
		c.s("!")
	}
	c.s("__rt.Equal(")
	if ix || iy {
		any := types.Universe.Lookup("any").Type()
		_ = to
		f.convArg(c, e.X, any)
		c.s(", ")
		f.convArg(c, e.Y, any)
	} else {
		f.x(c, e.X)
		c.s(", ")
		f.x(c, e.Y)
	}
	c.s(")")
	return true
}

func itoa(i int) string { return strconv.Itoa(i) }

func quote(s string) string { return strconv.Quote(s) }

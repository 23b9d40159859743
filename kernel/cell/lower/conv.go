package lower

import (
	"go/ast"
	"go/types"
	"strings"
)

// conv writes e as a value of type to: what an assignment of e to a variable of
// that type would store.
func (f *fnc) conv(c *code, e ast.Expr, to types.Type) { f.convert(c, e, to, false) }

// convArg is conv for an argument of a compiled function with an interface
// parameter, where operations need no box of their own.
func (f *fnc) convArg(c *code, e ast.Expr, to types.Type) { f.convert(c, e, to, true) }

func (f *fnc) convert(c *code, e ast.Expr, to types.Type, arg bool) {
	to = f.sub(to)
	tv := f.l.info.Types[e]
	if tv.IsNil() {
		c.at(e.Pos())
		f.nilOf(c, to)
		return
	}
	if tv.Value != nil {
		t := f.sub(tv.Type)
		c.at(e.Pos())
		if !isInterface(to) {
			f.constant(c, tv.Value, to)
			return
		}
		if isInterface(t) {
			t = constType(tv)
		}
		t = types.Default(t)
		f.toInterface(c, t, to, func() { f.constant(c, tv.Value, t) }, arg)
		return
	}
	from := f.typeOf(e)
	if !isInterface(to) {
		if b, ok := from.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 && b.Kind() != types.UntypedBool {
			c.s(f.typ(to), "(")
			f.x(c, e)
			c.s(")")
			return
		}
		f.x(c, e)
		return
	}
	if isInterface(from) {
		f.ifaceToIface(c, from, to, func() { f.x(c, e) })
		return
	}
	switch x := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		// The interpreter stores what a builtin gives without making an interface of it.
		if f.l.info.Types[ast.Unparen(x.Fun)].IsBuiltin() && !arg && !f.l.dual(from) && f.l.isAny(to) {
			c.s("__rt.Box(")
			f.x(c, e)
			c.s(")")
			return
		}
	case *ast.BinaryExpr, *ast.UnaryExpr:
		if !arg && !f.l.dual(from) && f.l.isAny(to) {
			c.s("__rt.Box(")
			f.x(c, e)
			c.s(")")
			return
		}
	}
	f.toInterface(c, types.Default(from), to, func() { f.x(c, e) }, arg)
}

// nilOf writes nil for a type. The interpreter cannot make a nil of a named type.
func (f *fnc) nilOf(c *code, to types.Type) {
	if _, ok := types.Unalias(to).(*types.Named); ok && !isInterface(to) {
		if tt := f.typ(to); strings.Contains(tt, ".") {
			c.s("*new(", tt, ")")
			return
		}
	}
	c.s("nil")
}

func constType(tv types.TypeAndValue) types.Type {
	switch tv.Value.Kind() {
	case 1:
		return types.Typ[types.Bool]
	case 2:
		return types.Typ[types.String]
	case 3:
		return types.Typ[types.Int]
	case 4:
		return types.Typ[types.Float64]
	}
	return types.Typ[types.Complex128]
}

// convText is conv for a variable of the output.
func (f *fnc) convText(c *code, name string, from, to types.Type, arg bool) {
	to = f.sub(to)
	switch {
	case !isInterface(to):
		c.s(name)
	case isInterface(from):
		f.ifaceToIface(c, from, to, func() { c.s(name) })
	default:
		f.toInterface(c, from, to, func() { c.s(name) }, arg)
	}
}

// toInterface writes a concrete value as an interface value.
func (f *fnc) toInterface(c *code, from, to types.Type, x func(), arg bool) {
	if !f.l.dual(from) {
		if f.l.isAny(to) || types.Implements(from, to.Underlying().(*types.Interface)) {
			x()
			return
		}
	}
	c.s("__rt.I(")
	x()
	c.s(", ", f.l.id(from), ")")
	if !f.l.isAny(to) {
		c.s(".(", f.typ(to), ")")
	}
}

// ifaceToIface writes an interface value as another interface type.
func (f *fnc) ifaceToIface(c *code, from, to types.Type, x func()) {
	if types.Identical(from, to) || f.l.isAny(from) && f.l.isAny(to) {
		x()
		return
	}
	if f.l.isAny(to) {
		c.s("__rt.Box(")
		x()
		c.s(")")
		return
	}
	// To a compiled interface: a nil stays nil.
	c.s(f.l.asInterface(to), "(")
	x()
	c.s(")")
}

// asInterface returns a helper that turns an interface value into a compiled
// interface type that it is known to implement.
func (l *Lowerer) asInterface(to types.Type) string {
	name := "asˑ" + l.idOnly(to)
	if !l.emitted[name] && !l.u.Names.Defined(name) {
		l.emitted[name] = true
		t := l.typ(to)
		c := &code{}
		c.s("func ", name, "(x __rt.Any) ", t, " {\n\tif x == nil {\n\t\treturn nil\n\t}\n\treturn x.(", t, ")\n}")
		l.decls = append(l.decls, c)
	}
	return name
}

// conversion writes T(e).
func (f *fnc) conversion(c *code, e ast.Expr, to types.Type) {
	from := f.typeOf(e)
	if isInterface(to) {
		f.conv(c, e, to)
		return
	}
	if isNil(f.l.info, e) {
		c.s("(", f.typ(to), ")(nil)")
		return
	}
	if tv := f.l.info.Types[e]; tv.Value != nil {
		ub, ok := to.Underlying().(*types.Basic)
		if ok && ub.Info()&types.IsConstType != 0 {
			c.s(f.typ(to), "(")
			f.constant(c, tv.Value, types.Default(f.sub(tv.Type)))
			c.s(")")
			return
		}
	}
	if f.pointerConversion(c, e, from, to) {
		return
	}
	tt := f.typ(to)
	if ft := f.typ(types.Default(from)); ft == tt {
		f.base(c, e)
		return
	}
	if a, ok := to.Underlying().(*types.Array); ok {
		if _, ok := from.Underlying().(*types.Slice); ok {
			f.sliceToArray(c, e, a)
			return
		}
	}
	if p, ok := to.Underlying().(*types.Pointer); ok {
		if _, ok := from.Underlying().(*types.Slice); ok {
			c.s("__rt.ArrayPointer(")
			f.x(c, e)
			c.s(", (", f.typ(p), ")(nil)).(", f.typ(p), ")")
			return
		}
	}
	if strings.HasPrefix(tt, "*") || strings.HasPrefix(tt, "func") || strings.HasPrefix(tt, "chan") || strings.HasPrefix(tt, "<-") {
		tt = "(" + tt + ")" // elsewhere parentheses confuse the interpreter
	}
	c.s(tt, "(")
	f.x(c, e)
	c.s(")")
}

func (f *fnc) sliceToArray(c *code, e ast.Expr, a *types.Array) {
	t := f.typ(a)
	n := itoa(int(a.Len()))
	name := "arrayˑ" + mangle(t)
	if !f.l.emitted[name] && !f.l.u.Names.Defined(name) {
		f.l.emitted[name] = true
		d := &code{}
		d.s("func ", name, "(s []", f.typ(a.Elem()), ") ", t, " {\n\tvar a ", t, "\n\t__rt.CheckArray(len(s), ", n, ")\n\tcopy(a[:], s)\n\treturn a\n}")
		f.l.decls = append(f.l.decls, d)
	}
	c.s(name, "(")
	f.x(c, e)
	c.s(")")
}

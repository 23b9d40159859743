package lower

import (
	"go/ast"
	"go/types"
)

// instanceFunc returns the output name of an instance of a generic function of the
// session, writing it if the session has not got it.
func (l *Lowerer) instanceFunc(fn *types.Func, args []types.Type) string {
	base := l.u.Names.Global(fn)
	sig := fn.Type().(*types.Signature)
	return l.instantiate(fn, base, tparams(sig.TypeParams()), args)
}

// instanceMethod is instanceFunc for a method of a generic type.
func (l *Lowerer) instanceMethod(fn *types.Func, args []types.Type) string {
	base := l.u.Names.Method(fn)
	sig := fn.Type().(*types.Signature)
	return l.instantiate(fn, base, tparams(sig.RecvTypeParams()), args)
}

func tparams(list *types.TypeParamList) []*types.TypeParam {
	r := make([]*types.TypeParam, list.Len())
	for i := range r {
		r[i] = list.At(i)
	}
	return r
}

func (l *Lowerer) instantiate(fn *types.Func, base string, params []*types.TypeParam, args []types.Type) string {
	key := ""
	for _, a := range args {
		key += "ˑ" + mangle(l.key(a))
	}
	name := base + key
	if l.emitted[name] {
		return name
	}
	l.emitted[name] = true
	if l.u.Names.Defined(name) {
		return name
	}
	d := l.u.Funcs[fn]
	if d == nil {
		l.refuse(fn.Pos(), "internal: no source of %s", fn)
	}
	if len(name) > 4000 {
		l.refuse(d.Pos(), "instantiation of %s does not end", fn.Name())
	}
	l.queue = append(l.queue, func() { l.fun(d, name, &env{params, args, key}, "") })
	return name
}

// special handles calls that need more than a callee and arguments. It reports
// whether it wrote the call.
func (f *fnc) special(c *code, e *ast.CallExpr, fun ast.Expr, sig *types.Signature) bool {
	if se, ok := fun.(*ast.SelectorExpr); ok {
		if fn, ok := f.l.info.Uses[se.Sel].(*types.Func); ok && fn.Pkg() != nil && fn.Pkg().Path() == "time" && fn.Name() == "Sleep" {
			c.s("__rt.Sleep(")
			f.x(c, e.Args[0])
			c.s(")")
			return true
		}
	}
	return f.atomicPointer(c, e, fun) || f.genericCall(c, e, fun, sig)
}

// atomicPointer writes the methods of an atomic.Pointer that return one: the
// stand-in returns an interface.
func (f *fnc) atomicPointer(c *code, e *ast.CallExpr, fun ast.Expr) bool {
	se, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	sel := f.selection(se)
	if sel == nil || sel.kind != types.MethodVal {
		return false
	}
	fn := sel.obj.(*types.Func)
	if fn.Pkg() == nil || fn.Pkg().Path() != "sync/atomic" || fn.Name() != "Load" && fn.Name() != "Swap" {
		return false
	}
	n := namedOf(f.holder(sel))
	if n == nil || n.Obj().Name() != "Pointer" {
		return false
	}
	t := f.typeOf(e)
	tt := f.typ(t)
	name := "pointerˑ" + mangle(f.l.key(t))
	if !f.l.emitted[name] && !f.l.u.Names.Defined(name) {
		f.l.emitted[name] = true
		d := &code{}
		d.s("func ", name, "(v __rt.Any) ", tt, " {\n\tp, _ := v.(", tt, ")\n\treturn p\n}")
		f.l.decls = append(f.l.decls, d)
	}
	c.s(name, "(")
	f.path(c, se.X, sel.recv, sel.index[:len(sel.index)-1])
	c.s(".", fn.Name(), "(")
	for i, a := range e.Args {
		if i > 0 {
			c.s(", ")
		}
		f.conv(c, a, t)
	}
	c.s("))")
	return true
}

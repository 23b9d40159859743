package lower

import (
	"go/ast"
	"go/types"
	"strings"
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

// waits maps blocking functions, and those that end the blocking, to twins of which
// an interrupt ends the waiting.
var waits = map[string]string{
	"time.Sleep":              "Sleep",
	"(*sync.Mutex).Lock":      "Lock",
	"(*sync.Mutex).Unlock":    "Unlock",
	"(*sync.RWMutex).Lock":    "LockRW",
	"(*sync.RWMutex).Unlock":  "UnlockRW",
	"(*sync.RWMutex).RLock":   "RLock",
	"(*sync.RWMutex).RUnlock": "RUnlock",
	"(*sync.WaitGroup).Add":   "GroupAdd",
	"(*sync.WaitGroup).Done":  "GroupDone",
	"(*sync.WaitGroup).Go":    "GroupGo",
	"(*sync.WaitGroup).Wait":  "WaitGroup",
	"(*sync.Cond).Wait":       "WaitCond",
}

// special handles calls that need more than a callee and arguments. It reports
// whether it wrote the call.
func (f *fnc) special(c *code, e *ast.CallExpr, fun ast.Expr, sig *types.Signature) bool {
	if id := calleeIdent(fun); id != nil {
		if fn, ok := f.l.info.Uses[id].(*types.Func); ok && fn.Pkg() != nil {
			switch fn.Pkg().Path() {
			case "time", "sync":
				if twin := waits[fn.FullName()]; twin != "" && f.wait(c, e, fun, sig, twin) {
					return true
				}
			case "log":
				if f.loggerFatal(c, e, fun, fn, sig) {
					return true
				}
			case "reflect":
				if f.reflection(c, e, fun, fn, sig) {
					return true
				}
			}
		}
	}
	return f.errorsAs(c, e, fun) || f.atomicPointer(c, e, fun) || f.instanceValue(c, e, fun) || f.genericCall(c, e, fun, sig)
}

// loggerFatal writes the methods of *log.Logger that end the process: in a session
// they end the cell.
func (f *fnc) loggerFatal(c *code, e *ast.CallExpr, fun ast.Expr, fn *types.Func, sig *types.Signature) bool {
	se, ok := fun.(*ast.SelectorExpr)
	if !ok || !strings.HasPrefix(fn.FullName(), "(*log.Logger).Fatal") {
		return false
	}
	if _, ok := f.multi(e); ok {
		return false
	}
	sel := f.selection(se)
	if sel.kind != types.MethodVal {
		f.l.refuse(e.Pos(), "%s as a function is not supported in cells: call the method", fn.FullName())
	}
	c.s("__ev.Logger", fn.Name(), "(")
	f.receiver(c, func(c *code) { f.base(c, se.X) }, sel.recv, sel)
	f.args(c, e, fun, sig, 1)
	c.s(")")
	return true
}

// errorsAs writes errors.As with a pointer to an interface of a cell, which
// reflection takes for an empty one.
func (f *fnc) errorsAs(c *code, e *ast.CallExpr, fun ast.Expr) bool {
	id := calleeIdent(fun)
	if id == nil || len(e.Args) != 2 {
		return false
	}
	fn, ok := f.l.info.Uses[id].(*types.Func)
	if !ok || fn.FullName() != "errors.As" {
		return false
	}
	p, ok := core(f.typeOf(e.Args[1])).(*types.Pointer)
	if !ok || !isInterface(p.Elem()) || !f.l.isAny(p.Elem()) {
		return false
	}
	c.s("__rt.ErrorsAs(")
	f.convert(c, e.Args[0], fn.Type().(*types.Signature).Params().At(0).Type(), true)
	c.s(", ")
	f.x(c, e.Args[1])
	c.s(", ", f.l.idOnly(p.Elem()), ")")
	return true
}

// wait writes the call of a blocking function as one of its twin.
func (f *fnc) wait(c *code, e *ast.CallExpr, fun ast.Expr, sig *types.Signature, twin string) bool {
	if twin == "Sleep" {
		c.s("__rt.Sleep(")
		f.x(c, e.Args[0])
		c.s(")")
		return true
	}
	se, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	sel := f.selection(se)
	if sel == nil || sel.kind != types.MethodVal {
		return false
	}
	if _, ok := f.multi(e); ok {
		return false
	}
	c.s("__rt.", twin, "(")
	if isPointer(f.holder(sel)) {
		f.path(c, se.X, sel.recv, sel.index[:len(sel.index)-1])
	} else {
		f.addrOfPath(c, se, sel)
	}
	f.args(c, e, fun, sig, 1)
	c.s(")")
	return true
}

// instanceValue writes the method Value of a unique.Handle or weak.Pointer, whose
// stand-ins hold a value of any type.
func (f *fnc) instanceValue(c *code, e *ast.CallExpr, fun ast.Expr) bool {
	se, ok := fun.(*ast.SelectorExpr)
	if !ok || se.Sel.Name != "Value" {
		return false
	}
	sel := f.selection(se)
	if sel == nil || sel.kind != types.MethodVal {
		return false
	}
	n := namedOf(f.holder(sel))
	if n == nil || n.Obj().Pkg() == nil || n.TypeArgs().Len() != 1 {
		return false
	}
	path := func() { f.path(c, se.X, sel.recv, sel.index[:len(sel.index)-1]) }
	t := f.typeOf(e)
	switch n.Obj().Pkg().Path() + "." + n.Obj().Name() {
	case "unique.Handle":
		value := func() { path(); c.s(".Value()") }
		if isInterface(t) {
			f.ifaceToIface(c, types.Universe.Lookup("any").Type(), t, value)
			return true
		}
		f.assertValue(c, value, types.Universe.Lookup("any").Type(), t)
	case "weak.Pointer":
		c.s("__rt.WeakValue(")
		path()
		c.s(", (", f.typ(t), ")(nil)).(", f.typ(t), ")")
	default:
		return false
	}
	return true
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

package lower

import (
	"go/types"
	"strconv"
)

// dispatcher returns the function that calls a method of a cell's interface. It
// knows the types of the session that implement the interface when it is written,
// as they are made then; any other goes through __rt.Method, which is slower.
func (l *Lowerer) dispatcher(iface types.Type, method string, sig *types.Signature) string {
	key := "call " + l.key(iface) + "." + method
	if n := l.callers[key]; n != "" {
		return n
	}
	name := safe(method) + forwards + strconv.Itoa(l.u.Names.Fresh())
	l.callers[key] = name
	l.late = append(l.late, func() { l.writeDispatcher(name, iface, method, sig) })
	return name
}

func (l *Lowerer) writeDispatcher(name string, iface types.Type, method string, sig *types.Signature) {
	c := &code{}
	c.s("func ", name, "(x __rt.Any")
	if sig.Params().Len() > 0 {
		c.s(", ")
	}
	args := l.paramList(c, sig)
	c.s(")")
	ret := l.resultList(c, sig)
	c.s(" {\n")
	more := ""
	if args != "" {
		more = ", " + args
	}
	it := iface.Underlying().(*types.Interface)
	f := &fnc{l: l}
	open := false
	for _, n := range l.pkg.Scope().Names() {
		tn, ok := l.pkg.Scope().Lookup(n).(*types.TypeName)
		if !ok || tn.IsAlias() || isInterface(tn.Type()) {
			continue
		}
		t, ok := types.Unalias(tn.Type()).(*types.Named)
		if !ok || t.TypeParams().Len() > 0 {
			continue
		}
		made := l.u.Names.Code(l.key(t))
		if made == 0 {
			continue
		}
		for i, r := range []types.Type{t, types.NewPointer(t)} {
			if !types.Implements(r, it) {
				continue
			}
			obj, index, _ := types.LookupFieldOrMethod(r, false, l.pkg, method)
			fn, ok := obj.(*types.Func)
			if !ok || !f.cellMethod(fn) {
				continue
			}
			if !open {
				c.s("switch __rt.Code(x) {\n")
				open = true
			}
			sel := &selection{kind: types.MethodVal, recv: r, obj: fn, index: index, typ: sig}
			c.s("case ", strconv.Itoa(2*made+i), ":\nvar v ", l.typ(r), "\n__rt.Get(x, &v)\n")
			if i == 1 && len(index) == 1 && !isPointer(fn.Type().(*types.Signature).Recv().Type()) {
				c.s("if v == nil {\n__rt.NilReceiver(", strconv.Quote("main."+t.Obj().Name()), ", ", strconv.Quote(method), ")\n}\n")
			}
			c.s(ret, f.methodName(fn, f.holder(sel)), "(")
			f.receiver(c, func(c *code) { c.s("v") }, r, sel)
			c.s(more, ")\n")
			if ret == "" {
				c.s("return\n")
			}
		}
	}
	if open {
		c.s("}\n")
	}
	c.s(ret)
	f.dispatch(c, func() { c.s("x") }, method, sig)
	c.s("(", args, ")\n}")
	l.decls = append(l.decls, c)
}

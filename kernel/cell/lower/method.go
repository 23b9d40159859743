package lower

import (
	"fmt"
	"go/ast"
	"go/types"
	"strconv"
	"strings"
)

// selection is a selector expression with its types substituted.
type selection struct {
	kind  types.SelectionKind
	recv  types.Type // type of x in x.f
	obj   types.Object
	index []int
	typ   types.Type
}

// selection returns what x.f selects; nil for a qualified identifier.
func (f *fnc) selection(e *ast.SelectorExpr) *selection {
	s := f.l.info.Selections[e]
	if s == nil {
		return nil
	}
	r := &selection{kind: s.Kind(), recv: f.sub(s.Recv()), obj: s.Obj(), index: s.Index(), typ: f.sub(s.Type())}
	if f.env != nil && (mentions(s.Recv(), map[types.Type]bool{}) || s.Kind() != types.FieldVal) {
		// The method of a type parameter is that of its argument.
		obj, index, _ := types.LookupFieldOrMethod(r.recv, true, f.l.pkg, e.Sel.Name)
		if obj == nil {
			f.l.refuse(e.Pos(), "internal: %s has no %s", r.recv, e.Sel.Name)
		}
		r.obj, r.index = obj, index
	}
	return r
}

// selector writes x.f: a qualified identifier, a field, a method value or a method
// expression.
func (f *fnc) selector(c *code, e *ast.SelectorExpr) {
	sel := f.selection(e)
	if sel == nil {
		o := f.l.info.Uses[e.Sel]
		if fn, ok := o.(*types.Func); ok {
			f.funcRef(c, e.Sel, fn, true)
			return
		}
		if v, ok := o.(*types.Var); ok {
			c.s(f.l.pkgVar(v))
			return
		}
		c.s(f.l.pkgName(o.Pkg()), ".", o.Name())
		return
	}
	switch sel.kind {
	case types.FieldVal:
		f.path(c, e.X, sel.recv, sel.index)
	case types.MethodVal:
		f.methodValue(c, e, sel)
	case types.MethodExpr:
		f.methodExpr(c, sel)
	}
}

// path writes x.a.b.c for a chain of field indices. The output has no embedded
// fields, so each step is written out.
func (f *fnc) path(c *code, x ast.Expr, t types.Type, index []int) types.Type {
	f.base(c, x)
	return f.steps(c, t, index)
}

func (f *fnc) steps(c *code, t types.Type, index []int) types.Type {
	for _, i := range index {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		st := t.Underlying().(*types.Struct)
		c.s(".", fieldName(st, i))
		t = f.sub(st.Field(i).Type())
	}
	return t
}

// cellMethod reports whether a method is declared by a cell on a concrete type.
func (f *fnc) cellMethod(fn *types.Func) bool {
	sig := fn.Type().(*types.Signature)
	return f.l.isCell(fn) && sig.Recv() != nil && !isInterface(sig.Recv().Type())
}

// methodName returns the function that a cell's method is in the output, the
// instance for receiver type recv where the type is generic.
func (f *fnc) methodName(fn *types.Func, recv types.Type) string {
	n := namedOf(recv)
	if n != nil && n.TypeArgs().Len() > 0 {
		args := make([]types.Type, n.TypeArgs().Len())
		for i := range args {
			args[i] = n.TypeArgs().At(i)
		}
		return f.l.instanceMethod(fn.Origin(), args)
	}
	return f.l.u.Names.Method(fn.Origin())
}

func namedOf(t types.Type) *types.Named {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, _ := t.(*types.Named)
	return n
}

func isPointer(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.Pointer)
	return ok
}

// addrOfPath writes the address of what holds the method of x.M.
func (f *fnc) addrOfPath(c *code, e *ast.SelectorExpr, sel *selection) {
	if len(sel.index) == 1 {
		f.addr(c, e.X)
		return
	}
	c.s("&")
	f.path(c, e.X, sel.recv, sel.index[:len(sel.index)-1])
}

// addr writes &x.
func (f *fnc) addr(c *code, x ast.Expr) {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		o := f.l.info.Uses[x]
		if f.boxed(o) {
			c.s(f.boxName(o))
			return
		}
		if v, ok := o.(*types.Var); ok && v.Pkg() != nil && !f.l.isCell(v) {
			c.s("&")
			f.x(c, x)
			return
		}
	case *ast.StarExpr:
		f.x(c, x.X)
		return
	case *ast.IndexExpr:
		if _, ok := core(f.typeOf(x)).(*types.Array); ok { // the interpreter cannot
			f.elemAddr(c, x)
			return
		}
	}
	c.s("&")
	f.x(c, x)
}

// elemAddr writes the address of an element of a slice or array.
func (f *fnc) elemAddr(c *code, x *ast.IndexExpr) {
	c.s("__rt.Elem(")
	switch core(f.typeOf(x.X)).(type) {
	case *types.Array:
		f.addr(c, x.X)
	default:
		f.x(c, x.X)
	}
	c.s(", ")
	f.indexValue(c, x.Index)
	c.s(").(*", f.typ(f.typeOf(x)), ")")
}

// receiver writes the receiver argument for a method found along index from x.
func (f *fnc) receiver(c *code, x func(c *code), recv types.Type, sel *selection) {
	fn := sel.obj.(*types.Func)
	wantPtr := isPointer(fn.Type().(*types.Signature).Recv().Type())
	at := &code{}
	x(at)
	t := f.steps(at, recv, sel.index[:len(sel.index)-1])
	switch {
	case wantPtr && !isPointer(t):
		if s := at.b.String(); strings.HasPrefix(s, "(*") && strings.HasSuffix(s, "ˑb)") && strings.Count(s, "(") == 1 {
			c.s(s[2 : len(s)-1]) // a boxed variable
			return
		}
		c.s("(&")
		c.add(at)
		c.s(")")
	case !wantPtr && isPointer(t):
		c.s("(*")
		c.add(at)
		c.s(")")
	default:
		c.add(at)
	}
}

// holder returns the type on which the method is declared, at the end of the path.
func (f *fnc) holder(sel *selection) types.Type {
	t := sel.recv
	for _, i := range sel.index[:len(sel.index)-1] {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		t = f.sub(t.Underlying().(*types.Struct).Field(i).Type())
	}
	return t
}

// recvText returns a writer for the receiver argument of a call of a cell's
// method, or of a method of a cell's interface; nil for every other call.
func (f *fnc) recvText(fun ast.Expr) func(c *code) {
	se, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	sel := f.selection(se)
	if sel == nil || sel.kind != types.MethodVal {
		return nil
	}
	fn := sel.obj.(*types.Func)
	x := func(c *code) { f.base(c, se.X) }
	if f.cellMethod(fn) {
		return func(c *code) { f.receiver(c, x, sel.recv, sel) }
	}
	if h := f.holder(sel); isInterface(h) && f.l.isAny(h) {
		return func(c *code) { f.path(c, se.X, sel.recv, sel.index[:len(sel.index)-1]) }
	}
	return nil
}

// methodCallee writes what a method call calls.
func (f *fnc) methodCallee(c *code, e *ast.SelectorExpr, sel *selection) {
	fn := sel.obj.(*types.Func)
	if f.cellMethod(fn) {
		c.at(e.Sel.Pos())
		c.s(f.methodName(fn, f.holder(sel)))
		return
	}
	h := f.holder(sel)
	if isInterface(h) && f.l.isAny(h) {
		c.s(f.l.dispatcher(h, fn.Name(), sel.typ.(*types.Signature)))
		return
	}
	f.path(c, e.X, sel.recv, sel.index[:len(sel.index)-1])
	c.s(".", fn.Name())
}

// dispatch writes the method of a cell's interface value as a function.
func (f *fnc) dispatch(c *code, x func(), name string, sig *types.Signature) {
	c.s("__rt.Method(")
	x()
	c.s(", ", strconv.Quote(name), ").(", f.typ(sig), ")")
}

// methodValue writes x.M as a closure over the receiver.
func (f *fnc) methodValue(c *code, e *ast.SelectorExpr, sel *selection) {
	fn := sel.obj.(*types.Func)
	if reflected[fn.FullName()] != "" || strings.HasPrefix(fn.FullName(), "(*log.Logger).Fatal") {
		f.l.refuse(e.Pos(), "the method value %s is not supported in cells: call the method", fn.FullName())
	}
	if h := f.holder(sel); isInterface(h) && f.l.isAny(h) {
		f.dispatch(c, func() { f.path(c, e.X, sel.recv, sel.index[:len(sel.index)-1]) }, fn.Name(), sel.typ.(*types.Signature))
		return
	}
	if !f.cellMethod(fn) {
		f.methodCallee(c, e, sel)
		return
	}
	recvT := f.sub(fn.Type().(*types.Signature).Recv().Type())
	if n := namedOf(f.holder(sel)); n != nil && n.TypeArgs().Len() > 0 {
		recvT = types.Type(n)
		if isPointer(fn.Type().(*types.Signature).Recv().Type()) {
			recvT = types.NewPointer(n)
		}
	}
	name := f.methodName(fn, f.holder(sel))
	c.s(f.l.bound(name, recvT, sel.typ.(*types.Signature)), "(")
	f.receiver(c, func(c *code) { f.base(c, e.X) }, sel.recv, sel)
	c.s(")")
}

// forwards is in the name of each function that calls a method for its caller: the
// deferred call of such a function is one of the method.
const forwards = "ˑvia"

// bound returns a helper that binds the receiver of a method function.
func (l *Lowerer) bound(fn string, recv types.Type, sig *types.Signature) string {
	name := fn + forwards
	if l.emitted[name] || l.u.Names.Defined(name) {
		return name
	}
	l.emitted[name] = true
	c := &code{}
	c.s("func ", name, "(r ", l.typ(recv), ") func", l.signature(sig), " {\n\treturn ")
	l.forward(c, sig, func(args string) string {
		if args != "" {
			args = ", " + args
		}
		return fn + "(r" + args + ")"
	})
	c.s("\n}")
	l.decls = append(l.decls, c)
	return name
}

// forward writes a function literal that passes its parameters on.
func (l *Lowerer) forward(c *code, sig *types.Signature, call func(args string) string) {
	c.s("func(")
	args := l.paramList(c, sig)
	c.s(")")
	ret := l.resultList(c, sig)
	c.s(" { ", ret, call(args), " }")
}

// paramList writes parameters a0, a1, … and returns them as arguments.
func (l *Lowerer) paramList(c *code, sig *types.Signature) string {
	args := ""
	for i := range sig.Params().Len() {
		if i > 0 {
			c.s(", ")
			args += ", "
		}
		c.s("a", strconv.Itoa(i), " ")
		t := sig.Params().At(i).Type()
		args += "a" + strconv.Itoa(i)
		if sig.Variadic() && i == sig.Params().Len()-1 {
			c.s("...", l.variadicElem(t))
			args += "..."
			continue
		}
		c.s(l.typ(t))
	}
	return args
}

func (l *Lowerer) resultList(c *code, sig *types.Signature) string {
	if sig.Results().Len() == 0 {
		return ""
	}
	c.s(" (")
	for i := range sig.Results().Len() {
		if i > 0 {
			c.s(", ")
		}
		c.s(l.typ(sig.Results().At(i).Type()))
	}
	c.s(")")
	return "return "
}

// methodExpr writes T.M as a function whose first parameter is the receiver.
func (f *fnc) methodExpr(c *code, sel *selection) {
	sig := sel.typ.(*types.Signature)
	fn := sel.obj.(*types.Func)
	name := f.litName() + forwards
	d := &code{}
	d.s("func ", name, "(")
	args := f.l.paramList(d, sig)
	d.s(")")
	ret := f.l.resultList(d, sig)
	d.s(" { ", ret)
	rest := "" // the arguments after the receiver, with the comma before them
	if i := strings.Index(args, ", "); i >= 0 {
		rest = args[i:]
	}
	last := sel.index[:len(sel.index)-1]
	switch h := f.holder(sel); {
	case f.cellMethod(fn):
		d.s(f.methodName(fn, h), "(")
		f.receiver(d, func(c *code) { c.s("a0") }, sel.recv, sel)
		d.s(rest, ")")
	case isInterface(h) && f.l.isAny(h):
		params := make([]*types.Var, sig.Params().Len()-1)
		for i := range params {
			params[i] = sig.Params().At(i + 1)
		}
		m := types.NewSignatureType(nil, nil, nil, types.NewTuple(params...), sig.Results(), sig.Variadic())
		d.s(f.l.dispatcher(h, fn.Name(), m), "(a0")
		f.steps(d, sel.recv, last)
		d.s(rest, ")")
	default:
		d.s("a0")
		f.steps(d, sel.recv, last)
		d.s(".", fn.Name(), "(", strings.TrimPrefix(rest, ", "), ")")
	}
	d.s(" }")
	f.l.decls = append(f.l.decls, d)
	f.funcValue(c, name, sig)
}

// funcValue writes a function of the output as a value. The interpreter's own
// reference to a function is no proper value in many places.
func (f *fnc) funcValue(c *code, name string, sig *types.Signature) {
	c.s("__rt.Box(", name, ").(func", f.l.signature(sig), ")")
}

// registerMethods tells __rt the methods of a cell's type, for values of the type
// itself and for pointers to it.
func (l *Lowerer) registerMethods(n types.Type, id int) {
	if l.methods[id] || isInterface(n) {
		return
	}
	l.methods[id] = true
	l.queue = append(l.queue, func() { l.writeMethods(n, id) })
}

func (l *Lowerer) writeMethods(n types.Type, id int) {
	ms := types.NewMethodSet(types.NewPointer(n))
	if ms.Len() == 0 {
		return
	}
	values := types.NewMethodSet(n)
	f := &fnc{l: l}
	reg := &code{}
	made := l.u.Names.NewCode(l.key(n))
	reg.s(fmt.Sprintf("var regˑ%d = __rt.Methods(%d, %d", l.u.Names.Fresh(), id, made))
	for i := range ms.Len() {
		m := ms.At(i)
		fn := m.Obj().(*types.Func)
		if !fn.Exported() && !l.isCell(fn) {
			continue // of an embedded compiled type: nobody can call it
		}
		onValue := values.Lookup(fn.Pkg(), fn.Name()) != nil
		name := fmt.Sprintf("m%s%d", forwards, l.u.Names.Fresh())
		var recv types.Type = types.NewPointer(n)
		if onValue {
			recv = n
		}
		sel := &selection{kind: types.MethodVal, recv: recv, obj: fn, index: m.Index(), typ: m.Type()}
		sig := m.Type().(*types.Signature)
		if l.tier != nil && f.cellMethod(fn) {
			if onValue {
				l.tier.Method(2*made, n, m.Index(), fn, f.holder(sel))
			}
			l.tier.Method(2*made+1, types.NewPointer(n), m.Index(), fn, f.holder(sel))
		}
		c := &code{}
		c.at(fn.Pos())
		c.s("func ", name, "(r ", l.typ(recv))
		if sig.Params().Len() > 0 {
			c.s(", ")
		}
		args := l.paramList(c, sig)
		c.s(")")
		ret := l.resultList(c, sig)
		c.s(" { ", ret)
		if f.cellMethod(fn) {
			c.s(f.methodName(fn, f.holder(sel)), "(")
			f.receiver(c, func(c *code) { c.s("r") }, recv, sel)
			if args != "" {
				c.s(", ", args)
			}
			c.s(")")
		} else {
			h := f.holder(sel)
			if isInterface(h) && l.isAny(h) {
				f.dispatch(c, func() { c.s("r"); f.steps(c, recv, sel.index[:len(sel.index)-1]) }, fn.Name(), sig)
			} else {
				c.s("r")
				f.steps(c, recv, sel.index[:len(sel.index)-1])
				c.s(".", fn.Name())
			}
			c.s("(", args, ")")
		}
		c.s(" }")
		l.decls = append(l.decls, c)
		kind := "p"
		if onValue {
			kind = "v"
		}
		reg.s(", ", strconv.Quote(kind+fn.Name()), ", ", l.idOnly(sig), ", ", name)
	}
	reg.s(")")
	l.tail = append(l.tail, reg)
}

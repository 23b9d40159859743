package lower

import (
	"go/ast"
	"go/types"
)

// recv returns the helper that receives from channels of a type and can be
// interrupted.
func (l *Lowerer) recv(t *types.Chan) string {
	e := l.typ(t.Elem())
	name := "recvˑ" + mangle(l.key(t.Elem()))
	if !l.emitted[name] && !l.u.Names.Defined(name) {
		l.emitted[name] = true
		c := &code{}
		c.nowhere()
		c.s("func ", name, "(c <-chan (", e, ")) (", e, ", bool) {\n\tvar v ", e, "\n\tok := __rt.Recv(c, &v)\n\treturn v, ok\n}\n")
		c.s("func ", name, "1(c <-chan (", e, ")) ", e, " {\n\tvar v ", e, "\n\t__rt.Recv(c, &v)\n\treturn v\n}")
		l.decls = append(l.decls, c)
	}
	return name
}

func (f *fnc) receive(c *code, e *ast.UnaryExpr, ok bool) {
	t := core(f.typeOf(e.X)).(*types.Chan)
	c.s(f.l.recv(t))
	if !ok {
		c.s("1")
	}
	c.s("(")
	f.x(c, e.X)
	c.s(")")
}

func (f *fnc) send(c *code, s *ast.SendStmt) {
	t := core(f.typeOf(s.Chan)).(*types.Chan)
	c.s("__rt.Send(")
	f.x(c, s.Chan)
	c.s(", ")
	f.conv(c, s.Value, t.Elem())
	c.s(")")
}

// held is a call whose function and operands have been evaluated: call names the
// parameters, args are the values for them.
type held struct {
	params, args string
	call         *code
	n            int
}

// hold evaluates the function and the arguments of a go or defer statement.
func (f *fnc) hold(c *code, e *ast.CallExpr) *held {
	h := &held{call: &code{}}
	fun := ast.Unparen(e.Fun)
	tv := f.l.info.Types[fun]
	if tv.IsType() {
		return nil
	}
	h.call.at(e.Pos())
	keep := func(t types.Type, w func(c *code)) string {
		n := f.tmp("h")
		if h.n > 0 {
			h.params += ", "
			h.args += ", "
		}
		h.n++
		h.params += n + " " + f.typ(t)
		h.args += n
		c.s("var ", n, " ", f.typ(t), " = ")
		w(c)
		c.s("\n")
		return n
	}
	pass := func(params, args string) {
		if params == "" {
			return
		}
		if h.n > 0 {
			h.params += ", "
			h.args += ", "
		}
		h.n++
		h.params += params
		h.args += args
	}
	if tv.IsBuiltin() {
		f.holdBuiltin(h, e, fun, keep)
		return h
	}
	sig := core(f.typeOf(fun)).(*types.Signature)
	n := f.holdCallee(h, fun, keep, pass)
	if t, ok := f.multi(e); ok {
		for i, v := range f.spread(c, e.Args[0], t) {
			if n > 0 {
				h.call.s(", ")
			}
			n++
			pt := paramType(sig, i)
			h.call.s(keep(pt, func(c *code) { f.convText(c, v, f.sub(t.At(i).Type()), pt, false) }))
		}
		h.call.s(")")
		return h
	}
	for i, a := range e.Args {
		if n > 0 {
			h.call.s(", ")
		}
		n++
		pt := paramType(sig, i)
		dots := e.Ellipsis.IsValid() && i == len(e.Args)-1
		if dots {
			pt = sig.Params().At(sig.Params().Len() - 1).Type()
		}
		if tv := f.l.info.Types[a]; (tv.Value != nil || tv.IsNil()) && !dots {
			f.convert(h.call, a, pt, f.compiled(fun))
			continue
		}
		h.call.s(keep(pt, func(c *code) { f.conv(c, a, pt) }))
		if dots {
			h.call.s("...")
		}
	}
	h.call.s(")")
	return h
}

// holdCallee writes what is called, up to the arguments, and returns how many
// arguments it has written.
func (f *fnc) holdCallee(h *held, fun ast.Expr, keep func(types.Type, func(c *code)) string, pass func(params, args string)) int {
	call := h.call
	plain := func() int {
		call.s(keep(f.typeOf(fun), func(c *code) { f.x(c, fun) }), "(")
		return 0
	}
	switch fn := fun.(type) {
	case *ast.FuncLit:
		p := &code{}
		args, n := f.closureParams(p, fn)
		f.litCall(call, fn)
		call.s("(", args)
		pass(p.b.String(), args)
		return n
	case *ast.SelectorExpr:
		sel := f.selection(fn)
		if sel == nil {
			m, ok := f.l.info.Uses[fn.Sel].(*types.Func)
			if !ok {
				return plain()
			}
			f.funcRef(call, fn.Sel, m, false)
			call.s("(")
			return 0
		}
		if sel.kind != types.MethodVal {
			return plain()
		}
		m := sel.obj.(*types.Func)
		path := func(c *code) { f.path(c, fn.X, sel.recv, sel.index[:len(sel.index)-1]) }
		t := f.holder(sel)
		recv := m.Type().(*types.Signature).Recv().Type()
		switch {
		case f.cellMethod(m):
			r := keep(f.recvType(fn), func(c *code) { f.recvText(fn)(c) })
			f.methodCallee(call, fn, sel)
			call.s("(", r)
			return 1
		case isInterface(t) && f.l.isAny(t):
			r := keep(t, path)
			f.dispatch(call, func() { call.s(r) }, m.Name(), sel.typ.(*types.Signature))
		case !isInterface(t) && isPointer(recv) && !isPointer(t):
			r := keep(types.NewPointer(t), func(c *code) { f.addrOfPath(c, fn, sel) })
			call.s(r, ".", m.Name())
		default:
			call.s(keep(t, path), ".", m.Name())
		}
		call.s("(")
		return 0
	case *ast.Ident:
		m, ok := f.l.info.Uses[fn].(*types.Func)
		if !ok {
			return plain()
		}
		f.funcRef(call, fn, m, false)
		call.s("(")
		return 0
	}
	if id := calleeIdent(fun); id != nil && isIndexedGeneric(f.l.info, fun) {
		if m, ok := f.l.info.Uses[id].(*types.Func); ok {
			f.funcRef(call, id, m, false)
			call.s("(")
			return 0
		}
	}
	return plain()
}

func isIndexedGeneric(info *types.Info, e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.IndexExpr:
		return isGenericFunc(info, e.X)
	case *ast.IndexListExpr:
		return isGenericFunc(info, e.X)
	}
	return false
}

// holdBuiltin is hold for a builtin.
func (f *fnc) holdBuiltin(h *held, e *ast.CallExpr, fun ast.Expr, keep func(types.Type, func(c *code)) string) {
	id, ok := fun.(*ast.Ident)
	if !ok {
		return
	}
	any := types.Universe.Lookup("any").Type()
	name := f.l.info.Uses[id].Name()
	text := map[string]string{"recover": "__rt.Recover(", "print": "__rt.Print(", "println": "__rt.Println(", "clear": "__rt.Clear("}[name]
	if text == "" {
		text = name + "("
	}
	h.call.s(text)
	for i, a := range e.Args {
		if i > 0 {
			h.call.s(", ")
		}
		t := types.Default(f.typeOf(a))
		if name == "print" || name == "println" || name == "panic" {
			t = any
		} else if name == "delete" && i == 1 {
			t = core(f.typeOf(e.Args[0])).(*types.Map).Key()
		}
		h.call.s(keep(t, func(c *code) { f.conv(c, a, t) }))
	}
	h.call.s(")")
}

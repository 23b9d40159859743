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
		c.s("func ", name, "(c <-chan (", e, ")) (", e, ", bool) {\n\tselect {\n\tcase v, ok := <-c:\n\t\treturn v, ok\n\tcase <-__rt.Done():\n\t\t__rt.Stop()\n\t}\n\tvar v ", e, "\n\treturn v, false\n}\n")
		c.s("func ", name, "1(c <-chan (", e, ")) ", e, " {\n\tv, _ := ", name, "(c)\n\treturn v\n}\n")
		c.s("func send", name, "(c chan<- (", e, "), v ", e, ") {\n\tselect {\n\tcase c <- v:\n\tcase <-__rt.Done():\n\t\t__rt.Stop()\n\t}\n}")
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
	c.s("send", f.l.recv(t), "(")
	f.x(c, s.Chan)
	c.s(", ")
	f.conv(c, s.Value, t.Elem())
	c.s(")")
}

// held evaluates the function and the arguments of a go or defer statement into
// variables and returns the call to make later.
func (f *fnc) held(c *code, e *ast.CallExpr) string {
	fun := ast.Unparen(e.Fun)
	tv := f.l.info.Types[fun]
	call := &code{}
	if tv.IsType() {
		return ""
	}
	if tv.IsBuiltin() {
		return f.heldBuiltin(c, e, fun)
	}
	sig := core(f.typeOf(fun)).(*types.Signature)
	keep := func(t types.Type, w func(c *code)) string {
		n := f.tmp("h")
		c.s("var ", n, " ", f.typ(t), " = ")
		w(c)
		c.s("\n")
		return n
	}
	// What is called.
	args := 0
	switch fn := fun.(type) {
	case *ast.SelectorExpr:
		sel := f.selection(fn)
		switch {
		case sel == nil || sel.kind == types.MethodExpr:
			f.x(call, fn)
			call.s("(")
		case sel.kind == types.MethodVal && f.cellMethod(sel.obj.(*types.Func)):
			m := sel.obj.(*types.Func)
			recvT := f.sub(m.Type().(*types.Signature).Recv().Type())
			if n := namedOf(f.holder(sel)); n != nil && n.TypeArgs().Len() > 0 {
				recvT = types.Type(n)
				if isPointer(m.Type().(*types.Signature).Recv().Type()) {
					recvT = types.NewPointer(n)
				}
			}
			r := keep(recvT, func(c *code) { f.recvText(fn)(c) })
			f.methodCallee(call, fn, sel)
			call.s("(", r)
			args = 1
		case sel.kind == types.MethodVal:
			m := sel.obj.(*types.Func)
			h := f.holder(sel)
			if isInterface(h) {
				r := keep(h, func(c *code) { f.path(c, fn.X, sel.recv, sel.index[:len(sel.index)-1]) })
				if f.l.isAny(h) {
					f.dispatch(call, func() { call.s(r) }, m.Name(), sel.typ.(*types.Signature))
				} else {
					call.s(r, ".", m.Name())
				}
			} else if rt := m.Type().(*types.Signature).Recv().Type(); isPointer(rt) && !isPointer(h) {
				r := keep(types.NewPointer(h), func(c *code) {
					c.s("&")
					f.path(c, fn.X, sel.recv, sel.index[:len(sel.index)-1])
				})
				call.s(r, ".", m.Name())
			} else {
				r := keep(h, func(c *code) { f.path(c, fn.X, sel.recv, sel.index[:len(sel.index)-1]) })
				call.s(r, ".", m.Name())
			}
			call.s("(")
		default:
			n := keep(f.typeOf(fun), func(c *code) { f.x(c, fun) })
			call.s(n, "(")
		}
	case *ast.Ident:
		if _, ok := f.l.info.Uses[fn].(*types.Func); ok {
			f.x(call, fn)
		} else {
			call.s(keep(f.typeOf(fun), func(c *code) { f.x(c, fun) }))
		}
		call.s("(")
	case *ast.FuncLit:
		f.x(call, fn)
		call.s("(")
	default:
		if isGenericFunc(f.l.info, fun) || isIndexedGeneric(f.l.info, fun) {
			f.x(call, fun)
		} else {
			call.s(keep(f.typeOf(fun), func(c *code) { f.x(c, fun) }))
		}
		call.s("(")
	}
	if t, ok := f.multi(e); ok {
		for i, n := range f.spread(c, e.Args[0], t) {
			if args > 0 {
				call.s(", ")
			}
			args++
			f.convText(call, n, f.sub(t.At(i).Type()), paramType(sig, i), false)
		}
		call.s(")")
		return call.b.String()
	}
	for i, a := range e.Args {
		if args > 0 {
			call.s(", ")
		}
		args++
		pt := paramType(sig, i)
		dots := e.Ellipsis.IsValid() && i == len(e.Args)-1
		if dots {
			pt = sig.Params().At(sig.Params().Len() - 1).Type()
		}
		if tv := f.l.info.Types[a]; tv.Value != nil || tv.IsNil() {
			if !dots {
				f.convert(call, a, pt, f.compiled(fun))
				continue
			}
		}
		call.s(keep(pt, func(c *code) { f.conv(c, a, pt) }))
		if dots {
			call.s("...")
		}
	}
	call.s(")")
	return call.b.String()
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

// heldBuiltin is held for a builtin: its arguments are evaluated now.
func (f *fnc) heldBuiltin(c *code, e *ast.CallExpr, fun ast.Expr) string {
	call := &code{}
	id, ok := fun.(*ast.Ident)
	if !ok {
		return ""
	}
	any := types.Universe.Lookup("any").Type()
	name := f.l.info.Uses[id].Name()
	switch name {
	case "recover":
		return "__rt.Recover(recover())"
	case "print", "println", "panic":
		switch name {
		case "print":
			call.s("__rt.Print(")
		case "println":
			call.s("__rt.Println(")
		default:
			call.s("panic(")
		}
	case "clear":
		call.s("__rt.Clear(")
	default:
		call.s(name, "(")
	}
	for i, a := range e.Args {
		if i > 0 {
			call.s(", ")
		}
		t := f.typeOf(a)
		if name == "print" || name == "println" || name == "panic" {
			t = any
		} else if name == "delete" && i == 1 {
			t = core(f.typeOf(e.Args[0])).(*types.Map).Key()
		}
		n := f.tmp("h")
		c.s("var ", n, " ", f.typ(types.Default(t)), " = ")
		f.conv(c, a, types.Default(t))
		c.s("\n")
		call.s(n)
	}
	call.s(")")
	return call.b.String()
}

// deferStmt writes a deferred call whose function and arguments are evaluated now.
func (f *fnc) deferStmt(c *code, s *ast.DeferStmt) {
	call := f.held(c, s.Call)
	if call == "" {
		return
	}
	if lit, ok := ast.Unparen(s.Call.Fun).(*ast.FuncLit); ok && len(lit.Type.Params.List) == 0 {
		c.s("defer ", call)
		return
	}
	c.s("defer ", call)
}

// goStmt starts a goroutine that reports its panic instead of ending the process.
func (f *fnc) goStmt(c *code, s *ast.GoStmt) {
	call := f.held(c, s.Call)
	if call == "" {
		return
	}
	c.s("go func() {\ndefer func() {\nif r := recover(); r != nil { __rt.GoPanic(r) }\n}()\n", call, "\n}()")
}

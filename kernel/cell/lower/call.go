package lower

import (
	"go/ast"
	"go/types"
)

func (f *fnc) call(c *code, e *ast.CallExpr) {
	c.at(e.Pos())
	fun := ast.Unparen(e.Fun)
	tv := f.l.info.Types[fun]
	if tv.IsType() {
		f.conversion(c, e.Args[0], f.sub(tv.Type))
		return
	}
	if tv.IsBuiltin() {
		f.builtin(c, e, fun)
		return
	}
	sig, ok := core(f.typeOf(fun)).(*types.Signature)
	if !ok {
		f.l.refuse(e.Pos(), "internal: call of %s", f.typeOf(fun))
	}
	if f.special(c, e, fun, sig) {
		return
	}
	if t, ok := f.multi(e); ok {
		if f.needsSpread(sig, t, fun) {
			f.spreadCall(c, e, fun, sig, t)
			return
		}
		f.callee(c, fun, sig)
		f.openArgs(c, fun)
		f.x(c, e.Args[0])
		c.s(")")
		return
	}
	if lit, ok := fun.(*ast.FuncLit); ok {
		args := f.litCall(c, lit)
		c.s("(", args)
		n := 0
		if args != "" {
			n = 1
		}
		f.args(c, e, fun, sig, n)
		c.s(")")
		return
	}
	f.callee(c, fun, sig)
	n := f.openArgs(c, fun)
	f.args(c, e, fun, sig, n)
	c.s(")")
}

// core returns the underlying type.
func core(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	return t.Underlying()
}

// multi returns the results of the only argument of f(g()).
func (f *fnc) multi(e *ast.CallExpr) (*types.Tuple, bool) {
	if len(e.Args) != 1 {
		return nil, false
	}
	t, ok := f.typeOf(e.Args[0]).(*types.Tuple)
	return t, ok && t.Len() > 1
}

func paramType(sig *types.Signature, i int) types.Type {
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 {
		if s, ok := sig.Params().At(n - 1).Type().Underlying().(*types.Slice); ok {
			return s.Elem()
		}
		return types.Typ[types.Byte]
	}
	return sig.Params().At(i).Type()
}

func (f *fnc) needsSpread(sig *types.Signature, t *types.Tuple, fun ast.Expr) bool {
	if f.recvText(fun) != nil {
		return true
	}
	for i := range t.Len() {
		if !types.Identical(f.sub(t.At(i).Type()), paramType(sig, i)) {
			return true
		}
	}
	return false
}

// spreadCall writes f(g()) where the results of g need conversions: a helper takes
// the results of g as its parameters and makes the call. The receiver of a method is
// evaluated before, and bound to the helper.
func (f *fnc) spreadCall(c *code, e *ast.CallExpr, fun ast.Expr, sig *types.Signature, t *types.Tuple) {
	name := f.litName()
	params := &code{}
	args := &code{}
	for i := range t.Len() {
		if i > 0 {
			params.s(", ")
			args.s(", ")
		}
		v := "r" + itoa(i) + "ˑ"
		params.s(v, " ", f.typ(t.At(i).Type()))
		f.convText(args, v, f.sub(t.At(i).Type()), paramType(sig, i), false)
	}
	d := &code{}
	d.at(e.Pos())
	if w := f.recvText(fun); w != nil {
		d.s("func ", name, "(rˑ ", f.typ(f.recvType(fun)), ") func(")
		d.add(params)
		d.s(")")
		ret := f.l.resultList(d, sig)
		d.s(" {\nreturn func(")
		d.add(params)
		d.s(")")
		f.l.resultList(d, sig)
		d.s(" { ", ret)
		f.callee(d, fun, sig)
		d.s("(rˑ, ")
		d.add(args)
		d.s(") }\n}")
		c.s(name, "(")
		w(c)
		c.s(")(")
		f.x(c, e.Args[0])
		c.s(")")
	} else {
		d.s("func ", name, "(")
		d.add(params)
		d.s(") (")
		for i := range t.Len() {
			if i > 0 {
				d.s(", ")
			}
			d.s(f.typ(paramType(sig, i)))
		}
		d.s(") { return ")
		d.add(args)
		d.s(" }")
		f.callee(c, fun, sig)
		c.s("(", name, "(")
		f.x(c, e.Args[0])
		c.s("))")
	}
	f.l.decls = append(f.l.decls, d)
}

// recvType is the type of what recvText writes.
func (f *fnc) recvType(fun ast.Expr) types.Type {
	sel := f.selection(fun.(*ast.SelectorExpr))
	t := f.holder(sel)
	if !f.cellMethod(sel.obj.(*types.Func)) {
		return t
	}
	switch wantPtr := isPointer(sel.obj.Type().(*types.Signature).Recv().Type()); {
	case wantPtr && !isPointer(t):
		return types.NewPointer(t)
	case !wantPtr && isPointer(t):
		return types.Unalias(t).(*types.Pointer).Elem()
	}
	return t
}

// args writes the arguments; n have been written before.
func (f *fnc) args(c *code, e *ast.CallExpr, fun ast.Expr, sig *types.Signature, n int) {
	compiled := f.compiled(fun)
	for i, a := range e.Args {
		if n > 0 {
			c.s(", ")
		}
		n++
		if e.Ellipsis.IsValid() && i == len(e.Args)-1 {
			if f.nilValue(a) {
				c.s("*new(", f.typ(sig.Params().At(sig.Params().Len()-1).Type()), ")")
			} else {
				f.x(c, a)
			}
			c.s("...")
			continue
		}
		if sig.Variadic() && i == sig.Params().Len()-1 && f.takenForRest(a, sig) {
			// The interpreter would pass a slice as the rest itself.
			pt := paramType(sig, i)
			c.s("[]", f.typ(pt), "{")
			for k, x := range e.Args[i:] {
				if k > 0 {
					c.s(", ")
				}
				f.elem(c, x, pt)
			}
			c.s("}...")
			return
		}
		f.convert(c, a, paramType(sig, i), compiled)
	}
}

// takenForRest reports whether the only argument for a variadic parameter has the
// type of the parameter in the output.
func (f *fnc) takenForRest(a ast.Expr, sig *types.Signature) bool {
	t := f.typeOf(a)
	if t == nil || f.l.info.Types[a].Value != nil {
		return false
	}
	if _, ok := core(t).(*types.Slice); !ok {
		return false
	}
	return f.typ(t) == f.typ(sig.Params().At(sig.Params().Len()-1).Type())
}

// compiled reports whether a call goes to a compiled function.
func (f *fnc) compiled(fun ast.Expr) bool {
	switch fun := fun.(type) {
	case *ast.SelectorExpr:
		o := f.l.info.Uses[fun.Sel]
		_, ok := o.(*types.Func)
		return ok && !f.l.isCell(o)
	case *ast.Ident:
		fn, ok := f.l.info.Uses[fun].(*types.Func)
		return ok && !f.l.isCell(fn)
	}
	return false
}

// callee writes what is called, without the parenthesis.
func (f *fnc) callee(c *code, fun ast.Expr, sig *types.Signature) {
	if se, ok := fun.(*ast.SelectorExpr); ok {
		if sel := f.selection(se); sel != nil && sel.kind == types.MethodVal {
			f.methodCallee(c, se, sel)
			return
		}
	}
	if id := calleeIdent(fun); id != nil {
		if fn, ok := f.l.info.Uses[id].(*types.Func); ok && f.directCall(fun) {
			c.at(id.Pos())
			f.funcRef(c, id, fn, false)
			return
		}
	}
	switch fun.(type) {
	case *ast.FuncLit:
		f.x(c, fun)
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.CallExpr, *ast.IndexListExpr:
		f.base(c, fun)
	default:
		c.s("(")
		f.x(c, fun)
		c.s(")")
	}
}

// directCall reports whether a callee is the name of a function, instantiated or
// not, rather than a value.
func (f *fnc) directCall(fun ast.Expr) bool {
	switch x := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return f.l.info.Selections[x] == nil
	case *ast.IndexExpr:
		return isGenericFunc(f.l.info, x.X) && f.directCall(x.X)
	case *ast.IndexListExpr:
		return f.directCall(x.X)
	}
	return false
}

// openArgs writes the parenthesis and the receiver of a cell's method. It returns
// how many arguments it wrote.
func (f *fnc) openArgs(c *code, fun ast.Expr) int {
	c.s("(")
	if w := f.recvText(fun); w != nil {
		w(c)
		return 1
	}
	return 0
}

func (f *fnc) builtin(c *code, e *ast.CallExpr, fun ast.Expr) {
	name := ""
	switch fun := fun.(type) {
	case *ast.Ident:
		name = f.l.info.Uses[fun].Name()
	case *ast.SelectorExpr:
		f.unsafeCall(c, e, fun.Sel.Name)
		return
	}
	any := types.Universe.Lookup("any").Type()
	switch name {
	case "min", "max":
		f.minMax(c, e, name)
	case "clear":
		c.s("__rt.Clear(")
		f.x(c, e.Args[0])
		c.s(")")
	case "panic":
		c.s("panic(")
		f.conv(c, e.Args[0], any)
		c.s(")")
	case "recover":
		c.s("__rt.Recover()")
	case "print", "println":
		if name == "print" {
			c.s("__rt.Print(")
		} else {
			c.s("__rt.Println(")
		}
		for i, a := range e.Args {
			if i > 0 {
				c.s(", ")
			}
			f.convArg(c, a, any)
		}
		c.s(")")
	case "append":
		f.appendCall(c, e)
	case "delete":
		c.s("delete(")
		f.x(c, e.Args[0])
		c.s(", ")
		f.conv(c, e.Args[1], core(f.typeOf(e.Args[0])).(*types.Map).Key())
		c.s(")")
	case "make":
		t := f.typeOf(e.Args[0])
		end := ")"
		if ch, ok := core(t).(*types.Chan); ok && ch.Dir() != types.SendRecv {
			c.s("(", f.typ(t), ")(") // reflection makes channels of both directions only
			t, end = types.NewChan(types.SendRecv, ch.Elem()), "))"
		}
		c.s("make(", f.typ(t))
		for _, a := range e.Args[1:] {
			c.s(", ")
			f.indexValue(c, a)
		}
		c.s(end)
	case "new":
		f.newCall(c, e)
	case "complex", "real", "imag":
		t := f.typeOf(e)
		c.s(f.typ(t), "(", name, "(")
		for i, a := range e.Args {
			if i > 0 {
				c.s(", ")
			}
			f.x(c, a)
		}
		c.s("))")
	default: // len, cap, copy, close
		c.s(name, "(")
		for i, a := range e.Args {
			if i > 0 {
				c.s(", ")
			}
			f.x(c, a)
		}
		c.s(")")
	}
}

func (f *fnc) appendCall(c *code, e *ast.CallExpr) {
	c.s("append(")
	t := f.typeOf(e)
	if isNil(f.l.info, e.Args[0]) {
		c.s("(", f.typ(t), ")(nil)")
	} else {
		f.x(c, e.Args[0])
	}
	for i, a := range e.Args[1:] {
		c.s(", ")
		if e.Ellipsis.IsValid() && i == len(e.Args)-2 {
			if b, ok := f.typeOf(a).Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 {
				c.s("[]byte(")
				f.x(c, a)
				c.s(")...")
				continue
			}
			f.x(c, a)
			c.s("...")
			continue
		}
		f.conv(c, a, core(t).(*types.Slice).Elem())
	}
	c.s(")")
}

// newCall writes new(T), or new(x) of go 1.26.
func (f *fnc) newCall(c *code, e *ast.CallExpr) {
	if tv := f.l.info.Types[e.Args[0]]; tv.IsType() {
		c.s("new(", f.typ(tv.Type), ")")
		return
	}
	t := f.typeOf(e).Underlying().(*types.Pointer).Elem()
	tt := f.typ(t)
	name := "newˑ" + mangle(f.l.key(t))
	if !f.l.emitted[name] && !f.l.u.Names.Defined(name) {
		f.l.emitted[name] = true
		d := &code{}
		d.s("func ", name, "(v ", tt, ") *", tt, " { return &v }")
		f.l.decls = append(f.l.decls, d)
	}
	c.s(name, "(")
	f.conv(c, e.Args[0], t)
	c.s(")")
}

// minMax writes min and max as nested calls of two operands.
func (f *fnc) minMax(c *code, e *ast.CallExpr, name string) {
	t := f.typeOf(e)
	b, _ := types.Default(t).Underlying().(*types.Basic)
	fn, wide := "", ""
	upper := map[string]string{"min": "Min", "max": "Max"}[name]
	switch info := b.Info(); {
	case info&types.IsString != 0:
		fn, wide = "String", "string"
	case info&types.IsFloat != 0:
		fn, wide = "Float", "float64"
	case info&types.IsUnsigned != 0:
		fn, wide = "Uint", "uint64"
	case b.Kind() == types.Int:
		fn, wide = "Int", "int"
	default:
		fn, wide = "Int64", "int64"
	}
	tt := f.typ(types.Default(t))
	cast := tt != wide
	if cast {
		c.s(tt, "(")
	}
	for range len(e.Args) - 1 {
		c.s("__rt.", upper, fn, "(")
	}
	if len(e.Args) == 1 {
		c.s("(")
	}
	for i, a := range e.Args {
		if i > 0 {
			c.s(", ")
		}
		if cast && f.l.info.Types[a].Value == nil {
			c.s(wide, "(")
			f.x(c, a)
			c.s(")")
		} else if v := f.l.info.Types[a].Value; v != nil {
			c.s(wide, "(")
			c.s(literal(v, b))
			c.s(")")
		} else {
			f.x(c, a)
		}
		if i > 0 {
			c.s(")")
		}
	}
	if len(e.Args) == 1 {
		c.s(")")
	}
	if cast {
		c.s(")")
	}
}

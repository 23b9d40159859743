package closure

import (
	"go/ast"
	"go/token"
	"go/types"
	"unsafe"
)

// call compiles a call for its only result, or for none.
func (c *compiler) call(e *ast.CallExpr) value {
	if tv := c.info.Types[e.Fun]; tv.IsType() {
		v := c.convert(c.expr(e.Args[0]), tv.Type, e.Pos())
		if c.hoist && c.copies(e) {
			return c.early(v)
		}
		return v
	}
	v := c.callValue(e)
	if c.hoist {
		return c.early(v)
	}
	return v
}

func (c *compiler) callValue(e *ast.CallExpr) value {
	if id, ok := ast.Unparen(e.Fun).(*ast.Ident); ok {
		if b, ok := c.info.Uses[id].(*types.Builtin); ok {
			return c.builtin(e, b.Name())
		}
	}
	run, vs := c.callMany(e)
	if len(vs) == 0 {
		// A value that nobody uses: its evaluation is the call.
		return value{t: types.NewTuple(), pos: e.Pos(), slot: none, f: expr[bool](func(fp pointer) bool { run(fp); return true })}
	}
	v := vs[0]
	if run == nil {
		return v
	}
	if v.f == nil {
		v.eval = run
		return v
	}
	v.f = repOf(v.t).after([]stm{run}, v.f)
	v.slot = none
	return v
}

// callMany compiles a call: the statement that makes it, and its results, which stand
// in the frame afterwards; or no statement, and the one result as a value to compute.
func (c *compiler) callMany(e *ast.CallExpr) (stm, []value) {
	if id, fn := c.generic(e.Fun); id != nil {
		if !isCell(fn) {
			return c.callTwin(id, fn, e)
		}
		return c.callFunc(c.instanceOf(id, fn), fn, nil, e)
	}
	switch fun := ast.Unparen(e.Fun).(type) {
	case *ast.Ident:
		if fn, ok := c.info.Uses[fun].(*types.Func); ok {
			return c.callFunc(c.callee(fn, fun.Pos()), fn, nil, e)
		}
	case *ast.SelectorExpr:
		fn, ok := c.info.Uses[fun.Sel].(*types.Func)
		if !ok {
			break
		}
		s := c.info.Selections[fun]
		switch {
		case s == nil && isCell(fn):
			return c.callFunc(c.callee(fn, fun.Pos()), fn, nil, e)
		case s == nil:
			return c.callCompiled(fn, e)
		case s.Kind() != types.MethodVal:
			return c.callFuncValue(e)
		case types.IsInterface(s.Recv()) || types.IsInterface(fn.Type().(*types.Signature).Recv().Type()):
			return c.callInterface(c.holder(fun, s), fn, s.Type().(*types.Signature), e)
		case !isCell(fn):
			return c.callCompiledMethod(fn, s, fun, e)
		}
		f := c.callee(fn, fun.Sel.Pos())
		recv := c.receiver(fun, s, fn)
		return c.callFunc(f, fn, &recv, e)
	}
	return c.callFuncValue(e)
}

// callee returns the compiled function.
func (c *compiler) callee(fn *types.Func, pos token.Pos) *Func {
	if f := c.group[fn]; f != nil {
		return f
	}
	if r := fn.Type().(*types.Signature).Recv(); r != nil && isCell(fn) {
		if args := typeArguments(r.Type()); args != nil {
			return c.env.instances.get(fn, args, pos)
		}
	}
	if c.env.Func != nil && isCell(fn) {
		if f := c.env.Func(fn); f != nil {
			return f
		}
	}
	refuse(pos, "the function %s is not compiled", fn.Name())
	panic("unreachable")
}

// receiver compiles the receiver of a method call: the value or the address of x, or
// of a field embedded in it.
func (c *compiler) receiver(fun *ast.SelectorExpr, s *types.Selection, fn *types.Func) value {
	if o := c.held[fun]; o != nil {
		return c.load(c.variable(c.lookup(o, fun.Pos()), fun.Pos()))
	}
	_, wantPtr := fn.Type().(*types.Signature).Recv().Type().Underlying().(*types.Pointer)
	if _, isPtr := s.Recv().Underlying().(*types.Pointer); len(s.Index()) == 1 && isPtr == wantPtr {
		return c.expr(fun.X)
	}
	return c.receiverOf(c.operandPlace(fun.X), s, fn, fun.Sel.Pos())
}

// receiverOf is receiver for what lies at a place.
func (c *compiler) receiverOf(p place, s *types.Selection, fn *types.Func, pos token.Pos) value {
	_, wantPtr := fn.Type().(*types.Signature).Recv().Type().Underlying().(*types.Pointer)
	p = c.path(p, s.Recv(), s.Index()[:len(s.Index())-1], pos)
	_, isPtr := p.t.Underlying().(*types.Pointer)
	switch {
	case isPtr == wantPtr && p.ptr != nil:
		return value{t: p.t, pos: pos, slot: none, f: p.ptr}
	case isPtr == wantPtr:
		return c.load(p)
	case isPtr:
		p = c.follow(p, pos)
		c.checkMemory(p.t, pos)
		return c.load(p)
	}
	if p.frame || p.entry != nil {
		refuse(pos, "internal: the address of a variable in the frame")
	}
	return value{t: types.NewPointer(p.t), pos: pos, slot: none, f: p.a.get()}
}

// holder compiles the interface value in x.M, of x or of a field embedded in it.
func (c *compiler) holder(fun *ast.SelectorExpr, s *types.Selection) value {
	if o := c.held[fun]; o != nil {
		return c.load(c.variable(c.lookup(o, fun.Pos()), fun.Pos()))
	}
	index := s.Index()[:len(s.Index())-1]
	if len(index) == 0 {
		return c.expr(fun.X)
	}
	return c.load(c.path(c.operandPlace(fun.X), s.Recv(), index, fun.Sel.Pos()))
}

// callFunc compiles a call of a compiled function of the session. An earlier cell may
// have compiled it: what f says of types is then of another check, in which no type is
// identical to one of this cell.
func (c *compiler) callFunc(f *Func, fn *types.Func, recv *value, e *ast.CallExpr) (stm, []value) {
	sig := c.typeOf(e.Fun).Underlying().(*types.Signature)
	at := c.alloc(f.head)
	var set []stm
	n := 0
	give := func(t types.Type, v value) {
		set = append(set, c.store(place{t: t, frame: true, off: at + f.params[n].off}, v))
		n++
	}
	if recv != nil {
		give(fn.Type().(*types.Signature).Recv().Type(), *recv)
	}
	args := c.arguments(sig, e)
	share := c.share()
	for i, v := range args {
		share(func() { give(sig.Params().At(i).Type(), v()) })
	}
	s := &site{pos: e.Lparen, off: at, callee: f, thunk: c.thunkOf == e}
	if f.code != nil {
		t := sig.Results().At(0).Type()
		v := value{t: t, pos: e.Pos(), slot: none, f: repOf(t).callOf(f, set, s)}
		return nil, []value{v}
	}
	here := pointer(s)
	var run stm
	switch len(set) {
	case 0:
		run = func(fp pointer) ctl {
			to := unsafe.Add(fp, at)
			*ref(to, 0) = here
			f.run(to)
			return next
		}
	case 1:
		a := set[0]
		run = func(fp pointer) ctl {
			a(fp)
			to := unsafe.Add(fp, at)
			*ref(to, 0) = here
			f.run(to)
			return next
		}
	default:
		run = func(fp pointer) ctl {
			for _, a := range set {
				a(fp)
			}
			to := unsafe.Add(fp, at)
			*ref(to, 0) = here
			f.run(to)
			return next
		}
	}
	vs := make([]value, len(f.results))
	for i, r := range f.results {
		vs[i] = c.load(place{t: sig.Results().At(i).Type(), pos: e.Pos(), frame: true, off: at + r.off})
	}
	return run, vs
}

// share returns what compiles one value after the other, each of which goes where it
// belongs before the next is evaluated: they need the same part of the frame, but for
// what is evaluated early.
func (c *compiler) share() func(f func()) {
	low, high := c.top, c.top
	return func(f func()) {
		if !c.hoist {
			c.top = low
		}
		f()
		high = max(high, c.top)
		c.top = high
	}
}

// arguments returns functions that compile the arguments of a call in turn, each as a
// value of its parameter.
func (c *compiler) arguments(sig *types.Signature, e *ast.CallExpr) []func() value {
	n := sig.Params().Len()
	var r []func() value
	if len(e.Args) == 1 {
		if t, ok := c.typeOf(e.Args[0]).(*types.Tuple); ok && t.Len() > 1 {
			return c.resultsAsArguments(sig, ast.Unparen(e.Args[0]).(*ast.CallExpr), e)
		}
	}
	for i := range n {
		t := sig.Params().At(i).Type()
		if sig.Variadic() && i == n-1 && !e.Ellipsis.IsValid() {
			rest := e.Args[i:]
			r = append(r, func() value { return c.pack(t, rest, e.Rparen) })
			continue
		}
		a := e.Args[i]
		r = append(r, func() value { return c.assigned(a, t) })
	}
	return r
}

// resultsAsArguments is arguments for f(g()). The call of g, whose results stay where
// it leaves them, comes with the first argument.
func (c *compiler) resultsAsArguments(sig *types.Signature, g, e *ast.CallExpr) []func() value {
	run, vs := c.callMany(g)
	n := sig.Params().Len()
	inSlice := sig.Variadic() && n == 1
	switch {
	case c.hoist:
		c.pre = append(c.pre, run)
	case !inSlice:
		first := vs[0]
		if first.f == nil {
			first.eval = run
		} else {
			first.f, first.slot = repOf(first.t).after([]stm{run}, first.f), none
		}
		vs[0] = first
	}
	var r []func() value
	for i := range n {
		t := sig.Params().At(i).Type()
		if sig.Variadic() && i == n-1 {
			elem, rest := t.Underlying().(*types.Slice).Elem(), vs[i:]
			if len(rest) == 0 {
				return append(r, func() value { return c.zero(t, e.Rparen) })
			}
			return append(r, func() value {
				v := c.sliceWith(t, elem, int64(len(rest)), e.Rparen, func(k int) (int64, value) {
					return int64(k), c.assignable(rest[k], elem)
				}, len(rest))
				if inSlice && !c.hoist { // what is above the frame of the call is its own until it returns
					v.f = afterAll[slice]([]stm{run}, v.f)
				}
				return v
			})
		}
		r = append(r, func() value { return c.assignable(vs[i], t) })
	}
	return r
}

// pack makes a slice of arguments.
func (c *compiler) pack(t types.Type, args []ast.Expr, pos token.Pos) value {
	if len(args) == 0 {
		return c.zero(t, pos)
	}
	elem := t.Underlying().(*types.Slice).Elem()
	list := make([]item, len(args))
	for i, a := range args {
		list[i] = item{int64(i), a}
	}
	return c.sliceOf(t, elem, list, int64(len(args)), pos)
}

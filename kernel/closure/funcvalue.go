package closure

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"unsafe"
)

// captured returns the variables that a literal uses from the functions around it.
func captured(info *types.Info, e ast.Node) map[*types.Var]bool {
	r := map[*types.Var]bool{}
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v, ok := info.Uses[id].(*types.Var)
			if ok && !v.IsField() && v.Pkg() != nil && v.Parent() != v.Pkg().Scope() && (v.Pos() < e.Pos() || v.Pos() >= e.End()) {
				r[v] = true
			}
		}
		return true
	})
	return r
}

// funcLit compiles a function literal.
func (c *compiler) funcLit(e *ast.FuncLit) value {
	f, sources := c.literalFunc(e, nil)
	return value{t: c.typeOf(e), pos: e.Pos(), slot: none, f: makeFunction(f, sources)}
}

// literalFunc compiles the function of a literal, and what finds the addresses of the
// variables that it captures. prepare, if not nil, is told its compiler.
func (c *compiler) literalFunc(e *ast.FuncLit, prepare func(in *compiler)) (*Func, []expr[pointer]) {
	sig := c.typeOf(e).Underlying().(*types.Signature)
	c.lits++
	name := "func literal"
	if c.fn != nil && c.fn.name != "" {
		name = fmt.Sprintf("%s.func%d", c.fn.name, c.lits)
	}
	f := layOut(c.env, sig, name, e.Pos())
	in := newCompiler(c.env, c.group)
	in.sig, in.boxed = sig, addressed(c.info, e.Body)
	if prepare != nil {
		prepare(in)
	}
	// The addresses of the variables from outside come after the parameters.
	first := f.head
	in.top = f.head + wordSize*uintptr(len(captured(c.info, e)))
	in.most = in.top
	slots := map[*types.Var]uintptr{}
	var sources []expr[pointer]
	in.outer = func(v *types.Var, pos token.Pos) (uintptr, bool) {
		if v.IsField() || v.Pkg() == nil || v.Parent() == v.Pkg().Scope() {
			return 0, false
		}
		if off, ok := slots[v]; ok {
			return off, true
		}
		x := c.lookup(v, pos)
		if x.fixed != nil {
			return 0, false
		}
		if x.inFrame() {
			refuse(pos, "internal: the captured variable %s is in the frame", v.Name())
		}
		off := first + wordSize*uintptr(len(sources))
		slots[v] = off
		from := x.off
		sources = append(sources, func(fp pointer) pointer { return *ref(fp, from) })
		return off, true
	}
	entry := func(fp pointer) ctl {
		for i, p := range (*function)(*ref(fp, wordSize)).captured {
			*ref(fp, first+wordSize*uintptr(i)) = p
		}
		return next
	}
	in.bodyOf(f, nil, e.Type, e.Body, []stm{entry})
	return f, sources
}

// funcValue compiles a declared function, of which this is the name, as a value.
func (c *compiler) funcValue(fn *types.Func, id *ast.Ident) value {
	sig, pos := fn.Type().(*types.Signature), id.Pos()
	if _, ok := c.info.Instances[id]; ok && !isCell(fn) {
		return c.twinValue(id, fn)
	}
	var v pointer
	if isCell(fn) {
		f := c.instanceOf(id, fn)
		sig, v = f.sig, newFunction(f, nil)
	} else {
		v = c.compiledFuncValue(fn, sig, pos)
	}
	return value{t: sig, pos: pos, slot: none, f: expr[pointer](func(pointer) pointer { return v })}
}

// compiledFuncValue returns a function of a compiled package.
func (c *compiler) compiledFuncValue(fn *types.Func, sig *types.Signature, pos token.Pos) pointer {
	var f reflect.Value
	if c.env.Symbol != nil {
		f = c.env.Symbol(fn.Pkg().Path(), fn.Name())
	}
	if !f.IsValid() || f.Kind() != reflect.Func {
		refuse(pos, "%s.%s as a value", fn.Pkg().Name(), fn.Name())
	}
	c.agreeFunc(sig, f.Type(), pos)
	b := reflect.New(f.Type())
	b.Elem().Set(f)
	return *(*pointer)(b.UnsafePointer())
}

// agreeFunc refuses a function type whose parameters and results are laid out otherwise
// than those of the type that reflection knows.
func (c *compiler) agreeFunc(sig *types.Signature, t reflect.Type, pos token.Pos) {
	if sig.Params().Len() != t.NumIn() || sig.Results().Len() != t.NumOut() {
		refuse(pos, "the function has another type")
	}
	for i := range t.NumIn() {
		c.agree(sig.Params().At(i).Type(), t.In(i), pos)
	}
	for i := range t.NumOut() {
		c.agree(sig.Results().At(i).Type(), t.Out(i), pos)
	}
}

// callFuncValue compiles a call of a function value.
func (c *compiler) callFuncValue(e *ast.CallExpr) (stm, []value) {
	sig, ok := c.typeOf(e.Fun).Underlying().(*types.Signature)
	if !ok {
		refuse(e.Fun.Pos(), "a call of the type %s", c.typeOf(e.Fun))
	}
	p := c.expr(e.Fun).f.(expr[pointer])
	like := layOut(c.env, sig, "", e.Pos())
	at := c.alloc(like.head)
	return c.callPrepared(p, like, at, c.setArguments(like.params, at, sig, e), e)
}

// callPrepared compiles the call of a function value whose arguments are set into a
// frame at an offset, laid out as that of like.
func (c *compiler) callPrepared(p expr[pointer], like *Func, at uintptr, set []stm, e *ast.CallExpr) (stm, []value) {
	s := &site{pos: e.Lparen, off: at, thunk: c.thunkOf == e}
	if like.code != nil {
		r := like.results[0]
		return nil, []value{{t: r.t, pos: e.Pos(), slot: none, f: repOf(r.t).callValue(p, like, set, s)}}
	}
	vs := make([]value, len(like.results))
	for i, r := range like.results {
		vs[i] = c.load(place{t: r.t, pos: e.Pos(), frame: true, off: at + r.off})
	}
	return func(fp pointer) ctl {
		v, to := prepare(fp, p, set, s)
		if f := own(v); f != nil {
			f.f.run(to)
		} else {
			callForeign(fp, to, v, like, s)
		}
		return next
	}, vs
}

// prepare evaluates a function value and its arguments and sets up the frame of the
// call.
func prepare(fp pointer, p expr[pointer], set []stm, s *site) (pointer, pointer) {
	v := p(fp)
	for _, a := range set {
		a(fp)
	}
	if v == nil {
		raiseNil(fp, s.pos)
	}
	to := unsafe.Add(fp, s.off)
	*ref(to, 0) = pointer(s)
	*ref(to, wordSize) = v
	return v, to
}

// callValueOf is callOf for a function value.
func callValueOf[T any](p expr[pointer], like *Func, set []stm, s *site, result expr[T]) any {
	return expr[T](func(fp pointer) T {
		v, to := prepare(fp, p, set, s)
		if f := own(v); f != nil {
			return (*f.f.code.(*expr[T]))(to)
		}
		callForeign(fp, to, v, like, s)
		return result(to)
	})
}

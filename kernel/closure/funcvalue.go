package closure

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"unsafe"
)

// function is a function value of compiled code. Only compiled code sees it: what is
// handed to a compiled package is a Go function that calls it.
type function struct {
	f        *Func
	captured []pointer // the addresses of the variables that a literal uses from outside
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok && types.Unalias(t) == t.Underlying()
}

// captured returns the variables that a literal uses from the functions around it.
func captured(info *types.Info, e *ast.FuncLit) map[*types.Var]bool {
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
	sig := c.typeOf(e).(*types.Signature)
	c.lits++
	name := "func literal"
	if c.fn != nil && c.fn.name != "" {
		name = fmt.Sprintf("%s.func%d", c.fn.name, c.lits)
	}
	f := layOut(c.env, sig, name, e.Pos())
	in := newCompiler(c.env, c.group)
	in.sig, in.boxed, in.labels = sig, addressed(c.info, e.Body), nil
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
	return value{t: sig, pos: e.Pos(), slot: none, f: expr[pointer](func(fp pointer) pointer {
		v := &function{f: f, captured: make([]pointer, len(sources))}
		for i, s := range sources {
			v.captured[i] = s(fp)
		}
		return pointer(v)
	})}
}

// funcValue compiles a declared function as a value.
func (c *compiler) funcValue(fn *types.Func, pos token.Pos) value {
	if !isCell(fn) {
		refuse(pos, "%s.%s as a value", fn.Pkg().Name(), fn.Name())
	}
	sig := fn.Type().(*types.Signature)
	if sig.TypeParams() != nil {
		refuse(pos, "generic functions are not compiled")
	}
	v := pointer(&function{f: c.callee(fn, pos)})
	return value{t: sig, pos: pos, slot: none, f: expr[pointer](func(pointer) pointer { return v })}
}

// callFuncValue compiles a call of a function value.
func (c *compiler) callFuncValue(e *ast.CallExpr) (stm, []value) {
	sig, ok := c.typeOf(e.Fun).Underlying().(*types.Signature)
	if !ok || !isFunc(c.typeOf(e.Fun)) {
		refuse(e.Fun.Pos(), "calls of values of named function types are not compiled")
	}
	p := c.expr(e.Fun).f.(expr[pointer])
	like := layOut(c.env, sig, "", e.Pos())
	at := c.alloc(like.head)
	var set []stm
	share := c.share()
	for i, v := range c.arguments(sig, e) {
		x := like.params[i]
		share(func() { set = append(set, c.store(place{t: x.t, frame: true, off: at + x.off}, v())) })
	}
	s := &site{pos: e.Lparen, off: at}
	if like.code != nil {
		r := like.results[0]
		return nil, []value{{t: r.t, pos: e.Pos(), slot: none, f: repOf(r.t).callValue(p, set, s)}}
	}
	vs := make([]value, len(like.results))
	for i, r := range like.results {
		vs[i] = c.load(place{t: r.t, pos: e.Pos(), frame: true, off: at + r.off})
	}
	return func(fp pointer) ctl {
		f, to := prepare(fp, p, set, s)
		f.run(to)
		return next
	}, vs
}

// prepare evaluates a function value and its arguments and sets up the frame of the
// call.
func prepare(fp pointer, p expr[pointer], set []stm, s *site) (*Func, pointer) {
	v := (*function)(p(fp))
	for _, a := range set {
		a(fp)
	}
	if v == nil {
		raiseNil(fp, s.pos)
	}
	to := unsafe.Add(fp, s.off)
	*ref(to, 0) = pointer(s)
	*ref(to, wordSize) = pointer(v)
	return v.f, to
}

// callValueOf is callOf for a function value.
func callValueOf[T any](p expr[pointer], set []stm, s *site) any {
	return expr[T](func(fp pointer) T {
		f, to := prepare(fp, p, set, s)
		return (*f.code.(*expr[T]))(to)
	})
}

// goFunc turns a function value into a Go function of a type, for a compiled package:
// the value of a variable of that type.
func (c *compiler) goFunc(v value, t reflect.Type) value {
	f := v.f.(expr[pointer])
	env := c.env
	var wrap func(v *function) any
	switch t {
	case reflect.TypeFor[func(int, int) bool]():
		wrap = func(v *function) any {
			return func(i, j int) bool { return invoke2[int, int, bool](env, v, i, j) }
		}
	default:
		sig := v.t.Underlying().(*types.Signature)
		for i := range t.NumIn() {
			c.agree(sig.Params().At(i).Type(), t.In(i), v.pos)
		}
		for i := range t.NumOut() {
			c.agree(sig.Results().At(i).Type(), t.Out(i), v.pos)
		}
		wrap = func(v *function) any {
			return reflect.MakeFunc(t, func(args []reflect.Value) []reflect.Value { return invoke(env, v, t, args) }).Interface()
		}
	}
	return value{t: v.t, pos: v.pos, slot: none, f: expr[pointer](func(fp pointer) pointer {
		p := (*function)(f(fp))
		if p == nil {
			return nil
		}
		return ofAny(wrap(p)).d
	})}
}

// invoke2 calls a function value from outside.
func invoke2[A, B, R any](env *Env, v *function, a A, b B) R {
	c := env.begin()
	defer c.end()
	fp := c.enter(v)
	*word[A](fp, v.f.params[0].off) = a
	*word[B](fp, v.f.params[1].off) = b
	r := (*v.f.code.(*expr[R]))(fp)
	c.done = true
	return r
}

// enter sets up the first frame of a chain for a function value.
func (c *chain) enter(v *function) pointer {
	fp := c.base()
	*ref(fp, 0) = pointer(v.f.root)
	*ref(fp, wordSize) = pointer(v)
	return fp
}

// invoke is invoke2 for all functions, by reflection.
func invoke(env *Env, v *function, t reflect.Type, args []reflect.Value) []reflect.Value {
	c := env.begin()
	defer c.end()
	fp := c.enter(v)
	for i, p := range v.f.params {
		unboxed(fp, p.off, args[i], p.runs)
	}
	v.f.run(fp)
	out := make([]reflect.Value, t.NumOut())
	for i, r := range v.f.results {
		out[i] = boxed(fp, r.off, t.Out(i), r.runs)
	}
	c.done = true
	return out
}

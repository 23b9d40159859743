package closure

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"

	"descent/kernel/rt"
)

// compiledVar returns where the address of a variable of a compiled package is kept.
func (c *compiler) compiledVar(v *types.Var, pos token.Pos) *pointer {
	if c.env.Symbol != nil {
		s := c.env.Symbol(v.Pkg().Path(), v.Name())
		switch {
		case !s.IsValid():
		case s.CanAddr(): // the variable itself
			s = s.Addr()
			fallthrough
		case s.Kind() == reflect.Pointer:
			c.agree(v.Type(), s.Type().Elem(), pos)
			p := s.UnsafePointer()
			return &p
		}
	}
	refuse(pos, "%s.%s cannot be used", v.Pkg().Name(), v.Name())
	panic("unreachable")
}

// callCompiled compiles a call of a function of a compiled package.
func (c *compiler) callCompiled(fn *types.Func, e *ast.CallExpr) (stm, []value) {
	sig := fn.Type().(*types.Signature)
	var f reflect.Value
	if c.env.Symbol != nil {
		f = c.env.Symbol(fn.Pkg().Path(), fn.Name())
	}
	if !f.IsValid() || f.Kind() != reflect.Func {
		refuse(e.Pos(), "%s.%s cannot be called", fn.Pkg().Name(), fn.Name())
	}
	if fn.FullName() == "runtime.Goexit" {
		return func(fp pointer) ctl { goexit(fp); return next }, nil
	}
	args := c.reserved(nil, nil, sig, e)
	switch fn.FullName() {
	case "os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln":
		return c.reflected(f.Interface(), args, sig, nil, e.Pos(), true), nil
	case "errors.As":
		if found := c.errorsAs(e, args); found != nil {
			return nil, []value{*found}
		}
	}
	return c.callGo(f.Interface(), sig, args, e.Pos())
}

// errorsAs compiles errors.As with a pointer to an interface of a cell, which reflection
// takes for an empty one; it returns nil for others.
func (c *compiler) errorsAs(e *ast.CallExpr, args []argument) *value {
	if len(e.Args) != 2 {
		return nil
	}
	p, ok := c.typeOf(e.Args[1]).Underlying().(*types.Pointer)
	if !ok || !types.IsInterface(p.Elem()) || !bare(p.Elem()) || p.Elem().Underlying().(*types.Interface).NumMethods() == 0 {
		return nil
	}
	if c.env.Has == nil {
		refuse(e.Pos(), "errors.As with an interface of a cell")
	}
	has, pos := c.env.Has(p.Elem()), e.Pos()
	err, target := args[0].v.f.(expr[iface]), args[1].v.f.(expr[iface])
	return &value{t: types.Typ[types.Bool], pos: pos, slot: none, f: expr[bool](func(fp pointer) bool {
		x, to := err(fp), target(fp)
		note(fp, pos)
		if x.t != nil && to.d == nil {
			panic("errors: target must be a non-nil pointer")
		}
		found := rt.FirstError(*(*error)(pointer(&x)), func(err error) bool { return has(err) })
		if found == nil {
			return false
		}
		*(*any)(to.d) = found
		return true
	})}
}

// argument is an argument of a compiled function, and the part of the frame where it
// waits for the others. It lies below what these need, the frames of their calls too.
type argument struct {
	v   value
	off uintptr
}

func values(args []argument) []value {
	vs := make([]value, len(args))
	for i, a := range args {
		vs[i] = a.v
	}
	return vs
}

// reserved compiles the receiver, if there is one, and the arguments of a call.
func (c *compiler) reserved(t types.Type, recv func() value, sig *types.Signature, e *ast.CallExpr) []argument {
	var args []argument
	give := func(t types.Type, f func() value) {
		off := c.alloc(sizeOf(t))
		args = append(args, argument{f(), off})
	}
	if recv != nil {
		give(t, recv)
	}
	for i, f := range c.arguments(sig, e) {
		give(sig.Params().At(i).Type(), f)
	}
	return args
}

// callCompiledMethod compiles a call of a method of a compiled type.
func (c *compiler) callCompiledMethod(fn *types.Func, s *types.Selection, fun *ast.SelectorExpr, e *ast.CallExpr) (stm, []value) {
	sig := fn.Type().(*types.Signature)
	m := c.compiledMethod(fn, fun.Sel.Pos())
	args := c.reserved(sig.Recv().Type(), func() value { return c.receiver(fun, s, fn) }, sig, e)
	if s, vs := c.knownMethod(m.name, sig, values(args), e.Pos()); s != nil {
		return s, vs
	}
	return c.callGo(m.f.Interface(), sig, args, e.Pos())
}

// callGo compiles a call of a Go function with these arguments: directly if its type is
// one of the commonest, else by reflection.
func (c *compiler) callGo(f any, sig *types.Signature, args []argument, pos token.Pos) (stm, []value) {
	vs := make([]value, sig.Results().Len())
	offs := make([]uintptr, len(vs))
	for i := range vs {
		t := sig.Results().At(i).Type()
		c.checkMemory(t, pos)
		c.check(t, pos)
		offs[i] = c.alloc(sizeOf(t))
		vs[i] = c.load(place{t: t, pos: pos, frame: true, off: offs[i]})
	}
	ft := reflect.TypeOf(f)
	for i, a := range args {
		if _, ok := a.v.t.Underlying().(*types.Signature); ok && i < ft.NumIn() && ft.In(i).Kind() == reflect.Func {
			args[i].v = c.goFunc(a.v, ft.In(i))
		}
	}
	switch {
	case len(vs) == 0:
		if s := directCall(f, values(args), pos); s != nil {
			return s, vs
		}
	case len(vs) == 1:
		if f := direct(f, values(args), pos); f != nil {
			vs[0].f, vs[0].slot = f, none
			return nil, vs
		}
	case len(vs) == 2:
		if s := directPair(f, values(args), offs, pos); s != nil {
			return s, vs
		}
	}
	return c.reflected(f, args, sig, offs, pos, false), vs
}

// reflected calls a function by reflection. One that ends the goroutine is no panic.
func (c *compiler) reflected(f any, args []argument, sig *types.Signature, offs []uintptr, pos token.Pos, ends bool) stm {
	fv := reflect.ValueOf(f)
	ft := fv.Type()
	if ft.NumIn() != len(args) || ft.NumOut() != len(offs) {
		refuse(pos, "the function has another type")
	}
	var ss []stm
	in := make([]uintptr, len(args))
	inRuns := make([][]run, len(args))
	for i, a := range args {
		c.agree(a.v.t, ft.In(i), pos)
		inRuns[i] = layoutOf(a.v.t).runs
		ss = append(ss, c.store(place{t: a.v.t, pos: pos, frame: true, off: a.off}, a.v))
		in[i] = a.off
	}
	outRuns := make([][]run, len(offs))
	for i := range offs {
		t := sig.Results().At(i).Type()
		c.agree(t, ft.Out(i), pos)
		outRuns[i] = layoutOf(t).runs
	}
	eval := sequence(ss)
	call := fv.Call
	if ft.IsVariadic() {
		call = fv.CallSlice
	}
	returned := c.env.Returned
	return func(fp pointer) ctl {
		eval(fp)
		vals := make([]reflect.Value, len(in))
		for i := range vals {
			vals[i] = boxed(fp, in[i], ft.In(i), inRuns[i])
		}
		note(fp, pos)
		if ends {
			chainOf(fp).fp = nil
		}
		for i, r := range call(vals) {
			unboxed(fp, offs[i], r, outRuns[i])
		}
		if returned != nil {
			returned()
		}
		return next
	}
}

// agree refuses a type whose values are laid out otherwise than those of the type that
// reflection knows.
func (c *compiler) agree(t types.Type, r reflect.Type, pos token.Pos) {
	c.check(t, pos)
	if sizeOf(t) != r.Size() || !sameKind(t, r) {
		refuse(pos, "a value of the type %s for one of the type %s", t, r)
	}
}

func sameKind(t types.Type, r reflect.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		s := basicTypes[basicKind(u)]
		return s != nil && s.Kind() == r.Kind()
	case *types.Slice:
		return r.Kind() == reflect.Slice && r.Elem().Size() == sizeOf(u.Elem())
	case *types.Pointer:
		return r.Kind() == reflect.Pointer && r.Elem().Size() == sizeOf(u.Elem())
	case *types.Map:
		return r.Kind() == reflect.Map && r.Key().Size() == sizeOf(u.Key()) && r.Elem().Size() == sizeOf(u.Elem())
	case *types.Struct:
		return r.Kind() == reflect.Struct
	case *types.Array:
		return r.Kind() == reflect.Array
	case *types.Interface:
		return r.Kind() == reflect.Interface
	case *types.Signature:
		return r.Kind() == reflect.Func
	case *types.Chan:
		return r.Kind() == reflect.Chan && r.Elem().Size() == sizeOf(u.Elem())
	}
	return false
}

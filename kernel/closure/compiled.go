package closure

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
)

// compiledVar returns where the address of a variable of a compiled package is kept.
func (c *compiler) compiledVar(v *types.Var, pos token.Pos) *pointer {
	if c.env.Symbol != nil {
		if s := c.env.Symbol(v.Pkg().Path(), v.Name()); s.IsValid() && s.Kind() == reflect.Pointer {
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
	args := make([]value, 0, len(e.Args))
	for _, a := range c.arguments(sig, e) {
		args = append(args, a())
	}
	return c.callGo(f.Interface(), sig, args, e.Pos())
}

// callCompiledMethod compiles a call of a method of a compiled type.
func (c *compiler) callCompiledMethod(fn *types.Func, s *types.Selection, fun *ast.SelectorExpr, e *ast.CallExpr) (stm, []value) {
	refuse(fun.Sel.Pos(), "methods of compiled types are not compiled")
	panic("unreachable")
}

// callGo compiles a call of a Go function with these arguments: directly if its type is
// one of the commonest, else by reflection.
func (c *compiler) callGo(f any, sig *types.Signature, args []value, pos token.Pos) (stm, []value) {
	vs := make([]value, sig.Results().Len())
	offs := make([]uintptr, len(vs))
	for i := range vs {
		t := sig.Results().At(i).Type()
		c.check(t, pos)
		offs[i] = c.alloc(sizeOf(t))
		vs[i] = c.load(place{t: t, pos: pos, frame: true, off: offs[i]})
	}
	if len(vs) == 1 {
		if v := direct(f, args); v != nil && vs[0].f != nil {
			v = noted(v, pos)
			return repOf(vs[0].t).toFrame(offs[0], v), vs
		}
	}
	return c.reflected(f, sig, args, offs, pos), vs
}

// noted notes where a Go function is called, which may panic.
func noted(f any, pos token.Pos) any {
	switch f := f.(type) {
	case expr[string]:
		return expr[string](func(fp pointer) string { note(fp, pos); return f(fp) })
	case expr[int]:
		return expr[int](func(fp pointer) int { note(fp, pos); return f(fp) })
	}
	return f
}

// direct returns a call of a function whose type is known here, nil for others.
func direct(f any, args []value) any {
	switch f := f.(type) {
	case func(float64) float64:
		return call1(f, args)
	case func(float64, float64) float64:
		return call2(f, args)
	case func(int) string:
		return call1(f, args)
	case func(int) int:
		return call1(f, args)
	case func(uint64) int:
		return call1(f, args)
	case func(uint) int:
		return call1(f, args)
	case func(string) string:
		return call1(f, args)
	case func(string) int:
		return call1(f, args)
	case func(string, string) bool:
		return call2(f, args)
	case func(string, string) int:
		return call2(f, args)
	case func(string, string) string:
		return call2(f, args)
	case func(string, int) string:
		return call2(f, args)
	case func(float64) bool:
		return call1(f, args)
	case func(rune) bool:
		return call1(f, args)
	case func(rune) rune:
		return call1(f, args)
	case func(float64, int) bool:
		return call2(f, args)
	case func(int) float64:
		return call1(f, args)
	case func(float64) uint64:
		return call1(f, args)
	case func(uint64) float64:
		return call1(f, args)
	}
	return nil
}

func call1[A, R any](f func(A) R, args []value) any {
	a, ok := args[0].f.(expr[A])
	if !ok {
		return nil
	}
	return expr[R](func(fp pointer) R { return f(a(fp)) })
}

func call2[A, B, R any](f func(A, B) R, args []value) any {
	a, ok1 := args[0].f.(expr[A])
	b, ok2 := args[1].f.(expr[B])
	if !ok1 || !ok2 {
		return nil
	}
	return expr[R](func(fp pointer) R { x := a(fp); return f(x, b(fp)) })
}

// reflected calls a function by reflection.
func (c *compiler) reflected(f any, sig *types.Signature, args []value, offs []uintptr, pos token.Pos) stm {
	fv := reflect.ValueOf(f)
	ft := fv.Type()
	if ft.NumIn() != len(args) || ft.NumOut() != len(offs) {
		refuse(pos, "the function has another type")
	}
	var ss []stm
	in := make([]uintptr, len(args))
	inRuns := make([][]run, len(args))
	for i, a := range args {
		c.agree(a.t, ft.In(i), pos)
		inRuns[i] = layoutOf(a.t).runs
		v := c.copied(a, &ss)
		in[i] = v.slot
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
	return func(fp pointer) ctl {
		eval(fp)
		vals := make([]reflect.Value, len(in))
		for i := range vals {
			vals[i] = boxed(fp, in[i], ft.In(i), inRuns[i])
		}
		note(fp, pos)
		for i, r := range call(vals) {
			unboxed(fp, offs[i], r, outRuns[i])
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
		return r.Kind() == reflect.Slice
	case *types.Pointer:
		return r.Kind() == reflect.Pointer
	case *types.Map:
		return r.Kind() == reflect.Map
	case *types.Struct:
		return r.Kind() == reflect.Struct
	case *types.Array:
		return r.Kind() == reflect.Array
	case *types.Interface:
		return r.Kind() == reflect.Interface
	}
	return false
}

// toInterface compiles the conversion of a value to an interface.
func (c *compiler) toInterface(v value, t types.Type) value {
	refuse(v.pos, "a value of the type %s in an interface is not compiled", v.t)
	panic("unreachable")
}

// changeInterface compiles the conversion of an interface value to another interface.
func (c *compiler) changeInterface(v value, t types.Type) value {
	refuse(v.pos, "the conversion of %s to %s is not compiled", v.t, t)
	panic("unreachable")
}

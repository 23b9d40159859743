package closure

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
)

// A generic function of a compiled package has a twin that works by reflection, on
// values of true types.

// Twin is the reflective form of a generic function: it is given the type arguments,
// pointers to the results, and the arguments.
type Twin = func(types []reflect.Type, out, args []reflect.Value)

// callTwin compiles a call of a generic function of a compiled package.
func (c *compiler) callTwin(id *ast.Ident, fn *types.Func, e *ast.CallExpr) (stm, []value) {
	sig, pos := c.typeOf(e.Fun).Underlying().(*types.Signature), e.Pos()
	twin := c.twin(fn, id.Pos())
	args := c.reserved(nil, nil, sig, e)
	switch run, f := c.knownTwin(fn.FullName(), args, pos); {
	case run != nil:
		return run, nil
	case f != nil:
		return nil, []value{{t: sig.Results().At(0).Type(), pos: pos, slot: none, f: f}}
	}
	vs := make([]value, sig.Results().Len())
	offs := make([]uintptr, len(vs))
	for i := range vs {
		t := sig.Results().At(i).Type()
		c.checkMemory(t, pos)
		c.check(t, pos)
		offs[i] = c.alloc(sizeOf(t))
		vs[i] = c.load(place{t: t, pos: pos, frame: true, off: offs[i]})
	}
	call := c.twinCall(twin, c.info.Instances[id].TypeArgs, sig, pos)
	set := make([]stm, len(args))
	in := make([]uintptr, len(args))
	for i, a := range args {
		set[i], in[i] = c.store(place{t: a.v.t, pos: pos, frame: true, off: a.off}, a.v), a.off
	}
	eval, returned := sequence(set), c.env.Returned
	return func(fp pointer) ctl {
		eval(fp)
		note(fp, pos)
		call(fp, in, offs)
		if returned != nil {
			returned()
		}
		return next
	}, vs
}

func (c *compiler) twin(fn *types.Func, pos token.Pos) Twin {
	if c.env.Twin != nil {
		if t := c.env.Twin(fn.Pkg().Path(), fn.Name()); t != nil {
			return t
		}
	}
	refuse(pos, "%s.%s cannot be called", fn.Pkg().Name(), fn.Name())
	panic("unreachable")
}

// passed is a value that goes to a twin or comes from it.
type passed struct {
	typ   *trueType
	runs  []run
	holds bool // what an interface holds is passed
}

func (c *compiler) passed(t types.Type, pos token.Pos) passed {
	c.check(t, pos)
	return passed{typ: c.trueType(t, pos), runs: layoutOf(t).runs, holds: types.IsInterface(t)}
}

func (p *passed) value(fp pointer, off uintptr) reflect.Value {
	v := boxed(fp, off, p.typ.get(), p.runs)
	if p.holds {
		return v.Elem()
	}
	return v
}

// twinCall returns what calls a twin with arguments at some offsets, and leaves the
// results at others.
func (c *compiler) twinCall(twin Twin, targs *types.TypeList, sig *types.Signature, pos token.Pos) func(fp pointer, in, out []uintptr) {
	list := c.typeArguments(targs, pos)
	params, results := c.passedAll(sig.Params(), pos), c.passedAll(sig.Results(), pos)
	return func(fp pointer, in, out []uintptr) {
		as, os := make([]reflect.Value, len(in)), make([]reflect.Value, len(out))
		for i := range as {
			as[i] = params[i].value(fp, in[i])
		}
		for i := range os {
			os[i] = reflect.New(results[i].typ.get()).Elem()
		}
		twin(list(), os, as)
		for i, o := range os {
			loadRuns(fp, out[i], o.Addr().UnsafePointer(), results[i].runs)
		}
	}
}

func (c *compiler) passedAll(t *types.Tuple, pos token.Pos) []passed {
	r := make([]passed, t.Len())
	for i := range r {
		r[i] = c.passed(t.At(i).Type(), pos)
	}
	return r
}

// typeArguments returns what returns the true types of type arguments.
func (c *compiler) typeArguments(targs *types.TypeList, pos token.Pos) func() []reflect.Type {
	list := make([]*trueType, targs.Len())
	for i := range list {
		list[i] = c.trueType(targs.At(i), pos)
	}
	return func() []reflect.Type {
		ts := make([]reflect.Type, len(list))
		for i := range ts {
			ts[i] = list[i].get()
		}
		return ts
	}
}

// twinValue compiles an instance of a generic function of a compiled package as a value.
func (c *compiler) twinValue(id *ast.Ident, fn *types.Func) value {
	inst := c.info.Instances[id]
	sig := inst.Type.(*types.Signature)
	twin, types := c.twin(fn, id.Pos()), c.typeArguments(inst.TypeArgs, id.Pos())
	typ, results := c.trueType(sig, id.Pos()), c.passedAll(sig.Results(), id.Pos())
	return value{t: sig, pos: id.Pos(), slot: none, f: expr[pointer](func(pointer) pointer {
		f := reflect.MakeFunc(typ.get(), func(args []reflect.Value) []reflect.Value {
			out := make([]reflect.Value, len(results))
			for i := range out {
				out[i] = reflect.New(results[i].typ.get()).Elem()
			}
			for i, a := range args {
				if a.Kind() == reflect.Interface {
					args[i] = a.Elem()
				}
			}
			twin(types(), out, args)
			return out
		})
		return ofAny(f.Interface()).d
	})}
}

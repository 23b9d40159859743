package closure

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"unsafe"

	"descent/kernel/rt"
)

// methodValue compiles x.M as a value: a function that captures the receiver.
func (c *compiler) methodValue(e *ast.SelectorExpr, s *types.Selection) value {
	fn := s.Obj().(*types.Func)
	sig := c.typeOf(e).Underlying().(*types.Signature)
	v := value{t: sig, pos: e.Pos(), slot: none}
	if types.IsInterface(fn.Type().(*types.Signature).Recv().Type()) {
		v.f = c.boundInterface(c.holder(e, s), fn, sig, e.Sel.Pos())
		return v
	}
	if !isCell(fn) {
		v.f = c.boundCompiled(e, s, fn)
		return v
	}
	f := c.callee(fn, e.Sel.Pos())
	b, in := c.bindable(sig, f.name, f.head, e.Pos())
	recv := f.params[0]
	in.finish(b, func(fp pointer) {
		loadRuns(fp, recv.off, (*function)(*ref(fp, wordSize)).captured[0], recv.runs)
		f.run(fp)
	})
	v.f = c.capturing(b, recv.t, c.receiver(e, s, fn), false, e.Sel.Pos())
	return v
}

// bindable lays out a function that has the frame of a method but for the receiver,
// which comes last, and returns the compiler of its code.
func (c *compiler) bindable(sig *types.Signature, name string, head uintptr, pos token.Pos) (*Func, *compiler) {
	b := layOut(c.env, types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic()), name, pos)
	in := newCompiler(c.env, c.group)
	in.fn, in.most = b, head
	return b, in
}

// finish makes code that leaves the results in the frame that of a function.
func (c *compiler) finish(f *Func, run func(fp pointer)) {
	if f.code == nil {
		f.run = c.enter(f, run)
		return
	}
	r := repOf(f.results[0].t)
	r.code(c, f, r.fromRun(run))
	f.run = r.asRun(f)
}

// capturing returns a function value that captures a copy of a value.
func (c *compiler) capturing(f *Func, t types.Type, v value, notNil bool, pos token.Pos) expr[pointer] {
	alloc, hold := allocator(t), c.alloc(wordSize)
	x, eval := c.settled(v)
	off, runs := x.slot, layoutOf(t).runs
	eval = orNothing(eval)
	return func(fp pointer) pointer {
		eval(fp)
		if notNil && *ref(fp, off) == nil {
			raiseNil(fp, pos)
		}
		p := alloc()
		*ref(fp, hold) = p
		storeRuns(p, fp, off, runs)
		return newFunction(f, []pointer{p})
	}
}

// boundInterface returns a method of an interface value.
func (c *compiler) boundInterface(x value, fn *types.Func, sig *types.Signature, pos token.Pos) expr[pointer] {
	d := c.dispatch(x.t, fn, sig, 0, pos)
	b, in := c.bindable(sig, fn.Name(), d.like.head, pos)
	t := x.t
	in.finish(b, func(fp pointer) {
		v := *(*iface)((*function)(*ref(fp, wordSize)).captured[0])
		m := d.find(v)
		if m.f == nil || !fits(fp, m.f.head) {
			d.reflect(fp, fp, v, m)
			return
		}
		*ref(fp, wordSize) = pointer(m.value)
		m.receive(fp, fp, v.d, pos)
		m.f.run(fp)
	})
	return c.capturing(b, t, x, true, pos)
}

// boundCompiled returns a method of a value of a compiled type.
func (c *compiler) boundCompiled(e *ast.SelectorExpr, s *types.Selection, fn *types.Func) expr[pointer] {
	m := c.compiledMethod(fn, e.Sel.Pos())
	recv := c.receiver(e, s, fn)
	c.check(recv.t, e.Pos())
	typ := c.trueType(recv.t, e.Pos())
	name, pos := fn.Name(), e.Sel.Pos()
	hold := c.alloc(sizeOf(recv.t))
	runs := layoutOf(recv.t).runs
	set := c.store(place{t: recv.t, pos: pos, frame: true, off: hold}, recv)
	return func(fp pointer) pointer {
		set(fp)
		note(fp, pos)
		x := boxed(fp, hold, typ.get(), runs)
		f := x.MethodByName(name)
		if m.replaced {
			f = reflect.MakeFunc(f.Type(), func(args []reflect.Value) []reflect.Value {
				return m.f.Call(append([]reflect.Value{x}, args...))
			})
		}
		return ofAny(f.Interface()).d
	}
}

// methodExpr compiles T.M: a function that takes the receiver as its first parameter.
func (c *compiler) methodExpr(e *ast.SelectorExpr, s *types.Selection) value {
	fn := s.Obj().(*types.Func)
	sig := c.typeOf(e).Underlying().(*types.Signature)
	f := layOut(c.env, sig, nameOf(fn), e.Pos())
	in := newCompiler(c.env, c.group)
	in.fn, in.top, in.most = f, f.head, f.head
	self := place{t: f.params[0].t, pos: e.Pos(), frame: true, off: f.params[0].off}
	var run stm
	var back []slotted
	at := in.top
	if types.IsInterface(fn.Type().(*types.Signature).Recv().Type()) {
		x := in.load(in.path(self, s.Recv(), s.Index()[:len(s.Index())-1], e.Sel.Pos()))
		params := types.NewTuple(collect(sig.Params())[1:]...)
		d := in.dispatch(x.t, fn, types.NewSignatureType(nil, nil, nil, params, sig.Results(), sig.Variadic()), at, e.Sel.Pos())
		d.thunk = true
		in.alloc(d.like.head)
		set := in.forward(f.params[1:], d.like.params, at)
		get := x.f.(expr[iface])
		run = func(fp pointer) ctl {
			if f, to := d.prepare(fp, get, set); f != nil {
				f.run(to)
			}
			return next
		}
		back = d.like.results
	} else {
		if !isCell(fn) {
			refuse(e.Sel.Pos(), "a method of a compiled type as a function")
		}
		m := in.callee(fn, e.Sel.Pos())
		in.alloc(m.head)
		recv := m.params[0]
		set := []stm{in.store(place{t: recv.t, frame: true, off: at + recv.off}, in.receiverOf(in.valueAt(self), s, fn, e.Sel.Pos()))}
		set = append(set, in.forward(f.params[1:], m.params[1:], at)...)
		if _, ptr := recv.t.Underlying().(*types.Pointer); len(s.Index()) == 1 && !ptr {
			set = append([]stm{in.notNilReceiver(self, m.name, e.Sel.Pos())}, set...)
		}
		here := &site{pos: e.Sel.Pos(), off: at, callee: m, thunk: true}
		all := sequence(set)
		run = func(fp pointer) ctl {
			all(fp)
			to := unsafe.Add(fp, at)
			*ref(to, 0) = pointer(here)
			m.run(to)
			return next
		}
		back = m.results
	}
	in.finish(f, func(fp pointer) {
		run(fp)
		to := unsafe.Add(fp, at)
		for i, r := range back {
			moveRuns(fp, f.results[i].off, to, r.off, r.runs)
		}
	})
	v := newFunction(f, nil)
	return value{t: sig, pos: e.Pos(), slot: none, f: expr[pointer](func(pointer) pointer { return v })}
}

// notNilReceiver fails as the method of *T that calls one of T does without a receiver.
func (c *compiler) notNilReceiver(self place, method string, pos token.Pos) stm {
	p, ok := self.t.Underlying().(*types.Pointer)
	if !ok {
		return func(pointer) ctl { return next }
	}
	off, typ := self.off, nameOfType(p.Elem())
	return func(fp pointer) ctl {
		if *ref(fp, off) == nil {
			raiseNilReceiver(fp, method, typ, pos)
		}
		return next
	}
}

// raiseNilReceiver panics as the method of *T that calls one of T does without a
// receiver.
func raiseNilReceiver(fp pointer, method, typ string, pos token.Pos) {
	note(fp, pos)
	panic(rt.PlainError(fmt.Sprintf("value method main.%s called using nil *%s pointer", method, typ)))
}

func nameOfType(t types.Type) string {
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Name()
	}
	return t.String()
}

func collect(t *types.Tuple) []*types.Var {
	vs := make([]*types.Var, t.Len())
	for i := range vs {
		vs[i] = t.At(i)
	}
	return vs
}

// forward returns what puts parameters into the frame of a call at an offset.
func (c *compiler) forward(from, to []slotted, at uintptr) []stm {
	set := make([]stm, len(from))
	for i, p := range from {
		set[i] = c.store(place{t: p.t, frame: true, off: at + to[i].off}, c.load(place{t: p.t, frame: true, off: p.off}))
	}
	return set
}

// valueAt returns a place as what a path can begin with.
func (c *compiler) valueAt(p place) place {
	if _, ok := p.t.Underlying().(*types.Pointer); ok {
		return c.valuePlace(c.load(p))
	}
	return p
}

// goMethod is a method of a compiled type.
type goMethod struct {
	name     string
	f        reflect.Value // a function whose first parameter is the receiver
	replaced bool          // f is not the method itself
}

// compiledMethod returns a method of a compiled type; it refuses those that must not be
// called.
func (c *compiler) compiledMethod(fn *types.Func, pos token.Pos) goMethod {
	t, ptr := fn.Type().(*types.Signature).Recv().Type(), false
	if p, ok := t.(*types.Pointer); ok {
		t, ptr = p.Elem(), true
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.TypeArgs().Len() > 0 || c.env.Symbol == nil || c.env.Named == nil {
		refuse(pos, "the method %s cannot be called", fn.Name())
	}
	path, name := named.Obj().Pkg().Path(), named.Obj().Name()
	key := name + "." + fn.Name()
	if ptr {
		key = "(*" + name + ")." + fn.Name()
	}
	rt := c.env.Named(path, name)
	symbol := c.env.Symbol(path, key)
	if !symbol.IsValid() || rt == nil {
		refuse(pos, "the method %s.%s cannot be called", named.Obj().Pkg().Name(), key)
	}
	if ptr {
		rt = reflect.PointerTo(rt)
	}
	m, ok := rt.MethodByName(fn.Name())
	if !ok {
		refuse(pos, "the method %s.%s cannot be called", named.Obj().Pkg().Name(), key)
	}
	if symbol.Kind() == reflect.Func {
		return goMethod{path + "." + key, symbol, true}
	}
	return goMethod{path + "." + key, m.Func, false}
}

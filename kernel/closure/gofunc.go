package closure

import (
	"fmt"
	"go/types"
	"reflect"
	"sync"
	"unsafe"
)

// A function value of compiled code is a Go function as well: everybody may call it,
// and it lies in variables, structs and maps as Go functions do. It begins with what
// reflect.MakeFunc makes, by which others call it; compiled code knows it by that and
// calls the closures at once. What is not made here is called by reflection.

// function is a function value of compiled code.
type function struct {
	head     madeFunc
	f        *Func
	captured []pointer // the addresses of the variables that a literal uses from outside
}

// madeFunc has the layout of what a function made by reflect.MakeFunc points to.
type madeFunc struct {
	code  uintptr
	stack pointer
	args  uintptr
	regs  [8]byte
	typ   pointer
	serve func([]reflect.Value) []reflect.Value
}

// stubCode and serveCode are the first words of every made function, and of what those
// of compiled code serve calls with.
var stubCode, serveCode = lookupMade()

func lookupMade() (stub, serve uintptr) {
	served := (&function{}).serve
	f := reflect.MakeFunc(reflect.TypeFor[func(int, string)](), served)
	m := (*madeFunc)(funcPointer(f))
	t := reflect.TypeFor[func(int, string)]()
	if m.typ != ofAny(t).d || *(*pointer)(pointer(&m.serve)) != *(*pointer)(pointer(&served)) {
		panic(fmt.Sprintf("closure: reflect.MakeFunc has another layout in this version of Go: %v", *m))
	}
	return m.code, **(**uintptr)(pointer(&served))
}

// funcPointer returns the pointer that a Go function is.
func funcPointer(f reflect.Value) pointer {
	b := reflect.New(f.Type())
	b.Elem().Set(f)
	return *(*pointer)(b.UnsafePointer())
}

// own returns a function of compiled code, nil for others. The pointer is not nil.
func own(p pointer) *function {
	m := (*madeFunc)(p)
	if m.code == stubCode && **(**uintptr)(pointer(&m.serve)) == serveCode {
		return (*function)(p)
	}
	return nil
}

// newFunction makes a value of a function.
func newFunction(f *Func, captured []pointer) pointer {
	v := &function{head: f.made(), f: f, captured: captured}
	v.head.serve = v.serve
	return pointer(v)
}

// made returns what all values of a function begin with.
func (f *Func) made() madeFunc {
	f.madeOnce.Do(func() {
		none := func([]reflect.Value) []reflect.Value { return nil }
		f.head1 = *(*madeFunc)(funcPointer(reflect.MakeFunc(f.goType(), none)))
	})
	return f.head1
}

// goType returns a type of Go functions that are called in the same way.
func (f *Func) goType() reflect.Type {
	f.typeOnce.Do(func() { f.typ = funcShape(f.sig) })
	return f.typ
}

// funcShape is shape for a function type.
func funcShape(sig *types.Signature) reflect.Type {
	list := func(t *types.Tuple) []reflect.Type {
		r := make([]reflect.Type, t.Len())
		for i := range r {
			r[i] = shape(t.At(i).Type())
		}
		return r
	}
	in := list(sig.Params())
	if sig.Variadic() { // a string may stand for the bytes, but never in a function type
		in[len(in)-1] = reflect.SliceOf(shape(sig.Params().At(len(in) - 1).Type().Underlying().(*types.Slice).Elem()))
	}
	return reflect.FuncOf(in, list(sig.Results()), sig.Variadic())
}

// lazily is what of a Func is needed when it becomes a value, or is called by others.
type lazily struct {
	sig                *types.Signature
	typeOnce, madeOnce sync.Once
	typ                reflect.Type
	head1              madeFunc
}

// serve runs a function value for a caller that is not compiled.
func (v *function) serve(args []reflect.Value) []reflect.Value {
	c := v.f.env.begin()
	defer c.end()
	fp := c.enter(v)
	for i, p := range v.f.params {
		unboxed(fp, p.off, args[i], p.runs)
	}
	v.f.run(fp)
	t := v.f.goType()
	out := make([]reflect.Value, len(v.f.results))
	for i, r := range v.f.results {
		out[i] = boxed(fp, r.off, t.Out(i), r.runs)
	}
	c.done = true
	return out
}

// enter sets up the first frame of a chain for a function value.
func (c *chain) enter(v *function) pointer {
	c.value = true
	fp := c.base()
	*ref(fp, 0) = pointer(v.f.root)
	*ref(fp, wordSize) = pointer(v)
	return fp
}

// callForeign calls a Go function that is not of compiled code. The frame at to holds
// the arguments, and gets the results, as that of like does.
func callForeign(fp, to, v pointer, like *Func, s *site) {
	note(fp, s.pos)
	if s.thunk {
		callDeferred(to, v, like)
		return
	}
	callReflected(to, v, like)
}

// callReflected is found by its name like callDeferred.
func callReflected(to, v pointer, like *Func) {
	if len(like.params)+len(like.results) == 0 {
		(*(*func())(pointer(&v)))()
		return
	}
	t := like.goType()
	f := reflect.NewAt(t, pointer(&v)).Elem()
	in := make([]reflect.Value, len(like.params))
	for i, p := range like.params {
		in[i] = boxed(to, p.off, t.In(i), p.runs)
	}
	call := f.Call
	if t.IsVariadic() {
		call = f.CallSlice
	}
	for i, r := range call(in) {
		unboxed(to, like.results[i].off, r, like.results[i].runs)
	}
}

// lessFunc returns a function value for a compiled function that calls it often.
func lessFunc(v *function) func(i, j int) bool {
	return func(i, j int) bool { return invoke2[int, int, bool](v.f.env, v, i, j) }
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

// goFunc turns a function value into one for a compiled function, nearer to it than the
// value itself if possible.
func (c *compiler) goFunc(v value, t reflect.Type) value {
	c.agreeFunc(v.t.Underlying().(*types.Signature), t, v.pos)
	if t != reflect.TypeFor[func(int, int) bool]() {
		return v
	}
	f := v.f.(expr[pointer])
	return value{t: v.t, pos: v.pos, slot: none, f: expr[pointer](func(fp pointer) pointer {
		p := f(fp)
		if p == nil || own(p) == nil {
			return p
		}
		g := lessFunc(own(p))
		return *(*pointer)(unsafe.Pointer(&g))
	})}
}

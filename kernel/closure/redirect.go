package closure

import (
	"go/types"
	"reflect"
	"sync/atomic"
)

// Target is where the calls of a function go that a session has declared again: to the
// function of today, compiled or not, or nowhere.
type Target struct{ now atomic.Pointer[destination] }

type destination struct {
	f     *Func
	value pointer // a Go function that takes the receiver first, if f is nil
	err   error   // if both are nil: what the call panics with
}

// Compiled makes the calls go to f.
func (t *Target) Compiled(f *Func) { t.now.Store(&destination{f: f}) }

// Foreign makes the calls go to a function that is not compiled, with the receiver as
// its first parameter.
func (t *Target) Foreign(f reflect.Value) { t.now.Store(&destination{value: funcPointer(f)}) }

// Stale makes the calls panic.
func (t *Target) Stale(err error) { t.now.Store(&destination{err: err}) }

// outside reports whether what is called is none of the functions of compiled code.
func (t *Target) outside() bool { return t != nil && t.now.Load().f == nil }

// Redirect makes the calls of f, those of code compiled before too, go to what t says
// when they are made. That has the parameters and results of f. What runs already goes on.
func (f *Func) Redirect(t *Target) {
	if f.to != nil {
		return
	}
	f.to = t
	run := func(fp pointer) { f.forward(fp) }
	if f.code != nil {
		r := repOf(f.results[0].t)
		r.setCode(f, r.fromRun(run))
	}
	f.run = run
}

// forward makes a call whose frame is set up.
func (f *Func) forward(fp pointer) {
	d := f.to.now.Load()
	switch {
	case d.f != nil:
		d.f.run(fp)
	case d.value != nil:
		note(fp, f.pos)
		callReflected(fp, d.value, f.flat())
	default:
		note(fp, f.pos)
		panic(d.err)
	}
}

// flat is f as a function that takes the receiver as its first parameter.
func (f *Func) flat() *Func {
	if len(f.params) == f.sig.Params().Len() {
		return f
	}
	vars := []*types.Var{types.NewParam(f.pos, nil, "", f.params[0].t)}
	for v := range f.sig.Params().Variables() {
		vars = append(vars, v)
	}
	sig := types.NewSignatureType(nil, nil, nil, types.NewTuple(vars...), f.sig.Results(), f.sig.Variadic())
	return &Func{params: f.params, results: f.results, lazily: lazily{sig: sig}}
}

func setCodeOf[T any](f *Func, code any) { *f.code.(*expr[T]) = code.(expr[T]) }

func (scalar[T]) setCode(f *Func, code any)  { setCodeOf[T](f, code) }
func (pointers) setCode(f *Func, code any)   { setCodeOf[pointer](f, code) }
func (stringsRep) setCode(f *Func, code any) { setCodeOf[string](f, code) }
func (slicesRep) setCode(f *Func, code any)  { setCodeOf[slice](f, code) }
func (interfaces) setCode(f *Func, code any) { setCodeOf[iface](f, code) }

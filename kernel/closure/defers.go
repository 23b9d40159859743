package closure

import (
	"go/ast"
	"reflect"
	"runtime"
	"unsafe"

	"descent/kernel/rt"
)

// A function with defer statements keeps its deferred calls in a value of package rt,
// as interpreted functions do: it makes them when the body has ended, in whichever way,
// and knows the panic that recover ends.

// defers reports whether a body has defer statements of its own.
func defers(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.DeferStmt:
			found = true
		case *ast.FuncLit:
			return false
		}
		return !found
	})
	return found
}

// deferring returns a body that makes the deferred calls when it ends.
func (c *compiler) deferring(body func(fp pointer)) func(fp pointer) {
	if c.defers == none {
		return body
	}
	slot := c.defers
	return func(fp pointer) {
		d := rt.NewDefers()
		*ref(fp, slot) = pointer(d)
		if r := protect(fp, body, d); r != nil {
			chainOf(fp).unwind(d, r)
			return
		}
		d.Run(nil)
	}
}

// protect runs a body and returns the value of the panic that ended it. The panic goes
// on where the body was called: the stack below is free then.
func protect(fp pointer, body func(fp pointer), d *rt.Defers) (r any) {
	ended := false
	defer func() {
		if ended {
			return
		}
		if r = recover(); r == nil { // runtime.Goexit
			chainOf(fp).unwind(d, nil)
		}
	}()
	body(fp)
	ended = true
	return nil
}

// unwind makes the deferred calls of a function that a panic with the value r ends, or
// runtime.Goexit if it is nil.
func (c *chain) unwind(d *rt.Defers, r any) {
	first := c.trace()
	c.saved = nil
	recovered := false
	defer func() {
		switch {
		case recovered:
			c.saved = nil
		case r == nil:
			c.fp = nil
		case c.saved == nil: // the same panic goes on
			c.saved = first
		}
	}()
	d.Run(r)
	recovered = r != nil
}

// deferStmt compiles a defer statement.
func (c *compiler) deferStmt(s *ast.DeferStmt) stm {
	if c.defers == none {
		refuse(s.Pos(), "the loop defers a call of the function around it")
	}
	before, f, g, pos := c.thunk(s.Call)
	slot := c.defers
	here := &site{pos: pos, off: c.alloc(g.head), deferred: true}
	return sequence(append(before, func(fp pointer) ctl {
		v := (*function)(f(fp))
		(*rt.Defers)(*ref(fp, slot)).Push(func() { makeDeferred(fp, v, here) })
		return next
	}))
}

// makeDeferred makes a deferred call.
func makeDeferred(fp pointer, v *function, s *site) {
	ended := false
	defer func() {
		// A new panic has frames of its own, but that of a cell that is being ended: a
		// recursion has too many to look at for each of its deferred calls.
		if c := chainOf(fp); !ended && c.saved == nil && !rt.Stopped() {
			c.saved = c.frames()
		}
	}()
	to := unsafe.Add(fp, s.off)
	*ref(to, 0) = pointer(s)
	*ref(to, wordSize) = pointer(v)
	v.f.run(to)
	ended = true
}

// recover compiles the builtin.
func (c *compiler) recover(e *ast.CallExpr) expr[iface] {
	if c.exits != nil {
		refuse(e.Pos(), "recover in a loop of an interpreted function")
	}
	if c.thunkOf == e || c.bodies > 0 { // no deferred function calls it
		return func(pointer) iface { return iface{} }
	}
	pos := e.Pos()
	return func(fp pointer) iface {
		note(fp, pos)
		return ofAny(recovered(fp))
	}
}

// recovered ends the panic in flight if the function of the frame is one that was
// deferred, and not one that such a function calls.
func recovered(fp pointer) any {
	s, at := siteOf(fp)
	for s.thunk {
		s, at = siteOf(unsafe.Add(at, -int(s.off)))
	}
	if s.root {
		if chainOf(fp).value {
			return rt.RecoverValue()
		}
		return rt.RecoverUnit()
	}
	if s.deferred {
		return rt.RecoverDeferred()
	}
	return nil
}

// siteOf returns the site of the call that made a frame, and the frame as the caller
// knows it.
func siteOf(fp pointer) (*site, pointer) {
	s := (*site)(*ref(fp, 0))
	for s == moved {
		fp = pageOf(fp).refs[1]
		s = (*site)(*ref(fp, 0))
	}
	return s, fp
}

// callDeferred calls a Go function that a defer statement names. The builtin recover
// of the interpreter looks for its name.
//
//go:noinline
func callDeferred(to, v pointer, like *Func) { callReflected(to, v, like) }

// deferredCall is callDeferred for a call by reflection.
func deferredCall(call func([]reflect.Value) []reflect.Value) func([]reflect.Value) []reflect.Value {
	return func(in []reflect.Value) []reflect.Value { return callDeferredMethod(call, in) }
}

// callDeferredMethod is found by its name like callDeferred.
//
//go:noinline
func callDeferredMethod(call func([]reflect.Value) []reflect.Value, in []reflect.Value) []reflect.Value {
	return call(in)
}

// goexit is runtime.Goexit: what leaves the chain is no panic.
func goexit(fp pointer) {
	chainOf(fp).fp = nil
	runtime.Goexit()
}

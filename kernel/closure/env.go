package closure

import (
	"fmt"
	"go/token"
	"go/types"
	"reflect"
	"sync/atomic"
	"unsafe"
)

// Env is what compiling and compiled code need of the session. Its functions may be
// called from any goroutine. A nil function is one that knows nothing.
type Env struct {
	// Info is of the check of the syntax that is compiled.
	Info *types.Info

	// Stop is polled at the end of each turn of a loop and at the entry of functions.
	// Stopped is called when it is set, and must panic.
	Stop    *bool
	Stopped func()

	// Returned is called after each call of a compiled function that may wait. It may
	// panic.
	Returned func()

	// Grow is called when the value stack of a call chain becomes longer than it ever
	// was, every few hundred nested calls. It may panic.
	Grow func()

	// Func returns a function or method of the session that has been compiled before.
	Func func(*types.Func) *Func

	// Var returns where the address of a variable of the session is kept. It is read at
	// each access, and needs to be there only when compiled code runs.
	Var func(*types.Var) *unsafe.Pointer

	// Symbol returns a function of a compiled package, or a pointer to a variable; for a
	// method, "T.M" or "(*T).M", any value that is not the zero Value means that it may
	// be called; a function is called in its place, with the receiver first. Named returns a type of a compiled package.
	Symbol func(path, name string) reflect.Value
	Named  func(path, name string) reflect.Type

	// Twin returns the reflective form of a generic function of a compiled package, nil
	// if it must not be called.
	Twin func(path, name string) Twin

	// True returns what returns the type that values of a type have in interfaces; it is
	// asked when the first value goes into one.
	True func(types.Type) func() reflect.Type

	// Made counts the times that a type got methods: what has been found out about a type
	// of the session holds for as long. Method returns a compiled method of the values that
	// have a type in interfaces, nil if there is none; Bound then returns the method of a
	// value as a Go function.
	Made   *atomic.Uint32
	Method func(t reflect.Type, name string) *Method
	Bound  func(v any, name string) any

	// Has returns what reports whether a value other than nil has a type, or implements an
	// interface. Failed returns what tells with which error the assertion of a value of
	// the type from to another panics.
	Has    func(t types.Type) func(v any) bool
	Failed func(to, from types.Type) func(v any) error

	// Held is kept for as long as anything that was compiled with this, or with a copy of
	// it, can run.
	Held any

	// Trace is told the call chain of a panic, innermost first, before the panic leaves
	// compiled code.
	Trace func([]Frame)

	instances *instances // of generic functions
}

// made returns the present count of Made.
func (e *Env) made() uint32 {
	if e.Made == nil {
		return 0
	}
	return e.Made.Load()
}

// Frame is a line of a traceback.
type Frame struct {
	Pos  token.Pos // of what failed, or of the call
	Func string    // "f", "T.m" or "(*T).m"; "" for a loop
}

// Refusal says why something is not compiled.
type Refusal struct {
	Pos    token.Pos
	Reason string
}

func (r *Refusal) Error() string { return r.Reason }

func refuse(pos token.Pos, format string, args ...any) {
	panic(&Refusal{pos, fmt.Sprintf(format, args...)})
}

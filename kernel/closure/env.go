package closure

import (
	"fmt"
	"go/token"
	"go/types"
	"reflect"
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

	// True returns what returns the type that values of a type have in interfaces; it is
	// asked when the first value goes into one.
	True func(types.Type) func() reflect.Type

	// Trace is told the call chain of a panic, innermost first, before the panic leaves
	// compiled code.
	Trace func([]Frame)
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

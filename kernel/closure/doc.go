// Package closure compiles type-checked functions and loops into trees of Go closures
// that work on unboxed values. It is the second tier of a session: what it refuses
// stays with the interpreter.
//
//	env := &closure.Env{Info: info, Stop: &flag, Stopped: stop, Var: ..., Func: ...}
//	fs, refusal := env.Compile(decls) // functions that call each other: all or none
//	if refusal == nil {
//		fs[0].Call(unsafe.Pointer(&n), unsafe.Pointer(&result))
//	}
//
// Compiled and other code meet in memory only: parameters, results and the variables
// around a loop are handed over as pointers, and values in memory have Go's own layout.
// Waits, locks and deferred calls are those of package rt, which interpreted code uses
// too, so that either may recover what the other raised and an interrupt ends both.
//
// # Frames
//
// The values of local variables are in frames on a value stack. A frame lies in a page
// of two halves, one of which the garbage collector scans: a part of a value at offset
// o is in the first half if it is no pointer, else at offset o of the second. A
// variable whose address is taken, and every array, lives in Go's memory instead, and
// the frame holds a pointer to it. The first word of a frame is the site of the call,
// from which the traceback of a panic is read; a call costs no more than a store for
// it. When a page is full, the frame of the next call moves to another page.
//
// # Closures
//
// An expression is an expr[T]: a function of the frame that returns a T, one T for each
// class of types (see rep). Operators look at the form of their operands and pick a
// closure that reads variables and constants itself (fused.go). A statement is a
// function that says how it ended: normally, by return, break or continue.
//
// # Function values
//
// A function value is a Go function, which others call and keep as any (gofunc.go);
// compiled code knows its own and runs their closures at once. A literal has the
// addresses of the variables that it captures, which live in Go's memory.
//
// # Semantics
//
// What compiled Go does, compiled closures do: integers wrap, float32 is rounded after
// every operation, calls of an expression come before what else it reads (order.go),
// append grows a slice as the builtin does because it is the builtin, and every panic
// is raised by doing what Go panics for. Known to differ: which of two panics in the
// arguments of one call comes first, if one is inside a composite literal or a
// conversion of a number to a string; the words of the panic of a method of T that is
// called through an interface with a nil *T, which are those of a nil dereference; the capacity that the compiler gives to slices which
// it keeps on the stack.
//
// # The subset
//
//	types        booleans, numbers, strings, slices, arrays, structs, pointers, maps,
//	             channels, functions, interfaces
//	expressions  constants, variables of functions, of the session and of compiled
//	             packages, operators, conversions (to interfaces too), indexing,
//	             slicing, fields, literals, function literals, &x, receiving, calls of
//	             functions and methods of the session and of compiled packages, through
//	             interfaces too, type assertions, builtins but print and println
//	statements   all
//
// Generic functions are compiled for each list of type arguments; those of compiled
// packages are called by their twins of package rt. Refused are types declared in
// generic functions, keys that are structs of compiled packages, several unsigned
// bounds of one slice expression, defer and recover in a loop whose function is
// interpreted, and statements that need more of the frame than a page has.
package closure

// Package eval runs lowered cells in the yaegi interpreter. It is the only
// package that imports yaegi.
//
// A cell reaches it as a cell.Program: chunks of declarations, evaluated by
// Load, and one expression, evaluated by Run.
//
//	in, err := eval.New(eval.Options{Stdout: out, Stderr: errs, Symbols: tables})
//	p, diags := compiler.Compile(1, "x := 40\nx + 2")
//	err = in.Load(p) // declares x
//	if err == nil {
//		err = in.Run(p) // *eval.Panic, *eval.Exit, eval.ErrInterrupted or nil
//	}
//
// The package stops what runs (first by a flag that lowered code reads, then by
// the interpreter's own run counter, which it puts back so that closures of
// earlier cells stay alive), watches the stack, knows a deadlock when it is
// certain, and turns a panic into a value with a traceback of cell frames in Go's
// own words.
//
// Compiled units of a program are bound to the nodes that call them when its chunks
// are evaluated. A unit works on the interpreter's own variables, polls the same stop
// flag, and its panics carry the frames of the cells that it ran through.
//
// It does not check, lower or display anything: that is the work of the packages
// cell and session.
package eval

// Package rt holds the compiled helpers that lowered cells call.
//
// The interpreter knows it under the import name __rt:
//
//	__rt.Display(x)              // the last expression of a cell
//	if stopˑ { __rt.Stop() }     // at loop heads and function entries
//
// Besides the helpers it owns the true types of a session: for every type that a
// cell declares it builds a named reflect type with its methods, so that compiled
// packages (fmt, encoding/json, errors, sort, text/template and all others) see in
// an interface exactly what they would see in a compiled program.
//
// It knows neither the interpreter nor the compiler of cells, and it prints
// nothing: what is to be shown goes to the hooks that the session sets.
package rt

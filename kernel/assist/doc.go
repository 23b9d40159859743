// Package assist answers what a person asks while writing a cell: completions,
// signatures and documentation at the cursor, and whether a cell is whole.
//
//	a := assist.New(compiler, importer, preload)
//	c := a.Complete("x := strings.ToU", 16)
//	h, ok := a.Inspect("strings.ToUpper(", 16, 0)
//	status, indent := assist.IsComplete("for {")
//
// Everything comes from the types of the cell compiler and the embedded export
// data; the interpreter is never asked, so answers come while a cell runs. Code at
// a cursor is half-written: no answer depends on its being correct.
//
// Positions are in code points, as Jupyter counts them.
package assist

// Package cell compiles cells of Go for an interpreter.
//
// A session is one Compiler. Each cell is split into declarations and statements
// without moving a byte, checked by go/types against the live declarations of the
// session, and lowered to a plain, monomorphic subset of Go that the interpreter
// runs as compiled Go would:
//
//	c := cell.New(cell.Options{Importer: imp, Preload: []cell.Import{{Name: "fmt", Path: "fmt"}}})
//	p, diags := c.Compile(1, "x := 40\nx + 2")
//	if diags == nil {
//		// evaluate p.Chunks, then c.Commit(p), then p.Run
//	}
//
// Nothing of the session changes before Commit.
//
// What a compiled program prints, a cell prints; what the compiler refuses, a cell
// refuses, in the same words, but for what is not used. A function main is a function
// like another, except in a cell that begins with a package clause and has no
// statements of its own: that is a program, and its main runs.
//
// The package is pure: it imports neither the interpreter nor the packages that
// cells use, and it runs nothing.
package cell

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
// With a Tier, functions and loops are not interpreted where package closure can
// compile them: their place in the lowered code takes a call of a unit of the program,
// which is given the addresses of the variables that it works on. What is refused is
// interpreted as before, and Program.Refusals says why. A function that is declared
// again has a new name in the output, and those that call it are compiled again. What
// was made before, be it a function literal, a method value, a goroutine or a value of
// the function itself, calls the new one if that takes and returns the same.
//
// The package is pure: it imports neither the interpreter nor the packages that
// cells use, and it runs nothing.
package cell

// Package lower turns type-checked cells into the plain Go that the interpreter
// runs correctly.
//
// It walks the typed syntax tree and writes new source. What comes out has
// no generics (every instance is its own function), no methods and no embedded
// fields (a call of a cell's method is a call of a function whose first parameter
// is the receiver), no interfaces but compiled ones and __rt.Any, no range over
// integers or functions, no min, max or clear, one copy of each loop variable an
// iteration where a closure can tell, deferred calls with their arguments
// evaluated, guarded goroutines, and a stop check at each loop head and function
// entry.
//
// A value of a cell's type that goes into an interface passes through __rt.I, which
// gives it its true, named type with methods; an assertion brings it back. So the
// interpreter never sees a type that only a compiled program could have, and
// compiled packages see no other.
//
// Every piece of output knows the place of the source it came from, so that a
// traceback of the interpreter can be read in terms of the cell.
//
// The package checks nothing: its input has passed go/types.
package lower

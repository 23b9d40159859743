// Package symbols holds the compiled symbols of every package that a cell may
// import, as reflect values under their names.
//
//	name, syms, ok := symbols.Table("math")
//	sqrt := syms["Sqrt"].Interface().(func(float64) float64)
//
// The tables are generated (kernel/symbols/gen) and laid out as static data; the
// map of a package is made when it is asked for. Types and documentation of the
// same packages are in the package typedata.
//
// After a change of the exported API of dl, display or datasets run
//
//	go generate ./kernel/symbols
//
// which takes a second; the test of this package says when it is due. The tables
// of the standard library are written by `go run ./kernel/symbols/gen std`, once
// for each release of Go.
//
// It does not know the interpreter: the tables are plain reflect values.
package symbols

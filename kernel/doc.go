// Package kernel is the Jupyter kernel of Descent; its rooms are its
// subdirectories.
//
//	wire       messages, signatures and the five sockets
//	front      the process Jupyter starts: channels, dispatch, supervision
//	link       the framed protocol between front and session process
//	session    one Go session: runs cells in order, owns the state
//	cell       the cell compiler: split, check, lower, positions
//	closure    the second tier: compiles functions and loops of cells to closures
//	eval       yaegi: run, stop, capture, traceback
//	rt         what lowered and compiled code share: waits, locks, deferred calls
//	assist     completion, hover and is_complete, from the cell's types
//	magic      % and ! lines
//	symbols    generated tables of every package that a cell may import
//	conformance  the kernel under real clients: protocol, crashes, speed
//	cmd/descent  the binary
//
// The front holds the read ends of the session's file descriptors 1 and 2, so
// that the last words of a dying session are never lost; what cells print goes
// over the link, in order with what they display.
//
// Arrows between rooms go down only: kernel to display to dl, datasets to
// dl/data. The test of this package reads the import graph and fails when an
// arrow points up.
package kernel

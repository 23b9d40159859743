// Package kernel is the Jupyter kernel of Descent; its rooms are its
// subdirectories.
//
//	wire       messages, signatures and the five sockets
//	front      the process Jupyter starts: channels, dispatch, supervision
//	link       the framed protocol between front and session process
//	session    one Go session: runs cells in order, owns the state
//	cell       the cell compiler: split, check, lower, positions
//	eval       yaegi: run, stop, capture, traceback
//	rt         compiled helpers that lowered code calls
//	assist     completion, hover and is_complete, from the cell's types
//	magic      % and ! lines
//	symbols    generated tables of every package that a cell may import
//	cmd/descent  the binary
//
// Arrows between rooms go down only: kernel to display to dl, datasets to
// dl/data. The test of this package reads the import graph and fails when an
// arrow points up.
package kernel

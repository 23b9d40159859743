package cell

import (
	"fmt"
	"go/types"
	"strings"
	"unsafe"
)

// Import is a package that cells may use by Name without an import declaration.
type Import struct{ Name, Path string }

// Options configures a Compiler.
type Options struct {
	Importer types.Importer // types of compiled packages
	Preload  []Import       // packages that need no import declaration
}

// Program is a compiled cell.
type Program struct {
	Cell     int
	Chunks   []string    // sources of package main, to be evaluated in order
	Lines    []int       // where each begins, as Position counts
	Run      string      // expression that runs the statements, "" if there are none
	Warnings Diagnostics // what the reader should know although the cell is correct

	// What the tier compiled: lowered code calls a unit by __ev.Compiled(ID, addresses…).
	// Addresses holds, by the name of a variable in the lowered program, where compiled
	// code expects its address, once the chunks are evaluated.
	Units     []Unit
	Addresses map[string]*unsafe.Pointer
	Refusals  []Refusal // what it did not compile, and why

	Functions []Declared // that the cell declares, and those carried along

	// Replaced are the functions in the lowered program that nothing can name any more.
	// Commit finds them.
	Replaced []string

	delta *delta // what Commit adds to the session
}

// Diagnostic is one message about a place in a cell.
type Diagnostic struct {
	Cell      int
	Line, Col int // from 1; Col counts bytes
	EndCol    int // past the marked text, 0 if unknown
	Msg       string
	Hint      string // what to do about it, "" if not known
	Source    string // the source line
}

// String returns cell[N]:line:col: message.
func (d Diagnostic) String() string {
	s := fmt.Sprintf("cell[%d]:%d:%d: %s", d.Cell, d.Line, d.Col, d.Msg)
	if d.Hint != "" {
		s += " (" + d.Hint + ")"
	}
	return s
}

// Diagnostics are the errors of a cell in source order.
type Diagnostics []Diagnostic

// Error joins the messages, one a line.
func (d Diagnostics) Error() string {
	s := make([]string, len(d))
	for i := range d {
		s[i] = d[i].String()
	}
	return strings.Join(s, "\n")
}

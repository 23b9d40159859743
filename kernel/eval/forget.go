package eval

import (
	"regexp"
	"unsafe"

	"descent/kernel/cell"
)

// ofStatements finds the functions that the compiler has made of the statements of
// a cell: of all of them together, and of the function literals in them. Nothing
// names them once the statements have run; what still runs or is kept as a value
// holds its code itself. A function of a cell that is called cellˑcompile is none
// of them: it is the user's compile.
var ofStatements = regexp.MustCompile(`(?m)^func (cellˑ(?:funcˑ)?\d+)\(`)

// forgetStatements drops the functions of the statements of p from package main,
// where each would keep its syntax as long as the session lives.
func (i *Interp) forgetStatements(p *cell.Program) {
	main := (*(*map[string]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(i.in), i.key.scopes)))["main"]
	if main == nil {
		return
	}
	syms := *(*map[string]unsafe.Pointer)(unsafe.Add(main, i.key.syms))
	for _, chunk := range p.Chunks {
		for _, m := range ofStatements.FindAllStringSubmatch(chunk, -1) {
			delete(syms, m[1])
		}
	}
}

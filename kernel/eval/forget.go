package eval

import (
	"go/token"
	"regexp"
	"runtime"
	"unsafe"

	"github.com/traefik/yaegi/interp"

	"descent/kernel/cell"
)

// The interpreter keeps the syntax of all that it ever compiled: by the name of each
// function, by the parents of each node, and the positions of each source. Here it
// forgets what nothing can reach any more. What still runs or is kept as a value
// holds its code itself.

// ofStatements finds the functions that the compiler has made of the statements of
// a cell, all of them together. Nothing names them once the statements have run. A
// function of a cell that is called cellˑcompile is none of them: it is the user's
// compile.
var ofStatements = regexp.MustCompile(`(?m)^func (cellˑ\d+)\(`)

// lifted finds the functions that the compiler has made of function literals. The
// function around each, in the same chunk, alone names them.
var lifted = regexp.MustCompile(`(?m)^func ([^\s(]*ˑfuncˑ?\d+)\(`)

// forgetFunctions drops functions of package main.
func (i *Interp) forgetFunctions(names ...string) {
	main := (*(*map[string]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(i.in), i.key.scopes)))["main"]
	if main == nil {
		return
	}
	syms := *(*map[string]unsafe.Pointer)(unsafe.Add(main, i.key.syms))
	for _, name := range names {
		delete(syms, name)
	}
}

// forgetMatches drops the functions of the chunks of p that re finds.
func (i *Interp) forgetMatches(p *cell.Program, re *regexp.Regexp) {
	for _, chunk := range p.Chunks {
		for _, m := range re.FindAllStringSubmatch(chunk, -1) {
			i.forgetFunctions(m[1])
		}
	}
}

// part takes the declarations of a source, once it has run, from each other: what
// keeps one of them would keep all, by way of their parent.
func (k *internals) part(prog *interp.Program) {
	root := *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(prog), k.root))
	*(*[]unsafe.Pointer)(unsafe.Add(root, k.child)) = nil
}

// forgetLines forgets the chunks of p that come to nothing, the others having failed.
func (i *Interp) forgetLines(p *cell.Program, from int) {
	for n := from; n < len(p.Lines) && i.opts.Forget != nil; n++ {
		i.opts.Forget(p.Lines[n])
	}
}

// source is what the interpreter was given in one piece: the positions that it has in
// the file set, and the line of its chunk, 0 if it has none.
type source struct {
	prog     *interp.Program
	from, to int
	line     int
}

// forgetSource forgets the positions of a source once its program is not reachable any
// more, none meaning at once. There are two files: the interpreter looks at the first
// token in one of its own. Files of later sources stay: a cell that was left behind may
// end among them.
func (i *Interp) forgetSource(s source) {
	set := i.in.FileSet()
	var last *token.File
	for at := s.from; at < s.to; {
		f := set.File(token.Pos(at))
		if f == nil {
			break
		}
		if last != nil {
			set.RemoveFile(last)
		}
		last = f
		at = f.Base() + f.Size() + 1
	}
	line, told := s.line, i.opts.Forget
	gone := func(f *token.File) { // it must not keep the interpreter, which keeps the program
		if f != nil {
			set.RemoveFile(f)
		}
		if line > 0 && told != nil {
			told(line)
		}
	}
	if s.prog == nil {
		gone(last)
		return
	}
	root := *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(s.prog), i.key.root))
	runtime.AddCleanup((*byte)(root), gone, last)
}

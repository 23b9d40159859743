package lower

import (
	"go/ast"
	"go/token"
)

// deferHead writes the one deferred call of the interpreter that runs all deferred
// calls of the function: the interpreter's own evaluates arguments late, drops the
// rest when one panics, and hangs when one calls a closure of its function.
func (f *fnc) deferHead(c *code) {
	if f.defr == "" {
		return
	}
	c.s(f.defr, " := __rt.NewDefers()\ndefer func() {\n", f.defr, ".Run(recover())\n")
	for i := range f.res {
		c.s(resultName(i), " = ", f.resultVar(i), "\n")
	}
	c.s("}()\n")
}

// deferStmt puts a call, with its function and arguments evaluated, on the stack of
// the function's deferred calls.
func (f *fnc) deferStmt(c *code, s *ast.DeferStmt) {
	h := f.hold(c, s.Call)
	if h == nil {
		return
	}
	c.s(f.defr, ".Push(", f.thunk(s.Pos(), h), ")")
}

// goStmt starts a goroutine that reports its panic instead of ending the process.
// Compiled code takes the panic: interpreted code takes no step any more while a cell
// is stopped hard.
func (f *fnc) goStmt(c *code, s *ast.GoStmt) {
	h := f.hold(c, s.Call)
	if h == nil {
		return
	}
	c.s("__rt.Go(", f.thunk(s.Pos(), h), ")")
}

// thunk declares a function that returns a call with its function and arguments
// evaluated, and returns the call of it.
func (f *fnc) thunk(pos token.Pos, h *held) string {
	name := f.litName()
	d := &code{}
	d.at(pos)
	d.s("func ", name, "(", h.params, ") func() {\nreturn func() { ")
	d.add(h.call)
	d.s(" }\n}")
	f.l.decls = append(f.l.decls, d)
	return name + "(" + h.args + ")"
}

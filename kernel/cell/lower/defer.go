package lower

import "go/ast"

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
	name := f.litName()
	d := &code{}
	d.at(s.Pos())
	d.s("func ", name, "(", h.params, ") func() {\nreturn func() { ")
	d.add(h.call)
	d.s(" }\n}")
	f.l.decls = append(f.l.decls, d)
	c.s(f.defr, ".Push(", name, "(", h.args, "))")
}

// goStmt starts a goroutine that reports its panic instead of ending the process.
func (f *fnc) goStmt(c *code, s *ast.GoStmt) {
	h := f.hold(c, s.Call)
	if h == nil {
		return
	}
	name := f.litName()
	d := &code{}
	d.at(s.Pos())
	d.s("func ", name, "(", h.params, ") {\ndefer func() {\nif r := recover(); r != nil { __rt.GoPanic(r) }\n}()\n")
	d.add(h.call)
	d.s("\n}")
	f.l.decls = append(f.l.decls, d)
	c.s("go ", name, "(", h.args, ")")
}

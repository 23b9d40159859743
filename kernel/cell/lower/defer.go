package lower

import (
	"go/ast"
	"go/types"
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
	name := f.litName()
	d := &code{}
	d.at(s.Pos())
	d.s("func ", name, "(", h.params, ") func() {\nreturn func() { ")
	d.add(h.call)
	d.s(" }\n}")
	f.l.decls = append(f.l.decls, d)
	push := ".Push("
	if lit, ok := ast.Unparen(s.Call.Fun).(*ast.FuncLit); ok && !f.recovers(lit) {
		push = ".PushPlain(" // what it calls cannot recover for it
	}
	c.s(f.defr, push, name, "(", h.args, "))")
}

// recovers reports whether a function literal calls recover itself.
func (f *fnc) recovers(lit *ast.FuncLit) bool {
	found := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if id, ok := n.(*ast.Ident); ok {
			if b, ok := f.l.info.Uses[id].(*types.Builtin); ok && b.Name() == "recover" {
				found = true
			}
		}
		return !found
	})
	return found
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

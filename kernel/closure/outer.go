package closure

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Loop is a compiled loop that stands in code which is not compiled.
type Loop struct {
	f *Func

	// Vars are the variables of the function around it that it uses. Among them may be
	// Exit, an int that says how the loop leaves the function, if it does, with Returned
	// or with Returned+1 and more for the statements of Branches; and Results, which get
	// what it returns if the results have no names.
	Vars     []*types.Var
	Exit     *types.Var
	Results  []*types.Var
	Branches []*ast.BranchStmt
}

// CompileLoop compiles a for or range statement, which may have a label. The signature
// is that of the function around it, nil if the loop must not leave it.
func (e *Env) CompileLoop(s ast.Stmt, sig *types.Signature) (loop *Loop, refusal *Refusal) {
	before := e.instances.begin()
	defer e.instances.end(before, &refusal)
	defer recoverRefusal(s.Pos(), &refusal)
	f := &Func{pos: s.Pos(), env: e, head: frameHead, in: []run{{0, wordSize, true}}}
	f.root = &site{callee: f, root: true}
	l := &Loop{f: f}
	c := newCompiler(e, nil)
	c.boxed = addressed(c.info, s)
	// Pointers to the variables from outside come first in the frame, as many as there
	// are names in the loop at most.
	slots := map[*types.Var]uintptr{}
	c.exits = &exits{sig: sig, loop: l}
	c.top = frameHead + wordSize*(countUses(c.info, s)+1)
	if sig != nil {
		c.top += wordSize * uintptr(sig.Results().Len())
	}
	c.most = c.top
	c.outer = func(v *types.Var, pos token.Pos) (uintptr, bool) {
		if v.Pkg() != operands && (v.IsField() || v.Pkg() == nil || v.Parent() == nil || v.Parent() == v.Pkg().Scope() || e.Var != nil && e.Var(v) != nil) {
			return 0, false
		}
		if w := usable(v.Type()); w != "" {
			refuse(pos, "%s", w)
		}
		off, ok := slots[v]
		if !ok {
			off = frameHead + wordSize*uintptr(len(slots))
			slots[v] = off
			l.Vars = append(l.Vars, v)
		}
		return off, true
	}
	body := orNothing(c.statement(s))
	f.head = frameHead + wordSize*uintptr(len(slots))
	for i := range slots {
		f.in = append(f.in, run{slots[i], wordSize, true})
	}
	f.run = c.enter(f, func(fp pointer) { body(fp) })
	e.instances.finish(nil)
	return l, nil
}

// countUses bounds the variables that a statement names.
func countUses(info *types.Info, s ast.Stmt) uintptr {
	seen := map[types.Object]bool{}
	ast.Inspect(s, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := info.Uses[id].(*types.Var); ok && !v.IsField() {
				seen[v] = true
			}
		}
		return true
	})
	return uintptr(len(seen))
}

// Run runs the loop. The pointers are to the variables of Vars.
func (l *Loop) Run(ptrs ...pointer) {
	c := l.f.env.begin()
	defer c.end()
	fp := c.base()
	*ref(fp, 0) = pointer(l.f.root)
	for i, p := range ptrs {
		*ref(fp, frameHead+wordSize*uintptr(i)) = p
	}
	l.f.run(fp)
	c.done = true
}

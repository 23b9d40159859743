package closure

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Literal is a compiled function literal that stands in code which is not compiled.
type Literal struct {
	f *Func

	// Vars are the variables of the function around it that it captures.
	Vars []*types.Var
}

// CompileLiteral compiles a function literal in a function of a name.
func (e *Env) CompileLiteral(x *ast.FuncLit, name string) (lit *Literal, refusal *Refusal) {
	before := e.instances.begin()
	defer e.instances.end(before, &refusal)
	defer recoverRefusal(x.Pos(), &refusal)
	l := &Literal{}
	c := newCompiler(e, nil)
	c.fn = &Func{name: name}
	seen := map[*types.Var]bool{}
	// The frame around the literal does not exist: Make has the addresses, in the order
	// in which the literal asks for them.
	c.outer = func(v *types.Var, _ token.Pos) (uintptr, bool) {
		if v.IsField() || v.Pkg() == nil || v.Parent() == nil || v.Parent() == v.Pkg().Scope() || e.Var != nil && e.Var(v) != nil {
			return 0, false
		}
		if !seen[v] {
			seen[v] = true
			l.Vars = append(l.Vars, v)
		}
		return 0, true
	}
	l.f, _ = c.literalFunc(x, nil)
	e.instances.finish(nil)
	return l, nil
}

// Name returns the name of the function in tracebacks.
func (l *Literal) Name() string { return l.f.name }

// Make makes the function. The pointers are to the variables of Vars, and to the
// variable that gets the function.
func (l *Literal) Make(ptrs ...pointer) {
	n := len(l.Vars)
	*(*pointer)(ptrs[n]) = newFunction(l.f, append([]pointer(nil), ptrs[:n]...))
}

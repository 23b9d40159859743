package lower

import (
	"go/ast"
	"go/types"
)

// genericCall writes a call of a generic function of a compiled package: its twin
// in __rt works by reflection.
func (f *fnc) genericCall(c *code, e *ast.CallExpr, fun ast.Expr, sig *types.Signature) bool {
	id := calleeIdent(fun)
	if id == nil {
		return false
	}
	fn, ok := f.l.info.Uses[id].(*types.Func)
	if !ok || f.l.isCell(fn) {
		return false
	}
	inst, ok := f.l.info.Instances[id]
	if !ok {
		return false
	}
	args := make([]types.Type, inst.TypeArgs.Len())
	for i := range args {
		args[i] = f.sub(inst.TypeArgs.At(i))
	}
	c.s(f.genericName(fn, args, sig), "(")
	if t, ok := f.multi(e); ok {
		_ = t
		f.x(c, e.Args[0])
	} else {
		f.args(c, e, fun, sig, 0)
	}
	c.s(")")
	return true
}

func calleeIdent(fun ast.Expr) *ast.Ident {
	switch x := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	case *ast.IndexExpr:
		return calleeIdent(x.X)
	case *ast.IndexListExpr:
		return calleeIdent(x.X)
	}
	return nil
}

// genericName is the function that stands for an instance of a generic compiled
// function.
func (f *fnc) genericName(fn *types.Func, args []types.Type, sig *types.Signature) string {
	path := fn.Pkg().Path() + "." + fn.Name()
	name := "gˑ" + mangle(path)
	for _, a := range args {
		name += "ˑ" + mangle(f.l.key(a))
	}
	if !f.l.emitted[name] && !f.l.u.Names.Defined(name) {
		f.l.emitted[name] = true
		f.l.queue = append(f.l.queue, func() { f.l.writeTwin(name, path, args, sig) })
	}
	return name
}

// writeTwin writes the function that calls the twin.
func (l *Lowerer) writeTwin(name, path string, args []types.Type, sig *types.Signature) {
	c := &code{}
	c.s("func ", name, "(")
	list := l.paramList(c, sig)
	c.s(")")
	l.resultList(c, sig)
	c.s(" {\n")
	n := sig.Results().Len()
	if sig.Variadic() && len(list) > 3 {
		list = list[:len(list)-3]
	}
	if list != "" {
		list = ", " + list
	}
	ids := ""
	for i, a := range args {
		if i > 0 {
			ids += ", "
		}
		ids += l.id(a)
	}
	for i := range n {
		c.s("var r", itoa(i), " ", l.typ(sig.Results().At(i).Type()), "\n")
	}
	c.s("__rt.Generic(", quote(path), ", []int{", ids, "}, []__rt.Any{")
	for i := range n {
		if i > 0 {
			c.s(", ")
		}
		c.s("&r", itoa(i))
	}
	c.s("}", list, ")\nreturn")
	for i := range n {
		if i > 0 {
			c.s(",")
		}
		c.s(" r", itoa(i))
	}
	c.s("\n}")
	l.decls = append(l.decls, c)
}

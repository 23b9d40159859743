package lower

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// Tier compiles functions and loops that need not be interpreted. What it compiled has
// a number, by which the output calls it, with the addresses of variables:
//
//	func sum(argˑ0 []int) (resˑ0 int) {
//		__ev.Compiled(1, &argˑ0, &resˑ0)
//		return resˑ0
//	}
type Tier interface {
	// Func reports whether a function is compiled, a generic one with type arguments. The
	// addresses are those of the receiver, the parameters and the results.
	Func(fn *types.Func, args []types.Type) (id int, ok bool)
	// Loop compiles a loop in a function with a signature and reports whether it could.
	// Without a signature the loop must not leave the function.
	Loop(s ast.Stmt, sig *types.Signature) (l CompiledLoop, ok bool)
	// Literal compiles a function literal in a function of a name and reports whether it
	// could. The addresses are those of vars, which the literal captures, and of the
	// variable that gets the function.
	Literal(e *ast.FuncLit, name string) (id int, vars []*types.Var, ok bool)
	// Method is told of a method that values of a type have in interfaces: code numbers
	// the making of the methods of the type, as __rt.Code does, index is the way to the
	// method, whose receiver is of the type holder.
	Method(code int, t types.Type, index []int, fn *types.Func, holder types.Type)
}

// CompiledLoop is a loop that is compiled. The addresses are those of Vars. Among them
// may be Exit, an int that is 1 after a return and i+2 where branch i leaves the loop,
// and Results, which get the results that have no names.
type CompiledLoop struct {
	ID       int
	Vars     []*types.Var
	Exit     *types.Var
	Results  []*types.Var
	Branches []*ast.BranchStmt
}

// SetTier sets what compiles functions and loops.
func (l *Lowerer) SetTier(t Tier) { l.tier = t }

// TrueType returns the number of the type that values of t have in interfaces, with
// its methods.
func (l *Lowerer) TrueType(t types.Type) int {
	t = l.sub(&env{}, t) // without aliases
	l.reach(t)
	return l.typeID(t)
}

// TypeID is TrueType for a type that values are only compared with.
func (l *Lowerer) TypeID(t types.Type) int { return l.typeID(l.sub(&env{}, t)) }

// stub writes the function that interpreted code calls for a compiled one. It has no
// place in a cell: tracebacks show what it calls.
func (l *Lowerer) stub(fn *types.Func, env *env, name string) bool {
	if l.tier == nil {
		return false
	}
	var args []types.Type
	if env != nil {
		args = env.args
	}
	id, ok := l.tier.Func(fn, args)
	if !ok {
		return false
	}
	f := &fnc{l: l, env: env}
	sig := fn.Type().(*types.Signature)
	c := &code{}
	c.nowhere()
	c.s("func ", name, "(")
	addresses, n := "", 0
	param := func(typ string) {
		if n > 0 {
			c.s(", ")
		}
		v := fmt.Sprintf("argˑ%d", n)
		n++
		c.s(v, " ", typ)
		addresses += ", &" + v
	}
	if r := sig.Recv(); r != nil {
		param(f.typ(r.Type()))
	}
	for i := range sig.Params().Len() {
		t := sig.Params().At(i).Type()
		if sig.Variadic() && i == sig.Params().Len()-1 {
			param("..." + l.variadicElem(f.sub(t)))
		} else {
			param(f.typ(t))
		}
	}
	c.s(") (")
	vars, results := &code{}, ""
	for i := range sig.Results().Len() {
		if i > 0 {
			c.s(", ")
			results += ", "
		}
		t := f.typ(sig.Results().At(i).Type())
		v := resultName(i)
		c.s(t)
		vars.s("var ", v, " ", t, "\n")
		addresses += ", &" + v
		results += v
	}
	c.s(") {\n")
	c.add(vars)
	c.s("__ev.Compiled(", itoa(id), addresses, ")\nreturn ", results, "\n}")
	l.decls = append(l.decls, c)
	return true
}

// compiledLoop writes the call of a compiled loop, if the loop can be compiled.
func (f *fnc) compiledLoop(c *code, s ast.Stmt) bool {
	if f.l.tier == nil || f.env != nil {
		return false
	}
	switch x := s.(type) {
	case *ast.LabeledStmt:
		switch x.Stmt.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
		default:
			return false
		}
	}
	sig := f.sig
	if f.iter != nil { // the function is the body of a loop itself
		sig = nil
	}
	l, ok := f.l.tier.Loop(s, sig)
	if !ok {
		return false
	}
	own := map[*types.Var]string{}
	declare := func(v *types.Var) {
		own[v] = f.tmp(v.Name())
		c.s("var ", own[v], " ", f.typ(v.Type()), "\n")
	}
	if l.Exit != nil {
		declare(l.Exit)
	}
	for _, v := range l.Results {
		declare(v)
	}
	if x, ok := s.(*ast.LabeledStmt); ok {
		label(c, x.Label.Name)
	}
	c.s("__ev.Compiled(", itoa(l.ID))
	for _, v := range l.Vars {
		switch {
		case own[v] != "":
			c.s(", &", own[v])
		case f.boxed(v):
			c.s(", ", f.boxName(v))
		default:
			c.s(", &", f.obj(v, v.Name()))
		}
	}
	c.s(")\n")
	f.exits(c, l, own)
	return true
}

// exits writes the statements that leave the function, or a statement around the loop,
// where the loop did.
func (f *fnc) exits(c *code, l CompiledLoop, own map[*types.Var]string) {
	if l.Exit == nil {
		return
	}
	c.s("if ", own[l.Exit], " == 1 {\n")
	var vals []string
	for _, v := range l.Results {
		vals = append(vals, own[v])
	}
	if len(l.Results) == 0 {
		for i := range f.res {
			vals = append(vals, f.resultVar(i))
		}
	}
	if len(vals) == f.sig.Results().Len() { // else there is no return in the loop
		f.returnValues(c, vals)
	}
	c.s("}\n")
	for i, b := range l.Branches {
		c.s("if ", own[l.Exit], " == ", itoa(i+2), " {\n")
		f.branch(c, b)
		c.s("}\n")
	}
}

// compiledLiteral writes the function that makes the value of a compiled literal, and
// its call, if the literal can be compiled.
func (f *fnc) compiledLiteral(c *code, e *ast.FuncLit) bool {
	if f.l.tier == nil || f.env != nil {
		return false
	}
	id, vars, ok := f.l.tier.Literal(e, f.shownName())
	if !ok {
		return false
	}
	name, typ := f.litName(), f.typ(f.l.info.TypeOf(e))
	d := &code{}
	d.at(e.Pos())
	d.s("func ", name, "(")
	args, _ := f.closureParams(d, e)
	d.s(") ", typ, " {\nvar litˑ ", typ, "\n__ev.Compiled(", itoa(id))
	for _, v := range vars {
		if f.boxed(v) {
			d.s(", ", f.boxName(v))
		} else {
			d.s(", &", f.plain(v))
		}
	}
	d.s(", &litˑ)\nreturn litˑ\n}")
	f.l.decls = append(f.l.decls, d)
	c.s(name, "(", args, ")")
	return true
}

// shownName is the name of the function in tracebacks, "" for a cell's statements.
func (f *fnc) shownName() string {
	if f.top {
		return ""
	}
	name, _, _ := strings.Cut(f.name, "ˑ")
	return name
}

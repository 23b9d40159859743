package lower

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// fnc is the lowering of one function body.
type fnc struct {
	l     *Lowerer
	env   *env
	sig   *types.Signature // substituted
	res   []*types.Var     // named results, nil if they have no names
	top   bool             // the function of a cell's statements
	depth int              // blocks around the statement, in the cell's function
	names map[types.Object]string
	loops []*loop
	iter  *iter // the range-over-func body that this function is
	cap   *captures
	name  string // in the output, for the names of literals
	defr  string // variable that holds the deferred calls, "" if there are none
}

// loop is a statement that break or continue can mean.
type loop struct {
	label    string // in the source
	isSwitch bool   // switch or select: break only
	back     string // what to run before continue: copies of loop variables
	iter     *iter  // a range over a function: break and continue return
}

func (f *fnc) tmp(prefix string) string { return fmt.Sprintf("%sˑ%d", prefix, f.l.u.Names.Fresh()) }

// child starts a function literal inside f.
func (f *fnc) child(sig *types.Signature) *fnc {
	if f.names == nil {
		f.names = map[types.Object]string{}
	}
	return &fnc{l: f.l, env: f.env, sig: sig, names: f.names, cap: f.cap, name: f.name}
}

// boxed reports whether a variable lives behind a pointer.
func (f *fnc) boxed(o types.Object) bool { return f.cap != nil && o != nil && f.cap.boxed[o] }

// local returns the output name that a declaration gives to the object of an
// identifier. A boxed variable is declared through box.
func (f *fnc) local(id *ast.Ident) string {
	if id.Name == "_" {
		return "_"
	}
	o := f.l.info.Defs[id]
	if n, ok := f.names[o]; ok && o != nil {
		return n
	}
	if o != nil {
		if g := f.l.u.Names.Global(o); g != "" {
			return g
		}
	}
	return safe(id.Name)
}

// boxName is the pointer to a boxed variable.
func (f *fnc) boxName(o types.Object) string { return f.plain(o) + "ˑb" }

// plain is the name of a variable regardless of its box.
func (f *fnc) plain(o types.Object) string {
	if n, ok := f.names[o]; ok {
		return n
	}
	return safe(o.Name())
}

// obj returns the output text of a variable.
func (f *fnc) obj(o types.Object, name string) string {
	if o == nil {
		return name
	}
	if f.boxed(o) {
		// Without parentheses: the interpreter takes -(*p) for something else.
		return "*" + f.boxName(o)
	}
	if n, ok := f.names[o]; ok {
		return n
	}
	if g := f.l.u.Names.Global(o); g != "" {
		return g
	}
	return safe(name)
}

// safe renames what would hide a name that the output relies on.
func safe(name string) string {
	if types.Universe.Lookup(name) != nil || name == "main" || name == "init" || name == "unsafe" || token.IsKeyword(name) {
		return name + "ˑ"
	}
	return name
}

func (f *fnc) setName(o types.Object, name string) {
	if f.names == nil {
		f.names = map[types.Object]string{}
	}
	f.names[o] = name
}

// box moves a variable that has just been declared under its plain name behind a
// pointer, if it is boxed.
func (f *fnc) box(c *code, o types.Object) {
	if f.boxed(o) {
		c.s(f.boxName(o), " := ", f.l.newOf(f.sub(o.Type())), "(", f.plain(o), ")\n")
	}
}

// newOf returns the helper that puts a value into new memory.
func (l *Lowerer) newOf(t types.Type) string {
	tt := l.typ(t)
	name := "newˑ" + mangle(l.key(t))
	if !l.emitted[name] && !l.u.Names.Defined(name) {
		l.emitted[name] = true
		d := &code{}
		d.s("func ", name, "(v ", tt, ") *", tt, " { return &v }")
		l.decls = append(l.decls, d)
	}
	return name
}

func (f *fnc) params(c *code, t *ast.FuncType, n int) {
	i := 0
	for _, fl := range t.Params.List {
		names := fl.Names
		if len(names) == 0 {
			names = []*ast.Ident{ast.NewIdent("_")}
		}
		for _, id := range names {
			if n > 0 {
				c.s(", ")
			}
			n++
			pt := f.sig.Params().At(i).Type()
			c.s(f.local(id), " ")
			if f.sig.Variadic() && i == f.sig.Params().Len()-1 {
				c.s("...", f.l.variadicElem(pt))
			} else {
				c.s(f.typ(pt))
			}
			i++
		}
	}
}

// results writes the results. They get names only where deferred calls must be able
// to change them: the interpreter takes `return b, a` for two assignments.
func (f *fnc) results(c *code, t *ast.FuncType) {
	if t.Results == nil || len(t.Results.List) == 0 {
		return
	}
	for _, fl := range t.Results.List {
		for _, id := range fl.Names {
			v, _ := f.l.info.Defs[id].(*types.Var)
			f.res = append(f.res, v)
			if v != nil && v.Parent() != nil && hidden(v.Parent(), v.Name()) {
				// A return among the variables that hide the result assigns to it.
				f.setName(v, f.tmp(safe(v.Name())))
			}
		}
	}
	c.s(" (")
	for i := range f.sig.Results().Len() {
		if i > 0 {
			c.s(", ")
		}
		if f.defr != "" {
			c.s(resultName(i), " ")
		}
		c.s(f.typ(f.sig.Results().At(i).Type()))
	}
	c.s(")")
}

// hidden reports whether a scope inside s declares the name again.
func hidden(s *types.Scope, name string) bool {
	for i := range s.NumChildren() {
		if c := s.Child(i); c.Lookup(name) != nil || hidden(c, name) {
			return true
		}
	}
	return false
}

func resultName(i int) string { return fmt.Sprintf("resˑ%d", i) }

// resultVar is the source variable of a named result in the output.
func (f *fnc) resultVar(i int) string {
	v := f.res[i]
	if v == nil || v.Name() == "_" {
		return fmt.Sprintf("blankˑ%d", i)
	}
	return f.obj(v, v.Name())
}

const stopCheck = "if stopˑ { __rt.Stop() }\n"

// body writes a function body with its braces.
func (f *fnc) body(c *code, recv *ast.FieldList, t *ast.FuncType, b *ast.BlockStmt) {
	c.s("{\n")
	c.at(b.Pos())
	if !f.leaf(b) {
		c.s(stopCheck)
	}
	for _, fl := range []*ast.FieldList{recv, t.Params} {
		if fl == nil {
			continue
		}
		for _, p := range fl.List {
			for _, id := range p.Names {
				f.box(c, f.l.info.Defs[id])
			}
		}
	}
	for i, v := range f.res {
		tt := f.typ(f.sig.Results().At(i).Type())
		switch {
		case f.boxed(v):
			c.s(f.boxName(v), " := new(", tt, ")\n")
		default:
			c.s("var ", f.resultVar(i), " ", tt, "\n")
		}
	}
	f.deferHead(c)
	f.stmts(c, b.List)
	c.at(b.Rbrace)
	if !endsFlow(b) && f.sig.Results().Len() > 0 {
		// The interpreter wants a return where Go sees that there is no way to the end.
		c.s("panic(\"unreachable\")\n")
	}
	c.s("}")
}

// leaf reports whether a function calls none of the session's, so that it cannot be
// part of an endless recursion. Its loops have checks of their own.
func (f *fnc) leaf(b *ast.BlockStmt) bool {
	calls := false
	ast.Inspect(b, func(n ast.Node) bool {
		e, ok := n.(*ast.CallExpr)
		if !ok || calls {
			return !calls
		}
		fun := ast.Unparen(e.Fun)
		if tv := f.l.info.Types[fun]; !tv.IsType() && !tv.IsBuiltin() && !f.compiled(fun) {
			calls = true
		}
		return !calls
	})
	return !calls
}

// endsFlow reports whether the last statement of a block is a return.
func endsFlow(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	_, ok := b.List[len(b.List)-1].(*ast.ReturnStmt)
	return ok
}

// closureParams writes the parameters through which a literal gets what it
// captures, and returns the arguments for them in f.
func (f *fnc) closureParams(c *code, n ast.Node, extra ...string) (args string, count int) {
	add := func(name, typ, arg string) {
		if count > 0 {
			c.s(", ")
			args += ", "
		}
		count++
		c.s(name, " ", typ)
		args += arg
	}
	if f.cap != nil {
		for _, v := range f.cap.caps[n] {
			t := f.typ(v.Type())
			if f.boxed(v) {
				add(f.boxName(v), "*"+t, f.boxName(v))
			} else {
				add(f.plain(v), t, f.plain(v))
			}
		}
	}
	for i := 0; i+1 < len(extra); i += 2 {
		add(extra[i], extra[i+1], extra[i])
	}
	return args, count
}

// litName names a function literal after the function around it.
func (f *fnc) litName() string {
	base := f.name
	if base == "" {
		base = "func"
	}
	for i, r := range base {
		if r == 'ˑ' {
			base = base[:i]
			break
		}
	}
	return f.tmp(base + "ˑfunc")
}

// funcLit writes a function literal as a value.
func (f *fnc) funcLit(c *code, e *ast.FuncLit) {
	if f.compiledLiteral(c, e) {
		return
	}
	sig := f.sub(f.l.info.TypeOf(e)).(*types.Signature)
	name := f.litName()
	d := &code{}
	d.at(e.Pos())
	if f.cap == nil || len(f.cap.caps[e]) == 0 {
		d.s("func ", name)
		f.literal(d, e, sig, "")
		f.l.decls = append(f.l.decls, d)
		f.funcValue(c, name, sig)
		return
	}
	d.s("func ", name, "(")
	args, _ := f.closureParams(d, e)
	d.s(") func", f.l.signature(sig), " {\nreturn func")
	f.literal(d, e, sig, "")
	d.s("\n}")
	f.l.decls = append(f.l.decls, d)
	c.s(name, "(", args, ")")
}

// literal writes parameters, results and body of a function literal.
func (f *fnc) literal(d *code, e *ast.FuncLit, sig *types.Signature, before string) {
	g := f.child(sig)
	if f.cap != nil && f.cap.defers[e] {
		g.defr = f.tmp("defer")
	}
	d.s("(", before)
	n := 0
	if before != "" {
		n = 1
	}
	g.params(d, e.Type, n)
	d.s(")")
	g.results(d, e.Type)
	d.s(" ")
	g.body(d, nil, e.Type, e.Body)
}

// keepApart gives new names to the variables of a literal's outermost block that
// are named as something it captures: there, that is a parameter.
func (f *fnc) keepApart(e *ast.FuncLit) {
	scope := f.l.info.Scopes[e.Type]
	if f.cap == nil || scope == nil {
		return
	}
	for _, v := range f.cap.caps[e] {
		if o, ok := scope.Lookup(v.Name()).(*types.Var); ok {
			if f.names == nil {
				f.names = map[types.Object]string{}
			}
			f.names[o] = f.tmp(v.Name())
		}
	}
}

// litCall writes the function that a call of a literal calls; the captured
// variables are its first arguments, which it returns.
func (f *fnc) litCall(c *code, e *ast.FuncLit) (args string) {
	sig := f.sub(f.l.info.TypeOf(e)).(*types.Signature)
	name := f.litName()
	d := &code{}
	p := &code{}
	args, _ = f.closureParams(p, e)
	f.keepApart(e)
	d.at(e.Pos())
	d.s("func ", name)
	f.literal(d, e, sig, p.b.String())
	f.l.decls = append(f.l.decls, d)
	c.s(name)
	return args
}

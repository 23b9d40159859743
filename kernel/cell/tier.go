package cell

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"unsafe"

	"descent/kernel/cell/lower"
	"descent/kernel/closure"
)

// Tier makes a session compile functions and loops to closures, where package
// closure can. Env holds what compiled code needs of the interpreter; the functions are
// those of package rt, with the numbers of true types.
type Tier struct {
	Env    closure.Env
	True   func(id int) reflect.Type
	Code   func(t reflect.Type) int
	Match  func(v any, ids ...int) int
	Failed func(v any, id, from int) error
	Lent   func(id int) reflect.Value
}

// SetTier switches the tier on for the cells that follow, or off with nil.
func (c *Compiler) SetTier(t *Tier) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tier = t
}

// Unit is a compiled function or loop of a program.
type Unit struct {
	ID    int          // by which the lowered code calls it
	Name  string       // of the function, "" for a loop
	Types []types.Type // of the variables whose addresses it is given
	Call  func(addresses ...unsafe.Pointer)
}

// Refusal says why a function or loop of a cell is interpreted.
type Refusal struct {
	Cell, Line, Col int
	Name            string // of the function, "" for a loop
	Reason          string
}

// tiering is the compilation of the functions and loops of one cell.
type tiering struct {
	u       *unit
	l       *lower.Lowerer
	env     *closure.Env
	prog    *Program
	funcs   map[*types.Func]*closure.Func
	stubs   map[*types.Func]bool // those that interpreted code calls as well
	refused map[token.Pos]bool
	generic map[*types.Func]*ast.FuncDecl
}

// compileUnits compiles the functions that the cell lowers, as far as possible.
// Generic ones are compiled when something needs an instance.
func (u *unit) compileUnits(l *lower.Lowerer, prog *Program, decls []*ast.FuncDecl, generic map[*types.Func]*ast.FuncDecl) *tiering {
	if u.c.tier == nil {
		return nil
	}
	env := u.c.tier.Env // compiled code keeps it, but not what it was compiled from
	t := &tiering{u: u, l: l, prog: prog, generic: generic, env: &env, funcs: map[*types.Func]*closure.Func{}, stubs: map[*types.Func]bool{}, refused: map[token.Pos]bool{}}
	t.env.Info, t.env.Func, t.env.Var, t.env.True = u.info, t.function, t.variable, t.trueType
	t.env.Method, t.env.Has, t.env.Failed = u.c.compiledMethod(u.c.tier.Code), t.has, t.failed
	g := closure.Generics{Fset: u.c.fset, Pkg: u.pkg, Decl: func(fn *types.Func) *ast.FuncDecl { return generic[fn] }}
	for _, f := range u.checked {
		g.Files = append(g.Files, u.info.Scopes[f])
	}
	t.env.SetGenerics(g)
	u.hold(t.env)
	var list []*ast.FuncDecl
	for _, d := range decls {
		if d.Body != nil && d.Name.Name != "init" {
			list = append(list, d)
		}
	}
	for _, group := range t.groups(list) {
		t.compile(group)
	}
	return t
}

// done lets go of what compiling needed.
func (t *tiering) done() { t.env.Forget() }

// compile compiles functions that call each other.
func (t *tiering) compile(group []*ast.FuncDecl) {
	funcs, refusal := t.try(group)
	if refusal != nil {
		for _, d := range group {
			t.refuse(methodName(t.u.info, d), refusal)
		}
		return
	}
	for i, d := range group {
		fn := t.u.info.Defs[d.Name].(*types.Func)
		t.funcs[fn] = funcs[i]
		t.stubs[fn] = len(group) > 1 || worth(t.u.info, d)
		t.u.nm.d.compiled[t.name(fn)] = funcs[i]
	}
}

// try is Compile of package closure, of which a mistake must not end the cell.
func (t *tiering) try(group []*ast.FuncDecl) (funcs []*closure.Func, refusal *closure.Refusal) {
	defer func() {
		if r := recover(); r != nil {
			funcs, refusal = nil, failed(group[0].Pos(), r)
		}
	}()
	return t.env.Compile(group)
}

// worth reports whether a function is worth a call out of interpreted code: it has a
// loop or calls itself.
func worth(info *types.Info, d *ast.FuncDecl) bool {
	found := false
	ast.Inspect(d.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			found = true
		case *ast.Ident:
			found = found || info.Uses[n] != nil && info.Uses[n] == info.Defs[d.Name]
		}
		return !found
	})
	return found
}

// Func implements lower.Tier.
func (t *tiering) Func(fn *types.Func, args []types.Type) (int, bool) {
	f, stub := t.funcs[fn], t.stubs[fn]
	if d := t.generic[fn]; d != nil && worth(t.u.info, d) {
		f, stub = t.instance(fn, args), true
	}
	if f == nil || !stub {
		return 0, false
	}
	return t.add(f.Name(), f.Types(), f.Call), true
}

// instance returns the compiled form of a generic function, or of a method of a generic
// type, nil if it is refused.
func (t *tiering) instance(fn *types.Func, args []types.Type) *closure.Func {
	f, refusal := t.tryInstance(fn, args)
	if refusal != nil {
		if !t.refused[refusal.Pos] {
			t.refused[refusal.Pos] = true
			t.refuse(methodKey(fn), refusal)
		}
		return nil
	}
	return f
}

func (t *tiering) tryInstance(fn *types.Func, args []types.Type) (f *closure.Func, refusal *closure.Refusal) {
	defer func() {
		if r := recover(); r != nil {
			f, refusal = nil, failed(fn.Pos(), r)
		}
	}()
	return t.env.Instance(fn, args)
}

// Loop implements lower.Tier.
func (t *tiering) Loop(s ast.Stmt, sig *types.Signature) (l lower.CompiledLoop, ok bool) {
	loop, refusal := t.tryLoop(s, sig)
	if refusal != nil {
		t.refuse("", refusal)
		return l, false
	}
	var ts []types.Type
	for _, v := range loop.Vars {
		ts = append(ts, v.Type())
	}
	l = lower.CompiledLoop{Vars: loop.Vars, Exit: loop.Exit, Results: loop.Results, Branches: loop.Branches}
	l.ID = t.add("", ts, loop.Run)
	return l, true
}

func (t *tiering) tryLoop(s ast.Stmt, sig *types.Signature) (loop *closure.Loop, refusal *closure.Refusal) {
	defer func() {
		if r := recover(); r != nil {
			loop, refusal = nil, failed(s.Pos(), r)
		}
	}()
	return t.env.CompileLoop(s, sig)
}

// Literal implements lower.Tier.
func (t *tiering) Literal(e *ast.FuncLit, name string) (id int, vars []*types.Var, ok bool) {
	lit, refusal := t.tryLiteral(e, name)
	if refusal != nil {
		t.refuse("", refusal)
		return 0, nil, false
	}
	var ts []types.Type
	for _, v := range lit.Vars {
		ts = append(ts, v.Type())
	}
	return t.add(lit.Name(), append(ts, t.u.info.TypeOf(e)), lit.Make), lit.Vars, true
}

func (t *tiering) tryLiteral(e *ast.FuncLit, name string) (lit *closure.Literal, refusal *closure.Refusal) {
	defer func() {
		if r := recover(); r != nil {
			lit, refusal = nil, failed(e.Pos(), r)
		}
	}()
	return t.env.CompileLiteral(e, name)
}

func (t *tiering) add(name string, ts []types.Type, call func(...unsafe.Pointer)) int {
	u := Unit{ID: len(t.prog.Units) + 1, Name: name, Types: ts, Call: call}
	t.prog.Units = append(t.prog.Units, u)
	return u.ID
}

// function returns the compiled form of a function of the session.
func (t *tiering) function(fn *types.Func) *closure.Func {
	sig := fn.Type().(*types.Signature)
	if f := t.funcs[fn]; f != nil || fn.Pkg() != t.u.pkg || fn.Origin() != fn || sig.TypeParams().Len()+sig.RecvTypeParams().Len() > 0 {
		return f
	}
	e := t.u.shown[methodKey(fn)]
	if e == nil || t.u.carried[e.key] != nil {
		return nil
	}
	return t.u.c.compiled[e.out]
}

func (t *tiering) name(fn *types.Func) string {
	if fn.Type().(*types.Signature).Recv() != nil {
		return t.u.nm.Method(fn)
	}
	return t.u.nm.Global(fn)
}

// variable returns where the address of a variable of the session will be.
func (t *tiering) variable(v *types.Var) *unsafe.Pointer {
	if v.IsField() {
		return nil
	}
	name := t.u.nm.Global(v)
	if name == "" {
		return nil
	}
	p := t.u.c.addresses[name]
	if p == nil {
		if p = t.u.nm.d.addresses[name]; p == nil {
			p = new(unsafe.Pointer)
			t.u.nm.d.addresses[name] = p
		}
	}
	return p
}

// trueType returns how to get the true type of a type, once it is defined.
func (t *tiering) trueType(x types.Type) func() reflect.Type {
	id, tier := t.l.TrueType(x), t.u.c.tier
	return func() reflect.Type { return tier.True(id) }
}

// has returns what reports whether a value has a type.
func (t *tiering) has(x types.Type) func(v any) bool {
	id, match := t.l.TypeID(x), t.u.c.tier.Match
	return func(v any) bool { return match(v, id) == 0 }
}

func (t *tiering) failed(to, from types.Type) func(v any) error {
	id, other, failed := t.l.TypeID(to), t.l.TypeID(from), t.u.c.tier.Failed
	return func(v any) error { return failed(v, id, other) }
}

// madeMethod names a method of the values that have a type in interfaces: code tells
// which making of the methods, and whether the values are pointers.
type madeMethod struct {
	code int
	name string
}

// Method implements lower.Tier.
func (t *tiering) Method(code int, x types.Type, index []int, fn *types.Func, holder types.Type) {
	f := t.function(fn)
	if args := typeArguments(holder); args != nil {
		f = t.instance(fn.Origin(), args)
	}
	if f != nil {
		t.u.c.methods.Store(madeMethod{code, fn.Name()}, closure.NewMethod(f, x, index))
	}
}

// typeArguments returns those of a type or of what it points to.
func typeArguments(t types.Type) []types.Type {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok && n.TypeArgs().Len() > 0 {
		return slices.Collect(n.TypeArgs().Types())
	}
	return nil
}

// compiledMethod returns what finds the compiled method of the values that have a type
// in interfaces.
func (c *Compiler) compiledMethod(code func(t reflect.Type) int) func(t reflect.Type, name string) *closure.Method {
	return func(t reflect.Type, name string) *closure.Method {
		m, ok := c.methods.Load(madeMethod{code(t), name})
		if !ok {
			return nil
		}
		return m.(*closure.Method)
	}
}

func (t *tiering) refuse(name string, r *closure.Refusal) {
	x := Refusal{Name: name, Reason: r.Reason}
	if src, off, ok := t.u.c.find(r.Pos); ok {
		x.Cell = src.cell
		x.Line, x.Col = src.place(off)
	}
	t.prog.Refusals = append(t.prog.Refusals, x)
}

func failed(pos token.Pos, r any) *closure.Refusal {
	if x, ok := r.(*closure.Refusal); ok {
		return x
	}
	return &closure.Refusal{Pos: pos, Reason: fmt.Sprintf("internal: %v", r)}
}

// methodName names a function for people: "f", or "T.m".
func methodName(info *types.Info, d *ast.FuncDecl) string {
	if fn, ok := info.Defs[d.Name].(*types.Func); ok {
		return methodKey(fn)
	}
	return d.Name.Name
}

// groups sorts functions into groups that call each other, callees first.
func (t *tiering) groups(decls []*ast.FuncDecl) [][]*ast.FuncDecl {
	index := map[types.Object]int{}
	for i, d := range decls {
		index[t.u.info.Defs[d.Name]] = i
	}
	g := newGroups(len(decls), func(i int) []int {
		var r []int
		seen := map[*types.Func]bool{}
		var find func(n ast.Node) bool
		find = func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if fn, ok := t.u.info.Uses[id].(*types.Func); ok {
					fn = fn.Origin()
					if j, ok := index[fn]; ok {
						r = append(r, j)
					} else if d := t.generic[fn]; d != nil && !seen[fn] { // what its instances call
						seen[fn] = true
						ast.Inspect(d.Body, find)
					}
				}
			}
			return true
		}
		ast.Inspect(decls[i].Body, find)
		return r
	})
	r := make([][]*ast.FuncDecl, len(g))
	for i, list := range g {
		for _, j := range list {
			r[i] = append(r[i], decls[j])
		}
	}
	return r
}

// Place decodes a position of the compiler's syntax into cell, line and column.
func (c *Compiler) Place(pos token.Pos) (cell, line, col int, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	src, off, ok := c.find(pos)
	if !ok {
		return 0, 0, 0, false
	}
	line, col = src.place(off)
	return src.cell, line, col, true
}

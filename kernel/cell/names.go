package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"unsafe"

	"descent/kernel/cell/lower"
	"descent/kernel/closure"
)

// delta is what a compiled cell changes in the session.
type delta struct {
	entities  map[string]*entity
	dropped   map[string]*entity
	imports   map[string]string
	dots      map[string]bool
	defined   map[string]bool
	alias     map[*ast.Ident]string
	types     map[string]bool // types with a new generation
	warned    []string
	why       map[string]string
	codes     map[string]int
	lent      map[string]int // numbers by which interpreted functions are lent to compiled code
	functions []Declared

	compiled  map[string]*closure.Func
	addresses map[string]*unsafe.Pointer
}

// names gives the lowering the names of the session.
type names struct {
	u    *unit
	d    *delta
	out  map[string]string // of entities that are new or carried
	vars map[types.Object]string
	init map[types.Object]string
}

func (u *unit) newNames() *names {
	nm := &names{u: u, out: map[string]string{}, vars: map[types.Object]string{}, init: map[types.Object]string{}}
	nm.d = &delta{
		entities: map[string]*entity{}, lent: map[string]int{}, dropped: u.dropped, why: u.why, codes: map[string]int{}, imports: map[string]string{}, dots: map[string]bool{},
		defined: map[string]bool{}, alias: map[*ast.Ident]string{}, types: map[string]bool{},
		compiled: map[string]*closure.Func{}, addresses: map[string]*unsafe.Pointer{},
	}
	for _, is := range u.p.imports {
		path := importPath(is)
		switch {
		case is.Name == nil:
			if pk, err := u.c.imp.Import(path); err == nil {
				nm.d.imports[pk.Name()] = path
			}
		case is.Name.Name == ".":
			nm.d.dots[path] = true
		case is.Name.Name != "_":
			nm.d.imports[is.Name.Name] = path
		}
	}
	return nm
}

// outName returns the output name of a package-level key, a new one if the unit
// declares or carries it.
func (nm *names) outName(key string, isType bool) string {
	if o := nm.out[key]; o != "" {
		return o
	}
	if nm.u.shown[key] != nil && nm.u.carried[key] == nil {
		return nm.u.shown[key].out
	}
	k := strings.ReplaceAll(key, ".", "ˑ")
	switch {
	case isType:
		k += "ˑ"
	case types.Universe.Lookup(k) != nil || k == "main" || k == "unsafe" || k == "init":
		k += "ˑ"
	}
	o := nm.u.c.generation(k)
	nm.out[key] = o
	return o
}

// Global implements lower.Names.
func (nm *names) Global(o types.Object) string {
	if n := nm.vars[o]; n != "" {
		return n
	}
	if o == nil || o.Pkg() == nil || o.Pkg() != nm.u.pkg {
		return ""
	}
	if o.Name() == "init" {
		if fn, ok := o.(*types.Func); ok && fn.Type().(*types.Signature).Recv() == nil {
			if nm.init[o] == "" {
				nm.init[o] = nm.u.c.generation("initˑ")
			}
			return nm.init[o]
		}
	}
	if o.Parent() != nm.u.pkg.Scope() {
		return ""
	}
	if v, ok := o.(*types.Var); ok {
		if e := nm.u.shown[v.Name()]; e != nil {
			return e.out
		}
		return ""
	}
	_, isType := o.(*types.TypeName)
	return nm.outName(o.Name(), isType)
}

// Method implements lower.Names.
func (nm *names) Method(fn *types.Func) string {
	return nm.outName(methodKey(fn), false)
}

func methodKey(fn *types.Func) string {
	r := fn.Type().(*types.Signature).Recv()
	if r == nil {
		return fn.Name()
	}
	t := types.Unalias(r.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Name() + "." + fn.Name()
	}
	return fn.Name()
}

// Import implements lower.Names.
func (nm *names) Import(path string) string { return nm.u.c.alias(path) }

// TypeID implements lower.Names.
func (nm *names) TypeID(key string) (int, bool) {
	c := nm.u.c
	id, ok := c.typeIDs[key]
	if !ok {
		c.nextID++
		id = c.nextID
		c.typeIDs[key] = id
	}
	known := c.defined["type "+key]
	nm.d.defined["type "+key] = true
	return id, known
}

// KnownType implements lower.Names.
func (nm *names) KnownType(key string) (int, bool) {
	return nm.u.c.typeIDs[key], nm.u.c.defined["type "+key]
}

// NewCode implements lower.Names.
func (nm *names) NewCode(key string) int {
	nm.d.codes[key] = nm.Fresh()
	return nm.d.codes[key]
}

// Code implements lower.Names.
func (nm *names) Code(key string) int {
	if n := nm.d.codes[key]; n != 0 {
		return n
	}
	return nm.u.c.codes[key]
}

// Defined implements lower.Names.
func (nm *names) Defined(name string) bool {
	known := nm.u.c.defined[name]
	nm.d.defined[name] = true
	return known
}

// Fresh implements lower.Names.
func (nm *names) Fresh() int {
	nm.u.c.fresh++
	return nm.u.c.fresh
}

// variable gives a variable at the top of the cell its slot: that of the live
// variable of the same name and type, so that functions see the new value, or a
// new one.
func (nm *names) variable(name string, o types.Object, l *lower.Lowerer) {
	key := nm.u.typeKey(o.Type())
	e := nm.u.c.live[name]
	keep := e != nil && e.kind == varKind && e.stale == "" && e.tkey == key
	out := ""
	if keep {
		out = e.out
	} else {
		k := name
		if types.Universe.Lookup(k) != nil || k == "main" || k == "unsafe" || k == "init" {
			k += "ˑ"
		}
		out = nm.u.c.generation(k)
	}
	nm.vars[o] = out
	if !keep {
		l.Var(out, o.Type())
	}
	n := &entity{key: name, kind: varKind, cell: nm.u.p.src.cell, out: out, tkey: key, deps: map[string]bool{}}
	nm.d.entities[name] = n
}

// typeKey identifies a type across checks: types of the session by the names they
// have in the output.
func (u *unit) typeKey(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string { return p.Path() }) + u.generations(t)
}

// finish completes the delta from what was checked.
func (nm *names) finish() {
	u := nm.u
	for name, o := range u.vars() {
		e := nm.d.entities[name]
		e.typ = o.Type()
		e.shown = u.typeText(o.Type())
		if u.mentionsSession(o.Type(), e.deps) {
			e.expr = u.typeExpr(o.Type())
			e.typ = nil
		}
	}
	add := func(key string, k kind, node ast.Node, text string, cell int, group []string) {
		isType := k == typeKind
		e := &entity{key: key, kind: k, node: node, text: text, cell: cell, out: nm.outName(key, isType), group: group}
		nm.d.entities[key] = e
		e.deps, e.alias = u.depsOf(node, nm.d)
		e.info = u.info
		delete(e.deps, key)
		if f, ok := node.(*ast.FuncDecl); ok {
			nm.setCallee(e, f)
		}
		if o := u.pkg.Scope().Lookup(key); o != nil {
			if t := o.Type(); isType {
				e.shown = u.typeText(t.Underlying())
			} else {
				e.shown = u.typeText(t)
			}
		}
		if isType {
			nm.d.types[key] = true
		}
	}
	for k, e := range u.carried {
		add(k, e.kind, e.node, e.text, e.cell, e.group)
	}
	for _, d := range u.p.funcs {
		k := declKey(d)
		if u.same[k] || d.Name.Name == "init" && d.Recv == nil || d.Name.Name == "_" {
			u.depsOf(d, nm.d)
			continue
		}
		kd := funcKind
		if d.Recv != nil {
			kd = methodKind
		}
		add(k, kd, d, u.c.text(d), u.p.src.cell, nil)
	}
	for _, g := range u.p.gens {
		ns := genNames(g)
		if len(ns) == 0 || u.same[ns[0]] {
			continue
		}
		for _, n := range ns {
			if n == "_" {
				continue
			}
			if g.Tok == token.TYPE {
				add(n, typeKind, g, u.c.text(g), u.p.src.cell, nil)
			} else {
				add(n, constKind, g, u.c.text(g), u.p.src.cell, ns)
			}
		}
	}
}

// depsOf returns the live keys that a node uses, and the packages. Package names
// are noted to be replaced by their hidden names on commit.
func (u *unit) depsOf(n ast.Node, d *delta) (deps map[string]bool, alias map[string]string) {
	deps, alias = map[string]bool{}, map[string]string{}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			switch o := u.info.Uses[n].(type) {
			case nil:
			case *types.PkgName:
				path := o.Imported().Path()
				if !strings.Contains(n.Name, "ˑ") {
					alias[n.Name] = path
					d.alias[n] = u.c.alias(path)
				}
			default:
				if o.Pkg() == u.pkg && o.Parent() == u.pkg.Scope() {
					deps[o.Name()] = true
				} else if fn, ok := o.(*types.Func); ok && o.Pkg() == u.pkg && fn.Type().(*types.Signature).Recv() != nil {
					deps[methodKey(fn.Origin())] = true
				}
			}
		}
		return true
	})
	return deps, alias
}

// reregister registers the methods of types that interfaces know already when a
// method of theirs is new.
func (nm *names) reregister(l *lower.Lowerer) {
	u := nm.u
	hit := map[string]bool{}
	for _, d := range u.p.funcs {
		if k := declKey(d); d.Recv != nil && !u.same[k] {
			hit[recvName(d)] = true
		}
	}
	for k, e := range u.carried {
		if e.kind == methodKind {
			hit[ownerOf(k)] = true
		}
	}
	for _, name := range u.pkg.Scope().Names() {
		tn, ok := u.pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || tn.IsAlias() {
			continue
		}
		if n, ok := tn.Type().(*types.Named); ok && n.TypeParams().Len() == 0 && u.embeds(n, hit, map[*types.Named]bool{}) {
			l.Reregister(n)
		}
	}
}

// embeds reports whether a type is one of those named or embeds one.
func (u *unit) embeds(n *types.Named, hit map[string]bool, seen map[*types.Named]bool) bool {
	if seen[n] || n.Obj().Pkg() != u.pkg {
		return false
	}
	seen[n] = true
	if hit[n.Obj().Name()] {
		return true
	}
	st, ok := n.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for i := range st.NumFields() {
		if f := st.Field(i); f.Embedded() {
			t := types.Unalias(f.Type())
			if p, ok := t.(*types.Pointer); ok {
				t = types.Unalias(p.Elem())
			}
			if m, ok := t.(*types.Named); ok && u.embeds(m, hit, seen) {
				return true
			}
		}
	}
	return false
}

package cell

import (
	"fmt"
	"go/ast"
	"go/types"
	"sort"
	"strings"

	"descent/kernel/cell/lower"
)

// Compile checks and lowers a cell. It changes nothing of the session: Commit does,
// after the declarations of the program have been evaluated.
func (c *Compiler) Compile(n int, src string) (prog *Program, diags Diagnostics) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.renameImports()
	c.sweep()
	p, diags := c.parse(n, src, false)
	if diags != nil {
		return nil, diags.habits()
	}
	defer func() {
		if r := recover(); r != nil { // a mistake of this package must not end the session
			prog, diags = nil, Diagnostics{p.src.diagnose(0, 1, fmt.Sprintf("the cell compiler failed: %v", r))}
		}
		if prog == nil {
			c.release(p)
		}
	}()
	if d := c.checkImports(p); d != nil {
		return nil, d
	}
	u := c.newUnit(p)
	u.move()
	u.carry()
	for range 50 {
		u.check()
		mine, theirs := u.sortErrors()
		if len(mine) > 0 {
			return nil, u.hint(mine).tidy()
		}
		if len(theirs) > 0 {
			u.drop(theirs)
			continue
		}
		if !u.carryVars() {
			break
		}
	}
	return u.lower(n)
}

// renameImports gives new hidden names to packages that a program imported which was
// never committed: if its evaluation failed, the interpreter may know the old ones
// and refuse them a second time.
func (c *Compiler) renameImports() {
	if c.pending == nil {
		return
	}
	for k := range c.pending.defined {
		if a, ok := strings.CutPrefix(k, "import "); ok && !c.defined[k] {
			delete(c.aliases, c.byAlias[a])
		}
	}
	c.pending = nil
}

// checkImports reports imports of packages that are not there.
func (c *Compiler) checkImports(p *parsed) Diagnostics {
	var r Diagnostics
	for _, is := range p.imports {
		path := importPath(is)
		if path == "unsafe" {
			continue
		}
		if _, err := c.imp.Import(path); err != nil {
			src, off, _ := c.find(is.Path.Pos())
			d := src.diagnose(off, len(is.Path.Value), missingPackage(path, err))
			d.Hint = packageHint(path)
			r = append(r, d)
		}
	}
	return r.tidy()
}

// missingPackage says that there is no package, with the importer's reason if it has
// one.
func missingPackage(path string, err error) string {
	text := "package " + path + " is not available in cells"
	if reason, ok := strings.CutPrefix(err.Error(), text+": "); ok {
		return text + ": " + reason
	}
	return text
}

// sortErrors separates the errors of the cell from those of declarations that were
// carried along.
func (u *unit) sortErrors() (mine Diagnostics, theirs []types.Error) {
	for _, e := range u.errs {
		if e = u.reword(e); e.Msg == "" {
			continue
		}
		src, off, ok := u.c.find(e.Pos)
		if n := len(mine); ok && n > 0 && strings.HasPrefix(e.Msg, "\t") {
			// The rest of the message before.
			line, col := src.place(off)
			mine[n-1].Msg += fmt.Sprintf("\n\tcell[%d]:%d:%d: %s", src.cell, line, col, UserName(strings.TrimSpace(e.Msg)))
			mine[n-1].Msg = labelTwice.ReplaceAllString(mine[n-1].Msg, "label $1 already defined at $2")
			continue
		}
		if ok && src == u.p.src {
			d, _ := u.c.typeError(e)
			mine = append(mine, d)
			continue
		}
		theirs = append(theirs, e)
	}
	if len(theirs) > 0 && len(u.carried) == 0 {
		// Nothing was carried: the error has no place in a cell.
		for _, e := range theirs {
			d, _ := u.c.typeError(e)
			if d.Cell == 0 {
				d.Cell = u.p.src.cell
			}
			mine = append(mine, d)
		}
		theirs = nil
	}
	return mine, theirs
}

// carry collects the live declarations that depend on what the cell changes.
func (u *unit) carry() {
	changed := map[string]bool{}
	for k := range u.own {
		if e := u.c.live[k]; e != nil && !u.moved[k] {
			changed[k] = true
		} else if e == nil && u.c.imports[k] == "" {
			continue
		}
	}
	for _, f := range u.p.funcs {
		if k := declKey(f); f.Recv != nil && !u.same[k] && u.c.live[k] != nil {
			changed[k] = true
		}
	}
	u.spread(changed)
}

// spread carries everything that depends on the changed keys.
func (u *unit) spread(changed map[string]bool) {
	if len(changed) == 0 {
		return
	}
	for again := true; again; {
		again = false
		for k, e := range u.c.live {
			if changed[k] || u.dropped[k] != nil || e.stale != "" || e.kind == varKind {
				continue
			}
			hit := e.kind == methodKind && changed[ownerOf(k)]
			for d := range e.deps {
				hit = hit || changed[d]
			}
			if hit {
				changed[k], again = true, true
				if !u.own[k] && !(e.kind == methodKind && u.redeclares(k)) {
					u.carried[k] = e
				}
			}
		}
	}
}

// carryVars carries what depends on variables that this cell gives another type.
// It reports whether the unit must be checked again.
func (u *unit) carryVars() bool {
	changed := map[string]bool{}
	for name, o := range u.vars() {
		e := u.c.live[name]
		if e == nil || e.kind == varKind && e.tkey == u.typeKey(o.Type()) {
			continue
		}
		changed[name] = true
	}
	for k := range u.carried {
		delete(changed, k)
	}
	before := len(u.carried)
	u.spread(changed)
	// While functions that use a variable are checked again it must be visible.
	grown := len(u.carried) > before
	if grown {
		for _, e := range u.carried {
			for d := range e.deps {
				if _, ok := u.vars()[d]; ok {
					u.moved[d] = true
				}
			}
		}
		u.moveClosure()
	}
	return grown
}

// moveClosure extends the moved variables to those that their values mention.
func (u *unit) moveClosure() {
	for again := true; again; {
		again = false
		for _, s := range u.p.body.List {
			names, values := topVars(s)
			hit := false
			for _, id := range names {
				hit = hit || u.moved[id.Name]
			}
			if !hit {
				continue
			}
			add := func(n string) {
				if n != "_" && !u.moved[n] {
					u.moved[n] = true
					again = true
				}
			}
			for _, id := range names {
				add(id.Name)
			}
			all := map[string]bool{}
			for n := range u.vars() {
				all[n] = true
			}
			for _, v := range values {
				ast.Inspect(v, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok && all[id.Name] {
						add(id.Name)
					}
					return true
				})
			}
		}
	}
}

// vars returns the variables at the top of the cell.
func (u *unit) vars() map[string]types.Object {
	m := map[string]types.Object{}
	if s := u.info.Scopes[u.bodyFn.Type]; s != nil {
		for _, n := range s.Names() {
			if v, ok := s.Lookup(n).(*types.Var); ok && n != "_" {
				m[n] = v
			}
		}
	}
	for n := range u.moved {
		if v, ok := u.pkg.Scope().Lookup(n).(*types.Var); ok {
			m[n] = v
		}
	}
	return m
}

// drop takes out the carried declarations in which errors lie: they no longer fit.
func (u *unit) drop(errs []types.Error) {
	hit := false
	for _, e := range errs {
		for k, x := range u.carried {
			if x.node.Pos() <= e.Pos && e.Pos < x.node.End() {
				d, _ := u.c.typeError(e)
				u.dropped[k] = x
				u.why[k] = fmt.Sprintf("it no longer compiles: %s", d.Msg)
				if m := undefinedName.FindStringSubmatch(d.Msg); m != nil && u.dropped[m[1]] != nil {
					u.why[k] = "it uses " + m[1] + ", which is stale"
				}
				delete(u.carried, k)
				hit = true
			}
		}
	}
	if !hit { // the place is unknown: nothing carried can be trusted
		for k, x := range u.carried {
			u.dropped[k] = x
			u.why[k] = "it no longer fits what it uses"
			delete(u.carried, k)
		}
	}
}

// lower writes the program.
func (u *unit) lower(n int) (p *Program, diags Diagnostics) {
	c := u.c
	nm := u.newNames()
	u.nm = nm
	defer func() {
		switch r := recover().(type) {
		case nil:
		case lower.Unsupported:
			src, off, ok := c.find(r.Pos)
			if !ok {
				src, off = u.p.src, 0
			}
			p, diags = nil, Diagnostics{src.diagnose(off, 0, r.Msg)}
		default:
			panic(r)
		}
	}()
	funcs := map[*types.Func]*ast.FuncDecl{}
	var emit []*ast.FuncDecl
	each := func(d *ast.FuncDecl, whole bool) {
		fn, ok := u.info.Defs[d.Name].(*types.Func)
		if !ok {
			return
		}
		if isGeneric(d) {
			funcs[fn] = d
			return
		}
		if whole {
			emit = append(emit, d)
		}
	}
	for _, k := range sorted(u.shown) {
		if d, ok := u.shown[k].node.(*ast.FuncDecl); ok {
			each(d, false)
		}
	}
	for _, k := range sorted(u.carried) {
		if d, ok := u.carried[k].node.(*ast.FuncDecl); ok {
			each(d, true)
		}
	}
	for _, d := range u.p.funcs {
		if !u.same[declKey(d)] && d.Name.Name != "_" {
			each(d, true)
		}
	}
	l := lower.New(&lower.Unit{Fset: c.fset, Info: u.info, Pkg: u.pkg, Names: nm, Funcs: funcs})
	for _, is := range u.p.imports {
		l.Import(importPath(is))
	}
	prog := &Program{Cell: n}
	vars := u.vars()
	names := make([]string, 0, len(vars))
	for k := range vars {
		names = append(names, k)
	}
	sort.Strings(names)
	for _, k := range names {
		nm.variable(k, vars[k], l)
	}
	if t := u.compileUnits(l, prog, emit, funcs); t != nil {
		l.SetTier(t)
		defer t.done()
	}
	for _, d := range emit {
		if d.Body != nil {
			l.Func(d)
		}
	}
	var inits []string
	for _, d := range u.inits {
		inits = append(inits, nm.Global(u.info.Defs[d.Name]))
	}
	if len(u.bodyFn.Body.List) > 0 || len(inits) > 0 {
		name := fmt.Sprintf("cellˑ%d", nm.Fresh())
		u.initOrder()
		l.Cell(name, u.bodyFn.Body, inits, u.lead)
		prog.Run = name + "()"
	}
	nm.reregister(l)
	nm.lend(l, emit)
	for _, ch := range l.Finish() {
		prog.Chunks = append(prog.Chunks, fmt.Sprintf("//line :%d:1\n%s", c.line, ch.Text))
		prog.Lines = append(prog.Lines, c.line)
		seg := c.segment(ch)
		c.line = seg.last + 1
		c.chunks = append(c.chunks, seg)
	}
	nm.finish()
	prog.Addresses = nm.d.addresses
	prog.Functions = nm.d.functions
	prog.delta = nm.d
	c.pending = nm.d
	prog.Warnings = u.warnings()
	return prog, nil
}

// segment turns the places of a chunk into offsets of cells.
func (c *Compiler) segment(ch lower.Chunk) segment {
	s := segment{first: c.line, last: c.line}
	for i := range ch.Text {
		if ch.Text[i] == '\n' {
			s.last++
		}
	}
	for _, p := range ch.Places {
		src, off, ok := c.find(p.Pos)
		if !ok && p.Pos.IsValid() {
			continue
		}
		s.places = append(s.places, place{c.line + p.Line - 1, p.Col, src, int32(off)})
	}
	return s
}

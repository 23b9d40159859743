package cell

import (
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// see collects the live declarations that the cell can reach: those whose names it
// mentions, the carried ones, and what these depend on.
func (u *unit) see() {
	u.shown = map[string]*entity{}
	var work []string
	visit := func(k string) {
		e := u.c.live[k]
		if e == nil || u.shown[k] != nil || u.carried[k] != nil || u.dropped[k] != nil || e.stale != "" {
			return
		}
		if e.kind != methodKind && (u.own[k] || u.explict[k] != "") {
			return
		}
		if e.kind == methodKind && u.redeclares(k) {
			return
		}
		u.shown[k] = e
		work = append(work, k)
	}
	for n := range u.names {
		visit(n)
	}
	for _, f := range u.p.funcs { // methods on a live type
		if r := recvName(f); r != "" {
			visit(r)
		}
	}
	for _, e := range u.carried {
		for d := range e.deps {
			visit(d)
		}
		if e.kind == methodKind {
			visit(ownerOf(e.key))
		}
	}
	for len(work) > 0 {
		k := work[len(work)-1]
		work = work[:len(work)-1]
		e := u.c.live[k]
		for d := range e.deps {
			visit(d)
		}
		if e.kind == typeKind {
			for m := range u.c.methodsOf(k) {
				visit(m)
			}
		}
		if e.kind == methodKind {
			visit(ownerOf(k))
		}
		for _, g := range e.group {
			visit(g)
		}
	}
	// Carried types need their live methods too.
	for k, e := range u.carried {
		if e.kind == typeKind {
			for m := range u.c.methodsOf(k) {
				visit(m)
			}
		}
	}
}

func ownerOf(key string) string {
	for i := range len(key) {
		if key[i] == '.' {
			return key[:i]
		}
	}
	return key
}

// methodsOf returns the keys of the live methods of a type.
func (c *Compiler) methodsOf(t string) map[string]bool {
	m := map[string]bool{}
	if e := c.live[t]; e != nil {
		for _, k := range e.group {
			m[k] = true
		}
	}
	return m
}

// redeclares reports whether the cell declares the method itself, or a new type
// that it would belong to.
func (u *unit) redeclares(k string) bool {
	for _, f := range u.p.funcs {
		if declKey(f) == k && !u.same[k] {
			return true
		}
	}
	return false
}

// header is a live function without its body, unless it is generic.
func header(e *entity) ast.Decl {
	d, ok := e.node.(*ast.FuncDecl)
	if !ok {
		return e.node.(*ast.GenDecl)
	}
	if isGeneric(d) {
		return d
	}
	h := *d
	h.Body = nil
	return &h
}

func isGeneric(d *ast.FuncDecl) bool {
	if d.Type.TypeParams != nil {
		return true
	}
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return false
	}
	t := d.Recv.List[0].Type
	if s, ok := t.(*ast.StarExpr); ok {
		t = s.X
	}
	switch t.(type) {
	case *ast.IndexExpr, *ast.IndexListExpr:
		return true
	}
	return false
}

// check runs go/types over the cell and what it can see.
func (u *unit) check() {
	u.errs = u.errs[:0]
	u.body()
	u.see()
	u.pkg = types.NewPackage("main", "main")
	own := &ast.File{Package: u.p.body.Lbrace, Name: &ast.Ident{NamePos: u.p.body.Lbrace, Name: "main"}}
	live := &ast.File{Package: u.p.body.Lbrace, Name: &ast.Ident{NamePos: u.p.body.Lbrace, Name: "main"}}
	u.importsFor(own)
	need := map[string]bool{}
	done := map[ast.Node]bool{}
	addLive := func(e *entity, whole bool) {
		switch {
		case e.kind == varKind && e.expr == nil:
			u.pkg.Scope().Insert(types.NewVar(token.NoPos, u.pkg, e.key, e.typ))
			return
		case e.kind == varKind:
			live.Decls = append(live.Decls, &ast.GenDecl{Tok: token.VAR, Specs: []ast.Spec{&ast.ValueSpec{Names: []*ast.Ident{ast.NewIdent(e.key)}, Type: e.expr}}})
			aliasesIn(e.expr, need)
			return
		}
		if done[e.node] {
			return
		}
		done[e.node] = true
		d := e.node.(ast.Decl)
		if !whole {
			d = header(e)
		}
		d = u.hideOwn(d)
		live.Decls = append(live.Decls, d)
		aliasesIn(d, need)
	}
	for _, k := range sorted(u.shown) {
		addLive(u.shown[k], false)
	}
	for _, k := range sorted(u.carried) {
		addLive(u.carried[k], true)
	}
	u.aliasImports(live, need)
	u.inits = nil
	for _, f := range u.p.funcs {
		if u.same[declKey(f)] && u.carried[declKey(f)] == nil {
			continue
		}
		if u.carried[declKey(f)] != nil && u.same[declKey(f)] {
			continue
		}
		own.Decls = append(own.Decls, f)
		if f.Recv == nil && f.Name.Name == "init" {
			u.inits = append(u.inits, f)
		}
	}
	for _, g := range u.p.gens {
		if ns := genNames(g); len(ns) > 0 && u.same[ns[0]] {
			continue
		}
		own.Decls = append(own.Decls, g)
	}
	own.Decls = append(own.Decls, u.decls...)
	own.Decls = append(own.Decls, u.bodyFn)
	u.info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{},
		Scopes: map[ast.Node]*types.Scope{},
	}
	cfg := &types.Config{Importer: u.c.imp, GoVersion: "go1.26", Error: func(err error) {
		var e types.Error
		if errors.As(err, &e) && !ignored(e.Msg) {
			u.errs = append(u.errs, e)
		}
	}}
	u.checked = []*ast.File{live, own}
	types.NewChecker(cfg, u.c.fset, u.pkg, u.info).Files(u.checked)
}

// ignored reports whether a message of go/types is no error in a cell: what is not
// used may be used by the next one.
func ignored(msg string) bool {
	return msg == "missing function body" || msg == "func missing body" ||
		strings.HasPrefix(msg, "declared and not used") || strings.HasSuffix(msg, "declared and not used") && !strings.HasPrefix(msg, "label ") ||
		strings.Contains(msg, "imported and not used") || strings.Contains(msg, "imported as ") && strings.HasSuffix(msg, "and not used")
}

// hideOwn blanks the names of a live constant declaration that the cell declares
// anew.
func (u *unit) hideOwn(d ast.Decl) ast.Decl {
	g, ok := d.(*ast.GenDecl)
	if !ok || g.Tok != token.CONST {
		return d
	}
	h := *g
	h.Specs = nil
	changed := false
	for _, s := range g.Specs {
		vs := *s.(*ast.ValueSpec)
		vs.Names = append([]*ast.Ident(nil), vs.Names...)
		for i, id := range vs.Names {
			if u.own[id.Name] || u.c.live[id.Name] == nil || u.c.live[id.Name].node != ast.Node(g) {
				vs.Names[i] = &ast.Ident{NamePos: id.NamePos, Name: "_"}
				changed = true
			}
		}
		h.Specs = append(h.Specs, &vs)
	}
	if !changed {
		return d
	}
	return &h
}

// aliasesIn notes the hidden package names that a node mentions.
func aliasesIn(n ast.Node, need map[string]bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && len(id.Name) > 2 {
			need[id.Name] = true
		}
		return true
	})
}

func importSpec(name, path string, pos token.Pos) *ast.ImportSpec {
	s := &ast.ImportSpec{Path: &ast.BasicLit{ValuePos: pos, Kind: token.STRING, Value: strconv.Quote(path)}}
	if name != "" {
		s.Name = &ast.Ident{NamePos: pos, Name: name}
	}
	return s
}

func addImports(f *ast.File, specs []*ast.ImportSpec, pos token.Pos) {
	if len(specs) == 0 {
		return
	}
	g := &ast.GenDecl{Tok: token.IMPORT, TokPos: pos, Lparen: pos, Rparen: pos}
	for _, s := range specs {
		g.Specs = append(g.Specs, s)
	}
	f.Decls = append([]ast.Decl{g}, f.Decls...)
	f.Imports = append(f.Imports, specs...)
}

// importsFor adds to the cell's file its own imports and those of the session that
// it mentions.
func (u *unit) importsFor(f *ast.File) {
	specs := append([]*ast.ImportSpec(nil), u.p.imports...)
	u.imports = map[string]bool{}
	u.implied = map[string]string{}
	dot := map[string]bool{}
	for _, is := range u.p.imports {
		if is.Name != nil && is.Name.Name == "." {
			path, _ := strconv.Unquote(is.Path.Value)
			dot[path] = true
		}
	}
	for n := range u.names {
		if u.own[n] || u.explict[n] != "" {
			continue
		}
		path := u.c.imports[n]
		if path == "" && u.c.live[n] == nil {
			path = u.c.preload[n]
		}
		if path == "" {
			continue
		}
		u.imports[n] = true
		u.implied[n] = path
		specs = append(specs, importSpec(n, path, token.NoPos))
	}
	for path := range u.c.dots {
		if !dot[path] {
			specs = append(specs, importSpec(".", path, token.NoPos))
		}
	}
	addImports(f, specs, f.Package)
}

func (u *unit) aliasImports(f *ast.File, need map[string]bool) {
	var specs []*ast.ImportSpec
	for _, a := range sorted(need) {
		if path := u.c.byAlias[a]; path != "" {
			specs = append(specs, importSpec(a, path, token.NoPos))
		}
	}
	addImports(f, specs, f.Package)
}

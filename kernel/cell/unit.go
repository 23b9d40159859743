package cell

import (
	"cmp"
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// unit is one attempt to check a cell against the session.
type unit struct {
	c       *Compiler
	p       *parsed
	own     map[string]bool    // package-level names that the cell declares
	explict map[string]string  // imports of the cell: name → path
	carried map[string]*entity // live declarations that are checked and lowered again
	dropped map[string]*entity // carried ones that do not fit any more
	why     map[string]string  // the reason
	shown   map[string]*entity // live declarations that the cell can see
	moved   map[string]bool    // variables of the cell that its functions use
	names   map[string]bool    // identifiers of the cell
	same    map[string]bool    // declarations of the cell that are live unchanged

	decls   []ast.Decl // of the cell, moved variables included
	bodyFn  *ast.FuncDecl
	lead    int // statements at the head of bodyFn that declare variables
	inits   []*ast.FuncDecl
	checked []*ast.File
	pkg     *types.Package
	info    *types.Info
	errs    []types.Error
	nm      *names          // while lowering
	imports map[string]bool // session and preloaded names that are in scope
	implied map[string]string
}

func recvName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return ""
	}
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.ParenExpr:
			t = x.X
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// declKey returns the key of a function or method.
func declKey(d *ast.FuncDecl) string {
	if r := recvName(d); r != "" {
		return r + "." + d.Name.Name
	}
	return d.Name.Name
}

// genNames returns the names that a type or constant declaration declares.
func genNames(g *ast.GenDecl) []string {
	var r []string
	for _, s := range g.Specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			r = append(r, s.Name.Name)
		case *ast.ValueSpec:
			for _, id := range s.Names {
				r = append(r, id.Name)
			}
		}
	}
	return r
}

// text returns the source of a node of the cell, for comparison.
func (c *Compiler) text(n ast.Node) string {
	src, from, ok := c.find(n.Pos())
	if !ok {
		return ""
	}
	_, to, _ := c.find(n.End())
	if to > len(src.text) {
		to = len(src.text)
	}
	return strings.TrimSpace(src.text[from:to])
}

func (c *Compiler) newUnit(p *parsed) *unit {
	u := &unit{
		c: c, p: p, own: map[string]bool{}, explict: map[string]string{},
		carried: map[string]*entity{}, dropped: map[string]*entity{}, moved: map[string]bool{},
		same: map[string]bool{}, names: p.names(), why: map[string]string{},
	}
	for _, is := range p.imports {
		path, _ := strconv.Unquote(is.Path.Value)
		name := ""
		if is.Name != nil {
			name = is.Name.Name
		} else if pk, err := c.imp.Import(path); err == nil {
			name = pk.Name()
		}
		if name != "_" && name != "." && name != "" {
			u.explict[name] = path
		}
	}
	u.findSame()
	for _, f := range p.funcs {
		if k := declKey(f); !u.same[k] && f.Recv == nil && f.Name.Name != "init" && f.Name.Name != "_" {
			u.own[k] = true
		}
	}
	for _, g := range p.gens {
		for _, n := range genNames(g) {
			if !u.same[n] && n != "_" {
				u.own[n] = true
			}
		}
	}
	return u
}

// findSame notes the declarations that are live with the same text: running a cell
// again keeps them, and so keeps the values made with them.
func (u *unit) findSame() {
	for _, f := range u.p.funcs {
		k := declKey(f)
		if e := u.c.live[k]; e != nil && e.node != nil && e.stale == "" && f.Name.Name != "init" && e.text == u.c.text(f) && u.sameImports(e, f) {
			u.same[k] = true
		}
	}
	for _, g := range u.p.gens {
		ns := genNames(g)
		ok := len(ns) > 0
		for _, n := range ns {
			e := u.c.live[n]
			ok = ok && (n == "_" || e != nil && e.node != nil && e.stale == "" && sameText(g, e.text, u.c.text(g)) && u.sameImports(e, g))
		}
		if ok {
			for _, n := range ns {
				u.same[n] = true
			}
		}
	}
	// A method goes with its type: a new type has new methods.
	for _, f := range u.p.funcs {
		if r := recvName(f); r != "" && !u.same[r] {
			for _, g := range u.p.gens {
				for _, n := range genNames(g) {
					if n == r {
						delete(u.same, declKey(f))
					}
				}
			}
		}
	}
}

// sameText reports whether two texts of a declaration say the same: of a type, whose
// values should outlive a new comment or the formatting of its cell, in other words
// than blanks and comments.
func sameText(g *ast.GenDecl, a, b string) bool {
	return a == b || g.Tok == token.TYPE && slices.Equal(tokensOf(a), tokensOf(b))
}

func tokensOf(text string) (r []string) {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), []byte(text), nil, 0)
	for {
		_, t, lit := s.Scan()
		switch t {
		case token.EOF:
			return r
		case token.RBRACE, token.RPAREN:
			if n := len(r); n > 0 && (r[n-1] == ";" || r[n-1] == ",") {
				r = r[:n-1]
			}
		case token.SEMICOLON:
			lit = ""
		}
		r = append(r, cmp.Or(lit, t.String()))
	}
}

// sameImports reports whether the package names in a declaration mean now what they
// meant when it was committed.
func (u *unit) sameImports(e *entity, n ast.Node) bool {
	for name, path := range e.alias {
		now := u.explict[name]
		if now == "" {
			now = u.c.imports[name]
		}
		if now == "" && u.c.live[name] == nil {
			now = u.c.preload[name]
		}
		if now != path {
			return false
		}
	}
	return true
}

// move decides which variables at the top of the cell are package-level already
// while the cell is checked: those that its functions and types mention, and those
// that the values of such variables mention.
func (u *unit) move() {
	used := map[string]bool{}
	add := func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			used[id.Name] = true
		}
		return true
	}
	for _, f := range u.p.funcs {
		ast.Inspect(f, add)
	}
	for _, g := range u.p.gens {
		ast.Inspect(g, add)
	}
	u.p.forward(used)
	for again := true; again; {
		again = false
		for _, s := range u.p.body.List {
			names, values := topVars(s)
			hit := false
			for _, id := range names {
				hit = hit || used[id.Name] && id.Name != "_"
			}
			if !hit {
				continue
			}
			for _, id := range names {
				if id.Name != "_" && !u.moved[id.Name] {
					u.moved[id.Name] = true
					used[id.Name] = true
					again = true
				}
			}
			for _, v := range values {
				ast.Inspect(v, add)
			}
		}
	}
}

// topVars returns the variables that a statement declares, and their values.
func topVars(s ast.Stmt) (names []*ast.Ident, values []ast.Expr) {
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			for _, e := range s.Lhs {
				if id, ok := e.(*ast.Ident); ok {
					names = append(names, id)
				}
			}
			return names, s.Rhs
		}
	case *ast.DeclStmt:
		if g := s.Decl.(*ast.GenDecl); g.Tok == token.VAR {
			for _, sp := range g.Specs {
				vs := sp.(*ast.ValueSpec)
				names = append(names, vs.Names...)
				values = append(values, vs.Values...)
				if vs.Type != nil {
					values = append(values, vs.Type)
				}
			}
		}
	case *ast.LabeledStmt:
		return topVars(s.Stmt)
	}
	return names, values
}

// body builds the declarations and the function that holds the statements.
func (u *unit) body() {
	u.decls = nil
	u.lead = 0
	leading := true
	list := make([]ast.Stmt, 0, len(u.p.body.List))
	seen := map[string]bool{}
	for i, s := range u.p.body.List {
		s = u.lastValue(s, i == len(u.p.body.List)-1)
		names, _ := topVars(s)
		moved := false
		for _, id := range names {
			moved = moved || u.moved[id.Name]
		}
		ds, ok := s.(*ast.DeclStmt)
		leading = leading && ok
		if ok && !moved && len(ds.Decl.(*ast.GenDecl).Specs) > 0 && leading {
			u.lead++
		}
		if !moved {
			list = append(list, s)
			continue
		}
		for _, m := range u.moveStmts(s, seen) {
			if leading {
				u.lead++
			}
			list = append(list, m)
		}
	}
	u.bodyFn = &ast.FuncDecl{
		Name: ast.NewIdent("cellˑ"),
		Type: &ast.FuncType{Func: u.p.body.Lbrace, Params: &ast.FieldList{}},
		Body: &ast.BlockStmt{Lbrace: u.p.body.Lbrace, List: list, Rbrace: u.p.body.Rbrace},
	}
}

// moveStmts makes declarations of package-level variables and assignments out of a
// statement that declares variables.
func (u *unit) moveStmts(s ast.Stmt, seen map[string]bool) []ast.Stmt {
	switch s := s.(type) {
	case *ast.LabeledStmt:
		list := u.moveStmts(s.Stmt, seen)
		list[0] = &ast.LabeledStmt{Label: s.Label, Colon: s.Colon, Stmt: list[0]}
		return list
	case *ast.DeclStmt:
		var list []ast.Stmt
		for _, sp := range s.Decl.(*ast.GenDecl).Specs {
			vs := sp.(*ast.ValueSpec)
			u.decls = append(u.decls, &ast.GenDecl{TokPos: vs.Pos(), Tok: token.VAR, Specs: []ast.Spec{vs}})
			for _, id := range vs.Names {
				u.own[id.Name] = true
			}
			list = append(list, u.assignment(vs.Names, vs.Values, vs.Type, vs.Pos())...)
		}
		return list
	case *ast.AssignStmt:
		vs := &ast.ValueSpec{Values: s.Rhs}
		var ids []*ast.Ident
		fresh := false
		for _, e := range s.Lhs {
			id := e.(*ast.Ident)
			ids = append(ids, id)
			n := id
			if id.Name == "_" || seen[id.Name] {
				n = &ast.Ident{NamePos: id.NamePos, Name: "_"}
			} else {
				fresh = true
				seen[id.Name] = true
				u.own[id.Name] = true
			}
			vs.Names = append(vs.Names, n)
		}
		if !fresh {
			u.errs = append(u.errs, types.Error{Fset: u.c.fset, Pos: s.TokPos, Msg: "no new variables on left side of :="})
		} else {
			u.decls = append(u.decls, &ast.GenDecl{TokPos: s.Pos(), Tok: token.VAR, Specs: []ast.Spec{vs}})
		}
		return u.assignment(ids, s.Rhs, nil, s.Pos())
	}
	return []ast.Stmt{s}
}

// leading returns the variable declarations with which the cell begins.
func (p *parsed) leading() []*ast.ValueSpec {
	var r []*ast.ValueSpec
	for _, s := range p.body.List {
		ds, ok := s.(*ast.DeclStmt)
		if !ok {
			break
		}
		for _, sp := range ds.Decl.(*ast.GenDecl).Specs {
			r = append(r, sp.(*ast.ValueSpec))
		}
	}
	return r
}

// forward marks as used the variables at the head of the cell that an earlier one
// mentions: as in a package, their order does not matter.
func (p *parsed) forward(used map[string]bool) {
	later := map[string]bool{}
	specs := p.leading()
	for i := len(specs) - 1; i >= 0; i-- {
		for _, v := range specs[i].Values {
			ast.Inspect(v, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && later[id.Name] {
					used[id.Name] = true
					for _, id := range specs[i].Names {
						used[id.Name] = true
					}
				}
				return true
			})
		}
		for _, id := range specs[i].Names {
			later[id.Name] = true
		}
	}
}

// initOrder puts the assignments at the head of the cell into the order in which a
// package would initialize its variables.
func (u *unit) initOrder() {
	order := map[string]int{}
	for i, in := range u.info.InitOrder {
		for _, v := range in.Lhs {
			order[v.Name()] = i + 1
		}
	}
	rank := func(s ast.Stmt) int {
		if a, ok := s.(*ast.AssignStmt); ok && a.Tok == token.ASSIGN {
			for _, e := range a.Lhs {
				if id, ok := e.(*ast.Ident); ok && order[id.Name] > 0 {
					return order[id.Name]
				}
			}
			return 0
		}
		return len(order) + 1 // not at package level: in place, after the others
	}
	head := u.bodyFn.Body.List[:u.lead]
	sort.SliceStable(head, func(i, j int) bool { return rank(head[i]) < rank(head[j]) })
}

// assignment gives moved variables their values in the order of the statements.
func (u *unit) assignment(ids []*ast.Ident, values []ast.Expr, typ ast.Expr, pos token.Pos) []ast.Stmt {
	if len(values) == 0 {
		var r []ast.Stmt
		for _, id := range ids {
			if id.Name == "_" {
				continue
			}
			zero := &ast.StarExpr{Star: id.Pos(), X: &ast.CallExpr{Fun: &ast.Ident{NamePos: id.Pos(), Name: "new"}, Lparen: id.Pos(), Args: []ast.Expr{typ}, Rparen: id.Pos()}}
			r = append(r, &ast.AssignStmt{Lhs: []ast.Expr{&ast.Ident{NamePos: id.Pos(), Name: id.Name}}, TokPos: id.Pos(), Tok: token.ASSIGN, Rhs: []ast.Expr{zero}})
		}
		return r
	}
	a := &ast.AssignStmt{TokPos: pos, Tok: token.ASSIGN, Rhs: values}
	for _, id := range ids {
		a.Lhs = append(a.Lhs, &ast.Ident{NamePos: id.Pos(), Name: id.Name})
	}
	return []ast.Stmt{a}
}

// lastValue turns a bare expression at the end of the cell into an assignment to
// the blank identifier, which go/types accepts. The lowering shows its value.
func (u *unit) lastValue(s ast.Stmt, last bool) ast.Stmt {
	es, ok := s.(*ast.ExprStmt)
	if !ok || !last {
		return s
	}
	switch x := ast.Unparen(es.X).(type) {
	case *ast.CallExpr:
		if isConversion(x) {
			break
		}
		return s
	case *ast.UnaryExpr:
		if x.Op == token.ARROW {
			return s
		}
	}
	pos := es.X.Pos()
	return &ast.AssignStmt{Lhs: []ast.Expr{&ast.Ident{NamePos: pos, Name: "_"}}, TokPos: pos, Tok: token.ASSIGN, Rhs: []ast.Expr{es.X}}
}

// isConversion reports whether a call may be a conversion or a builtin whose value
// must be used.
func isConversion(x *ast.CallExpr) bool {
	switch f := ast.Unparen(x.Fun).(type) {
	case *ast.Ident:
		switch f.Name {
		case "append", "cap", "complex", "imag", "len", "make", "new", "real", "min", "max":
			return true
		}
		_, isType := types.Universe.Lookup(f.Name).(*types.TypeName)
		return isType
	case *ast.ArrayType, *ast.MapType, *ast.ChanType, *ast.FuncType, *ast.StarExpr, *ast.InterfaceType, *ast.StructType:
		return true
	}
	return false
}

func sorted[V any](m map[string]V) []string {
	r := make([]string, 0, len(m))
	for k := range m {
		r = append(r, k)
	}
	sort.Strings(r)
	return r
}

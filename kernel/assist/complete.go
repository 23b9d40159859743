package assist

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"
	"strings"
)

// Match is one completion.
type Match struct {
	Text      string // what replaces the text from Start to End
	Type      string // JupyterLab's kind: "function", "instance", "class", "module", "keyword", "property", "path", "snippet", "label"
	Signature string // parameters and results, or the type
	rank      int    // smaller is nearer

	unimported bool // the name of a package that has to be imported
}

// Completion is the answer to a request; Start and End are in code points.
type Completion struct {
	Matches    []Match
	Start, End int
}

// Complete lists what may stand at the cursor.
func (a *Assistant) Complete(code string, cursor int) Completion {
	a.mu.Lock()
	defer a.mu.Unlock()
	off := offset(code, cursor)
	src, goes := goCode(code, off)
	if !goes {
		return files(code, lastWord(code, off), off)
	}
	ctx := contextAt(src, off)
	switch ctx.kind {
	case inComment:
		return Completion{Start: points(code, off), End: points(code, off)}
	case inString:
		if ctx.importing {
			return finish(code, ctx.start, off, importPaths(code[ctx.start:off]))
		}
		return files(code, ctx.start, off)
	}
	start, _ := word(src, off)
	c := completer{a: a, code: src, start: start, prefix: src[start:off], ctx: ctx}
	text := src[:start] + cursorName + src[off:]
	c.at(a.check(text, false))
	if e, _ := c.operand(); e == nil && ctx.closers != "" {
		// What follows is lost on the parser: as if the cell ended here.
		text = src[:start] + cursorName + ctx.closers
		c.at(a.check(text, false))
	}
	if c.want != nil {
		// Once more, with the types of what earlier cells have declared.
		c.at(a.check(text, true))
	}
	c.complete()
	done := finish(code, start, off, c.out)
	for _, m := range done.Matches {
		if m.unimported {
			a.offered[m.Text] = true
		}
	}
	for _, name := range c.f.added {
		a.offered[name] = true
	}
	return done
}

// finish sorts the matches and removes what is listed twice.
func finish(code string, start, off int, ms []Match) Completion {
	prefix := code[start:off]
	seen := map[string]bool{}
	kept := ms[:0]
	for _, m := range ms {
		if !seen[m.Text] && strings.HasPrefix(strings.ToLower(m.Text), strings.ToLower(prefix)) && !strings.Contains(m.Text, "ˑ") {
			seen[m.Text] = true
			if !strings.HasPrefix(m.Text, prefix) {
				m.rank += 50 // the wrong case
			}
			kept = append(kept, m)
		}
	}
	sort.SliceStable(kept, func(i, j int) bool {
		if kept[i].rank != kept[j].rank {
			return kept[i].rank < kept[j].rank
		}
		return kept[i].Text < kept[j].Text
	})
	return Completion{Matches: kept, Start: points(code, start), End: points(code, off)}
}

// selector returns the selector expression whose name begins at pos.
func selector(path []ast.Node, pos token.Pos) *ast.SelectorExpr {
	for i := len(path) - 1; i >= 0; i-- {
		if s, ok := path[i].(*ast.SelectorExpr); ok && s.Sel.Pos() == pos {
			return s
		}
	}
	return nil
}

// packageBefore returns the name of a package written as "name." before start.
func packageBefore(code string, start int) (string, bool) {
	if start == 0 || code[start-1] != '.' {
		return "", false
	}
	b, e := word(code, start-1)
	if b == e || b > 0 && code[b-1] == '.' {
		return "", false
	}
	name := code[b:e]
	_, ok := packageNames()[name]
	return name, ok
}

// completer gathers matches at one place.
type completer struct {
	a      *Assistant
	f      found
	code   string
	start  int // of the word at the cursor
	prefix string
	pos    token.Pos // of start
	ctx    context
	want   types.Type // what the place expects, nil for anything
	types  bool       // only a type may stand there
	out    []Match
}

// at moves to the cursor in checked code.
func (c *completer) at(k checked) {
	c.pos = k.Pos(c.start)
	c.f = locate(k, c.pos)
	c.want, c.types = c.expected(), c.typeOnly()
}

// complete looks at what is before the cursor to know what may follow.
func (c *completer) complete() {
	if sel := selector(c.f.path, c.pos); sel != nil {
		c.members(sel)
	} else if p, ok := packageBefore(c.code, c.start); ok {
		// The parser did not get as far as the selector.
		c.packageMembers(p)
	} else if !c.ctx.afterDot() && !c.ctx.afterOperand() && !c.declares() {
		if labels, ok := c.labels(); ok {
			c.out = labels
			return
		}
		c.identifiers()
	}
}

func (c *completer) add(text, kind, sig string, rank int) {
	c.out = append(c.out, Match{Text: text, Type: kind, Signature: sig, rank: rank})
}

// object adds an object; what fits the place comes before everything that does not.
func (c *completer) object(o types.Object, rank int) {
	if c.types && !isType(o) {
		return
	}
	kind, sig := describe(o, c.f.qualifier)
	c.add(o.Name(), kind, sig, rank-c.fit(o))
}

// describe returns JupyterLab's kind of an object and its signature.
func describe(o types.Object, q types.Qualifier) (kind, sig string) {
	switch o := o.(type) {
	case *types.Func:
		return "function", strings.TrimPrefix(types.TypeString(o.Type(), q), "func")
	case *types.Builtin:
		return "function", ""
	case *types.PkgName:
		return "module", o.Imported().Path()
	case *types.TypeName:
		return "class", underlying(o.Type(), q)
	case *types.Var:
		if o.Type() == types.Typ[types.Invalid] {
			return "instance", "" // it is being written
		}
		if o.IsField() {
			return "property", types.TypeString(o.Type(), q)
		}
		if s, ok := o.Type().(*types.Signature); ok {
			return "function", strings.TrimPrefix(types.TypeString(s, q), "func")
		}
		return "instance", types.TypeString(o.Type(), q)
	case *types.Const:
		return "instance", types.TypeString(o.Type(), q) + " = " + o.Val().String()
	case *types.Nil:
		return "keyword", ""
	}
	return "instance", ""
}

// underlying renders the underlying type of a type, without what is inside.
func underlying(t types.Type, q types.Qualifier) string {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		return "struct{…}"
	case *types.Interface:
		return "interface{…}"
	default:
		return types.TypeString(u, q)
	}
}

// members lists what may follow "x.".
func (c *completer) members(sel *ast.SelectorExpr) {
	if id, ok := sel.X.(*ast.Ident); ok {
		switch o := c.f.Info.Uses[id].(type) {
		case *types.PkgName:
			c.scopeOf(o.Imported(), 0)
			return
		case nil:
			if _, known := c.f.Info.Types[sel.X]; !known || c.f.Info.Types[sel.X].Type == types.Typ[types.Invalid] {
				c.packageMembers(id.Name)
				return
			}
		}
	}
	tv := c.f.Info.Types[sel.X]
	if tv.Type == nil {
		return
	}
	c.typeMembers(tv.Type)
}

// packageMembers lists the exported names of a package that is not imported, of
// the likeliest first where several have the name.
func (c *completer) packageMembers(name string) {
	for i, p := range packageNames()[name] {
		pkg, err := c.a.imp.Import(p)
		if err != nil {
			continue
		}
		c.scopeOf(pkg, i)
		c.a.offered[name] = true
	}
}

func (c *completer) scopeOf(pkg *types.Package, rank int) {
	for _, n := range pkg.Scope().Names() {
		if o := pkg.Scope().Lookup(n); o.Exported() {
			c.object(o, rank)
		}
	}
}

// typeMembers lists fields and methods, promoted ones behind.
func (c *completer) typeMembers(t types.Type) {
	visible := func(o types.Object) bool {
		return o.Exported() || o.Pkg() == nil || o.Pkg() == c.f.Pkg || o.Pkg().Path() == "main"
	}
	c.fields(t, 0, map[*types.Named]bool{}, visible)
	mt := t
	if _, ptr := types.Unalias(t).(*types.Pointer); !ptr && !types.IsInterface(t) {
		mt = types.NewPointer(t)
	}
	ms := types.NewMethodSet(mt)
	for i := 0; i < ms.Len(); i++ {
		if o := ms.At(i).Obj(); visible(o) {
			c.object(o, 2*min(len(ms.At(i).Index())-1, 3)+1)
		}
	}
}

func (c *completer) fields(t types.Type, depth int, seen map[*types.Named]bool, visible func(types.Object) bool) {
	if p, ok := types.Unalias(t).Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		if seen[n] {
			return
		}
		seen[n] = true
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i := 0; i < st.NumFields(); i++ {
		v := st.Field(i)
		if visible(v) {
			c.object(v, 2*min(depth, 3))
		}
		if v.Embedded() {
			c.fields(v.Type(), depth+1, seen, visible)
		}
	}
}

// identifiers lists the names in scope, labels of a struct literal first.
func (c *completer) identifiers() {
	c.literalLabels()
	rank := 1
	for sc := c.f.scope(c.pos); sc != nil; sc = sc.Parent() {
		for _, n := range sc.Names() {
			o := sc.Lookup(n)
			if !c.visible(sc, o) {
				continue
			}
			r := rank
			if sc == types.Universe {
				r = 30
			} else if _, isPkg := o.(*types.PkgName); isPkg {
				r = 20
			}
			c.object(o, r)
		}
		if rank < 10 {
			rank++
		}
	}
	c.session()
	for _, k := range keywords(c.ctx, c.types) {
		c.add(k, "keyword", "", 25)
	}
	if c.prefix == "" {
		return
	}
	c.snippets()
	for n, paths := range packageNames() {
		c.out = append(c.out, Match{Text: n, Type: "module", Signature: paths[0], rank: 60, unimported: true})
	}
}

// visible reports whether an object of a scope has been declared before the cursor
// and not by the statement that is being written.
func (c *completer) visible(sc *types.Scope, o types.Object) bool {
	for _, d := range c.declaring() {
		if o.Pos() == d {
			return false
		}
	}
	local := sc != c.f.Pkg.Scope() && sc.Parent() != c.f.Pkg.Scope() && sc.Parent() != types.Universe
	return !local || !o.Pos().IsValid() || !c.pos.IsValid() || o.Pos() <= c.pos
}

// session lists what earlier cells have declared.
func (c *completer) session() {
	for _, v := range c.a.comp.Vars() {
		if v.Stale {
			continue
		}
		if c.f.Pkg.Scope().Lookup(v.Name) != nil || c.types && v.Kind != "type" {
			continue // declared or used by this cell, and listed; or not fit
		}
		kind := map[string]string{"func": "function", "type": "class"}[v.Kind]
		if kind == "" {
			kind = "instance"
		}
		c.add(v.Name, kind, strings.TrimPrefix(v.Type, "func"), 9)
	}
	for _, p := range c.a.preload {
		c.add(p.Name, "module", p.Path, 20)
	}
}

// literalLabels lists the fields that a struct literal at the cursor lacks.
func (c *completer) literalLabels() {
	st, lit, ok := c.literal()
	if !ok {
		return
	}
	taken := map[string]bool{}
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				taken[id.Name] = true
			}
		}
	}
	for i := 0; i < st.NumFields(); i++ {
		v := st.Field(i)
		if !taken[v.Name()] && (v.Exported() || v.Pkg() == c.f.Pkg || v.Pkg().Path() == "main") {
			c.add(v.Name()+": ", "property", types.TypeString(v.Type(), c.f.qualifier), -20)
		}
	}
}

// literal returns the struct whose literal has a key at the cursor.
func (c *completer) literal() (*types.Struct, *ast.CompositeLit, bool) {
	for i := len(c.f.path) - 1; i >= 0; i-- {
		switch n := c.f.path[i].(type) {
		case *ast.Ident, *ast.BadExpr:
			continue
		case *ast.KeyValueExpr:
			if n.Key.Pos() != c.pos {
				return nil, nil, false
			}
		case *ast.CompositeLit:
			t := c.f.Info.TypeOf(n)
			if t == nil {
				return nil, nil, false
			}
			if p, ok := t.Underlying().(*types.Pointer); ok {
				t = p.Elem()
			}
			st, ok := t.Underlying().(*types.Struct)
			return st, n, ok
		default:
			return nil, nil, false
		}
	}
	return nil, nil, false
}

package assist

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"descent/kernel/symbols/typedata"
)

// Match is one completion.
type Match struct {
	Text      string // what replaces the text from Start to End
	Type      string // JupyterLab's kind: "function", "instance", "class", "module", "keyword", "property", "path"
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
	ctx := contextAt(code, off)
	switch ctx.kind {
	case inComment:
		return Completion{Start: points(code, off), End: points(code, off)}
	case inString:
		if ctx.importing {
			return finish(code, ctx.start, off, importPaths(code[ctx.start:off]))
		}
		return files(code, ctx.start, off)
	}
	start, _ := word(code, off)
	prefix := code[start:off]
	k := a.comp.Check(code[:start] + placeholder + code[off:])
	pos := k.Pos(start)
	f := locate(k, pos)
	c := completer{a: a, f: f, pos: pos, prefix: prefix}
	if sel := selector(f.path, pos); sel != nil {
		c.members(sel)
	} else if p, ok := packageBefore(code, start); ok {
		// The parser did not get as far as the selector.
		c.packageMembers(p)
	} else if ctx.afterDot {
		return Completion{Start: points(code, start), End: points(code, off)}
	} else {
		c.identifiers(ctx)
	}
	done := finish(code, start, off, c.out)
	for _, m := range done.Matches {
		if m.unimported {
			a.offered[m.Text] = true
		}
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

type place int

const (
	inCode place = iota
	inString
	inComment
)

// context is what the tokens before the cursor say.
type context struct {
	kind      place
	start     int         // of the text inside the string
	importing bool        // the string is an import path
	afterDot  bool        // a selector is being written
	before    token.Token // last token before the word at the cursor
	atStmt    bool        // a statement may begin here
	topLevel  bool        // outside all brackets
}

func contextAt(code string, off int) context {
	ctx := context{before: token.SEMICOLON, atStmt: true}
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(code))
	var s scanner.Scanner
	s.Init(file, []byte(code), func(token.Position, string) {}, scanner.ScanComments)
	wordStart, _ := word(code, off)
	var stack []token.Token
	importing, group := false, false
	for {
		pos, tok, lit := s.Scan()
		at := file.Offset(pos)
		if tok == token.EOF || at >= off {
			break
		}
		end := at + len(lit)
		switch tok {
		case token.COMMENT:
			if off > at+1 && (off < end || strings.HasPrefix(lit, "//") && off == end || off == end && !strings.HasSuffix(lit, "*/")) {
				ctx.kind = inComment
				return ctx
			}
			continue
		case token.STRING, token.CHAR:
			closed := len(lit) > 1 && lit[len(lit)-1] == lit[0]
			if off > at && (off < end || off == end && !closed) {
				ctx.kind, ctx.start, ctx.importing = inString, at+1, importing || group
				return ctx
			}
		case token.IMPORT:
			importing = true
		case token.LPAREN, token.LBRACK, token.LBRACE:
			if importing && tok == token.LPAREN {
				group = true
			}
			stack = append(stack, tok)
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
			if len(stack) == 0 {
				group = false
			}
		case token.SEMICOLON:
			if !group {
				importing = false
			}
		}
		if tok == token.IDENT && at >= wordStart || tok.IsKeyword() && at >= wordStart {
			break
		}
		ctx.before = tok
	}
	ctx.afterDot = ctx.before == token.PERIOD
	ctx.topLevel = len(stack) == 0
	switch ctx.before {
	case token.SEMICOLON, token.LBRACE, token.RBRACE, token.COLON, token.ELSE, token.CASE:
		ctx.atStmt = true
	default:
		ctx.atStmt = false
	}
	return ctx
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
	pos    token.Pos
	prefix string
	out    []Match
}

func (c *completer) add(text, kind, sig string, rank int) {
	c.out = append(c.out, Match{Text: text, Type: kind, Signature: sig, rank: rank})
}

func (c *completer) object(o types.Object, rank int) {
	kind, sig := describe(o, c.f.qualifier)
	c.add(o.Name(), kind, sig, rank)
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
		return "class", types.TypeString(o.Type().Underlying(), q)
	case *types.Var:
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
func (c *completer) identifiers(ctx context) {
	if st, lit, ok := c.literal(); ok {
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
				c.add(v.Name()+": ", "property", types.TypeString(v.Type(), c.f.qualifier), 0)
			}
		}
	}
	rank := 1
	for sc := c.f.scope(c.pos); sc != nil; sc = sc.Parent() {
		for _, n := range sc.Names() {
			o := sc.Lookup(n)
			if o.Pos().IsValid() && c.pos.IsValid() && o.Pos() > c.pos && sc != c.f.Pkg.Scope() && sc.Parent() != c.f.Pkg.Scope() && sc.Parent() != types.Universe {
				continue // declared further down
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
	for _, v := range c.a.comp.Vars() {
		if !v.Stale {
			kind := map[string]string{"func": "function", "type": "class"}[v.Kind]
			if kind == "" {
				kind = "instance"
			}
			c.add(v.Name, kind, strings.TrimPrefix(v.Type, "func"), 9)
		}
	}
	for _, p := range c.a.preload {
		c.add(p.Name, "module", p.Path, 20)
	}
	for _, k := range keywords(ctx) {
		c.add(k, "keyword", "", 25)
	}
	if c.prefix != "" {
		for n, paths := range packageNames() {
			c.out = append(c.out, Match{Text: n, Type: "module", Signature: paths[0], rank: 60, unimported: true})
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

// keywords returns the keywords that make sense in a context.
func keywords(ctx context) []string {
	if ctx.atStmt {
		return []string{"break", "case", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func", "go", "goto", "if", "import", "return", "select", "switch", "type", "var"}
	}
	switch ctx.before {
	case token.FOR, token.ASSIGN, token.DEFINE:
		return []string{"range", "func", "map", "chan", "struct", "interface"}
	}
	return []string{"func", "map", "chan", "struct", "interface"}
}

// importPaths lists the paths that begin with prefix.
func importPaths(prefix string) []Match {
	var out []Match
	for _, p := range typedata.Paths() {
		if strings.HasPrefix(p, prefix) {
			out = append(out, Match{Text: p, Type: "module"})
		}
	}
	return out
}

// files completes the name of a file in a string.
func files(code string, start, off int) Completion {
	text := code[start:off]
	dir, base := filepath.Split(text)
	from := start + len(dir)
	c := Completion{Start: points(code, from), End: points(code, off)}
	read := dir
	if read == "" {
		read = "."
	}
	if text == "" || strings.ContainsAny(text, "\n%") {
		return c
	}
	entries, err := os.ReadDir(read)
	if err != nil {
		return c
	}
	for _, e := range entries {
		if n := e.Name(); strings.HasPrefix(n, base) && (base != "" || n[0] != '.') {
			if e.IsDir() {
				n += "/"
			}
			c.Matches = append(c.Matches, Match{Text: n, Type: "path"})
		}
	}
	return c
}

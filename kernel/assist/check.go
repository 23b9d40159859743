package assist

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"descent/kernel/cell"
)

// checked is code that has been checked with a text put in, which the writer does
// not see.
type checked struct {
	*cell.Checked
	at, shift int      // where the text is, and its length
	added     []string // names of packages that it imports
}

// Pos returns the position of a byte offset of the code without the text.
func (k checked) Pos(off int) token.Pos {
	if off >= k.at {
		off += k.shift
	}
	return k.Checked.Pos(off)
}

// check checks code. Packages that it uses without an import are imported; with
// names, it is as if it used the variables and functions of earlier cells, so that
// their types are known.
func (a *Assistant) check(code string, names bool) checked {
	k := checked{Checked: a.comp.Check(code)}
	var text strings.Builder
	for _, name := range k.unimported() {
		if p, ok := a.lookup(code, name); ok {
			k.added = append(k.added, name)
			text.WriteString("import " + strconv.Quote(p) + "; ")
		}
	}
	if names {
		text.WriteString(a.uses(k.Pkg))
	}
	if text.Len() > 0 {
		k.at, _ = ImportPlace(code)
		k.shift = text.Len()
		k.Checked = a.comp.Check(code[:k.at] + text.String() + code[k.at:])
	}
	return k
}

// maxUses is how many names of earlier cells are put in; a session with more is
// served without.
const maxUses = 500

// uses returns statements that use the variables and functions of earlier cells,
// but for those that pkg declares or uses itself.
func (a *Assistant) uses(pkg *types.Package) string {
	var b strings.Builder
	n := 0
	for _, v := range a.comp.Vars() {
		generic := v.Kind == "func" && strings.HasPrefix(v.Type, "func[")
		if v.Stale || v.Kind == "type" || generic || pkg.Scope().Lookup(v.Name) != nil {
			continue
		}
		b.WriteString("_ = " + v.Name + "; ")
		if n++; n > maxUses {
			return ""
		}
	}
	return b.String()
}

// unimported lists names that are used like packages and mean nothing.
func (k checked) unimported() []string {
	var out []string
	for _, f := range k.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok || strings.Contains(sel.Sel.Name, cursorName) {
				return true
			}
			id, ok := sel.X.(*ast.Ident)
			if ok && k.Info.Uses[id] == nil && packageNames()[id.Name] != nil && !slices.Contains(out, id.Name) {
				out = append(out, id.Name)
			}
			return true
		})
	}
	return out
}

// lookup returns the path of the package that code means by a name: of several the
// first that has everything the code uses of it.
func (a *Assistant) lookup(code, name string) (path string, ok bool) {
	used := selected(code, name)
	for _, p := range packageNames()[name] {
		if pkg, err := a.imp.Import(p); err == nil && declares(pkg, used) {
			return p, true
		}
	}
	return "", false
}

// declares reports whether pkg exports all names.
func declares(pkg *types.Package, names []string) bool {
	for _, n := range names {
		if o := pkg.Scope().Lookup(n); o == nil || !o.Exported() {
			return false
		}
	}
	return true
}

// selected lists what code selects of a name: ToUpper for strings.ToUpper.
func selected(code, name string) []string {
	fset := token.NewFileSet()
	var s scanner.Scanner
	s.Init(fset.AddFile("", fset.Base(), len(code)), []byte(code), func(token.Position, string) {}, 0)
	var out []string
	var last [3]string // the last tokens, the newest first
	for {
		_, tok, lit := s.Scan()
		if tok == token.EOF {
			return out
		}
		whole := tok == token.IDENT && !strings.Contains(lit, cursorName)
		if whole && last[0] == "." && last[1] == name && last[2] != "." {
			out = append(out, lit)
		}
		if tok != token.IDENT {
			lit = tok.String()
		}
		last[0], last[1], last[2] = lit, last[0], last[1]
	}
}

// ImportPlace returns where in code imports can be added, and the line of it: at
// its first token, or behind a package clause.
func ImportPlace(code string) (at, line int) {
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(code))
	var sc scanner.Scanner
	sc.Init(file, []byte(code), func(token.Position, string) {}, 0)
	pos, tok, _ := sc.Scan()
	if tok == token.PACKAGE {
		for tok != token.SEMICOLON && tok != token.EOF {
			_, tok, _ = sc.Scan()
		}
		pos, tok, _ = sc.Scan()
	}
	if tok == token.EOF {
		return len(code), strings.Count(code, "\n") + 1
	}
	return file.Offset(pos), file.Position(pos).Line
}

package assist

import (
	"go/scanner"
	"go/token"
	"go/types"
)

// offers are the packages that no cell has imported but a completion has named.
type offers map[string]bool

// Missing returns the import path that code means by a name that it has not
// imported, if a completion has offered the package of that name before. Of
// several packages with the name it is the first that has everything the code
// uses of it.
func (a *Assistant) Missing(code, name string) (path string, ok bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.offered[name] {
		return "", false
	}
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
		if tok == token.IDENT && last[0] == "." && last[1] == name && last[2] != "." {
			out = append(out, lit)
		}
		if tok != token.IDENT {
			lit = tok.String()
		}
		last[0], last[1], last[2] = lit, last[0], last[1]
	}
}

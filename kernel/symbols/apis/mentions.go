package apis

import (
	"go/types"
	"sort"
	"strings"
)

// Internal reports whether only its own module may import a package.
func Internal(p string) bool {
	return p == "internal" || strings.HasPrefix(p, "internal/") || strings.Contains(p, "/internal/") || strings.HasSuffix(p, "/internal") || strings.HasPrefix(p, "vendor/")
}

// Walk calls f for every named type that t mentions, not looking into them.
func Walk(t types.Type, seen map[types.Type]bool, f func(*types.TypeName)) {
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		f(t.Obj())
		for i := 0; i < t.TypeArgs().Len(); i++ {
			Walk(t.TypeArgs().At(i), seen, f)
		}
	case *types.Alias:
		if t.Obj().Pkg() != nil && (!t.Obj().Exported() || Internal(t.Obj().Pkg().Path())) {
			f(t.Obj())
			return
		}
		f(t.Obj())
		Walk(types.Unalias(t), seen, f)
	case *types.Pointer:
		Walk(t.Elem(), seen, f)
	case *types.Slice:
		Walk(t.Elem(), seen, f)
	case *types.Array:
		Walk(t.Elem(), seen, f)
	case *types.Chan:
		Walk(t.Elem(), seen, f)
	case *types.Map:
		Walk(t.Key(), seen, f)
		Walk(t.Elem(), seen, f)
	case *types.Signature:
		Walk(t.Params(), seen, f)
		Walk(t.Results(), seen, f)
	case *types.Tuple:
		for i := 0; i < t.Len(); i++ {
			Walk(t.At(i).Type(), seen, f)
		}
	case *types.Struct:
		for i := 0; i < t.NumFields(); i++ {
			Walk(t.Field(i).Type(), seen, f)
		}
	case *types.Interface:
		for i := 0; i < t.NumMethods(); i++ {
			Walk(t.Method(i).Type(), seen, f)
		}
	}
}

// Mentions lists the other packages whose exported types the API of p names.
func Mentions(p *types.Package) []string {
	set := map[string]bool{}
	seen := map[types.Type]bool{}
	note := func(o *types.TypeName) {
		if o.Pkg() != nil && o.Pkg() != p && !Internal(o.Pkg().Path()) {
			set[o.Pkg().Path()] = true
		}
	}
	sc := p.Scope()
	for _, name := range sc.Names() {
		o := sc.Lookup(name)
		if !o.Exported() {
			continue
		}
		Walk(o.Type(), seen, note)
		if tn, ok := o.(*types.TypeName); ok {
			Walk(tn.Type().Underlying(), seen, note)
			if nt, ok := types.Unalias(tn.Type()).(*types.Named); ok {
				for i := 0; i < nt.NumMethods(); i++ {
					if m := nt.Method(i); m.Exported() {
						Walk(m.Type(), seen, note)
					}
				}
			}
		}
	}
	var out []string
	for s := range set {
		if s != "unsafe" && s != "syscall" {
			out = append(out, s)
		}
	}
	sort.Strings(out)
	return out
}

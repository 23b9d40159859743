package cell

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
)

// generations tells types of one name apart by the output names of the session
// types they mention.
func (u *unit) generations(t types.Type) string {
	deps := map[string]bool{}
	u.mentionsSession(t, deps)
	s := ""
	for _, k := range sorted(deps) {
		if e := u.shown[k]; e != nil && u.carried[k] == nil {
			s += " " + e.out
		} else if u.nm != nil {
			s += " " + u.nm.outName(k, true)
		} else {
			s += " " + k + "*"
		}
	}
	return s
}

// mentionsSession reports whether a type mentions types of the session and adds
// their names to deps.
func (u *unit) mentionsSession(t types.Type, deps map[string]bool) bool {
	if a, ok := t.(*types.Alias); ok && a.Obj().Parent() == u.pkg.Scope() {
		deps[a.Obj().Name()] = true // may stand for another type later
	}
	switch t := types.Unalias(t).(type) {
	case *types.Pointer:
		return u.mentionsSession(t.Elem(), deps)
	case *types.Slice:
		return u.mentionsSession(t.Elem(), deps)
	case *types.Array:
		return u.mentionsSession(t.Elem(), deps)
	case *types.Chan:
		return u.mentionsSession(t.Elem(), deps)
	case *types.Map:
		k := u.mentionsSession(t.Key(), deps)
		return u.mentionsSession(t.Elem(), deps) || k
	case *types.Signature:
		p := u.mentionsTuple(t.Params(), deps)
		return u.mentionsTuple(t.Results(), deps) || p
	case *types.Struct:
		r := false
		for i := range t.NumFields() {
			r = u.mentionsSession(t.Field(i).Type(), deps) || r
			r = r || !token.IsExported(t.Field(i).Name()) // fields belong to the package
		}
		return r
	case *types.Interface:
		r := false
		for i := range t.NumExplicitMethods() {
			r = u.mentionsSession(t.ExplicitMethod(i).Type(), deps) || r
		}
		for i := range t.NumEmbeddeds() {
			r = u.mentionsSession(t.EmbeddedType(i), deps) || r
		}
		return r
	case *types.Named:
		r := false
		for i := range t.TypeArgs().Len() {
			r = u.mentionsSession(t.TypeArgs().At(i), deps) || r
		}
		if t.Obj().Pkg() == u.pkg {
			deps[t.Obj().Name()] = true
			return true
		}
		return r
	}
	return false
}

func (u *unit) mentionsTuple(t *types.Tuple, deps map[string]bool) bool {
	r := false
	for i := range t.Len() {
		r = u.mentionsSession(t.At(i).Type(), deps) || r
	}
	return r
}

// typeExpr spells a type with the names of the session and hidden package names.
func (u *unit) typeExpr(t types.Type) ast.Expr {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		if t.Kind() == types.UnsafePointer {
			return &ast.SelectorExpr{X: ast.NewIdent(u.c.alias("unsafe")), Sel: ast.NewIdent("Pointer")}
		}
		return ast.NewIdent(t.Name())
	case *types.Pointer:
		return &ast.StarExpr{X: u.typeExpr(t.Elem())}
	case *types.Slice:
		return &ast.ArrayType{Elt: u.typeExpr(t.Elem())}
	case *types.Array:
		return &ast.ArrayType{Len: &ast.BasicLit{Kind: token.INT, Value: strconv.FormatInt(t.Len(), 10)}, Elt: u.typeExpr(t.Elem())}
	case *types.Chan:
		d := ast.SEND | ast.RECV
		if t.Dir() == types.SendOnly {
			d = ast.SEND
		} else if t.Dir() == types.RecvOnly {
			d = ast.RECV
		}
		return &ast.ChanType{Dir: d, Value: &ast.ParenExpr{X: u.typeExpr(t.Elem())}}
	case *types.Map:
		return &ast.MapType{Key: u.typeExpr(t.Key()), Value: u.typeExpr(t.Elem())}
	case *types.Signature:
		return u.funcExpr(t)
	case *types.Struct:
		st := &ast.StructType{Fields: &ast.FieldList{}}
		for i := range t.NumFields() {
			f := &ast.Field{Type: u.typeExpr(t.Field(i).Type())}
			if !t.Field(i).Embedded() {
				f.Names = []*ast.Ident{ast.NewIdent(t.Field(i).Name())}
			}
			if t.Tag(i) != "" {
				f.Tag = &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(t.Tag(i))}
			}
			st.Fields.List = append(st.Fields.List, f)
		}
		return st
	case *types.Interface:
		it := &ast.InterfaceType{Methods: &ast.FieldList{}}
		for i := range t.NumMethods() {
			m := t.Method(i)
			it.Methods.List = append(it.Methods.List, &ast.Field{Names: []*ast.Ident{ast.NewIdent(m.Name())}, Type: u.funcExpr(m.Type().(*types.Signature))})
		}
		return it
	case *types.Named:
		var x ast.Expr = ast.NewIdent(t.Obj().Name())
		if p := t.Obj().Pkg(); p != nil && p != u.pkg {
			x = &ast.SelectorExpr{X: ast.NewIdent(u.c.alias(p.Path())), Sel: ast.NewIdent(t.Obj().Name())}
		}
		if n := t.TypeArgs().Len(); n > 0 {
			args := make([]ast.Expr, n)
			for i := range args {
				args[i] = u.typeExpr(t.TypeArgs().At(i))
			}
			return &ast.IndexListExpr{X: x, Indices: args}
		}
		return x
	}
	return ast.NewIdent("any")
}

func (u *unit) funcExpr(t *types.Signature) ast.Expr {
	ft := &ast.FuncType{Params: &ast.FieldList{}, Results: &ast.FieldList{}}
	for i := range t.Params().Len() {
		x := u.typeExpr(t.Params().At(i).Type())
		if t.Variadic() && i == t.Params().Len()-1 {
			x = &ast.Ellipsis{Elt: x.(*ast.ArrayType).Elt}
		}
		ft.Params.List = append(ft.Params.List, &ast.Field{Type: x})
	}
	for i := range t.Results().Len() {
		ft.Results.List = append(ft.Results.List, &ast.Field{Type: u.typeExpr(t.Results().At(i).Type())})
	}
	return ft
}

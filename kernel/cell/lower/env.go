package lower

import (
	"go/types"
	"strings"
)

// env binds the type parameters of an instance.
type env struct {
	params []*types.TypeParam
	args   []types.Type
	key    string
}

func (e *env) lookup(p *types.TypeParam) types.Type {
	if e != nil {
		for i, q := range e.params {
			if q == p {
				return e.args[i]
			}
		}
	}
	return nil
}

// sub replaces bound type parameters in t and removes aliases on the way.
func (l *Lowerer) sub(e *env, t types.Type) types.Type {
	t = types.Unalias(t)
	if e == nil {
		return t
	}
	switch t := t.(type) {
	case *types.TypeParam:
		if a := e.lookup(t); a != nil {
			return a
		}
	case *types.Pointer:
		if x := l.sub(e, t.Elem()); x != t.Elem() {
			return types.NewPointer(x)
		}
	case *types.Slice:
		if x := l.sub(e, t.Elem()); x != t.Elem() {
			return types.NewSlice(x)
		}
	case *types.Array:
		if x := l.sub(e, t.Elem()); x != t.Elem() {
			return types.NewArray(x, t.Len())
		}
	case *types.Chan:
		if x := l.sub(e, t.Elem()); x != t.Elem() {
			return types.NewChan(t.Dir(), x)
		}
	case *types.Map:
		k, v := l.sub(e, t.Key()), l.sub(e, t.Elem())
		if k != t.Key() || v != t.Elem() {
			return types.NewMap(k, v)
		}
	case *types.Tuple:
		return l.subTuple(e, t)
	case *types.Signature:
		p, r := l.subTuple(e, t.Params()), l.subTuple(e, t.Results())
		if p != t.Params() || r != t.Results() || t.TypeParams().Len() > 0 || t.RecvTypeParams().Len() > 0 {
			return types.NewSignatureType(nil, nil, nil, p, r, t.Variadic())
		}
	case *types.Struct:
		changed := false
		fs := make([]*types.Var, t.NumFields())
		tags := make([]string, t.NumFields())
		for i := range fs {
			f := t.Field(i)
			x := l.sub(e, f.Type())
			fs[i], tags[i] = f, t.Tag(i)
			if x != f.Type() {
				changed = true
				fs[i] = types.NewField(f.Pos(), f.Pkg(), f.Name(), x, f.Embedded())
			}
		}
		if changed {
			return types.NewStruct(fs, tags)
		}
	case *types.Interface:
		return l.subInterface(e, t)
	case *types.Named:
		return l.subNamed(e, t)
	}
	return t
}

func (l *Lowerer) subTuple(e *env, t *types.Tuple) *types.Tuple {
	if t == nil {
		return nil
	}
	vs := make([]*types.Var, t.Len())
	changed := false
	for i := range vs {
		v := t.At(i)
		x := l.sub(e, v.Type())
		vs[i] = v
		if x != v.Type() {
			changed = true
			vs[i] = types.NewParam(v.Pos(), v.Pkg(), v.Name(), x)
		}
	}
	if !changed {
		return t
	}
	return types.NewTuple(vs...)
}

func (l *Lowerer) subInterface(e *env, t *types.Interface) types.Type {
	changed := false
	var ms []*types.Func
	for i := range t.NumMethods() {
		m := t.Method(i)
		s := l.sub(e, m.Type())
		if s != m.Type() {
			changed = true
			m = types.NewFunc(m.Pos(), m.Pkg(), m.Name(), s.(*types.Signature))
		}
		ms = append(ms, m)
	}
	if !changed {
		return t
	}
	return types.NewInterfaceType(ms, nil).Complete()
}

func (l *Lowerer) subNamed(e *env, t *types.Named) types.Type {
	if n := t.TypeArgs().Len(); n > 0 {
		args := make([]types.Type, n)
		changed := false
		for i := range args {
			args[i] = l.sub(e, t.TypeArgs().At(i))
			changed = changed || args[i] != t.TypeArgs().At(i)
		}
		if !changed {
			return t
		}
		if r, err := types.Instantiate(l.ctxt, t.Origin(), args, false); err == nil {
			return r
		}
		return t
	}
	// A type declared inside a generic function depends on its type parameters.
	if o := t.Obj(); l.isCell(o) && o.Parent() != l.pkg.Scope() && o.Parent() != nil && mentions(t, map[types.Type]bool{}) {
		k := localKey{o, e.key}
		if n := l.locals[k]; n != nil {
			return n
		}
		obj := types.NewTypeName(o.Pos(), o.Pkg(), o.Name(), nil)
		n := types.NewNamed(obj, types.Typ[types.Int], nil)
		l.locals[k] = n
		n.SetUnderlying(l.sub(e, t.Underlying()).Underlying())
		return n
	}
	return t
}

// mentions reports whether t contains a type parameter.
func mentions(t types.Type, seen map[types.Type]bool) bool {
	t = types.Unalias(t)
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.TypeParam:
		return true
	case interface{ Elem() types.Type }:
		if m, ok := t.(*types.Map); ok && mentions(m.Key(), seen) {
			return true
		}
		return mentions(t.Elem(), seen)
	case *types.Tuple:
		for i := range t.Len() {
			if mentions(t.At(i).Type(), seen) {
				return true
			}
		}
	case *types.Signature:
		return mentions(t.Params(), seen) || mentions(t.Results(), seen)
	case *types.Struct:
		for i := range t.NumFields() {
			if mentions(t.Field(i).Type(), seen) {
				return true
			}
		}
	case *types.Interface:
		for i := range t.NumMethods() {
			if mentions(t.Method(i).Type(), seen) {
				return true
			}
		}
	case *types.Named:
		for i := range t.TypeArgs().Len() {
			if mentions(t.TypeArgs().At(i), seen) {
				return true
			}
		}
		if t.Obj().Pkg() != nil && t.TypeArgs().Len() == 0 && t.Obj().Parent() != t.Obj().Pkg().Scope() && t.Obj().Parent() != types.Universe {
			return mentions(t.Underlying(), seen)
		}
	}
	return false
}

// mangle makes an identifier part of a type's key.
func mangle(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '_', r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r > 127:
			b.WriteRune(r)
		case r == '*':
			b.WriteString("ˑp")
		case r == '[':
			b.WriteString("ˑl")
		case r == ']':
			b.WriteString("ˑr")
		case r == ' ', r == ',':
			b.WriteString("ˑ_")
		case r == '.':
			b.WriteString("ˑd")
		default:
			b.WriteString("ˑx")
			const hex = "0123456789abcdef"
			b.WriteByte(hex[r>>4&15])
			b.WriteByte(hex[r&15])
		}
	}
	return b.String()
}

package lower

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"
)

// runtimeName is how the compiler spells a type in the name of an instance.
func runtimeName(b *strings.Builder, t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		b.WriteString(types.Typ[t.Kind()].String()) // byte is uint8
	case *types.Named:
		if p := t.Obj().Pkg(); p != nil {
			b.WriteString(p.Path() + ".")
		}
		b.WriteString(t.Obj().Name())
		for i, a := range each(t.TypeArgs().Len(), t.TypeArgs().At) {
			b.WriteString([]string{"[", ","}[min(i, 1)])
			runtimeName(b, a)
		}
		if t.TypeArgs().Len() > 0 {
			b.WriteByte(']')
		}
	case *types.Pointer:
		b.WriteByte('*')
		runtimeName(b, t.Elem())
	case *types.Slice:
		b.WriteString("[]")
		runtimeName(b, t.Elem())
	case *types.Array:
		fmt.Fprintf(b, "[%d]", t.Len())
		runtimeName(b, t.Elem())
	case *types.Map:
		b.WriteString("map[")
		runtimeName(b, t.Key())
		b.WriteByte(']')
		runtimeName(b, t.Elem())
	case *types.Chan:
		b.WriteString([...]string{types.SendRecv: "chan ", types.SendOnly: "chan<- ", types.RecvOnly: "<-chan "}[t.Dir()])
		if e, ok := types.Unalias(t.Elem()).(*types.Chan); ok && t.Dir() != types.SendOnly && e.Dir() == types.RecvOnly {
			b.WriteByte('(')
			runtimeName(b, e)
			b.WriteByte(')')
			return
		}
		runtimeName(b, t.Elem())
	case *types.Signature:
		b.WriteString("func")
		runtimeSignature(b, t)
	case *types.Struct:
		b.WriteString("struct {")
		for i := range t.NumFields() {
			f := t.Field(i)
			b.WriteString([]string{" ", "; "}[min(i, 1)])
			switch {
			case !f.Embedded() && f.Exported():
				b.WriteString(f.Name() + " ")
			case !f.Embedded():
				b.WriteString(f.Pkg().Path() + "." + f.Name() + " ")
			case instance(f.Type()):
				b.WriteString(f.Name() + " = ")
			}
			runtimeName(b, f.Type())
			if tag := t.Tag(i); tag != "" {
				b.WriteString(" " + strconv.Quote(tag))
			}
		}
		b.WriteString(closing(t.NumFields()))
	case *types.Interface:
		b.WriteString("interface {")
		for i := range t.NumMethods() {
			m := t.Method(i)
			b.WriteString([]string{" ", "; "}[min(i, 1)])
			if !m.Exported() {
				b.WriteString(m.Pkg().Path() + ".")
			}
			b.WriteString(m.Name())
			runtimeSignature(b, m.Signature())
		}
		b.WriteString(closing(t.NumMethods()))
	}
}

// instance reports whether an embedded type is an instance of a generic one.
func instance(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.TypeArgs().Len() > 0
}

// closing ends the braces around n members.
func closing(n int) string {
	if n == 0 {
		return "}"
	}
	return " }"
}

func runtimeSignature(b *strings.Builder, s *types.Signature) {
	b.WriteByte('(')
	for i, p := range each(s.Params().Len(), s.Params().At) {
		if i > 0 {
			b.WriteString(", ")
		}
		t := p.Type()
		if s.Variadic() && i == s.Params().Len()-1 {
			b.WriteString("...")
			t = t.(*types.Slice).Elem()
		}
		runtimeName(b, t)
	}
	b.WriteByte(')')
	switch n := s.Results().Len(); n {
	case 0:
	case 1:
		b.WriteByte(' ')
		runtimeName(b, s.Results().At(0).Type())
	default:
		for i, r := range each(n, s.Results().At) {
			b.WriteString([]string{" (", ", "}[min(i, 1)])
			runtimeName(b, r.Type())
		}
		b.WriteByte(')')
	}
}

// each ranges over the members of a list of go/types.
func each[T any](n int, at func(int) T) func(func(int, T) bool) {
	return func(yield func(int, T) bool) {
		for i := range n {
			if !yield(i, at(i)) {
				return
			}
		}
	}
}

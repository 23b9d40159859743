package lower

import (
	"fmt"
	"go/types"
	"strconv"
	"strings"
)

// id returns the number of the true type of t, defining it (and what it is made
// of) in this chunk if the session does not know it. Methods of cell types are
// registered along with it.
func (l *Lowerer) id(t types.Type) string {
	return strconv.Itoa(l.typeID(types.Unalias(t)))
}

func (l *Lowerer) typeID(t types.Type) int {
	key := l.key(t)
	if id, ok := l.keys[key]; ok {
		return id
	}
	id, known := l.u.Names.TypeID(key)
	l.keys[key] = id
	if known {
		return id
	}
	def := &strings.Builder{}
	if n, ok := t.(*types.Named); ok && l.isCell(n.Obj()) {
		// The name comes before what is underneath, which may mention it.
		fmt.Fprintf(def, "N %s ", strconv.Quote(l.trueName(n)))
		at := len(l.defs)
		l.defs = append(l.defs, "")
		l.encode(def, n.Underlying())
		l.defs[at] = strconv.Itoa(id) + " " + def.String()
		l.registerMethods(n, id)
		return id
	}
	at := len(l.defs)
	l.defs = append(l.defs, "")
	l.encode(def, t)
	l.defs[at] = strconv.Itoa(id) + " " + def.String()
	return id
}

// trueName is the name that %T shows.
func (l *Lowerer) trueName(n *types.Named) string {
	s := types.TypeString(n, func(p *types.Package) string { return p.Path() })
	s = strings.ReplaceAll(s, ", ", ",") // as the compiler writes type arguments
	if p := l.pkg.Path(); !strings.HasPrefix(s, p+".") {
		s = p + "." + s
	}
	return s
}

// encode writes t in the prefix form that __rt.Define reads.
func (l *Lowerer) encode(b *strings.Builder, t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		if t.Kind() == types.UntypedNil {
			b.WriteString("e ")
			return
		}
		b.WriteString("b " + types.Default(t).Underlying().String() + " ")
	case *types.Pointer:
		b.WriteString("p ")
		l.encode(b, t.Elem())
	case *types.Slice:
		b.WriteString("s ")
		l.encode(b, t.Elem())
	case *types.Array:
		fmt.Fprintf(b, "a %d ", t.Len())
		l.encode(b, t.Elem())
	case *types.Map:
		b.WriteString("m ")
		l.encode(b, t.Key())
		l.encode(b, t.Elem())
	case *types.Chan:
		fmt.Fprintf(b, "c %d ", [...]int{types.SendRecv: 3, types.SendOnly: 2, types.RecvOnly: 1}[t.Dir()])
		l.encode(b, t.Elem())
	case *types.Signature:
		v := 0
		if t.Variadic() {
			v = 1
		}
		fmt.Fprintf(b, "f %d %d %d ", t.Params().Len(), t.Results().Len(), v)
		for i := range t.Params().Len() {
			l.encode(b, t.Params().At(i).Type())
		}
		for i := range t.Results().Len() {
			l.encode(b, t.Results().At(i).Type())
		}
	case *types.Struct:
		fmt.Fprintf(b, "t %d ", t.NumFields())
		for i := range t.NumFields() {
			e := 0
			if t.Field(i).Embedded() {
				e = 1
			}
			fmt.Fprintf(b, "%s %s %d ", strconv.Quote(t.Field(i).Name()), strconv.Quote(t.Tag(i)), e)
			l.encode(b, t.Field(i).Type())
		}
	case *types.Interface:
		l.encodeInterface(b, t)
	case *types.Named:
		o := t.Obj()
		switch {
		case o.Pkg() == nil && o.Name() == "error":
			b.WriteString("E ")
		case o.Pkg() == nil:
			l.encode(b, t.Underlying())
		case l.isCell(o):
			fmt.Fprintf(b, "# %d ", l.typeID(t))
		case t.TypeArgs().Len() > 0:
			l.encode(b, t.Underlying())
		default:
			l.pkgName(o.Pkg())
			fmt.Fprintf(b, "n %s %s ", strconv.Quote(o.Pkg().Path()), o.Name())
		}
	}
}

// encodeInterface writes the methods that a cell's interface asks for.
func (l *Lowerer) encodeInterface(b *strings.Builder, t *types.Interface) {
	fmt.Fprintf(b, "i %d ", t.NumMethods())
	for i := range t.NumMethods() {
		m := t.Method(i)
		b.WriteString(strconv.Quote(m.Name()) + " ")
		l.encode(b, m.Type())
	}
}

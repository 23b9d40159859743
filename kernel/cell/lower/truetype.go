package lower

import (
	"fmt"
	"go/types"
	"path"
	"strconv"
	"strings"
)

// id returns the number of the true type of t for a value that goes into an
// interface: the methods of all types that reflection can reach from it are
// registered.
func (l *Lowerer) id(t types.Type) string {
	t = types.Unalias(t)
	l.reach(t)
	return strconv.Itoa(l.typeID(t))
}

// idOnly is id for a type that is only compared with.
func (l *Lowerer) idOnly(t types.Type) string { return strconv.Itoa(l.typeID(types.Unalias(t))) }

// typeID numbers the true type of t, defining it (and what it is made of) in this
// chunk if the session does not know it.
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
	at := len(l.defs)
	l.defs = append(l.defs, "")
	if n, ok := t.(*types.Named); ok && l.isCell(n.Obj()) {
		op := "N"
		if _, ok := n.Underlying().(*types.Struct); !ok && !isInterface(n) && recursive(n) {
			op = "R"
		}
		fmt.Fprintf(def, "%s %s ", op, strconv.Quote(l.trueName(n)))
		l.encodeUnder(def, n.Underlying())
	} else if ok && standIn(n) != "" {
		name := &strings.Builder{}
		runtimeName(name, n)
		o := n.Obj()
		fmt.Fprintf(def, "N %s n %s %s ", strconv.Quote(strings.TrimPrefix(name.String(), path.Dir(o.Pkg().Path())+"/")), strconv.Quote(o.Pkg().Path()), o.Name())
	} else {
		if st, ok := t.(*types.Struct); ok && promotes(st) {
			def.WriteString("N \"\" ") // __rt spells it
		}
		l.encodeUnder(def, t)
	}
	l.defs[at] = strconv.Itoa(id) + " " + def.String()
	return id
}

// reach registers the methods of the cell types that values of t contain.
func (l *Lowerer) reach(t types.Type) {
	t = types.Unalias(t)
	if !l.dual(t) {
		return
	}
	key := "methods " + l.key(t)
	st, ok := t.(*types.Struct)
	borrows := ok && promotes(st)
	if borrows {
		key += l.borrowed(st) // they may be declared anew
	}
	if l.emitted[key] || l.u.Names.Defined(key) {
		return
	}
	l.emitted[key] = true
	if n, ok := t.(*types.Named); ok && l.isCell(n.Obj()) {
		l.registerMethods(n, l.typeID(n))
	}
	if borrows {
		l.registerMethods(st, l.typeID(st))
	}
	switch u := t.Underlying().(type) {
	case *types.Map:
		l.reach(u.Key())
		l.reach(u.Elem())
	case *types.Struct:
		for i := range u.NumFields() {
			l.reach(u.Field(i).Type())
		}
	case interface{ Elem() types.Type }:
		l.reach(u.Elem())
	}
}

// borrowed names the methods that a struct without a name has of what it embeds.
func (l *Lowerer) borrowed(t *types.Struct) string {
	f := &fnc{l: l}
	p := types.NewPointer(t)
	ms := types.NewMethodSet(p)
	var b strings.Builder
	for i := range ms.Len() {
		if fn := ms.At(i).Obj().(*types.Func); f.cellMethod(fn) {
			sel := &selection{kind: types.MethodVal, recv: p, obj: fn, index: ms.At(i).Index(), typ: ms.At(i).Type()}
			b.WriteString(" " + f.methodName(fn, f.holder(sel)))
		}
	}
	return b.String()
}

// trueName is the name that %T shows.
func (l *Lowerer) trueName(n *types.Named) string {
	var b strings.Builder
	runtimeName(&b, n)
	s := b.String()
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
		if ownStruct(t) {
			fmt.Fprintf(b, "# %d ", l.typeID(t))
			return
		}
		l.encodeUnder(b, t)
	case *types.Interface:
		l.encodeInterface(b, t)
	case *types.Named:
		o := t.Obj()
		switch {
		case o.Pkg() == nil && o.Name() == "error":
			b.WriteString("E ")
		case o.Pkg() == nil:
			l.encode(b, t.Underlying())
		case l.isCell(o), standIn(t) != "":
			fmt.Fprintf(b, "# %d ", l.typeID(t))
		case readyInstance(t) != "":
			fmt.Fprintf(b, "n %s Null[%s] ", strconv.Quote(o.Pkg().Path()), readyInstance(t))
		case t.TypeArgs().Len() > 0:
			l.encode(b, t.Underlying())
		default:
			l.pkgName(o.Pkg())
			fmt.Fprintf(b, "n %s %s ", strconv.Quote(o.Pkg().Path()), o.Name())
		}
	}
}

// encodeUnder writes what is underneath a type, or a type without a name.
func (l *Lowerer) encodeUnder(b *strings.Builder, t types.Type) {
	st, ok := types.Unalias(t).(*types.Struct)
	if !ok {
		l.encode(b, t)
		return
	}
	fmt.Fprintf(b, "t %d ", st.NumFields())
	for i := range st.NumFields() {
		e := 0
		if st.Field(i).Embedded() {
			e = 1
		}
		fmt.Fprintf(b, "%s %s %d ", strconv.Quote(st.Field(i).Name()), strconv.Quote(st.Tag(i)), e)
		l.encode(b, st.Field(i).Type())
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

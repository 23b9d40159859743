package lower

import (
	"fmt"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// typ returns the text of a type in the output. Cell types with a struct
// underneath are declared on the way; other cell types are written as what is
// underneath them, since go/types has checked what names were good for.
func (f *fnc) typ(t types.Type) string { return f.l.typ(f.sub(t)) }

func (f *fnc) sub(t types.Type) types.Type { return f.l.sub(f.env, t) }

func (l *Lowerer) typ(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		switch t.Kind() {
		case types.UnsafePointer:
			return "__rt.UnsafePointer"
		case types.UntypedNil:
			return "__rt.Any"
		}
		return types.Default(t).String()
	case *types.Pointer:
		return "*" + l.typ(t.Elem())
	case *types.Slice:
		return "[]" + l.typ(t.Elem())
	case *types.Array:
		return "[" + strconv.FormatInt(t.Len(), 10) + "]" + l.typ(t.Elem())
	case *types.Map:
		return "map[" + l.typ(t.Key()) + "]" + l.typ(t.Elem())
	case *types.Chan:
		switch t.Dir() {
		case types.SendOnly:
			return "chan<- (" + l.typ(t.Elem()) + ")"
		case types.RecvOnly:
			return "<-chan (" + l.typ(t.Elem()) + ")"
		}
		return "chan (" + l.typ(t.Elem()) + ")"
	case *types.Signature:
		return "func" + l.signature(t)
	case *types.Struct:
		return l.structType(t)
	case *types.Interface:
		return "__rt.Any"
	case *types.Named:
		return l.named(t)
	case *types.TypeParam:
		l.refuse(t.Obj().Pos(), "internal: type parameter %s is not bound", t)
	}
	panic(fmt.Sprintf("lower: type %T", t))
}

func (l *Lowerer) signature(t *types.Signature) string {
	var b strings.Builder
	b.WriteString("(")
	for i := range t.Params().Len() {
		if i > 0 {
			b.WriteString(", ")
		}
		p := t.Params().At(i).Type()
		if t.Variadic() && i == t.Params().Len()-1 {
			b.WriteString("..." + l.variadicElem(p))
			continue
		}
		b.WriteString(l.typ(p))
	}
	b.WriteString(")")
	switch t.Results().Len() {
	case 0:
	case 1:
		b.WriteString(" " + l.typ(t.Results().At(0).Type()))
	default:
		b.WriteString(" (")
		for i := range t.Results().Len() {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(l.typ(t.Results().At(i).Type()))
		}
		b.WriteString(")")
	}
	return b.String()
}

func (l *Lowerer) variadicElem(t types.Type) string {
	if s, ok := t.Underlying().(*types.Slice); ok {
		return l.typ(s.Elem())
	}
	return "byte" // append([]byte, string...)
}

func (l *Lowerer) structType(t *types.Struct) string {
	if t.NumFields() == 0 {
		return "struct{}"
	}
	if ownStruct(t) {
		return "__rt.E" + strconv.Itoa(l.typeID(t))
	}
	var b strings.Builder
	b.WriteString("struct{ ")
	for i := range t.NumFields() {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(fieldName(t, i) + " " + l.typ(t.Field(i).Type()))
	}
	b.WriteString(" }")
	return b.String()
}

// ownStruct reports whether a struct without a name is a type that __rt makes: the
// interpreter would rename its fields, or lose its methods.
func ownStruct(t *types.Struct) bool {
	for i := range t.NumFields() {
		if !token.IsExported(t.Field(i).Name()) {
			return true
		}
	}
	return promotes(t)
}

// promotes reports whether a struct without a name has methods of what it embeds.
func promotes(t *types.Struct) bool {
	for i := range t.NumFields() {
		if t.Field(i).Embedded() {
			return types.NewMethodSet(types.NewPointer(t)).Len() > 0
		}
	}
	return false
}

// fieldName is the name of a field in the output: blank fields get one.
func fieldName(t *types.Struct, i int) string {
	if n := t.Field(i).Name(); n != "_" {
		return n
	}
	return fmt.Sprintf("blankˑ%d", i)
}

func (l *Lowerer) named(t *types.Named) string {
	o := t.Obj()
	if o.Pkg() == nil {
		return o.Name() // error
	}
	if !l.isCell(o) {
		if t.TypeArgs().Len() > 0 {
			return l.compiledInstance(t)
		}
		if o.Pkg().Path() == "syscall" && !sharedSyscall[o.Name()] {
			l.refuse(token.NoPos, "syscall.%s differs between systems and cannot be used in cells", o.Name())
		}
		if !o.Exported() { // the output cannot name it, but __rt can
			return "__rt.E" + strconv.Itoa(l.typeID(t))
		}
		return l.pkgName(o.Pkg()) + "." + o.Name()
	}
	u := t.Underlying()
	if _, ok := u.(*types.Interface); ok {
		return "__rt.Any"
	}
	if _, ok := u.(*types.Struct); !ok && !recursive(t) {
		return l.typ(u)
	}
	return "__rt.E" + strconv.Itoa(l.typeID(t))
}

// sharedSyscall holds the types of package syscall that are the same on every system.
var sharedSyscall = map[string]bool{"Conn": true, "Errno": true, "RawConn": true, "Signal": true}

func (l *Lowerer) baseName(t *types.Named) string {
	o := t.Origin().Obj()
	if o.Parent() == l.pkg.Scope() {
		return l.u.Names.Global(o)
	}
	if o.Parent() == o.Pkg().Scope() { // or it would be taken for a type within a function
		panic(fmt.Sprintf("lower: %s is of the check of another cell", o.Name()))
	}
	n := l.localNm[o]
	if n == "" {
		n = fmt.Sprintf("%sˑt%d", o.Name(), l.u.Names.Fresh())
		l.localNm[o] = n
	}
	return n
}

// recursive reports whether a named type that is no struct mentions itself.
func recursive(t *types.Named) bool {
	var find func(x types.Type, depth int) bool
	seen := map[types.Type]bool{}
	find = func(x types.Type, depth int) bool {
		x = types.Unalias(x)
		if x == t && depth > 0 {
			return true
		}
		if seen[x] {
			return false
		}
		seen[x] = true
		switch x := x.(type) {
		case *types.Pointer:
			return find(x.Elem(), depth+1)
		case *types.Slice:
			return find(x.Elem(), depth+1)
		case *types.Array:
			return find(x.Elem(), depth+1)
		case *types.Chan:
			return find(x.Elem(), depth+1)
		case *types.Map:
			return find(x.Key(), depth+1) || find(x.Elem(), depth+1)
		case *types.Signature:
			for i := range x.Params().Len() {
				if find(x.Params().At(i).Type(), depth+1) {
					return true
				}
			}
			for i := range x.Results().Len() {
				if find(x.Results().At(i).Type(), depth+1) {
					return true
				}
			}
		case *types.Struct:
			for i := range x.NumFields() {
				if find(x.Field(i).Type(), depth+1) {
					return true
				}
			}
		case *types.Named:
			if x.Obj().Pkg() != nil && x.Obj().Pkg() == t.Obj().Pkg() {
				if _, ok := x.Underlying().(*types.Struct); ok {
					return false // a struct has a name of its own in the output
				}
				return find(x.Underlying(), depth+1)
			}
		}
		return false
	}
	return find(t.Underlying(), 1)
}

// standIns are the types of __rt that stand for all instances of a generic type of a
// compiled package that has methods.
var standIns = map[string]string{
	"sync/atomic.Pointer": "AtomicPointer",
	"unique.Handle":       "UniqueHandle",
	"weak.Pointer":        "WeakPointer",
}

func standIn(t *types.Named) string {
	if t.Obj().Pkg() == nil || t.TypeArgs().Len() == 0 {
		return ""
	}
	return standIns[t.Obj().Pkg().Path()+"."+t.Obj().Name()]
}

// nulls are the type arguments of sql.Null for which __rt has the instance, with the
// end of its name there.
var nulls = map[string]string{
	"bool":      "Bool",
	"uint8":     "Byte",
	"float32":   "Float32",
	"float64":   "Float64",
	"int":       "Int",
	"int16":     "Int16",
	"int32":     "Int32",
	"int64":     "Int64",
	"string":    "String",
	"time.Time": "Time",
	"[]byte":    "Bytes",
	"any":       "Any",
}

// readyInstance returns the type argument of an instance that is compiled into the
// kernel, "" for any other type.
func readyInstance(t *types.Named) string {
	if t.TypeArgs().Len() != 1 || t.Obj().Name() != "Null" || t.Obj().Pkg().Path() != "database/sql" {
		return ""
	}
	arg := types.TypeString(types.Unalias(t.TypeArgs().At(0)), nil)
	if arg == "[]uint8" {
		arg = "[]byte"
	}
	if nulls[arg] == "" {
		return ""
	}
	return arg
}

// compiledInstance is the stand-in for an instance of a compiled generic type.
func (l *Lowerer) compiledInstance(t *types.Named) string {
	if s := standIn(t); s != "" {
		return "__rt." + s
	}
	if arg := readyInstance(t); arg != "" {
		return "__rt.Null" + nulls[arg]
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return l.typ(t.Underlying())
	}
	if t.NumMethods() > 0 {
		l.refuse(token.NoPos, "%s of this type argument is not compiled into the kernel: use one of the basic types", t.Obj().Pkg().Name()+"."+t.Obj().Name())
	}
	name := mangle(l.key(t))
	if !l.emitted[name] {
		l.emitted[name] = true
		if !l.u.Names.Defined(name) {
			c := &code{}
			l.vars = append(l.vars, c)
			c.s("type ", name, " ", l.typ(st))
		}
	}
	return name
}

// key identifies a type within the session.
func (l *Lowerer) key(t types.Type) string {
	t = l.sub(&env{}, t) // an alias inside must not make it another type
	return types.TypeString(t, func(p *types.Package) string { return p.Path() }) + l.localSuffix(t)
}

// localSuffix tells types of one name apart: those declared inside functions and
// those of different generations.
func (l *Lowerer) localSuffix(t types.Type) string {
	var b strings.Builder
	seen := map[types.Type]bool{}
	l.eachNamed(t, seen, func(n *types.Named) {
		if l.isCell(n.Obj()) {
			b.WriteString("ˑ" + l.baseName(n))
		}
	})
	return b.String()
}

// eachNamed calls f for the named types that the type mentions, type arguments
// included, but not what is underneath them.
func (l *Lowerer) eachNamed(t types.Type, seen map[types.Type]bool, f func(*types.Named)) {
	t = types.Unalias(t)
	switch t := t.(type) {
	case *types.Map:
		l.eachNamed(t.Key(), seen, f)
		l.eachNamed(t.Elem(), seen, f)
	case interface{ Elem() types.Type }:
		l.eachNamed(t.Elem(), seen, f)
	case *types.Signature:
		for i := range t.Params().Len() {
			l.eachNamed(t.Params().At(i).Type(), seen, f)
		}
		for i := range t.Results().Len() {
			l.eachNamed(t.Results().At(i).Type(), seen, f)
		}
	case *types.Struct:
		for i := range t.NumFields() {
			l.eachNamed(t.Field(i).Type(), seen, f)
		}
	case *types.Interface:
		if seen[t] {
			return
		}
		seen[t] = true
		for i := range t.NumMethods() {
			l.eachNamed(t.Method(i).Type(), seen, f)
		}
	case *types.Named:
		f(t)
		for i := range t.TypeArgs().Len() {
			l.eachNamed(t.TypeArgs().At(i), seen, f)
		}
	}
}

// dual reports whether values of t have another type in interfaces than in the
// interpreter: it mentions a type of a cell, or a struct with fields that the
// interpreter renames.
func (l *Lowerer) dual(t types.Type) bool { return l.isDual(t, map[types.Type]bool{}) }

func (l *Lowerer) isDual(t types.Type, seen map[types.Type]bool) bool {
	t = types.Unalias(t)
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Map:
		return l.isDual(t.Key(), seen) || l.isDual(t.Elem(), seen)
	case *types.Named:
		if t.Obj().Pkg() == nil {
			return false
		}
		if l.isCell(t.Obj()) {
			return true
		}
		if t.TypeArgs().Len() > 0 {
			return readyInstance(t) == ""
		}
	case interface{ Elem() types.Type }:
		return l.isDual(t.Elem(), seen)
	case *types.Signature:
		for i := range t.Params().Len() {
			if l.isDual(t.Params().At(i).Type(), seen) {
				return true
			}
		}
		for i := range t.Results().Len() {
			if l.isDual(t.Results().At(i).Type(), seen) {
				return true
			}
		}
	case *types.Struct:
		for i := range t.NumFields() {
			f := t.Field(i)
			if !token.IsExported(f.Name()) || f.Embedded() || t.Tag(i) != "" || l.isDual(f.Type(), seen) {
				return true
			}
		}
	case *types.Interface:
		return t.NumMethods() > 0
	}
	return false
}

// isAny reports whether t is an interface that the output writes as __rt.Any: the
// empty one, and every one that a cell declares.
func (l *Lowerer) isAny(t types.Type) bool {
	t = types.Unalias(t)
	i, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	n, ok := t.(*types.Named)
	if !ok {
		return true
	}
	if n.Obj().Pkg() == nil {
		return i.NumMethods() == 0 // any, but not error
	}
	return l.isCell(n.Obj())
}

// spellable reports whether the output can write a type: it can not if the type
// mentions an unexported type of a compiled package.
func spellable(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Map:
		return spellable(t.Key()) && spellable(t.Elem())
	case *types.Named:
		return t.Obj().Pkg() == nil || t.Obj().Exported() || t.Obj().Pkg().Path() == "main"
	case interface{ Elem() types.Type }:
		return spellable(t.Elem())
	case *types.Signature:
		for i := range t.Params().Len() {
			if !spellable(t.Params().At(i).Type()) {
				return false
			}
		}
		for i := range t.Results().Len() {
			if !spellable(t.Results().At(i).Type()) {
				return false
			}
		}
	}
	return true
}

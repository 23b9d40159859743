package rt

import (
	"fmt"
	"go/token"
	"hash/fnv"
	"reflect"
	"strings"
	"sync"
	"unsafe"
)

// entry is a true type of the session.
type entry struct {
	id      int
	def     *node
	typ     reflect.Type // nil until somebody needs it
	ptr     reflect.Type // pointer to it, of a named type
	etyp    reflect.Type // as the interpreter has it, of a struct or a type that mentions itself
	full    reflect.Type // with methods, of an interface
	methods map[string]*boundMethod
	code    int             // which making of the methods
	pointer map[*rtype]bool // pointers to the type, of all times
	iface   []ifaceMethod   // of an interface type
}

type ifaceMethod struct {
	name string
	sig  *node
}

var (
	typesMu sync.RWMutex
	entries = map[int]*entry{}
	byType  = map[*rtype]*entry{} // named types and pointers to them, of all times
	lookup  func(path, name string) reflect.Type
	structs = map[string]reflect.Type{} // structs without a name that reflect cannot make
)

// SetTypes tells how to find a compiled type by import path and name.
func SetTypes(f func(path, name string) reflect.Type) {
	typesMu.Lock()
	defer typesMu.Unlock()
	lookup = f
}

// Define reads definitions of true types, one a line.
func Define(text string) bool {
	typesMu.Lock()
	defer typesMu.Unlock()
	var fresh []*entry
	for line := range strings.SplitSeq(text, "\n") {
		d := &decoder{line}
		id := d.int()
		e := &entry{id: id, def: d.node()}
		entries[id] = e
		fresh = append(fresh, e)
		u := e.def
		if u.op == 'N' || u.op == 'R' {
			u = u.kids[0]
		}
		if u.op == 'i' {
			for i, f := range u.fields {
				e.iface = append(e.iface, ifaceMethod{f.name, u.kids[i]})
			}
		}
	}
	hook := symbolHook.Load()
	for _, e := range fresh {
		if hook != nil && hasOwnType(e) {
			(*hook)(fmt.Sprintf("E%d", e.id), reflect.Zero(reflect.PointerTo(inner(e))))
		}
	}
	return true
}

// TypeOf returns the true type with a number.
func TypeOf(id int) reflect.Type {
	typesMu.RLock()
	e := entries[id]
	if e != nil && e.typ != nil {
		defer typesMu.RUnlock()
		return e.typ
	}
	typesMu.RUnlock()
	typesMu.Lock()
	defer typesMu.Unlock()
	return typeByID(id)
}

// typeByID returns the true type with a number. The caller holds the lock.
func typeByID(id int) reflect.Type {
	e := entries[id]
	if e == nil {
		panic(fmt.Sprintf("rt: type %d is not defined", id))
	}
	if e.typ == nil {
		if e.def.op == 'N' || e.def.op == 'R' {
			nameType(e)
		} else {
			e.typ = realType(e.def)
		}
	}
	return e.typ
}

var basics = map[string]reflect.Type{}

func init() {
	for _, t := range []reflect.Type{
		reflect.TypeFor[bool](), reflect.TypeFor[string](), reflect.TypeFor[int](), reflect.TypeFor[int8](),
		reflect.TypeFor[int16](), reflect.TypeFor[int32](), reflect.TypeFor[int64](), reflect.TypeFor[uint](),
		reflect.TypeFor[uint8](), reflect.TypeFor[uint16](), reflect.TypeFor[uint32](), reflect.TypeFor[uint64](),
		reflect.TypeFor[uintptr](), reflect.TypeFor[float32](), reflect.TypeFor[float64](),
		reflect.TypeFor[complex64](), reflect.TypeFor[complex128](), reflect.TypeFor[unsafe.Pointer](),
	} {
		basics[t.String()] = t
	}
	basics["byte"], basics["rune"] = basics["uint8"], basics["int32"]
}

var (
	anyType   = reflect.TypeFor[any]()
	errorType = reflect.TypeFor[error]()
)

// real returns the type that a node stands for. Named types that it mentions are
// made on the way; behind pointers they may be unfinished.
func realType(n *node) reflect.Type {
	switch n.op {
	case 'b':
		return basics[n.name]
	case 'n':
		if t := standIns[n.path+"."+n.name]; t != nil {
			return t
		}
		if arg, ok := strings.CutPrefix(n.name, "Null["); ok && n.path == "database/sql" {
			return nulls[strings.TrimSuffix(arg, "]")]
		}
		if lookup != nil {
			if t := lookup(n.path, n.name); t != nil {
				return t
			}
		}
		panic(fmt.Sprintf("the type %s of package %s cannot be used in cells", n.name, n.path))
	case '#':
		return typeByID(n.n)
	case 'p':
		return reflect.PointerTo(realType(n.kids[0]))
	case 's':
		return reflect.SliceOf(realType(n.kids[0]))
	case 'a':
		return reflect.ArrayOf(n.n, realType(n.kids[0]))
	case 'm':
		return reflect.MapOf(realType(n.kids[0]), realType(n.kids[1]))
	case 'c':
		return reflect.ChanOf(reflect.ChanDir(n.n), realType(n.kids[0]))
	case 'f':
		var in, out []reflect.Type
		for i, k := range n.kids {
			if i < n.in {
				in = append(in, realType(k))
			} else {
				out = append(out, realType(k))
			}
		}
		return reflect.FuncOf(in, out, n.variadic)
	case 't':
		return structOf(n)
	case 'E':
		return errorType
	case 'i':
		if len(n.fields) > 0 {
			return emptyInterface(n)
		}
	case 'N', 'R':
		panic("rt: named type inside a type")
	}
	return anyType
}

// shape returns a type with the memory layout of the one that a node stands for,
// which mentions no named type behind a pointer.
func shape(n *node) reflect.Type {
	switch n.op {
	case 'i':
		return anyType
	case '#':
		e := entries[n.n]
		if e.typ != nil {
			return e.typ
		}
		if e.def.op == 'N' || e.def.op == 'R' {
			return shape(e.def.kids[0])
		}
		return shape(e.def)
	case 'p':
		return reflect.TypeFor[*int]()
	case 's':
		return reflect.TypeFor[[]int]()
	case 'm':
		return reflect.TypeFor[map[int]int]()
	case 'c':
		return reflect.TypeFor[chan int]()
	case 'f':
		return reflect.TypeFor[func()]()
	case 'a':
		return reflect.ArrayOf(n.n, shape(n.kids[0]))
	case 't':
		fs := make([]reflect.StructField, len(n.fields))
		for i := range fs {
			fs[i] = reflect.StructField{Name: fmt.Sprintf("F%d", i), Type: shape(n.kids[i])}
		}
		return reflect.StructOf(fs)
	}
	return realType(n)
}

// nameType makes the named type of an entry: a description with the layout of its
// shape first, so that types may mention it, then the rest.
//
//go:nocheckptr
func nameType(e *entry) {
	under := e.def.kids[0]
	if under.op == 'i' {
		nameInterface(e)
		return
	}
	name := e.def.name
	if name == "" { // a struct without a name that has methods
		name = structText(under)
	}
	sh := shape(under)
	size := kindSize(sh.Kind())
	params := uintptr(0)
	if sh.Kind() == reflect.Func {
		params = uintptr(len(under.kids)) * unsafe.Sizeof(uintptr(0))
	}
	p := (*rtype)(block(size + unsafe.Sizeof(uncommon{}) + params + methodRoom(e)))
	*p = *ptrOf(sh)
	p.tflag = p.tflag&^tflagExtraStar | tflagNamed | tflagUncommon
	if e.def.name == "" {
		p.tflag &^= tflagNamed
	}
	p.str = nameOff(name, true)
	p.hash = hashOf(name, e.id)
	p.ptrToThis = 0
	e.typ = toType(p)
	e.ptr = toType(&pointerWith(e, name, methodRoom(e)).rtype)
	p.ptrToThis = addReflectOff(unsafe.Pointer(ptrOf(e.ptr)))
	byType[p], byType[ptrOf(e.ptr)] = e, e
	if e.pointer == nil {
		e.pointer = map[*rtype]bool{}
	}
	e.pointer[ptrOf(e.ptr)] = true

	switch head := *p; sh.Kind() {
	case reflect.Struct:
		st := (*structType)(unsafe.Pointer(p))
		if under.op == 'n' { // a stand-in keeps its fields
			*st = *(*structType)(unsafe.Pointer(ptrOf(sh)))
			st.rtype = head
			break
		}
		st.pkgPath = nameBytes("main", "", false, false)
		st.fields = structFields(under, sh)
	default:
		complete(p, ptrOf(realType(under)), size, params)
	}
	installMethods(e, p, size, params, false)
	installMethods(e, ptrOf(e.ptr), unsafe.Sizeof(ptrType{}), 0, true)
}

// pointerWith makes the pointer to a type that has a name, with so many bytes for its
// methods.
//
//go:nocheckptr
func pointerWith(e *entry, name string, room uintptr) *ptrType {
	p := (*ptrType)(block(unsafe.Sizeof(ptrType{}) + unsafe.Sizeof(uncommon{}) + room))
	p.rtype = *ptrOf(reflect.TypeFor[*int]())
	p.tflag = p.tflag&^(tflagExtraStar|tflagNamed) | tflagUncommon
	p.str = nameOff("*"+name, true)
	p.hash = hashOf("*"+name, e.id)
	p.ptrToThis = 0
	p.elem = ptrOf(e.typ)
	return p
}

func structFields(n *node, sh reflect.Type) []structField {
	fs := make([]structField, len(n.fields))
	for i, f := range n.fields {
		t := realType(n.kids[i])
		fs[i] = structField{
			name:   nameBytes(f.name, f.tag, exported(f.name), f.embedded),
			typ:    ptrOf(t),
			offset: sh.Field(i).Offset,
		}
		keep = append(keep, t)
	}
	keep = append(keep, fs)
	return fs
}

// structOf makes a struct type without a name.
//
//go:nocheckptr
func structOf(n *node) reflect.Type {
	plain := true
	for _, f := range n.fields {
		plain = plain && exported(f.name) && !f.embedded
	}
	if plain {
		fs := make([]reflect.StructField, len(n.fields))
		for i, f := range n.fields {
			fs[i] = reflect.StructField{Name: f.name, Tag: reflect.StructTag(f.tag), Type: realType(n.kids[i])}
		}
		return reflect.StructOf(fs)
	}
	key := ""
	for i, f := range n.fields {
		key += fmt.Sprintf("%s %q %t %p;", f.name, f.tag, f.embedded, ptrOf(realType(n.kids[i])))
	}
	if t := structs[key]; t != nil {
		return t
	}
	sh := shape(n)
	p := (*structType)(block(unsafe.Sizeof(structType{})))
	p.rtype = *ptrOf(sh)
	p.tflag &^= tflagExtraStar | tflagNamed | tflagUncommon
	p.str = nameOff(structText(n), false)
	p.hash = hashOf(key, 0)
	p.ptrToThis = 0
	p.pkgPath = nameBytes("main", "", false, false)
	p.fields = structFields(n, sh)
	t := toType(&p.rtype)
	structs[key] = t
	return t
}

// structText is what %T prints for a struct without a name.
func structText(n *node) string {
	var b strings.Builder
	b.WriteString("struct {")
	for i, f := range n.fields {
		if i > 0 {
			b.WriteString(";")
		}
		if !f.embedded {
			b.WriteString(" " + f.name)
		}
		b.WriteString(" " + realType(n.kids[i]).String())
		if f.tag != "" {
			fmt.Fprintf(&b, " %q", f.tag)
		}
	}
	b.WriteString(" }")
	return b.String()
}

func exported(name string) bool { return token.IsExported(name) }

func hashOf(s string, id int) uint32 {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s/%d", s, id)
	return h.Sum32()
}

//go:nocheckptr
func copyBytes(to, from unsafe.Pointer, n uintptr) {
	copy(unsafe.Slice((*byte)(to), n), unsafe.Slice((*byte)(from), n))
}

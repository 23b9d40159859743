package rt

import (
	"fmt"
	"reflect"
	"unsafe"
)

// I gives a value of the interpreter its true type on the way into an interface.
//
//go:nocheckptr
func I(v any, id int) any {
	if v == nil {
		return nilOf(TypeOf(id))
	}
	(*eface)(unsafe.Pointer(&v)).typ = ptrOf(TypeOf(id))
	return v
}

// nilOf is the zero value of a type whose nil the interpreter passes without one.
func nilOf(t reflect.Type) any { return reflect.Zero(t).Interface() }

// entryOf returns the entry of a named true type, or of a pointer to one.
func entryOf(t *rtype) *entry {
	typesMu.RLock()
	defer typesMu.RUnlock()
	return byType[t]
}

// is reports whether v has the true type id. A value of an earlier making of the
// same type has it.
func is(v any, id int) bool {
	t := TypeOf(id)
	p := typeOf(v)
	if p == ptrOf(t) {
		return true
	}
	return p != nil && sameMaking(toType(p), t, 0)
}

// sameMaking reports whether two types differ only in when their named types were
// made.
func sameMaking(a, b reflect.Type, depth int) bool {
	if a == b {
		return true
	}
	if a.Kind() != b.Kind() || depth > 20 {
		return false
	}
	if ea := entryOf(ptrOf(a)); ea != nil {
		eb := entryOf(ptrOf(b))
		return eb != nil && ea.id == eb.id && a.String() == b.String()
	}
	if a.Name() != "" || b.Name() != "" {
		return false
	}
	switch a.Kind() {
	case reflect.Pointer, reflect.Slice:
		return sameMaking(a.Elem(), b.Elem(), depth+1)
	case reflect.Array:
		return a.Len() == b.Len() && sameMaking(a.Elem(), b.Elem(), depth+1)
	case reflect.Chan:
		return a.ChanDir() == b.ChanDir() && sameMaking(a.Elem(), b.Elem(), depth+1)
	case reflect.Map:
		return sameMaking(a.Key(), b.Key(), depth+1) && sameMaking(a.Elem(), b.Elem(), depth+1)
	case reflect.Func:
		if a.NumIn() != b.NumIn() || a.NumOut() != b.NumOut() || a.IsVariadic() != b.IsVariadic() {
			return false
		}
		for i := range a.NumIn() {
			if !sameMaking(a.In(i), b.In(i), depth+1) {
				return false
			}
		}
		for i := range a.NumOut() {
			if !sameMaking(a.Out(i), b.Out(i), depth+1) {
				return false
			}
		}
		return true
	case reflect.Struct:
		if a.NumField() != b.NumField() {
			return false
		}
		for i := range a.NumField() {
			fa, fb := a.Field(i), b.Field(i)
			if fa.Name != fb.Name || fa.Tag != fb.Tag || fa.Anonymous != fb.Anonymous || !sameMaking(fa.Type, fb.Type, depth+1) {
				return false
			}
		}
		return true
	}
	return false
}

// AssertOK stores the value of an interface at p, a pointer of the interpreter, if
// its true type is id.
func AssertOK(v any, id int, p any) bool {
	if v == nil || !is(v, id) {
		return false
	}
	store(v, p)
	return true
}

// store copies the value of v, whose type has the layout of what p points to.
//
//go:nocheckptr
func store(v, p any) {
	to := reflect.ValueOf(p).Elem()
	ev := (*eface)(unsafe.Pointer(&v))
	ev.typ = ptrOf(to.Type())
	to.Set(reflect.ValueOf(v))
}

// Assert is AssertOK that panics as a failed assertion does. from is the type of
// the interface.
func Assert(v any, id int, p any, from int) {
	if !AssertOK(v, id, p) {
		panic(conversionError(v, id, from))
	}
}

// AssertIOK reports whether a value implements an interface of a cell.
func AssertIOK(v any, id int) (any, bool) {
	if v == nil {
		return nil, false
	}
	if missing(v, id) != "" {
		return nil, false
	}
	return v, true
}

// AssertI is AssertIOK that panics.
func AssertI(v any, id int) any {
	if v == nil || missing(v, id) != "" {
		panic(interfaceError(v, id))
	}
	return v
}

func interfaceError(v any, id int) error {
	if v == nil {
		return assertionError(nil, nil, TypeOf(id), "")
	}
	return assertionError(v, nil, TypeOf(id), missing(v, id))
}

// missing returns the first method of an interface of a cell that v lacks.
func missing(v any, id int) string {
	typesMu.RLock()
	e := entries[id]
	typesMu.RUnlock()
	t := reflect.TypeOf(v)
	own := entryOf(typeOf(v))
	for _, m := range e.iface {
		if own != nil {
			typesMu.RLock()
			b := own.methods[m.name]
			typesMu.RUnlock()
			if b == nil || !b.onValue && t.Kind() != reflect.Pointer {
				return m.name
			}
			typesMu.Lock()
			same := sameMakingLocked(typeByID(b.sig), realType(m.sig))
			typesMu.Unlock()
			if !same {
				return m.name
			}
			continue
		}
		rm, ok := t.MethodByName(m.name)
		if !ok {
			return m.name
		}
		typesMu.Lock()
		want := realType(m.sig)
		typesMu.Unlock()
		if !sameSignature(rm.Type, want) {
			return m.name
		}
	}
	return ""
}

func sameMakingLocked(a, b reflect.Type) bool { return a == b || a.String() == b.String() }

// sameSignature compares a method's type, receiver first, with a signature.
func sameSignature(m, want reflect.Type) bool {
	if m.NumIn()-1 != want.NumIn() || m.NumOut() != want.NumOut() || m.IsVariadic() != want.IsVariadic() {
		return false
	}
	for i := range want.NumIn() {
		if m.In(i+1) != want.In(i) {
			return false
		}
	}
	for i := range want.NumOut() {
		if m.Out(i) != want.Out(i) {
			return false
		}
	}
	return true
}

// Match returns the index of the first of the types that v has, or -1. Type 0 is
// that of nil.
func Match(v any, ids ...int) int {
	for i, id := range ids {
		if id == 0 {
			if v == nil {
				return i
			}
			continue
		}
		if v == nil {
			continue
		}
		typesMu.RLock()
		e := entries[id]
		typesMu.RUnlock()
		switch u := underOf(e.def); u.op {
		case 'i':
			if missing(v, id) == "" {
				return i
			}
		case 'e':
			return i
		case 'E', 'n':
			t := TypeOf(id)
			if t.Kind() == reflect.Interface {
				if reflect.TypeOf(v).Implements(t) {
					return i
				}
				continue
			}
			if reflect.TypeOf(v) == t {
				return i
			}
		default:
			if is(v, id) {
				return i
			}
		}
	}
	return -1
}

func underOf(n *node) *node {
	if n.op == 'N' || n.op == 'R' {
		return n.kids[0]
	}
	return n
}

// Code tells which type a value has for a dispatcher: twice the number of the
// present making of its methods, one more if it is a pointer; 0 for a type that is
// none of the session's.
func Code(v any) int { return codeOf(typeOf(v)) }

// CodeOf is Code for the values of a type.
func CodeOf(t reflect.Type) int { return codeOf(ptrOf(t)) }

func codeOf(t *rtype) int {
	if t == nil {
		return 0
	}
	typesMu.RLock()
	defer typesMu.RUnlock()
	e := byType[t]
	if e == nil {
		return 0
	}
	if e.pointer[t] {
		return 2*e.code + 1
	}
	return 2 * e.code
}

// Get stores the value of an interface at p, whose type has the same layout.
func Get(v, p any) { store(v, p) }

// Method returns the method of an interface value as a function of the
// interpreter, or of the compiled type.
func Method(v any, name string) any {
	if v == nil {
		panic(RuntimeError("invalid memory address or nil pointer dereference"))
	}
	t := typeOf(v)
	e := entryOf(t)
	if e == nil {
		m := reflect.ValueOf(v).MethodByName(name)
		if !m.IsValid() {
			panic(fmt.Sprintf("rt: %T has no method %s", v, name))
		}
		return m.Interface()
	}
	typesMu.RLock()
	m := e.methods[name]
	typesMu.RUnlock()
	if m == nil {
		panic(fmt.Sprintf("rt: %T has no method %s", v, name))
	}
	rt := toType(t)
	pointer := e.pointer[t]
	if !pointer && !m.onValue { // it was redeclared on the pointer after v became an interface value
		panic(RuntimeError(fmt.Sprintf("%v has no method %s any more: it has a pointer receiver now", rt, name)))
	}
	isDirect := pointer || direct(rt)
	word := (*eface)(unsafe.Pointer(&v)).data
	var recv reflect.Value
	absent := pointer && m.onValue && word == nil // fails when it is called
	if !absent {
		recv = receiver(word, m, pointer, isDirect)
	}
	ft := m.fn.Type()
	in := make([]reflect.Type, ft.NumIn()-1)
	for i := range in {
		in[i] = ft.In(i + 1)
	}
	out := make([]reflect.Type, ft.NumOut())
	for i := range out {
		out[i] = ft.Out(i)
	}
	return reflect.MakeFunc(reflect.FuncOf(in, out, ft.IsVariadic()), func(args []reflect.Value) []reflect.Value {
		if absent {
			NilReceiver(m.of, m.name)
		}
		full := append([]reflect.Value{recv}, args...)
		if ft.IsVariadic() {
			return m.fn.CallSlice(full)
		}
		return m.fn.Call(full)
	}).Interface()
}

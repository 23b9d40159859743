package rt

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"unsafe"
)

// An interface of a cell is an empty one in memory, so its type must tell
// reflection of no methods, or it would take the first word for a method table. The
// types of this file have the name of the interface, or the text of one without a
// name, and no methods; realInterface gives the type with methods for questions
// about it, which no value has. Decoding JSON asks the pointer to the interface
// first, so that it fails as it does in a compiled program.

// emptyInterface makes the type of values of an interface with methods that has no
// name. The caller holds the lock.
func emptyInterface(n *node) reflect.Type {
	text := interfaceText(n)
	key := "interface " + text
	for _, k := range n.kids {
		key += fmt.Sprintf(" %p", ptrOf(realType(k)))
	}
	if t := structs[key]; t != nil {
		return t
	}
	e := &entry{def: &node{op: 'N', name: text, kids: []*node{n}}}
	nameInterface(e)
	unnamed[ptrOf(e.typ)] = true
	structs[key] = e.typ
	return e.typ
}

// unnamed holds the types of interfaces without a name: encoding/json asks pointers
// to named types only, so these have one for it.
var unnamed = map[*rtype]bool{}

// interfaceText is what %T prints for an interface without a name.
func interfaceText(n *node) string {
	var b strings.Builder
	b.WriteString("interface {")
	for _, exp := range []bool{true, false} {
		for i, f := range n.fields {
			if exported(f.name) != exp {
				continue
			}
			if b.Len() > len("interface {") {
				b.WriteString(";")
			}
			b.WriteString(" ")
			if !exp {
				b.WriteString("main.")
			}
			b.WriteString(f.name + strings.TrimPrefix(realType(n.kids[i]).String(), "func"))
		}
	}
	b.WriteString(" }")
	return b.String()
}

// interfaces maps the types of cells' interfaces to what makes them.
var interfaces = map[*rtype]*entry{}

// nameInterface makes the type of an entry that is an interface, and the pointer to
// it.
//
//go:nocheckptr
func nameInterface(e *entry) {
	under := e.def.kids[0]
	p := (*ifaceType)(block(unsafe.Sizeof(ifaceType{}) + unsafe.Sizeof(uncommon{})))
	p.rtype = *ptrOf(anyType)
	p.tflag = p.tflag&^tflagExtraStar | tflagNamed | tflagUncommon
	p.str = nameOff(e.def.name, true)
	p.hash = hashOf(e.def.name, e.id)
	p.ptrToThis = 0
	p.pkgPath = nameBytes("main", "", false, false)
	u := (*uncommon)(unsafe.Add(unsafe.Pointer(p), unsafe.Sizeof(ifaceType{})))
	u.pkgPath = nameOff("main", false)
	u.moff = uint32(unsafe.Sizeof(uncommon{}))
	e.typ = toType(&p.rtype)
	e.ptr = interfacePointer(e, len(under.fields) > 0)
	p.ptrToThis = addReflectOff(unsafe.Pointer(ptrOf(e.ptr)))
	interfaces[&p.rtype] = e
	byType[&p.rtype], byType[ptrOf(e.ptr)] = e, e
}

// interfacePointer makes the pointer to an interface, with a method to refuse JSON
// if the interface has methods.
//
//go:nocheckptr
func interfacePointer(e *entry, refuses bool) reflect.Type {
	p := pointerWith(e, e.def.name, unsafe.Sizeof(method{}))
	u := (*uncommon)(unsafe.Add(unsafe.Pointer(p), unsafe.Sizeof(ptrType{})))
	u.pkgPath = nameOff("main", false)
	u.moff = uint32(unsafe.Sizeof(uncommon{}))
	if refuses && stubCount > 0 {
		typ := e.typ
		pc := entryPoint(reflect.ValueOf(func(at unsafe.Pointer, data []byte) error {
			return decodeInterface((*any)(at), typ, data)
		}))
		sig := reflect.TypeFor[func([]byte) error]()
		m := (*method)(unsafe.Add(unsafe.Pointer(u), u.moff))
		m.name = nameOff("UnmarshalJSON", true)
		m.mtyp = addReflectOff(unsafe.Pointer(ptrOf(sig)))
		m.ifn = addReflectOff(pc)
		m.tfn = m.ifn
		u.mcount, u.xcount = 1, 1
	}
	return toType(&p.rtype)
}

// decodeInterface decodes JSON into an interface with methods as encoding/json does
// it: only null and the pointer that the interface holds will do.
func decodeInterface(to *any, t reflect.Type, data []byte) error {
	text := strings.TrimSpace(string(data))
	if text == "null" {
		*to = nil
		return nil
	}
	if v := reflect.ValueOf(*to); v.Kind() == reflect.Pointer && !v.IsNil() {
		return json.Unmarshal(data, *to)
	}
	if _, ok := passing.Load(GoID()); ok {
		return nil
	}
	what := "number"
	switch text[0] {
	case '{':
		what = "object"
	case '[':
		what = "array"
	case '"':
		what = "string"
	case 't', 'f':
		what = "bool"
	}
	return &json.UnmarshalTypeError{Value: what, Type: t}
}

// passing holds the goroutines that decode what follows a value that an interface
// refused.
var passing sync.Map

// UnmarshalJSON is json.Unmarshal. Where an interface of a cell refuses a value, that
// of a compiled program notes the error and goes on, but here the error comes from a
// method, which ends the decoding: so the rest is decoded by a second run.
func UnmarshalJSON(data []byte, v any) error {
	err := json.Unmarshal(data, v)
	refused, ok := err.(*json.UnmarshalTypeError)
	if !ok || realInterface(refused.Type) == refused.Type {
		return err
	}
	passing.Store(GoID(), nil)
	defer passing.Delete(GoID())
	again := json.Unmarshal(data, v)
	if _, ok := again.(*json.UnmarshalTypeError); ok || again == nil {
		return err
	}
	return again
}

// realInterface returns the interface type with methods that t stands for, t itself
// if it is no interface of a cell.
//
//go:nocheckptr
func realInterface(t reflect.Type) reflect.Type {
	if t == nil || t.Kind() != reflect.Interface {
		return t
	}
	typesMu.Lock()
	defer typesMu.Unlock()
	e := interfaces[ptrOf(t)]
	if e == nil || len(e.def.kids[0].fields) == 0 {
		return t
	}
	if e.full == nil {
		e.full = interfaceOf(e.def.kids[0], e.def.name)
	}
	return e.full
}

// interfaceOf makes an interface type with methods.
//
//go:nocheckptr
func interfaceOf(n *node, name string) reflect.Type {
	p := (*ifaceType)(block(unsafe.Sizeof(ifaceType{}) + unsafe.Sizeof(uncommon{})))
	p.rtype = *ptrOf(reflect.TypeFor[interface{ M() }]())
	p.tflag = p.tflag&^tflagExtraStar | tflagNamed | tflagUncommon
	p.ptrToThis = 0
	p.pkgPath = nameBytes("main", "", false, false)
	for _, exp := range []bool{true, false} { // in the order of the runtime
		for i, f := range n.fields {
			if exported(f.name) != exp {
				continue
			}
			sig := realType(n.kids[i])
			keep = append(keep, sig)
			p.methods = append(p.methods, struct{ name, typ int32 }{nameOff(f.name, exp), addReflectOff(unsafe.Pointer(ptrOf(sig)))})
		}
	}
	u := (*uncommon)(unsafe.Add(unsafe.Pointer(p), unsafe.Sizeof(ifaceType{})))
	u.pkgPath = nameOff("main", false)
	u.moff = uint32(unsafe.Sizeof(uncommon{}))
	p.str = nameOff(name, true)
	p.hash = hashOf(name, len(keep))
	keep = append(keep, p.methods)
	return toType(&p.rtype)
}

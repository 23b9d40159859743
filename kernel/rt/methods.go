package rt

import (
	"cmp"
	"reflect"
	"slices"
	"sync/atomic"
	"unsafe"
)

// boundMethod is a method of a true type: a function of the interpreter whose first
// parameter is the receiver as the interpreter has it.
type boundMethod struct {
	name    string
	of      string // the type
	onValue bool   // the value has it too, not only the pointer
	sig     int    // id of the signature
	fn      reflect.Value
}

// Made counts the calls of Methods.
var Made atomic.Uint32

// Methods sets methods of the true type id. code numbers this making of them. What
// follows are triples: "v" or "p" and the name, the number of the signature, the
// function. A method that the type
// has is replaced; a new one makes a new type, and so do the types that mention it.
func Methods(id, code int, triples ...any) bool {
	typesMu.Lock()
	defer typesMu.Unlock()
	e := entries[id]
	if e.methods == nil {
		e.methods = map[string]*boundMethod{}
	}
	e.code = code
	defer Made.Add(1)
	grown := false
	for i := 0; i+2 < len(triples); i += 3 {
		key := triples[i].(string)
		m := &boundMethod{name: key[1:], of: e.def.name, onValue: key[0] == 'v', sig: triples[i+1].(int), fn: reflect.ValueOf(triples[i+2])}
		old := e.methods[m.name]
		if old == nil || old.onValue != m.onValue || old.sig != m.sig {
			grown = true
			e.methods[m.name] = m
			continue
		}
		old.fn = m.fn
	}
	if grown && e.typ != nil {
		forget(e)
	}
	return true
}

// forget makes the type of e and all types that mention it anew when they are
// needed next. Values of the old types stay what they are.
func forget(e *entry) {
	stale := map[int]bool{e.id: true}
	for again := true; again; {
		again = false
		for id, x := range entries {
			if !stale[id] && mentions(x.def, stale) {
				stale[id], again = true, true
			}
		}
	}
	for id := range stale {
		x := entries[id]
		x.typ, x.ptr, x.full = nil, nil, nil
	}
}

func mentions(n *node, ids map[int]bool) bool {
	if n.op == '#' && ids[n.n] {
		return true
	}
	for _, k := range n.kids {
		if mentions(k, ids) {
			return true
		}
	}
	return false
}

func methodRoom(e *entry) uintptr { return uintptr(len(e.methods)) * unsafe.Sizeof(method{}) }

// installMethods writes the method table behind a type description.
//
//go:nocheckptr
func installMethods(e *entry, p *rtype, size, params uintptr, pointer bool) {
	u := (*uncommon)(unsafe.Add(unsafe.Pointer(p), size))
	u.pkgPath = nameOff("main", false)
	u.moff = uint32(unsafe.Sizeof(uncommon{}) + params)
	var list []*boundMethod
	for _, m := range e.methods {
		if (pointer || m.onValue) && stubCount > 0 {
			list = append(list, m)
		}
	}
	slices.SortFunc(list, func(a, b *boundMethod) int {
		ea, eb := exported(a.name), exported(b.name)
		if ea != eb { // exported names come first in the runtime's order
			if ea {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.name, b.name)
	})
	at := unsafe.Add(unsafe.Pointer(u), u.moff)
	for i, m := range list {
		x := (*method)(unsafe.Add(at, uintptr(i)*unsafe.Sizeof(method{})))
		sig := typeByID(m.sig)
		x.name = nameOff(m.name, exported(m.name))
		x.mtyp = addReflectOff(unsafe.Pointer(ptrOf(sig)))
		keep = append(keep, sig)
		pc := m.stub(e, sig, pointer)
		x.ifn = addReflectOff(pc)
		x.tfn = x.ifn
		u.mcount++
		if exported(m.name) {
			u.xcount++
		}
	}
}

// stub makes machine code that calls the method with the receiver's interface word
// as its first argument.
//
//go:nocheckptr
func (m *boundMethod) stub(e *entry, sig reflect.Type, pointer bool) unsafe.Pointer {
	in := []reflect.Type{reflect.TypeFor[unsafe.Pointer]()}
	for i := range sig.NumIn() {
		in = append(in, sig.In(i))
	}
	out := make([]reflect.Type, sig.NumOut())
	for i := range out {
		out[i] = sig.Out(i)
	}
	ft := reflect.FuncOf(in, out, sig.IsVariadic())
	isDirect := pointer || direct(e.typ)
	return entryPoint(reflect.MakeFunc(ft, func(args []reflect.Value) []reflect.Value {
		word := args[0].UnsafePointer()
		return m.call(receiver(word, m, pointer, isDirect), args[1:], out)
	}))
}

// entryPoint makes machine code that calls a function.
//
//go:nocheckptr
func entryPoint(f reflect.Value) unsafe.Pointer {
	slot := nextSlot
	if slot >= stubCount {
		panic("rt: the session has no room for more methods: restart the kernel")
	}
	nextSlot++
	fv := f.Interface()
	slots[slot] = (*eface)(unsafe.Pointer(&fv)).data
	keep = append(keep, fv)
	return unsafe.Add(stubBase(), slot*stubSize)
}

var nextSlot int

// receiver builds the receiver as the interpreter has it from an interface word.
//
//go:nocheckptr
func receiver(word unsafe.Pointer, m *boundMethod, pointer, isDirect bool) reflect.Value {
	want := m.fn.Type().In(0)
	switch {
	case pointer && m.onValue: // *T calls a method of T
		if word == nil {
			NilReceiver(m.of, m.name)
		}
		return reflect.NewAt(want, word).Elem()
	case isDirect:
		w := word
		return reflect.NewAt(want, unsafe.Pointer(&w)).Elem()
	}
	return reflect.NewAt(want, word).Elem()
}

// call calls the interpreter's function with true arguments.
func (m *boundMethod) call(recv reflect.Value, args []reflect.Value, out []reflect.Type) []reflect.Value {
	ft := m.fn.Type()
	in := make([]reflect.Value, 0, len(args)+1)
	in = append(in, recv)
	for i, a := range args {
		in = append(in, retype(a, ft.In(i+1)))
	}
	defer translated()
	var res []reflect.Value
	if ft.IsVariadic() {
		res = m.fn.CallSlice(in)
	} else {
		res = m.fn.Call(in)
	}
	for i := range res {
		res[i] = retype(res[i], out[i])
	}
	return res
}

// translated passes a panic of the interpreter on in Go's words: compiled code may
// recover it, as package fmt does.
func translated() {
	if f := translateHook.Load(); f != nil {
		if r := recover(); r != nil {
			panic((*f)(r))
		}
	}
}

// retype gives a value another type of the same layout.
//
//go:nocheckptr
func retype(v reflect.Value, t reflect.Type) reflect.Value {
	if v.Type() == t {
		return v
	}
	p := reflect.New(v.Type())
	p.Elem().Set(v)
	return reflect.NewAt(t, p.UnsafePointer()).Elem()
}

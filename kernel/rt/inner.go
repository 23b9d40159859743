package rt

import (
	"fmt"
	"reflect"
	"unsafe"
)

// The interpreter works on types of its own, which have the layout of the true
// ones: named types without a struct underneath are what is underneath, and the
// fields of a struct all count as exported, so that reflection may set them. This
// file makes the structs, and the other types that mention themselves.

// hasOwnType reports whether the interpreter names the type of an entry.
func hasOwnType(e *entry) bool {
	if e.def.op == 'R' || e.def.op == 'N' && e.def.kids[0].op == 't' {
		return true
	}
	if e.def.op == 'n' && !exported(e.def.name) {
		return true
	}
	for _, f := range e.def.fields { // a struct without a name
		if e.def.op == 't' && !exported(f.name) {
			return true
		}
	}
	return false
}

// inner returns the type of an entry as the interpreter has it. The caller holds
// the lock.
//
//go:nocheckptr
func inner(e *entry) reflect.Type {
	if e.etyp != nil {
		return e.etyp
	}
	under := underOf(e.def)
	if !hasOwnType(e) || e.def.op == 'n' {
		e.etyp = innerOf(under)
		return e.etyp
	}
	sh := shape(under)
	size := kindSize(sh.Kind())
	params := uintptr(0)
	if sh.Kind() == reflect.Func {
		params = uintptr(len(under.kids)) * unsafe.Sizeof(uintptr(0))
	}
	p := (*rtype)(block(size + unsafe.Sizeof(uncommon{}) + params))
	*p = *ptrOf(sh)
	name := fmt.Sprintf("cell.E%d", e.id)
	p.tflag = p.tflag&^tflagExtraStar | tflagNamed | tflagUncommon
	p.str = nameOff(name, true)
	p.hash = hashOf(name, e.id)
	p.ptrToThis = 0
	u := (*uncommon)(unsafe.Add(unsafe.Pointer(p), size))
	u.pkgPath = nameOff("main", false)
	u.moff = uint32(unsafe.Sizeof(uncommon{}) + params)
	e.etyp = toType(p)
	if sh.Kind() == reflect.Struct {
		st := (*structType)(unsafe.Pointer(p))
		st.pkgPath = nameBytes("main", "", false, false)
		st.fields = make([]structField, len(under.fields))
		for i, f := range under.fields {
			fn := f.name
			if fn == "_" {
				fn = fmt.Sprintf("blankˑ%d", i)
			}
			t := innerOf(under.kids[i])
			st.fields[i] = structField{name: nameBytes(fn, "", true, false), typ: ptrOf(t), offset: sh.Field(i).Offset}
			keep = append(keep, t)
		}
		keep = append(keep, st.fields)
		return e.etyp
	}
	complete(p, ptrOf(innerOf(under)), size, params)
	return e.etyp
}

// complete copies what is particular to the kind of a type from one without a name,
// to p, whose general part is there.
//
//go:nocheckptr
func complete(p, full *rtype, size, params uintptr) {
	head := *p
	copyBytes(unsafe.Pointer(p), unsafe.Pointer(full), size)
	equal, gcdata := p.equal, p.gcdata
	*p = head
	p.equal, p.gcdata = equal, gcdata
	if params > 0 {
		from := unsafe.Add(unsafe.Pointer(full), size)
		if full.tflag&tflagUncommon != 0 {
			from = unsafe.Add(from, unsafe.Sizeof(uncommon{}))
		}
		copyBytes(unsafe.Add(unsafe.Pointer(p), size+unsafe.Sizeof(uncommon{})), from, params)
	}
	keep = append(keep, toType(full))
}

// innerOf is realType in terms of the interpreter's types.
func innerOf(n *node) reflect.Type {
	switch n.op {
	case '#':
		return inner(entries[n.n])
	case 'p':
		return reflect.PointerTo(innerOf(n.kids[0]))
	case 's':
		return reflect.SliceOf(innerOf(n.kids[0]))
	case 'a':
		return reflect.ArrayOf(n.n, innerOf(n.kids[0]))
	case 'm':
		return reflect.MapOf(innerOf(n.kids[0]), innerOf(n.kids[1]))
	case 'c':
		return reflect.ChanOf(reflect.ChanDir(n.n), innerOf(n.kids[0]))
	case 'f':
		var in, out []reflect.Type
		for i, k := range n.kids {
			if i < n.in {
				in = append(in, innerOf(k))
			} else {
				out = append(out, innerOf(k))
			}
		}
		return reflect.FuncOf(in, out, n.variadic)
	case 't':
		return innerStruct(n)
	case 'i':
		return anyType
	}
	return realType(n)
}

// innerStruct is a struct without a name whose fields are all exported: the
// interpreter writes it out.
func innerStruct(n *node) reflect.Type {
	fs := make([]reflect.StructField, len(n.fields))
	for i, f := range n.fields {
		fs[i] = reflect.StructField{Name: f.name, Type: innerOf(n.kids[i])}
	}
	return reflect.StructOf(fs)
}

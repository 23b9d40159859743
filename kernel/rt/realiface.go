package rt

import (
	"reflect"
	"slices"
	"strings"
	"unsafe"
)

// interfacePointer returns the type of a pointer to an interface of a cell with its
// methods, for a nil pointer: reflection over its element sees what a compiled
// program would. It returns nil for any other type. Interfaces of cells that hold
// values have no methods for reflection, since in memory they are empty ones.
func interfacePointer(id int) reflect.Type {
	typesMu.Lock()
	defer typesMu.Unlock()
	e := entries[id]
	if e == nil || e.def.op != 'p' {
		return nil
	}
	n := e.def.kids[0]
	name := ""
	if n.op == '#' {
		x := entries[n.n]
		name = x.def.name
		n = underOf(x.def)
	}
	if n.op != 'i' || len(n.fields) == 0 {
		return nil
	}
	if e.ptr == nil {
		e.ptr = reflect.PointerTo(interfaceOf(n, name))
	}
	return e.ptr
}

// interfaceOf makes an interface type with methods.
//
//go:nocheckptr
func interfaceOf(n *node, name string) reflect.Type {
	p := (*ifaceType)(block(unsafe.Sizeof(ifaceType{}) + unsafe.Sizeof(uncommon{})))
	p.rtype = *ptrOf(reflect.TypeFor[interface{ M() }]())
	p.tflag &^= tflagExtraStar | tflagNamed | tflagUncommon
	p.ptrToThis = 0
	p.pkgPath = nameBytes("main", "", false, false)
	order := make([]int, len(n.fields))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(n.fields[a].name, n.fields[b].name) })
	text := "interface {"
	for k, i := range order {
		sig := realType(n.kids[i])
		keep = append(keep, sig)
		p.methods = append(p.methods, struct{ name, typ int32 }{
			nameOff(n.fields[i].name, exported(n.fields[i].name)), addReflectOff(unsafe.Pointer(ptrOf(sig))),
		})
		if k > 0 {
			text += ";"
		}
		text += " " + n.fields[i].name + strings.TrimPrefix(sig.String(), "func")
	}
	text += " }"
	if name != "" {
		p.tflag |= tflagNamed | tflagUncommon
		u := (*uncommon)(unsafe.Add(unsafe.Pointer(p), unsafe.Sizeof(ifaceType{})))
		u.pkgPath = nameOff("main", false)
		u.moff = uint32(unsafe.Sizeof(uncommon{}))
		text = name
	}
	p.str = nameOff(text, name != "")
	p.hash = hashOf(text, len(keep))
	keep = append(keep, p.methods)
	return toTypeOf(&p.rtype)
}

// toTypeOf is toType for an interface type, which no value has.
func toTypeOf(p *rtype) reflect.Type {
	t := reflect.TypeFor[int]()
	(*eface)(unsafe.Pointer(&t)).data = unsafe.Pointer(p)
	return t
}

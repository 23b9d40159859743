package rt

import (
	"reflect"
	"unsafe"
)

// The structs of this file mirror internal/abi of the Go release that the module
// is built with: reflect can make any type but a named one with methods. TestABI
// compares them with types that the compiler made.

type rtype struct {
	size, ptrBytes          uintptr
	hash                    uint32
	tflag                   uint8
	align, fieldAlign, kind uint8
	equal                   func(unsafe.Pointer, unsafe.Pointer) bool
	gcdata                  *byte
	str                     int32
	ptrToThis               int32
}

const (
	tflagUncommon  = 1 << 0
	tflagExtraStar = 1 << 1
	tflagNamed     = 1 << 2
)

type uncommon struct {
	pkgPath        int32
	mcount, xcount uint16
	moff           uint32
	_              uint32
}

type method struct {
	name, mtyp, ifn, tfn int32
}

type structField struct {
	name   *byte
	typ    *rtype
	offset uintptr
}

type structType struct {
	rtype
	pkgPath *byte
	fields  []structField
}

type ptrType struct {
	rtype
	elem *rtype
}

type arrayType struct {
	rtype
	elem, slice *rtype
	len         uintptr
}

type sliceType struct {
	rtype
	elem *rtype
}

type chanType struct {
	rtype
	elem *rtype
	dir  int
}

type ifaceType struct {
	rtype
	pkgPath *byte
	methods []struct{ name, typ int32 }
}

type mapType struct {
	rtype
	key, elem, group *rtype
	hasher           func(unsafe.Pointer, uintptr) uintptr
	groupSize        uintptr
	slotSize         uintptr
	elemOff          uintptr
	flags            uint32
}

type funcType struct {
	rtype
	in, out uint16
}

// kindSize is how much of a type's description is particular to its kind.
func kindSize(k reflect.Kind) uintptr {
	switch k {
	case reflect.Struct:
		return unsafe.Sizeof(structType{})
	case reflect.Pointer:
		return unsafe.Sizeof(ptrType{})
	case reflect.Array:
		return unsafe.Sizeof(arrayType{})
	case reflect.Slice:
		return unsafe.Sizeof(sliceType{})
	case reflect.Chan:
		return unsafe.Sizeof(chanType{})
	case reflect.Interface:
		return unsafe.Sizeof(ifaceType{})
	case reflect.Map:
		return unsafe.Sizeof(mapType{})
	case reflect.Func:
		return unsafe.Sizeof(funcType{})
	}
	return unsafe.Sizeof(rtype{})
}

type eface struct {
	typ  *rtype
	data unsafe.Pointer
}

func typeOf(v any) *rtype { return (*eface)(unsafe.Pointer(&v)).typ }

// ptrOf returns the description behind a reflect.Type.
func ptrOf(t reflect.Type) *rtype {
	return (*rtype)((*eface)(unsafe.Pointer(&t)).data)
}

// toType is the inverse of ptrOf.
func toType(p *rtype) reflect.Type {
	var v any
	(*eface)(unsafe.Pointer(&v)).typ = p
	return reflect.TypeOf(v)
}

// direct reports whether values of the type are stored in the interface word
// itself.
func direct(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return true
	case reflect.Struct:
		return t.NumField() == 1 && direct(t.Field(0).Type)
	case reflect.Array:
		return t.Len() == 1 && direct(t.Elem())
	}
	return false
}

//go:linkname addReflectOff reflect.addReflectOff
//go:noescape
func addReflectOff(ptr unsafe.Pointer) int32

// keep holds what types refer to by offsets that the collector does not see.
var keep []any

// nameBytes encodes a name as the runtime stores it.
func nameBytes(name, tag string, exported, embedded bool) *byte {
	varint := func(b []byte, n int) []byte {
		for n >= 0x80 {
			b = append(b, byte(n)|0x80)
			n >>= 7
		}
		return append(b, byte(n))
	}
	var flags byte
	if exported {
		flags |= 1
	}
	if tag != "" {
		flags |= 2
	}
	if embedded {
		flags |= 8
	}
	b := varint([]byte{flags}, len(name))
	b = append(b, name...)
	if tag != "" {
		b = varint(b, len(tag))
		b = append(b, tag...)
	}
	keep = append(keep, b)
	return &b[0]
}

func nameOff(name string, exported bool) int32 {
	return addReflectOff(unsafe.Pointer(nameBytes(name, "", exported, false)))
}

// block allocates memory for a type description that lives as long as the process.
func block(n uintptr) unsafe.Pointer {
	b := make([]uint64, (n+7)/8)
	keep = append(keep, b)
	return unsafe.Pointer(&b[0])
}

package rt

import (
	"reflect"
	"unsafe"
)

// ToPointer is the conversion of a pointer or a uintptr to unsafe.Pointer.
//
//go:nocheckptr
func ToPointer(v any) unsafe.Pointer {
	if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer {
		return r.UnsafePointer()
	}
	n := uintptr(reflect.ValueOf(v).Uint())
	return *(*unsafe.Pointer)(unsafe.Pointer(&n))
}

// FromPointer converts p to the type of the pointer like.
func FromPointer(p unsafe.Pointer, like any) any {
	return reflect.NewAt(reflect.TypeOf(like).Elem(), p).Interface()
}

// PointerInt is the conversion of an unsafe.Pointer to uintptr.
func PointerInt(p unsafe.Pointer) uintptr { return uintptr(p) }

// UnsafeAdd and the others are the functions of package unsafe.
func UnsafeAdd(p unsafe.Pointer, n int) unsafe.Pointer { return unsafe.Add(p, n) }

func UnsafeString(p *byte, n int) string {
	if n < 0 {
		panic(RuntimeError("unsafe.String: len out of range"))
	}
	if p == nil && n > 0 {
		panic(RuntimeError("unsafe.String: ptr is nil and len is not zero"))
	}
	return unsafe.String(p, n)
}

func UnsafeStringData(s string) *byte { return unsafe.StringData(s) }

// UnsafeSlice takes a *T and returns a []T.
func UnsafeSlice(p any, n int) any {
	v := reflect.ValueOf(p)
	t := reflect.SliceOf(v.Type().Elem())
	switch {
	case n < 0 || n > 1<<47:
		panic(RuntimeError("unsafe.Slice: len out of range"))
	case v.IsNil() && n > 0:
		panic(RuntimeError("unsafe.Slice: ptr is nil and len is not zero"))
	case v.IsNil():
		return reflect.Zero(t).Interface()
	}
	h := &struct {
		p        unsafe.Pointer
		len, cap int
	}{v.UnsafePointer(), n, n}
	return reflect.NewAt(t, unsafe.Pointer(h)).Elem().Interface()
}

// UnsafeSliceData takes a []T and returns a *T.
func UnsafeSliceData(s any) any {
	v := reflect.ValueOf(s)
	return reflect.NewAt(v.Type().Elem(), v.UnsafePointer()).Interface()
}

package rt

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"unsafe"
)

// CheckABI reports an error if the runtime lays types out otherwise than this
// package expects, which it was written for go 1.26: true types must not be built
// then. It takes a few microseconds.
func CheckABI() error {
	if err := checkABI(); err != nil {
		return fmt.Errorf("this binary was built with %s; types of cells need the type layout of go1.26: %w", runtime.Version(), err)
	}
	return nil
}

func checkABI() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	type probe struct {
		A int
		B string
	}
	rt := reflect.TypeFor[probe]()
	p := ptrOf(rt)
	if p.size != rt.Size() || int(p.align) != rt.Align() || reflect.Kind(p.kind&31) != reflect.Struct || p.tflag&tflagNamed == 0 {
		return errors.New("the description of a struct has moved")
	}
	st := (*structType)(unsafe.Pointer(p))
	if len(st.fields) != 2 || toType(st.fields[1].typ) != reflect.TypeFor[string]() || st.fields[1].offset != rt.Field(1).Offset {
		return errors.New("the fields of a struct have moved")
	}
	m := (*mapType)(unsafe.Pointer(ptrOf(reflect.TypeFor[map[string]probe]())))
	if toType(m.key) != reflect.TypeFor[string]() || toType(m.elem) != rt {
		return errors.New("the description of a map has moved")
	}
	f := (*funcType)(unsafe.Pointer(ptrOf(reflect.TypeFor[func(int, string) error]())))
	if f.in != 2 || f.out&0x7fff != 1 {
		return errors.New("the description of a function has moved")
	}
	n := (*uncommon)(unsafe.Add(unsafe.Pointer(ptrOf(reflect.TypeFor[reflect.Kind]())), kindSize(reflect.Uint)))
	if n.mcount != 1 || n.xcount != 1 {
		return errors.New("the methods of a type have moved")
	}
	for _, text := range []string{"index out of range [5] with length 3", "slice bounds out of range [:-1]"} {
		if outOfBounds(text) == nil {
			return errors.New("the errors of the runtime have moved")
		}
	}
	want := raised(func() { _ = any(1).(fmt.Stringer) }).Error()
	if got := assertionError(1, nil, reflect.TypeFor[fmt.Stringer](), "String").Error(); got != want {
		return errors.New("the error of a type assertion has moved")
	}
	return nil
}

package rt

import (
	"fmt"
	"iter"
	"reflect"
)

// The functions of this file are methods of reflect.Type and reflect.Value and
// functions of reflect for cells, whose interfaces have no methods in memory.

// TypeNumMethod and the others named Type are methods of reflect.Type.
func TypeNumMethod(t reflect.Type) int { return realInterface(t).NumMethod() }

func TypeMethod(t reflect.Type, i int) reflect.Method { return realInterface(t).Method(i) }

func TypeMethodByName(t reflect.Type, name string) (reflect.Method, bool) {
	return realInterface(t).MethodByName(name)
}

func TypeMethods(t reflect.Type) iter.Seq[reflect.Method] { return realInterface(t).Methods() }

func TypeImplements(t, u reflect.Type) bool { return implements(t, u) }

func TypeAssignableTo(t, u reflect.Type) bool {
	if realInterface(u) != u {
		return implements(t, u)
	}
	return t.AssignableTo(u)
}

func TypeConvertibleTo(t, u reflect.Type) bool {
	if realInterface(u) != u {
		return implements(t, u)
	}
	return t.ConvertibleTo(u)
}

func TypeName(t reflect.Type) string {
	if hasNoName(t) {
		return ""
	}
	return t.Name()
}

func TypePkgPath(t reflect.Type) string {
	if hasNoName(t) {
		return ""
	}
	return t.PkgPath()
}

func hasNoName(t reflect.Type) bool {
	typesMu.RLock()
	defer typesMu.RUnlock()
	return t != nil && unnamed[ptrOf(t)]
}

// asInterface returns the interface of a cell that v is, with its methods.
func asInterface(v reflect.Value) (t reflect.Type, ok bool) {
	if v.Kind() != reflect.Interface {
		return nil, false
	}
	t = realInterface(v.Type())
	return t, t != v.Type()
}

// ValueNumMethod and the others named Value are methods of reflect.Value.
func ValueNumMethod(v reflect.Value) int {
	if t, ok := asInterface(v); ok {
		return t.NumMethod()
	}
	return v.NumMethod()
}

func ValueMethod(v reflect.Value, i int) reflect.Value {
	if t, ok := asInterface(v); ok {
		return ValueMethodByName(v, t.Method(i).Name)
	}
	return v.Method(i)
}

func ValueMethodByName(v reflect.Value, name string) reflect.Value {
	t, ok := asInterface(v)
	if !ok {
		return v.MethodByName(name)
	}
	if _, ok := t.MethodByName(name); !ok {
		return reflect.Value{}
	}
	if v.IsNil() {
		panic("reflect: Method on nil interface value")
	}
	return v.Elem().MethodByName(name)
}

func ValueSet(v, x reflect.Value) {
	if v.IsValid() {
		assignable(x, v.Type(), "reflect.Set")
	}
	v.Set(x)
}

func ValueSetMapIndex(v, key, x reflect.Value) {
	if v.Kind() == reflect.Map {
		assignable(key, v.Type().Key(), "reflect.Value.SetMapIndex")
		assignable(x, v.Type().Elem(), "reflect.Value.SetMapIndex")
	}
	v.SetMapIndex(key, x)
}

func ValueSend(v, x reflect.Value) {
	if v.Kind() == reflect.Chan {
		assignable(x, v.Type().Elem(), "reflect.Value.Send")
	}
	v.Send(x)
}

func ValueConvert(v reflect.Value, t reflect.Type) reflect.Value {
	if v.IsValid() && realInterface(t) != t && !implements(v.Type(), t) {
		panic(fmt.Sprintf("reflect.Value.Convert: value of type %s cannot be converted to type %s", v.Type(), t))
	}
	return v.Convert(t)
}

func ValueCall(v reflect.Value, in []reflect.Value) []reflect.Value {
	if v.Kind() == reflect.Func {
		t := v.Type()
		for i, x := range in {
			if i >= t.NumIn() || t.IsVariadic() && i == t.NumIn()-1 {
				break
			}
			if p := t.In(i); x.IsValid() && realInterface(p) != p && !implements(x.Type(), p) {
				panic(fmt.Sprintf("reflect: Call using %s as type %s", x.Type(), p))
			}
		}
	}
	return v.Call(in)
}

// ReflectAppend is reflect.Append.
func ReflectAppend(s reflect.Value, xs ...reflect.Value) reflect.Value {
	if s.Kind() == reflect.Slice {
		for _, x := range xs {
			assignable(x, s.Type().Elem(), "reflect.Set")
		}
	}
	return reflect.Append(s, xs...)
}

// assignable panics as reflection does if t is an interface of a cell that x does not
// implement.
func assignable(x reflect.Value, t reflect.Type, where string) {
	if x.IsValid() && realInterface(t) != t && !implements(x.Type(), t) {
		panic(fmt.Sprintf("%s: value of type %s is not assignable to type %s", where, x.Type(), t))
	}
}

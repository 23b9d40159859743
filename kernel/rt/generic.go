package rt

import "reflect"

// twin is the reflective form of a generic function of a compiled package. targs
// are the true types of its type arguments, out pointers to its results.
type twin func(targs []reflect.Type, out []reflect.Value, args []reflect.Value)

var twins = map[string]twin{}

// Generic calls the twin of a generic function.
func Generic(name string, ids []int, out []any, args ...any) {
	f := twins[name]
	if f == nil {
		panic("the generic function " + name + " is not available in cells")
	}
	ts := make([]reflect.Type, len(ids))
	for i, id := range ids {
		ts[i] = TypeOf(id)
	}
	os := make([]reflect.Value, len(out))
	for i, o := range out {
		os[i] = reflect.ValueOf(o).Elem()
	}
	as := make([]reflect.Value, len(args))
	for i, a := range args {
		as[i] = reflect.ValueOf(a)
	}
	f(ts, os, as)
}

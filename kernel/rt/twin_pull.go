package rt

import (
	"iter"
	"reflect"
)

// pull is iter.Pull and iter.Pull2.
func pull(o, a values) {
	next, stop := iter.Pull(func(yield func([]reflect.Value) bool) {
		each(a[0], func(v []reflect.Value) bool { return yield(v) })
	})
	nt := o[0].Type()
	o[0].Set(reflect.MakeFunc(nt, func([]reflect.Value) []reflect.Value {
		vs, ok := next()
		r := make(values, nt.NumOut())
		for i := range len(r) - 1 {
			r[i] = reflect.Zero(nt.Out(i))
			if ok {
				r[i] = vs[i]
			}
		}
		r[len(r)-1] = reflect.ValueOf(ok)
		return r
	}))
	o[1].Set(reflect.ValueOf(stop))
}

package rt

import (
	"reflect"
)

// seq makes an iterator function of type t.
func seq(t reflect.Type, gen func(yield func(...reflect.Value) bool)) reflect.Value {
	return reflect.MakeFunc(t, func(in []reflect.Value) []reflect.Value {
		y := in[0]
		gen(func(vs ...reflect.Value) bool { return y.Call(vs)[0].Bool() })
		return nil
	})
}

// each runs an iterator function.
func each(s reflect.Value, f func(vs []reflect.Value) bool) {
	yt := s.Type().In(0)
	s.Call([]reflect.Value{reflect.MakeFunc(yt, func(in []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(f(in))}
	})})
}

func collect(t reflect.Type, into, s reflect.Value) reflect.Value {
	r := into
	if !r.IsValid() {
		r = reflect.Zero(t)
	}
	each(s, func(v []reflect.Value) bool {
		r = reflect.Append(r, v[0])
		return true
	})
	return r
}

func init() {
	set := func(name string, f func(out, a values)) {
		twins[name] = func(_ []reflect.Type, out, a values) { f(out, a) }
	}
	set("slices.All", func(o, a values) {
		o[0].Set(seq(o[0].Type(), func(yield func(...reflect.Value) bool) {
			for i := range a[0].Len() {
				if !yield(reflect.ValueOf(i), a[0].Index(i)) {
					return
				}
			}
		}))
	})
	set("slices.Backward", func(o, a values) {
		o[0].Set(seq(o[0].Type(), func(yield func(...reflect.Value) bool) {
			for i := a[0].Len() - 1; i >= 0; i-- {
				if !yield(reflect.ValueOf(i), a[0].Index(i)) {
					return
				}
			}
		}))
	})
	set("slices.Values", func(o, a values) {
		o[0].Set(seq(o[0].Type(), func(yield func(...reflect.Value) bool) {
			for i := range a[0].Len() {
				if !yield(a[0].Index(i)) {
					return
				}
			}
		}))
	})
	set("slices.Chunk", func(o, a values) {
		n := int(a[1].Int())
		if n < 1 {
			panic("cannot be less than 1")
		}
		o[0].Set(seq(o[0].Type(), func(yield func(...reflect.Value) bool) {
			for i := 0; i < a[0].Len(); i += n {
				end := min(i+n, a[0].Len())
				if !yield(a[0].Slice3(i, end, end)) {
					return
				}
			}
		}))
	})
	set("slices.Collect", func(o, a values) { o[0].Set(collect(o[0].Type(), reflect.Value{}, a[0])) })
	set("slices.AppendSeq", func(o, a values) { o[0].Set(collect(o[0].Type(), a[0], a[1])) })
	set("slices.Sorted", func(o, a values) {
		r := collect(o[0].Type(), reflect.Value{}, a[0])
		sortOrdered(r)
		o[0].Set(r)
	})
	for name, stable := range map[string]bool{"slices.SortedFunc": false, "slices.SortedStableFunc": true} {
		set(name, func(o, a values) {
			r := collect(o[0].Type(), reflect.Value{}, a[0])
			arrange(r, a[1], stable)
			o[0].Set(r)
		})
	}
	set("maps.All", func(o, a values) {
		o[0].Set(seq(o[0].Type(), func(yield func(...reflect.Value) bool) {
			for it := a[0].MapRange(); it.Next(); {
				if !yield(it.Key(), it.Value()) {
					return
				}
			}
		}))
	})
	set("maps.Keys", func(o, a values) {
		o[0].Set(seq(o[0].Type(), func(yield func(...reflect.Value) bool) {
			for it := a[0].MapRange(); it.Next(); {
				if !yield(it.Key()) {
					return
				}
			}
		}))
	})
	set("maps.Values", func(o, a values) {
		o[0].Set(seq(o[0].Type(), func(yield func(...reflect.Value) bool) {
			for it := a[0].MapRange(); it.Next(); {
				if !yield(it.Value()) {
					return
				}
			}
		}))
	})
	set("maps.Collect", func(o, a values) {
		m := reflect.MakeMap(o[0].Type())
		each(a[0], func(v []reflect.Value) bool { m.SetMapIndex(v[0], v[1]); return true })
		o[0].Set(m)
	})
	set("maps.Insert", func(_, a values) {
		each(a[1], func(v []reflect.Value) bool { a[0].SetMapIndex(v[0], v[1]); return true })
	})
	set("maps.Clone", func(o, a values) {
		if a[0].IsNil() {
			o[0].SetZero()
			return
		}
		m := reflect.MakeMapWithSize(a[0].Type(), a[0].Len())
		for it := a[0].MapRange(); it.Next(); {
			m.SetMapIndex(it.Key(), it.Value())
		}
		o[0].Set(m)
	})
	set("maps.Copy", func(_, a values) {
		for it := a[1].MapRange(); it.Next(); {
			a[0].SetMapIndex(it.Key(), it.Value())
		}
	})
	set("maps.DeleteFunc", func(_, a values) {
		for it := a[0].MapRange(); it.Next(); {
			if call1(a[1], it.Key(), it.Value()).Bool() {
				a[0].SetMapIndex(it.Key(), reflect.Value{})
			}
		}
	})
	equal := func(o, a values, eq func(x, y reflect.Value) bool) {
		ok := a[0].Len() == a[1].Len()
		for it := a[0].MapRange(); ok && it.Next(); {
			v := a[1].MapIndex(it.Key())
			ok = v.IsValid() && eq(it.Value(), v)
		}
		o[0].SetBool(ok)
	}
	set("maps.Equal", func(o, a values) { equal(o, a, same) })
	set("maps.EqualFunc", func(o, a values) { equal(o, a, boolFunc(a[2])) })
	set("iter.Pull", pull)
	set("iter.Pull2", pull)
}

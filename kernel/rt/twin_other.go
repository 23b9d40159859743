package rt

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"sync"
	"sync/atomic"
)

// AtomicPointer stands for every sync/atomic.Pointer[T].
type AtomicPointer struct {
	p atomic.Pointer[pointerBox]
}

type pointerBox struct{ v any }

// Load returns the pointer, nil if none was stored.
func (p *AtomicPointer) Load() any {
	if b := p.p.Load(); b != nil {
		return b.v
	}
	return nil
}

// Store sets the pointer.
func (p *AtomicPointer) Store(v any) { p.p.Store(&pointerBox{v}) }

// Swap sets the pointer and returns the one before.
func (p *AtomicPointer) Swap(v any) any {
	if b := p.p.Swap(&pointerBox{v}); b != nil {
		return b.v
	}
	return nil
}

// CompareAndSwap sets the pointer if it was old.
func (p *AtomicPointer) CompareAndSwap(old, v any) bool {
	for {
		b := p.p.Load()
		var cur any
		if b != nil {
			cur = b.v
		}
		if !samePointer(cur, old) {
			return false
		}
		if p.p.CompareAndSwap(b, &pointerBox{v}) {
			return true
		}
	}
}

func samePointer(a, b any) bool {
	return pointerOf(a) == pointerOf(b)
}

func pointerOf(v any) uintptr {
	if v == nil {
		return 0
	}
	return reflect.ValueOf(v).Pointer()
}

func init() {
	set := func(name string, f func(ts []reflect.Type, out, a values)) { twins[name] = f }
	set("cmp.Compare", func(_ []reflect.Type, o, a values) { o[0].SetInt(int64(compare(a[0], a[1]))) })
	set("cmp.Less", func(_ []reflect.Type, o, a values) { o[0].SetBool(compare(a[0], a[1]) < 0) })
	set("cmp.Or", func(_ []reflect.Type, o, a values) {
		for i := range a[0].Len() {
			if v := a[0].Index(i); !v.IsZero() {
				o[0].Set(v)
				return
			}
		}
	})
	once := func(_ []reflect.Type, o, a values) {
		var mu sync.Once
		var res values
		var broken any
		ok := false
		o[0].Set(reflect.MakeFunc(o[0].Type(), func([]reflect.Value) []reflect.Value {
			mu.Do(func() {
				defer func() {
					if !ok {
						broken = recover()
					}
				}()
				res = a[0].Call(nil)
				ok = true
			})
			if !ok {
				panic(broken)
			}
			return res
		}))
	}
	set("sync.OnceValue", once)
	set("sync.OnceValues", once)
	set("errors.AsType", func(ts []reflect.Type, o, a values) {
		var err error
		if a[0].IsValid() {
			err = a[0].Interface().(error)
		}
		p := reflect.New(ts[0])
		if full := realInterface(ts[0]); full != ts[0] {
			found := FirstError(err, func(e error) bool { return reflect.TypeOf(e).Implements(full) })
			if found != nil {
				p.Elem().Set(reflect.ValueOf(found))
				give(o[0], retype(p.Elem(), o[0].Type()))
			}
			o[1].SetBool(found != nil)
			return
		}
		if err != nil && errors.As(err, p.Interface()) {
			give(o[0], retype(p.Elem(), o[0].Type()))
			o[1].SetBool(true)
			return
		}
		o[1].SetBool(false)
	})
	set("reflect.TypeFor", func(ts []reflect.Type, o, _ values) { o[0].Set(reflect.ValueOf(ts[0])) })
	set("math/rand/v2.N", func(_ []reflect.Type, o, a values) {
		if a[0].CanInt() {
			if a[0].Int() <= 0 {
				panic("invalid argument to N")
			}
			o[0].SetInt(rand.Int64N(a[0].Int()))
			return
		}
		if a[0].Uint() == 0 {
			panic("invalid argument to N")
		}
		o[0].SetUint(rand.Uint64N(a[0].Uint()))
	})
}

// Twin adds the reflective form of a generic function of a compiled package:
// name is "import/path.Func", out are its results to be set.
func Twin(name string, f func(out, args []reflect.Value)) {
	twins[name] = func(_ []reflect.Type, out, args values) { f(out, args) }
}

// HasTwin reports whether a generic function of a compiled package can be called.
func HasTwin(name string) bool { return twins[name] != nil }

// TwinOf returns the reflective form of a generic function of a compiled package, nil if
// it has none.
func TwinOf(name string) func(types []reflect.Type, out, args []reflect.Value) { return twins[name] }

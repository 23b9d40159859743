package closure

import (
	"go/types"
	"reflect"
)

// typedMap handles maps whose keys and values have the layouts of K and V, and whose
// keys are hashed and compared as a K is.
type typedMap[K comparable, V any] struct {
	key codec[K]
	val codec[V]
}

func (t typedMap[K, V]) of(m pointer) map[K]V { return *(*map[K]V)(pointer(&m)) }

func (t typedMap[K, V]) make(n int) pointer {
	m := make(map[K]V, n)
	return *(*pointer)(pointer(&m))
}

func (t typedMap[K, V]) load(fp, m pointer, key, val uintptr) bool {
	v, ok := t.of(m)[t.key.take(fp, key)]
	t.val.put(fp, val, v)
	return ok
}

func (t typedMap[K, V]) store(fp, m pointer, key, val uintptr) {
	t.of(m)[t.key.take(fp, key)] = t.val.take(fp, val)
}

func (t typedMap[K, V]) delete(fp, m pointer, key uintptr) {
	delete(t.of(m), t.key.take(fp, key))
}

func (t typedMap[K, V]) clear(m pointer) { clear(t.of(m)) }

func (t typedMap[K, V]) each(fp, m pointer, key, val uintptr, body func() bool) {
	for k, v := range t.of(m) {
		t.key.put(fp, key, k)
		t.val.put(fp, val, v)
		if !body() {
			return
		}
	}
}

// reflectedMap handles the other maps.
type reflectedMap struct {
	t        reflect.Type
	id       pointer // of the type, as the runtime knows it
	key, val *layout
}

func newReflectedMap(u *types.Map) *reflectedMap {
	t := reflect.MapOf(shape(u.Key()), shape(u.Elem()))
	return &reflectedMap{t, (*iface)(pointer(&t)).d, layoutOf(u.Key()), layoutOf(u.Elem())}
}

func (r *reflectedMap) of(m *pointer) reflect.Value { return reflect.NewAt(r.t, pointer(m)).Elem() }

func (r *reflectedMap) make(n int) pointer {
	return reflect.MakeMapWithSize(r.t, max(n, 0)).UnsafePointer()
}

// boxed returns a value of the frame.
func boxed(fp pointer, off uintptr, t reflect.Type, runs []run) reflect.Value {
	b := reflect.New(t)
	storeRuns(b.UnsafePointer(), fp, off, runs)
	return b.Elem()
}

// unboxed puts a value into the frame.
func unboxed(fp pointer, off uintptr, v reflect.Value, runs []run) {
	b := reflect.New(v.Type())
	b.Elem().Set(v)
	loadRuns(fp, off, b.UnsafePointer(), runs)
}

// inMemory returns the address of a value of the frame as one in Go's memory. One
// without pointers lies in the frame as it does there.
func inMemory(fp pointer, off uintptr, t reflect.Type, l *layout) pointer {
	if l.pointerFree() {
		return pointer(word[byte](fp, off))
	}
	return boxed(fp, off, t, l.runs).Addr().UnsafePointer()
}

func (r *reflectedMap) load(fp, m pointer, key, val uintptr) bool {
	p := mapAccess(r.id, m, inMemory(fp, key, r.t.Key(), r.key))
	if p == nil {
		clearRuns(fp, val, r.val.runs)
		return false
	}
	loadRuns(fp, val, p, r.val.runs)
	return true
}

func (r *reflectedMap) store(fp, m pointer, key, val uintptr) {
	mapAssign(r.id, m, inMemory(fp, key, r.t.Key(), r.key), inMemory(fp, val, r.t.Elem(), r.val))
}

func (r *reflectedMap) delete(fp, m pointer, key uintptr) {
	if m != nil {
		r.of(&m).SetMapIndex(boxed(fp, key, r.t.Key(), r.key.runs), reflect.Value{})
	}
}

func (r *reflectedMap) clear(m pointer) { r.of(&m).Clear() }

func (r *reflectedMap) each(fp, m pointer, key, val uintptr, body func() bool) {
	for it := r.of(&m).MapRange(); it.Next(); {
		unboxed(fp, key, it.Key(), r.key.runs)
		unboxed(fp, val, it.Value(), r.val.runs)
		if !body() {
			return
		}
	}
}

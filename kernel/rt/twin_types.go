package rt

import (
	"crypto/hkdf"
	"crypto/pbkdf2"
	"database/sql"
	"hash"
	"hash/maphash"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"time"
	"unique"
	"unsafe"
	"weak"
)

// nulls are the instances of sql.Null that cells may use, by type argument.
var nulls = map[string]reflect.Type{
	"bool":      reflect.TypeFor[sql.Null[bool]](),
	"uint8":     reflect.TypeFor[sql.Null[byte]](),
	"float32":   reflect.TypeFor[sql.Null[float32]](),
	"float64":   reflect.TypeFor[sql.Null[float64]](),
	"int":       reflect.TypeFor[sql.Null[int]](),
	"int16":     reflect.TypeFor[sql.Null[int16]](),
	"int32":     reflect.TypeFor[sql.Null[int32]](),
	"int64":     reflect.TypeFor[sql.Null[int64]](),
	"string":    reflect.TypeFor[sql.Null[string]](),
	"time.Time": reflect.TypeFor[sql.Null[time.Time]](),
	"[]byte":    reflect.TypeFor[sql.Null[[]byte]](),
	"any":       reflect.TypeFor[sql.Null[any]](),
}

// standIns are the types that stand for all instances of a generic type.
var standIns = map[string]reflect.Type{
	"sync/atomic.Pointer": reflect.TypeFor[AtomicPointer](),
	"unique.Handle":       reflect.TypeFor[UniqueHandle](),
	"weak.Pointer":        reflect.TypeFor[WeakPointer](),
}

// UniqueHandle stands for every unique.Handle[T]: the value inside has its true type.
type UniqueHandle = unique.Handle[any]

// WeakPointer stands for every weak.Pointer[T].
type WeakPointer = weak.Pointer[byte]

// WeakValue is the method Value of a weak.Pointer; like is a nil *T.
func WeakValue(p WeakPointer, like any) any {
	return FromPointer(unsafe.Pointer(p.Value()), like)
}

func init() {
	set := func(name string, f func(ts []reflect.Type, out, a values)) { twins[name] = f }
	set("unique.Make", func(ts []reflect.Type, o, a values) {
		o[0].Set(reflect.ValueOf(unique.Make(trueValue(a[0], ts[0]))))
	})
	set("weak.Make", func(_ []reflect.Type, o, a values) {
		o[0].Set(reflect.ValueOf(weak.Make((*byte)(a[0].UnsafePointer()))))
	})
	set("runtime.AddCleanup", func(_ []reflect.Type, o, a values) {
		f, arg := a[1], a[2]
		o[0].Set(reflect.ValueOf(runtime.AddCleanup((*byte)(a[0].UnsafePointer()), func(arg reflect.Value) {
			defer func() {
				if r := recover(); r != nil {
					GoPanic(r)
				}
			}()
			f.Call(values{arg})
		}, arg)))
	})
	set("reflect.TypeAssert", func(ts []reflect.Type, o, a values) {
		v := a[0].Interface().(reflect.Value)
		x := v.Interface()
		full := realInterface(ts[0])
		switch {
		case full.Kind() == reflect.Interface:
			if x == nil || !reflect.TypeOf(x).Implements(full) {
				return
			}
		case x == nil || !sameMaking(reflect.TypeOf(x), ts[0], 0):
			return
		}
		p := reflect.New(ts[0])
		p.Elem().Set(reflect.ValueOf(x).Convert(ts[0]))
		give(o[0], retype(p.Elem(), o[0].Type()))
		o[1].SetBool(true)
	})
	set("hash/maphash.Comparable", func(ts []reflect.Type, o, a values) {
		o[0].SetUint(maphash.Comparable(a[0].Interface().(maphash.Seed), trueValue(a[1], ts[0])))
	})
	set("hash/maphash.WriteComparable", func(ts []reflect.Type, _, a values) {
		maphash.WriteComparable(a[0].Interface().(*maphash.Hash), trueValue(a[1], ts[0]))
	})
	set("crypto/hkdf.Extract", func(ts []reflect.Type, o, a values) {
		key, err := hkdf.Extract(newHash(a[0], ts[0]), a[1].Bytes(), a[2].Bytes())
		result(o, key, err)
	})
	set("crypto/hkdf.Expand", func(ts []reflect.Type, o, a values) {
		key, err := hkdf.Expand(newHash(a[0], ts[0]), a[1].Bytes(), a[2].String(), int(a[3].Int()))
		result(o, key, err)
	})
	set("crypto/hkdf.Key", func(ts []reflect.Type, o, a values) {
		key, err := hkdf.Key(newHash(a[0], ts[0]), a[1].Bytes(), a[2].Bytes(), a[3].String(), int(a[4].Int()))
		result(o, key, err)
	})
	set("crypto/pbkdf2.Key", func(ts []reflect.Type, o, a values) {
		key, err := pbkdf2.Key(newHash(a[0], ts[0]), a[1].String(), a[2].Bytes(), int(a[3].Int()), int(a[4].Int()))
		result(o, key, err)
	})
}

// Twins lists the generic functions that cells can call.
func Twins() []string { return slices.Sorted(maps.Keys(twins)) }

// trueValue is a value of the interpreter as an interface value of type t.
func trueValue(v reflect.Value, t reflect.Type) any {
	switch {
	case !v.IsValid():
		return nil
	case t.Kind() == reflect.Interface: // v is what the interface holds
		return v.Interface()
	}
	return retype(v, t).Interface()
}

// newHash makes a function that returns hashes from one that returns the type t.
func newHash(f reflect.Value, t reflect.Type) func() hash.Hash {
	return func() hash.Hash { return trueValue(f.Call(nil)[0], t).(hash.Hash) }
}

// result stores a key and an error.
func result(o values, key []byte, err error) {
	o[0].SetBytes(key)
	if err != nil {
		o[1].Set(reflect.ValueOf(err))
	}
}

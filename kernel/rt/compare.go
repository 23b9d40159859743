package rt

import (
	"reflect"
	"sync/atomic"
	"unsafe"
)

var compareHook atomic.Pointer[func(f unsafe.Pointer) func(a, b unsafe.Pointer) int]

// SetCompare sets what returns the comparison of values in memory by a function that a
// cell has compiled, nil for other functions: it needs no reflection.
func SetCompare(f func(f unsafe.Pointer) func(a, b unsafe.Pointer) int) { compareHook.Store(&f) }

// comparison returns the comparison by a function of two addressable values.
func comparison(f reflect.Value) func(a, b reflect.Value) int {
	if h := compareHook.Load(); h != nil && f.IsValid() && !f.IsNil() {
		p := reflect.New(f.Type())
		p.Elem().Set(f)
		if compare := (*h)(*(*unsafe.Pointer)(p.UnsafePointer())); compare != nil {
			return func(a, b reflect.Value) int {
				return compare(a.Addr().UnsafePointer(), b.Addr().UnsafePointer())
			}
		}
	}
	return byFunc(f)
}

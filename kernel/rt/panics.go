package rt

import "sync/atomic"

var recoverHook atomic.Pointer[func(any) any]

// SetRecover sets what turns the panic values of the interpreter into Go's own.
func SetRecover(f func(v any) any) { recoverHook.Store(&f) }

// Recover returns the value of the builtin recover as a cell may see it.
func Recover(v any) any {
	if f := recoverHook.Load(); f != nil {
		return (*f)(v)
	}
	return v
}

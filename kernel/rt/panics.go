package rt

import "sync/atomic"

var recoverHook atomic.Pointer[func(any) any]

// SetRecover sets what turns the panic values of the interpreter into Go's own when
// a cell recovers one. It may panic to say that this one cannot be recovered.
func SetRecover(f func(v any) any) { recoverHook.Store(&f) }

var translateHook atomic.Pointer[func(any) any]

// SetTranslate sets what turns a panic value of the interpreter into Go's own when
// it passes from a method of a cell into compiled code.
func SetTranslate(f func(v any) any) { translateHook.Store(&f) }

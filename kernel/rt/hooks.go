package rt

import (
	"reflect"
	"sync/atomic"
)

var (
	displayHook atomic.Pointer[func(values ...any)]
	goPanicHook atomic.Pointer[func(value any)]
)

// SetDisplay sets what is done with the value of a cell's last expression. A call
// with several results passes them all.
func SetDisplay(f func(values ...any)) { displayHook.Store(&f) }

// SetGoPanic sets what is done with a panic of a goroutine that a cell started.
func SetGoPanic(f func(value any)) { goPanicHook.Store(&f) }

// Display shows the value of a cell's last expression.
func Display(values ...any) {
	if f := displayHook.Load(); f != nil {
		(*f)(values...)
	}
}

// GoPanic reports a panic that reached the top of a goroutine of a cell.
func GoPanic(value any) {
	if value == ErrStop {
		return
	}
	if f := goPanicHook.Load(); f != nil {
		(*f)(value)
	}
}

var symbolHook atomic.Pointer[func(name string, v reflect.Value)]

// SetSymbol sets what makes a symbol of this package known to the interpreter: the
// types of cells are such symbols.
func SetSymbol(f func(name string, v reflect.Value)) { symbolHook.Store(&f) }

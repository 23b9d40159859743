package rt

import (
	"reflect"
	"runtime/debug"
	"sync/atomic"
	"unsafe"
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

// Guarded returns f as a function that something else calls on a goroutine of its
// own: it belongs to the cell that made it, a panic is reported, and neither that nor
// a fault ends the process.
func Guarded(f func()) func() {
	owner := ProfLabel()
	return func() {
		before := ProfLabel()
		setProfLabel(owner)
		defer setProfLabel(before)
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		defer func() {
			if r := recover(); r != nil {
				GoPanic(r)
			}
		}()
		f()
	}
}

// ProfLabel returns the profiler labels of the calling goroutine, which goroutines
// inherit: they say to which cell it belongs.
//
//go:linkname ProfLabel runtime/pprof.runtime_getProfLabel
func ProfLabel() unsafe.Pointer

//go:linkname setProfLabel runtime/pprof.runtime_setProfLabel
func setProfLabel(labels unsafe.Pointer)

// Go starts a goroutine of a cell.
func Go(f func()) { go Guarded(f)() }

var symbolHook atomic.Pointer[func(name string, v reflect.Value)]

// SetSymbol sets what makes a symbol of this package known to the interpreter: the
// types of cells are such symbols.
func SetSymbol(f func(name string, v reflect.Value)) { symbolHook.Store(&f) }

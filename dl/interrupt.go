package dl

import (
	"sync/atomic"

	"descent/dl/internal/par"
)

// ErrInterrupted is what an interrupted operation panics with. learn.Trainer
// catches it and keeps the model; elsewhere it ends the cell.
var ErrInterrupted = par.ErrStopped

var interrupt atomic.Pointer[func() bool]

// SetInterrupt sets the function that long loops ask whether they should stop;
// nil (the default) means never. The notebook session sets it. f is called
// from any goroutine and must be quick. An operation in place that is stopped
// has changed some elements and not others; the step of an optimizer is always
// finished.
func SetInterrupt(f func() bool) {
	par.SetStop(f)
	if f == nil {
		interrupt.Store(nil)
		return
	}
	interrupt.Store(&f)
}

// Interrupted reports whether the user has asked running work to stop. A long
// loop of your own polls it:
//
//	for step := range 1_000_000 {
//		if dl.Interrupted() {
//			break
//		}
//		…
//	}
func Interrupted() bool {
	f := interrupt.Load()
	return f != nil && (*f)()
}

// stopIfInterrupted ends a long operation of dl itself.
func stopIfInterrupted() {
	if Interrupted() {
		panic(ErrInterrupted)
	}
}

package dl

import (
	"errors"
	"sync/atomic"
)

// ErrInterrupted is what an interrupted operation panics with. learn.Trainer
// catches it and keeps the model; elsewhere it ends the cell.
var ErrInterrupted = errors.New("dl: interrupted")

var interrupt atomic.Pointer[func() bool]

// SetInterrupt sets the function that long loops ask whether they should stop;
// nil (the default) means never. The notebook session sets it. f is called
// from any goroutine and must be quick.
func SetInterrupt(f func() bool) {
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

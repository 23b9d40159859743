package par

import (
	"errors"
	"sync/atomic"
	"time"
)

// ErrStopped is what a loop panics with that was told to stop.
var ErrStopped = errors.New("dl: interrupted")

// patience is how many nanoseconds a loop runs before it asks whether it should
// stop: shorter ones end by themselves.
var patience atomic.Int64

func init() { SetPatience(100 * time.Millisecond) }

// SetPatience sets how long a loop runs before it asks whether it should stop, and
// returns what it was: a test that interrupts short loops takes the patience away.
func SetPatience(d time.Duration) time.Duration { return time.Duration(patience.Swap(int64(d))) }

var stop atomic.Pointer[func() bool]

// SetStop sets the function that long loops ask, between chunks, whether they
// should stop; nil means never. f is called from any goroutine.
func SetStop(f func() bool) {
	if f == nil {
		stop.Store(nil)
		return
	}
	stop.Store(&f)
}

// Poll panics with ErrStopped when running work should stop. It is for chunks
// that take long.
func Poll() {
	if f := stop.Load(); f != nil && (*f)() {
		panic(ErrStopped)
	}
}

// clock says when a loop began. It is zero for one that is not to be stopped.
type clock time.Duration

var origin = time.Now()

func begin() clock {
	if stop.Load() == nil {
		return 0
	}
	return clock(time.Since(origin))
}

// poll is Poll once the loop has run for long.
func (c clock) poll() {
	if c != 0 && int64(time.Since(origin))-int64(c) > patience.Load() {
		Poll()
	}
}

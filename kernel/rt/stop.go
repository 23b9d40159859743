package rt

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// ErrStop is the value with which interrupted code of a cell panics.
var ErrStop = errors.New("interrupted")

var done struct {
	sync.Mutex
	c      chan struct{}
	closed bool
}

// Done returns the channel that Interrupt closes.
func Done() <-chan struct{} {
	done.Lock()
	defer done.Unlock()
	if done.c == nil {
		done.c = make(chan struct{})
	}
	return done.c
}

// Interrupt wakes everything that waits in a helper of this package: it panics
// with ErrStop.
func Interrupt() {
	done.Lock()
	defer done.Unlock()
	if done.c == nil {
		done.c = make(chan struct{})
	}
	if !done.closed {
		done.closed = true
		close(done.c)
	}
}

// Resume makes waiting possible again after an Interrupt.
func Resume() {
	done.Lock()
	defer done.Unlock()
	stopped.Store(false)
	if done.closed || done.c == nil {
		done.c, done.closed = make(chan struct{}), false
	}
}

// stopped is set when code of a cell was ended since the last Resume.
var stopped atomic.Bool

// Stop ends the code that calls it.
func Stop() {
	stopped.Store(true)
	panic(ErrStop)
}

// Stopped reports whether code of a cell was ended by Stop, or in a wait, since the
// last Resume.
func Stopped() bool { return stopped.Load() }

// Sleep is time.Sleep for cells: an interrupt ends it.
func Sleep(d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-Done():
		Stop()
	}
}

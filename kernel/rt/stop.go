package rt

import (
	"errors"
	"sync"
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
	if done.closed || done.c == nil {
		done.c, done.closed = make(chan struct{}), false
	}
}

// Stop ends the code that calls it.
func Stop() { panic(ErrStop) }

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
		panic(ErrStop)
	}
}

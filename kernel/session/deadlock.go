package session

import (
	"fmt"
	"time"
)

const (
	lookAfter = 500 * time.Millisecond // first look at a cell that runs
	lookAgain = 500 * time.Millisecond // a wait is called endless when two looks agree
	lookEvery = 2 * time.Second        // while it does something
)

// endless says what a cell waits for in vain.
var endless = map[string]string{
	"receive":   "receives from a channel on which nothing can send any more",
	"send":      "sends on a channel from which nothing can receive any more",
	"select":    "waits in a select that nothing can end any more",
	"lock":      "waits for a lock that nothing can release any more",
	"group":     "waits for a WaitGroup that nothing can finish any more",
	"condition": "waits for a condition that nothing can signal any more",
}

// watch tells, once, that the cell of request id waits for ever. The cell is not
// ended: its goroutines keep what they hold, and it may be what its author wants to
// look at. It returns a function that ends the watch.
func (s *session) watch(id string) (stop func()) {
	done := make(chan struct{})
	go func() {
		last := ""
		for next := lookAfter; ; {
			select {
			case <-done:
				return
			case <-time.After(next):
			}
			what, ok := s.in.Load().Deadlock()
			switch {
			case !ok:
				last, next = "", lookEvery
			case what != last:
				last, next = what, lookAgain
			default:
				s.out.write(id, "stderr", fmt.Appendf(nil,
					"this cell %s: a program would end here with \"all goroutines are asleep - deadlock!\"; interrupt the kernel to go on\n", endless[what]))
				return
			}
		}
	}()
	return func() { close(done) }
}

package front

import (
	"time"

	"descent/kernel/link"
)

// stubborn is how long after the hard stop the user is told what is left.
const stubborn = 3 * time.Second

// Interrupt stops the running cell, or else the one that is about to begin: at
// first by its stop flag, after Options.SoftInterrupt (or at the second call) by
// stopping the interpreter where it stands. A call after that ends the session
// process. With no cell there it does nothing.
func (f *Front) Interrupt() {
	q := &f.cells
	q.mu.Lock()
	defer q.mu.Unlock()
	c := q.current
	if c == nil && len(q.queue) > 0 {
		c = q.queue[0]
	}
	if c == nil {
		return
	}
	c.interrupts++
	f.pace.interrupted()
	switch {
	case c.on == nil:
		// It is stopped when a session has it.
	case c.interrupts == 1:
		f.softStop(c)
	case !c.hard:
		f.hardStop(c)
	default:
		f.sessions.kill(c.on, "the cell did not stop, so the next interrupt ended its process")
	}
}

// softStop is called with the cells locked, for a cell that a session has.
func (f *Front) softStop(c *cell) {
	c.on.send(link.New(link.TypeInterrupt, c.m.Header.MsgID, link.Interrupt{}))
	c.timers = append(c.timers, time.AfterFunc(f.opts.SoftInterrupt, func() {
		f.cells.mu.Lock()
		defer f.cells.mu.Unlock()
		f.hardStop(c)
	}))
}

// hardStop is called with the cells locked.
func (f *Front) hardStop(c *cell) {
	if c.hard || f.cells.current != c {
		return
	}
	c.hard = true
	c.on.send(link.New(link.TypeInterrupt, c.m.Header.MsgID, link.Interrupt{Hard: true}))
	c.timers = append(c.timers, time.AfterFunc(stubborn, func() {
		if f.cells.running() == c {
			f.out.stream(c.m.RawHeader, "stderr", "the cell does not stop; another interrupt ends its process, and its variables with it\n")
		}
	}))
}

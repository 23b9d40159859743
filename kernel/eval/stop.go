package eval

import (
	"bytes"
	"fmt"
	"runtime"
	"runtime/metrics"
	"strings"
	"time"

	"descent/kernel/rt"
)

const (
	hardAfter  = 2 * time.Second       // how long the flag may take
	pollEvery  = 40 * time.Millisecond // how often a stopping cell is looked at
	leaveAfter = 80 * time.Millisecond // how long after a hard stop a waiting cell is left

	flagAfter   = 50 * time.Millisecond // how long a recursion may take to look at the flag
	unwindAfter = 3 * time.Second       // how long a stack that is too deep may take to unwind

	maxWatched = 1000 // goroutines that may be held up to look at their stacks

	watchAfter = 15 * time.Millisecond // first look at the stack
	watchEvery = 5 * time.Millisecond
	stackLimit = 250 << 20 // bytes of stack of the whole process
	stackEach  = 32 << 10  // and more for every goroutine, which needs no recursion for them

	// Frames of compiled code are small: 300,000 nested calls of a small function fit.
	compiledLimit = 120 << 20

	leftStacks = 32 << 20 // bytes of stack that a run finds, above which it collects first
)

// setFlag sets the flag that interpreted code polls without synchronisation; a
// later look at it is as good as an earlier one.
//
//go:norace
func setFlag(p *bool, v bool) { *p = v }

// Interrupt stops the running Load or Run, which then returns ErrInterrupted
// unless the cell answers the interrupt and ends by itself. At first a flag is
// raised, which lowered code and compiled loops poll; deferred functions run. A
// cell that waits in compiled code, or does not look at the flag for two seconds,
// is stopped hard: none of its frames takes another step. A second Interrupt of
// the same run stops hard at once. Without a run it is remembered for the next,
// until Begin.
func (i *Interp) Interrupt() {
	i.pending.Store(true)
	if r := i.cur.Load(); r != nil {
		i.interrupt(r)
	}
}

// Begin forgets an Interrupt that was meant for an earlier cell.
func (i *Interp) Begin() { i.pending.Store(false) }

func (i *Interp) interrupt(r *run) {
	first := r.interrupted.CompareAndSwap(false, true)
	setFlag(i.flag, true)
	rt.Interrupt()
	if !first {
		i.hardStop(r)
		return
	}
	go i.escalate(r)
}

// Interrupted reports whether the running cell has been asked to stop; long
// compiled loops poll it.
func (i *Interp) Interrupted() bool {
	r := i.cur.Load()
	return r != nil && r.interrupted.Load()
}

// escalate waits for an interrupted run to end, and stops it harder if it does
// not.
func (i *Interp) escalate(r *run) {
	deadline := time.Now().Add(hardAfter)
	last := ""
	for {
		select {
		case <-r.done:
			return
		case <-r.leave:
			return
		case <-time.After(pollEvery):
		}
		where, _ := waiting(r.gid.Load())
		if time.Now().After(deadline) || where != "" && where == last {
			i.hardStop(r)
			return
		}
		last = where
	}
}

// hardStop moves the run counter, so that no frame of the run takes another step,
// and ends channel operations that wait. The counter is put back when the run has
// ended: closures of earlier cells carry it.
func (i *Interp) hardStop(r *run) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended || r.hard {
		return
	}
	r.hard = true
	i.key.addID(i.in, 1)
	go func() {
		if r.overflow.Load() { // to look at a stack as deep as that would hold up its end
			select {
			case <-r.done:
				return
			case <-time.After(unwindAfter):
			}
		}
		token := i.key.channel(i.in)
		last := ""
		for patience := time.Now().Add(leaveAfter); ; {
			select {
			case <-r.done:
				return
			case token <- struct{}{}:
			case <-time.After(pollEvery):
				// What waits in compiled code cannot be ended, only left; what computes
				// there will come back.
				where, known := waiting(r.gid.Load())
				now := time.Now()
				if where != "" && where == last && now.After(patience) || !known && now.After(patience.Add(hardAfter)) {
					i.abandon(r)
					return
				}
				last = where
			}
		}
	}()
}

// waiting describes where goroutine id waits outside the packages of this module:
// "" if it runs, or waits for the threads of a computation. It is not known where
// there are so many goroutines that to look would hold all of them up.
func waiting(id uint64) (where string, known bool) {
	if runtime.NumGoroutine() > maxWatched {
		return "", false
	}
	buf := make([]byte, 1<<18)
	for {
		n := runtime.Stack(buf, true)
		if n < len(buf) {
			buf = buf[:n]
			break
		}
		buf = make([]byte, 4*len(buf))
	}
	head := []byte(fmt.Sprintf("goroutine %d [", id))
	at := bytes.Index(buf, head)
	if at < 0 {
		return "", true
	}
	text := buf[at+len(head):]
	if end := bytes.Index(text, []byte("\n\n")); end >= 0 {
		text = text[:end]
	}
	state, stack, _ := strings.Cut(string(text), "]")
	state, _, _ = strings.Cut(state, ",")
	switch state {
	case "running", "runnable", "copystack", "preempted":
		return "", true
	}
	// A computation of dl waits for its workers and will be back: its own polls
	// answer the interrupt.
	if strings.Contains(stack, "descent/dl") {
		return "", true
	}
	return state + stack, true
}

// overflow ends a run whose recursion does not end. Code that looks at the flag says
// where it was; what does not is stopped hard.
func (i *Interp) overflow(r *run) {
	if !r.overflow.Swap(true) {
		setFlag(i.flag, true)
		rt.Interrupt() // what waits for the recursion, on another goroutine
		time.AfterFunc(flagAfter, func() { i.hardStop(r) })
	} else if i.grownBy(stackLimit + stackLimit/4) {
		i.hardStop(r)
	}
}

// grownBy reports whether the stacks of the process have grown by more than limit
// since the run began, which no recursion that ends should need. The Go runtime would
// end the process. What an earlier cell has left may still shrink.
func (i *Interp) grownBy(limit uint64) bool {
	now := stacks()
	low := min(now, i.low.Load())
	i.low.Store(low)
	return now > low+limit
}

// stacks returns the size of all stacks, beyond what goroutines need without a deep
// recursion.
func stacks() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(s)
	if s[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	n, plain := s[0].Value.Uint64(), uint64(runtime.NumGoroutine())*stackEach
	return n - min(n, plain)
}

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

	unwindAfter = 3 * time.Second // how long a stack that is too deep may take to unwind

	watchAfter = 15 * time.Millisecond // first look at the stack
	watchEvery = 5 * time.Millisecond
	stackLimit = 250 << 20 // bytes of stack of the whole process

	// Frames of compiled code are small: 300,000 nested calls of a small function fit.
	compiledLimit = 120 << 20
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
		where := waiting(r.gid.Load())
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
				where := waiting(r.gid.Load())
				if where != "" && where == last && time.Now().After(patience) {
					r.leaveOnce.Do(func() { close(r.leave) })
					return
				}
				last = where
			}
		}
	}()
}

// waiting describes where goroutine id waits outside the packages of this module:
// "" if it runs, or waits for the threads of a computation.
func waiting(id uint64) string {
	buf := make([]byte, 1<<18)
	for {
		n := runtime.Stack(buf, true)
		if n < len(buf) {
			buf = buf[:n]
			break
		}
		buf = make([]byte, 2*len(buf))
	}
	head := []byte(fmt.Sprintf("goroutine %d [", id))
	at := bytes.Index(buf, head)
	if at < 0 {
		return ""
	}
	text := buf[at+len(head):]
	if end := bytes.Index(text, []byte("\n\n")); end >= 0 {
		text = text[:end]
	}
	state, stack, _ := strings.Cut(string(text), "]")
	state, _, _ = strings.Cut(state, ",")
	switch state {
	case "running", "runnable", "copystack", "preempted":
		return ""
	}
	// A computation of dl waits for its workers and will be back: its own polls
	// answer the interrupt.
	if strings.Contains(stack, "descent/dl") {
		return ""
	}
	return state + stack
}

// overflowing reports whether the stacks of the process are larger than any
// recursion that ends should need. The Go runtime would end the process.
func overflowing() bool { return stacks() > stackLimit }

// stacks returns the size of all stacks.
func stacks() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(s)
	if s[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return s[0].Value.Uint64()
}

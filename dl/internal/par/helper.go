package par

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Durations of the spins. A PAUSE takes some 40 to 140 cycles on current
// amd64 processors.
const (
	joinPause = 8
	joinSpins = 2000

	spinPause = 8
	spinCheck = 16 // looks at the slot between two looks at the clock

	minSpin = 20 * time.Microsecond
	maxSpin = 300 * time.Microsecond

	// A look at the clock that finds this much gone since the last one means
	// that the processor was given to someone else.
	stolen = 60 * time.Microsecond
)

// helper is a goroutine that takes chunks of other goroutines' loops. Its
// slot holds nil when it is free, a job that was posted to it, or busy.
type helper struct {
	slot   atomic.Pointer[job]
	asleep atomic.Bool
	wake   chan struct{}
	spin   time.Duration
	high   bool
}

// busy marks the slot of a helper that runs a job.
var busy = new(job)

// helpers is the team that serves the whole process.
type helpers struct {
	mu  sync.Mutex // guards growing
	all atomic.Pointer[[]*helper]
}

var team helpers

// maxHelpers bounds the team, whatever GOMAXPROCS says.
const maxHelpers = 255

// post offers j to up to want free helpers.
func (t *helpers) post(j *job, want int) {
	want = min(want, maxHelpers)
	all := t.grow(want)
	for _, h := range all {
		if want == 0 {
			return
		}
		if h.slot.Load() != nil || !h.slot.CompareAndSwap(nil, j) {
			continue
		}
		want--
		j.posted = append(j.posted, h)
		if h.asleep.Load() && h.asleep.CompareAndSwap(true, false) {
			h.wake <- struct{}{}
		}
	}
}

// grow makes the team at least n strong.
func (t *helpers) grow(n int) []*helper {
	if p := t.all.Load(); p != nil && len(*p) >= n {
		return *p
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []*helper
	if p := t.all.Load(); p != nil {
		all = *p
	}
	for len(all) < n {
		h := &helper{wake: make(chan struct{}, 1), spin: maxSpin, high: len(all) == 0}
		all = append(all[:len(all):len(all)], h)
		go h.loop()
	}
	t.all.Store(&all)
	return all
}

// loop serves jobs for ever.
func (h *helper) loop() {
	for {
		j := h.wait()
		if j == nil || !h.slot.CompareAndSwap(j, busy) {
			continue // taken back by its caller
		}
		h.serve(j)
	}
}

// serve works on j. If the body ends the goroutine (runtime.Goexit), a new
// one takes its place.
func (h *helper) serve(j *job) {
	ok := false
	defer func() {
		v := recover()
		switch {
		case ok:
		case v != nil:
			j.fail(v)
		default:
			j.fail(errGoexit)
			go h.loop()
		}
		h.slot.Store(nil)
		j.done()
	}()
	j.work(h.high)
	ok = true
}

var errGoexit = errors.New("par: the body of a loop called runtime.Goexit")

// wait spins for a job, then parks. How long it spins follows what the last
// spins were good for.
func (h *helper) wait() *job {
	start := time.Now()
	last := start
	for {
		for range spinCheck {
			if j := h.slot.Load(); j != nil {
				h.spin = min(2*h.spin, maxSpin)
				return j
			}
			pause(spinPause)
		}
		now := time.Now()
		if now.Sub(last) > stolen {
			// Others want the processor. What is left of this turn on it is
			// better used than given back, but spinning should not go on.
			h.spin = max(h.spin/2, minSpin)
			start = now
		}
		if now.Sub(start) > h.spin {
			h.spin = max(h.spin/2, minSpin)
			break
		}
		runtime.Gosched()
		last = time.Now()
	}
	h.asleep.Store(true)
	// A job posted before the store may have found the helper awake.
	if j := h.slot.Load(); j != nil && h.asleep.CompareAndSwap(true, false) {
		return j
	}
	<-h.wake
	return h.slot.Load()
}

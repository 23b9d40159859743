package par

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// maxChunks bounds the number of chunks of a loop, so that a small grain
// does not turn into scheduling work.
const maxChunks = 128

// Task is a loop body with state of its own. Run with a pooled Task makes no
// garbage, where a closure given to For may be one allocation.
type Task interface {
	// Chunk does the part [lo, hi) of the loop.
	Chunk(lo, hi int)
}

type taskFunc func(lo, hi int)

func (f taskFunc) Chunk(lo, hi int) { f(lo, hi) }

// Workers returns how many goroutines a loop may use: GOMAXPROCS.
func Workers() int { return runtime.GOMAXPROCS(0) }

// Chunks returns how For cuts n items: into count chunks of size items, the
// last one shorter. Size is a multiple of grain.
func Chunks(n, grain int) (count, size int) {
	if n <= 0 {
		return 0, max(grain, 1)
	}
	grain = max(grain, 1)
	grains := (n + grain - 1) / grain
	size = grain * ((grains + maxChunks - 1) / maxChunks)
	return (n + size - 1) / size, size
}

// For calls f for the chunks of [0, n), in parallel when there is more than
// one. A grain should be 10 microseconds of work or more.
func For(n, grain int, f func(lo, hi int)) {
	if n <= 0 {
		return
	}
	if n <= grain {
		f(0, n)
		return
	}
	Run(n, grain, taskFunc(f))
}

// Whole is For for work that must not be left half done: it cannot be stopped.
func Whole(n, grain int, f func(lo, hi int)) { run(n, grain, taskFunc(f), 0) }

// Run is For with a Task.
func Run(n, grain int, t Task) { run(n, grain, t, begin()) }

func run(n, grain int, t Task, since clock) {
	count, size := Chunks(n, grain)
	switch {
	case count == 0:
		return
	case count == 1:
		t.Chunk(0, n)
		return
	case Workers() == 1:
		for lo := 0; lo < n; lo += size {
			since.poll()
			t.Chunk(lo, min(lo+size, n))
		}
		return
	}
	j := jobs.Get().(*job)
	j.task, j.n, j.size, j.since = t, n, size, since
	j.next.Store(uint64(count) << 32)
	j.run(count)
	p := j.panicked
	j.reset()
	jobs.Put(j)
	if p != nil {
		panic(p.value)
	}
}

var jobs = sync.Pool{New: func() any { return &job{sem: make(chan struct{}, 1)} }}

// parked is added to job.left by a caller that stops spinning.
const parked = 1 << 30

// job is one loop in progress.
type job struct {
	task     Task
	n, size  int
	since    clock
	next     atomic.Uint64 // chunks not begun: from the low to the high 32 bits
	left     atomic.Int32  // helpers that took part less helpers that are done
	sem      chan struct{}
	mu       sync.Mutex
	panicked *panicValue
	posted   []*helper
}

type panicValue struct{ value any }

// reset drops what the loop referred to.
func (j *job) reset() {
	j.task, j.panicked = nil, nil
	j.posted = j.posted[:0]
	j.left.Store(0)
}

// take claims a chunk, from the low end or from the high end. The caller
// works upwards and its first helper downwards, so that in a repeated loop
// the same processor mostly meets the same part of the data.
func (j *job) take(high bool) (int, bool) {
	for {
		v := j.next.Load()
		lo, hi := uint32(v), uint32(v>>32)
		if lo >= hi {
			return 0, false
		}
		if high {
			if j.next.CompareAndSwap(v, uint64(hi-1)<<32|uint64(lo)) {
				return int(hi - 1), true
			}
		} else if j.next.CompareAndSwap(v, uint64(hi)<<32|uint64(lo+1)) {
			return int(lo), true
		}
	}
}

// work runs chunks until none is left.
func (j *job) work(high bool) {
	for {
		c, ok := j.take(high)
		if !ok {
			return
		}
		j.since.poll()
		lo := c * j.size
		j.task.Chunk(lo, min(lo+j.size, j.n))
	}
}

// fail records the first panic and lets the other workers stop early.
func (j *job) fail(v any) {
	j.mu.Lock()
	if j.panicked == nil {
		j.panicked = &panicValue{v}
	}
	j.mu.Unlock()
	j.next.Store(0)
}

func (j *job) run(count int) {
	team.post(j, min(count, Workers())-1)
	// Deferred, since a panic or runtime.Goexit of the caller's own chunk
	// must not leave helpers behind that still use its data.
	ok := false
	defer func() {
		if !ok {
			j.next.Store(0)
		}
		j.join()
	}()
	j.work(false)
	ok = true
}

// join takes the job back from helpers that have not begun and waits for
// those that have.
func (j *job) join() {
	took := int32(0)
	for _, h := range j.posted {
		if !h.slot.CompareAndSwap(j, nil) {
			took++
		}
	}
	if took == 0 || j.left.Add(took) == 0 {
		return
	}
	for i := 0; i < joinSpins; i++ {
		if j.left.Load() == 0 {
			return
		}
		pause(joinPause)
	}
	if j.left.Add(parked) != parked {
		<-j.sem
	}
}

// done is called by a helper for which work has returned.
func (j *job) done() {
	if j.left.Add(-1) == parked {
		j.sem <- struct{}{}
	}
}

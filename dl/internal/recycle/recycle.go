package recycle

import (
	"math/bits"
	"runtime"
	"sync"
	"time"
	"unsafe"
)

const (
	// Smaller requests are left to the Go allocator, which is as quick.
	minLen = 8 << 10
	// Larger ones too: keeping them would hold too much memory.
	maxLen = 64 << 20
	// streamLen is from which length on a result is not likely to be read from
	// the second cache of the processor that wrote it.
	streamLen = 512 << 10

	// keep bounds the memory on the free lists, in floats: 256 MiB.
	keep = 64 << 20
	// batch is how much is handed out before a collection is worth its time,
	// in floats. With the operands it must fit into the last-level cache: a
	// result in memory that has left it costs three times as much.
	batch = 2 << 20
	// share is how much of the time a mebibyte of results takes, some 60
	// microseconds at least, may be spent on collecting.
	share = 25 * time.Microsecond
	// most is how many mebibytes may be handed out without a collection,
	// whatever it takes: on a busy machine it would never seem worth it.
	most = 128
)

const numClasses = 4 * 27

// class returns the index and the capacity of the smallest class that holds n
// floats: 2^e, 1.25·2^e, 1.5·2^e, 1.75·2^e.
func class(n int) (index, capacity int) {
	e := bits.Len(uint(n-1)) - 1
	quarter := 1 << (e - 2)
	q := (n - 1 - 1<<e) / quarter
	return 4*e + q, 1<<e + (q+1)*quarter
}

// block is a free buffer. It is warm if it was put back by its user, who had
// just used it, and not by the collector.
type block struct {
	buf  []float32
	warm bool
}

// list is the free buffers of one class. idle is the least number that lay
// there since the last collection: so many were not needed.
type list struct {
	free      []block
	idle      int
	reclaimer func(*float32)
}

type state struct {
	mu      sync.Mutex
	lists   [numClasses]list
	free    int // floats on the lists
	out     int // floats handed out and not yet back
	settled int // out after the last collection

	collecting sync.Mutex
	took       time.Duration // by the last collection
}

var pool state

// Float32s returns n floats whose values are not specified.
func Float32s(n int) []float32 {
	buf, _ := Results(n)
	return buf
}

// Results is Float32s for a result that is written once, from its beginning to
// its end. It says whether that is better done past the caches: the memory is
// most likely in none of them, and the result too large to stay in one.
func Results(n int) (buf []float32, stream bool) {
	if n < minLen || n > maxLen {
		return make([]float32, n), n > maxLen
	}
	buf, warm := pool.get(n)
	return buf, n >= streamLen && !warm
}

// Int64s is Float32s for integers: they lie in the same buffers.
func Int64s(n int) []int64 {
	if 2*n < minLen || 2*n > maxLen {
		return make([]int64, n)
	}
	buf, _ := pool.get(2 * n)
	return unsafe.Slice((*int64)(unsafe.Pointer(unsafe.SliceData(buf))), n)
}

func (s *state) get(n int) (buf []float32, warm bool) {
	i, c := class(n)
	s.mu.Lock()
	b := s.pop(i, c)
	if b.buf == nil && s.out-s.settled >= max(batch, s.settled/2) {
		s.mu.Unlock()
		s.collect(i)
		s.mu.Lock()
		b = s.pop(i, c)
	}
	s.out += c
	if s.lists[i].reclaimer == nil {
		s.lists[i].reclaimer = func(p *float32) { s.reclaim(block{buf: unsafe.Slice(p, c)}, i) }
	}
	f := s.lists[i].reclaimer
	s.mu.Unlock()
	if b.buf == nil {
		b.buf = make([]float32, c)
	}
	runtime.SetFinalizer(&b.buf[0], f)
	return b.buf[:n:n], b.warm
}

// Put takes back a slice that Float32s returned, whole. Nothing may refer to
// its memory any more. Small and huge slices are left to the collector.
func Put(buf []float32) {
	if n := len(buf); n >= minLen && n <= maxLen {
		pool.put(buf)
	}
}

// PutInt64s is Put for Int64s.
func PutInt64s(buf []int64) {
	if n := 2 * len(buf); n >= minLen && n <= maxLen {
		pool.put(unsafe.Slice((*float32)(unsafe.Pointer(unsafe.SliceData(buf))), n))
	}
}

func (s *state) put(buf []float32) {
	i, c := class(len(buf))
	p := unsafe.SliceData(buf)
	runtime.SetFinalizer(p, nil)
	s.reclaim(block{unsafe.Slice(p, c), true}, i)
}

// pop takes a buffer off a list; s.mu is held.
func (s *state) pop(i, c int) block {
	l := &s.lists[i]
	k := len(l.free) - 1
	if k < 0 {
		return block{}
	}
	b := l.free[k]
	l.free[k] = block{}
	l.free = l.free[:k]
	l.idle = min(l.idle, k)
	s.free -= c
	return b
}

// reclaim takes back a block that nothing refers to.
func (s *state) reclaim(b block, i int) {
	n := len(b.buf)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out -= n
	s.settled = min(s.settled, s.out)
	if s.free+n <= keep {
		s.lists[i].free = append(s.lists[i].free, b)
		s.free += n
	}
}

// collect runs the garbage collector and waits a moment for the finalizers,
// until class i has a free buffer.
func (s *state) collect(i int) {
	if !s.collecting.TryLock() {
		return // another goroutine is at it
	}
	defer s.collecting.Unlock()
	start := time.Now()
	s.mu.Lock()
	if mib := (s.out - s.settled) >> 18; mib < most && time.Duration(mib)*share < s.took {
		s.mu.Unlock()
		return
	}
	s.trim()
	s.mu.Unlock()
	runtime.GC()
	// The finalizers run on a goroutine of their own, right after.
	for wait := 0; wait < 50; wait++ {
		s.mu.Lock()
		ready := len(s.lists[i].free) > 0
		s.mu.Unlock()
		if ready {
			break
		}
		if wait < 10 {
			runtime.Gosched()
		} else {
			time.Sleep(10 * time.Microsecond)
		}
	}
	s.mu.Lock()
	s.settled = s.out
	s.mu.Unlock()
	s.took = time.Since(start)
}

// trim lets go of the buffers that were not needed since the last collection;
// s.mu is held.
func (s *state) trim() {
	for i := range s.lists {
		l := &s.lists[i]
		if l.idle > 0 {
			k := len(l.free) - l.idle
			for _, b := range l.free[k:] {
				s.free -= len(b.buf)
			}
			clear(l.free[k:])
			l.free = l.free[:k]
		}
		l.idle = len(l.free)
	}
}

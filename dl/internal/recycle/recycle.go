// Package recycle hands out large buffers and takes them back when nothing
// refers to them any more, without being told.
//
// Results of tensor operations are short-lived and large. Left to the Go
// allocator, each costs a clearing and often the page faults of fresh memory:
// several times the arithmetic of an addition. Giving buffers back by hand is
// no way out either, since any slice of a tensor's memory, in a kernel that is
// still running or in a user's variable, would silently see the memory change.
//
// Here the garbage collector decides. Every buffer carries a finalizer, which
// runs only when no pointer into the buffer exists anywhere, slices of it
// included; it puts the buffer on a free list instead of letting it go. When
// the lists run dry after much was handed out, a collection is started, the later
// the longer it takes.
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

// list is the free buffers of one class. idle is the least number that lay
// there since the last collection: so many were not needed.
type list struct {
	free      [][]float32
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
	if n < minLen || n > maxLen {
		return make([]float32, n)
	}
	return pool.get(n)
}

// Int64s is Float32s for integers: they lie in the same buffers.
func Int64s(n int) []int64 {
	if 2*n < minLen || 2*n > maxLen {
		return make([]int64, n)
	}
	return unsafe.Slice((*int64)(unsafe.Pointer(unsafe.SliceData(pool.get(2*n)))), n)
}

func (s *state) get(n int) []float32 {
	i, c := class(n)
	s.mu.Lock()
	buf := s.pop(i, c)
	if buf == nil && s.out-s.settled >= max(batch, s.settled/2) {
		s.mu.Unlock()
		s.collect(i)
		s.mu.Lock()
		buf = s.pop(i, c)
	}
	s.out += c
	if s.lists[i].reclaimer == nil {
		s.lists[i].reclaimer = func(p *float32) { s.reclaim(unsafe.Slice(p, c), i) }
	}
	f := s.lists[i].reclaimer
	s.mu.Unlock()
	if buf == nil {
		buf = make([]float32, c)
	}
	runtime.SetFinalizer(&buf[0], f)
	return buf[:n:n]
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
	s.reclaim(unsafe.Slice(p, c), i)
}

// pop takes a buffer off a list; s.mu is held.
func (s *state) pop(i, c int) []float32 {
	l := &s.lists[i]
	k := len(l.free) - 1
	if k < 0 {
		return nil
	}
	buf := l.free[k]
	l.free[k] = nil
	l.free = l.free[:k]
	l.idle = min(l.idle, k)
	s.free -= c
	return buf
}

// reclaim is the finalizer: nothing refers to buf.
func (s *state) reclaim(buf []float32, i int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.out -= len(buf)
	s.settled = min(s.settled, s.out)
	if s.free+len(buf) <= keep {
		s.lists[i].free = append(s.lists[i].free, buf)
		s.free += len(buf)
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
			for _, buf := range l.free[k:] {
				s.free -= len(buf)
			}
			clear(l.free[k:])
			l.free = l.free[:k]
		}
		l.idle = len(l.free)
	}
}

package pool

import (
	"math/bits"
	"runtime"
	"sync"
)

// Smaller requests are left to the Go allocator, which is as quick for them.
const minClass = 64

// numClasses covers requests up to 2^40 elements.
const numClasses = 4 * 40

// maxPerClass bounds how many free buffers a class keeps.
const maxPerClass = 32

// class returns the index and the capacity of the smallest class that holds
// n elements: 2^e, 1.25·2^e, 1.5·2^e, 1.75·2^e.
func class(n int) (index, capacity int) {
	if n <= minClass {
		return 0, minClass
	}
	e := bits.Len(uint(n-1)) - 1 // 2^e <= n-1 < 2^(e+1)
	quarter := 1 << (e - 2)
	q := (n - 1 - 1<<e) / quarter // 0..3
	capacity = 1<<e + (q+1)*quarter
	return 4*(e-6) + q + 1, capacity
}

// list is the free buffers of one class. idle is the smallest length that
// the list had since the last collection: that many buffers were not needed.
type list[T any] struct {
	mu   sync.Mutex
	free [][]T
	idle int
	old  int // idle at the collection before
}

type buffers[T any] struct {
	lists [numClasses]list[T]
	once  sync.Once
}

func (b *buffers[T]) get(n int) []T {
	if n < 0 {
		panic("pool: negative length")
	}
	if n == 0 {
		return nil
	}
	i, c := class(n)
	l := &b.lists[i]
	l.mu.Lock()
	if k := len(l.free); k > 0 {
		s := l.free[k-1]
		l.free[k-1] = nil
		l.free = l.free[:k-1]
		l.idle = min(l.idle, k-1)
		l.mu.Unlock()
		return s[:n]
	}
	l.mu.Unlock()
	return make([]T, n, c)
}

func (b *buffers[T]) put(s []T) {
	n := cap(s)
	if n < minClass {
		return
	}
	i, c := class(n)
	if c != n {
		return // not one of ours, or a part of one
	}
	b.once.Do(b.watch)
	l := &b.lists[i]
	l.mu.Lock()
	if len(l.free) < maxPerClass {
		l.free = append(l.free, s[:n:n])
	}
	l.mu.Unlock()
}

// watch trims the lists after every garbage collection.
func (b *buffers[T]) watch() {
	type sentinel struct{ p *sentinel }
	var arm func(*sentinel)
	arm = func(*sentinel) {
		b.trim()
		runtime.SetFinalizer(&sentinel{new(sentinel)}, arm)
	}
	runtime.SetFinalizer(&sentinel{new(sentinel)}, arm)
}

// trim drops the buffers that two collections in a row found unneeded.
func (b *buffers[T]) trim() {
	for i := range b.lists {
		l := &b.lists[i]
		l.mu.Lock()
		if drop := min(l.idle, l.old, len(l.free)); drop > 0 {
			k := copy(l.free, l.free[drop:])
			clear(l.free[k:])
			l.free = l.free[:k]
		}
		l.old = l.idle
		l.idle = len(l.free)
		l.mu.Unlock()
	}
}

var (
	float32s buffers[float32]
	float64s buffers[float64]
	int32s   buffers[int32]
)

// Float32s returns a slice of n floats whose contents are undefined.
func Float32s(n int) []float32 { return float32s.get(n) }

// Put hands a slice from Float32s back. Slices that are not whole buffers of
// this package are ignored.
func Put(s []float32) { float32s.put(s) }

// Float64s returns a slice of n float64 whose contents are undefined.
func Float64s(n int) []float64 { return float64s.get(n) }

// PutFloat64s hands a slice from Float64s back.
func PutFloat64s(s []float64) { float64s.put(s) }

// Int32s returns a slice of n int32 whose contents are undefined.
func Int32s(n int) []int32 { return int32s.get(n) }

// PutInt32s hands a slice from Int32s back.
func PutInt32s(s []int32) { int32s.put(s) }

package rt

import (
	"reflect"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// Lock, RLock and the other functions of this file are methods of package sync for
// cells: an interrupt ends their waiting with a panic of ErrStop, and nothing of the
// wait remains. Package sync cannot be told to give up, so those who wait stand in
// queues here, in the order in which they came, and try.

const (
	tryFirst = 20 * time.Microsecond // a compiled package may unlock without telling us
	tryLast  = 10 * time.Millisecond
)

// waiter waits for a lock, or for a WaitGroup.
type waiter struct {
	alone bool          // the lock is for one alone
	try   func() bool   // takes what it waits for
	turn  chan struct{} // says that it may be worth trying
	over  bool          // it need not try: it was had for it
}

// parking holds the queues, by what is waited for.
var parking struct {
	sync.Mutex
	n      atomic.Int32 // how many wait
	queues map[unsafe.Pointer][]*waiter
}

// acquire takes what try takes, behind those who wait for the same.
func acquire(at unsafe.Pointer, alone bool, try func() bool) {
	if parking.n.Load() == 0 && try() {
		return
	}
	parking.n.Add(1)
	defer parking.n.Add(-1)
	w := &waiter{alone: alone, try: try, turn: make(chan struct{}, 1)}
	if w.enqueue(at) {
		return
	}
	done := Done()
	timer := time.NewTimer(tryFirst)
	defer timer.Stop()
	for next := tryFirst; ; {
		select {
		case <-w.turn:
		case <-timer.C:
			next = min(2*next, tryLast)
			timer.Reset(next)
		case <-done:
			w.leave(at)
			Stop()
		}
		if w.attempt(at) {
			return
		}
	}
}

// enqueue takes it at once if nobody waits, or stands at the end of the queue.
func (w *waiter) enqueue(at unsafe.Pointer) (had bool) {
	parking.Lock()
	defer parking.Unlock()
	q := parking.queues[at]
	if mayTry(q, len(q), w) && w.try() {
		return true
	}
	if parking.queues == nil {
		parking.queues = map[unsafe.Pointer][]*waiter{}
	}
	parking.queues[at] = append(q, w)
	return false
}

// mayTry reports whether the one at place i of a queue may try: nobody is before it,
// or all of them share with it.
func mayTry(q []*waiter, i int, w *waiter) bool {
	if w.alone {
		return i == 0
	}
	for _, before := range q[:i] {
		if before.alone {
			return false
		}
	}
	return true
}

// attempt tries and leaves the queue with success.
func (w *waiter) attempt(at unsafe.Pointer) (had bool) {
	parking.Lock()
	defer parking.Unlock()
	q := parking.queues[at]
	for i, x := range q {
		if x == w {
			if !w.over && !(mayTry(q, i, w) && w.try()) {
				return false
			}
			drop(at, i)
			return true
		}
	}
	return true
}

// leave leaves the queue without success.
func (w *waiter) leave(at unsafe.Pointer) {
	parking.Lock()
	defer parking.Unlock()
	for i, x := range parking.queues[at] {
		if x == w {
			drop(at, i)
			return
		}
	}
}

// drop removes the one at place i, and tells those whose turn it is now. parking is
// locked.
func drop(at unsafe.Pointer, i int) {
	q := parking.queues[at]
	if len(q) == 1 {
		delete(parking.queues, at)
		return
	}
	q = append(q[:i:i], q[i+1:]...)
	parking.queues[at] = q
	call(q)
}

func call(q []*waiter) {
	for i, w := range q {
		if !mayTry(q, i, w) {
			return
		}
		select {
		case w.turn <- struct{}{}:
		default:
		}
	}
}

// released tells those who wait.
func released(at unsafe.Pointer) {
	if parking.n.Load() == 0 {
		return
	}
	parking.Lock()
	defer parking.Unlock()
	call(parking.queues[at])
}

// misuse is an error that ends a program of its own at once. In a session it ends the
// cell.
func misuse(text string) { panic(fatalError(text)) }

type fatalError string

func (e fatalError) Error() string { return "fatal error: " + string(e) }

// RuntimeError makes it a runtime.Error.
func (e fatalError) RuntimeError() {}

// Lock is (*sync.Mutex).Lock.
func Lock(m *sync.Mutex) { acquire(unsafe.Pointer(m), true, m.TryLock) }

// Unlock is (*sync.Mutex).Unlock.
func Unlock(m *sync.Mutex) {
	if m.TryLock() {
		m.Unlock()
		misuse("sync: unlock of unlocked mutex")
	}
	m.Unlock()
	released(unsafe.Pointer(m))
}

// LockRW is (*sync.RWMutex).Lock.
func LockRW(m *sync.RWMutex) { acquire(unsafe.Pointer(m), true, m.TryLock) }

// UnlockRW is (*sync.RWMutex).Unlock.
func UnlockRW(m *sync.RWMutex) {
	if m.TryRLock() {
		m.RUnlock()
		misuse("sync: Unlock of unlocked RWMutex")
	}
	m.Unlock()
	released(unsafe.Pointer(m))
}

// RLock is (*sync.RWMutex).RLock.
func RLock(m *sync.RWMutex) { acquire(unsafe.Pointer(m), false, m.TryRLock) }

// RUnlock is (*sync.RWMutex).RUnlock.
func RUnlock(m *sync.RWMutex) {
	if m.TryLock() {
		m.Unlock()
		misuse("sync: RUnlock of unlocked RWMutex")
	}
	m.RUnlock()
	released(unsafe.Pointer(m))
}

// groupState is where a sync.WaitGroup keeps its counter, in the upper half of 64
// bits. Without it a wait takes a goroutine, which an interrupt leaves behind.
var groupState = func() uintptr {
	f, ok := reflect.TypeFor[sync.WaitGroup]().FieldByName("state")
	if !ok || f.Type != reflect.TypeFor[atomic.Uint64]() {
		return none
	}
	var g sync.WaitGroup
	g.Add(3)
	if (*atomic.Uint64)(unsafe.Add(unsafe.Pointer(&g), f.Offset)).Load()>>32 != 3 {
		return none
	}
	return f.Offset
}()

const none = ^uintptr(0)

// finished reports whether a group has nothing to wait for.
func finished(g *sync.WaitGroup) bool {
	return (*atomic.Uint64)(unsafe.Add(unsafe.Pointer(g), groupState)).Load()>>32 == 0
}

// WaitGroup is (*sync.WaitGroup).Wait.
func WaitGroup(g *sync.WaitGroup) {
	if groupState == none {
		waitByGoroutine(g)
		return
	}
	acquire(unsafe.Pointer(g), false, func() bool { return finished(g) })
}

// GroupAdd is (*sync.WaitGroup).Add.
func GroupAdd(g *sync.WaitGroup, n int) {
	g.Add(n)
	if parking.n.Load() == 0 || groupState == none || !finished(g) {
		return
	}
	// The group may be used anew before those who wait have looked.
	parking.Lock()
	defer parking.Unlock()
	q := parking.queues[unsafe.Pointer(g)]
	for _, w := range q {
		w.over = true
	}
	call(q)
}

// GroupDone is (*sync.WaitGroup).Done.
func GroupDone(g *sync.WaitGroup) { GroupAdd(g, -1) }

// GroupGo is (*sync.WaitGroup).Go.
func GroupGo(g *sync.WaitGroup, f func()) {
	GroupAdd(g, 1)
	go Guarded(func() {
		defer GroupDone(g)
		Guarded(f)()
	})()
}

func waitByGoroutine(g *sync.WaitGroup) {
	end := make(chan struct{})
	go func() {
		g.Wait()
		close(end)
	}()
	select {
	case <-end:
	case <-Done():
		Stop()
	}
}

// WaitCond is (*sync.Cond).Wait. An interrupt wakes all who wait on the condition,
// so that the lock is held when the panic leaves, as the caller expects.
func WaitCond(c *sync.Cond) {
	woken := make(chan struct{})
	go func() {
		c.Wait()
		close(woken)
	}()
	select {
	case <-woken:
	case <-Done():
		for {
			c.Broadcast() // again, in case the wait had not begun
			select {
			case <-woken:
				Stop()
			case <-time.After(time.Millisecond):
			}
		}
	}
}

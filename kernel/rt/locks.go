package rt

import (
	"sync"
	"time"
)

// Lock, RLock and the other functions of this file are the blocking methods of
// package sync for cells: an interrupt ends the waiting with a panic of ErrStop.

// Lock is (*sync.Mutex).Lock.
func Lock(m *sync.Mutex) {
	if !m.TryLock() {
		acquire(m.Lock, m.Unlock)
	}
}

// LockRW is (*sync.RWMutex).Lock.
func LockRW(m *sync.RWMutex) {
	if !m.TryLock() {
		acquire(m.Lock, m.Unlock)
	}
}

// RLock is (*sync.RWMutex).RLock.
func RLock(m *sync.RWMutex) {
	if !m.TryRLock() {
		acquire(m.RLock, m.RUnlock)
	}
}

// acquire takes a lock that another goroutine holds. If an interrupt comes first,
// the lock is given back as soon as it is had.
func acquire(lock, unlock func()) {
	done := Done()
	got, left := make(chan struct{}), make(chan struct{})
	go func() {
		lock()
		select {
		case got <- struct{}{}:
		case <-left:
			unlock()
		}
	}()
	select {
	case <-got:
	case <-done:
		close(left)
		panic(ErrStop)
	}
}

// WaitGroup is (*sync.WaitGroup).Wait.
func WaitGroup(g *sync.WaitGroup) {
	finished := make(chan struct{})
	go func() {
		g.Wait()
		close(finished)
	}()
	select {
	case <-finished:
	case <-Done():
		panic(ErrStop)
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
				panic(ErrStop)
			case <-time.After(time.Millisecond):
			}
		}
	}
}

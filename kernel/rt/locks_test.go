package rt

import (
	"runtime"
	"sync"
	"testing"
	"time"
)

// locked runs f on goroutines that take and give back a lock through this package,
// and some that do so past it.
func locked(t *testing.T, lock, unlock, directLock, directUnlock func()) {
	t.Helper()
	n, inside := 0, 0
	var wg sync.WaitGroup
	const each = 300
	for g := range 8 {
		l, u := lock, unlock
		if g%4 == 3 {
			l, u = directLock, directUnlock
		}
		wg.Go(func() {
			for range each {
				l()
				if inside++; inside != 1 {
					t.Error("two have the lock")
				}
				runtime.Gosched()
				inside--
				n++
				u()
			}
		})
	}
	wg.Wait()
	if n != 8*each {
		t.Errorf("%d turns, want %d", n, 8*each)
	}
}

func TestLocksExclude(t *testing.T) {
	var m sync.Mutex
	locked(t, func() { Lock(&m) }, func() { Unlock(&m) }, m.Lock, m.Unlock)
	var rw sync.RWMutex
	locked(t, func() { LockRW(&rw) }, func() { UnlockRW(&rw) }, rw.Lock, rw.Unlock)
}

// TestReadersShare needs all readers inside at once.
func TestReadersShare(t *testing.T) {
	var rw sync.RWMutex
	LockRW(&rw)
	var in, all sync.WaitGroup
	in.Add(5)
	for range 5 {
		all.Go(func() {
			RLock(&rw)
			in.Done()
			in.Wait()
			RUnlock(&rw)
		})
	}
	UnlockRW(&rw)
	all.Wait()
	LockRW(&rw)
	UnlockRW(&rw)
}

// TestLockIsFair has one goroutine that gives the lock back only to take it again.
func TestLockIsFair(t *testing.T) {
	var m sync.Mutex
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			Lock(&m)
			select {
			case <-stop:
				Unlock(&m)
				return
			default:
			}
			Unlock(&m)
		}
	})
	for range 50 {
		Lock(&m)
		Unlock(&m)
	}
	close(stop)
	wg.Wait()
}

// TestNothingWaitsOn leaves no goroutine and no queue behind an interrupt.
func TestNothingWaitsOn(t *testing.T) {
	before := runtime.NumGoroutine()
	var wg sync.WaitGroup
	for range 20 {
		for _, wait := range []func(){
			func() { var m sync.Mutex; m.Lock(); Lock(&m) },
			func() { var m sync.RWMutex; m.RLock(); LockRW(&m) },
			func() { var m sync.RWMutex; m.Lock(); RLock(&m) },
			func() { var g sync.WaitGroup; g.Add(1); WaitGroup(&g) },
		} {
			wg.Go(func() {
				defer func() {
					if recover() != ErrStop {
						t.Error("not ended by the interrupt")
					}
				}()
				wait()
			})
		}
	}
	for parking.n.Load() < 80 {
		time.Sleep(time.Millisecond)
	}
	Interrupt()
	wg.Wait()
	Resume()
	for end := time.Now().Add(time.Minute); runtime.NumGoroutine() > before && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before {
		t.Errorf("%d goroutines, were %d", n, before)
	}
	if len(parking.queues) > 0 || parking.n.Load() != 0 {
		t.Errorf("%d queues, %d waiters are left", len(parking.queues), parking.n.Load())
	}
}

func TestGroup(t *testing.T) {
	var g sync.WaitGroup
	for round := range 20 {
		n := 0
		var m sync.Mutex
		for range 10 {
			GroupGo(&g, func() { Lock(&m); defer Unlock(&m); n++ })
		}
		GroupAdd(&g, 1)
		go func() { Lock(&m); n++; Unlock(&m); g.Done() }() // past this package
		WaitGroup(&g)
		if n != 11 {
			t.Fatalf("round %d: %d of 11 are done", round, n)
		}
	}
	// Used anew before the one who waits has looked.
	GroupAdd(&g, 1)
	waited := make(chan struct{})
	go func() { WaitGroup(&g); close(waited) }()
	for parking.n.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	GroupDone(&g)
	GroupAdd(&g, 1)
	<-waited
	GroupDone(&g)
}

func TestMisuse(t *testing.T) {
	for want, f := range map[string]func(){
		"fatal error: sync: unlock of unlocked mutex":    func() { Unlock(new(sync.Mutex)) },
		"fatal error: sync: Unlock of unlocked RWMutex":  func() { UnlockRW(new(sync.RWMutex)) },
		"fatal error: sync: RUnlock of unlocked RWMutex": func() { RUnlock(new(sync.RWMutex)) },
	} {
		func() {
			defer func() {
				if err, ok := recover().(runtime.Error); !ok || err.Error() != want {
					t.Errorf("%v, want %s", err, want)
				}
			}()
			f()
		}()
	}
}

func TestGuarded(t *testing.T) {
	told := make(chan any, 1)
	SetGoPanic(func(v any) { told <- v })
	defer goPanicHook.Store(nil)
	done := make(chan struct{})
	time.AfterFunc(0, func() { Guarded(func() { panic("timer") })(); close(done) })
	<-done
	if v := <-told; v != "timer" {
		t.Errorf("told of %v", v)
	}
	Go(func() { panic("goroutine") })
	if v := <-told; v != "goroutine" {
		t.Errorf("told of %v", v)
	}
}

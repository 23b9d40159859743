package goid

import (
	"runtime"
	"sync"
	"testing"
)

func TestDistinctAndStable(t *testing.T) {
	const n = 64
	var (
		mu   sync.Mutex
		seen = map[uintptr]bool{}
		wg   sync.WaitGroup
		gate = make(chan struct{})
	)
	for range n {
		wg.Go(func() {
			id := Get()
			for range 100 {
				runtime.Gosched()
				if Get() != id {
					t.Error("name changed while the goroutine ran")
				}
			}
			grow(200)
			if Get() != id {
				t.Error("name changed when the stack grew")
			}
			mu.Lock()
			if seen[id] {
				t.Error("two live goroutines with one name")
			}
			seen[id] = true
			mu.Unlock()
			<-gate // all goroutines are alive together
		})
	}
	for {
		mu.Lock()
		done := len(seen) == n
		mu.Unlock()
		if done || t.Failed() {
			break
		}
		runtime.Gosched()
	}
	close(gate)
	wg.Wait()
}

func grow(n int) byte {
	var a [1024]byte
	if n == 0 {
		return a[0]
	}
	return grow(n-1) + a[n]
}

package par

import (
	"sync/atomic"
	"testing"
	"time"
)

// TestStop tells loops to stop once they have begun, from a chunk.
func TestStop(t *testing.T) {
	var told atomic.Bool
	SetStop(told.Load)
	defer SetStop(nil)
	slow := func(chunks *atomic.Int32) func(lo, hi int) {
		return func(lo, hi int) {
			chunks.Add(1)
			told.Store(true)
			time.Sleep(time.Duration(patience.Load()) / 4)
		}
	}
	stopped := func(loop func()) (v any) {
		told.Store(false)
		defer func() { v = recover() }()
		loop()
		return nil
	}
	var n atomic.Int32
	if v := stopped(func() { For(100, 1, slow(&n)) }); v != ErrStopped || n.Load() == 100 {
		t.Errorf("For panicked with %v after %d chunks of 100", v, n.Load())
	}
	n.Store(0)
	if v := stopped(func() { Whole(16, 1, slow(&n)) }); v != nil || n.Load() != 16 {
		t.Errorf("Whole panicked with %v after %d chunks of 16", v, n.Load())
	}
	if v := stopped(func() { told.Store(true); Poll() }); v != ErrStopped {
		t.Errorf("Poll panicked with %v", v)
	}
	SetStop(nil)
	Poll()
}

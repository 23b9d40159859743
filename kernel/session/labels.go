package session

import (
	"context"
	"runtime"
	"runtime/pprof"
	"sync"

	"descent/kernel/rt"
)

// A goroutine belongs to the cell that started it, or whose goroutine started it.
// The runtime keeps that for us: profiler labels are inherited. The address of the
// labels of a goroutine identifies the cell.

// owners maps labels to the requests they were made for, for as long as a goroutine has
// them.
type owners struct {
	mu sync.RWMutex
	m  map[uintptr]string
}

// mark makes the calling goroutine, and all that it will start, belong to the
// cell of request id.
func (o *owners) mark(id string) {
	pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(), pprof.Labels("cell", id)))
	p := rt.ProfLabel()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.m == nil {
		o.m = map[uintptr]string{}
	}
	o.m[uintptr(p)] = id
	runtime.AddCleanup((*byte)(p), func(at uintptr) {
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.m[at] == id { // others may have come to lie there
			delete(o.m, at)
		}
	}, uintptr(p))
}

// of returns the request that the calling goroutine belongs to, "" if unknown.
func (o *owners) of() string {
	p := rt.ProfLabel()
	if p == nil {
		return ""
	}
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.m[uintptr(p)]
}

package data

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"descent/dl"
)

// errGoexit is what the loop panics with when a dataset ended its goroutine.
var errGoexit = errors.New("data: Dataset.Get called runtime.Goexit in a prefetching goroutine")

// interruptEvery is how often a loop that waits for a batch looks for an interrupt.
const interruptEvery = 20 * time.Millisecond

// made is a batch, or the panic that took its place.
type made struct {
	batch  Batch
	failed bool
	value  any
}

// ahead yields the batches in order while the next ones, up to depth of them, are
// being made. Batch k arrives in slot k mod depth; its turn to be made comes when
// the slot is free again, so that no goroutine ever waits to hand one over.
func (e *epoch) ahead(depth int, yield func(Batch) bool) {
	slots := make([]chan made, depth)
	for i := range slots {
		slots[i] = make(chan made, 1)
	}
	jobs := make(chan int, depth)
	var stopped atomic.Bool
	var workers sync.WaitGroup
	for range min(depth, runtime.GOMAXPROCS(0)) {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for k := range jobs {
				if stopped.Load() || !e.make(k, slots[k%depth]) {
					return
				}
			}
		}()
	}
	interrupted := false
	defer func() {
		stopped.Store(true)
		close(jobs)
		if !interrupted { // else leave what is being made to itself: it ends on its own
			workers.Wait()
		}
	}()

	next := 0
	for ; next < depth; next++ {
		jobs <- next
	}
	for k := range e.n {
		m, ok := receive(slots[k%depth])
		if !ok {
			interrupted = true
			panic(dl.ErrInterrupted)
		}
		if m.failed {
			panic(m.value)
		}
		if next < e.n {
			jobs <- next
			next++
		}
		if !yield(m.batch) {
			return
		}
	}
}

// make makes batch k and hands it, or the panic of the dataset, to slot. It
// reports whether the worker can go on.
func (e *epoch) make(k int, slot chan<- made) (ok bool) {
	m := made{failed: true, value: errGoexit}
	defer func() {
		if v := recover(); v != nil {
			m.value = v
		}
		slot <- m
	}()
	m.batch = e.batch(k)
	m.failed, m.value = false, nil
	return true
}

// receive waits for a batch; ok is false after an interrupt.
func receive(slot <-chan made) (m made, ok bool) {
	select {
	case m = <-slot:
		return m, !dl.Interrupted()
	default:
	}
	tick := time.NewTicker(interruptEvery)
	defer tick.Stop()
	for {
		select {
		case m = <-slot:
			return m, !dl.Interrupted()
		case <-tick.C:
			if dl.Interrupted() {
				return made{}, false
			}
		}
	}
}

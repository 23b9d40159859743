package eval

import (
	"sync"
	"sync/atomic"

	"descent/kernel/rt"
)

// abandoned holds the goroutines of cells that were left behind: each waited in
// compiled code when its cell was stopped. When the wait ends, the cell must not go
// on in the midst of later ones.
var abandoned struct {
	n atomic.Int32 // how many there are
	m sync.Map     // by number
}

// abandon returns from the run without its goroutine.
func (i *Interp) abandon(r *run) {
	r.leaveOnce.Do(func() {
		if _, twice := abandoned.m.LoadOrStore(r.gid.Load(), struct{}{}); !twice {
			abandoned.n.Add(1)
		}
		close(r.leave)
	})
}

// reclaim forgets that goroutine id was left behind, and reports whether it was.
func reclaim(id uint64) bool {
	_, was := abandoned.m.LoadAndDelete(id)
	if was {
		abandoned.n.Add(-1)
	}
	return was
}

// returned is called when interpreted code comes back from a call. What was left
// behind ends here; its deferred functions run.
func returned() {
	if abandoned.n.Load() > 0 && reclaim(rt.GoID()) {
		panic(rt.ErrStop)
	}
}

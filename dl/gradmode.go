package dl

import (
	"sync"
	"sync/atomic"

	"descent/dl/internal/goid"
)

// Gradient mode belongs to a goroutine, as it belongs to a thread in PyTorch.
// A global switch would be unsound: a notebook that evaluates a model under
// NoGrad while another goroutine trains would silently cut the trainer's graph.
// The goroutines that are under NoGrad now are listed here; the list is nearly
// always empty or has one entry, so that asking costs two nanoseconds.
var (
	quietMu sync.Mutex
	quiet   atomic.Pointer[[]uintptr]
)

// GradEnabled reports whether operations on this goroutine record a graph.
// PyTorch: torch.is_grad_enabled.
func GradEnabled() bool {
	l := quiet.Load()
	if l == nil {
		return true
	}
	id := goid.Get()
	for _, q := range *l {
		if q == id {
			return false
		}
	}
	return true
}

// setQuiet puts the calling goroutine on the list or takes it off.
func setQuiet(on bool) {
	id := goid.Get()
	quietMu.Lock()
	defer quietMu.Unlock()
	var next []uintptr
	if l := quiet.Load(); l != nil {
		for _, q := range *l {
			if q != id {
				next = append(next, q)
			}
		}
	}
	if on {
		next = append(next, id)
	}
	if len(next) == 0 {
		quiet.Store(nil)
		return
	}
	quiet.Store(&next)
}

// withGrad runs f with recording on or off for this goroutine, and puts the
// mode back however f ends.
func withGrad(on bool, f func()) {
	was := GradEnabled()
	if was == on {
		f()
		return
	}
	setQuiet(!on)
	defer setQuiet(!was)
	f()
}

// NoGrad runs f without recording a graph: results of operations inside do not
// require gradients. It holds for the goroutine that calls it and ends when f
// returns or panics; goroutines that f starts record again unless they call
// NoGrad themselves.
//
// PyTorch: torch.no_grad.
func NoGrad(f func()) { withGrad(false, f) }

// EnableGrad runs f with recording on, inside a NoGrad.
//
// PyTorch: torch.enable_grad.
func EnableGrad(f func()) { withGrad(true, f) }

package dl

import (
	"sync/atomic"

	"descent/dl/internal/origin"
)

// made is where an operation was called, kept while DetectAnomaly is on, and what
// went through it, kept while TraceGraph runs.
type made struct {
	layer string // as an Error names it
	cell  string // as "cell 3, line 5"

	values []*Tensor // the small ones of its outputs
	grads  []*Tensor // the small ones that it sent to its inputs
}

// caller is what SetCaller was given.
type caller struct {
	track func(on bool)
	where func() string
}

var callers atomic.Pointer[caller]

// SetCaller tells dl how to find the place in a notebook that the running
// operation was called from: where returns it, as "cell 3, line 5", or "" when it is
// not known. track, which may be nil, is told when DetectAnomaly begins and ends
// to ask for places. It is for the kernel of a notebook.
func SetCaller(track func(on bool), where func() string) {
	callers.Store(&caller{track, where})
	if track != nil {
		track(anomalies.Load())
	}
}

// callerText is the place of the running operation, "" when not known.
func callerText() string {
	if c := callers.Load(); c != nil && c.where != nil {
		return c.where()
	}
	return ""
}

func init() {
	origin.Moment = clock.Load
	origin.Watching = anomalies.Load
	origin.Mark = func(result any, since uint64, layer string) {
		if t, ok := result.(*Tensor); ok && t != nil && t.node != nil {
			t.node.mark(since, layer)
		}
	}
}

// mark names the layer of the nodes from c back to what was there at since.
// Layers inside have named theirs before.
func (c *Context) mark(since uint64, layer string) {
	stack := []*Context{c}
	seen := map[*Context]bool{c: true}
	for len(stack) > 0 {
		c := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if c.seq <= since || c.made == nil {
			continue
		}
		if c.made.layer == "" {
			c.made.layer = layer
		}
		for _, e := range c.edges {
			if e.node != nil && !seen[e.node] {
				seen[e.node] = true
				stack = append(stack, e.node)
			}
		}
	}
}

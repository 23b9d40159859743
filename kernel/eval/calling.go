package eval

import (
	"fmt"
	"go/token"
	"sync/atomic"

	"descent/kernel/rt"
)

// tracking says that calls note their places, for Calling.
var tracking atomic.Bool

// TrackCalls begins or ends to note the place of every call that a cell makes: a
// microsecond for each.
func TrackCalls(on bool) { tracking.Store(on) }

// call notes where the call is that begins on this goroutine, and returns what was
// noted before, to be noted again when it ends.
func (s *traceSink) call(pos token.Pos) (before token.Pos) {
	id := rt.GoID()
	s.mu.Lock()
	defer s.mu.Unlock()
	before = s.calls[id]
	switch {
	case pos == token.NoPos:
		delete(s.calls, id)
	case s.calls == nil:
		s.calls = map[uint64]token.Pos{id: pos}
	default:
		s.calls[id] = pos
	}
	return before
}

// Calling returns the place of the call that the cell's code makes on this
// goroutine, as "cell 3, line 5", or "" when it is not known: while TrackCalls is off,
// and on goroutines that compiled code began.
func (i *Interp) Calling() string {
	id := rt.GoID()
	i.sink.mu.Lock()
	pos := i.sink.calls[id]
	i.sink.mu.Unlock()
	if pos == token.NoPos {
		return ""
	}
	frames := i.frames([]rawFrame{{pos: pos}})
	if len(frames) == 0 {
		return ""
	}
	return fmt.Sprintf("cell %d, line %d", frames[0].Cell, frames[0].Line)
}

package display

import (
	"fmt"
	"sync/atomic"
)

// Show shows each value under the cell, as well as it can be shown. A string is
// shown as it is, without the quotes that [Render] gives it. IPython: display.
func Show(values ...any) {
	for _, v := range values {
		currentSink().Display(renderShown(v), "")
	}
}

// ShowAs shows v as an output that [Update] can later replace by its id.
// IPython: display(v, display_id=id).
func ShowAs(id string, v any) {
	currentSink().Display(renderShown(v), id)
}

// Update replaces what was shown under id, in every place where it stands.
// IPython: update_display.
func Update(id string, v any) {
	currentSink().Update(renderShown(v), id)
}

// Clear removes the outputs of the cell; with wait, only when the next one
// arrives, which does not flicker. IPython: clear_output.
func Clear(wait bool) {
	currentSink().Clear(wait)
}

func renderShown(v any) Bundle {
	if s, ok := v.(string); ok {
		return textBundle(s)
	}
	return Render(v)
}

// A Handle is one output that can be rewritten in place. IPython: DisplayHandle.
type Handle struct {
	id string
}

// lastHandle numbers the handles of a session: the same cells in the same order
// get the same ids, so that executed notebooks do not differ without reason.
var lastHandle atomic.Int64

// NewHandle shows v and returns the handle of its output.
func NewHandle(v any) *Handle {
	h := &Handle{id: fmt.Sprintf("descent-%d", lastHandle.Add(1))}
	currentSink().Display(renderShown(v), h.id)
	return h
}

// ID returns the id by which [Update] finds the output.
func (h *Handle) ID() string { return h.id }

// Update replaces what the output shows by v.
func (h *Handle) Update(v any) {
	currentSink().Update(renderShown(v), h.id)
}

// Final replaces what the output shows by v for the last time. Outside a
// notebook only the first and the final state are printed.
func (h *Handle) Final(v any) {
	b, s := renderShown(v), currentSink()
	if f, ok := s.(finaler); ok {
		f.final(b)
		return
	}
	s.Update(b, h.id)
}

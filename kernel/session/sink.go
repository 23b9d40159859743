package session

import (
	"descent/display"
	"descent/kernel/link"
)

// sink sends what cells show to the front, each under the cell whose goroutine
// shows it.
type sink struct{ s *session }

// Display implements display.Sink.
func (k *sink) Display(b display.Bundle, id string) { k.put(b, id, false) }

// Update implements display.Sink.
func (k *sink) Update(b display.Bundle, id string) { k.put(b, id, true) }

func (k *sink) put(b display.Bundle, id string, update bool) {
	d := link.Display{Data: b.Data, Metadata: b.Metadata, Update: update}
	if id != "" {
		d.Transient = map[string]any{"display_id": id}
	}
	k.drain()
	k.s.out.show(k.s.capture.request(), d)
}

// Clear implements display.Sink.
func (k *sink) Clear(wait bool) {
	k.drain()
	k.s.out.message(link.TypeClearOutput, k.s.capture.request(), link.ClearOutput{Wait: wait})
}

// drain lets what was printed before come before.
func (k *sink) drain() {
	if k.s.capture.files.Load() {
		k.s.capture.drain()
	}
}

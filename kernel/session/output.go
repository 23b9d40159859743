package session

import (
	"sync"
	"time"
	"unicode/utf8"

	"descent/kernel/link"
)

const (
	flushBytes = 32 << 10              // a stream message of this size is sent at once
	flushAfter = 10 * time.Millisecond // and a smaller one after this time
)

// output sends everything that belongs to cells, in order. Text is gathered into
// larger messages; anything else first sends what has been gathered.
type output struct {
	send func(link.Message) error

	mu    sync.Mutex
	id    string // request that the gathered text belongs to
	name  string // "stdout" or "stderr"
	buf   []byte
	cut   map[string][]byte // an unfinished rune, by request and stream
	timer *time.Timer
	armed bool

	live string          // request of the running cell, "" between cells
	late map[string]bool // requests of which has been told that they ended before
	open map[string]bool // requests whose output ended within a line
	last byte            // of the running cell's text
}

// lateMark stands once above what a cell's goroutines say after its end.
const lateMark = "[after the cell ended]\n"

func newOutput(send func(link.Message) error) *output {
	o := &output{send: send, cut: map[string][]byte{}, late: map[string]bool{}, open: map[string]bool{}}
	o.timer = time.AfterFunc(time.Hour, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.armed = false
		o.flush()
	})
	o.timer.Stop()
	return o
}

// begin makes id the request of the running cell: what others say is late.
func (o *output) begin(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.live, o.last = id, '\n'
}

// mark puts the mark before the first late output of request id. o.mu is held.
func (o *output) mark(id, name string) {
	if id == o.live || id == "" || o.late[id] {
		return
	}
	o.late[id] = true
	text := lateMark
	if o.open[id] {
		text = "\n" + text
		delete(o.open, id)
	}
	o.flush()
	o.emit(link.TypeStream, id, link.Stream{Name: name, Text: text})
}

// write adds text to a stream of request id.
func (o *output) write(id, name string, p []byte) {
	if len(p) == 0 {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.mark(id, name); id == o.live {
		o.last = p[len(p)-1]
	}
	if id != o.id || name != o.name {
		o.flush()
		o.id, o.name = id, name
		key := id + "\x00" + name
		if c := o.cut[key]; len(c) > 0 {
			o.buf = append(o.buf, c...)
			delete(o.cut, key)
		}
	}
	o.buf = append(o.buf, p...)
	if len(o.buf) >= flushBytes {
		o.flush()
	} else if !o.armed {
		o.armed = true
		o.timer.Reset(flushAfter)
	}
}

// flush sends the gathered text, whole runes only. o.mu is held.
func (o *output) flush() {
	n := whole(o.buf)
	if n > 0 {
		// Text that is no UTF-8 at all is shown with replacement characters by JSON.
		o.emit(link.TypeStream, o.id, link.Stream{Name: o.name, Text: string(o.buf[:n])})
	}
	rest := o.buf[n:]
	if len(rest) > 0 {
		o.cut[o.id+"\x00"+o.name] = append([]byte(nil), rest...)
	}
	o.buf = o.buf[:0]
	o.id, o.name = "", ""
}

// whole returns how much of b can be sent: all but a rune that has begun.
func whole(b []byte) int {
	for i := 1; i <= utf8.UTFMax && i <= len(b); i++ {
		c := b[len(b)-i]
		if utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-i:]) {
				return len(b) - i
			}
			break
		}
	}
	return len(b)
}

// emit sends one message. A front that is gone ends the process elsewhere.
func (o *output) emit(typ, id string, body any) {
	m, err := link.Encode(typ, id, body)
	if err != nil {
		m = link.New(link.TypeStream, id, link.Stream{Name: "stderr", Text: "this value cannot be shown: " + err.Error() + "\n"})
	}
	_ = o.send(m)
}

// message sends a message after all text that came before it.
func (o *output) message(typ, id string, body any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flush()
	o.emit(typ, id, body)
}

// show sends something to be seen after all text that came before it.
func (o *output) show(id string, d link.Display) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flush()
	if !d.Update {
		o.mark(id, "stdout")
	}
	o.emit(link.TypeDisplay, id, d)
}

// finish sends all text of request id, unfinished runes as they are, and then the
// message that ends it.
func (o *output) finish(typ, id string, body any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flush()
	for _, name := range []string{"stdout", "stderr"} {
		key := id + "\x00" + name
		if c := o.cut[key]; len(c) > 0 {
			delete(o.cut, key)
			o.emit(link.TypeStream, id, link.Stream{Name: name, Text: string(c)})
		}
	}
	if id == o.live {
		o.live = ""
		if o.last != '\n' {
			o.open[id] = true
		}
	}
	o.emit(typ, id, body)
}

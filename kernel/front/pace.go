package front

import (
	"strings"
	"sync"
	"time"

	"descent/kernel/link"
	"descent/kernel/wire"
)

// Jupyter Server stands between a kernel and a browser, and throws away what
// comes faster than 1 MB of text or 1000 messages a second, taken over a
// window of 3 seconds that begins anew when a cell has ended. The browser
// suffers long before: it lays out the whole text of a cell again for every
// piece. So that nothing is lost on that way, what a cell shows is slowed
// down to what passes, by reading slower from the session, which blocks the
// cell that shows it.
//
// A burst passes at once. Burst and rate are chosen together: with the burst
// at the beginning of a window the sum stays below the server's limit, with
// some room because messages arrive in other intervals than they are sent in.
const (
	serverWindow  = 3.2       // seconds
	serverBytes   = 2_850_000 // of text in a window
	serverMsgs    = 2_880     // in a window
	burstBytes    = 1_400_000 // 100,000 short lines
	burstMsgs     = 1_000
	bytesPerSec   = (serverBytes - burstBytes) / serverWindow
	msgsPerSec    = (serverMsgs - burstMsgs) / serverWindow
	interruptedTo = 512 << 10 // bytes that pass at once after an interrupt
)

// flushing is when gathered text becomes a message.
type flushing struct {
	size  int
	after time.Duration
}

// The more text a cell has shown, the fewer and larger are its messages.
var flushings = []struct {
	from int // bytes shown
	flushing
}{
	{1 << 20, flushing{128 << 10, 250 * time.Millisecond}},
	{256 << 10, flushing{64 << 10, 100 * time.Millisecond}},
	{0, flushing{flushSize, flushAfter}},
}

// pacer slows down what a cell shows.
type pacer struct {
	now func() time.Time

	mu     sync.Mutex
	direct bool // the client reads the sockets itself: nothing to slow down for
	shown  int  // bytes of text of this cell
	bytes  float64
	msgs   float64
	last   time.Time
}

// begin starts a cell: the server counts anew.
func (p *pacer) begin(h wire.Header) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.direct = readsDirectly(h)
	p.shown = 0
	p.bytes, p.msgs, p.last = burstBytes, burstMsgs, p.now()
}

// readsDirectly reports whether a request was made by jupyter_client or by
// package wire, whose message ids begin with the session: then its sender
// holds the sockets, as nbclient and the console do. What comes through
// Jupyter Server was made in a browser, whose ids are UUIDs.
func readsDirectly(h wire.Header) bool {
	return h.Session != "" && strings.HasPrefix(h.MsgID, h.Session+"_")
}

// interrupted lets pass what the session had shown before it saw the
// interrupt, so that its end is seen at once.
func (p *pacer) interrupted() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bytes = max(p.bytes, 0) + interruptedTo
	p.msgs = max(p.msgs, 0) + burstMsgs
}

// flushing is how text is to be gathered now.
func (p *pacer) flushing() flushing {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.direct {
		return flushing{flushSize, flushAfter}
	}
	for _, f := range flushings {
		if p.shown >= f.from {
			return f.flushing
		}
	}
	panic("unreachable: the last row begins at 0")
}

// charge notes that m is about to be shown.
func (p *pacer) charge(m link.Message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refill()
	switch m.Type {
	case link.TypeStream:
		p.shown += len(m.Body)
		p.bytes -= float64(len(m.Body))
	case link.TypeDisplay, link.TypeUpdateDisplay, link.TypeClearOutput, link.TypeResult, link.TypeCommMsg:
		p.msgs--
	}
}

// debt is how long to wait before the next message is read.
func (p *pacer) debt() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.direct {
		return 0
	}
	p.refill()
	s := max(-p.bytes/bytesPerSec, -p.msgs/msgsPerSec, 0)
	return time.Duration(s * float64(time.Second))
}

func (p *pacer) refill() {
	now := p.now()
	s := now.Sub(p.last).Seconds()
	p.last = now
	p.bytes = min(burstBytes, p.bytes+s*bytesPerSec)
	p.msgs = min(burstMsgs, p.msgs+s*msgsPerSec)
}

// wait waits until there is no debt, or done is closed. It looks again often:
// an interrupt or the next cell cancels the debt.
func (p *pacer) wait(done <-chan struct{}) {
	for {
		d := p.debt()
		if d <= 0 {
			return
		}
		select {
		case <-time.After(min(d, 20*time.Millisecond)):
		case <-done:
			return
		}
	}
}

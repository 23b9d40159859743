package front

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"descent/kernel/link"
	"descent/kernel/wire"
)

var browser = wire.Header{MsgID: "5c1c34b5-7d0e-4a57-8b3c-2d8d1a1f8b0e", Session: "9a1c"}

func TestReadsDirectly(t *testing.T) {
	for _, tt := range []struct {
		id, session string
		want        bool
	}{
		{"abc_123_4", "abc", true},
		{browser.MsgID, browser.Session, false},
		{"_1", "", false},
		{"abcd_1", "abc", false},
	} {
		if got := readsDirectly(wire.Header{MsgID: tt.id, Session: tt.session}); got != tt.want {
			t.Errorf("id %q of session %q: %v, want %v", tt.id, tt.session, got, tt.want)
		}
	}
}

// TestPaceStaysBelowTheServersLimits plays a cell that shows as fast as it
// may, on a clock of its own.
func TestPaceStaysBelowTheServersLimits(t *testing.T) {
	text := link.Message{Type: link.TypeStream, Body: json.RawMessage(strings.Repeat("x", 5000))}
	tests := []struct {
		name   string
		m      link.Message
		limit  int // in 3 s
		atOnce int // passes without waiting
	}{
		{"text", text, 3_000_000 / 5000, burstBytes / 5000},
		{"displays", link.Message{Type: link.TypeDisplay}, 3000, burstMsgs},
		{"replies", link.Message{Type: link.TypeCompleteReply}, 1 << 30, 4000},
	}
	for _, tt := range tests {
		now := time.Unix(0, 0)
		p := &pacer{now: func() time.Time { return now }}
		p.begin(browser)
		var at []time.Time
		for range 4000 {
			p.charge(tt.m)
			at = append(at, now)
			now = now.Add(p.debt())
		}
		start := 0
		for i, when := range at {
			for when.Sub(at[start]) > 3*time.Second {
				start++
			}
			if n := i - start + 1; n > tt.limit {
				t.Fatalf("%s: %d within 3 s, want at most %d", tt.name, n, tt.limit)
			}
		}
		if d := at[tt.atOnce-1].Sub(at[0]); d != 0 {
			t.Errorf("%s: the burst of %d takes %v", tt.name, tt.atOnce, d)
		}
		p.interrupted()
		if d := p.debt(); d != 0 {
			t.Errorf("%s: still %v to wait after an interrupt", tt.name, d)
		}
	}
}

func TestPaceLeavesDirectReadersAlone(t *testing.T) {
	p := &pacer{now: time.Now}
	p.begin(wire.Header{MsgID: "s_1", Session: "s"})
	for range 10 * burstMsgs {
		p.charge(link.Message{Type: link.TypeDisplay})
	}
	if d := p.debt(); d != 0 {
		t.Errorf("a debt of %v", d)
	}
	if f := p.flushing(); f != (flushing{flushSize, flushAfter}) {
		t.Errorf("flushing %+v", f)
	}
}

func TestFlushingGrows(t *testing.T) {
	p := &pacer{now: time.Now}
	p.begin(browser)
	last := flushing{}
	for _, n := range []int{0, 256 << 10, 1 << 20} {
		p.shown = n
		f := p.flushing()
		if f.size <= last.size || f.after <= last.after {
			t.Errorf("after %d bytes: %+v, before %+v", n, f, last)
		}
		last = f
	}
	p.begin(browser)
	if f := p.flushing(); f.after != flushAfter {
		t.Errorf("a new cell begins with %+v", f)
	}
}

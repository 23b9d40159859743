package wire

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
)

// number returns the n of the published {"n":n}.
func number(t *testing.T, f [][]byte) int {
	t.Helper()
	var c struct {
		N int `json:"n"`
	}
	if err := json.Unmarshal(f[6], &c); err != nil {
		t.Fatal(err)
	}
	return c.N
}

func (h *harness) flood(n int) {
	pad := strings.Repeat("p", 4000)
	for i := range n {
		h.WaitRoom()
		h.Publish("display_data", nil, map[string]any{"n": i, "pad": pad})
	}
}

func readAll(t *testing.T, c *zmq4.Conn, n int) {
	t.Helper()
	for i := range n {
		if got := number(t, recv(t, c)); got != i {
			t.Fatalf("message %d instead of %d", got, i)
		}
	}
}

func TestLateReaderLosesNothing(t *testing.T) {
	t.Parallel()
	// The queue holds a tenth of what comes, so the source must be held back.
	const n = 5000
	h := newHarness(t, Limits{Queue: 2 << 20, Patience: patience})
	c, _ := h.subscribe(t, "")
	go h.flood(n)
	time.Sleep(time.Second)
	readAll(t, c, n)
}

// TestSlowReaderIsKeptUpWith makes sure that a subscriber which reads slowly is not
// let fall behind as far as the queue goes.
func TestSlowReaderIsKeptUpWith(t *testing.T) {
	t.Parallel()
	const n = 20000    // all of them fit into the queue
	const ahead = 5000 // more than waits within the limit and in buffers of the system
	h := newHarness(t, Limits{Pause: patience})
	c, _ := h.subscribe(t, "")
	var made atomic.Int64
	go func() {
		for range n {
			h.flood(1)
			made.Add(1)
		}
	}()
	for i := range n {
		recv(t, c)
		if i < 1000 {
			time.Sleep(time.Millisecond)
		}
		if m := made.Load(); m > int64(i+ahead) {
			t.Fatalf("%d messages are made when %d are read", m, i)
		}
	}
}

func TestDeadReaderIsDropped(t *testing.T) {
	t.Parallel()
	const n = 5000
	h := newHarness(t, Limits{Queue: 2 << 20, Stall: 5 * time.Second})
	h.subscribe(t, "") // never reads again
	c, _ := h.subscribe(t, "")
	done := make(chan struct{})
	go func() { h.flood(n); close(done) }()
	readAll(t, c, n)
	<-done
	h.log.wait(t, "it has read nothing for")
}

func TestLonelyDeadReaderIsDroppedLater(t *testing.T) {
	t.Parallel()
	h := newHarness(t, Limits{Queue: 1 << 20, Stall: time.Millisecond, Patience: 500 * time.Millisecond})
	h.subscribe(t, "")
	began := time.Now()
	h.flood(3000)
	if d := time.Since(began); d < 300*time.Millisecond {
		t.Errorf("dropped after %v", d)
	}
	h.log.wait(t, "it has read nothing for")
}

func TestSlowReaderDoesNotHoldOthersForLong(t *testing.T) {
	t.Parallel()
	h := newHarness(t, Limits{Queue: 1 << 20, Stall: patience, Slow: 5 * time.Second})
	_, slow := h.subscribe(t, "")
	c, _ := h.subscribe(t, "")
	go func() { // reads, but hardly
		b := make([]byte, 4<<10)
		for {
			if _, err := slow.Read(b); err != nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	}()
	const n = 3000
	go h.flood(n)
	readAll(t, c, n)
	h.log.wait(t, "it has held back the others")
}

func TestClientThatNeverReadsRepliesIsHeldBack(t *testing.T) {
	h := newHarness(t, Limits{Queue: 1 << 20})
	c, raw := dial(t, h.shell, zmq4.Dealer, "greedy")
	other, _ := dial(t, h.shell, zmq4.Dealer, "other")
	raw.SetWriteDeadline(time.Now().Add(500 * time.Millisecond))
	go func() {
		for i := 0; ; i++ {
			header := fmt.Sprintf(`{"msg_id":"g%d","msg_type":"test_request"}`, i)
			if c.SendMsg(zmq4.NewMsgFrom(signed(h.codec, header, "{}", "{}", `{"pad":"`+strings.Repeat("p", 9000)+`"}`)...)) != nil {
				return
			}
		}
	}()
	go func() {
		for m := range h.reqs {
			h.Reply(m, "test_reply", map[string]string{"pad": strings.Repeat("r", 100<<10)}, nil)
		}
	}()
	time.Sleep(300 * time.Millisecond)
	h.shell.mu.Lock()
	for p := range h.shell.peers {
		if n, _, _ := p.out.load(); n > 2<<20 {
			t.Errorf("%d bytes wait for %q", n, p.identity)
		}
	}
	h.shell.mu.Unlock()
	h.send(t, other, 1)
	recv(t, other)
	raw.Close()
}

func TestCloseFlushes(t *testing.T) {
	h := newHarness(t, Limits{})
	c, _ := h.subscribe(t, "")
	const n = 2000
	h.flood(n)
	go h.Close(patience)
	readAll(t, c, n)
	if _, err := c.RecvMsg(); err == nil {
		t.Error("the connection is still open")
	}
}

package session

import (
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"descent/kernel/link"
)

// patience is how long a test waits for what must come, on whatever machine.
const patience = 3 * time.Minute

// client is the front as a test plays it.
type client struct {
	t    *testing.T
	conn *link.Conn
	n    int
	done chan error

	mu      sync.Mutex
	pending map[string]chan link.Message // replies by request
	events  []event                      // everything else, in order
	input   func() link.InputReply       // answers a request for input
}

// event is a message of a cell.
type event struct {
	id, typ string
	text    string // of a stream
	display link.Display
	result  link.Result
	err     link.Error
}

func start(t *testing.T) *client {
	t.Helper()
	a, b := net.Pipe()
	c := &client{t: t, conn: link.NewConn(a), done: make(chan error, 1), pending: map[string]chan link.Message{}}
	ready := make(chan struct{})
	go func() { c.done <- Serve(link.NewConn(b), Options{}) }()
	go c.receive(ready)
	select {
	case <-ready:
	case err := <-c.done:
		t.Fatal("Serve: ", err)
	case <-time.After(patience):
		t.Fatal("the session is not ready")
	}
	t.Cleanup(func() {
		_ = c.conn.Send(link.New(link.TypeShutdown, "", nil))
		select {
		case err := <-c.done:
			if err != nil {
				t.Error("Serve: ", err)
			}
		case <-time.After(patience):
			t.Error("the session does not end")
		}
		c.conn.Close()
	})
	return c
}

func (c *client) receive(ready chan struct{}) {
	for {
		m, err := c.conn.Recv()
		if err != nil {
			return
		}
		e := event{id: m.ID, typ: m.Type}
		switch m.Type {
		case link.TypeReady:
			close(ready)
			continue
		case link.TypeStream:
			var b link.Stream
			err = m.Decode(&b)
			e.typ, e.text = b.Name, b.Text
		case link.TypeDisplay:
			err = m.Decode(&e.display)
		case link.TypeResult:
			err = m.Decode(&e.result)
		case link.TypeError:
			err = m.Decode(&e.err)
		case link.TypeInputRequest:
			c.mu.Lock()
			f := c.input
			c.mu.Unlock()
			if f != nil {
				go func() { _ = c.conn.Send(link.New(link.TypeInputReply, m.ID, f())) }()
			}
		case link.TypeExecuteReply, link.TypeCompleteReply, link.TypeInspectReply, link.TypeIsCompleteReply:
			c.mu.Lock()
			ch := c.pending[m.ID]
			delete(c.pending, m.ID)
			c.mu.Unlock()
			if ch != nil {
				ch <- m
			}
			continue
		}
		if err != nil {
			c.t.Errorf("%s: %v", m.Type, err)
		}
		c.mu.Lock()
		c.events = append(c.events, e)
		c.mu.Unlock()
	}
}

// ask sends a request and returns the channel of its reply.
func (c *client) ask(typ, id string, body any) chan link.Message {
	c.t.Helper()
	ch := make(chan link.Message, 1)
	c.mu.Lock()
	c.pending[id] = ch
	c.mu.Unlock()
	if err := c.conn.Send(link.New(typ, id, body)); err != nil {
		c.t.Fatal(err)
	}
	return ch
}

// begin starts a cell.
func (c *client) begin(e link.Execute) (id string, reply chan link.Message) {
	c.t.Helper()
	c.n++
	e.Count = c.n
	id = fmt.Sprintf("cell-%d", c.n)
	return id, c.ask(link.TypeExecute, id, e)
}

// outcome is everything that a cell said.
type outcome struct {
	id     string
	events []event
	reply  link.ExecuteReply
}

func (o outcome) stream(name string) string {
	var b strings.Builder
	for _, e := range o.events {
		if e.typ == name {
			b.WriteString(e.text)
		}
	}
	return b.String()
}

func (o outcome) result() string {
	for _, e := range o.events {
		if e.typ == link.TypeResult {
			s, _ := e.result.Data["text/plain"].(string)
			return s
		}
	}
	return ""
}

func (o outcome) trace() string {
	return strip(strings.Join(o.reply.Traceback, "\n"))
}

// strip removes colours.
func strip(s string) string {
	for {
		i := strings.Index(s, "\x1b[")
		if i < 0 {
			return s
		}
		j := strings.IndexByte(s[i:], 'm')
		s = s[:i] + s[i+j+1:]
	}
}

// said returns what the cell id has said so far.
func (c *client) said(id string) outcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	o := outcome{id: id}
	for _, e := range c.events {
		if e.id == id {
			o.events = append(o.events, e)
		}
	}
	return o
}

func (c *client) wait(id string, reply chan link.Message) outcome {
	c.t.Helper()
	select {
	case m := <-reply:
		o := c.said(id)
		if err := m.Decode(&o.reply); err != nil {
			c.t.Fatal(err)
		}
		return o
	case <-time.After(patience):
		c.t.Fatalf("%s: no reply", id)
	}
	return outcome{}
}

func (c *client) run(code string) outcome {
	c.t.Helper()
	id, reply := c.begin(link.Execute{Code: code, StoreHistory: true})
	return c.wait(id, reply)
}

// ok runs a cell that must succeed.
func (c *client) ok(code string) outcome {
	c.t.Helper()
	o := c.run(code)
	if o.reply.Status != "ok" {
		c.t.Fatalf("%s\n%s", code, o.trace())
	}
	return o
}

// until waits until the cell id has printed text.
func (c *client) until(id, name, text string) {
	c.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		if strings.Contains(c.said(id).stream(name), text) {
			return
		}
	}
	c.t.Fatalf("%s did not print %q", id, text)
}

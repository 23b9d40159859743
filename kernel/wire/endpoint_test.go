package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

// patience is how long a test waits for what must come, on whatever machine.
const patience = 2 * time.Minute

// harness is an endpoint on ports of its own.
type harness struct {
	*Endpoint
	log  logbook
	reqs chan *Message
}

func newHarness(t *testing.T, l Limits) *harness {
	t.Helper()
	if l.Handshake == 0 {
		l.Handshake = patience
	}
	h := &harness{reqs: make(chan *Message, 1000)}
	e, err := Listen(ConnectionInfo{IP: "127.0.0.1", Key: "secret"}, Options{
		Handle: func(m *Message) { h.reqs <- m },
		Log:    h.log.add,
		Limits: l,
	})
	if err != nil {
		t.Fatal(err)
	}
	h.Endpoint = e
	t.Cleanup(func() { e.Close(0) })
	return h
}

func (h *harness) request(t *testing.T) *Message {
	t.Helper()
	select {
	case m := <-h.reqs:
		return m
	case <-time.After(patience):
		t.Fatal("no request arrived")
		return nil
	}
}

func tcp(t *testing.T, s *socket) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", s.ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// dial connects a client to s.
func dial(t *testing.T, s *socket, typ zmq4.SocketType, id string) (*zmq4.Conn, net.Conn) {
	t.Helper()
	c := tcp(t, s)
	c.SetDeadline(time.Now().Add(patience))
	zc, err := zmq4.Open(c, null.Security(), typ, zmq4.SocketIdentity(id), false, nil)
	if err != nil {
		t.Fatal(err)
	}
	return zc, c
}

func recv(t *testing.T, c *zmq4.Conn) [][]byte {
	t.Helper()
	m, err := c.RecvMsg()
	if err != nil {
		t.Fatal(err)
	}
	return m.Frames
}

// subscribe connects a subscriber and reads its welcome.
func (h *harness) subscribe(t *testing.T, topic string) (*zmq4.Conn, net.Conn) {
	t.Helper()
	c, raw := dial(t, h.iopub, zmq4.Sub, "")
	if err := c.SendMsg(zmq4.NewMsg(append([]byte{1}, topic...))); err != nil {
		t.Fatal(err)
	}
	f := recv(t, c)
	if string(f[0]) != topic || !strings.Contains(string(f[3]), `"iopub_welcome"`) || string(f[6]) != fmt.Sprintf(`{"subscription":%q}`, topic) {
		t.Fatalf("welcome: %q", f)
	}
	return c, raw
}

func (h *harness) send(t *testing.T, c *zmq4.Conn, n int) {
	t.Helper()
	header := fmt.Sprintf(`{"msg_id":"m%d","msg_type":"test_request"}`, n)
	if err := c.SendMsg(zmq4.NewMsgFrom(signed(h.codec, header, "{}", "{}", "{}")...)); err != nil {
		t.Fatal(err)
	}
}

func TestRequestReply(t *testing.T) {
	h := newHarness(t, Limits{})
	a, _ := dial(t, h.shell, zmq4.Dealer, "client")
	in, _ := dial(t, h.stdin, zmq4.Dealer, "client")
	ctl, _ := dial(t, h.control, zmq4.Dealer, "client")
	for i := range 3 {
		h.send(t, a, i)
		m := h.request(t)
		if m.Channel != Shell || m.Header.MsgID != fmt.Sprintf("m%d", i) {
			t.Fatalf("request %+v", m)
		}
		if err := h.Reply(m, "test_reply", map[string]int{"n": i}, nil); err != nil {
			t.Fatal(err)
		}
		f := recv(t, a)
		reply, err := h.codec.decode(f)
		if err != nil {
			t.Fatal(err)
		}
		if string(reply.Content) != fmt.Sprintf(`{"n":%d}`, i) || string(reply.Parent) != string(m.RawHeader) {
			t.Errorf("reply %s to %s", reply.Content, reply.Parent)
		}
		if err := h.Ask(m, "input_request", map[string]string{"prompt": "?"}); err != nil {
			t.Fatal(err)
		}
		if f := recv(t, in); !strings.Contains(string(f[2]), "input_request") {
			t.Errorf("stdin got %q", f)
		}
	}
	h.send(t, ctl, 9)
	if m := h.request(t); m.Channel != Control {
		t.Errorf("channel %s, want control", m.Channel)
	}
}

func TestReplyFollowsAReconnectedClient(t *testing.T) {
	h := newHarness(t, Limits{})
	a, raw := dial(t, h.shell, zmq4.Dealer, "client")
	h.send(t, a, 1)
	m := h.request(t)
	raw.Close()
	for h.shell.find(m.peer) != nil {
		time.Sleep(time.Millisecond)
	}
	if err := h.Reply(m, "test_reply", nil, nil); !errors.Is(err, ErrGone) {
		t.Errorf("reply to nobody: %v, want ErrGone", err)
	}
	b, _ := dial(t, h.shell, zmq4.Dealer, "client")
	for h.shell.find(m.peer) == nil {
		time.Sleep(time.Millisecond)
	}
	if err := h.Reply(m, "test_reply", nil, nil); err != nil {
		t.Fatal(err)
	}
	recv(t, b)
}

func TestAskWaitsForStdin(t *testing.T) {
	h := newHarness(t, Limits{Handshake: time.Minute})
	a, raw := dial(t, h.shell, zmq4.Dealer, "client")
	h.send(t, a, 1)
	m := h.request(t)
	asked := make(chan error)
	ask := func() { asked <- h.Ask(m, "input_request", nil) }
	go ask()
	dial(t, h.stdin, zmq4.Dealer, "other")
	in, _ := dial(t, h.stdin, zmq4.Dealer, "client")
	if err := <-asked; err != nil {
		t.Fatal(err)
	}
	if f := recv(t, in); !strings.Contains(string(f[2]), "input_request") {
		t.Errorf("stdin got %q", f)
	}

	// Who has gone is not waited for, and neither is who cannot be told apart.
	gone, goneRaw := dial(t, h.shell, zmq4.Dealer, "gone")
	h.send(t, gone, 2)
	m = h.request(t)
	go ask()
	goneRaw.Close()
	if err := <-asked; !errors.Is(err, ErrGone) {
		t.Errorf("asked who has gone: %v, want ErrGone", err)
	}
	nameless, _ := dial(t, h.shell, zmq4.Dealer, "")
	h.send(t, nameless, 3)
	if err := h.Ask(h.request(t), "input_request", nil); !errors.Is(err, ErrGone) {
		t.Errorf("asked a client without a name: %v, want ErrGone", err)
	}
	raw.Close()
}

func TestAskGivesUp(t *testing.T) {
	t.Parallel()
	h := newHarness(t, Limits{Handshake: 5 * time.Second})
	a, _ := dial(t, h.shell, zmq4.Dealer, "client")
	h.send(t, a, 1)
	if err := h.Ask(h.request(t), "input_request", nil); !errors.Is(err, ErrGone) {
		t.Errorf("asked a client without stdin: %v, want ErrGone", err)
	}
}

func TestHeartbeatEchoes(t *testing.T) {
	h := newHarness(t, Limits{})
	c, _ := dial(t, h.hb, zmq4.Req, "")
	for range 3 {
		if err := c.SendMsg(zmq4.NewMsgFrom([]byte{}, []byte("ping"))); err != nil {
			t.Fatal(err)
		}
		if f := recv(t, c); len(f) != 2 || string(f[1]) != "ping" {
			t.Fatalf("echo %q", f)
		}
	}
}

func TestSubscriptions(t *testing.T) {
	h := newHarness(t, Limits{})
	all, _ := h.subscribe(t, "")
	some, _ := h.subscribe(t, "kernel."+h.Session()+".stream")
	h.Publish("status", nil, map[string]string{"execution_state": "busy"})
	h.Publish("stream", json.RawMessage(okHeader), map[string]string{"text": "x"})
	if f := recv(t, all); string(f[0]) != "kernel."+h.Session()+".status" {
		t.Errorf("topic %q", f[0])
	}
	recv(t, all)
	if f := recv(t, some); string(f[0]) != "kernel."+h.Session()+".stream" {
		t.Errorf("topic %q came through the filter", f[0])
	}
	if err := some.SendMsg(zmq4.NewMsg([]byte("\x00kernel." + h.Session() + ".stream"))); err != nil {
		t.Fatal(err)
	}
	some.SendMsg(zmq4.NewMsg([]byte("\x01mark"))) // its welcome shows that the unsubscription has been seen
	if f := recv(t, some); string(f[0]) != "mark" {
		t.Fatalf("got %q", f[0])
	}
	h.Publish("stream", nil, nil)
	h.iopub.mu.Lock()
	defer h.iopub.mu.Unlock()
	for p := range h.iopub.peers {
		p.mu.Lock()
		if len(p.topics) > 1 {
			t.Errorf("topics %v left", p.topics)
		}
		p.mu.Unlock()
	}
}

func TestHostilePeers(t *testing.T) {
	t.Parallel()
	greeting := make([]byte, greetingLen)
	copy(greeting, "\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f\x03\x00NULL")
	tests := []struct {
		name string
		act  func(t *testing.T, h *harness)
		log  string
	}{
		{"speaks HTTP", func(t *testing.T, h *harness) {
			tcp(t, h.iopub).Write([]byte("GET / HTTP/1.1\r\nHost: localhost:8888\r\nAccept: */*\r\nUser-Agent: x\r\n\r\n"))
		}, "invalid greeting"},
		{"forges a length before the handshake is over", func(t *testing.T, h *harness) {
			tcp(t, h.shell).Write(append(greeting, 2, 0x40, 0, 0, 0, 0, 0, 0, 0))
		}, oversize},
		{"sends metadata that lies about its length", func(t *testing.T, h *harness) {
			tcp(t, h.shell).Write(append(greeting, 4, 8, 5, 'R', 'E', 'A', 'D', 'Y', 200, 'x'))
		}, "dropped"},
		{"forges a length of 2^62", func(t *testing.T, h *harness) {
			_, c := dial(t, h.shell, zmq4.Dealer, "")
			c.Write([]byte{2, 0x40, 0, 0, 0, 0, 0, 0, 0})
		}, oversize},
		{"sends frames without end", func(t *testing.T, h *harness) {
			_, c := dial(t, h.control, zmq4.Dealer, "")
			for range maxFrames + 1 {
				c.Write([]byte{1, 0})
			}
		}, oversize},
		{"sends an empty command", func(t *testing.T, h *harness) {
			_, c := dial(t, h.shell, zmq4.Dealer, "")
			c.Write([]byte{4, 0})
		}, "dropped"},
		{"is of the wrong type", func(t *testing.T, h *harness) {
			zmq4.Open(tcp(t, h.shell), null.Security(), zmq4.Sub, nil, false, nil)
		}, "not compatible"},
		{"sends no message", func(t *testing.T, h *harness) {
			c, _ := dial(t, h.shell, zmq4.Dealer, "")
			c.SendMsg(zmq4.NewMsgFrom([]byte("hello"), []byte("there")))
		}, errNoDelimiter.Error()},
		{"signs wrongly", func(t *testing.T, h *harness) {
			c, _ := dial(t, h.stdin, zmq4.Dealer, "")
			c.SendMsg(zmq4.NewMsgFrom(signed(newCodec("guess"), okHeader, "{}", "{}", "{}")...))
		}, errSignature.Error()},
	}
	h := newHarness(t, Limits{Handshake: 5 * time.Second})
	// One that says nothing, and one that greets and stops there: they are
	// dropped while the others come and go.
	silent := tcp(t, h.shell)
	half := tcp(t, h.shell)
	half.Write(greeting)
	honest, _ := dial(t, h.shell, zmq4.Dealer, "honest")
	listener, _ := h.subscribe(t, "")
	for i, tt := range tests {
		before := h.log.count(tt.log)
		tt.act(t, h)
		// Those who behave notice nothing, old or new.
		h.send(t, honest, 100+i)
		if err := h.Reply(h.request(t), "test_reply", nil, nil); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		recv(t, honest)
		h.Publish("status", nil, nil)
		recv(t, listener)
		fresh, raw := dial(t, h.shell, zmq4.Dealer, "")
		h.send(t, fresh, 200+i)
		h.request(t)
		raw.Close()
		h.log.waitFor(t, tt.log, before+1)
	}
	for _, c := range []net.Conn{silent, half} {
		h.log.wait(t, "shell: dropped "+c.LocalAddr().String()+" during the handshake")
	}
	if len(h.reqs) != 0 {
		t.Errorf("%d messages came through that should not", len(h.reqs))
	}
}

func TestPing(t *testing.T) {
	h := newHarness(t, Limits{})
	c, raw := dial(t, h.iopub, zmq4.Sub, "")
	c.SendMsg(zmq4.NewMsg([]byte{1}))
	recv(t, c)
	const n = 200
	go func() {
		for range n {
			h.Publish("stream", nil, map[string]string{"text": strings.Repeat("x", 1000)})
		}
	}()
	ping := append([]byte{4, 9, 4}, "PING\x00\x64ab"...)
	for range n {
		raw.Write(ping)
	}
	pongs, msgs := 0, 0
	for pongs < n || msgs < n {
		m, err := c.RecvMsg()
		if err != nil {
			t.Fatalf("after %d pongs and %d messages: %v", pongs, msgs, err)
		}
		if m.Type == zmq4.CmdMsg {
			pongs++
		} else {
			msgs++
		}
	}
}

func TestClient(t *testing.T) {
	h := newHarness(t, Limits{})
	info := ConnectionInfo{IP: "127.0.0.1", Key: "secret"}
	for p, s := range map[*int]*socket{&info.ShellPort: h.shell, &info.ControlPort: h.control, &info.StdinPort: h.stdin, &info.IOPubPort: h.iopub} {
		*p = s.ln.Addr().(*net.TCPAddr).Port
	}
	c, err := Dial(info)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if m, err := c.Recv(IOPub, patience); err != nil || m.Header.MsgType != "iopub_welcome" {
		t.Fatalf("welcome: %v, %v", m, err)
	}
	for _, ch := range []Channel{Shell, Control} {
		id, err := c.Send(ch, "test_request", map[string]int{"a": 1})
		if err != nil {
			t.Fatal(err)
		}
		m := h.request(t)
		if m.Header.MsgID != id || m.Channel != ch || string(m.Content) != `{"a":1}` {
			t.Errorf("request %s on %s: %s", m.Header.MsgID, m.Channel, m.Content)
		}
		h.Reply(m, "test_reply", nil, nil)
		h.Ask(m, "input_request", nil)
		for _, from := range []Channel{ch, Stdin} {
			if m, err := c.Recv(from, patience); err != nil || !strings.Contains(string(m.Parent), id) {
				t.Errorf("answer on %s: %v, %v", from, m, err)
			}
		}
	}
	if _, err := c.Recv(Shell, time.Millisecond); !errors.Is(err, ErrTimeout) {
		t.Errorf("nothing to receive: %v, want ErrTimeout", err)
	}
	h.Close(time.Second)
	if _, err := c.Recv(Shell, patience); !errors.Is(err, ErrGone) {
		t.Errorf("after the kernel's end: %v, want ErrGone", err)
	}
	if _, err := Dial(info); err == nil {
		t.Error("dialled a kernel that has ended")
	}
	if _, err := Dial(ConnectionInfo{IP: "192.0.2.1"}); !errors.Is(err, ErrNotLoopback) {
		t.Errorf("dial far away: %v", err)
	}
}

func TestLogLimiter(t *testing.T) {
	var l logLimiter
	now := time.Now()
	for i := range logLines + 5 {
		if _, ok := l.allow(now); ok != (i < logLines) {
			t.Fatalf("line %d: %v", i, ok)
		}
	}
	if n, ok := l.allow(now.Add(logWindow + 1)); !ok || n != 5 {
		t.Errorf("after the window: %d left out, %v", n, ok)
	}
}

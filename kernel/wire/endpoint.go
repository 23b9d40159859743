package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
)

// Limits bounds what a peer can cost. The zero value of a field is its
// default.
type Limits struct {
	Handshake time.Duration // to finish the handshake; 5 s
	Message   int           // bytes of one incoming message; 256 MiB
	Queue     int           // bytes waiting for one peer before the source is held back; 128 MiB
	Lead      int           // bytes waiting for the only subscriber, while it reads, before the source is held back; 256 KiB
	Pause     time.Duration // for which that one may read nothing and still be waited for; 250 ms
	Stall     time.Duration // without reading a byte, its queue full, before a subscriber is dropped for the sake of others; 5 s
	Patience  time.Duration // the same where there are no others; 1 min
	Slow      time.Duration // for which a slow subscriber may hold back the source while there are others; 10 s
}

// Options configures [Listen].
type Options struct {
	// Handle is called with each message, on the goroutine of the connection
	// that it came by: in order for one connection, concurrently for several.
	// It must not wait for long.
	Handle func(*Message)

	// Log takes one line about something dropped. Nil means no log.
	Log func(line string)

	Limits Limits

	logs *logLimiter
}

func (o *Options) setDefaults() {
	o.logs = new(logLimiter)
	l := &o.Limits
	if l.Handshake == 0 {
		l.Handshake = 5 * time.Second
	}
	if l.Message == 0 {
		l.Message = 256 << 20
	}
	if l.Queue == 0 {
		l.Queue = 128 << 20
	}
	if l.Lead == 0 {
		l.Lead = 256 << 10
	}
	if l.Pause == 0 {
		l.Pause = 250 * time.Millisecond
	}
	if l.Stall == 0 {
		l.Stall = 5 * time.Second
	}
	if l.Patience == 0 {
		l.Patience = time.Minute
	}
	if l.Slow == 0 {
		l.Slow = 10 * time.Second
	}
}

func (o *Options) logf(format string, args ...any) {
	if o.Log == nil {
		return
	}
	if n, ok := o.logs.allow(time.Now()); ok {
		if n > 0 {
			o.Log(fmt.Sprintf("(%d more lines like these left out)", n))
		}
		o.Log(fmt.Sprintf(format, args...))
	}
}

// logLimiter keeps a hostile peer from filling the disk with log lines.
type logLimiter struct {
	mu      sync.Mutex
	start   time.Time
	lines   int
	omitted int
}

const (
	logWindow = 10 * time.Second
	logLines  = 100
)

// allow reports whether a line may be written and how many were left out
// before it.
func (l *logLimiter) allow(now time.Time) (omitted int, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.start) > logWindow {
		l.start, l.lines = now, 0
	}
	if l.lines >= logLines {
		l.omitted++
		return 0, false
	}
	l.lines++
	omitted, l.omitted = l.omitted, 0
	return omitted, true
}

// ErrGone is returned for an answer to a client that is no longer connected.
var ErrGone = errors.New("wire: the client has gone")

// Endpoint is the five sockets of a kernel.
type Endpoint struct {
	opts  Options
	codec *codec
	topic string

	shell, control, stdin, iopub, hb *socket
}

// Listen opens the sockets that info names and serves them.
func Listen(info ConnectionInfo, o Options) (*Endpoint, error) {
	if err := info.check(); err != nil {
		return nil, err
	}
	o.setDefaults()
	e := &Endpoint{opts: o, codec: newCodec(info.Key)}
	e.topic = "kernel." + e.codec.session + "."
	open := []struct {
		name    string
		at      **socket
		typ     zmq4.SocketType
		port    int
		receive func(*peer, [][]byte)
	}{
		{"shell", &e.shell, zmq4.Router, info.ShellPort, e.request(Shell)},
		{"control", &e.control, zmq4.Router, info.ControlPort, e.request(Control)},
		{"stdin", &e.stdin, zmq4.Router, info.StdinPort, e.request(Stdin)},
		{"iopub", &e.iopub, zmq4.XPub, info.IOPubPort, e.subscription},
		{"heartbeat", &e.hb, zmq4.Rep, info.HBPort, echo},
	}
	for _, s := range open {
		sock, err := listen(s.name, s.typ, info.addr(s.port), &e.opts, s.receive)
		if err != nil {
			e.Close(0)
			return nil, err
		}
		*s.at = sock
	}
	for _, s := range open {
		go (*s.at).accept()
	}
	return e, nil
}

// sockets returns the sockets that are open.
func (e *Endpoint) sockets() []*socket {
	var open []*socket
	for _, s := range []*socket{e.iopub, e.shell, e.control, e.stdin, e.hb} {
		if s != nil {
			open = append(open, s)
		}
	}
	return open
}

// Close stops serving. Messages already sent get until flush to leave.
func (e *Endpoint) Close(flush time.Duration) {
	deadline := time.Now().Add(flush)
	for _, s := range e.sockets() {
		s.close(deadline)
	}
}

// Session is the kernel's session id, which its headers carry.
func (e *Endpoint) Session() string { return e.codec.session }

// request returns the receiver of a ROUTER socket.
func (e *Endpoint) request(ch Channel) func(*peer, [][]byte) {
	return func(p *peer, frames [][]byte) {
		m, err := e.codec.decode(frames)
		if err != nil {
			e.opts.logf("%s: dropped a message from %s: %v", ch, p.raw.RemoteAddr(), err)
			return
		}
		m.Channel, m.peer = ch, p
		if e.opts.Handle != nil {
			e.opts.Handle(m)
		}
	}
}

func echo(p *peer, frames [][]byte) {
	p.out.push(frame(frames))
}

// Reply answers m on the channel and the connection that it came by. Content
// and metadata are marshalled unless they are a json.RawMessage; nil means an
// empty object.
func (e *Endpoint) Reply(m *Message, msgType string, content any, metadata json.RawMessage) error {
	return e.send(m.peer.sock, m, msgType, content, metadata)
}

// Ask sends a request of the kernel's own, such as input_request, to the
// client that sent m, on the stdin channel. A client connects its channels one
// by one, so that its first request can be here before its stdin is: Ask waits
// for that as long as a handshake may take, and while the client is there.
func (e *Endpoint) Ask(m *Message, msgType string, content any) error {
	if !strings.HasPrefix(m.peer.identity, anonymous) {
		e.awaitStdin(m.peer)
	}
	return e.send(e.stdin, m, msgType, content, nil)
}

// awaitStdin returns when the client of p has its stdin connected, or when
// there is no more hope that it will.
func (e *Endpoint) awaitStdin(p *peer) {
	limit := time.NewTimer(e.opts.Limits.Handshake)
	defer limit.Stop()
	for {
		stdin, came := e.stdin.look(p)
		client, left := p.sock.look(p)
		if stdin != nil || client == nil {
			return
		}
		select {
		case <-came:
		case <-left:
		case <-limit.C:
			return
		}
	}
}

func (e *Endpoint) send(s *socket, m *Message, msgType string, content any, metadata json.RawMessage) error {
	b, err := e.codec.encode(outgoing{prefix: m.routing, msgType: msgType, parent: m.RawHeader, metadata: metadata, content: content})
	if err != nil {
		return err
	}
	p := s.find(m.peer)
	if p == nil || !p.out.push(b) {
		return fmt.Errorf("%w: %s", ErrGone, msgType)
	}
	if n, _, _ := p.out.load(); n > 2*e.opts.Limits.Queue {
		e.drop(p, "it does not read its replies")
	}
	return nil
}

func (e *Endpoint) drop(p *peer, why string) {
	e.opts.logf("%s: dropped %s: %s", p.sock.name, p.raw.RemoteAddr(), why)
	p.close()
}

// subscription handles what an XPUB socket receives: subscriptions.
func (e *Endpoint) subscription(p *peer, frames [][]byte) {
	f := frames[0]
	if len(f) == 0 || f[0] > 1 {
		return
	}
	topic := string(f[1:])
	if f[0] == 0 {
		p.mu.Lock()
		if p.topics[topic]--; p.topics[topic] <= 0 {
			delete(p.topics, topic)
		}
		p.mu.Unlock()
		return
	}
	welcome, err := e.codec.encode(outgoing{
		prefix:  [][]byte{f[1:]},
		msgType: "iopub_welcome",
		content: map[string]string{"subscription": topic},
	})
	if err != nil {
		e.opts.logf("iopub: %v", err)
		return
	}
	// The welcome comes before anything published for the subscription.
	p.mu.Lock()
	defer p.mu.Unlock()
	p.topics[topic]++
	p.out.push(welcome)
}

// offer queues b if p subscribes to topic.
func (p *peer) offer(topic string, b []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for t := range p.topics {
		if strings.HasPrefix(topic, t) {
			p.out.push(b)
			return
		}
	}
}

// Publish sends a message to all subscribers of iopub. It never waits: the
// order of calls is the order in which every subscriber gets the messages,
// and one that does not read is dealt with in [Endpoint.WaitRoom].
func (e *Endpoint) Publish(msgType string, parent json.RawMessage, content any) error {
	return e.PublishWith(msgType, parent, content, nil, nil)
}

// PublishWith is [Endpoint.Publish] for a message with metadata and binary
// buffers.
func (e *Endpoint) PublishWith(msgType string, parent json.RawMessage, content any, metadata json.RawMessage, buffers [][]byte) error {
	topic := e.topic + msgType
	b, err := e.codec.encode(outgoing{
		prefix: [][]byte{[]byte(topic)}, msgType: msgType, parent: parent, metadata: metadata, content: content, buffers: buffers,
	})
	if err != nil {
		return err
	}
	e.iopub.mu.Lock()
	defer e.iopub.mu.Unlock()
	for p := range e.iopub.peers {
		p.offer(topic, b)
	}
	return nil
}

// WaitRoom waits while a subscriber has more than Limits.Queue bytes before
// it. The source of bulk output calls it before it takes more, so that a
// client which reads late loses nothing. It ends with the client dropped when
// that has not read a byte for Limits.Patience. Other subscribers are not held
// to its pace: where there are any, it is dropped after Limits.Stall without
// a byte read, or when it has held back the source for Limits.Slow in one go.
//
// A lone subscriber that reads, only slower than the source makes, is not let fall
// so far behind: what waits for it stands between an interrupt and its effect.
func (e *Endpoint) WaitRoom() {
	e.keepPace()
	for {
		p, others := e.fullest()
		if p == nil {
			return
		}
		began := time.Now()
		// Once over the limit it must fall to half of it, or a slow reader
		// would hold back the source for ever in steps of one message.
		for !p.out.waitBelow(e.opts.Limits.Queue/2, progressTick/5) {
			now := time.Now()
			_, since, _ := p.out.load()
			stall := e.opts.Limits.Patience
			if others {
				stall = e.opts.Limits.Stall
			}
			if now.Sub(since) > stall {
				e.drop(p, fmt.Sprintf("it has read nothing for %v", now.Sub(since).Round(time.Millisecond)))
				break
			}
			if others && now.Sub(began) > e.opts.Limits.Slow {
				e.drop(p, fmt.Sprintf("it has held back the others for %v", now.Sub(began).Round(time.Millisecond)))
				break
			}
		}
	}
}

// keepPace waits until a lone subscriber has less than Limits.Lead bytes before it,
// or does not read.
func (e *Endpoint) keepPace() {
	p := e.only()
	if p == nil {
		return
	}
	for {
		size, since, closed := p.out.load()
		if size < e.opts.Limits.Lead || closed || time.Since(since) > e.opts.Limits.Pause {
			return
		}
		p.out.waitBelow(e.opts.Limits.Lead, e.opts.Limits.Pause)
	}
}

// only returns the subscriber, nil if there are none or several.
func (e *Endpoint) only() *peer {
	e.iopub.mu.Lock()
	defer e.iopub.mu.Unlock()
	if len(e.iopub.peers) != 1 {
		return nil
	}
	for p := range e.iopub.peers {
		return p
	}
	return nil
}

// fullest returns a subscriber over the limit, and whether there are others.
func (e *Endpoint) fullest() (full *peer, others bool) {
	e.iopub.mu.Lock()
	defer e.iopub.mu.Unlock()
	for p := range e.iopub.peers {
		if n, _, closed := p.out.load(); n > e.opts.Limits.Queue && !closed {
			full = p
		}
	}
	return full, len(e.iopub.peers) > 1
}

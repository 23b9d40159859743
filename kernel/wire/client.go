package wire

import (
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

// IOPub is the channel on which clients receive what the kernel publishes.
const IOPub Channel = "iopub"

// ErrTimeout is returned by [Client.Recv] when nothing came in time.
var ErrTimeout = errors.New("wire: no message in time")

// clientBuffer is how many messages a client reads ahead on a channel.
const clientBuffer = 256

// dialTimeout is how long connecting and shaking hands may take on a channel.
const dialTimeout = 30 * time.Second

// Client is the other end of an [Endpoint]: a small Jupyter client, for
// checking an installation and for tests.
type Client struct {
	codec *codec
	ends  map[Channel]*clientEnd
	done  chan struct{}
	once  sync.Once
}

type clientEnd struct {
	mu   sync.Mutex // one writer
	conn *zmq4.Conn
	raw  net.Conn
	in   chan *Message
}

// Dial connects to a kernel on shell, control, stdin and iopub, and
// subscribes to everything. The first message on iopub is iopub_welcome.
func Dial(info ConnectionInfo) (*Client, error) {
	if err := info.check(); err != nil {
		return nil, err
	}
	c := &Client{codec: newCodec(info.Key), ends: map[Channel]*clientEnd{}, done: make(chan struct{})}
	for _, s := range []struct {
		ch   Channel
		typ  zmq4.SocketType
		port int
	}{
		{Shell, zmq4.Dealer, info.ShellPort},
		{Control, zmq4.Dealer, info.ControlPort},
		{Stdin, zmq4.Dealer, info.StdinPort},
		{IOPub, zmq4.Sub, info.IOPubPort},
	} {
		if err := c.connect(s.ch, s.typ, info.addr(s.port)); err != nil {
			c.Close()
			return nil, err
		}
	}
	return c, nil
}

func (c *Client) connect(ch Channel, typ zmq4.SocketType, addr string) error {
	raw, err := net.DialTimeout("tcp", addr, dialTimeout)
	if err != nil {
		return fmt.Errorf("wire: %s: %w", ch, err)
	}
	raw.SetDeadline(time.Now().Add(dialTimeout))
	conn, err := zmq4.Open(raw, null.Security(), typ, zmq4.SocketIdentity(c.codec.session), false, nil)
	if err == nil && ch == IOPub {
		err = conn.SendMsg(zmq4.NewMsg([]byte{1}))
	}
	if err != nil {
		raw.Close()
		return fmt.Errorf("wire: %s: %w", ch, err)
	}
	raw.SetDeadline(time.Time{})
	e := &clientEnd{conn: conn, raw: raw, in: make(chan *Message, clientBuffer)}
	c.ends[ch] = e
	go c.read(ch, e)
	return nil
}

func (c *Client) read(ch Channel, e *clientEnd) {
	defer close(e.in)
	for {
		z, err := e.conn.RecvMsg()
		if err != nil {
			return
		}
		m, err := c.codec.decode(z.Frames)
		if err != nil {
			continue
		}
		m.Channel = ch
		select {
		case e.in <- m:
		case <-c.done:
			return
		}
	}
}

// Send sends a request and returns its message id, which is the msg_id of
// the parent header of every answer.
func (c *Client) Send(ch Channel, msgType string, content any) (id string, err error) {
	frames, id, err := c.codec.frames(outgoing{msgType: msgType, content: content})
	if err != nil {
		return "", err
	}
	e := c.ends[ch]
	e.mu.Lock()
	defer e.mu.Unlock()
	return id, e.conn.SendMsg(zmq4.NewMsgFrom(frames...))
}

// Recv returns the next message on a channel.
func (c *Client) Recv(ch Channel, timeout time.Duration) (*Message, error) {
	t := time.NewTimer(timeout)
	defer t.Stop()
	select {
	case m, ok := <-c.ends[ch].in:
		if !ok {
			return nil, fmt.Errorf("%w: the kernel closed %s", ErrGone, ch)
		}
		return m, nil
	case <-t.C:
		return nil, fmt.Errorf("%w: %s, %v", ErrTimeout, ch, timeout)
	}
}

// Close ends the connections.
func (c *Client) Close() {
	c.once.Do(func() {
		close(c.done)
		for _, e := range c.ends {
			e.raw.Close()
		}
	})
}

package wire

import (
	"errors"
	"fmt"
	"io"
	"net"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

// peer is one connection of one socket.
type peer struct {
	sock     *socket
	raw      net.Conn
	conn     *zmq4.Conn
	out      *outbox
	identity string

	mu     sync.Mutex
	topics map[string]int // subscriptions, iopub only
}

// anonymous begins an identity that was made up here, as ZeroMQ does for a
// client that names none. It says nothing about the client's other sockets.
const anonymous = "\x00"

// socket is a listener and the peers connected to it.
type socket struct {
	name string
	typ  zmq4.SocketType
	ln   net.Listener
	opts *Options

	// receive handles the frames of one message, on the peer's goroutine.
	receive func(p *peer, frames [][]byte)

	mu      sync.Mutex
	peers   map[*peer]struct{}
	byID    map[string]*peer // the newest of each identity
	changed chan struct{}    // closed and replaced when a peer comes or goes
	closed  bool
}

func listen(name string, typ zmq4.SocketType, addr string, o *Options, receive func(*peer, [][]byte)) (*socket, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("wire: %s socket: %w", name, err)
	}
	return &socket{
		name: name, typ: typ, ln: ln, opts: o, receive: receive,
		peers: map[*peer]struct{}{}, byID: map[string]*peer{}, changed: make(chan struct{}),
	}, nil
}

// accept takes connections until the listener is closed.
func (s *socket) accept() {
	for {
		c, err := s.ln.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				return
			}
			s.opts.logf("%s: accept: %v", s.name, err)
			time.Sleep(50 * time.Millisecond) // out of descriptors: some will come back
			continue
		}
		go s.serve(c)
	}
}

// serve is the life of one connection.
func (s *socket) serve(c net.Conn) {
	defer c.Close()
	defer s.recovered("connection of " + c.RemoteAddr().String())
	if !fromLoopback(c) {
		s.opts.logf("%s: refused %s: not on this machine", s.name, c.RemoteAddr())
		return
	}
	c.SetDeadline(time.Now().Add(s.opts.Limits.Handshake))
	g := newGuardConn(c)
	zc, err := zmq4.Open(g, null.Security(), s.typ, nil, true, nil)
	if err != nil {
		if !left(err) {
			s.opts.logf("%s: dropped %s during the handshake: %v", s.name, c.RemoteAddr(), cause(err))
		}
		return
	}
	c.SetDeadline(time.Time{})
	p := &peer{sock: s, raw: c, conn: zc, out: newOutbox(c), topics: map[string]int{}}
	p.identity = zc.Peer.Meta["Identity"]
	if p.identity == "" {
		p.identity = anonymous + randomID()
	}
	g.open(s.opts.Limits.Message, p.out)
	if !s.add(p) {
		return
	}
	defer s.remove(p)
	go p.write()
	p.read()
}

func (s *socket) add(p *peer) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.peers[p] = struct{}{}
	s.byID[p.identity] = p
	s.notify()
	return true
}

func (s *socket) remove(p *peer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.peers, p)
	if s.byID[p.identity] == p {
		delete(s.byID, p.identity)
	}
	p.close()
	s.notify()
}

// notify wakes those who wait for a peer to come or go; s.mu is held.
func (s *socket) notify() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// find returns the newest peer with the identity of p, p itself if it is
// still connected.
func (s *socket) find(p *peer) *peer {
	found, _ := s.look(p)
	return found
}

// look is find with a channel that is closed when the answer may change.
func (s *socket) look(p *peer) (found *peer, changed <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.peers[p]; ok {
		return p, s.changed
	}
	return s.byID[p.identity], s.changed
}

// recovered turns a panic in a connection's goroutine (zmq4 indexes what the
// peer has sent) into a log line.
func (s *socket) recovered(what string) {
	if r := recover(); r != nil {
		s.opts.logf("%s: dropped the %s: %v\n%s", s.name, what, r, debug.Stack())
	}
}

// read handles messages until the connection ends.
func (p *peer) read() {
	for {
		m, err := p.conn.RecvMsg()
		if err != nil {
			if !left(err) {
				p.sock.opts.logf("%s: dropped %s: %v", p.sock.name, p.raw.RemoteAddr(), cause(err))
			}
			return
		}
		if m.Type == zmq4.CmdMsg || len(m.Frames) == 0 {
			continue // PING has been answered; other commands mean nothing here
		}
		p.sock.receive(p, m.Frames)
		// A peer that asks without reading the answers is read no further
		// until it does.
		for !p.out.waitBelow(p.sock.opts.Limits.Queue, time.Minute) {
			continue
		}
	}
}

func (p *peer) write() {
	defer p.close()
	defer p.sock.recovered("writer to " + p.raw.RemoteAddr().String())
	if err := p.out.write(); err != nil && !left(err) {
		p.sock.opts.logf("%s: dropped %s: %v", p.sock.name, p.raw.RemoteAddr(), cause(err))
	}
}

// close ends the connection; the reader then removes the peer.
func (p *peer) close() {
	p.out.close()
	p.raw.Close()
}

// close stops listening, gives the writers until the deadline to empty their
// queues, and ends the connections.
func (s *socket) close(deadline time.Time) {
	s.mu.Lock()
	s.closed = true
	peers := make([]*peer, 0, len(s.peers))
	for p := range s.peers {
		peers = append(peers, p)
	}
	s.mu.Unlock()
	s.ln.Close()
	for _, p := range peers {
		p.out.waitBelow(1, time.Until(deadline))
		p.close()
	}
}

// left reports whether err says that a connection was ended, by the peer or
// from here, which happens every day.
func left(err error) bool {
	for _, end := range []error{io.EOF, io.ErrClosedPipe, net.ErrClosed, zmq4.ErrClosedConn, syscall.ECONNRESET, syscall.EPIPE} {
		if errors.Is(err, end) {
			return true
		}
	}
	return false
}

// cause is the innermost error: zmq4 wraps it in the names of its functions.
func cause(err error) error {
	for {
		in := errors.Unwrap(err)
		if in == nil {
			return err
		}
		err = in
	}
}

func fromLoopback(c net.Conn) bool {
	a, ok := c.RemoteAddr().(*net.TCPAddr)
	return ok && a.IP.IsLoopback()
}

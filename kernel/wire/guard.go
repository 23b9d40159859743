package wire

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
)

// ZMTP frame flags.
const (
	flagMore = 1
	flagLong = 2
)

// greetingLen is the length of the greeting that starts a ZMTP connection.
const greetingLen = 64

// handshakeLimit bounds a message before the connection is open.
const handshakeLimit = 64 << 10

// maxFrames bounds the number of frames of one message.
const maxFrames = 1 << 16

// oversize begins the error about a message that announces too much.
const oversize = "message larger than allowed"

// guardConn stands between a TCP connection and zmq4.Conn. On the way in it
// follows the framing and refuses a message that announces more bytes than
// allowed before zmq4 allocates them. On the way out it is transparent during
// the handshake; afterwards all that zmq4 writes of its own accord (the PONG
// to a PING) joins the outbox, so that the connection has one writer.
type guardConn struct {
	net.Conn
	br  *bufio.Reader
	out *outbox // nil during the handshake

	limit   uint64 // bytes of one message
	greet   int    // bytes of the greeting still to come
	header  [9]byte
	nheader int
	body    uint64 // bytes of the current frame still to come
	more    bool   // the current frame is not the last of its message
	total   uint64 // announced bytes of the current message
	frames  int

	partial []byte // frame that zmq4 is writing piecewise
}

func newGuardConn(c net.Conn) *guardConn {
	return &guardConn{Conn: c, br: bufio.NewReaderSize(c, 32<<10), greet: greetingLen, limit: handshakeLimit}
}

// open ends the handshake: messages up to limit bytes come in, writes go to
// out.
func (g *guardConn) open(limit int, out *outbox) {
	g.limit = uint64(limit)
	g.out = out
}

// Read returns an error instead of the byte that completes a frame header
// which announces too much.
func (g *guardConn) Read(p []byte) (int, error) {
	n, err := g.br.Read(p)
	if bad := g.follow(p[:n]); bad != nil {
		return 0, bad
	}
	return n, err
}

// follow advances the state by the bytes of b.
func (g *guardConn) follow(b []byte) error {
	for len(b) > 0 {
		if g.greet > 0 {
			n := min(g.greet, len(b))
			g.greet -= n
			b = b[n:]
			continue
		}
		if g.body > 0 {
			n := min(g.body, uint64(len(b)))
			g.body -= n
			b = b[n:]
			continue
		}
		g.header[g.nheader] = b[0]
		g.nheader++
		b = b[1:]
		long := g.header[0]&flagLong != 0
		switch {
		case long && g.nheader == 9:
			g.body = binary.BigEndian.Uint64(g.header[1:])
		case !long && g.nheader == 2:
			g.body = uint64(g.header[1])
		default:
			continue
		}
		g.nheader = 0
		if !g.more {
			g.total, g.frames = 0, 0
		}
		g.more = g.header[0]&flagMore != 0
		g.frames++
		if g.body > g.limit || g.total+g.body > g.limit || g.frames > maxFrames {
			return fmt.Errorf(oversize+": frame of %d bytes, %d before it, at most %d", g.body, g.total, g.limit)
		}
		g.total += g.body
	}
	return nil
}

// Write passes the handshake through; later it gathers the pieces of a frame
// (zmq4 writes header and body apart) and queues it whole.
func (g *guardConn) Write(p []byte) (int, error) {
	if g.out == nil {
		return g.Conn.Write(p)
	}
	g.partial = append(g.partial, p...)
	size, ok := frameSize(g.partial)
	if !ok || len(g.partial) < size {
		return len(p), nil
	}
	whole := g.partial
	g.partial = nil
	if !g.out.push(whole) {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

// frameSize returns the size of the frame that b starts with, header
// included, and whether b is long enough to tell.
func frameSize(b []byte) (int, bool) {
	switch {
	case len(b) < 2:
		return 0, false
	case b[0]&flagLong == 0:
		return 2 + int(b[1]), true
	case len(b) < 9:
		return 0, false
	}
	return 9 + int(binary.BigEndian.Uint64(b[1:])), true
}

package link

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// MaxFrame is the largest frame, in bytes, that Send accepts and Recv
// believes. A stray write to the inherited descriptor must not make the other
// process allocate whatever its bytes happen to mean.
const MaxFrame = 1 << 30

// headerLen is the fixed part of a frame: the length of what follows it
// (4 bytes, big endian), the length of the type (1) and of the id (2).
const headerLen = 4 + 1 + 2

// growStep bounds how far the receive buffer runs ahead of the bytes that
// have really arrived.
const growStep = 16 << 20

var (
	// ErrTooLarge is returned by Send for a message above [MaxFrame]; nothing
	// of it has been written, and the connection stays usable.
	ErrTooLarge = errors.New("link: message too large")

	// ErrBadFrame is returned by Recv when the stream holds something that is
	// no frame. The stream has lost its step; the connection is of no more use.
	ErrBadFrame = errors.New("link: malformed frame")
)

// Message is one message between front and session. ID names the request
// that it belongs to; it is empty for what belongs to none.
type Message struct {
	Type string
	ID   string
	Body json.RawMessage
}

// New returns a message with body encoded as JSON. A body that JSON cannot
// express (a channel inside display data, a NaN) is an error of the caller's
// value: New panics, and code that encodes user values uses [Encode].
func New(typ, id string, body any) Message {
	m, err := Encode(typ, id, body)
	if err != nil {
		panic(err)
	}
	return m
}

// Encode is [New] with an error instead of a panic. A nil body is allowed.
func Encode(typ, id string, body any) (Message, error) {
	m := Message{Type: typ, ID: id}
	if body == nil {
		return m, nil
	}
	if d, ok := body.(Display); ok && d.Update && typ == TypeDisplay {
		m.Type = TypeUpdateDisplay
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false) // HTML is most of what is displayed; its brackets stay one byte each
	if err := enc.Encode(normal(body)); err != nil {
		return Message{}, fmt.Errorf("link: %s: %w", typ, err)
	}
	m.Body = bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
	return m, nil
}

// normal gives bodies that the front passes on as they are the empty objects
// and lists that Jupyter asks for where Go has nil.
func normal(body any) any {
	switch b := body.(type) {
	case Display:
		b.Data, b.Metadata, b.Transient = object(b.Data), object(b.Metadata), object(b.Transient)
		return b
	case Result:
		b.Data, b.Metadata = object(b.Data), object(b.Metadata)
		return b
	case Error:
		if b.Traceback == nil {
			b.Traceback = []string{}
		}
		return b
	}
	return body
}

func object(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

// Decode parses the body of m into v. A message without a body leaves v as
// it is.
func (m Message) Decode(v any) error {
	if len(m.Body) == 0 {
		return nil
	}
	if err := json.Unmarshal(m.Body, v); err != nil {
		return fmt.Errorf("link: %s: %w", m.Type, err)
	}
	return nil
}

// Conn is one end of the pair. Send may be called from any goroutine; Recv
// from one at a time.
type Conn struct {
	rw io.ReadWriteCloser
	br *bufio.Reader

	wmu  sync.Mutex
	wbuf []byte

	closeOnce sync.Once
	closeErr  error
}

// NewConn returns a connection over rw.
func NewConn(rw io.ReadWriteCloser) *Conn {
	return &Conn{rw: rw, br: bufio.NewReaderSize(rw, 64<<10)}
}

// Send writes m as one frame. It blocks while the other process is not
// reading, which is how a fast cell is held back.
func (c *Conn) Send(m Message) error {
	if len(m.Type) == 0 || len(m.Type) > 0xff || len(m.ID) > 0xffff {
		return fmt.Errorf("%w: type %q, id of %d bytes", ErrBadFrame, m.Type, len(m.ID))
	}
	n := headerLen - 4 + len(m.Type) + len(m.ID) + len(m.Body)
	if n > MaxFrame {
		return fmt.Errorf("%w: %s of %d bytes, at most %d", ErrTooLarge, m.Type, n, MaxFrame)
	}
	c.wmu.Lock()
	defer c.wmu.Unlock()
	b := appendFrame(c.wbuf[:0], m, n)
	if cap(b) <= growStep {
		c.wbuf = b // keep the buffer for the next one, unless a giant made it
	}
	_, err := c.rw.Write(b)
	return err
}

func appendFrame(b []byte, m Message, n int) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(n))
	b = append(b, byte(len(m.Type)))
	b = binary.BigEndian.AppendUint16(b, uint16(len(m.ID)))
	b = append(b, m.Type...)
	b = append(b, m.ID...)
	return append(b, m.Body...)
}

// Recv reads the next message. It returns io.EOF when the other process has
// closed its end between two frames (or is gone), io.ErrUnexpectedEOF when it
// ended within one, and [ErrBadFrame] when the bytes are no frame.
func (c *Conn) Recv() (Message, error) {
	var hdr [headerLen]byte
	if _, err := io.ReadFull(c.br, hdr[:]); err != nil {
		return Message{}, err
	}
	size := int64(binary.BigEndian.Uint32(hdr[:]))
	nt := int(hdr[4])
	nid := int(binary.BigEndian.Uint16(hdr[5:]))
	rest := size - (headerLen - 4)
	if size > MaxFrame || nt == 0 || rest < int64(nt+nid) {
		return Message{}, fmt.Errorf("%w: %d bytes, type of %d, id of %d", ErrBadFrame, size, nt, nid)
	}
	b, err := readGrowing(c.br, int(rest))
	if err != nil {
		return Message{}, err
	}
	m := Message{Type: string(b[:nt]), ID: string(b[nt : nt+nid])}
	if body := b[nt+nid:]; len(body) > 0 {
		m.Body = body
	}
	return m, nil
}

// Buffered reports whether bytes of a further message have already been read
// from the stream. A reader that batches asks before it waits.
func (c *Conn) Buffered() bool { return c.br.Buffered() > 0 }

// readGrowing reads exactly n bytes, allocating no more than growStep ahead
// of what has arrived: a forged length costs its sender the bytes.
func readGrowing(r io.Reader, n int) ([]byte, error) {
	b := make([]byte, min(n, growStep))
	for have := 0; ; {
		m, err := io.ReadFull(r, b[have:])
		have += m
		if err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		if have == n {
			return b, nil
		}
		grown := make([]byte, have+min(n-have, max(growStep, have)))
		copy(grown, b)
		b = grown
	}
}

// Close closes this end; a Recv that waits at either end returns.
func (c *Conn) Close() error {
	c.closeOnce.Do(func() { c.closeErr = c.rw.Close() })
	return c.closeErr
}

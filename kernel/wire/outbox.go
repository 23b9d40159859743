package wire

import (
	"errors"
	"net"
	"os"
	"sync"
	"time"
)

// writeBatch is about how many bytes one system call writes.
const writeBatch = 64 << 10

// systemBuffer is how much of what is written the system keeps.
const systemBuffer = 256 << 10

// progressTick is how often a writer that waits for its peer looks at the
// clock.
const progressTick = 500 * time.Millisecond

// outbox is the queue before the one writer of a connection. Its size is
// counted in bytes. Pushing never blocks; who produces much asks room first.
type outbox struct {
	conn net.Conn

	mu      sync.Mutex
	wake    *sync.Cond // the writer waits on it
	drained *sync.Cond // waiters for room or for the end wait on it
	queue   [][]byte
	size    int // bytes queued or being written
	closed  bool

	// progress is when bytes last left, or when the queue last stopped being
	// empty: the age of it is how long the peer has not read.
	progress time.Time
}

func newOutbox(c net.Conn) *outbox {
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetWriteBuffer(systemBuffer) // the system's would take megabytes that nobody counts
	}
	o := &outbox{conn: c}
	o.wake = sync.NewCond(&o.mu)
	o.drained = sync.NewCond(&o.mu)
	return o
}

// push queues one message. It reports false when the connection has ended.
func (o *outbox) push(b []byte) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return false
	}
	if o.size == 0 {
		o.progress = time.Now()
	}
	o.queue = append(o.queue, b)
	o.size += len(b)
	o.wake.Signal()
	return true
}

// load returns the bytes that wait and since when the peer has taken none.
func (o *outbox) load() (size int, since time.Time, closed bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.size, o.progress, o.closed
}

// waitBelow waits until fewer than limit bytes are queued, the connection has
// ended, or d has passed, and reports whether there is room.
func (o *outbox) waitBelow(limit int, d time.Duration) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed || o.size < limit {
		return true
	}
	expired := false
	t := time.AfterFunc(d, func() {
		o.mu.Lock()
		expired = true
		o.drained.Broadcast()
		o.mu.Unlock()
	})
	defer t.Stop()
	for !o.closed && o.size >= limit && !expired {
		o.drained.Wait()
	}
	return o.closed || o.size < limit
}

// close ends the writer; what is queued is lost.
func (o *outbox) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	o.queue, o.size = nil, 0
	o.wake.Broadcast()
	o.drained.Broadcast()
}

// write sends what is pushed until the outbox is closed or the connection
// fails; it returns the failure.
func (o *outbox) write() error {
	for {
		batch, ok := o.take()
		if !ok {
			return nil
		}
		for len(batch) > 0 {
			o.conn.SetWriteDeadline(time.Now().Add(progressTick))
			n, err := batch.WriteTo(o.conn)
			o.wrote(int(n))
			if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
				return err
			}
			if o.ended() {
				return nil
			}
		}
	}
}

// take waits for messages and takes about a batch of them.
func (o *outbox) take() (net.Buffers, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.queue) == 0 && !o.closed {
		o.wake.Wait()
	}
	if o.closed {
		return nil, false
	}
	n, size := 0, 0
	for n < len(o.queue) && size < writeBatch {
		size += len(o.queue[n])
		n++
	}
	batch := make(net.Buffers, n)
	copy(batch, o.queue)
	clear(o.queue[:n])
	o.queue = o.queue[n:]
	if len(o.queue) == 0 {
		o.queue = nil
	}
	return batch, true
}

func (o *outbox) wrote(n int) {
	if n == 0 {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.size = max(0, o.size-n)
	o.progress = time.Now()
	o.drained.Broadcast()
}

func (o *outbox) ended() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.closed
}

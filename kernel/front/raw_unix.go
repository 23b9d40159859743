//go:build unix

package front

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// drainMost bounds one drain: a pipe holds less.
const drainMost = 256 << 10

// pipeEnd is the read end of a pipe: non-blocking, known to the poller.
type pipeEnd struct {
	f  *os.File
	rc syscall.RawConn
}

func newRawPipe(f *os.File, name string, emit func(name, text string)) *rawPipe {
	rc, err := f.SyscallConn()
	if err != nil {
		panic(err) // of an open os.File: cannot happen
	}
	return &rawPipe{name: name, emit: emit, end: pipeEnd{f: f, rc: rc}}
}

func (e *pipeEnd) close() { e.f.Close() }

// watch reads whenever something arrives, until the pipe ends.
func (r *rawPipe) watch() {
	for {
		// Only the readiness is awaited here; drain reads, under the mutex, so
		// that no bytes are on their way when a message is handled.
		err := r.end.rc.Read(func(fd uintptr) bool { return readable(int(fd)) })
		if err != nil || !r.drain() {
			return
		}
	}
}

func readable(fd int) bool {
	p := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
	n, err := unix.Poll(p, 0)
	return n > 0 || err != nil && !errors.Is(err, unix.EINTR)
}

// drain reads what is there without waiting. It reports false at the end.
func (r *rawPipe) drain() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.done {
		return false
	}
	open := true
	var buf [8 << 10]byte
	err := r.end.rc.Control(func(fd uintptr) {
		for total := 0; total < drainMost; {
			n, err := unix.Read(int(fd), buf[:])
			switch {
			case errors.Is(err, unix.EINTR):
				continue
			case err != nil:
				open = errors.Is(err, unix.EAGAIN)
				return
			case n == 0:
				open = false
				return
			}
			total += n
			r.take(buf[:n])
		}
	})
	return open && err == nil
}

// settle has nothing to wait for: drain reads all there is.
func (r *rawPipe) settle() {}

package front

import (
	"os"
	"time"
)

// pipeEnd is the read end of a pipe. Windows reads it from one goroutine.
type pipeEnd struct {
	f     *os.File
	ended chan struct{}
}

func newRawPipe(f *os.File, name string, emit func(name, text string)) *rawPipe {
	return &rawPipe{name: name, emit: emit, end: pipeEnd{f: f, ended: make(chan struct{})}}
}

func (e *pipeEnd) close() { e.f.Close() }

// watch reads until the pipe ends.
func (r *rawPipe) watch() {
	defer close(r.end.ended)
	buf := make([]byte, 8<<10)
	for {
		n, err := r.end.f.Read(buf)
		r.mu.Lock()
		if n > 0 && !r.done {
			r.take(buf[:n])
		}
		r.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// drain gives the reader a moment at the end of the process; otherwise an
// anonymous pipe of Windows cannot be asked without waiting.
func (r *rawPipe) drain() bool {
	select {
	case <-r.end.ended:
		return false
	default:
	}
	return true
}

// settle waits for the reader to reach the end.
func (r *rawPipe) settle() {
	select {
	case <-r.end.ended:
	case <-time.After(time.Second):
	}
}

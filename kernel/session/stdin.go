package session

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"time"

	"descent/kernel/link"
)

// pollInput is how often the session looks whether a cell waits for input.
const pollInput = 30 * time.Millisecond

// settle is how long a reader may take to wake where a pipe does not tell what it
// holds.
const settle = 300 * time.Millisecond

// stdin is the standard input of cells: a pipe, so that os.Stdin is the *os.File
// that it is in a program. A pipe does not say that somebody reads; while a cell
// runs that may read, the stacks are asked whether one waits in os.Stdin.Read,
// and the front is asked for a line when one does.
type stdin struct {
	s *session

	mu      sync.Mutex
	r, w    *os.File
	asked   bool          // a request is on its way
	fed     time.Time     // when the last line was written
	refused bool          // the client allows no input, and the cell was told so
	stopped bool          // the cell was interrupted: it is not asked for any more
	stop    chan struct{} // ends the watch of the running cell
	used    bool          // some cell has named standard input
	old     *os.File
}

func newStdin(s *session) (*stdin, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("session: %w", err)
	}
	in := &stdin{s: s, r: r, w: w, old: os.Stdin}
	os.Stdin = r
	return in, nil
}

func (in *stdin) close() {
	in.mu.Lock()
	defer in.mu.Unlock()
	os.Stdin = in.old
	in.w.Close()
}

// reads tells code that may read standard input.
var reads = regexp.MustCompile(`\bStdin\b|\bfmt\.Scan`)

// begin watches the cell r.
func (in *stdin) begin(r request) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.asked, in.refused, in.stopped = false, false, false
	if closed(in.r) {
		in.reopen() // by an earlier cell
	}
	if os.Stdin == nil {
		os.Stdin = in.r
	}
	in.used = in.used || reads.MatchString(r.body.Code)
	if !in.used {
		return
	}
	in.stop = make(chan struct{})
	go in.watch(r, in.stop, in.r)
}

// closed reports whether a file has been closed in this process.
func closed(f *os.File) bool {
	_, err := f.Stat()
	return errors.Is(err, os.ErrClosed)
}

// end stops watching.
func (in *stdin) end() {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.stop != nil {
		close(in.stop)
		in.stop = nil
	}
	if in.stopped && in.used && reading(in.r) {
		// A reader that was left behind would take what the next one asks for.
		in.w.Close()
		in.refused = true
	}
	if in.refused {
		in.reopen()
	}
}

// reopen replaces a pipe whose end the cell has seen.
func (in *stdin) reopen() {
	r, w, err := os.Pipe()
	if err != nil {
		return // input stays at its end
	}
	if os.Stdin == in.r {
		os.Stdin = r
	}
	in.r, in.w = r, w
}

func (in *stdin) watch(r request, stop chan struct{}, file *os.File) {
	t := time.NewTicker(pollInput)
	defer t.Stop()
	for {
		select {
		case <-stop:
			return
		case <-t.C:
		}
		in.mu.Lock()
		idle := !in.asked && !in.refused && !in.stopped && in.stop == stop
		fed := in.fed
		in.mu.Unlock()
		if !idle {
			continue
		}
		// A reader may not have woken yet for the line that is there.
		if n, known := unread(file); n > 0 || !known && time.Since(fed) < settle {
			continue
		}
		if !reading(file) {
			continue
		}
		in.mu.Lock()
		if in.stopped || in.stop != stop {
			in.mu.Unlock()
			continue
		}
		if !r.body.AllowStdin {
			in.refused = true
			in.w.Close()
			in.mu.Unlock()
			in.s.capture.drain()
			in.s.out.write(r.id, "stderr", []byte(errNoInput.Error()+": standard input is at its end\n"))
			return
		}
		in.asked = true
		in.mu.Unlock()
		in.s.capture.drain()
		in.s.out.message(link.TypeInputRequest, r.id, link.InputRequest{})
	}
}

// reply passes a line on to whoever waits for it.
func (in *stdin) reply(b link.InputReply) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if !in.asked {
		return
	}
	in.asked = false
	if b.EOF {
		in.refused = true
		in.w.Close()
		return
	}
	in.fed = time.Now()
	// The reader waits, so a line of any length that a person types is taken.
	_, _ = in.w.WriteString(b.Value + "\n")
}

// interrupt forgets a request that the cell does not wait for any more.
func (in *stdin) interrupt() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.asked, in.stopped = false, true
}

// reading reports whether a goroutine waits in a Read of f.
func reading(f *os.File) bool {
	buf := make([]byte, 1<<16)
	for {
		n := runtime.Stack(buf, true)
		if n < len(buf) {
			buf = buf[:n]
			break
		}
		buf = make([]byte, 2*len(buf))
	}
	call := fmt.Sprintf("os.(*File).Read(%p", f)
	for _, g := range bytes.Split(buf, []byte("\n\n")) {
		head, stack, _ := strings.Cut(string(g), "\n")
		if strings.Contains(head, "[IO wait") && strings.Contains(stack, call) {
			return true
		}
	}
	return false
}

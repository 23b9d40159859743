package front

import (
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	// maxWords bounds what is kept of the runtime's last words.
	maxWords = 256 << 10
	// holdFor is how long text that looks like the runtime's last words is
	// kept from the notebook, until the death of the process confirms it.
	holdFor = 5 * time.Second
)

// rawPipe is the read end of a session process's descriptor 1 or 2. What
// arrives on it was written past the interpreter: by the runtime, or by
// compiled code that keeps an old os.Stderr.
type rawPipe struct {
	name string
	emit func(name, text string)
	end  pipeEnd

	// holdCrashes keeps back what looks like the runtime's last words.
	holdCrashes bool

	mu    sync.Mutex
	carry []byte // the beginning of a rune
	held  strings.Builder
	done  bool
}

// take handles bytes that have been read. The mutex is held.
func (r *rawPipe) take(b []byte) {
	if len(r.carry) > 0 {
		b = append(r.carry, b...)
		r.carry = nil
	}
	whole := wholeRunes(b)
	r.carry = append(r.carry, b[whole:]...)
	r.text(strings.ToValidUTF8(string(b[:whole]), "\uFFFD"))
}

func (r *rawPipe) text(s string) {
	if s == "" {
		return
	}
	if r.held.Len() > 0 {
		r.hold(s)
		return
	}
	if r.holdCrashes {
		if at := crash.FindStringIndex(s); at != nil {
			if at[0] > 0 {
				r.emit(r.name, s[:at[0]])
			}
			r.hold(s[at[0]:])
			time.AfterFunc(holdFor, r.release)
			return
		}
	}
	r.emit(r.name, s)
}

func (r *rawPipe) hold(s string) {
	if room := maxWords - r.held.Len(); room < len(s) {
		s = s[:max(0, room)]
	}
	r.held.WriteString(s)
}

// release shows held text after all: the process lives on.
func (r *rawPipe) release() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.done || r.held.Len() == 0 {
		return
	}
	s := r.held.String()
	r.held.Reset()
	r.emit(r.name, s)
}

// finish reads what is left after the end of the process and returns its last
// words.
func (r *rawPipe) finish() string {
	r.settle()
	r.drain()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done = true
	if len(r.carry) > 0 {
		r.text(strings.ToValidUTF8(string(r.carry), "\uFFFD"))
		r.carry = nil
	}
	r.close()
	return r.held.String()
}

func (r *rawPipe) close() { r.end.close() }

// wholeRunes returns the length of b without a rune that is cut at its end.
func wholeRunes(b []byte) int {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		c := b[len(b)-i]
		if utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return len(b) - i
			}
			break
		}
	}
	return len(b)
}

package display

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
)

// A Sink takes bundles to the reader. Its methods may be called from several
// goroutines at once. An id of "" means that the output will not be updated.
type Sink interface {
	Display(b Bundle, id string)
	Update(b Bundle, id string)
	Clear(wait bool)
}

var (
	sinkMu sync.RWMutex
	sink   Sink = &textSink{}
)

// SetSink sends what is shown from now on to s; nil restores the default, which
// prints text/plain to standard output.
func SetSink(s Sink) {
	sinkMu.Lock()
	defer sinkMu.Unlock()
	if s == nil {
		s = &textSink{}
	}
	sink = s
}

func currentSink() Sink {
	sinkMu.RLock()
	defer sinkMu.RUnlock()
	return sink
}

// NewTextSink returns a sink that writes the text/plain of each bundle to w, one
// after the other. A terminal cannot rewrite what has scrolled away, so of an
// output that is updated again and again it writes the first state and the one
// given to [Handle.Final].
func NewTextSink(w io.Writer) Sink { return &textSink{w: w} }

// A finaler is a sink that tells the last update of an output from the others.
type finaler interface {
	final(b Bundle)
}

type textSink struct {
	mu sync.Mutex
	w  io.Writer // nil: os.Stdout as it is at the time
}

func (s *textSink) Display(b Bundle, id string) { s.print(b) }

func (s *textSink) Update(b Bundle, id string) {}

func (s *textSink) final(b Bundle) { s.print(b) }

func (s *textSink) Clear(wait bool) {}

func (s *textSink) print(b Bundle) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text := b.Text()
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	w := s.w
	if w == nil {
		w = os.Stdout
	}
	fmt.Fprint(w, text)
}

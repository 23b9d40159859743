package eval

import (
	"bytes"
	"go/token"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"descent/kernel/closure"
	"descent/kernel/rt"
)

// Frame is one line of a traceback: a place in a cell.
type Frame struct {
	Cell, Line, Col int
	Func            string // as Go would name it, without the package; "" for the cell's statements
	Source          string // the source line, "" if unknown
}

// traceSink stands where the interpreter prints tracebacks: one line for every
// interpreted frame that a panic leaves, the innermost first, recovered panics
// included.
type traceSink struct {
	mu sync.Mutex
	g  map[uint64]*gtrace

	calls map[uint64]token.Pos // the call that runs on each goroutine, while tracking
}

// gtrace holds the frames that one goroutine has left.
type gtrace struct {
	pending token.Pos // what the node that panicked said of itself
	loop    token.Pos // where the compiled loop is that panicked in its place
	detail  string    // operands of the index expression that panicked last
	frames  []rawFrame
}

type rawFrame struct {
	pos token.Pos // NoPos if only line and col are known

	compiled token.Pos // of compiled code, in the syntax of the cells; NoPos in a frame of the interpreter
	inside   bool      // compiled code as a whole: no frame of the interpreter

	line int
	col  int
	name string
}

// maxFrames bounds what a runaway recursion can leave behind.
const maxFrames = 1 << 16

func newTraceSink() *traceSink { return &traceSink{g: map[uint64]*gtrace{}} }

func (s *traceSink) of(id uint64) *gtrace {
	t := s.g[id]
	if t == nil {
		t = &gtrace{}
		s.g[id] = t
	}
	return t
}

// at notes the position of the node that is panicking on this goroutine.
func (s *traceSink) at(pos token.Pos, detail string) {
	id := rt.GoID()
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.of(id)
	t.pending = pos
	if detail != "" {
		t.detail = detail
	}
}

// indexing returns the operands of the index expression that panicked last on
// this goroutine.
func (s *traceSink) indexing() string {
	id := rt.GoID()
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.g[id]; t != nil {
		return t.detail
	}
	return ""
}

var traceLine = regexp.MustCompile(`^(?:.*?:)?(\d+):(\d+): panic: (.*)\(\.\.\.\)$`)

// Write takes a line of the interpreter's traceback.
func (s *traceSink) Write(p []byte) (int, error) {
	m := traceLine.FindSubmatch(bytes.TrimSpace(p))
	if m == nil {
		return len(p), nil
	}
	id := rt.GoID()
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.of(id)
	f := rawFrame{pos: t.pending, compiled: t.loop, name: string(m[3])}
	t.loop = token.NoPos
	f.line, _ = strconv.Atoi(string(m[1]))
	f.col, _ = strconv.Atoi(string(m[2]))
	t.pending = token.NoPos
	if len(t.frames) < maxFrames {
		t.frames = append(t.frames, f)
	}
	return len(p), nil
}

// compiled takes the frames of compiled code that a panic leaves.
func (s *traceSink) compiled(frames []closure.Frame) {
	id := rt.GoID()
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.of(id)
	t.pending, t.loop = token.NoPos, token.NoPos
	for i, f := range frames {
		if i == len(frames)-1 && f.Func == "" { // a loop: part of the frame around it
			t.loop = f.Pos
		} else if len(t.frames) < maxFrames {
			t.frames = append(t.frames, rawFrame{compiled: f.Pos, inside: true, name: f.Func})
		}
	}
}

// take removes what goroutine id has left and returns the last n frames of the
// interpreter, with those of compiled code that it called.
func (s *traceSink) take(id uint64, n int) []rawFrame {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.g[id]
	delete(s.g, id)
	if t == nil {
		return nil
	}
	at := len(t.frames)
	for at > 0 && (n > 0 || t.frames[at-1].inside) {
		at--
		if !t.frames[at].inside {
			n--
		}
	}
	return t.frames[at:]
}

// frames turns raw frames into places in cells.
func (i *Interp) frames(raw []rawFrame) []Frame {
	if i.opts.Position == nil {
		return nil
	}
	var out []Frame
	fset := i.in.FileSet()
	for _, r := range raw {
		line, col := r.line, r.col
		if r.pos.IsValid() {
			p := fset.Position(r.pos)
			line, col = p.Line, p.Column
		}
		c, l, cc, ok := i.opts.Position(line, col)
		name := r.name
		if r.compiled.IsValid() {
			c, l, cc, ok = i.opts.Place(r.compiled)
		}
		if !ok {
			continue
		}
		if r.inside {
			name = methodName(name)
		} else {
			name = funcName(name)
		}
		f := Frame{Cell: c, Line: l, Col: cc, Func: name}
		if i.opts.SourceLine != nil {
			f.Source = i.opts.SourceLine(c, l)
		}
		out = append(out, f)
	}
	return out
}

// funcName turns the interpreter's name of a function into the one in the cell.
func funcName(name string) string {
	name = strings.TrimPrefix(name, "main")
	name = strings.TrimPrefix(name, ".")
	base, rest, closure := strings.Cut(name, ".")
	// A method T.m is a function Tˑm, or Tˑmˑ2 when it has been declared again.
	if t, m, ok := strings.Cut(base, "ˑ"); ok && t != "cell" {
		m, _, _ = strings.Cut(m, "ˑ")
		if first, _ := utf8.DecodeRuneInString(m); m != "func" && (unicode.IsLetter(first) || first == '_') {
			return t + "." + m
		}
	}
	// The compiler of cells marks names of its own with ˑ; the statements of a cell
	// are a function cellˑN.
	if b, _, marked := strings.Cut(base, "ˑ"); marked {
		base = b
		if base == "cell" {
			base = ""
		}
	}
	switch {
	case base == "" && closure:
		return "func literal"
	case base == "":
		return ""
	case closure:
		return base + "." + rest
	}
	return base
}

// methodName writes (*T).m as T.m, as funcName does.
func methodName(name string) string {
	t, m, ok := strings.Cut(name, ").")
	if !ok {
		return name
	}
	return strings.TrimPrefix(t, "(*") + "." + m
}

// unwound counts the interpreted frames that the panic being recovered has left.
// They are still on the stack: the interpreter panics anew in each of them.
func unwound() int {
	pcs := make([]uintptr, 1<<14)
	n := runtime.Callers(2, pcs)
	if n == len(pcs) {
		return maxFrames
	}
	count := 0
	for frames := runtime.CallersFrames(pcs[:n]); ; {
		f, more := frames.Next()
		if strings.HasSuffix(f.Function, leftFrame) {
			count++
		}
		if !more {
			return count
		}
	}
}

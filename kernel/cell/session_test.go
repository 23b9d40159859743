package cell_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"

	"descent/kernel/cell"
	"descent/kernel/eval"
	"descent/kernel/rt"
)

// session runs cells as the kernel does.
type session struct {
	c        *cell.Compiler
	in       *eval.Interp
	out, err bytes.Buffer
	n        int
	trace    bool
	direct   bool // leave standard output alone: the cells share one
	program  *cell.Program
	failure  error // of the last cell
}

var rtMu sync.Mutex // the hooks of rt belong to one session at a time

func newSession(t testing.TB) *session { return newSessionWith(t, os.Getenv("DESCENT_TIER") != "off") }

// newSessionWith starts a session that compiles functions and loops, or does not.
func newSessionWith(t testing.TB, tier bool) *session {
	rtMu.Lock()
	t.Cleanup(rtMu.Unlock)
	s := &session{}
	s.c = cell.New(cell.Options{Importer: newImporter(), Preload: []cell.Import{{Name: "fmt", Path: "fmt"}, {Name: "math", Path: "math"}}})
	in, err := eval.New(eval.Options{Stdin: strings.NewReader(""), Stdout: &s.out, Stderr: &s.err, Table: toyTable, Closure: toyClosure, Position: s.c.Position, Place: s.c.Place, NoTier: !tier})
	if err != nil {
		t.Fatal(err)
	}
	s.in = in
	s.c.SetTier(in.Tier())
	rt.SetTypes(toyType)
	rt.SetStderr(&s.err)
	rt.SetDisplay(func(vs ...any) {
		if len(vs) == 1 && vs[0] == nil {
			return
		}
		for i, v := range vs {
			if i > 0 {
				s.out.WriteString(" ")
			}
			fmt.Printf("→ %v", v)
		}
		fmt.Println()
	})
	rt.SetGoPanic(func(v any) { fmt.Fprintf(&s.err, "goroutine: %v\n", v) })
	return s
}

// run runs a cell and returns what it printed and what went wrong.
func (s *session) run(src string) (out, errs string) {
	s.out.Reset()
	s.err.Reset()
	s.n++
	p, diags := s.c.Compile(s.n, src)
	s.program, s.failure = p, nil
	if diags != nil {
		return "", diags.Error()
	}
	if s.trace {
		for _, c := range p.Chunks {
			fmt.Fprintln(os.Stderr, c)
		}
	}
	capture := captured
	if s.direct {
		capture = func(f func()) string { f(); return "" }
	}
	out = capture(func() {
		if err := s.in.Load(p); err != nil {
			errs = "load: " + err.Error()
			return
		}
		s.c.Commit(p)
		if s.failure = s.in.Run(p); s.failure != nil {
			errs = s.failure.Error()
		}
	})
	return out, errs
}

// captured returns what f prints on standard output.
func captured(f func()) string {
	r, w, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	old := os.Stdout
	os.Stdout = w
	defer func() { os.Stdout = old }()
	done := make(chan string)
	go func() {
		b, _ := io.ReadAll(r)
		done <- string(b)
	}()
	func() {
		defer w.Close()
		f()
	}()
	return <-done
}

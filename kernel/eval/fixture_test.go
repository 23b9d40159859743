package eval

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"descent/kernel/cell"
)

// buffer is a bytes.Buffer for several goroutines.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) take() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.b.String()
	b.b.Reset()
	return s
}

// fixture is an interpreter that runs hand-lowered cells.
type fixture struct {
	*Interp
	t   *testing.T
	n   int
	out buffer
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{t: t}
	in, err := New(Options{
		Stdout: &f.out, Stderr: &f.out,
		Position: func(line, col int) (int, int, int, bool) {
			return line / 100000, line % 100000, col, line >= 100000
		},
		SourceLine: func(c, l int) string { return fmt.Sprintf("source of %d:%d", c, l) },
	})
	if err != nil {
		t.Fatal(err)
	}
	f.Interp = in
	return f
}

// running waits until a cell runs, or has ended already.
func (f *fixture) running(done chan error) {
	for f.cur.Load() == nil && len(done) == 0 {
		time.Sleep(time.Millisecond)
	}
}

// cell evaluates declarations and statements that are already lowered, each
// beginning at line 1 of the cell. An import line may come before line 1.
func (f *fixture) cell(decls, stmts string) error {
	f.t.Helper()
	f.n++
	p := &cell.Program{Cell: f.n}
	line := fmt.Sprintf("/*line :%d:1*/", f.n*100000+1)
	if decls != "" {
		imports := ""
		if strings.HasPrefix(decls, "import") {
			imports, decls, _ = strings.Cut(decls, "\n")
		}
		p.Chunks = append(p.Chunks, "package main; "+imports+"\n"+line+decls)
	}
	if stmts != "" {
		p.Chunks = append(p.Chunks, fmt.Sprintf("package main; func Cell%d() {%s%s\n}", f.n, line, stmts))
		p.Run = fmt.Sprintf("Cell%d()", f.n)
	}
	if err := f.Load(p); err != nil {
		return err
	}
	return f.Run(p)
}

func (f *fixture) ok(decls, stmts string) {
	f.t.Helper()
	if err := f.cell(decls, stmts); err != nil {
		f.t.Fatalf("%s\n%s: %v", decls, stmts, err)
	}
}

func (f *fixture) want(name string, want int64) {
	f.t.Helper()
	v, ok := f.Global(name)
	if !ok || v.Int() != want {
		f.t.Errorf("%s = %v, want %d", name, v, want)
	}
}

package session

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"

	"descent/display"
	"descent/dl"
	"descent/kernel/assist"
	"descent/kernel/cell"
	"descent/kernel/eval"
	"descent/kernel/link"
	"descent/kernel/magic"
	"descent/kernel/rt"
	"descent/kernel/symbols"
	"descent/kernel/symbols/typedata"
)

// Options configures Serve. The zero value is right for the kernel.
type Options struct {
	Banner string // what the front shows when the session begins
}

// Preload lists the packages that cells use without importing them.
var preload = []cell.Import{
	{Name: "dl", Path: "descent/dl"},
	{Name: "nn", Path: "descent/dl/nn"},
	{Name: "optim", Path: "descent/dl/optim"},
	{Name: "data", Path: "descent/dl/data"},
	{Name: "learn", Path: "descent/dl/learn"},
	{Name: "metric", Path: "descent/dl/metric"},
	{Name: "explain", Path: "descent/dl/explain"},
	{Name: "display", Path: "descent/display"},
	{Name: "datasets", Path: "descent/datasets"},
	{Name: "fmt", Path: "fmt"},
	{Name: "math", Path: "math"},
}

// Preload returns the packages that cells use without importing them.
func Preload() []cell.Import { return append([]cell.Import(nil), preload...) }

// session is the state of one Go session.
type session struct {
	conn    *link.Conn
	out     *output
	owner   owners
	capture *capture
	stdin   *stdin
	imp     *typedata.Importer
	comp    *cell.Compiler
	in      atomic.Pointer[eval.Interp]
	magic   *magic.Registry
	assist  *assist.Assistant

	mu     sync.Mutex
	result *display.Bundle
	pages  []json.RawMessage // payload of the running cell
	quiet  bool              // do not keep the value of the last expression
	added  []string          // imports that the running cell was given

	running atomic.Pointer[request]
	stop    atomic.Pointer[string] // request to be interrupted
}

// request is a cell on its way.
type request struct {
	id   string
	body link.Execute
}

// Serve runs the session until the front closes the connection or asks for the
// end. The process is expected to end then, even if a cell is running.
func Serve(conn *link.Conn, o Options) error {
	tune()
	s, err := newSession(conn)
	if err != nil {
		return err
	}
	defer s.close()
	if err := conn.Send(link.New(link.TypeReady, "", link.Ready{PID: os.Getpid(), Banner: o.Banner})); err != nil {
		return err
	}
	cells := make(chan request, 64)
	defer close(cells)
	go func() {
		for r := range cells {
			s.execute(r)
		}
	}()
	for {
		m, err := conn.Recv()
		if err != nil {
			return nil // the front is gone
		}
		if m.Type == link.TypeShutdown {
			return nil
		}
		if err := s.handle(m, cells); err != nil {
			fmt.Fprintf(os.Stderr, "session: %s: %v\n", m.Type, err)
		}
	}
}

// handle deals with one message of the front.
func (s *session) handle(m link.Message, cells chan<- request) error {
	switch m.Type {
	case link.TypeExecute:
		r := request{id: m.ID}
		if err := m.Decode(&r.body); err != nil {
			return err
		}
		cells <- r
	case link.TypeInterrupt:
		s.interrupt(m.ID)
	case link.TypeInputReply:
		var b link.InputReply
		if err := m.Decode(&b); err != nil {
			return err
		}
		s.stdin.reply(b)
	case link.TypeComplete, link.TypeInspect, link.TypeIsComplete:
		go s.help(m)
	}
	return nil
}

// interrupt stops the cell of a request, also one that is about to begin, and no
// other.
func (s *session) interrupt(id string) {
	s.stop.Store(&id)
	if r := s.running.Load(); r == nil || r.id != id && id != "" {
		return
	}
	s.in.Load().Interrupt()
	s.magic.Interrupt()
	s.stdin.interrupt()
}

func newSession(conn *link.Conn) (*session, error) {
	s := &session{conn: conn, imp: typedata.NewImporter()}
	s.out = newOutput(conn.Send)
	var err error
	if s.capture, err = newCapture(s.out, &s.owner); err != nil {
		return nil, err
	}
	s.capture.left = func() []string { return frames(s.in.Load().Left()) }
	if s.stdin, err = newStdin(s); err != nil {
		return nil, err
	}
	if err := s.reset(); err != nil {
		return nil, err
	}
	s.magic = magic.New(host{s})
	s.magic.Register(replay)
	display.SetSink(&sink{s: s})
	rt.SetDisplay(s.show)
	rt.SetTypes(symbols.Type)
	rt.SetStderr(s.capture.errors())
	dl.SetInterrupt(func() bool { return s.in.Load().Interrupted() })
	dl.SetCaller(eval.TrackCalls, func() string { return s.in.Load().Calling() })
	install()
	return s, nil
}

// reset begins the state anew: nothing that a cell has defined remains.
func (s *session) reset() error {
	comp := cell.New(cell.Options{Importer: s.imp, Preload: preload})
	in, err := eval.New(eval.Options{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: s.capture.errors(),
		Table:      s.table,
		Closure:    symbols.Closure,
		Position:   comp.Position,
		Place:      comp.Place,
		Forget:     comp.Forgetter(),
		NoTier:     os.Getenv("DESCENT_TIER") == "off",
		SourceLine: s.sourceLine,
		Stopped:    []error{dl.ErrInterrupted},
		GoPanic:    s.goPanic,
	})
	if err != nil {
		return err
	}
	comp.SetTier(in.Tier())
	s.mu.Lock()
	s.comp = comp
	s.in.Store(in)
	s.assist = assist.New(comp, s.imp, preload)
	s.mu.Unlock()
	return nil
}

// table gives cells the symbols of a package, with fmt printing to this session.
func (s *session) table(path string) (string, map[string]reflect.Value, bool) {
	name, syms, ok := symbols.Table(path)
	if path == "fmt" && ok {
		maps.Copy(syms, s.capture.symbols())
	}
	return name, syms, ok
}

func (s *session) close() {
	display.SetSink(nil)
	s.capture.close()
	s.stdin.close()
}

// sourceLine returns a line of a cell that runs or can still be run.
func (s *session) sourceLine(n, line int) string {
	r := s.running.Load()
	if r == nil || r.body.Count != n {
		s.mu.Lock()
		comp := s.comp
		s.mu.Unlock()
		return comp.SourceLine(n, line)
	}
	lines := strings.Split(r.body.Code, "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	return lines[line-1]
}

// execute runs one cell and replies.
func (s *session) execute(r request) {
	s.owner.mark(r.id)
	s.out.begin(r.id)
	s.capture.begin(r.id, r.body.Code)
	s.in.Load().Begin()
	s.magic.Begin()
	s.running.Store(&r)
	s.stdin.begin(r)
	if id := s.stop.Load(); id != nil && *id == r.id {
		s.interrupt(r.id) // it came before the cell began
	}
	s.mu.Lock()
	s.result, s.pages, s.quiet, s.added = nil, nil, r.body.Silent, nil
	s.mu.Unlock()

	unwatch := s.watch(r.id)
	fail := s.run(r)
	unwatch()
	reply := link.ExecuteReply{Status: "ok"}
	if fail == nil {
		s.mu.Lock()
		if text, ok := withImports(r.body.Code, s.added); ok && len(s.added) > 0 && r.body.StoreHistory {
			s.rewrite(text)
		}
		s.mu.Unlock()
		reply.UserExpressions = s.expressions(r)
	}
	s.stdin.end()
	s.capture.drain()
	s.mu.Lock()
	result := s.result
	s.result = nil
	reply.Payload = s.pages
	s.mu.Unlock()
	if result != nil && fail == nil && !r.body.Silent {
		s.out.message(link.TypeResult, r.id, link.Result{Data: result.Data, Metadata: result.Metadata, Count: r.body.Count})
	}
	if fail != nil {
		s.out.message(link.TypeError, r.id, *fail)
		reply = link.ExecuteReply{Status: "error", EName: fail.EName, EValue: fail.EValue, Traceback: fail.Traceback}
	}
	s.running.Store(nil)
	s.out.finish(link.TypeExecuteReply, r.id, reply)
}

// run runs the code of a cell; what went wrong is returned. A mistake of the
// kernel itself is an error under the cell, not the end of the session.
func (s *session) run(r request) (fail *link.Error) {
	defer func() {
		if v := recover(); v != nil {
			fail = internalFailure(fmt.Sprint(v), string(debug.Stack()))
		}
	}()
	code := r.body.Code
	if strings.TrimSpace(code) == "" {
		return nil
	}
	rest, done, err := s.magic.Run(code)
	if err == nil && !done {
		err = s.evaluate(r.body.Count, rest)
	}
	return s.failure(err)
}

// evaluate compiles, runs and commits Go code.
func (s *session) evaluate(n int, code string) error {
	p, paths, diags := s.compile(n, code)
	if len(diags) > 0 {
		for i, d := range diags {
			if line := s.sourceLine(n, d.Line); d.Cell == n && line != "" {
				diags[i].Source = line // a command may evaluate a part of it
			}
		}
		return diags
	}
	if len(paths) > 0 {
		s.mu.Lock()
		s.added = append(s.added, paths...)
		s.mu.Unlock()
		for _, path := range paths {
			_, _ = fmt.Fprintf(s.capture.errors(), "import %q added to this cell\n", path)
		}
	}
	for _, w := range p.Warnings {
		_, _ = s.capture.errors().Write([]byte(warning(w)))
	}
	if err := s.in.Load().Load(p); err != nil {
		return err
	}
	s.comp.Commit(p)
	s.assist.Learn(code)
	return s.in.Load().Run(p)
}

// show keeps the value of the last expression of a cell.
func (s *session) show(values ...any) {
	b, ok := rendered(values)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.quiet {
		s.result = &b
	}
}

// rendered makes one bundle of the values of an expression. An error that is nil
// says nothing, and neither does nil alone.
func rendered(values []any) (display.Bundle, bool) {
	for len(values) > 0 && values[len(values)-1] == nil {
		values = values[:len(values)-1]
	}
	switch len(values) {
	case 0:
		return display.Bundle{}, false
	case 1:
		return display.Render(values[0]), true
	}
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = display.Render(v).Text()
	}
	return display.Bundle{Data: map[string]any{display.MIMEText: strings.Join(texts, ", ")}, Metadata: map[string]any{}}, true
}

var errNoInput = errors.New("this client allows no input")

//go:build unix

package front

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"descent/kernel/link"
	"descent/kernel/wire"
)

// patience is how long a test waits for what must come, on whatever machine.
const patience = 2 * time.Minute

// TestMain doubles as the session process of the tests.
func TestMain(m *testing.M) {
	if os.Getenv("FRONT_TEST_SESSION") == "" {
		os.Exit(m.Run())
	}
	conn, err := link.Inherited()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(9)
	}
	(&fake{conn: conn}).serve()
}

// fake is a session whose language is a list of commands, one a line.
type fake struct {
	conn  *link.Conn
	soft  chan struct{}
	hard  chan struct{}
	input chan link.InputReply
	next  chan struct{} // closed when the next cell begins
	once  [2]sync.Once
}

func (s *fake) send(typ, id string, body any) {
	if s.conn.Send(link.New(typ, id, body)) != nil {
		os.Exit(0)
	}
}

func (s *fake) serve() {
	s.input = make(chan link.InputReply, 1)
	s.send(link.TypeReady, "", link.Ready{PID: os.Getpid(), CommTargets: []string{"known"}})
	for {
		m, err := s.conn.Recv()
		if err != nil {
			os.Exit(0)
		}
		switch m.Type {
		case link.TypeExecute:
			var e link.Execute
			m.Decode(&e)
			if s.next != nil {
				close(s.next)
			}
			s.soft, s.hard, s.next = make(chan struct{}), make(chan struct{}), make(chan struct{})
			s.once = [2]sync.Once{}
			go s.run(m.ID, e, s.next)
		case link.TypeInterrupt:
			var i link.Interrupt
			m.Decode(&i)
			if i.Hard {
				s.once[1].Do(func() { close(s.hard) })
			} else {
				s.once[0].Do(func() { close(s.soft) })
			}
		case link.TypeComplete:
			s.send(link.TypeCompleteReply, m.ID, link.CompleteReply{Matches: []string{"Println"}, CursorEnd: 3})
		case link.TypeInspect:
			s.send(link.TypeInspectReply, m.ID, link.InspectReply{Found: true, Data: map[string]any{"text/plain": "doc"}})
		case link.TypeIsComplete:
			s.send(link.TypeIsCompleteReply, m.ID, link.IsCompleteReply{Status: "incomplete", Indent: "\t"})
		case link.TypeInputReply:
			var r link.InputReply
			m.Decode(&r)
			s.input <- r
		case link.TypeCommOpen, link.TypeCommMsg, link.TypeCommClose:
			s.send(link.TypeStream, m.ID, link.Stream{Name: "stdout", Text: m.Type})
		case link.TypeShutdown:
			os.Exit(0)
		}
	}
}

// overflow returns only once the number has wrapped around.
func overflow(n int) int {
	if n < 0 {
		return 0
	}
	return overflow(n+1) + 1
}

func (s *fake) run(id string, e link.Execute, next chan struct{}) {
	print := func(name, text string) { s.send(link.TypeStream, id, link.Stream{Name: name, Text: text}) }
	reply := link.ExecuteReply{Status: "ok"}
	fail := func(name, value string) {
		reply = link.ExecuteReply{Status: "error", EName: name, EValue: value, Traceback: []string{value}}
		s.send(link.TypeError, id, link.Error{EName: name, EValue: value, Traceback: reply.Traceback})
	}
	for _, line := range strings.Split(e.Code, "\n") {
		cmd, arg, _ := strings.Cut(line, " ")
		n, _ := strconv.Atoi(arg)
		switch cmd {
		case "print":
			print("stdout", arg+"\n")
		case "stderr":
			print("stderr", arg+"\n")
		case "lines":
			for i := range n {
				print("stdout", fmt.Sprintln("line", i))
			}
		case "displays":
			for i := range n {
				s.send(link.TypeDisplay, id, link.Display{Data: map[string]any{"text/plain": strconv.Itoa(i)}})
			}
		case "mixed": // stream, display, raw descriptor writes, in turn
			for i := range n {
				print("stdout", fmt.Sprintf("s%d ", i))
				fmt.Fprintf(os.Stdout, "r%d ", i)
				s.send(link.TypeDisplay, id, link.Display{Data: map[string]any{"text/plain": fmt.Sprintf("d%d ", i)}})
			}
		case "raw":
			os.Stderr.WriteString(arg + "\n")
		case "result":
			s.send(link.TypeResult, id, link.Result{Data: map[string]any{"text/plain": arg}, Count: e.Count})
		case "expr":
			reply.UserExpressions = map[string]json.RawMessage{"a": json.RawMessage(`{"status":"ok"}`)}
		case "page":
			reply.Payload = []json.RawMessage{json.RawMessage(`{"source":"page"}`)}
		case "rewrite":
			reply.Payload = append(reply.Payload, json.RawMessage(`{"source":"set_next_input","replace":true,"text":"print `+arg+`"}`))
		case "clear":
			s.send(link.TypeClearOutput, id, link.ClearOutput{Wait: true})
		case "error":
			fail("Boom", arg)
		case "sleep":
			time.Sleep(time.Duration(n) * time.Millisecond)
		case "late":
			go func() { <-next; print("stdout", "late\n") }()
		case "soft":
			<-s.soft
			fail("Interrupted", "soft")
		case "hard":
			<-s.hard
			fail("Interrupted", "hard")
		case "never":
			select {}
		case "input":
			s.send(link.TypeInputRequest, id, link.InputRequest{Prompt: arg})
			r := <-s.input
			print("stdout", fmt.Sprintf("%q %v\n", r.Value, r.EOF))
		case "exit":
			os.Exit(n)
		case "panic":
			go func() { panic(arg) }()
			select {}
		case "overflow":
			debug.SetMaxStack(1 << 20)
			print("stdout", strconv.Itoa(overflow(0)))
		case "maps":
			runtime.GOMAXPROCS(8) // on one processor they might not meet
			m := map[int]int{}
			for range 8 {
				go func() {
					for {
						m[1] = 2
					}
				}()
			}
			select {}
		case "kill":
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		case "comm":
			s.send(link.TypeCommOpen, id, link.CommOpen{CommID: "s1", TargetName: "made.here", Data: map[string]any{"a": 1}, Metadata: map[string]any{"version": "2"}})
			s.send(link.TypeCommMsg, id, link.CommMsg{CommID: "s1", Buffers: [][]byte{{1, 2, 3}}})
			if arg == "close" {
				s.send(link.TypeCommClose, id, link.CommClose{CommID: "s1"})
			}
		case "unknown":
			s.send("nonsense", id, nil)
			s.send(link.TypeStream, id, "no object")
			s.send(link.TypeExecuteReply, "no cell", reply)
			s.send(link.TypeCompleteReply, "no question", nil)
		case "pid":
			print("stdout", strconv.Itoa(os.Getpid()))
		}
	}
	s.send(link.TypeExecuteReply, id, reply)
}

// kernel is a front that runs in the test's process, and a client of it.
type kernel struct {
	t    *testing.T
	c    *wire.Client
	done chan error
	stop context.CancelFunc
	log  *syncBuffer
}

type syncBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// freePorts returns ports that nothing listens on.
func freePorts(t *testing.T, n int) []int {
	t.Helper()
	var ports []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

func startKernel(t *testing.T, change func(*Options)) *kernel {
	t.Helper()
	k := &kernel{t: t, log: &syncBuffer{}}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o := Options{
		Log: k.log, Version: "test", SoftInterrupt: 300 * time.Millisecond, limits: wire.Limits{Handshake: patience},
		HistoryFile: filepath.Join(t.TempDir(), "history.jsonl"),
		Session: func() *exec.Cmd {
			cmd := exec.Command(exe)
			cmd.Env = append(os.Environ(), "FRONT_TEST_SESSION=1")
			return cmd
		},
	}
	if change != nil {
		change(&o)
	}
	// Another process may take a port before the kernel does.
	for try := 0; k.c == nil; try++ {
		p := freePorts(t, 5)
		o.Info = wire.ConnectionInfo{IP: "127.0.0.1", Key: "k", ShellPort: p[0], ControlPort: p[1], StdinPort: p[2], IOPubPort: p[3], HBPort: p[4]}
		ctx, stop := context.WithCancel(context.Background())
		k.stop, k.done = stop, make(chan error, 1)
		go func() { k.done <- Run(ctx, o) }()
		if k.c = k.dial(o.Info); k.c == nil {
			stop()
			if err := <-k.done; !errors.Is(err, syscall.EADDRINUSE) || try > 10 {
				t.Fatal(err)
			}
		}
	}
	t.Cleanup(func() {
		k.stop()
		select {
		case <-k.done:
		case <-time.After(patience):
			t.Error("the kernel does not end")
		}
		if t.Failed() {
			t.Logf("log of the kernel:\n%s", k.log)
		}
	})
	return k
}

// dial connects a client as soon as the kernel listens. It returns nil if the
// kernel ends instead.
func (k *kernel) dial(info wire.ConnectionInfo) *wire.Client {
	k.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if len(k.done) > 0 {
			return nil
		}
		c, err := wire.Dial(info)
		if err != nil {
			continue
		}
		k.t.Cleanup(c.Close)
		if m, err := c.Recv(wire.IOPub, patience); err != nil || m.Header.MsgType != "iopub_welcome" {
			k.t.Fatalf("welcome: %v, %v", m, err)
		}
		return c
	}
	k.t.Fatal("the kernel does not listen")
	return nil
}

// result is all that belongs to one request.
type result struct {
	id     string
	reply  map[string]any
	iopub  []*wire.Message // with this parent, status left out
	states []string
}

func content(m *wire.Message) map[string]any {
	var c map[string]any
	json.Unmarshal(m.Content, &c)
	return c
}

func parentID(m *wire.Message) string {
	var h wire.Header
	json.Unmarshal(m.Parent, &h)
	return h.MsgID
}

// text joins the streams of one name.
func (r *result) text(name string) string {
	var b strings.Builder
	for _, m := range r.iopub {
		if m.Header.MsgType == "stream" && content(m)["name"] == name {
			b.WriteString(content(m)["text"].(string))
		}
	}
	return b.String()
}

func (r *result) types() string {
	var l []string
	for _, m := range r.iopub {
		l = append(l, m.Header.MsgType)
	}
	return strings.Join(l, " ")
}

// collect gathers the reply and everything up to idle for a request.
func (k *kernel) collect(c *wire.Client, ch wire.Channel, id string) *result {
	k.t.Helper()
	return k.finish(c, ch, &result{id: id})
}

// finish gathers the rest of a result.
func (k *kernel) finish(c *wire.Client, ch wire.Channel, r *result) *result {
	k.t.Helper()
	for !slices.Contains(r.states, "idle") {
		k.gather(c, r)
	}
	m, err := c.Recv(ch, patience)
	if err != nil {
		k.t.Fatalf("reply: %v", err)
	}
	if parentID(m) != r.id {
		k.t.Fatalf("reply %s has another parent", m.Header.MsgType)
	}
	r.reply = content(m)
	if strings.Join(r.states, " ") != "busy idle" {
		k.t.Errorf("states %v, want busy idle", r.states)
	}
	return r
}

// gather receives one message on iopub and keeps it if it belongs to r.
func (k *kernel) gather(c *wire.Client, r *result) {
	k.t.Helper()
	m, err := c.Recv(wire.IOPub, patience)
	if err != nil {
		k.t.Fatalf("before idle (got %s): %v", r.types(), err)
	}
	switch {
	case parentID(m) != r.id:
	case m.Header.MsgType == "status":
		r.states = append(r.states, content(m)["execution_state"].(string))
	default:
		r.iopub = append(r.iopub, m)
	}
}

// begin starts a cell and waits until the session runs it.
func (k *kernel) begin(line string) *result {
	k.t.Helper()
	r := &result{id: k.post(wire.Shell, "execute_request", map[string]any{"code": "print begun\n" + line})}
	for r.text("stdout") != "begun\n" {
		k.gather(k.c, r)
	}
	return r
}

// interrupt asks for an interrupt and waits for the answer.
func (k *kernel) interrupt() {
	k.t.Helper()
	id := k.post(wire.Control, "interrupt_request", nil)
	if m, err := k.c.Recv(wire.Control, patience); err != nil || parentID(m) != id {
		k.t.Fatalf("answer to an interrupt: %v, %v", m, err)
	}
}

func (k *kernel) ask(ch wire.Channel, msgType string, content any) *result {
	k.t.Helper()
	return k.collect(k.c, ch, k.post(ch, msgType, content))
}

func (k *kernel) post(ch wire.Channel, msgType string, content any) string {
	k.t.Helper()
	id, err := k.c.Send(ch, msgType, content)
	if err != nil {
		k.t.Fatal(err)
	}
	return id
}

func (k *kernel) run(lines ...string) *result {
	k.t.Helper()
	return k.ask(wire.Shell, "execute_request", map[string]any{"code": strings.Join(lines, "\n")})
}

//go:build unix

package front

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"descent/kernel/link"
	"descent/kernel/wire"
)

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
			s.soft, s.hard = make(chan struct{}), make(chan struct{})
			s.once = [2]sync.Once{}
			go s.run(m.ID, e)
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

func (s *fake) run(id string, e link.Execute) {
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
		case "clear":
			s.send(link.TypeClearOutput, id, link.ClearOutput{Wait: true})
		case "error":
			fail("Boom", arg)
		case "sleep":
			time.Sleep(time.Duration(n) * time.Millisecond)
		case "late":
			go func() { time.Sleep(100 * time.Millisecond); print("stdout", "late\n") }()
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
	info wire.ConnectionInfo
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
	p := freePorts(t, 5)
	k := &kernel{t: t, done: make(chan error, 1), log: &syncBuffer{}}
	k.info = wire.ConnectionInfo{IP: "127.0.0.1", Key: "k", ShellPort: p[0], ControlPort: p[1], StdinPort: p[2], IOPubPort: p[3], HBPort: p[4]}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o := Options{
		Info: k.info, Log: k.log, Version: "test", SoftInterrupt: 300 * time.Millisecond,
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
	ctx, stop := context.WithCancel(context.Background())
	k.stop = stop
	go func() { k.done <- Run(ctx, o) }()
	t.Cleanup(func() {
		stop()
		select {
		case <-k.done:
		case <-time.After(5 * time.Second):
			t.Error("the kernel does not end")
		}
		if t.Failed() {
			t.Logf("log of the kernel:\n%s", k.log)
		}
	})
	k.c = k.dial()
	return k
}

// dial connects one more client.
func (k *kernel) dial() *wire.Client {
	k.t.Helper()
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		c, err := wire.Dial(k.info)
		if err == nil {
			k.t.Cleanup(c.Close)
			if m, err := c.Recv(wire.IOPub, 5*time.Second); err != nil || m.Header.MsgType != "iopub_welcome" {
				k.t.Fatalf("welcome: %v, %v", m, err)
			}
			return c
		}
		if time.Now().After(end) {
			k.t.Fatal(err)
		}
	}
}

// result is all that belongs to one request.
type result struct {
	reply  map[string]any
	iopub  []*wire.Message // with this parent, status left out
	states []string
	took   time.Duration
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
	began := time.Now()
	r := &result{}
	for {
		m, err := c.Recv(wire.IOPub, 20*time.Second)
		if err != nil {
			k.t.Fatalf("before idle (got %s): %v", r.types(), err)
		}
		if parentID(m) != id {
			continue
		}
		if m.Header.MsgType != "status" {
			r.iopub = append(r.iopub, m)
			continue
		}
		r.states = append(r.states, content(m)["execution_state"].(string))
		if r.states[len(r.states)-1] == "idle" {
			break
		}
	}
	m, err := c.Recv(ch, 20*time.Second)
	if err != nil {
		k.t.Fatalf("reply: %v", err)
	}
	if parentID(m) != id {
		k.t.Fatalf("reply %s has another parent", m.Header.MsgType)
	}
	r.reply, r.took = content(m), time.Since(began)
	if strings.Join(r.states, " ") != "busy idle" {
		k.t.Errorf("states %v, want busy idle", r.states)
	}
	return r
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

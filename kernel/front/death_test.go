//go:build unix

package front

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"descent/kernel/link"
	"descent/kernel/wire"
)

func processRuns(pid int) bool { return syscall.Kill(pid, 0) == nil }

func TestSessionDeaths(t *testing.T) {
	k := startKernel(t, nil)
	tests := []struct{ code, want string }{
		{"overflow", "stack overflow"},
		{"maps", "concurrent map"},
		{"exit 3", "exit status 3"},
		{"exit 0", "exit status 0"},
		{"panic boom", "a goroutine panicked and nothing recovered it: boom"},
		{"kill", "SIGKILL"},
	}
	for i, tt := range tests {
		r := k.run("print before", tt.code)
		// Under the race detector a session has more to say on stderr.
		if !strings.HasSuffix(r.types(), " error") || strings.Count(r.types(), "error") != 1 || r.text("stdout") != "before\n" {
			t.Errorf("%s: messages %s, stdout %q", tt.code, r.types(), r.text("stdout"))
		}
		value, _ := r.reply["evalue"].(string)
		if r.reply["status"] != "error" || !strings.Contains(value, tt.want) || !strings.Contains(value, "cell "+strconv.Itoa(2*i+1)) || !strings.Contains(value, "variables are lost") {
			t.Errorf("%s: reply %v", tt.code, r.reply)
		}
		if r := k.run("print after"); r.text("stdout") != "after\n" {
			t.Errorf("after %s: %v, stdout %q, stderr %q", tt.code, r.reply, r.text("stdout"), r.text("stderr"))
		}
	}
}

func TestDeathBetweenCells(t *testing.T) {
	k := startKernel(t, nil)
	id := k.post(wire.Shell, "execute_request", map[string]any{"code": "pid"})
	pid, _ := strconv.Atoi(k.collect(k.c, wire.Shell, id).text("stdout"))
	syscall.Kill(pid, syscall.SIGKILL)
	m, err := k.c.Recv(wire.IOPub, patience)
	if err != nil {
		t.Fatal(err)
	}
	if m.Header.MsgType != "stream" || parentID(m) != id || !strings.Contains(content(m)["text"].(string), "SIGKILL") {
		t.Errorf("told %s %s", m.Header.MsgType, m.Content)
	}
	if r := k.run("print x"); r.text("stdout") != "x\n" || !strings.Contains(r.text("stderr"), "variables are lost") {
		t.Errorf("next cell: stdout %q, stderr %q", r.text("stdout"), r.text("stderr"))
	}
	if r := k.run("print y"); r.text("stderr") != "" {
		t.Errorf("told again: %q", r.text("stderr"))
	}
}

func TestRawOutput(t *testing.T) {
	k := startKernel(t, nil)
	if r := k.run("raw hello", "print a"); r.text("stderr") != "hello\n" || r.text("stdout") != "a\n" {
		t.Errorf("stderr %q, stdout %q", r.text("stderr"), r.text("stdout"))
	}
	// What only looks like last words is shown when no death follows.
	id := k.post(wire.Shell, "execute_request", map[string]any{"code": "raw panic: not really"})
	k.collect(k.c, wire.Shell, id)
	m, err := k.c.Recv(wire.IOPub, patience)
	if err != nil || m.Header.MsgType != "stream" || content(m)["text"] != "panic: not really\n" {
		t.Errorf("held text: %v, %v", m, err)
	}
}

func TestInterrupts(t *testing.T) {
	tests := []struct {
		code       string
		interrupts int
		want       string
		kept       bool
	}{
		{"soft", 1, "soft", true},
		{"hard", 1, "hard", true},
		{"never", 3, "did not stop", false}, // soft, hard, and the end of the process
	}
	k := startKernel(t, nil)
	for _, tt := range tests {
		pid := k.run("pid").text("stdout")
		cell := k.begin(tt.code)
		for range tt.interrupts {
			k.interrupt()
		}
		r := k.finish(k.c, wire.Shell, cell)
		if r.reply["status"] != "error" || !strings.Contains(r.reply["evalue"].(string), tt.want) {
			t.Errorf("%s: reply %v", tt.code, r.reply)
		}
		if now := k.run("pid").text("stdout"); (now == pid) != tt.kept {
			t.Errorf("%s: session process %s then %s", tt.code, pid, now)
		}
	}
	k.ask(wire.Control, "interrupt_request", nil) // with nothing running
}

func TestInterruptBySignal(t *testing.T) {
	k := startKernel(t, nil)
	cell := k.begin("soft")
	syscall.Kill(os.Getpid(), syscall.SIGINT)
	if r := k.finish(k.c, wire.Shell, cell); r.reply["evalue"] != "soft" {
		t.Errorf("reply %v", r.reply)
	}
}

// TestEarlyInterrupt interrupts a cell that has not begun.
func TestEarlyInterrupt(t *testing.T) {
	f := &Front{}
	f.cells.init()
	f.pace.now = time.Now
	f.opts.SoftInterrupt = time.Hour
	c := &cell{m: &wire.Message{Header: wire.Header{MsgID: "early"}}}
	f.cells.queue = []*cell{c}
	f.Interrupt() // in the queue
	if got, _ := f.cells.next(); got != c {
		t.Fatal("not the next cell")
	}
	s := &child{outq: make(chan link.Message, 10), gone: make(chan struct{})}
	f.Interrupt() // and before a session has it
	if !f.assign(c, s, link.New(link.TypeExecute, "early", nil)) {
		t.Fatal("not assigned")
	}
	for _, want := range []string{link.TypeExecute, link.TypeInterrupt} {
		if m := <-s.outq; m.Type != want || m.ID != "early" {
			t.Errorf("sent %s for %q, want %s", m.Type, m.ID, want)
		}
	}
	if len(s.outq) != 0 {
		t.Errorf("%d more messages", len(s.outq))
	}
	for _, timer := range c.timers {
		timer.Stop()
	}
}

func TestSessionThatDoesNotStart(t *testing.T) {
	k := startKernel(t, func(o *Options) {
		o.Session = func() *exec.Cmd { return exec.Command("/nonexistent/descent", "session") }
	})
	for range 2 {
		r := k.run("print a")
		if v, _ := r.reply["evalue"].(string); r.reply["status"] != "error" || !strings.Contains(v, "does not start") {
			t.Errorf("reply %v", r.reply)
		}
	}
	if r := k.ask(wire.Shell, "complete_request", map[string]any{"code": "f", "cursor_pos": 1}); r.reply["status"] != "ok" {
		t.Errorf("complete: %v", r.reply)
	}
}

func TestWholeRunes(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want int
	}{{"", 0}, {"a", 1}, {"é", 2}, {"a\xc3", 1}, {"\xe6\x97", 0}, {"日\xf0\x9f\x98", 3}, {"\xff", 1}, {"\x80\x80\x80\x80\x80", 5}} {
		if got := wholeRunes([]byte(tt.in)); got != tt.want {
			t.Errorf("%q: %d, want %d", tt.in, got, tt.want)
		}
	}
}

func TestGlob(t *testing.T) {
	for _, tt := range []struct {
		pattern, code string
		want          bool
	}{
		{"", "anything\nat all", true},
		{"a*", "abc", true},
		{"a?c", "abc", true},
		{"a?c", "ac", false},
		{"1?2*", "1+2+3", true},
		{"[ab]x", "bx", true},
		{"[^ab]x", "bx", false},
		{"[!ab]x", "cx", true},
		{"[z-a]", "[z-a]", true},
		{"a.c", "abc", false},
		{"x[", "x[", true},
	} {
		if got := glob(tt.pattern).MatchString(tt.code); got != tt.want {
			t.Errorf("%q on %q: %v, want %v", tt.pattern, tt.code, got, tt.want)
		}
	}
}

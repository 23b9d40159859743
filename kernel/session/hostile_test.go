package session

import (
	"strings"
	"testing"

	"descent/kernel/link"
)

// TestFilesComeBack breaks the standard files of the process: the next cell has
// them again.
func TestFilesComeBack(t *testing.T) {
	c := start(t)
	c.ok("import \"os\"")
	c.mu.Lock()
	c.input = func() link.InputReply { return link.InputReply{Value: "typed"} }
	c.mu.Unlock()
	for _, code := range []string{
		"os.Stdout.Close()", "os.Stdout = nil", "os.Stderr.Close()", "os.Stderr = nil",
		"os.Stdin.Close()", "os.Stdin = nil",
		"r, w, _ := os.Pipe()\nos.Stdout = w\nw.Close()\nr.Close()",
	} {
		c.ok(code)
		o := c.ok("fmt.Println(\"out\")\nprintln(\"err\")\nfmt.Fprintln(os.Stdout, \"more\")")
		if o.stream("stdout") != "out\nmore\n" || o.stream("stderr") != "err\n" {
			t.Errorf("after %q: %q and %q", code, o.stream("stdout"), o.stream("stderr"))
		}
		id, reply := c.begin(link.Execute{Code: "var line string\nfmt.Fscanln(os.Stdin, &line)\nline", AllowStdin: true})
		if got := c.wait(id, reply).result(); got != `"typed"` {
			t.Errorf("after %q a line of input is %s", code, got)
		}
	}
	c.ok("f, _ := os.CreateTemp(\"\", \"out\")\nos.Stdout = f")
	if got := c.ok("fmt.Println(\"to the file\")").stream("stdout"); got != "" {
		t.Errorf("an open file that a cell has put in place is not kept: %q", got)
	}
	c.ok("os.Stdout = nil\nf.Close()\nos.Remove(f.Name())")
}

// TestLateGoroutines has panics of goroutines that compiled packages start: they
// belong to the cell that asked for them.
func TestLateGoroutines(t *testing.T) {
	c := start(t)
	c.ok("import (\"context\"; \"time\")\ngone := make(chan int)\nctx, cancel := context.WithCancel(context.Background())")
	for _, code := range []string{
		"time.AfterFunc(50*time.Millisecond, func() { defer close(gone); panic(\"late\") })\n0",
		"context.AfterFunc(ctx, func() { defer close(gone); panic(\"late\") })\ngo func() { time.Sleep(50 * time.Millisecond); cancel() }()",
	} {
		c.ok("gone = make(chan int)")
		id := c.ok(code).id
		c.ok("<-gone\ntime.Sleep(time.Millisecond)")
		c.until(id, "stderr", "panic in a goroutine: late")
	}
}

// TestHandlerPanics looks at what an HTTP server says of a panic in its handler.
func TestHandlerPanics(t *testing.T) {
	c := start(t)
	o := c.ok("import (\"net/http\"; \"net/http/httptest\")\nbad := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {\n\tpanic(\"no\")\n}))\nhttp.Get(bad.URL)\n0")
	got := o.stream("stderr")
	for _, want := range []string{"http: panic serving ", ": no\n", "line 3", "panic(\"no\")"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	if strings.Contains(got, "yaegi") {
		t.Errorf("frames of the kernel: %s", got)
	}
}

// TestSwallowedInterrupt interrupts a String method, of which fmt recovers every
// panic: the cell is interrupted none the less.
func TestSwallowedInterrupt(t *testing.T) {
	c := start(t)
	c.ok("type endless struct{}\nfunc (endless) String() string { for {} }")
	for _, code := range []string{"fmt.Println(endless{})", "endless{}"} {
		id, reply := c.begin(link.Execute{Code: "fmt.Println(\"begun\")\n" + code})
		c.until(id, "stdout", "begun")
		if err := c.conn.Send(link.New(link.TypeInterrupt, id, link.Interrupt{})); err != nil {
			t.Fatal(err)
		}
		if o := c.wait(id, reply); o.reply.EName != "interrupted" || o.result() != "" {
			t.Errorf("%s: %q, result %q", code, o.reply.EName, o.result())
		}
	}
}

package session

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"descent/kernel/link"
)

func TestOrderOfStreamsAndDisplays(t *testing.T) {
	c := start(t)
	for _, files := range []bool{false, true} {
		code := `for i := range 200 {
	fmt.Println("line", i)
	if i%50 == 0 { display.Show(i) }
}`
		if files {
			code = "import \"os\"\n" + strings.Replace(code, "fmt.Println(", "fmt.Fprintln(os.Stdout, ", 1)
		}
		o := c.ok(code)
		want, shown := 0, 0
		for _, e := range o.events {
			switch e.typ {
			case "stdout":
				want += strings.Count(e.text, "\n")
			case link.TypeDisplay:
				if got := e.display.Data["text/plain"]; got != fmt.Sprint(shown*50) || want != shown*50+1 {
					t.Errorf("files=%v: display of %v after %d lines, want %d after %d", files, got, want, shown*50, shown*50+1)
				}
				shown++
			}
		}
		if want != 200 || shown != 4 {
			t.Errorf("files=%v: %d lines and %d displays, want 200 and 4", files, want, shown)
		}
	}
}

func TestNothingIsLostAtTheEnd(t *testing.T) {
	c := start(t)
	for i := range 30 {
		o := c.ok(fmt.Sprintf("import (\"os\"; \"log\")\nfmt.Println(\"a\", %d)\nos.Stdout.WriteString(\"b\")\nlog.SetFlags(0)\nlog.Print(\"c\")", i))
		if got := o.stream("stdout"); got != fmt.Sprintf("a %d\nb", i) {
			t.Fatalf("stdout %q", got)
		}
		if got := o.stream("stderr"); got != "c\n" {
			t.Fatalf("stderr %q", got)
		}
	}
}

func TestManyLines(t *testing.T) {
	c := start(t)
	const n = 100000
	began := time.Now()
	o := c.ok(fmt.Sprintf("for i := range %d { fmt.Println(i) }", n))
	t.Logf("%d lines in %v, %d messages", n, time.Since(began), len(o.events))
	lines := strings.Split(o.stream("stdout"), "\n")
	if len(lines) != n+1 {
		t.Fatalf("%d lines", len(lines)-1)
	}
	for i, l := range lines[:n] {
		if l != fmt.Sprint(i) {
			t.Fatalf("line %d is %q", i, l)
		}
	}
}

func TestRunesAreNotCut(t *testing.T) {
	c := start(t)
	o := c.ok(`import "os"
b := []byte("日本語🎉")
for i := range b { os.Stdout.Write(b[i:i+1]) }
os.Stdout.Write(b[:2])`)
	text := ""
	for i, e := range o.events {
		if e.typ == "stdout" {
			text += e.text
			if !utf8.ValidString(e.text) {
				t.Errorf("message %d is cut: %q", i, e.text)
			}
		}
	}
	if !strings.HasPrefix(text, "日本語🎉") {
		t.Errorf("got %q", text)
	}
}

func TestLateOutputGoesToItsCell(t *testing.T) {
	c := start(t)
	lateOutput(t, c)
	c.ok("import \"os\"\nfmt.Fprintln(os.Stdout, \"from here on fmt prints to the file\")")
	lateOutput(t, c)
}

func lateOutput(t *testing.T, c *client) {
	t.Helper()
	first, reply := c.begin(link.Execute{Code: `gate := make(chan bool)
go func() {
	<-gate
	fmt.Println("late")
	display.Show("late too")
	fmt.Println("end")
	gate <- true
}()
fmt.Print("done")`})
	c.wait(first, reply)
	second, reply := c.begin(link.Execute{Code: "gate <- true\n<-gate\nfmt.Println(\"mine\")"})
	o := c.wait(second, reply)
	if got := o.stream("stdout"); got != "mine\n" {
		t.Errorf("the second cell got %q", got)
	}
	c.until(first, "stdout", "end\n")
	if got, want := c.said(first).stream("stdout"), "done\n[after the cell ended]\nlate\nend\n"; got != want {
		t.Errorf("the first cell shows %q, want %q", got, want)
	}
	shown := false
	for _, e := range c.said(first).events {
		shown = shown || e.typ == link.TypeDisplay
	}
	if !shown {
		t.Error("the late display went elsewhere")
	}
}

// TestLateMark: one mark per cell, in the stream of what comes late, none for a
// display that is only updated, and none between cells.
func TestLateMark(t *testing.T) {
	tests := []struct {
		name, code, stream, want string
	}{
		{"display first", "go func() { later(); display.Show(1); fmt.Println(\"end\") }()\nfmt.Println(\"a\")", "stdout", "a\n[after the cell ended]\nend\n"},
		{"standard error", "go func() { later(); println(\"end\") }()", "stderr", "[after the cell ended]\nend\n"},
		{"file", "go func() { later(); os.Stdout.WriteString(\"x\\n\"); os.Stdout.WriteString(\"end\\n\") }()", "stdout", "[after the cell ended]\nx\nend\n"},
		{"update", "h := display.NewHandle(1)\ngo func() { later(); h.Update(2); fmt.Println(\"end\") }()", "stdout", "[after the cell ended]\nend\n"},
	}
	c := start(t)
	// The cells wait for the test, which lives in the same process, until it has
	// seen their end.
	const gate = "DESCENT_TEST_GATE"
	t.Setenv(gate, "")
	c.ok("import (\"os\"; \"time\")\nfunc later() { for os.Getenv(\"" + gate + "\") == \"\" { time.Sleep(time.Millisecond) } }")
	for _, tt := range tests {
		os.Setenv(gate, "")
		id, reply := c.begin(link.Execute{Code: tt.code})
		if o := c.wait(id, reply); o.reply.Status != "ok" {
			t.Errorf("%s: %s", tt.name, o.trace())
			continue
		}
		os.Setenv(gate, "open")
		c.until(id, tt.stream, "end\n")
		o := c.said(id)
		if got := o.stream(tt.stream); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		for i, e := range o.events {
			if tt.name == "update" && e.typ == link.TypeDisplay && e.display.Update && i > 0 && o.events[i-1].text == lateMark {
				t.Error("an update is marked")
			}
		}
	}
}

func TestClosedStdout(t *testing.T) {
	c := start(t)
	c.ok("import \"os\"\nos.Stdout.Close()")
	if got := c.ok("fmt.Println(1)").stream("stdout"); got != "1\n" {
		t.Errorf("after closing standard output a cell prints %q", got)
	}
	if got := c.ok("fmt.Fprintln(os.Stdout, 2)").stream("stdout"); got != "2\n" {
		t.Errorf("and to the file %q", got)
	}
}

func TestCapturedByTheCell(t *testing.T) {
	c := start(t)
	o := c.ok(`import ("os"; "io")
func grab(f func()) string {
	old := os.Stdout
	r, w, _ := os.Pipe()
	os.Stdout = w
	f()
	w.Close()
	os.Stdout = old
	b, _ := io.ReadAll(r)
	return string(b)
}
s := grab(func() { fmt.Print("inner") })
fmt.Println("outer", s)`)
	if got := o.stream("stdout"); got != "outer inner\n" {
		t.Errorf("printed %q", got)
	}
}

func TestWhole(t *testing.T) {
	for in, want := range map[string]int{"": 0, "a": 1, "é": 2, "aé"[:2]: 1, "日"[:1]: 0, "日"[:2]: 0, "\xff": 1, "🎉"[:3]: 0, "ab\x80": 3} {
		if got := whole([]byte(in)); got != want {
			t.Errorf("whole(%q) = %d, want %d", in, got, want)
		}
	}
}

package magic

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// host records what commands ask for.
type host struct {
	ran   []string
	fail  error
	out   bytes.Buffer
	errs  bytes.Buffer
	shown string
	vars  []Var
	reset int
}

func (h *host) Evaluate(code string) error { h.ran = append(h.ran, code); return h.fail }
func (h *host) Vars() []Var                { return h.vars }
func (h *host) Reset() error               { h.reset++; return nil }
func (h *host) Help(name string) (string, string, bool) {
	return "**" + name + "**", name, name != "nothing"
}
func (h *host) Format(code string, above int) error {
	h.ran = append(h.ran, fmt.Sprint(above, " ", code))
	return h.fail
}
func (h *host) Stdout() io.Writer    { return &h.out }
func (h *host) Stderr() io.Writer    { return &h.errs }
func (h *host) Show(md, text string) { h.shown += text }
func (h *host) Page(md, text string) { h.shown += text }
func (h *host) output() (s string)   { s = h.out.String(); h.out.Reset(); return s }

func TestRun(t *testing.T) {
	tests := []struct {
		name, code, rest string
		done             bool
		err              string
	}{
		{"go", "x := 1\n%y", "x := 1\n%y", false, ""},
		{"unknown", "%nosuch", "", true, "no command %nosuch"},
		{"reset then go", "%reset\n\nx := 1\ny := 2", "\n\nx := 1\ny := 2", false, ""},
		{"reset alone", "%reset\n", "", true, ""},
		{"question", "strings.ToUpper?", "", true, ""},
		{"question before go", "?fmt\nx := 1", "\nx := 1", false, ""},
		{"question about nothing", "nothing?", "", true, "nothing is known about nothing"},
		{"blank", "\n \n", "", true, ""},
		{"not", "!", "", true, "needs a command"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rest, done, err := New(&host{}).Run(tt.code)
			if rest != tt.rest || done != tt.done {
				t.Errorf("rest %q, done %v, want %q, %v", rest, done, tt.rest, tt.done)
			}
			if (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Errorf("error %v, want %q", err, tt.err)
			}
		})
	}
}

func TestTime(t *testing.T) {
	h := &host{}
	r := New(h)
	if _, done, err := r.Run("%time f()"); !done || err != nil {
		t.Fatal(done, err)
	}
	if _, done, err := r.Run("%%time\na()\nb()"); !done || err != nil {
		t.Fatal(done, err)
	}
	if len(h.ran) != 2 || h.ran[0] != "      f()" || h.ran[1] != "\na()\nb()" {
		t.Errorf("ran %q", h.ran)
	}
	if got := h.output(); strings.Count(got, "wall time: ") != 2 {
		t.Errorf("printed %q", got)
	}
	h.fail = errors.New("no")
	if _, _, err := r.Run("%time f()"); err == nil {
		t.Error("a failure of the code is lost")
	}
}

// TestPlaces makes sure that what commands evaluate stands where the cell has it.
func TestPlaces(t *testing.T) {
	for _, tt := range []struct{ cell, first string }{
		{"%time f()", "      f()"},
		{"%reset\n %time  f()", "\n        f()"},
		{"%reset\n%time\n\tf()", "\n\n\tf()"},
		{"%timeit f()", "{       f()\n}"},
		{"%timeit a + b", "{_ =    a + b\n}"},
		{"%reset\n%timeit f()", "{\n        f()\n}"},
		{"%reset\n%timeit a + b", "{_ = \n        a + b\n}"},
		{"%timeit\n\n\tf()\n\tg()\n", "{\n\n\tf()\n\tg()\n}"},
	} {
		h := &host{fail: errors.New("no")}
		if _, _, err := New(h).Run(tt.cell); err == nil {
			t.Errorf("%q: the failure of the code is lost", tt.cell)
		}
		if len(h.ran) != 1 || h.ran[0] != tt.first {
			t.Errorf("%q ran %q, want %q", tt.cell, h.ran, tt.first)
		}
	}
}

func TestTimeit(t *testing.T) {
	h := &host{}
	if _, _, err := New(h).Run("%timeit a + b"); err != nil {
		t.Fatal(err)
	}
	if h.ran[0] != "{_ =    a + b\n}" || h.ran[1] != "for range 10 {_ = a + b\n}" {
		t.Errorf("first ran %q", h.ran[:2])
	}
	if got := h.output(); !strings.Contains(got, "per run (best of 5") {
		t.Errorf("printed %q", got)
	}
}

func TestRound(t *testing.T) {
	for d, want := range map[time.Duration]string{
		999: "999ns", 1234567: "1.23ms", 61234567890: "1m1.2s",
	} {
		if got := round(d).String(); got != want {
			t.Errorf("round(%d) = %s, want %s", d, got, want)
		}
	}
}

func TestWho(t *testing.T) {
	h := &host{}
	r := New(h)
	if _, _, err := r.Run("%who"); err != nil || !strings.Contains(h.output(), "no cell") {
		t.Error("an empty session is not said to be empty")
	}
	h.vars = []Var{{Name: "x", Type: "int", Cell: 3, Value: "7"}, {Name: "y", Type: "string", Cell: 4}}
	if _, _, err := r.Run("%who x"); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(h.shown, "x  int  cell 3  7") || strings.Contains(h.shown, "y") {
		t.Errorf("shown %q", h.shown)
	}
}

func TestHelpListsEverything(t *testing.T) {
	h := &host{}
	r := New(h)
	r.Register(Command{Name: "extra", Help: "one more"})
	if _, _, err := r.Run("%help"); err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Commands() {
		if !strings.Contains(h.shown, "%"+c.Name) || !strings.Contains(h.shown, c.Help) {
			t.Errorf("%%help does not list %s", c.Name)
		}
	}
}

func TestFmt(t *testing.T) {
	h := &host{}
	if _, _, err := New(h).Run("%fmt\n\nx:=1\nif x>0{y( )}"); err != nil {
		t.Fatal(err)
	}
	if len(h.ran) != 1 || h.ran[0] != "2 x:=1\nif x>0{y( )}" {
		t.Errorf("formats %q", h.ran)
	}
	if _, _, err := New(h).Run("%fmt x:=1"); err == nil || !strings.Contains(err.Error(), "no arguments, got x:=1") {
		t.Errorf("code on its line: %v", err)
	}
}

func TestShell(t *testing.T) {
	h := &host{}
	r := New(h)
	if _, _, err := r.Run("!echo out; echo err >&2"); err != nil {
		t.Fatal(err)
	}
	if got := h.output(); got != "out\n" || h.errs.String() != "err\n" {
		t.Errorf("printed %q and %q", got, h.errs.String())
	}
	if _, _, err := r.Run("!exit 3"); err == nil || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("%v, want exit status 3", err)
	}
	done := make(chan error, 1)
	go func() {
		_, _, err := r.Run("!sleep 60")
		done <- err
	}()
	time.Sleep(20 * time.Millisecond) // it runs by now, or it does not
	r.Interrupt()
	if err := <-done; err == nil || !strings.Contains(err.Error(), "interrupted") {
		t.Errorf("%v, want interrupted", err)
	}
	if _, _, err := r.Run("!echo no"); err == nil || h.output() != "" {
		t.Errorf("the cell goes on after its interrupt: %v", err)
	}
	r.Begin()
	if _, _, err := r.Run("!echo yes"); err != nil || h.output() != "yes\n" {
		t.Errorf("the next cell: %v", err)
	}
}

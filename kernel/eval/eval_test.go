package eval

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"descent/kernel/rt"
)

func TestInternals(t *testing.T) {
	if _, err := lookupInternals(); err != nil {
		t.Fatal(err)
	}
}

func TestStateIsKept(t *testing.T) {
	f := newFixture(t)
	var got []any
	rt.SetDisplay(func(v ...any) { got = append(got, v...) })
	f.ok("var x int\nfunc add(n int) { x += n }", "add(2)")
	f.ok("", "add(40); __rt.Display(x)")
	if fmt.Sprint(got) != "[42]" {
		t.Errorf("displayed %v, want 42", got)
	}
}

func TestImportsLoadLazily(t *testing.T) {
	f := newFixture(t)
	if f.loaded["strings"] {
		t.Error("strings is loaded before a cell imports it")
	}
	f.ok("import \"bytes\"; import \"fmt\"\nvar b bytes.Buffer", "fmt.Fprintf(&b, \"%d-%s\", 3, \"x\")")
	f.ok("var s string", "s = b.String()")
	if v, _ := f.Global("s"); v.String() != "3-x" {
		t.Errorf("s = %q", v)
	}
	if !f.loaded["io"] {
		t.Error("io, which fmt mentions, is not loaded")
	}
	if f.loaded["net/http"] {
		t.Error("net/http is loaded")
	}
}

func TestInternalError(t *testing.T) {
	f := newFixture(t)
	err := f.cell("", "undefinedName()")
	var e *InternalError
	if !errors.As(err, &e) || !strings.Contains(err.Error(), "undefined") {
		t.Errorf("%v, want an InternalError", err)
	}
	f.ok("var y = 1", "")
}

func TestPanics(t *testing.T) {
	const decls = `import "errors"
var m map[string]int
var s = []int{1, 2, 3}
type T struct{ a int; next *T }
var p *T
var zero int
var e any = 1
func deep(n int) int {
	if n == 0 {
		return s[n+zero+5]
	}
	return deep(n-1)
}
func boom() error { return errors.New("boom") }
var fn func()
`
	f := newFixture(t)
	f.ok(decls, "")
	const indexed = "runtime error: index out of range"
	const deref = "runtime error: invalid memory address or nil pointer dereference"
	tests := []struct {
		stmts, text string
		line        int
	}{
		{"m[\"a\"] = 1", "assignment to entry in nil map", 1},
		{"x := 1\n_ = x\n_ = s[zero+7]", indexed + " [7] with length 3", 3},
		{"s[zero+4] = 1", indexed + " [4] with length 3", 1},
		{"i := -1\n_ = s[i]", indexed + " [-1]", 2},
		{"_ = s[2:zero+1]", "runtime error: slice bounds out of range [2:1]", 1},
		{"_ = s[:zero+9]", "runtime error: slice bounds out of range [:9] with capacity 3", 1},
		{"_ = s[zero+4:]", "runtime error: slice bounds out of range [4:3]", 1},
		{"ps, i := &s, 8\npi := &i\n_ = (*ps)[(*pi)]", indexed + " [8] with length 3", 3},
		{"ps, i := &s, 8\npi := &i\n_ = (*ps)[:(*pi)]", "runtime error: slice bounds out of range [:8] with capacity 3", 3},
		{"ps, i := &s, 8\npi := &i\n(*ps)[(*pi)] = 1", indexed + " [8] with length 3", 3},
		{"f := func(a []int, k int) int { return a[k] }\n_ = f(s, 9)", indexed + " [9] with length 3", 1},
		{"_ = s[0:2:zero+5]", "runtime error: slice bounds out of range [::5] with capacity 3", 1},
		{"_ = s[:zero+3:2]", "runtime error: slice bounds out of range [:3:2]", 1},
		{"_ = s[zero+2:1:2]", "runtime error: slice bounds out of range [2:1:]", 1},
		{"_ = make(chan int, zero-1)", "makechan: size out of range", 1},
		{"_ = s[zero-1:]", "runtime error: slice bounds out of range [-1:]", 1},
		{"t := \"abc\"\n_ = t[zero+5]", indexed + " [5] with length 3", 2},
		{"t := \"abc\"\n_ = t[:zero+5]", "runtime error: slice bounds out of range [:5] with length 3", 2},
		{"a := [4]int{}\n_ = a[zero+5]", indexed + " [5] with length 4", 2},
		{"_ = p.a", deref, 1},
		{"p.next.a = 2", deref, 1},
		{"_ = 1 / zero", "runtime error: integer divide by zero", 1},
		{"_ = e.(string)", "interface conversion: interface {} is int, not string", 1},
		{"panic(\"text\")", "text", 1},
		{"panic(boom())", "boom", 1},
		{"panic(1.5)", "+1.500000e+000", 1},
		{"panic(nil)", new(runtime.PanicNilError).Error(), 1},
		{"_ = deep(0)", indexed + " [5] with length 3", 9},
		{"c := make(chan int)\nclose(c)\nclose(c)", "close of closed channel", 3},
		{"fn()", deref, 1},
		{"_ = make([]int, zero-1)", "runtime error: makeslice: len out of range", 1},
	}
	for _, tt := range tests {
		err := f.cell("", tt.stmts)
		var p *Panic
		if !errors.As(err, &p) {
			t.Errorf("%q: %v, want a panic", tt.stmts, err)
			continue
		}
		if p.Text != tt.text {
			t.Errorf("%q: %q (%T), want %q", tt.stmts, p.Text, p.Value, tt.text)
		}
		if len(p.Frames) == 0 || p.Frames[0].Line != tt.line {
			t.Errorf("%q: frames %+v, want line %d first", tt.stmts, p.Frames, tt.line)
		}
	}
	f.ok("", "s[0] = 1")
}

func TestTraceback(t *testing.T) {
	f := newFixture(t)
	f.ok(`func a(n int) {
	b(0)
	b(n)
}
func b(n int) {
	if n == 1 {
		panic("deep")
	}
}`, "")
	err := f.cell("", "x := 1\na(0)\na(x)")
	var p *Panic
	if !errors.As(err, &p) {
		t.Fatalf("%v, want a panic", err)
	}
	want := []Frame{
		{Cell: 1, Line: 7, Func: "b"},
		{Cell: 1, Line: 3, Func: "a"},
		{Cell: 2, Line: 3, Func: "Cell2"},
	}
	if len(p.Frames) != len(want) {
		t.Fatalf("frames %+v", p.Frames)
	}
	for i, w := range want {
		g := p.Frames[i]
		if g.Cell != w.Cell || g.Line != w.Line || g.Func != w.Func || g.Source != fmt.Sprintf("source of %d:%d", w.Cell, w.Line) {
			t.Errorf("frame %d is %+v, want %+v", i, g, w)
		}
	}
}

func TestRecoveredPanicLeavesNoFrames(t *testing.T) {
	f := newFixture(t)
	f.ok(`func try() {
	defer func() { recover() }()
	panic("first")
}
func fail() { panic("second") }`, "")
	err := f.cell("", "try()\ntry()\nfail()")
	var p *Panic
	if !errors.As(err, &p) || p.Text != "second" {
		t.Fatalf("%v, want second", err)
	}
	if len(p.Frames) != 2 || p.Frames[0].Line != 5 || p.Frames[1].Line != 3 {
		t.Errorf("frames %+v, want 5 and 3", p.Frames)
	}
}

func TestExit(t *testing.T) {
	f := newFixture(t)
	f.ok("import \"os\"; import \"log\"; import \"time\"\nvar after int", "")
	tests := []struct {
		stmts, call string
		code        int
	}{
		{"os.Exit(3); after++", "os.Exit", 3},
		{"func() { defer func() { after++ }(); os.Exit(4) }(); after++", "os.Exit", 4},
		{"log.Fatalf(\"no %d\", 1); after++", "log.Fatalf", 1},
		{"go func() { os.Exit(5) }()\ntime.Sleep(time.Hour); after++", "os.Exit", 5},
	}
	for _, tt := range tests {
		err := f.cell("", tt.stmts)
		var e *Exit
		if !errors.As(err, &e) || e.Code != tt.code || e.Call != tt.call {
			t.Errorf("%q: %v, want exit status %d of %s", tt.stmts, err, tt.code, tt.call)
		}
	}
	f.ok("", "after += 10")
	f.want("after", 10)
}

func TestGoexitEndsTheCell(t *testing.T) {
	f := newFixture(t)
	f.ok("import \"runtime\"\nvar x int", "")
	f.ok("", "runtime.Goexit(); x = 1")
	f.ok("", "x += 2")
	f.want("x", 2)
}

func TestPrintGoesToStderr(t *testing.T) {
	f := newFixture(t)
	f.ok("", "println(\"a\", 1)")
	if got := f.out.take(); got != "a 1\n" {
		t.Errorf("println wrote %q", got)
	}
}

func TestGoroutinesStayFlat(t *testing.T) {
	f := newFixture(t)
	f.ok("var n int", "")
	before := runtime.NumGoroutine()
	for range 50 {
		f.ok("", "n++")
	}
	for end := time.Now().Add(time.Minute); runtime.NumGoroutine() > before+2; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d goroutines before, %d after 50 cells", before, runtime.NumGoroutine())
		}
	}
}

func TestImportsOfAFailedChunk(t *testing.T) {
	f := newFixture(t)
	for range 2 {
		if err := f.cell("import sˑ \"strings\"; import fˑ \"fmt\"\nvar a = sˑ.ToUpper(fˑ.Sprint(undefinedName))", ""); err == nil {
			t.Fatal("no error")
		}
	}
	f.ok("import sˑ \"strings\"; import fˑ \"fmt\"\nvar n = len(sˑ.ToUpper(fˑ.Sprint(123)))", "")
	f.want("n", 3)
}

// TestCompiledCodeSeesGoPanics lets a compiled function recover what interpreted
// code panics with.
func TestCompiledCodeSeesGoPanics(t *testing.T) {
	var got any
	f := newFixture(t)
	in, err := New(Options{Symbols: map[string]map[string]reflect.Value{
		"host/host": {"Try": reflect.ValueOf(func(g func()) {
			defer func() { got = recover() }()
			g()
		})},
	}})
	if err != nil {
		t.Fatal(err)
	}
	f.Interp = in
	f.ok("import \"host\"; import \"errors\"\nvar s = [...]string{\"a\"}\nvar n = 3\nvar boom = errors.New(\"boom\")\nvar m map[string]int\nfunc at(i int) string { return s[i] }", "")
	tests := []struct{ body, want string }{
		{"_ = s[n]", "runtime error: index out of range [3] with length 1"},
		{"_ = at(n)", "runtime error: index out of range [3] with length 1"},
		{"panic(boom)", "boom"},
		{"panic(\"text\")", "text"},
		{"m[\"x\"] = 1", "assignment to entry in nil map"},
		{"_ = 1 / (n - 3)", "runtime error: integer divide by zero"},
	}
	for _, tt := range tests {
		got = nil
		f.ok("", "host.Try(func() { "+tt.body+" })")
		if fmt.Sprint(got) != tt.want {
			t.Errorf("%s: recovered %v (%T), want %s", tt.body, got, got, tt.want)
		}
		if _, isErr := got.(error); isErr != (tt.body != "panic(\"text\")") {
			t.Errorf("%s: recovered a %T", tt.body, got)
		}
	}
}

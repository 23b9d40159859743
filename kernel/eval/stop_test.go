package eval

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestInterruptMatrix(t *testing.T) {
	const decls = `import "sync"; import "time"
var n int
var r int
var c = make(chan int)
func inc(x int) int { return x + 1 }
var closure = func(x int) int { return x + 2 }
func spin() { for { if stopˑ { __rt.Stop() }; n++ } }
func blind() { for { n++ } }
`
	tests := []struct {
		name, stmts string
	}{
		{"loop with stop check", "spin()"},
		{"loop without", "blind()"},
		{"sleep", "time.Sleep(time.Hour)"},
		{"receive", "<-c"},
		{"send", "c <- 1"},
		{"range", "for range c {}"},
		{"select", "select { case <-c: case c <- 1: }"},
		{"mutex", "var mu sync.Mutex; mu.Lock(); mu.Lock()"},
		{"wait group", "var wg sync.WaitGroup; wg.Add(1); wg.Wait()"},
	}
	f := newFixture(t)
	f.ok(decls, "n = 0; g := 5; closure = func(x int) int { return x + g }")
	for _, tt := range tests {
		done := make(chan error, 1)
		go func() { done <- f.cell("", tt.stmts) }()
		f.running(done)
		time.Sleep(60 * time.Millisecond) // so that it waits where it is to be stopped
		start := time.Now()
		f.Interrupt()
		select {
		case err := <-done:
			if !errors.Is(err, ErrInterrupted) {
				t.Errorf("%s: %v, want ErrInterrupted", tt.name, err)
			}
			t.Logf("%s: %v", tt.name, time.Since(start))
		case <-time.After(2 * time.Minute):
			t.Fatalf("%s: not stopped", tt.name)
		}
		f.ok("", "r = inc(1)*100 + closure(2)")
		f.want("r", 207)
		f.ok("", "go func() { c <- 9 }(); v, _ := <-c; r = v + 0")
		f.want("r", 9)
	}
}

func TestInterruptWithoutCell(t *testing.T) {
	f := newFixture(t)
	f.Interrupt()
	if err := f.cell("", "for { if stopˑ { __rt.Stop() } }"); !errors.Is(err, ErrInterrupted) {
		t.Errorf("an interrupt before the run is lost: %v", err)
	}
	f.Interrupt()
	f.Begin()
	f.ok("var x int", "for i := 0; i < 10; i++ { if stopˑ { __rt.Stop() }; x++ }")
	f.want("x", 10)
}

func TestStackOverflow(t *testing.T) {
	f := newFixture(t)
	f.ok("var depth int\nfunc down(n int) int {\n\tdepth = n\n\treturn down(n+1) + 1\n}", "")
	start := time.Now()
	err := f.cell("", "down(0)")
	var p *Panic
	if !errors.As(err, &p) || !p.Overflow || !strings.Contains(p.Text, "stack overflow") {
		t.Fatalf("%v, want a stack overflow", err)
	}
	t.Logf("stopped after %v", time.Since(start))
	f.ok("", "depth = 7")
	f.want("depth", 7)
}

func TestClosuresSurviveHardStop(t *testing.T) {
	var keep func(int) int
	f := newFixture(t)
	in, err := New(Options{Symbols: map[string]map[string]reflect.Value{
		"host/host": {"Keep": reflect.ValueOf(func(g func(int) int) { keep = g })},
	}})
	if err != nil {
		t.Fatal(err)
	}
	f.Interp = in
	f.ok("import \"host\"\nfunc spin() { for {} }", "k := 3; host.Keep(func(x int) int { return x * k })")
	done := make(chan error, 1)
	go func() { done <- f.cell("", "spin()") }()
	f.running(done)
	f.Interrupt()
	f.Interrupt() // the second is hard at once
	if err := <-done; !errors.Is(err, ErrInterrupted) {
		t.Fatal(err)
	}
	if got := keep(14); got != 42 {
		t.Errorf("the closure returns %d, want 42", got)
	}
}

func TestGoroutinePanicEndsTheCell(t *testing.T) {
	f := newFixture(t)
	f.ok("import \"sync\"; import \"time\"\nvar wg sync.WaitGroup\nvar after int", "")
	const guard = "defer func() { if r := recover(); r != nil { __rt.GoPanic(r) } }()"
	err := f.cell("", "wg.Add(1)\ngo func() { "+guard+"; panic(\"lost\") }()\nwg.Wait(); after = 1")
	var p *Panic
	if !errors.As(err, &p) || !p.Goroutine || p.Text != "lost" {
		t.Fatalf("%v, want the panic of the goroutine", err)
	}
	// Without a running cell the panic is the business of the host alone.
	told := make(chan *Panic, 1)
	f.opts.GoPanic = func(p *Panic, fail func() bool) { told <- p }
	f.ok("", "go func() { "+guard+"; time.Sleep(20*time.Millisecond); panic(\"late\") }()")
	f.ok("", "time.Sleep(60*time.Millisecond); after += 2")
	if p := <-told; p.Text != "late" {
		t.Errorf("told of %v", p)
	}
	f.want("after", 2)
}

// TestLeftBehind leaves a cell that waits in compiled code: when the wait ends, the
// cell must not go on.
func TestLeftBehind(t *testing.T) {
	f := newFixture(t)
	waits, before := make(chan struct{}), abandoned.n.Load()
	in, err := New(Options{Symbols: map[string]map[string]reflect.Value{
		"host/host": {"Wait": reflect.ValueOf(func() { <-waits })},
	}})
	if err != nil {
		t.Fatal(err)
	}
	f.Interp = in
	f.ok("import \"host\"\nvar went, ran int\nfunc wait() { defer func() { ran = 1 }(); host.Wait(); went = 1 }", "")
	done := make(chan error, 1)
	go func() { done <- f.cell("", "wait(); went = 2") }()
	f.running(done)
	r := f.cur.Load()
	f.Interrupt()
	if err := <-done; !errors.Is(err, ErrInterrupted) {
		t.Fatal(err)
	}
	f.ok("", "ran = 0") // and later cells run
	close(waits)
	<-r.done
	f.want("went", 0)
	f.want("ran", 1)
	if n := abandoned.n.Load(); n != before {
		t.Errorf("%d are remembered, were %d", n, before)
	}
}

// TestSwallowedInterrupt interrupts a cell in a callback whose panics the compiled
// caller recovers.
func TestSwallowedInterrupt(t *testing.T) {
	f := newFixture(t)
	in, err := New(Options{Symbols: map[string]map[string]reflect.Value{
		"host/host": {"Try": reflect.ValueOf(func(g func()) { defer func() { _ = recover() }(); g() })},
	}})
	if err != nil {
		t.Fatal(err)
	}
	f.Interp = in
	f.ok("import \"host\"\nfunc spin() { host.Try(func() { for { if stopˑ { __rt.Stop() } } }) }", "")
	done := make(chan error, 1)
	go func() { done <- f.cell("", "spin()") }()
	f.running(done)
	f.Interrupt()
	if err := <-done; !errors.Is(err, ErrInterrupted) {
		t.Errorf("%v, want ErrInterrupted", err)
	}
}

// TestManyGoroutines takes more stack than a recursion may, without one, and stops
// among them.
func TestManyGoroutines(t *testing.T) {
	f := newFixture(t)
	f.ok("import \"time\"\nvar n int\nfunc idle() { time.Sleep(time.Hour) }", "for i := 0; i < 40000; i++ { __rt.Go(idle) }")
	f.ok("", "for i := 0; i < 1000000; i++ { n++ }")
	f.want("n", 1000000)
	done := make(chan error, 1)
	go func() { done <- f.cell("", "time.Sleep(time.Hour)") }()
	f.running(done)
	f.Interrupt()
	if err := <-done; !errors.Is(err, ErrInterrupted) {
		t.Errorf("%v, want ErrInterrupted", err)
	}
}

package eval

import (
	"fmt"
	"testing"
	"time"
)

func TestDeadlockedDump(t *testing.T) {
	frames := func(fs ...string) string {
		s := ""
		for _, f := range fs {
			s += f + "(0x1, {0x2, 0x3})\n\t/somewhere/file.go:1 +0x1\n"
		}
		return s
	}
	g := func(id int, state, stack, by string) string {
		if by != "" {
			by = "created by " + by + " in goroutine 1\n\t/somewhere/file.go:2 +0x2\n"
		}
		return fmt.Sprintf("goroutine %d [%s]:\n%s%s", id, state, stack, by)
	}
	const guard = "descent/kernel/eval.(*Interp).guard"
	recv := frames("runtime.gopark", "reflect.rselect", "reflect.Select", "descent/kernel/rt.Recv", "reflect.Value.call")
	first := g(1, "IO wait", frames("internal/poll.runtime_pollWait", "os.(*File).Read"), "")
	cell := g(7, "select, 2 minutes", recv, guard)
	tests := []struct {
		name   string
		others string
		what   string
	}{
		{"alone", "", "receive"},
		{"another cell's goroutine sends", "\n" + g(8, "select", frames("reflect.Select", "descent/kernel/rt.Send"), "reflect.Value.call"), "receive"},
		{"one waits for a lock", "\n" + g(8, "select", frames("descent/kernel/rt.acquire", "descent/kernel/rt.Lock"), "descent/kernel/rt.Go"), "receive"},
		{"the kernel reads", "\n" + g(8, "running", frames("runtime.Stack"), "descent/kernel/session.(*session).watch"), "receive"},
		{"a parked worker of dl", "\n" + g(8, "chan receive", frames("descent/dl/internal/par.(*helper).run"), "descent/dl/internal/par.start"), "receive"},
		{"a busy worker of dl", "\n" + g(8, "running", frames("descent/dl/internal/par.(*helper).run"), "descent/dl/internal/par.start"), ""},
		{"a worker of dl in a cell's function", "\n" + g(8, "chan receive", frames("github.com/traefik/yaegi/interp.x"), "descent/dl/internal/par.start"), ""},
		{"one computes", "\n" + g(8, "runnable", frames("descent/kernel/rt.Recv"), "reflect.Value.call"), ""},
		{"one sleeps", "\n" + g(8, "select", frames("descent/kernel/rt.Sleep"), "reflect.Value.call"), ""},
		{"one waits for the network", "\n" + g(8, "IO wait", frames("internal/poll.runtime_pollWait", "net.(*conn).Read"), "net/http.(*Server).Serve"), ""},
		{"one waits in a package", "\n" + g(8, "select", frames("io.(*pipe).read"), "reflect.Value.call"), ""},
		{"a timer's function", "\n" + g(8, "chan send", frames("descent/kernel/rt.Send"), "time.goFunc"), "receive"},
	}
	for _, tt := range tests {
		what, ok := deadlocked(first+"\n"+cell+tt.others, 7)
		if what != tt.what || ok != (tt.what != "") {
			t.Errorf("%s: %q, %v, want %q", tt.name, what, ok, tt.what)
		}
	}
	if what, ok := deadlocked(first, 7); ok {
		t.Errorf("without the cell: %q", what)
	}
	if what, ok := deadlocked(first+"\n"+g(7, "select", frames("descent/kernel/rt.Sleep"), guard), 7); ok {
		t.Errorf("a cell that sleeps: %q", what)
	}
}

func TestWakers(t *testing.T) {
	defer func(until int64, unknown bool) {
		wakers.until.Store(until)
		wakers.unknown.Store(unknown)
	}(wakers.until.Load(), wakers.unknown.Load())
	wakers.until.Store(0)
	wakers.unknown.Store(false)
	timed(time.Hour)
	timed(time.Minute)
	if d := time.Until(time.Unix(0, wakers.until.Load())); d < 59*time.Minute {
		t.Errorf("a later, shorter timer hides the longer: %v", d)
	}
	for path, unknown := range map[string]bool{"fmt": false, "descent/dl": false, "sync": false, "net/http": true, "os/signal": true, "runtime": true} {
		wakers.unknown.Store(false)
		if imported(path); wakers.unknown.Load() != unknown {
			t.Errorf("import of %s: %v, want %v", path, !unknown, unknown)
		}
	}
}

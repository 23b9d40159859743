package session

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"descent/kernel/link"
)

// TestDeadlock: a cell that waits for ever is told so, and goes on waiting; one
// that something may still wake is not.
//
// It needs a process without the goroutines that other tests leave behind.
func TestDeadlock(t *testing.T) {
	const alone = "DESCENT_TEST_ALONE"
	if os.Getenv(alone) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestDeadlock$", "-test.v")
		cmd.Env = append(os.Environ(), alone+"=1")
		out, err := cmd.CombinedOutput()
		if t.Logf("%s", out); err != nil {
			t.Error(err)
		}
		return
	}
	c := start(t)
	c.ok("import (\"sync\"; \"time\")")
	tests := []struct{ name, code, want string }{
		// Those with a timer come last: a ticker is never known to be gone.
		{"receive", "<-make(chan int)", "receives from a channel"},
		{"send", "make(chan int) <- 1", "sends on a channel"},
		{"select", "select {}", "select"},
		{"lock", "var mu sync.Mutex\nmu.Lock()\nmu.Lock()", "lock"},
		{"group", "var wg sync.WaitGroup\nwg.Add(1)\nwg.Wait()", "WaitGroup"},
		{"two", "a, b := make(chan int), make(chan int)\ngo func() { <-a; b <- 1 }()\n<-b", "receives from a channel"},
		{"computes", "d := make(chan bool)\ngo func() { for t := time.Now(); time.Since(t) < 1500*time.Millisecond; {}; d <- true }()\n<-d", ""},
		{"sleeps", "e := make(chan bool)\ngo func() { time.Sleep(1500*time.Millisecond); e <- true }()\n<-e", ""},
		{"after", "<-time.After(1500*time.Millisecond)", ""},
		{"ticker", "tick := time.NewTicker(1500*time.Millisecond)\n<-tick.C", ""},
	}
	for _, tt := range tests {
		id, reply := c.begin(link.Execute{Code: tt.code})
		if tt.want == "" {
			if o := c.wait(id, reply); o.reply.Status != "ok" || o.stream("stderr") != "" {
				t.Errorf("%s: %q %s", tt.name, o.stream("stderr"), o.trace())
			}
			continue
		}
		began := time.Now()
		c.until(id, "stderr", "interrupt the kernel")
		t.Logf("%s: told after %v", tt.name, time.Since(began))
		if err := c.conn.Send(link.New(link.TypeInterrupt, id, link.Interrupt{})); err != nil {
			t.Fatal(err)
		}
		o := c.wait(id, reply)
		if got := o.stream("stderr"); !strings.Contains(got, tt.want) || strings.Count(got, "\n") != 1 {
			t.Errorf("%s: %q", tt.name, got)
		}
		if o.reply.EName != "interrupted" {
			t.Errorf("%s: %+v", tt.name, o.reply)
		}
	}
}

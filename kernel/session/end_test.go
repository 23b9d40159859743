package session

import (
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"descent/kernel/link"
)

func TestHowCellsEnd(t *testing.T) {
	c := start(t)
	c.ok("import (\"os\"; \"log\"; \"time\"; \"errors\"; \"runtime\"; \"sync\"; \"unsafe\")\nkept := 1")
	tests := []struct {
		name, code, ename string
		want              []string // in the traceback
	}{
		{"os.Exit", "os.Exit(3)", "exit", []string{"os.Exit: exit status 3", "keeps its variables"}},
		{"log.Fatal", "log.Fatal(\"bye\")", "exit", []string{"exit status 1"}},
		{"panic of an error", "panic(errors.New(\"boom\"))", "panic", []string{"panic: boom", "line 1"}},
		{"goroutine", "go func() { panic(\"lost\") }()\ntime.Sleep(time.Hour)", "panic in a goroutine", []string{"panic in a goroutine: lost", "line 1"}},
		{"stack overflow", "func down(n int) int { return down(n+1) + 1 }\ndown(0)", "panic", []string{"stack overflow", "line 1, in down (", "return down(n+1) + 1"}},
		{"mutual recursion", "func even(n int) bool { return !odd(n+1) }\nfunc odd(n int) bool { return !even(n+1) }\neven(0)", "panic", []string{"stack overflow", "in odd"}},
		{"recursion of a closure", "var f func(int) int\nf = func(n int) int { return f(n+1) + 1 }\nf(0)", "panic", []string{"stack overflow"}},
		{"recursion with deferred calls", "func held(n int) int { defer func() { recover() }(); return held(n+1) + 1 }\nheld(0)", "panic", []string{"stack overflow"}},
		{"recursion of a goroutine", "go down(0)\nselect {}", "panic", []string{"stack overflow"}},
		{"goroutine beside a loop", "func spin(n int) { for { n++ } }\ngo func() { time.Sleep(time.Millisecond); panic(\"beside\") }()\nspin(1)", "panic in a goroutine", []string{"panic in a goroutine: beside", "line 2"}},
		{"timer", "time.AfterFunc(0, func() { panic(\"timer\") })\ntime.Sleep(time.Hour)", "panic in a goroutine", []string{"panic in a goroutine: timer", "line 1"}},
		{"group", "var wg sync.WaitGroup\nwg.Go(func() { panic(\"member\") })\nwg.Wait()\ntime.Sleep(time.Hour)", "panic in a goroutine", []string{"panic in a goroutine: member", "line 2"}},
		{"unlocked mutex", "var mu sync.Mutex\nmu.Unlock()", "panic", []string{"fatal error: sync: unlock of unlocked mutex", "line 2"}},
		{"fault", "*(*int)(unsafe.Pointer(uintptr(0xdeadbeef0000))) = 1", "panic", []string{"invalid memory address or nil pointer dereference", "line 1"}},
		{"nil map", "var m map[string]int\nm[\"a\"] = 1", "panic", []string{"assignment to entry in nil map", "line 2"}},
		{"nil pointer", "var p *struct{ x int }\np.x = 1", "panic", []string{"nil pointer dereference", "line 2"}},
		{"dl misuse", "dl.Zeros(2, 3).MatMul(dl.Zeros(2, 3))", "panic", []string{"MatMul", "line 1"}},
		{"magic", "%nosuch", "magic", []string{"no command %nosuch"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := c.run(tt.code)
			if o.reply.Status != "error" || o.reply.EName != tt.ename {
				t.Fatalf("status %q, ename %q: %s", o.reply.Status, o.reply.EName, o.trace())
			}
			for _, w := range tt.want {
				if !strings.Contains(o.trace(), w) {
					t.Errorf("no %q in\n%s", w, o.trace())
				}
			}
			last := o.events[len(o.events)-1]
			if last.typ != link.TypeError || last.err.EName != o.reply.EName {
				t.Errorf("the last message is %q %q", last.typ, last.err.EName)
			}
			if got := c.ok("kept").result(); got != "1" {
				t.Errorf("kept = %q afterwards", got)
			}
		})
	}
	if got := c.ok("runtime.Goexit()").reply.Status; got != "ok" {
		t.Errorf("Goexit ends a cell with %q", got)
	}
}

func TestInterrupts(t *testing.T) {
	c := start(t)
	c.ok(`import ("time"; "sync")
n := 0
double := func(x int) int { return 2 * x }
ch := make(chan int)`)
	tests := []struct{ name, code string }{
		{"empty loop", "for {}"},
		{"arithmetic", "for { n++ }"},
		{"recursion", "func rec(d int) int { if d == 0 { return 0 }; return rec(d-1) + rec(d-1) }\nrec(60)"},
		{"sleep", "time.Sleep(time.Minute)"},
		{"receive", "<-ch"},
		{"send", "ch <- 1"},
		{"range", "for range ch {}"},
		{"select", "select {}"},
		{"select with cases", "select { case <-ch: case ch <- 1: }"},
		{"mutex", "var mu sync.Mutex\nmu.Lock()\nmu.Lock()"},
		{"wait group", "var wg sync.WaitGroup\nwg.Add(1)\nwg.Wait()"},
		{"print flood", "for { fmt.Println(n) }"},
		{"goroutines", "for range 4 { go func() { for { n++ } }() }\nselect {}"},
		{"shell", "!sleep 60"},
	}
	for _, tt := range tests {
		code, goes := tt.code, !strings.HasPrefix(tt.code, "!")
		if goes {
			code = "fmt.Println(\"begun\")\n" + code
		}
		id, reply := c.begin(link.Execute{Code: code})
		if goes {
			c.until(id, "stdout", "begun\n")
		}
		time.Sleep(50 * time.Millisecond) // so that most do wait where they are to be stopped
		began := time.Now()
		if err := c.conn.Send(link.New(link.TypeInterrupt, id, link.Interrupt{})); err != nil {
			t.Fatal(err)
		}
		o := c.wait(id, reply)
		t.Logf("%s: %v", tt.name, time.Since(began))
		if o.reply.Status != "error" {
			t.Errorf("%s: status %q", tt.name, o.reply.Status)
		}
		if !strings.Contains(o.trace(), "interrupted") {
			t.Errorf("%s: %s", tt.name, o.trace())
		}
		if tt.name == "arithmetic" && !strings.Contains(o.trace(), "line 2\n    for { n++ }") {
			t.Errorf("%s: %s", tt.name, o.trace())
		}
		if got := c.ok("double(21)").result(); got != "42" {
			t.Errorf("%s: a closure gives %q afterwards", tt.name, got)
		}
		if got := c.ok("go func() { ch <- 7 }()\n<-ch").result(); got != "7" {
			t.Errorf("%s: a channel gives %q afterwards", tt.name, got)
		}
	}
}

func TestUserExpressions(t *testing.T) {
	c := start(t)
	id, reply := c.begin(link.Execute{Code: "a := 6\na + 1", UserExpressions: map[string]string{"x": "a * 7", "bad": "nope", "str": "fmt.Sprint(a)"}})
	o := c.wait(id, reply)
	var x, bad struct {
		Status, EName string
		Data          map[string]string
	}
	if err := json.Unmarshal(o.reply.UserExpressions["x"], &x); err != nil || x.Status != "ok" || x.Data["text/plain"] != "42" {
		t.Errorf("x: %s", o.reply.UserExpressions["x"])
	}
	if err := json.Unmarshal(o.reply.UserExpressions["bad"], &bad); err != nil || bad.Status != "error" || bad.EName == "" {
		t.Errorf("bad: %s", o.reply.UserExpressions["bad"])
	}
	if o.result() != "7" {
		t.Errorf("result %q", o.result())
	}
}

func TestSilent(t *testing.T) {
	c := start(t)
	id, reply := c.begin(link.Execute{Code: "q := 5\nq", Silent: true})
	if o := c.wait(id, reply); o.result() != "" || o.reply.Status != "ok" {
		t.Errorf("a silent cell shows %q", o.result())
	}
	if got := c.ok("q").result(); got != "5" {
		t.Errorf("q = %q", got)
	}
}

func TestResults(t *testing.T) {
	c := start(t)
	tests := []struct{ code, want string }{
		{"1 + 1", "2"},
		{"\"s\"", "\"s\""},
		{"[]int{1, 2}", "[]int{1, 2}"},
		{"var e error\ne", ""},
		{"func two() (int, string) { return 1, \"b\" }\ntwo()", "1, \"b\""},
		{"func fails() (int, error) { return 3, nil }\nfails()", "3"},
		{"fmt.Println(1)", ""},
		{"func nothing() {}\nnothing()", ""},
		{"type P struct{ X, y int }\nP{1, 2}", "main.P{X: 1, y: 2}"},
	}
	for _, tt := range tests {
		if got := c.ok(tt.code).result(); got != tt.want {
			t.Errorf("%q shows %q, want %q", tt.code, got, tt.want)
		}
	}
}

func TestInput(t *testing.T) {
	c := start(t)
	lines := []string{"7 8", "first line", "second"}
	c.input = func() link.InputReply {
		l := lines[0]
		lines = lines[1:]
		return link.InputReply{Value: l}
	}
	run := func(code string) outcome {
		id, reply := c.begin(link.Execute{Code: code, AllowStdin: true})
		return c.wait(id, reply)
	}
	o := run("var a, b int\nfmt.Print(\"two numbers: \")\nfmt.Scan(&a, &b)\na * b")
	if o.result() != "56" || o.stream("stdout") != "two numbers: " {
		t.Errorf("Scan: %q, printed %q, %s", o.result(), o.stream("stdout"), o.trace())
	}
	o = run("import (\"bufio\"; \"os\")\nin := bufio.NewScanner(os.Stdin)\nfor i := 0; i < 2 && in.Scan(); i++ { fmt.Println(\"got\", in.Text()) }")
	if got := o.stream("stdout"); got != "got first line\ngot second\n" {
		t.Errorf("Scanner: %q, %s", got, o.trace())
	}
}

func TestInputRefused(t *testing.T) {
	c := start(t)
	o := c.run("var a int\n_, err := fmt.Scan(&a)\nerr")
	if !strings.Contains(o.result(), "EOF") || !strings.Contains(o.stream("stderr"), errNoInput.Error()) {
		t.Errorf("result %q, stderr %q", o.result(), o.stream("stderr"))
	}
	id, reply := c.begin(link.Execute{Code: "fmt.Scan(&a)\na", AllowStdin: true})
	c.mu.Lock()
	c.input = func() link.InputReply { return link.InputReply{Value: "9"} }
	c.mu.Unlock()
	if o := c.wait(id, reply); o.result() != "9" {
		t.Errorf("afterwards: %q %s", o.result(), o.trace())
	}
}

func TestInterruptedInput(t *testing.T) {
	c := start(t)
	asked := make(chan bool, 1)
	c.input = func() link.InputReply { asked <- true; select {} }
	id, reply := c.begin(link.Execute{Code: "var s string\nfmt.Scanln(&s)", AllowStdin: true})
	<-asked
	_ = c.conn.Send(link.New(link.TypeInterrupt, id, link.Interrupt{}))
	if o := c.wait(id, reply); o.reply.EName != "interrupted" {
		t.Errorf("%+v", o.reply)
	}
	// The next cell is asked for once, and gets the line: the reader that was
	// left behind does not take it.
	var times atomic.Int32
	c.mu.Lock()
	c.input = func() link.InputReply { times.Add(1); return link.InputReply{Value: "word"} }
	c.mu.Unlock()
	id, reply = c.begin(link.Execute{Code: "fmt.Scanln(&s)\ns", AllowStdin: true})
	if o := c.wait(id, reply); o.result() != "\"word\"" || times.Load() != 1 {
		t.Errorf("afterwards: %q, asked %d times, %s", o.result(), times.Load(), o.trace())
	}
}

func TestMagicInACell(t *testing.T) {
	c := start(t)
	if got := c.ok("!echo from the shell").stream("stdout"); got != "from the shell\n" {
		t.Errorf("shell: %q", got)
	}
	o := c.ok("%time\nz := 3\nz")
	if o.result() != "3" || !strings.Contains(o.stream("stdout"), "wall time") {
		t.Errorf("%%time: %q %q", o.result(), o.stream("stdout"))
	}
	o = c.run("%time\n\nz + undefined2")
	if !strings.Contains(o.trace(), "line 3") {
		t.Errorf("the line of an error below %%time is wrong: %s", o.trace())
	}
	if !strings.Contains(c.ok("%timeit z + 1").stream("stdout"), "per run") {
		t.Error("timeit")
	}
	c.ok("%reset")
	if o := c.run("z"); o.reply.Status != "error" {
		t.Error("z is still there after reset")
	}
}

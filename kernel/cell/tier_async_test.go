package cell_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"descent/kernel/eval"
)

// leave is what the tier leaves to the interpreter, which then calls what it took:
// interpreted functions that meet compiled ones at channels, defers and recover.
const leave = `import ("fmt"; "runtime"; "sync"; "time"; "errors"; "strings"; "sort"; "path")
type P struct { x int; s string; f func() int }
func mixed(v any) string { switch v := v.(type) { case error: return "e:" + v.Error(); case nil: return "nil" }; return fmt.Sprint(v) }
func isend(c chan P, n int) { _ = path.Base("x"); c <- P{n, "i", func() int { return n }} }
func irecv(c <-chan P) string { _ = path.Base("x"); p, ok := <-c; return fmt.Sprint(p.x, p.s, p.f == nil, ok) }
func irun(f func()) (s string) { _ = path.Base("x"); defer func() { s = mixed(recover()) }(); f(); return "none" }
func ithrow(v any) { _ = path.Base("x"); panic(v) }
func irecover() any { _ = path.Base("x"); return recover() }
`

// TestTierChannels lets compiled and interpreted code send and receive on the same
// channels.
func TestTierChannels(t *testing.T) {
	bothWays(t, []meet{
		{leave, ""},
		{"c := make(chan P, 3)\nfor i := range 2 { c <- P{i, \"t\", nil} }\nisend(c, 7)\nirecv(c)", "→ 0ttrue true"},
		{"r := \"\"\nfor range 2 { p := <-c; r += fmt.Sprint(p.x, p.s, p.f != nil); if p.f != nil { r += fmt.Sprint(p.f()) } }\nr", "→ 1tfalse7itrue7"},
		{"close(c)\nirecv(c)", "→ 0true false"},
		{"func sum(c <-chan int) (s int) { for v := range c { s += v }; return }\nd := make(chan int)\ngo func() { for i := range 5 { d <- i }; close(d) }()\nsum(d)", "→ 10"},
		{"func gen(n int) <-chan int { c := make(chan int); go func() { defer close(c); for i := range n { c <- i } }(); return c }\nsum(gen(100))", "→ 4950"},
		{"func worker(id int, jobs <-chan int, out chan<- string, wg *sync.WaitGroup) { defer wg.Done(); for j := range jobs { out <- fmt.Sprint(id*0, j*j) } }\nvar wg sync.WaitGroup\njobs, out := make(chan int, 9), make(chan string, 9)\nfor i := range 3 { wg.Add(1); go worker(i, jobs, out, &wg) }\nfor j := range 6 { jobs <- j }\nclose(jobs)\nwg.Wait()\nclose(out)\nvar all []string\nfor s := range out { all = append(all, s) }\nsort.Strings(all)\nall", "→ [0 0 0 1 0 16 0 25 0 4 0 9]"},
		{"var mu sync.Mutex\nn := 0\nfor i := range 20 { wg.Add(1); go func() { defer wg.Done(); mu.Lock(); defer mu.Unlock(); n += i }() }\nwg.Wait()\nn", "→ 190"},
		{"for range 3 { wg.Go(func() { mu.Lock(); n++; mu.Unlock() }) }\nwg.Wait()\nn", "→ 193"},
		{"func pick(a, b chan int, done chan bool) (s string) { for { select { case v := <-a: s += fmt.Sprint(\"a\", v); case b <- len(s): s += \"b\"; case <-done: return s } } }\na, b, done := make(chan int), make(chan int), make(chan bool)\ngo func() { a <- 5; v := <-b; a <- v; done <- true }()\npick(a, b, done)", "→ a5ba2"},
		{"func try(c chan int) string { select { case v, ok := <-c: return fmt.Sprint(v, ok); default: return \"empty\" } }\ne := make(chan int, 1)\nx := try(e)\ne <- 4\nfmt.Println(x, try(e), len(e), cap(e))", "empty 4 true 0 1"},
		{"func late() string { select { case <-time.After(3 * time.Millisecond): return \"timeout\"; case <-e: return \"e\" } }\nlate()", "→ timeout"},
		{"func sleepy() int { for range 3 { time.Sleep(time.Millisecond) }; return 3 }\nsleepy()", "→ 3"},
		{"type S struct { c chan P; m map[string]chan int }\ns := S{make(chan P, 1), map[string]chan int{}}\nfor _, k := range []string{\"a\", \"b\"} { s.m[k] = make(chan int, 1); s.m[k] <- len(k) }\ns.c <- P{x: 3}\nfmt.Println(<-s.m[\"a\"], irecv(s.c), s.m[\"z\"] == nil)", "1 3true true true"},
		{"var once sync.Once\nk := 0\nfor range 3 { once.Do(func() { k++ }) }\nk", "→ 1"},
		{"var rw sync.RWMutex\nfor range 2 { rw.RLock(); k++; rw.RUnlock(); rw.Lock(); k++; rw.Unlock() }\nk", "→ 5"},
		{"cond := sync.NewCond(&mu)\nready := false\ngo func() { time.Sleep(time.Millisecond); mu.Lock(); ready = true; mu.Unlock(); cond.Broadcast() }()\nfunc() { mu.Lock(); for !ready { cond.Wait() }; mu.Unlock() }()\nready", "→ true"},
		{"func closed() { c := make(chan int); close(c); for range 2 { c <- 1 } }\nirun(closed)", "→ e:send on closed channel"},
		{"func exits() string { c := make(chan string, 2); go func() { defer func() { c <- \"deferred\" }(); for { runtime.Goexit() } }(); return <-c }\nexits()", "→ deferred"},
	})
}

// TestTierDefers lets panics pass between compiled and interpreted functions that defer
// calls of each other.
func TestTierDefers(t *testing.T) {
	bothWays(t, []meet{
		{leave, ""},
		{"func caught(v any) (s string) { defer func() { s = fmt.Sprint(\"got \", recover()) }(); for { ithrow(v) } }\ncaught(3)", "→ got 3"},
		{"func loud(n int) int { for { return 10 / n } }\nirun(func() { loud(0) })", "→ e:runtime error: integer divide by zero"},
		{"func named(n int) (r int, err error) { defer func() { if x := recover(); x != nil { err = fmt.Errorf(\"%v\", x) } }(); for i := range 3 { r += 10 / (n - i) }; return r, nil }\nfmt.Println(named(5))\nfmt.Println(named(1))", "7 <nil> 10 runtime error: integer divide by zero"},
		{"func direct() (s string) { defer func() { s += fmt.Sprint(\" outer \", recover()) }(); defer func() { s += fmt.Sprint(irecover()) }(); for { panic(\"p\") } }\ndirect()", "→ <nil> outer p"},
		{"func viaValue(h func() any) (s string) { defer func() { s += fmt.Sprint(recover()) }(); for { defer h(); panic(\"q\") } }\nviaValue(irecover)", "→ <nil>"},
		{"viaValue(func() any { return recover() })", "→ <nil>"},
		{"viaValue(func() any { return irecover() })", "→ q"},
		{"func idefer(h func() any) (s string) { _ = path.Base(\"x\"); defer func() { s += mixed(recover()) }(); defer h(); panic(\"i\") }\nidefer(func() any { return recover() })", "→ nil"},
		{"idefer(func() any { return func() any { return recover() }() })", "→ i"},
		{"idefer(irecover)", "→ nil"},
		{"func named2() any { for { return recover() } }\nidefer(named2)", "→ nil"},
		{"func order() { for i := range 3 { defer fmt.Print(i, \" \"); defer func(k int) { fmt.Print(\"f\", k, i, \" \") }(i * 10) } }\norder()", "f20 2 2 f10 1 1 f0 0 0"},
		{"func lock() (n int) { var mu sync.Mutex; for range 3 { func() { mu.Lock(); defer mu.Unlock(); n++ }() }; return }\nlock()", "→ 3"},
		{"func rethrow() { defer func() { r := recover(); panic(fmt.Sprint(\"again \", r)) }(); for { panic(\"first\") } }\nirun(rethrow)", "→ again first"},
		{"type T struct { log []string }\nfunc (t *T) add(s string) { t.log = append(t.log, s) }\nfunc (t *T) rec(s string) { for { t.add(s + fmt.Sprint(recover())); return } }\nfunc (t *T) run() { defer t.add(\"end\"); defer t.rec(\"r\"); for i := range 2 { defer t.add(fmt.Sprint(i)) }; panic(\"x\") }\nt := &T{}\nt.run()\nt.log", "→ [1 0 rx end]"},
		{"func errs() (err error) { defer func() { err = errors.Join(err, errors.New(\"second\")) }(); for { return errors.New(\"first\") } }\nstrings.ReplaceAll(errs().Error(), \"\\n\", \"+\")", "→ first+second"},
		{"func deep(n int) int { defer func() { n++ }(); if n == 0 { ithrow(\"deep\") }; return deep(n-1) }\nirun(func() { deep(50) })", "→ deep"},
	})
}

// TestTierWaits interrupts compiled code where it waits, and finds its deadlocks.
func TestTierWaits(t *testing.T) {
	s := newSessionWith(t, true)
	if _, errs := s.run("import (\"sync\"; \"time\"; \"fmt\")\ntype P struct{ a, b string }\nn := 0"); errs != "" {
		t.Fatal(errs)
	}
	for _, c := range []struct{ cell, what string }{
		{"func f1(c chan int) { for { <-c; n++ } }\nf1(nil)", "receive"},
		{"func f2(c chan P) { for { c <- P{} } }\nf2(make(chan P))", "send"},
		{"func f3(c chan P) { for v := range c { _ = v } }\nf3(make(chan P))", "receive"},
		{"func f4(c, d chan int) { for { select { case <-c: case d <- 1: } } }\nf4(make(chan int), nil)", "select"},
		{"func f5() { for { select {} } }\nf5()", "select"},
		{"func f6(mu *sync.Mutex) { for range 2 { mu.Lock() } }\nf6(&sync.Mutex{})", "lock"},
		{"func f7(wg *sync.WaitGroup) { for range 2 { wg.Add(1); wg.Wait() } }\nf7(&sync.WaitGroup{})", "group"},
		{"func f8() { for { time.Sleep(time.Hour) } }\nf8()", ""},
		{"func f9() { c := make(chan string); for range 3 { go func() { defer func() { recover() }(); c <- \"x\" }() }; for range 4 { <-c } }\nf9()", "receive"},
		{"func f10() { for range 3 { go func() { for { n++ } }() }; for { defer func() { recover() }(); var c chan []int; <-c } }\nf10()", ""},
	} {
		stop := time.AfterFunc(100*time.Millisecond, func() {
			what, ok := s.in.Deadlock()
			if c.what != "" && ok && what != c.what {
				t.Errorf("%s\ndeadlock: %q, want %q", c.cell, what, c.what)
			}
			if c.what == "" && ok {
				t.Errorf("%s\nis taken for a deadlock", c.cell)
			}
			s.in.Interrupt()
		})
		s.in.Begin()
		if _, errs := s.run(c.cell); !errors.Is(s.failure, eval.ErrInterrupted) {
			t.Errorf("%s\nended with %q", c.cell, errs)
		}
		stop.Stop()
		if names, refused := s.units(); len(names) == 0 || strings.Contains(refused, ":") {
			t.Errorf("%s\ncompiled %q, refused %s", c.cell, names, refused)
		}
	}
	s.in.Begin()
	if out, errs := s.run("fmt.Println(\"alive\")"); out != "alive\n" {
		t.Error(out, errs)
	}
}

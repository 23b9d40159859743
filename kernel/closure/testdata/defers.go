package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
)

// Deferred calls, panics and who recovers them.

type account struct {
	balance int
	log     []string
}

func (a *account) note(s string)      { a.log = append(a.log, s) }
func (a account) show(s string)       { shown += s + fmt.Sprint(a.balance) }
func (a *account) guard(name string)  { a.note(fmt.Sprint(name, recover())) }
func (a *account) add(n int) *account { a.balance += n; return a }

type wrapper struct{ *account }

var (
	shown string
	calls []string
)

func say(s string) { calls = append(calls, s) }

func said() string { r := strings.Join(calls, " "); calls = nil; return r }

func named() (n int, err error) {
	defer func() { n *= 2 }()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("caught %v", r)
			n += 1
		}
	}()
	n = 20
	if n > 10 {
		panic("big")
	}
	return n, nil
}

func testNamed() string { n, err := named(); return fmt.Sprint(n, err) }

func order(k int) {
	for i := range k {
		defer say(fmt.Sprint(i))
		defer func() { say(fmt.Sprint("f", i)) }()
	}
	x := 1
	defer say(fmt.Sprint("x", x))
	x = 2
	say(fmt.Sprint("end", x))
}

func testOrder() string { order(3); return said() }

func unnamed(k int) (int, string) {
	defer func() { recover() }()
	if k == 0 {
		panic("none")
	}
	return k, "v"
}

func one(k int) int {
	defer func() { _ = recover() }()
	return 10 / k
}

func afterReturn() int {
	defer func() { recover() }()
	defer func() { panic("late") }()
	return 7
}

func testUnnamed() string {
	a, b := unnamed(0)
	c, d := unnamed(3)
	return fmt.Sprint(a, b, c, d, one(5), one(0), afterReturn())
}

func helper() any { return recover() }

func nested() (r string) {
	defer func() {
		r += fmt.Sprint(" outer", recover())
	}()
	defer func() {
		func() { r += fmt.Sprint("inner", recover()) }()
		r += fmt.Sprint(" helper", helper())
	}()
	panic("p")
}

func testNested() string { return nested() }

func testDirect() (r string) {
	defer func() { r = fmt.Sprint("stays ", recover()) }()
	defer recover()
	defer helper()
	defer panic("second")
	panic("first")
}

func replaced() (r string) {
	defer func() { r += fmt.Sprint(recover(), recover()) }()
	defer func() {
		defer func() { r += fmt.Sprint("in ", recover(), " ") }()
		panic("inner")
	}()
	panic("outer")
}

func testReplaced() string { return replaced() }

func rethrown() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	func() {
		defer func() {
			r := recover()
			panic(fmt.Errorf("again: %v", r))
		}()
		var xs []int
		_ = xs[len(calls)+3]
	}()
	return nil
}

func testRethrown() string {
	return fmt.Sprint(rethrown())
}

func testMethods() string {
	shown = ""
	a := account{balance: 1}
	func() {
		defer a.show("v")
		defer a.note("n")
		p := &a
		defer p.show("p")
		defer p.add(1).add(2).note("chain")
		w := wrapper{p}
		defer w.show("w")
		defer w.note("wn")
		p = nil
		a.balance += 10
	}()
	b := &account{}
	func() {
		defer b.guard("g")
		defer b.guard("h")
		panic(3)
	}()
	return fmt.Sprint(shown, a.log, b.log)
}

func testArguments() string {
	var ss []string
	add := func(format string, args ...any) { ss = append(ss, fmt.Sprintf(format, args...)) }
	func() {
		i := 1
		defer add("%d %v %s", i, []int{i}, "s")
		i = 5
		rest := []any{i, "r"}
		defer add("%v%v", rest...)
		rest[0] = 6
		defer func(n int, f func() int) { add("lit %d %d", n, f()) }(i, func() int { return i })
		i = 9
		m := map[string]int{"a": 1, "b": 2}
		defer delete(m, "a")
		defer func() { add("m%d", len(m)) }()
		defer copy(make([]int, 2), []int{1})
		c := make(chan int, 1)
		defer close(c)
	}()
	return strings.Join(ss, "|")
}

func testNilFunction() (r string) {
	defer func() { r = fmt.Sprint(recover(), said()) }()
	var f func()
	defer f()
	say("reached")
	return ""
}

func testNilPointerMethod() (r string) {
	defer func() { r = fmt.Sprint(recover(), said()) }()
	var p *account
	defer p.show("x")
	say("not reached")
	return ""
}

func fact(n int) (r int) {
	defer func() {
		if n > 0 {
			r *= n
		}
	}()
	if n == 0 {
		return 1
	}
	return fact(n - 1)
}

func deep(n int) int {
	defer say(fmt.Sprint("d", n%10))
	if n == 0 {
		var p *account
		return p.balance
	}
	return deep(n-1) + 1
}

func testDeep() (r string) {
	defer func() { r = fmt.Sprint(recover(), len(said())) }()
	return fmt.Sprint(fact(10), deep(2000))
}

func testGoexit() string {
	var wg sync.WaitGroup
	var r string
	wg.Add(1)
	go func() {
		defer wg.Done()
		defer func() { r += fmt.Sprint("rec", recover()) }()
		func() {
			defer func() { r += "inner " }()
			runtime.Goexit()
		}()
		r += "never"
	}()
	wg.Wait()
	return r
}

func testPanicNil() (r string) {
	defer func() { r = fmt.Sprint(recover()) }()
	panic(nil)
}

func testLoop() string {
	r := 0
	for i := range 5 {
		func() {
			defer func() {
				if x := recover(); x != nil {
					r += 100 * i
				}
			}()
			r += 6 / (i - 2)
		}()
	}
	return fmt.Sprint(r)
}

func safely(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	f()
	return
}

func testSafely() string {
	var m map[string]int
	var e error
	var a any = "s"
	_ = a
	xs := []int{1}
	k := 5
	var s string
	for _, f := range []func(){
		func() { m["a"] = 1 },
		func() { _ = xs[k] },
		func() { _ = xs[k:] },
		func() { _ = k / (k - 5) },
		func() { panic(errors.New("mine")) },
		func() { panic(fmt.Sprint("text ", k)) },
		func() { _ = e.Error() },
		func() { close((chan int)(nil)) },
		func() { _ = make([]int, k-9) },
		func() {},
	} {
		s += fmt.Sprint(safely(f), "; ")
	}
	return s
}

func testUncaught() string {
	defer say("x")
	defer func() { panic(fmt.Sprint("new ", recover())) }()
	panic("old")
}

func result() (s string) {
	defer func() { s += "!" }()
	for i := 0; ; i++ {
		switch {
		case i == 3:
			return fmt.Sprint(i)
		}
	}
}

func testResult() string { return result() }

func testMutex() string {
	var mu sync.Mutex
	n := 0
	locked := func() (r int) {
		mu.Lock()
		defer mu.Unlock()
		n++
		r = n
		if n == 2 {
			panic("locked")
		}
		return
	}
	s := ""
	for range 3 {
		s += fmt.Sprint(safely(func() { s += fmt.Sprint(locked()) }))
	}
	return s
}

func main() {}

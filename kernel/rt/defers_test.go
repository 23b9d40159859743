package rt

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"
)

// run calls body with a stack of deferred calls as lowered code does.
func run(body func(d *Defers)) (panicked any) {
	defer func() { panicked = recover() }()
	func() {
		d := NewDefers()
		defer func() { d.Run(recover()) }()
		body(d)
	}()
	return nil
}

// recovered is Recover for a compiled function, of which nobody can tell who called
// it: what cells may recover is tested with cells.
func recovered() any {
	if p := inFlight(); p != nil {
		return p.stop()
	}
	return nil
}

func TestDefers(t *testing.T) {
	var log []string
	say := func(s string) func() { return func() { log = append(log, s) } }
	for _, tt := range []struct {
		name string
		body func(d *Defers)
		want any
		log  []string
	}{
		{"order", func(d *Defers) { d.Push(say("a")); d.Push(say("b")) }, nil, []string{"b", "a"}},
		{"panic goes on", func(d *Defers) { d.Push(say("a")); panic("x") }, "x", []string{"a"}},
		{"recovered", func(d *Defers) {
			d.Push(say("a"))
			d.Push(func() { log = append(log, fmt.Sprint(recovered(), recovered())) })
			panic("x")
		}, nil, []string{"x<nil>", "a"}},
		{"panic in a deferred call", func(d *Defers) {
			d.Push(say("a"))
			d.Push(func() { panic("second") })
			d.Push(say("c"))
			panic("first")
		}, "second", []string{"c", "a"}},
		{"second recovered", func(d *Defers) {
			d.Push(func() { log = append(log, fmt.Sprint(recovered())) })
			d.Push(func() { panic("second") })
		}, nil, []string{"second"}},
		{"nothing to recover", func(d *Defers) { d.Push(func() { log = append(log, fmt.Sprint(recovered())) }) }, nil, []string{"<nil>"}},
		{"nested", func(d *Defers) {
			d.Push(func() {
				run(func(e *Defers) {
					e.Push(func() { log = append(log, fmt.Sprint("inner ", recovered())) })
					panic("y")
				})
				log = append(log, fmt.Sprint("outer ", recovered()))
			})
			panic("x")
		}, nil, []string{"inner y", "outer x"}},
	} {
		log = nil
		if got := run(tt.body); got != tt.want || !slices.Equal(log, tt.log) {
			t.Errorf("%s: panic %v, log %q; want %v, %q", tt.name, got, log, tt.want, tt.log)
		}
	}
	if Recover() != nil || active.Load() != 0 {
		t.Error("a panic is still in flight")
	}
}

func TestDefersOnGoexit(t *testing.T) {
	done := make(chan []string)
	go func() {
		var log []string
		defer func() { done <- log }()
		d := NewDefers()
		defer func() { d.Run(recover()) }()
		d.Push(func() { log = append(log, "last") })
		d.Push(func() { runtime.Goexit() })
		runtime.Goexit()
	}()
	if log := <-done; !slices.Equal(log, []string{"last"}) {
		t.Errorf("%q", log)
	}
}

func TestInterrupt(t *testing.T) {
	for name, wait := range map[string]func(){
		"sleep":   func() { Sleep(time.Hour) },
		"receive": func() { var v int; Recv(make(chan int), &v) },
		"send":    func() { Send(make(chan string), "x") },
		"nil":     func() { var v int; var c chan int; Recv(c, &v) },
		"mutex":   func() { var m sync.Mutex; m.Lock(); Lock(&m) },
		"rwmutex": func() { var m sync.RWMutex; m.RLock(); LockRW(&m) },
		"rlock":   func() { var m sync.RWMutex; m.Lock(); RLock(&m) },
		"group":   func() { var g sync.WaitGroup; g.Add(1); WaitGroup(&g) },
		"cond":    func() { c := sync.NewCond(&sync.Mutex{}); c.L.Lock(); defer c.L.Unlock(); WaitCond(c) },
		"select":  func() { Select("rs", make(chan int), make(chan int), 3) },
	} {
		got := make(chan any)
		go func() {
			defer func() { got <- recover() }()
			wait()
		}()
		time.Sleep(time.Millisecond)
		Interrupt()
		select {
		case v := <-got:
			if err, ok := v.(error); !ok || !errors.Is(err, ErrStop) {
				t.Errorf("%s ended with %v", name, v)
			}
		case <-time.After(2 * time.Minute):
			t.Fatalf("%s does not end", name)
		}
		Resume()
	}
}

func TestChannels(t *testing.T) {
	c := make(chan any, 2)
	Send(c, 1)
	Send(c, nil)
	var v any
	if !Recv(c, &v) || v != 1 || !Recv(c, &v) || v != nil {
		t.Error(v)
	}
	close(c)
	if Recv(c, &v) {
		t.Error("received from a closed channel")
	}
	d := make(chan int, 1)
	var n int
	var ok bool
	if k := Select("dv", d, &n); k != 0 {
		t.Errorf("default: %d", k)
	}
	if k := Select("rs", make(chan int), d, 5); k != 1 {
		t.Errorf("send: %d", k)
	}
	if k := Select("o", d, &n, &ok); k != 0 || n != 5 || !ok {
		t.Errorf("receive: %d %d %v", k, n, ok)
	}
	defer func() {
		if fmt.Sprint(recover()) != "send on closed channel" {
			t.Error("send on a closed channel")
		}
	}()
	close(d)
	Send(d, 1)
}

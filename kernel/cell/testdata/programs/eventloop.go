package main

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

type timer struct {
	at  time.Duration
	seq int
	fn  func(*Loop)
}

type timers []timer

func (t timers) Len() int { return len(t) }
func (t timers) Less(i, j int) bool {
	if t[i].at == t[j].at {
		return t[i].seq < t[j].seq
	}
	return t[i].at < t[j].at
}
func (t timers) Swap(i, j int) { t[i], t[j] = t[j], t[i] }
func (t *timers) Push(x any)   { *t = append(*t, x.(timer)) }
func (t *timers) Pop() any {
	l := len(*t) - 1
	x := (*t)[l]
	*t = (*t)[:l]
	return x
}

type Loop struct {
	now    time.Duration
	seq    int
	queue  timers
	micro  []func()
	log    []string
	stopFn context.CancelFunc
}

func (l *Loop) After(d time.Duration, fn func(*Loop)) (cancel func() bool) {
	l.seq++
	id, live := l.seq, true
	heap.Push(&l.queue, timer{l.now + d, id, func(l *Loop) {
		if live {
			live = false
			fn(l)
		}
	}})
	return func() bool { was := live; live = false; return was }
}

func (l *Loop) Every(d time.Duration, n int, fn func(i int)) {
	var step func(*Loop)
	i := 0
	step = func(l *Loop) {
		fn(i)
		if i++; i < n {
			l.After(d, step)
		}
	}
	l.After(d, step)
}

func (l *Loop) Logf(f string, a ...any) {
	l.log = append(l.log, fmt.Sprintf("%v ", l.now)+fmt.Sprintf(f, a...))
}

func (l *Loop) Run(ctx context.Context) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("loop died at %v: %v", l.now, r)
		}
	}()
	for l.queue.Len() > 0 {
		select {
		case <-ctx.Done():
			return ctx.Err()
		default:
		}
		t := heap.Pop(&l.queue).(timer)
		l.now = t.at
		t.fn(l)
		for len(l.micro) > 0 {
			f := l.micro[0]
			l.micro = l.micro[1:]
			f()
		}
	}
	return nil
}

type Future[T any] struct {
	once sync.Once
	done chan struct{}
	val  T
	err  error
}

func Async[T any](f func() (T, error)) *Future[T] {
	fu := &Future[T]{done: make(chan struct{})}
	go func() {
		defer close(fu.done)
		defer func() {
			if r := recover(); r != nil {
				fu.err = fmt.Errorf("panic: %v", r)
			}
		}()
		fu.val, fu.err = f()
	}()
	return fu
}
func (f *Future[T]) Await() (T, error) { <-f.done; return f.val, f.err }
func Then[T, U any](f *Future[T], g func(T) (U, error)) *Future[U] {
	return Async(func() (u U, err error) {
		v, err := f.Await()
		if err != nil {
			return u, err
		}
		return g(v)
	})
}

func main() {
	l := new(Loop)
	l.Every(10*time.Millisecond, 3, func(i int) {
		l.Logf("tick %d", i)
		l.micro = append(l.micro, func() { l.Logf("micro %d", i) })
	})
	cancel := l.After(15*time.Millisecond, func(l *Loop) { l.Logf("never") })
	l.After(12*time.Millisecond, func(*Loop) { l.Logf("cancel %v %v", cancel(), cancel()) })
	l.After(20*time.Millisecond, func(l *Loop) { l.Logf("same time") })
	fmt.Println(l.Run(context.Background()))
	for _, s := range l.log {
		fmt.Println(s)
	}
	ctx, stop := context.WithCancel(context.Background())
	l2 := &Loop{stopFn: stop}
	l2.After(1, func(l *Loop) { l.stopFn() })
	l2.After(2, func(l *Loop) { l.Logf("no") })
	err := l2.Run(ctx)
	fmt.Println(err, errors.Is(err, context.Canceled), len(l2.log))
	l3 := &Loop{}
	l3.After(time.Second, func(*Loop) { var m map[string]int; m["x"]++ })
	fmt.Println(l3.Run(context.Background()))
	f1 := Async(func() (int, error) { return 21, nil })
	f2 := Then(f1, func(i int) (string, error) { return fmt.Sprint("v", i*2), nil })
	f3 := Then(f2, func(s string) ([]byte, error) { return nil, errors.New("bad " + s) })
	f4 := Then(f3, func(b []byte) (int, error) { return len(b), nil })
	f5 := Async(func() (p *int, err error) { return new(int), fmt.Errorf("e%d", *p) })
	fmt.Println(f2.Await())
	fmt.Println(f4.Await())
	_, err = f5.Await()
	fmt.Println(err)
}

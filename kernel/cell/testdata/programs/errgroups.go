package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type Group struct {
	wg      sync.WaitGroup
	once    sync.Once
	err     error
	cancel  context.CancelCauseFunc
	sem     chan struct{}
	started atomic.Int32
}

func WithContext(ctx context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancelCause(ctx)
	return &Group{cancel: cancel}, ctx
}

func (g *Group) SetLimit(n int) { g.sem = make(chan struct{}, n) }

func (g *Group) Go(f func() error) {
	if g.sem != nil {
		g.sem <- struct{}{}
	}
	g.wg.Add(1)
	g.started.Add(1)
	go func() {
		defer func() {
			if g.sem != nil {
				<-g.sem
			}
			g.wg.Done()
		}()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				if g.cancel != nil {
					g.cancel(err)
				}
			})
		}
	}()
}

func (g *Group) Wait() error {
	g.wg.Wait()
	if g.cancel != nil {
		g.cancel(g.err)
	}
	return g.err
}

type key struct{ name string }

type Queue[T any] struct {
	mu    sync.Mutex
	cond  *sync.Cond
	items []T
	done  bool
}

func NewQueue[T any]() *Queue[T] {
	q := &Queue[T]{}
	q.cond = sync.NewCond(&q.mu)
	return q
}

func (q *Queue[T]) Put(v T) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, v)
	q.cond.Signal()
}

func (q *Queue[T]) Close() {
	q.mu.Lock()
	q.done = true
	q.mu.Unlock()
	q.cond.Broadcast()
}

func (q *Queue[T]) Get() (v T, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.done {
		q.cond.Wait()
	}
	if len(q.items) == 0 {
		return v, false
	}
	v, q.items = q.items[0], q.items[1:]
	return v, true
}

type Cache struct {
	sync.RWMutex
	m map[string]int
}

func (c *Cache) Get(k string, mk func() int) int {
	c.RLock()
	v, ok := c.m[k]
	c.RUnlock()
	if ok {
		return v
	}
	c.Lock()
	defer c.Unlock()
	if v, ok := c.m[k]; ok {
		return v
	}
	v = mk()
	c.m[k] = v
	return v
}

func stage(ctx context.Context, in <-chan int, f func(int) int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for v := range in {
			select {
			case out <- f(v):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func main() {
	g, ctx := WithContext(context.WithValue(context.Background(), key{"id"}, 42))
	g.SetLimit(2)
	boom := errors.New("boom")
	for i := range 5 {
		g.Go(func() error {
			if i == 2 {
				return fmt.Errorf("job %d: %w", i, boom)
			}
			return nil
		})
	}
	err := g.Wait()
	fmt.Println(err, errors.Is(err, boom), context.Cause(ctx), ctx.Err(), ctx.Value(key{"id"}), ctx.Value(key{"x"}), g.started.Load())
	q := NewQueue[string]()
	var got []string
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for {
				s, ok := q.Get()
				if !ok {
					return
				}
				mu.Lock()
				got = append(got, strings.ToUpper(s))
				mu.Unlock()
			}
		})
	}
	for _, s := range strings.Split("a b c d e f", " ") {
		q.Put(s)
	}
	q.Close()
	wg.Wait()
	sort.Strings(got)
	fmt.Println(got)
	c := Cache{m: map[string]int{}}
	var made atomic.Int64
	for i := range 20 {
		wg.Add(1)
		go func(k string) {
			defer wg.Done()
			c.Get(k, func() int { made.Add(1); return len(k) })
		}(strings.Repeat("k", i%4))
	}
	wg.Wait()
	fmt.Println(made.Load(), len(c.m), c.m)
	ctx2, cancel2 := context.WithCancel(context.Background())
	src := make(chan int)
	go func() {
		defer close(src)
		for i := 0; ; i++ {
			select {
			case src <- i:
			case <-ctx2.Done():
				return
			}
		}
	}()
	sq := stage(ctx2, stage(ctx2, src, func(i int) int { return i * i }), func(i int) int { return i + 1 })
	for v := range sq {
		fmt.Print(v, " ")
		if v > 50 {
			break
		}
	}
	cancel2()
	fmt.Println(ctx2.Err())
	parent, cancelP := context.WithTimeoutCause(context.Background(), 5*time.Millisecond, errors.New("too slow"))
	defer cancelP()
	child, cancelC := context.WithCancel(parent)
	defer cancelC()
	stopf := context.AfterFunc(child, func() { made.Add(100) })
	<-child.Done()
	fmt.Println(child.Err(), context.Cause(child), errors.Is(child.Err(), context.DeadlineExceeded), stopf())
	fmt.Println(parent.Err() == context.DeadlineExceeded, context.WithoutCancel(child).Err())
	var nilch chan int
	select {
	case <-nilch:
		fmt.Println("never")
	case nilch <- 1:
		fmt.Println("never")
	default:
		fmt.Println("default")
	}
	tm := time.NewTimer(time.Hour)
	fmt.Println(tm.Stop(), tm.Reset(time.Millisecond))
	<-tm.C
	tick := time.NewTicker(time.Millisecond)
	n := 0
	timeout := time.After(2 * time.Second)
loop:
	for {
		select {
		case <-tick.C:
			if n++; n == 3 {
				break loop
			}
		case <-timeout:
			fmt.Println("timeout")
			break loop
		}
	}
	tick.Stop()
	fmt.Println(n)
	once := sync.OnceValues(func() (int, error) { fmt.Println("once"); return 3, boom })
	fmt.Println(once())
	fmt.Println(once())
}

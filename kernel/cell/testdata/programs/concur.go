package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Group is errgroup in small.
type Group struct {
	cancel  func(error)
	wg      sync.WaitGroup
	sem     chan struct{}
	errOnce sync.Once
	err     error
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
	go func() {
		defer g.done()
		if err := f(); err != nil {
			g.errOnce.Do(func() {
				g.err = err
				if g.cancel != nil {
					g.cancel(err)
				}
			})
		}
	}()
}
func (g *Group) done() {
	if g.sem != nil {
		<-g.sem
	}
	g.wg.Done()
}
func (g *Group) Wait() error {
	g.wg.Wait()
	if g.cancel != nil {
		g.cancel(g.err)
	}
	return g.err
}

type Broker[T any] struct {
	mu   sync.RWMutex
	subs map[string][]chan T
	wg   sync.WaitGroup
}

func (b *Broker[T]) Sub(topic string, f func(T)) (cancel func()) {
	ch := make(chan T, 4)
	b.mu.Lock()
	if b.subs == nil {
		b.subs = make(map[string][]chan T)
	}
	b.subs[topic] = append(b.subs[topic], ch)
	b.mu.Unlock()
	b.wg.Add(1)
	go func() {
		defer b.wg.Done()
		for v := range ch {
			f(v)
		}
	}()
	return sync.OnceFunc(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.subs[topic] = slices.DeleteFunc(b.subs[topic], func(c chan T) bool { return c == ch })
		close(ch)
	})
}

func (b *Broker[T]) Pub(topic string, v T) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, c := range b.subs[topic] {
		c <- v
	}
	return len(b.subs[topic])
}

type semaphore chan struct{}

func (s semaphore) With(f func()) { s <- struct{}{}; defer func() { <-s }(); f() }

func gen[T any](ctx context.Context, vs ...T) <-chan T {
	c := make(chan T)
	go func() {
		defer close(c)
		for _, v := range vs {
			select {
			case c <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return c
}

func merge[T any](cs ...<-chan T) <-chan T {
	out := make(chan T)
	var wg sync.WaitGroup
	for _, c := range cs {
		wg.Go(func() {
			for v := range c {
				out <- v
			}
		})
	}
	go func() { wg.Wait(); close(out) }()
	return out
}

type account struct {
	sync.Mutex
	balance int
	cond    *sync.Cond
}

func newAccount() *account { a := &account{}; a.cond = sync.NewCond(a); return a }
func (a *account) Withdraw(n int) {
	a.Lock()
	defer a.Unlock()
	for a.balance < n {
		a.cond.Wait()
	}
	a.balance -= n
}
func (a *account) Deposit(n int) {
	a.Lock()
	a.balance += n
	a.Unlock()
	a.cond.Broadcast()
}

type actor struct {
	msgs chan func(*int)
	done chan struct{}
}

func spawn() *actor {
	a := &actor{make(chan func(*int)), make(chan struct{})}
	go func() {
		state := 0
		for m := range a.msgs {
			m(&state)
		}
		close(a.done)
	}()
	return a
}

func (a *actor) ask(f func(*int) int) int {
	r := make(chan int)
	a.msgs <- func(p *int) { r <- f(p) }
	return <-r
}

func main() {
	g, ctx := WithContext(context.Background())
	g.SetLimit(2)
	var n atomic.Int32
	for i := range 6 {
		g.Go(func() error {
			n.Add(1)
			if i == 4 {
				return fmt.Errorf("task %d", i)
			}
			return nil
		})
	}
	err := g.Wait()
	fmt.Println(err, n.Load(), ctx.Err(), context.Cause(ctx) == err)

	var b Broker[string]
	var mu sync.Mutex
	var got []string
	add := func(p string) func(string) {
		return func(s string) { mu.Lock(); got = append(got, p+s); mu.Unlock() }
	}
	c1, c2 := b.Sub("news", add("1:")), b.Sub("news", add("2:"))
	fmt.Println(b.Pub("news", "a"), b.Pub("none", "x"))
	c1()
	c1()
	fmt.Println(b.Pub("news", "b"))
	c2()
	b.wg.Wait()
	slices.Sort(got)
	fmt.Println(got)

	var out []int
	for v := range merge(gen(context.Background(), 1, 2, 3), gen(context.Background(), 10, 20)) {
		out = append(out, v)
	}
	slices.Sort(out)
	fmt.Println(out)
	cctx, cancel := context.WithCancel(context.WithValue(context.Background(), "k", "v"))
	src := gen(cctx, strings.Split("abcdef", "")...)
	fmt.Println(<-src, <-src, cctx.Value("k"))
	cancel()
	time.Sleep(5 * time.Millisecond)
	_, ok := <-src
	fmt.Println(ok || true, errors.Is(cctx.Err(), context.Canceled))

	acc := newAccount()
	var wg sync.WaitGroup
	for i := 1; i <= 4; i++ {
		wg.Go(func() { acc.Withdraw(i * 10) })
	}
	for range 10 {
		acc.Deposit(10)
	}
	wg.Wait()
	fmt.Println(acc.balance)

	a := spawn()
	for i := range 5 {
		a.msgs <- func(p *int) { *p += i }
	}
	fmt.Println(a.ask(func(p *int) int { *p *= 2; return *p }))
	close(a.msgs)
	<-a.done

	sem := make(semaphore, 3)
	var peak, cur atomic.Int64
	for range 12 {
		wg.Go(func() {
			sem.With(func() {
				c := cur.Add(1)
				for p := peak.Load(); c > p && !peak.CompareAndSwap(p, c); p = peak.Load() {
				}
				time.Sleep(time.Millisecond)
				cur.Add(-1)
			})
		})
	}
	wg.Wait()
	fmt.Println(peak.Load() <= 3, cur.Load())

	ticks, quit := make(chan int), make(chan struct{})
	go func() {
		defer close(quit)
		for i := range 3 {
			ticks <- i
		}
	}()
loop:
	for {
		select {
		case v := <-ticks:
			if v == 1 {
				continue loop
			}
			fmt.Print("tick ", v, " ")
		case <-quit:
			break loop
		}
	}
	fmt.Println("end")
	var nilch chan int
	select {
	case <-nilch:
	case nilch <- 1:
	default:
		fmt.Println("default")
	}
	var rw sync.RWMutex
	fmt.Println(rw.TryLock(), rw.TryRLock())
	rw.Unlock()
	m := map[int]int{}
	var l sync.Mutex
	for i := range 50 {
		wg.Go(func() { l.Lock(); defer l.Unlock(); m[i%7]++ })
	}
	wg.Wait()
	fmt.Println(m)
}

package main

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

type Barrier struct {
	mu    sync.Mutex
	cond  *sync.Cond
	n     int
	count int
	phase int
}

func NewBarrier(n int) *Barrier {
	b := &Barrier{n: n}
	b.cond = sync.NewCond(&b.mu)
	return b
}

func (b *Barrier) Wait() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	phase := b.phase
	b.count++
	if b.count == b.n {
		b.count = 0
		b.phase++
		b.cond.Broadcast()
		return phase
	}
	for phase == b.phase {
		b.cond.Wait()
	}
	return phase
}

type Semaphore chan struct{}

func (s Semaphore) Acquire() { s <- struct{}{} }
func (s Semaphore) Release() { <-s }
func (s Semaphore) With(f func()) {
	s.Acquire()
	defer s.Release()
	f()
}

type Group struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
}

func (g *Group) Go(f func() error) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		if err := f(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	}()
}
func (g *Group) Wait() error { g.wg.Wait(); return g.err }

type PubSub[T any] struct {
	mu   sync.Mutex
	subs map[string][]chan T
}

func (p *PubSub[T]) Subscribe(topic string) <-chan T {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.subs == nil {
		p.subs = make(map[string][]chan T)
	}
	ch := make(chan T, 4)
	p.subs[topic] = append(p.subs[topic], ch)
	return ch
}
func (p *PubSub[T]) Publish(topic string, v T) (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, ch := range p.subs[topic] {
		select {
		case ch <- v:
			n++
		default:
		}
	}
	return
}
func (p *PubSub[T]) Close() {
	for _, cs := range p.subs {
		for _, c := range cs {
			close(c)
		}
	}
}

func pingpong(n int) (log []string) {
	ping, pong := make(chan int), make(chan int)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for v := range ping {
			if v >= n {
				close(pong)
				return
			}
			pong <- v + 1
		}
	}()
	ping <- 0
	for v := range pong {
		log = append(log, fmt.Sprint("pong", v))
		ping <- v + 1
	}
	<-done
	return
}

func philosophers(n, meals int) (eaten []int) {
	forks := make([]sync.Mutex, n)
	eaten = make([]int, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			first, second := &forks[i], &forks[(i+1)%n]
			if i == n-1 {
				first, second = second, first
			}
			for range meals {
				first.Lock()
				second.Lock()
				eaten[i]++
				second.Unlock()
				first.Unlock()
			}
		}()
	}
	wg.Wait()
	return
}

func main() {
	b := NewBarrier(3)
	var mu sync.Mutex
	seen := make([][]int, 8)
	var wg sync.WaitGroup
	for id := range 3 {
		wg.Go(func() {
			for range 4 {
				p := b.Wait()
				mu.Lock()
				seen[p] = append(seen[p], id)
				mu.Unlock()
				b.Wait()
				if p%2 == 1 {
					continue
				}
			}
		})
	}
	done := make(chan bool)
	go func() { wg.Wait(); done <- true }()
	select {
	case <-done:
		fmt.Println("phases", len(seen[0]), len(seen[2]), len(seen[1]))
	case <-time.After(5 * time.Second):
		fmt.Println("stuck")
	}
	sem := make(Semaphore, 2)
	total := 0
	var g Group
	for i := 1; i <= 10; i++ {
		g.Go(func() error {
			sem.With(func() {
				mu.Lock()
				defer mu.Unlock()
				total += i
			})
			if i == 7 {
				return errors.New("seven")
			}
			return nil
		})
	}
	fmt.Println(g.Wait(), total, len(sem))
	var ps PubSub[map[string]int]
	c1, c2 := ps.Subscribe("a"), ps.Subscribe("a")
	c3 := ps.Subscribe("b")
	for i := range 6 {
		fmt.Print(ps.Publish("a", map[string]int{"i": i}), " ")
	}
	fmt.Println(ps.Publish("b", nil), ps.Publish("zzz", nil))
	ps.Close()
	n := 0
	for m := range c1 {
		n += m["i"]
	}
	fmt.Println(n, len(c2), <-c3 == nil)
	fmt.Println(pingpong(6))
	fmt.Println(philosophers(5, 20))
	var once sync.Once
	func() {
		defer func() { fmt.Println("once:", recover()) }()
		once.Do(func() { panic("in once") })
	}()
	once.Do(func() { fmt.Println("not again") })
	t := time.NewTicker(2 * time.Millisecond)
	k := 0
	for range t.C {
		if k++; k == 3 {
			t.Stop()
			break
		}
	}
	fmt.Println("ticks", k)
	res := make(chan string, 1)
	time.AfterFunc(time.Millisecond, func() { res <- "fired" })
	fmt.Println(<-res)
}

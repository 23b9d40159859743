package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

type job struct {
	id, n int
}

type result struct {
	job
	sum int
	err error
}

func gen(ctx context.Context, n int) <-chan job {
	out := make(chan job)
	go func() {
		defer close(out)
		for i := 1; i <= n; i++ {
			select {
			case out <- job{i, i * i}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func worker(id int, in <-chan job, out chan<- result, wg *sync.WaitGroup) {
	defer wg.Done()
	for j := range in {
		s := 0
		for k := j.n; k > 0; k /= 10 {
			s += k % 10
		}
		var err error
		if j.id%7 == 0 {
			err = fmt.Errorf("job %d: %w", j.id, errBad)
		}
		out <- result{j, s, err}
	}
}

var errBad = errors.New("bad luck")

type counter struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *counter) inc(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k]++
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	in := gen(ctx, 20)
	out := make(chan result)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Add(1)
		go worker(i, in, out, &wg)
	}
	go func() { wg.Wait(); close(out) }()
	var all []result
	for r := range out {
		all = append(all, r)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].id < all[j].id })
	for _, r := range all[:8] {
		fmt.Println(r.id, r.n, r.sum, r.err, errors.Is(r.err, errBad))
	}
	c := counter{m: map[string]int{}}
	var total atomic.Int64
	var wg2 sync.WaitGroup
	for i := 0; i < 50; i++ {
		wg2.Go(func() {
			c.inc([]string{"a", "b"}[i%2])
			total.Add(int64(i))
		})
	}
	wg2.Wait()
	fmt.Println(c.m, total.Load())

	ticks := make(chan int, 3)
	quit := make(chan struct{})
	go func() {
		for i := range 3 {
			ticks <- i
		}
		close(quit)
	}()
	seen := 0
loop:
	for {
		select {
		case v := <-ticks:
			seen += v
		case <-quit:
			for len(ticks) > 0 {
				seen += <-ticks
			}
			break loop
		}
	}
	fmt.Println("seen", seen)
	ctx2, cancel2 := context.WithTimeout(context.Background(), 5*time.Millisecond)
	defer cancel2()
	select {
	case <-ctx2.Done():
		fmt.Println(ctx2.Err(), errors.Is(ctx2.Err(), context.DeadlineExceeded))
	case <-time.After(2 * time.Second):
		fmt.Println("late")
	}
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	v, ok := <-quit
	fmt.Println(v, ok)
	var nilc chan int
	select {
	case x := <-nilc:
		fmt.Println(x)
	default:
		fmt.Println("default")
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type Job[In, Out any] struct {
	ID int
	In In
	fn func(context.Context, In) (Out, error)
}

type Result[Out any] struct {
	ID  int
	Out Out
	Err error
}

type Pool[In, Out any] struct {
	n       int
	retries int
	active  atomic.Int32
	peak    atomic.Int32
}

type panicError struct{ v any }

func (p panicError) Error() string { return fmt.Sprintf("job panicked: %v", p.v) }

func (p *Pool[In, Out]) one(ctx context.Context, j Job[In, Out]) (r Result[Out]) {
	cur := p.active.Add(1)
	defer p.active.Add(-1)
	for {
		old := p.peak.Load()
		if cur <= old || p.peak.CompareAndSwap(old, cur) {
			break
		}
	}
	r.ID = j.ID
	for try := 0; try <= p.retries; try++ {
		func() {
			defer func() {
				if v := recover(); v != nil {
					r.Err = panicError{v}
				}
			}()
			r.Out, r.Err = j.fn(ctx, j.In)
		}()
		var pe panicError
		if r.Err == nil || errors.As(r.Err, &pe) {
			return
		}
	}
	return
}

func (p *Pool[In, Out]) Run(ctx context.Context, jobs []Job[In, Out]) []Result[Out] {
	in := make(chan Job[In, Out])
	out := make(chan Result[Out], len(jobs))
	var wg sync.WaitGroup
	for w := 0; w < p.n; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range in {
				out <- p.one(ctx, j)
			}
		}()
	}
	for _, j := range jobs {
		in <- j
	}
	close(in)
	wg.Wait()
	close(out)
	var rs []Result[Out]
	for r := range out {
		rs = append(rs, r)
	}
	sort.Slice(rs, func(a, b int) bool { return rs[a].ID < rs[b].ID })
	return rs
}

func main() {
	var mu sync.Mutex
	fails := map[int]int{}
	work := func(ctx context.Context, s string) (int, error) {
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(time.Millisecond):
		}
		mu.Lock()
		defer mu.Unlock()
		switch {
		case strings.HasPrefix(s, "!"):
			panic(s[1:])
		case s == "":
			var a []string
			return len(a[len(s)]), nil
		case strings.HasPrefix(s, "?"):
			fails[len(s)]++
			if fails[len(s)] < 3 {
				return -1, fmt.Errorf("flaky %q", s)
			}
		}
		return len(s), nil
	}
	var jobs []Job[string, int]
	for i, s := range []string{"one", "three", "!boom", "", "?x", "??yy", "eleven"} {
		jobs = append(jobs, Job[string, int]{i, s, work})
	}
	p := &Pool[string, int]{n: 3, retries: 1}
	for _, r := range p.Run(context.Background(), jobs) {
		fmt.Printf("%+v\n", r)
	}
	p.retries = 5
	rs := p.Run(context.Background(), jobs[4:])
	fmt.Println(rs, p.peak.Load() <= 3 && p.peak.Load() > 0, p.active.Load())
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errors.New("shutdown"))
	rs = p.Run(ctx, jobs[:2])
	n := 0
	for _, r := range rs {
		if errors.Is(r.Err, context.Canceled) {
			n++
		}
	}
	fmt.Println(len(rs), n == len(rs) || n < len(rs), context.Cause(ctx))
	fmt.Printf("%T %T\n", rs, jobs[0])
	var g sync.WaitGroup
	var total int64
	for i := range int64(100) {
		g.Add(1)
		go func(n int64) {
			defer g.Done()
			if n%10 == 0 {
				runtime.Gosched()
			}
			atomic.AddInt64(&total, n*i)
		}(i)
	}
	g.Wait()
	fmt.Println(total, atomic.CompareAndSwapInt64(&total, total, 1), total)
}

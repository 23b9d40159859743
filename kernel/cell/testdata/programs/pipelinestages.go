package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

func generate[T any](ctx context.Context, xs ...T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for _, x := range xs {
			select {
			case <-ctx.Done():
				return
			case out <- x:
			}
		}
	}()
	return out
}

func mapStage[T, U any](in <-chan T, f func(T) U) <-chan U {
	out := make(chan U, 1)
	go func() {
		defer close(out)
		for x := range in {
			out <- f(x)
		}
	}()
	return out
}

func filter[T any](in <-chan T, ok func(T) bool) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for x := range in {
			if ok(x) {
				out <- x
			}
		}
	}()
	return out
}

func merge[T any](cs ...<-chan T) <-chan T {
	var wg sync.WaitGroup
	out := make(chan T)
	wg.Add(len(cs))
	for _, c := range cs {
		go func(c <-chan T) {
			defer wg.Done()
			for v := range c {
				out <- v
			}
		}(c)
	}
	go func() { wg.Wait(); close(out) }()
	return out
}

func collect[T any](in <-chan T) (out []T) {
	for v := range in {
		out = append(out, v)
	}
	return
}

type stageErr struct {
	stage string
	error
}

func (s stageErr) Unwrap() error { return s.error }

var errStop = errors.New("stop")

func run(ctx context.Context, limit int) (sum int, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	in := generate(ctx, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
	for v := range mapStage(in, func(i int) int { return i * i }) {
		if v > limit {
			cancel(stageErr{"square", errStop})
			break
		}
		sum += v
	}
	if c := context.Cause(ctx); c != nil {
		err = fmt.Errorf("run: %w", c)
	}
	return
}

func main() {
	ctx := context.WithValue(context.Background(), "k", 7)
	evens := filter(generate(ctx, 1, 2, 3, 4, 5, 6), func(i int) bool { return i%2 == 0 })
	strs := mapStage(evens, func(i int) string { return fmt.Sprintf("<%d>", i) })
	fmt.Println(collect(strs), ctx.Value("k"), ctx.Value("z"))
	m := collect(merge(generate(ctx, 1, 4), generate(ctx, 2, 5), generate(ctx, 3, 6)))
	slices.Sort(m)
	fmt.Println(m)
	sum, err := run(ctx, 30)
	var se stageErr
	fmt.Println(sum, err, errors.Is(err, errStop), errors.As(err, &se), se.stage)
	sum, err = run(ctx, 1000)
	fmt.Println(sum, err)
	tctx, cancel := context.WithTimeout(ctx, 10*time.Millisecond)
	defer cancel()
	select {
	case <-tctx.Done():
		fmt.Println(tctx.Err(), tctx.Err() == context.DeadlineExceeded, tctx.Value("k"))
	case <-time.After(5 * time.Second):
		fmt.Println("slow")
	}
	var once sync.Once
	res := make(chan int, 5)
	for i := range 5 {
		go func() {
			once.Do(func() { res <- 100 })
			res <- i
		}()
	}
	got := 0
	for range 6 {
		got += <-res
	}
	fmt.Println(got, len(res), cap(res))
}

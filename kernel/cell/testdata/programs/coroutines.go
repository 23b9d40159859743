package main

import (
	"errors"
	"fmt"
	"iter"
	"strings"
)

type Co[In, Out any] struct {
	resume func(In) (Out, bool)
	cancel func()
}

var ErrDone = errors.New("coroutine done")

func New[In, Out any](f func(yield func(Out) In, first In) Out) *Co[In, Out] {
	in, out := make(chan In), make(chan Out)
	done, ended := make(chan struct{}), make(chan struct{})
	started, finished := false, false
	var failure any
	c := &Co[In, Out]{}
	c.cancel = func() {
		if !finished {
			finished = true
			close(done)
		}
	}
	type stop struct{}
	run := func(first In) {
		defer close(ended)
		defer close(out)
		defer func() {
			if r := recover(); r != nil {
				if _, ok := r.(stop); !ok {
					failure = r
				}
			}
		}()
		yield := func(v Out) In {
			select {
			case out <- v:
			case <-done:
				panic(stop{})
			}
			select {
			case x := <-in:
				return x
			case <-done:
				panic(stop{})
			}
		}
		v := f(yield, first)
		select {
		case out <- v:
		case <-done:
		}
	}
	c.resume = func(x In) (v Out, ok bool) {
		if finished {
			return
		}
		if !started {
			started = true
			go run(x)
		} else {
			select {
			case in <- x:
			case <-ended:
				finished = true
				return
			}
		}
		v, ok = <-out
		if !ok {
			finished = true
			if failure != nil {
				panic(fmt.Sprint("in coroutine: ", failure))
			}
		}
		return
	}
	return c
}

func Gen[T any](f func(yield func(T))) iter.Seq[T] {
	return func(y func(T) bool) {
		stopped := false
		f(func(v T) {
			if !stopped && !y(v) {
				stopped = true
			}
		})
	}
}

func permutations[T any](xs []T) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		var rec func(k int) bool
		rec = func(k int) bool {
			if k == len(xs) {
				return yield(append([]T(nil), xs...))
			}
			for i := k; i < len(xs); i++ {
				xs[k], xs[i] = xs[i], xs[k]
				ok := rec(k + 1)
				xs[k], xs[i] = xs[i], xs[k]
				if !ok {
					return false
				}
			}
			return true
		}
		rec(0)
	}
}

func same(a, b iter.Seq[int]) (eq bool, at int) {
	na, sa := iter.Pull(a)
	defer sa()
	nb, sb := iter.Pull(b)
	defer sb()
	for ; ; at++ {
		x, okA := na()
		y, okB := nb()
		switch {
		case okA != okB, x != y:
			return false, at
		case !okA:
			return true, at
		}
	}
}

func tree(depth int, yield func(int)) {
	if depth == 0 {
		return
	}
	tree(depth-1, yield)
	yield(depth)
	tree(depth-1, yield)
}

func main() {
	avg := New(func(yield func(float64) float64, x float64) float64 {
		sum, n := x, 1.0
		for {
			x = yield(sum / n)
			if x < 0 {
				return -1
			}
			sum += x
			n++
		}
	})
	for _, x := range []float64{4, 8, 3, -1, 5} {
		v, ok := avg.resume(x)
		fmt.Print(v, ok, " ")
	}
	v, ok := avg.resume(1)
	fmt.Println(v, ok)
	echo := New(func(yield func(string) int, n int) string {
		for n > 0 {
			n = yield(strings.Repeat("x", n))
		}
		panic(ErrDone)
	})
	a, _ := echo.resume(3)
	b, _ := echo.resume(1)
	fmt.Println(a, b)
	func() {
		defer func() { fmt.Println(recover()) }()
		echo.resume(0)
	}()
	c := New(func(yield func(int) struct{}, _ struct{}) int {
		for i := 0; ; i++ {
			yield(i)
		}
	})
	for range 3 {
		v, _ := c.resume(struct{}{})
		fmt.Print(v, " ")
	}
	c.cancel()
	_, more := c.resume(struct{}{})
	fmt.Println(more)
	t3 := Gen(func(y func(int)) { tree(3, y) })
	for v := range t3 {
		fmt.Print(v, " ")
		if v == 3 {
			break
		}
	}
	fmt.Println()
	fmt.Println(same(t3, Gen(func(y func(int)) { tree(3, y) })))
	fmt.Println(same(t3, Gen(func(y func(int)) { tree(2, y) })))
	n := 0
	for p := range permutations([]string{"a", "b", "c"}) {
		if n++; p[0] == "c" {
			fmt.Println(n, p)
			break
		}
	}
	cnt := map[int]int{}
	for p := range permutations([]int{1, 2, 3, 4}) {
		inv := 0
		for i := range p {
			for j := range i {
				if p[j] > p[i] {
					inv++
				}
			}
		}
		cnt[inv]++
	}
	fmt.Println(cnt)
}

package main

import (
	"fmt"
	"runtime"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Goroutines and channels of every kind of element.

type point struct {
	x, y int
	name string
	f    func() int
}

type result struct {
	id  int
	err error
}

var (
	global = make(chan int, 4)
	pipes  = map[string]chan string{}
	mu     sync.Mutex
	total  int
)

func testBuffered() string {
	c := make(chan int, 3)
	r := fmt.Sprint(len(c), cap(c))
	c <- 1
	c <- 2
	r += fmt.Sprint(len(c), cap(c), <-c)
	v, ok := <-c
	close(c)
	w, ok2 := <-c
	_, ok3 := <-c
	return r + fmt.Sprint(v, ok, w, ok2, ok3, <-c+1)
}

func testElements() string {
	bs, fs, ss := make(chan bool, 1), make(chan float32, 1), make(chan string, 1)
	ps, xs, ms := make(chan *point, 1), make(chan []int, 1), make(chan map[string]int, 1)
	vs, es, as := make(chan point, 2), make(chan error, 1), make(chan any, 2)
	arr, none, funcs := make(chan [2]string, 1), make(chan struct{}, 1), make(chan func(int) int, 1)
	cc := make(chan chan int, 1)
	bs <- true
	fs <- 1.5
	ss <- "s"
	ps <- &point{x: 1}
	xs <- []int{1, 2}
	ms <- map[string]int{"a": 1}
	vs <- point{2, 3, "v", func() int { return 9 }}
	es <- fmt.Errorf("e")
	as <- 3
	as <- "any"
	arr <- [2]string{"p", "q"}
	none <- struct{}{}
	funcs <- func(n int) int { return n + 1 }
	cc <- make(chan int, 7)
	v := <-vs
	close(vs)
	z, ok := <-vs
	<-none
	return fmt.Sprint(<-bs, <-fs, <-ss, (<-ps).x, <-xs, <-ms, v.x, v.name, v.f(), z.x, z.f == nil, ok, <-es, <-as, <-as, (<-arr)[1], (<-funcs)(1), cap(<-cc))
}

func produce(n int, out chan<- int) {
	for i := range n {
		out <- i
	}
	close(out)
}

func square(in <-chan int, out chan<- int) {
	defer close(out)
	for v := range in {
		out <- v * v
	}
}

func testPipeline() string {
	a, b := make(chan int), make(chan int)
	go produce(10, a)
	go square(a, b)
	sum := 0
	for v := range b {
		sum += v
	}
	return fmt.Sprint(sum)
}

func testWorkers() string {
	jobs, results := make(chan int, 20), make(chan result)
	var wg sync.WaitGroup
	for w := range 3 {
		wg.Add(1)
		go func(id int) {
			defer wg.Done()
			for j := range jobs {
				var err error
				if j%4 == 0 {
					err = fmt.Errorf("job %d", j)
				}
				results <- result{j, err}
			}
			_ = id + w
		}(w)
	}
	for j := range 12 {
		jobs <- j
	}
	close(jobs)
	go func() { wg.Wait(); close(results) }()
	var out []string
	for r := range results {
		out = append(out, fmt.Sprint(r.id, r.err))
	}
	sort.Strings(out)
	return strings.Join(out, ",")
}

func testMutex() string {
	total = 0
	var wg sync.WaitGroup
	var n atomic.Int64
	for i := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 50 {
				mu.Lock()
				total += i
				mu.Unlock()
				n.Add(1)
				runtime.Gosched()
			}
		}()
	}
	wg.Wait()
	return fmt.Sprint(total, n.Load())
}

func testSelect() string {
	a, b := make(chan int, 1), make(chan string, 1)
	var none chan int
	r := ""
	pick := func() {
		select {
		case v := <-a:
			r += fmt.Sprint("a", v)
		case s, ok := <-b:
			r += fmt.Sprint("b", s, ok)
		case none <- 1:
			r += "never"
		default:
			r += "d"
		}
	}
	pick()
	a <- 1
	pick()
	b <- "x"
	pick()
	close(b)
	pick()
	return r
}

func testSelectSend() string {
	c := make(chan point, 1)
	xs := []int{0, 0}
	ok := false
	m := map[string]bool{}
	ints := make(chan int, 2)
	ints <- 5
	r := ""
	for i := range 3 {
		select {
		case c <- point{x: i, name: "n"}:
			r += "sent "
		case p := <-c:
			r += fmt.Sprint("got ", p.x, p.name, " ")
		}
		if len(c) == 1 && i == 0 {
			continue
		}
	}
	select {
	case xs[1], ok = <-ints:
	}
	ints <- 7
	select {
	case xs[0], m["k"] = <-ints:
	}
	return r + fmt.Sprint(xs, ok, m)
}

func testSelectLoop() string {
	tick, quit := make(chan int), make(chan bool)
	go func() {
		for i := range 5 {
			tick <- i
		}
		quit <- true
	}()
	n := 0
loop:
	for {
		select {
		case v := <-tick:
			if v == 2 {
				continue loop
			}
			n += v
		case <-quit:
			break loop
		}
	}
	timeout := false
	select {
	case <-tick:
	case <-time.After(5 * time.Millisecond):
		timeout = true
	}
	for i := range 3 {
		select {
		default:
			if i == 1 {
				break
			}
			n += 100
		}
	}
	return fmt.Sprint(n, timeout)
}

func testOrder() string {
	r := ""
	say := func(s string) string { r += s; return s }
	ch := func(s string, c chan string) chan string { r += s; return c }
	c, d := make(chan string, 3), make(chan string, 3)
	select {
	case ch("1", c) <- say("2"):
	case ch("3", nil) <- say("4"):
	}
	ch("5", d) <- say("6") + <-ch("7", c)
	x := 1
	set := func() int { x = 5; return 1 }
	ints := make(chan int, 1)
	ints <- 10
	y := x + <-ints + set()
	return r + <-d + fmt.Sprint(x, y)
}

func testClosures() string {
	c := make(chan int, 10)
	for i := range 3 {
		go func() { c <- i }()
	}
	go func(k int) { c <- k * 10 }(len(c) * 0)
	add := func(n int) { c <- n }
	go add(7)
	go point{x: 8}.push(c)
	p := &point{x: 9}
	go p.set(c, 4)
	p = nil
	var got []int
	for range 7 {
		got = append(got, <-c)
	}
	sort.Ints(got)
	return fmt.Sprint(got)
}

func (p point) push(c chan int)        { c <- p.x }
func (p *point) set(c chan int, n int) { p.x += n; c <- p.x }

func testOnce() string {
	var once sync.Once
	n := 0
	for range 3 {
		once.Do(func() { n++ })
	}
	return fmt.Sprint(n)
}

func testMapOfChannels() string {
	for _, k := range []string{"a", "b"} {
		pipes[k] = make(chan string, 1)
		pipes[k] <- k + k
	}
	global <- 3
	global <- 4
	f := func() <-chan int { return global }
	return <-pipes["a"] + <-pipes["b"] + fmt.Sprint(<-f(), <-global, pipes["none"] == nil, len(global), pipes["a"] == pipes["b"])
}

func testClosedSend() string {
	c := make(chan int, 1)
	close(c)
	c <- 1
	return ""
}

func testCloseTwice() string {
	c := make(chan string)
	close(c)
	close(c)
	return ""
}

func testCloseNil() string {
	var c chan point
	close(c)
	return ""
}

func testNegative() string {
	n := -1
	return fmt.Sprint(cap(make(chan int, n)))
}

func testNegativeStruct() string {
	n := -1
	return fmt.Sprint(cap(make(chan point, n)))
}

func testSelectClosed() string {
	c := make(chan int)
	close(c)
	select {
	case c <- 1:
	default:
	}
	return ""
}

func main() {}

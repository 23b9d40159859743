package main

import (
	"fmt"
	"sync"
	"time"
)

type msg struct {
	id   int
	body string
}

func producer(n int, done <-chan struct{}) (<-chan msg, <-chan error) {
	out, errc := make(chan msg), make(chan error, 1)
	go func() {
		defer close(out)
		defer close(errc)
		for i := range n {
			select {
			case out <- msg{i, fmt.Sprint("m", i)}:
			case <-done:
				errc <- fmt.Errorf("stopped early: %v", i >= 3)
				return
			}
		}
	}()
	return out, errc
}

func index() int { fmt.Print("idx "); return 1 }
func val() int   { fmt.Print("val "); return 42 }
func pick(cs []chan int) chan int {
	fmt.Print("pick ")
	return cs[0]
}

func main() {
	done := make(chan struct{})
	out, errc := producer(100000, done)
	for m := range out {
		fmt.Print(m.body, " ")
		if m.id == 2 {
			close(done)
			break
		}
	}
	for range out {
	}
	fmt.Println(<-errc)
	_, open := <-errc
	fmt.Println(open)

	cs := []chan int{make(chan int, 1), make(chan int, 1)}
	var arr [3]int
	select {
	case pick(cs) <- val():
		fmt.Println("sent")
	}
	select {
	case arr[index()] = <-cs[0]:
		fmt.Println("got", arr)
	case v, ok := <-cs[1]:
		fmt.Println(v, ok)
	}
	var nilc chan string
	n := 0
	timeout := time.After(3 * time.Second)
	tick := make(chan int, 3)
	for i := range 3 {
		tick <- i
	}
	close(tick)
loop:
	for {
		select {
		case nilc <- "never":
			fmt.Println("impossible")
		case v, ok := <-tick:
			if !ok {
				tick = nil
				fmt.Println("tick closed", n)
				break loop
			}
			if v == 1 {
				continue loop
			}
			n += v + 10
		case <-timeout:
			fmt.Println("timeout")
			return
		}
	}
	select {
	case <-tick:
	default:
		fmt.Println("default")
	}
	m := map[string]int{}
	c := make(chan int, 2)
	c <- 5
	select {
	case m["k"] = <-c:
	}
	var ok bool
	c <- 6
	select {
	case m["z"], ok = <-c:
	case <-nilc:
	}
	fmt.Println(m, ok)
	a, b := make(chan int), make(chan int)
	var wg sync.WaitGroup
	for _, ch := range []chan int{a, b} {
		wg.Go(func() {
			for i := range 100 {
				ch <- i
			}
			close(ch)
		})
	}
	sum, cnt := 0, 0
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				break
			}
			sum += v
			cnt++
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			sum += v
			cnt++
		}
	}
	wg.Wait()
	fmt.Println(sum, cnt)
	sem := make(chan struct{}, 2)
	var mu sync.Mutex
	cur, peak := 0, 0
	for range 10 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sem <- struct{}{}
			defer func() { <-sem }()
			mu.Lock()
			cur++
			peak = max(peak, cur)
			mu.Unlock()
			time.Sleep(time.Millisecond)
			mu.Lock()
			cur--
			mu.Unlock()
		}()
	}
	wg.Wait()
	fmt.Println(peak <= 2, cur, len(sem))
	req := make(chan chan<- string)
	go func() {
		for r := range req {
			r <- "pong"
		}
	}()
	reply := make(chan string)
	req <- reply
	fmt.Println(<-reply)
	timer := time.NewTimer(time.Hour)
	fmt.Println(timer.Stop())
	func() {
		select {
		case x := <-func() chan int { c := make(chan int, 1); c <- 3; return c }():
			defer fmt.Println("deferred", x)
			fmt.Println("in case", x)
		}
	}()
}

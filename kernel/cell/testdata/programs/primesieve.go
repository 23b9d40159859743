package main

import (
	"fmt"
	"math"
	"sort"
)

func generate(ch chan<- int, stop <-chan bool) {
	for i := 2; ; i++ {
		select {
		case ch <- i:
		case <-stop:
			close(ch)
			return
		}
	}
}

func filter(in <-chan int, out chan<- int, p int) {
	defer close(out)
	for i := range in {
		if i%p != 0 {
			out <- i
		}
	}
}

type BitSet []uint64

func NewBitSet(n int) BitSet    { return make(BitSet, (n+63)/64) }
func (b BitSet) Set(i int)      { b[i>>6] |= 1 << (uint(i) & 63) }
func (b BitSet) Clear(i int)    { b[i>>6] &^= 1 << (i & 63) }
func (b BitSet) Has(i int) bool { return b[i/64]&(1<<(i%64)) != 0 }
func (b *BitSet) Grow(n int)    { *b = append(*b, make(BitSet, n)...) }
func (b BitSet) Count() (n int) {
	for _, w := range b {
		for ; w != 0; w &= w - 1 {
			n++
		}
	}
	return
}

func sieve(n int) (primes []int, bs BitSet) {
	bs = NewBitSet(n + 1)
	for i := 2; i <= n; i++ {
		bs.Set(i)
	}
	for i := 2; i*i <= n; i++ {
		if bs.Has(i) {
			for j := i * i; j <= n; j += i {
				bs.Clear(j)
			}
		}
	}
	for i := 0; i <= n; i++ {
		if bs.Has(i) {
			primes = append(primes, i)
		}
	}
	return
}

func factor(n int) map[int]int {
	f := make(map[int]int)
	for d := 2; d <= int(math.Sqrt(float64(n))); d++ {
		for n%d == 0 {
			f[d]++
			n /= d
		}
	}
	if n > 1 {
		f[n]++
	}
	return f
}

func perfect(n int) bool {
	s := 1
	for i := 2; i*i <= n; i++ {
		if n%i == 0 {
			if s += i; i*i != n {
				s += n / i
			}
		}
	}
	return n > 1 && s == n
}

func collatz(n uint) (steps int, peak uint) {
	for peak = n; n != 1; steps++ {
		if n&1 == 0 {
			n >>= 1
		} else {
			n = 3*n + 1
		}
		peak = max(peak, n)
	}
	return
}

func main() {
	ch, stop := make(chan int), make(chan bool)
	go generate(ch, stop)
	src := ch
	for range 10 {
		p := <-ch
		fmt.Print(p, " ")
		next := make(chan int)
		go filter(ch, next, p)
		ch = next
	}
	close(stop)
	for range ch {
	}
	_, open := <-src
	fmt.Println(open)
	ps, bs := sieve(200)
	fmt.Println(len(ps), ps[len(ps)-3:], bs.Count(), len(bs))
	bs.Grow(2)
	bs.Set(300)
	fmt.Println(len(bs), bs.Has(300), bs.Has(301), bs[4]>>44)
	i := sort.SearchInts(ps, 100)
	fmt.Println(i, ps[i])
	fmt.Println(factor(360), factor(97), factor(1<<16+1))
	for n := range 10000 {
		if perfect(n) {
			fmt.Print(n, " ")
		}
	}
	fmt.Println()
	best, at := 0, uint(0)
	for n := uint(1); n < 1000; n++ {
		if s, _ := collatz(n); s > best {
			best, at = s, n
		}
	}
	fmt.Println(collatz(27))
	fmt.Println(best, at)
	twin := func(ps []int) (out [][2]int) {
		for i := range ps[1:] {
			if ps[i+1]-ps[i] == 2 {
				out = append(out, [...]int{ps[i], ps[i+1]})
			}
		}
		return
	}
	fmt.Println(twin(ps)[:5], len(twin(ps)))
}

package par

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestChunks(t *testing.T) {
	for _, c := range []struct{ n, grain, count, size int }{
		{0, 4, 0, 4}, {-1, 4, 0, 4}, {1, 4, 1, 4}, {4, 4, 1, 4}, {5, 4, 2, 4},
		{10, 0, 10, 1}, {1000, 1, 125, 8}, {128 * 4, 4, 128, 4}, {128*4 + 1, 4, 65, 8},
	} {
		if count, size := Chunks(c.n, c.grain); count != c.count || size != c.size {
			t.Errorf("Chunks(%d, %d) = %d, %d; want %d, %d", c.n, c.grain, count, size, c.count, c.size)
		}
	}
}

// TestCover checks that every item is met once, in chunks at the places that
// Chunks promises, for several GOMAXPROCS.
func TestCover(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, procs := range []int{1, 2, 3, 8} {
		runtime.GOMAXPROCS(procs)
		for _, n := range []int{0, 1, 2, 63, 64, 65, 1000, 4097} {
			for _, grain := range []int{0, 1, 7, 64, 5000} {
				met := make([]int32, n)
				_, size := Chunks(n, grain)
				For(n, grain, func(lo, hi int) {
					if lo%size != 0 || (hi-lo != size && hi != n) {
						t.Errorf("n=%d grain=%d: chunk [%d,%d)", n, grain, lo, hi)
					}
					for i := lo; i < hi; i++ {
						atomic.AddInt32(&met[i], 1)
					}
				})
				for i, m := range met {
					if m != 1 {
						t.Fatalf("procs=%d n=%d grain=%d: item %d met %d times", procs, n, grain, i, m)
					}
				}
			}
		}
	}
}

func sum(x []float64) float64 {
	count, size := Chunks(len(x), 100)
	parts := make([]float64, count)
	For(len(x), 100, func(lo, hi int) {
		for _, v := range x[lo:hi] {
			parts[lo/size] += v
		}
	})
	s := 0.0
	for _, p := range parts {
		s += p
	}
	return s
}

func TestSameBits(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	x := make([]float64, 5000)
	for i := range x {
		x[i] = math.Sin(float64(i)) * math.Exp(float64(i%40))
	}
	runtime.GOMAXPROCS(1)
	want := sum(x)
	for _, procs := range []int{2, 5} {
		runtime.GOMAXPROCS(procs)
		if got := sum(x); got != want {
			t.Errorf("GOMAXPROCS=%d: %v, want %v", procs, got, want)
		}
	}
}

func TestPanic(t *testing.T) {
	want := errors.New("boom")
	for _, at := range []int{0, 1, 500, 999} {
		func() {
			defer func() {
				if v := recover(); v != want {
					t.Errorf("panic at %d: recovered %v", at, v)
				}
			}()
			For(1000, 1, func(lo, hi int) {
				if lo <= at && at < hi {
					panic(want)
				}
				time.Sleep(time.Microsecond)
			})
			t.Errorf("panic at %d: For returned", at)
		}()
	}
	if s := sum([]float64{1, 2, 3}); s != 6 {
		t.Errorf("after the panics: %v", s)
	}
}

func TestGoexit(t *testing.T) {
	var wg sync.WaitGroup
	wg.Go(func() {
		defer func() { recover() }()
		For(1000, 1, func(lo, hi int) {
			time.Sleep(10 * time.Microsecond)
			runtime.Goexit()
		})
	})
	wg.Wait()
	for range 5 {
		TestNested(t)
	}
}

func TestNested(t *testing.T) {
	var n atomic.Int64
	For(20, 1, func(lo, hi int) {
		For(50, 1, func(lo, hi int) {
			For(10, 1, func(lo, hi int) { n.Add(int64(hi - lo)) })
		})
	})
	if n.Load() != 20*50*10 {
		t.Errorf("%d items", n.Load())
	}
}

func TestConcurrentCallers(t *testing.T) {
	var wg sync.WaitGroup
	for g := range 6 {
		wg.Go(func() {
			for i := range 300 {
				n := 10 + (g*31+i)%500
				x := make([]int, n)
				For(n, 8, func(lo, hi int) {
					for k := lo; k < hi; k++ {
						x[k] = k
					}
				})
				for k := range x {
					if x[k] != k {
						t.Errorf("item %d not done when For returned", k)
						return
					}
				}
			}
		})
	}
	wg.Wait()
}

// TestHelps checks that a second goroutine does take part.
func TestHelps(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	runtime.GOMAXPROCS(2)
	var seen sync.Map
	n := 0
	for i := 0; i < 200 && n < 2; i++ {
		For(64, 1, func(lo, hi int) {
			var buf [32]byte
			runtime.Stack(buf[:], false)
			seen.Store(string(buf[:20]), true)
			time.Sleep(50 * time.Microsecond)
		})
		n = 0
		seen.Range(func(any, any) bool { n++; return true })
	}
	if n < 2 {
		t.Error("only the caller's goroutine ran chunks")
	}
}

type count struct{ n atomic.Int64 }

func (c *count) Chunk(lo, hi int) { c.n.Add(int64(hi - lo)) }

func TestRunMakesNoGarbage(t *testing.T) {
	c := new(count)
	if a := testing.AllocsPerRun(200, func() { Run(1000, 10, c) }); a >= 1 {
		t.Errorf("%v allocations per Run", a)
	}
}

func ExampleFor() {
	x := make([]int, 10)
	For(len(x), 4, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			x[i] = i * i
		}
	})
	fmt.Println(x)
	// Output: [0 1 4 9 16 25 36 49 64 81]
}

func BenchmarkRun(b *testing.B) {
	c := new(count)
	for b.Loop() {
		Run(2, 1, c)
	}
}

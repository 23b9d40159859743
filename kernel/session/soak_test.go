package session

import (
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"
	"time"

	"descent/kernel/link"
)

// TestSoak runs many cells of every kind in one session: what the process holds
// must stay flat.
func TestSoak(t *testing.T) {
	c := start(t)
	c.ok("import \"time\"\nv := 0\nfunc deep(n int) int { if n == 0 { panic(\"bottom\") }; return deep(n-1) }\nch := make(chan int)")
	kinds := []struct {
		code      string
		interrupt bool
	}{
		{"v++\nv", false},
		{"fmt.Println(\"line\", v)", false},
		{"nosuch + v", false},
		{"deep(5)", false},
		{"display.Show(v)", false},
		{"type T struct{ A int }\nT{v}", false},
		{"func f(x int) int { return x * 2 }\nf(v)", false},
		{"go func() { ch <- v }()\n<-ch", false},
		{"for {}", true},
		{"<-ch", true},
		{"time.Sleep(time.Minute)", true},
		{"go func() { panic(\"g\") }()\ntime.Sleep(time.Second)", false},
		{"m := map[string]int{\"a\": v}\nm[\"a\"]", false},
		{"dl.Ones(10, 10).Sum().Item()", false},
	}
	r := rand.New(rand.NewPCG(1, 2))
	round := func(n int) {
		for range n {
			k := kinds[r.IntN(len(kinds))]
			id, reply := c.begin(link.Execute{Code: k.code})
			if k.interrupt {
				time.Sleep(3 * time.Millisecond)
				if err := c.conn.Send(link.New(link.TypeInterrupt, id, link.Interrupt{})); err != nil {
					t.Fatal(err)
				}
			}
			c.wait(id, reply)
			c.mu.Lock()
			c.events = nil
			c.mu.Unlock()
		}
	}
	// Goroutines of cells that have ended may take a moment to end too.
	measure := func(atMost int) (goroutines, files int, heap uint64) {
		for end := time.Now().Add(patience); runtime.NumGoroutine() > atMost && time.Now().Before(end); {
			time.Sleep(10 * time.Millisecond)
		}
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		d, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			d = nil // not Linux: files are not counted
		}
		return runtime.NumGoroutine(), len(d), m.HeapAlloc
	}
	round(100)
	time.Sleep(100 * time.Millisecond)
	g0, f0, h0 := measure(math.MaxInt)
	const n = 400
	round(n)
	g1, f1, h1 := measure(g0 + 5)
	per := (int64(h1) - int64(h0)) / n
	t.Logf("%d cells: goroutines %d to %d, files %d to %d, heap %d bytes a cell", n, g0, g1, f0, f1, per)
	if g1 > g0+5 || f1 > f0+2 || per > 30<<10 {
		t.Error("the session grows")
	}
}

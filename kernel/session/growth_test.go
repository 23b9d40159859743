package session

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"descent/kernel/link"
)

// kept returns the bytes that are alive.
func kept() int64 {
	for range 3 { // cleanups of what one collection finds free more
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// quiet runs a cell of which nothing is looked at but that it succeeds.
func (c *client) quiet(code string) {
	c.t.Helper()
	id, reply := c.begin(link.Execute{Code: code, StoreHistory: true})
	if o := c.wait(id, reply); o.reply.Status != "ok" {
		c.t.Fatalf("%s\n%s", code, o.trace())
	}
	c.mu.Lock()
	c.events = nil
	c.mu.Unlock()
}

// TestThousandCells runs 1,000 cells, each with something new, and the tier on: they
// keep less than 30 MB, and the last ones cost little more than the first, counted in
// bytes allocated: the interpreter copies a list of all variables for each.
func TestThousandCells(t *testing.T) {
	c := start(t)
	c.quiet("fmt.Println(1)")
	before := kept()
	var first, last uint64
	for i := range 250 {
		var m0, m1 runtime.MemStats
		runtime.ReadMemStats(&m0)
		for _, code := range []string{
			"x$ := $\nfmt.Println(x$)",
			"func f$(n int) int {\n\tif n == 0 {\n\t\treturn x$\n\t}\n\treturn f$(n-1) + 1\n}",
			"type T$ struct{ a, b int }\n\nfunc (t *T$) Sum() int { return t.a + t.b }\nv$ := &T${1, f$(2)}",
			"for i := range 3 {\n\tx$ += v$.Sum() * i\n}\nx$",
		} {
			c.quiet(strings.ReplaceAll(code, "$", fmt.Sprint(i)))
		}
		runtime.ReadMemStats(&m1)
		switch n := m1.TotalAlloc - m0.TotalAlloc; {
		case i >= 5 && i < 30:
			first += n
		case i >= 225:
			last += n
		}
	}
	grown := float64(kept()-before) / 1e6
	t.Logf("%.1f MB kept; the first 100 cells allocate %d bytes, the last %d", grown, first, last)
	if grown > 30 {
		t.Errorf("1,000 cells keep %.1f MB", grown)
	}
	if last > 4*first {
		t.Errorf("the last cells allocate %d bytes, the first %d", last, first)
	}
}

// TestRedefinition runs the same cells again and again: what nothing can reach any
// more is forgotten.
func TestRedefinition(t *testing.T) {
	c := start(t)
	c.quiet("v := 0\nch := make(chan int)")
	for _, tt := range []struct {
		name, code string // $ is another number in each cell
		most       int64  // bytes that a cell may keep
	}{
		{"expression", "v + 1", 2 << 10},
		{"printing", "fmt.Println(v)", 2 << 10},
		{"the same function", "func f(x int) int { return x * 2 }\nf(v)", 2 << 10},
		{"another function", "func f(x int) int { return x * $ }\nf(v)", 2 << 10},
		{"another function with a loop", "func g(x int) int { s := 0; for i := range x { s += i * $ }; return s }\ng(10)", 2 << 10},
		{"another function with a closure", "func h(x int) func() int { return func() int { return x * $ } }\nh(10)()", 2 << 10},
		{"variable", "w := $", 2 << 10},
		{"loop", "for i := range 100 { v += i }", 2 << 10},
		{"goroutine", "go func() { ch <- v }()\n<-ch", 2 << 10},
		{"another method", "type M struct{ a int }\nfunc (m M) Get() int { return m.a + $ }\nM{v}.Get()", 64 << 10},
	} {
		run := func(from, n int) {
			for i := range n {
				c.quiet(strings.ReplaceAll(tt.code, "$", fmt.Sprint(from+i)))
			}
		}
		run(1000, 20)
		before := kept()
		const n = 150
		run(2000, n)
		per := (kept() - before) / n
		t.Logf("%s: %d bytes", tt.name, per)
		if per > tt.most {
			t.Errorf("%s: a cell keeps %d bytes", tt.name, per)
		}
	}
}

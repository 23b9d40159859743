package cell_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"descent/kernel/cell"
)

// thousand returns the sources of a long session.
func thousand() []string {
	var cells []string
	for i := range 250 {
		cells = append(cells,
			fmt.Sprintf("x%d := %d\nfmt.Println(x%d)", i, i, i),
			fmt.Sprintf("func f%d(n int) int {\n\tif n == 0 {\n\t\treturn x%d\n\t}\n\treturn f%d(n-1) + 1\n}", i, i, i),
			fmt.Sprintf("type T%d struct{ a, b int }\n\nfunc (t *T%d) Sum() int { return t.a + t.b }\nv%d := &T%d{1, f%d(2)}", i, i, i, i, i),
			fmt.Sprintf("for i := range 3 {\n\tx%d += v%d.Sum() * i\n}\nx%d", i, i, i),
		)
	}
	return cells
}

// TestThousandCells compiles a session of 1,000 cells: the last ones take no longer
// than the first, and what stays in memory is small.
func TestThousandCells(t *testing.T) {
	c := cell.New(cell.Options{Importer: newImporter(), Preload: []cell.Import{{Name: "fmt", Path: "fmt"}}})
	var before, after runtime.MemStats
	var times []time.Duration
	compile := func(i int, src string) {
		start := time.Now()
		p, d := c.Compile(i, src)
		times = append(times, time.Since(start))
		if d != nil {
			t.Fatalf("cell %d: %v", i, d)
		}
		c.Commit(p)
	}
	compile(0, `fmt.Println("warm")`)
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i, src := range thousand() {
		compile(i+1, src)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	median := func(d []time.Duration) time.Duration {
		d = slices.Clone(d)
		slices.Sort(d)
		return d[len(d)/2]
	}
	first, last := median(times[1:101]), median(times[901:])
	kept := (float64(after.HeapAlloc) - float64(before.HeapAlloc)) / 1e6
	t.Logf("median of the first 100 cells %v, of the last 100 %v, %.1f MB kept", first, last, kept)
	if last > 2*first+time.Millisecond {
		t.Errorf("the last cells take %v, the first took %v", last, first)
	}
	if kept > 30 {
		t.Errorf("1,000 cells keep %.1f MB", kept)
	}
	runtime.KeepAlive(c)
}

func BenchmarkCompile(b *testing.B) {
	c := cell.New(cell.Options{Importer: newImporter(), Preload: []cell.Import{{Name: "fmt", Path: "fmt"}}})
	for i, src := range thousand()[:8] {
		p, d := c.Compile(i+1, src)
		if d != nil {
			b.Fatal(d)
		}
		c.Commit(p)
	}
	for b.Loop() {
		if _, d := c.Compile(9, "for i := range 3 {\n\tx0 += v0.Sum() * i\n}\nx0"); d != nil {
			b.Fatal(d)
		}
	}
}

package cell_test

import (
	"cmp"
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

// TestThousandCells compiles a session of 1,000 cells: the last ones cost no more
// work, which is counted in bytes allocated, than the first, and what stays in
// memory is small.
func TestThousandCells(t *testing.T) {
	c := cell.New(cell.Options{Importer: newImporter(), Preload: []cell.Import{{Name: "fmt", Path: "fmt"}}})
	var before, after, start, end runtime.MemStats
	var work []uint64
	var times []time.Duration
	compile := func(i int, src string) {
		runtime.ReadMemStats(&start)
		began := time.Now()
		p, d := c.Compile(i, src)
		times = append(times, time.Since(began))
		runtime.ReadMemStats(&end)
		work = append(work, end.TotalAlloc-start.TotalAlloc)
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
	first, last := median(work[1:101]), median(work[901:])
	kept := (float64(after.HeapAlloc) - float64(before.HeapAlloc)) / 1e6
	t.Logf("median of the first 100 cells %v and %d bytes, of the last 100 %v and %d bytes, %.1f MB kept",
		median(times[1:101]), first, median(times[901:]), last, kept)
	if last > first+first/2 {
		t.Errorf("the last cells allocate %d bytes, the first %d", last, first)
	}
	if kept > 30 {
		t.Errorf("1,000 cells keep %.1f MB", kept)
	}
	runtime.KeepAlive(c)
}

func median[T cmp.Ordered](s []T) T {
	s = slices.Clone(s)
	slices.Sort(s)
	return s[len(s)/2]
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

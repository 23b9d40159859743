package pool

import (
	"sync"
	"testing"
)

func TestClass(t *testing.T) {
	last := -1
	lastCap := 0
	for n := 1; n < 70000; n++ {
		i, c := class(n)
		if c < n {
			t.Fatalf("class(%d) holds only %d", n, c)
		}
		if n > minClass && c > n+n/3 {
			t.Fatalf("class(%d) wastes: %d", n, c)
		}
		if i < last || (i == last) != (c == lastCap) {
			t.Fatalf("class(%d) = %d,%d after %d,%d", n, i, c, last, lastCap)
		}
		if j, d := class(c); j != i || d != c {
			t.Fatalf("class(%d) = %d,%d but class of its capacity is %d,%d", n, i, c, j, d)
		}
		last, lastCap = i, c
	}
	if i, _ := class(1 << 40); i >= numClasses {
		t.Fatalf("class of 2^40 is %d", i)
	}
}

func TestReuse(t *testing.T) {
	a := Float32s(100_000)
	a[0] = 7
	Put(a)
	b := Float32s(99_999)
	if &a[0] != &b[0] {
		t.Error("a buffer that was put back was not used again")
	}
	if len(b) != 99_999 {
		t.Errorf("len = %d", len(b))
	}
	c := Float32s(99_999)
	if &c[0] == &b[0] {
		t.Error("one buffer given to two callers")
	}
}

func TestForeign(t *testing.T) {
	Put(nil)
	Put(make([]float32, 1000)) // 1000 is no class
	part := Float32s(4096)
	Put(part[1:])
	if next := Float32s(4096); &next[0] == &part[1] {
		t.Error("a part of a buffer was accepted")
	}
	if s := Float32s(0); len(s) != 0 {
		t.Error("Float32s(0) is not empty")
	}
}

func TestTrim(t *testing.T) {
	var b buffers[float32]
	b.put(b.get(1 << 12))
	b.trim()
	b.trim()
	i, _ := class(1 << 12)
	if n := len(b.lists[i].free); n != 1 {
		t.Fatalf("trimmed too early: %d buffers", n)
	}
	b.trim()
	if n := len(b.lists[i].free); n != 0 {
		t.Fatalf("kept %d buffers that nobody asked for", n)
	}
	for range 4 { // a buffer in use between collections stays
		b.put(b.get(1 << 12))
		b.trim()
	}
	if n := len(b.lists[i].free); n != 1 {
		t.Fatalf("dropped a buffer in use: %d left", n)
	}
}

func TestConcurrent(t *testing.T) {
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 500 {
				s := Float32s(100 + 37*i%5000)
				for j := range s {
					s[j] = float32(g)
				}
				for j := range s {
					if s[j] != float32(g) {
						t.Error("a buffer is shared")
						return
					}
				}
				Put(s)
			}
		})
	}
	wg.Wait()
}

func TestNoGarbage(t *testing.T) {
	Put(Float32s(5000))
	if n := testing.AllocsPerRun(100, func() { Put(Float32s(5000)) }); n > 0 {
		t.Errorf("%v allocations per use", n)
	}
}

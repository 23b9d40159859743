package recycle

import (
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"
)

func TestClass(t *testing.T) {
	prev, prevCap := -1, 0
	for n := minLen; n <= 200_000; n++ {
		i, c := class(n)
		if c < n || c > n+n/4+1 {
			t.Fatalf("class(%d): capacity %d", n, c)
		}
		if i != prev && n != prevCap+1 && prev >= 0 {
			t.Fatalf("class %d begins at %d, after capacity %d", i, n, prevCap)
		}
		if i < prev || i >= numClasses {
			t.Fatalf("class(%d) = %d", n, i)
		}
		prev, prevCap = i, c
	}
	if i, c := class(maxLen); i >= numClasses || c != maxLen {
		t.Errorf("class(maxLen) = %d, %d", i, c)
	}
}

// TestBuffersComeBack allocates far more than is kept.
func TestBuffersComeBack(t *testing.T) {
	const n = 1 << 20
	var m0, m1 runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m0)
	for i := range 400 {
		b := Float32s(n)
		b[0], b[n-1] = float32(i), float32(i)
	}
	runtime.ReadMemStats(&m1)
	if got := (m1.TotalAlloc - m0.TotalAlloc) >> 20; got > 800 {
		t.Errorf("%d MiB were allocated for 1600 MiB handed out: little was recycled", got)
	}
}

// TestNoOneElsesMemory keeps slices of buffers, some of them only parts, while
// other goroutines allocate and collect: what is kept must not change.
func TestNoOneElsesMemory(t *testing.T) {
	var wg sync.WaitGroup
	stop := make(chan struct{})
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				runtime.GC()
				time.Sleep(time.Millisecond)
			}
		}
	})
	var workers sync.WaitGroup
	for w := range 4 {
		workers.Go(func() {
			r := rand.New(rand.NewPCG(1, uint64(w)))
			type kept struct {
				part []float32
				mark float32
			}
			var keep []kept
			for i := range 1500 {
				n := minLen + r.IntN(3*minLen)
				b := Float32s(n)
				if len(b) != n || cap(b) != n {
					t.Errorf("length %d, capacity %d, want %d", len(b), cap(b), n)
					return
				}
				mark := float32(w*10_000 + i)
				for k := range b {
					b[k] = mark
				}
				at := r.IntN(n)
				part := b[at : at+r.IntN(n-at)+1] // an inner pointer is all that is left of some
				if len(keep) < 40 {
					keep = append(keep, kept{part, mark})
				} else {
					k := &keep[r.IntN(len(keep))]
					for j, v := range k.part {
						if v != k.mark {
							t.Errorf("kept memory changed at %d: %v, want %v", j, v, k.mark)
							return
						}
					}
					*k = kept{part, mark}
				}
			}
		})
	}
	workers.Wait()
	close(stop)
	wg.Wait()
}

func TestSmallAndHuge(t *testing.T) {
	for _, n := range []int{0, 1, minLen - 1} {
		b := Float32s(n)
		for _, v := range b {
			if v != 0 {
				t.Fatal("a small buffer was not fresh")
			}
		}
		if len(b) != n {
			t.Errorf("length %d, want %d", len(b), n)
		}
	}
}

func BenchmarkFloat32s(b *testing.B) {
	for b.Loop() {
		Float32s(1 << 20)
	}
}

// TestStream gives back buffers in both ways, to a pool of its own: finalizers of other
// tests fill the one of the package.
func TestStream(t *testing.T) {
	if _, stream := Results(streamLen - 1); stream {
		t.Error("a small result is to be streamed")
	}
	const n = streamLen + 1
	var s state
	buf, warm := s.get(n)
	if warm {
		t.Error("new memory counts as warm")
	}
	at := &buf[0]
	s.put(buf)
	buf, warm = s.get(n)
	if &buf[0] != at {
		t.Fatal("what was put back did not come next")
	}
	if !warm {
		t.Error("memory that was just used does not count as warm")
	}
	i, c := class(n)
	s.reclaim(block{buf: buf[:1:1]}, i) // as the finalizer does, but for the length
	s.mu.Lock()
	b := s.pop(i, c)
	s.mu.Unlock()
	if b.buf == nil || b.warm {
		t.Error("what the collector gave back counts as warm")
	}
}

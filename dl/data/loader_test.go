package data

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"descent/dl"
)

// orders returns the sample numbers of some epochs.
func orders(l *Loader, epochs int) [][]int {
	out := make([][]int, epochs)
	for e := range out {
		for b := range l.All() {
			out[e] = append(out[e], b.Indices...)
		}
	}
	return out
}

func TestLoaderOrder(t *testing.T) {
	d := ramp(10, 2)
	tests := []struct {
		name  string
		o     LoaderOptions
		sizes []int
	}{
		{"default", LoaderOptions{}, []int{10}},
		{"short last batch", LoaderOptions{BatchSize: 4}, []int{4, 4, 2}},
		{"drop last", LoaderOptions{BatchSize: 4, DropLast: true}, []int{4, 4}},
		{"exact", LoaderOptions{BatchSize: 5, DropLast: true}, []int{5, 5}},
		{"shuffled", LoaderOptions{BatchSize: 3, Shuffle: true, Seed: 1}, []int{3, 3, 3, 1}},
	}
	for _, tt := range tests {
		for _, prefetch := range []int{0, 1, 2, 16} {
			t.Run(fmt.Sprintf("%s, prefetch %d", tt.name, prefetch), func(t *testing.T) {
				tt.o.Prefetch = prefetch
				l := NewLoader(d, tt.o)
				var sizes, all []int
				for b := range l.All() {
					sizes = append(sizes, b.Len())
					all = append(all, b.Indices...)
					for k, i := range b.Indices {
						if b.X.At(k, 1) != float64(2*i+1) || b.Y.At(k) != float64(i%3) {
							t.Fatalf("row %d is not sample %d", k, i)
						}
					}
				}
				if !slices.Equal(sizes, tt.sizes) || l.Len() != len(sizes) || l.Samples() != len(all) {
					t.Errorf("batches of %v, want %v; Len() = %d, Samples() = %d", sizes, tt.sizes, l.Len(), l.Samples())
				}
				if tt.o.Shuffle == slices.IsSorted(all) {
					t.Errorf("order %v", all)
				}
				slices.Sort(all)
				if len(slices.Compact(all)) != l.Samples() {
					t.Error("a sample came twice")
				}
			})
		}
	}
}

func TestShuffleIsReproducible(t *testing.T) {
	d := ramp(50, 1)
	a := orders(NewLoader(d, LoaderOptions{BatchSize: 8, Shuffle: true, Seed: 7}), 3)
	b := orders(NewLoader(d, LoaderOptions{BatchSize: 5, Shuffle: true, Seed: 7, Prefetch: 3}), 3)
	c := orders(NewLoader(d, LoaderOptions{BatchSize: 8, Shuffle: true, Seed: 8}), 1)
	for e := range a {
		if !slices.Equal(a[e], b[e]) {
			t.Errorf("epoch %d: the same seed gave another order", e)
		}
	}
	if slices.Equal(a[0], a[1]) || slices.Equal(a[1], a[2]) {
		t.Error("two epochs have the same order")
	}
	if slices.Equal(a[0], c[0]) {
		t.Error("another seed gave the same order")
	}

	l := NewLoader(d, LoaderOptions{BatchSize: 8, Shuffle: true, Seed: 7})
	l.SetEpoch(2)
	if got := orders(l, 1)[0]; !slices.Equal(got, a[2]) || l.Epoch() != 3 {
		t.Error("SetEpoch does not repeat the epoch")
	}

	// Without a seed, ManualSeed decides.
	seeded := func(seed uint64) [][]int {
		dl.ManualSeed(seed)
		return orders(NewLoader(d, LoaderOptions{Shuffle: true}), 2)
	}
	x, y, z := seeded(1), seeded(1), seeded(2)
	if !slices.Equal(x[1], y[1]) || slices.Equal(x[1], z[1]) || slices.Equal(x[0], x[1]) {
		t.Error("ManualSeed does not decide the orders")
	}
	dl.ManualSeed(1)
	first, second := NewLoader(d, LoaderOptions{Shuffle: true}), NewLoader(d, LoaderOptions{Shuffle: true})
	if slices.Equal(orders(first, 1)[0], orders(second, 1)[0]) {
		t.Error("two loaders without a seed have the same order")
	}
}

func TestFirst(t *testing.T) {
	l := NewLoader(ramp(20, 1), LoaderOptions{BatchSize: 4, Shuffle: true, Seed: 3})
	peek := l.First()
	if l.Epoch() != 0 {
		t.Errorf("First began epoch %d", l.Epoch()-1)
	}
	for b := range l.All() {
		if !slices.Equal(b.Indices, peek.Indices) {
			t.Errorf("First gave %v, the epoch begins with %v", peek.Indices, b.Indices)
		}
		break
	}
}

func TestSampler(t *testing.T) {
	// Class 2 is one sample of a hundred, and is drawn as often as the others.
	y := make([]int64, 100)
	for i := range y {
		y[i] = int64(i % 2)
	}
	y[50] = 2
	labels := dl.FromInt64s(y, 100)
	l := NewLoader(NewTensorDataset(dl.Zeros(100, 1), labels), LoaderOptions{BatchSize: 10, Sampler: BalancedSampler(labels), Seed: 1})
	var counts [3]int
	for range 20 {
		for b := range l.All() {
			for _, c := range b.Y.Int64s() {
				counts[c]++
			}
		}
	}
	for c, n := range counts { // of 2000; six standard deviations are 126
		if n < 2000/3-126 || n > 2000/3+126 {
			t.Errorf("class %d was drawn %d times of 2000", c, n)
		}
	}
	if s := WeightedSampler([]float64{0, 1, 0}, 50)(1, 0); len(s) != 50 || slices.Min(s) != 1 || slices.Max(s) != 1 {
		t.Errorf("drew samples without weight: %v", s)
	}
	a, b := WeightedSampler([]float64{1, 1, 1}, 50)(1, 0), WeightedSampler([]float64{1, 1, 1}, 50)(1, 1)
	if slices.Equal(a, b) {
		t.Error("two epochs draw the same samples")
	}
}

// settled waits until the number of goroutines is at most n.
func settled(n int) int {
	for end := time.Now().Add(time.Minute); runtime.NumGoroutine() > n && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	return runtime.NumGoroutine()
}

func TestEarlyBreakLeaksNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	for _, prefetch := range []int{1, 4, 100} {
		l := NewLoader(squares{1000}, LoaderOptions{BatchSize: 5, Prefetch: prefetch})
		for k := range 30 {
			for b := range l.All() {
				if b.Indices[0] >= 5*(k%4) {
					break
				}
			}
		}
	}
	if n := settled(before); n > before {
		t.Errorf("%d goroutines, %d before", n, before)
	}
}

// failing panics at one sample.
type failing struct {
	at    int
	value any
}

func (failing) Len() int { return 100 }
func (f failing) Get(i int) (x, y *dl.Tensor) {
	if i == f.at {
		if f.value == nil {
			runtime.Goexit()
		}
		panic(f.value)
	}
	return dl.Zeros(1), nil
}

func TestPanicReachesTheLoop(t *testing.T) {
	before := runtime.NumGoroutine()
	boom := fmt.Errorf("boom")
	for _, prefetch := range []int{0, 1, 4} {
		for _, value := range []any{boom, errGoexit} {
			if value == errGoexit && prefetch == 0 {
				continue // ends the caller's own goroutine, as it should
			}
			f := failing{at: 42, value: value}
			if value == errGoexit {
				f.value = nil
			}
			seen := 0
			got := func() (v any) {
				defer func() { v = recover() }()
				for b := range NewLoader(f, LoaderOptions{BatchSize: 5, Prefetch: prefetch}).All() {
					seen += b.Len()
				}
				return nil
			}()
			if got != value {
				t.Errorf("prefetch %d: the loop panicked with %v, want %v", prefetch, got, value)
			}
			if seen != 40 {
				t.Errorf("prefetch %d: %d samples before the panic, want the 40 before the batch", prefetch, seen)
			}
		}
	}
	// A panic of the loop's body passes through and ends the goroutines.
	got := func() (v any) {
		defer func() { v = recover() }()
		for range NewLoader(squares{100}, LoaderOptions{BatchSize: 5, Prefetch: 4}).All() {
			panic(boom)
		}
		return nil
	}()
	if got != boom {
		t.Errorf("the body's panic became %v", got)
	}
	if n := settled(before); n > before {
		t.Errorf("%d goroutines, %d before", n, before)
	}
}

// slow blocks until it is let go.
type slow struct{ gate chan struct{} }

func (slow) Len() int { return 10 }
func (s slow) Get(i int) (x, y *dl.Tensor) {
	if i == 5 {
		<-s.gate
	}
	return dl.Zeros(1), nil
}

func TestInterrupt(t *testing.T) {
	defer dl.SetInterrupt(nil)
	before := runtime.NumGoroutine()
	for _, prefetch := range []int{0, 2} {
		var stop atomic.Bool
		dl.SetInterrupt(stop.Load)
		n := 0
		got := func() (v any) {
			defer func() { v = recover() }()
			for range NewLoader(squares{100}, LoaderOptions{BatchSize: 5, Prefetch: prefetch}).All() {
				if n++; n == 3 {
					stop.Store(true)
				}
			}
			return nil
		}()
		if got != dl.ErrInterrupted || n != 3 {
			t.Errorf("prefetch %d: %v after %d batches", prefetch, got, n)
		}
	}

	// A dataset that hangs does not hold up the interrupt.
	s := slow{make(chan struct{})}
	var stop atomic.Bool
	dl.SetInterrupt(stop.Load)
	time.AfterFunc(20*time.Millisecond, func() { stop.Store(true) })
	got := func() (v any) {
		defer func() { v = recover() }()
		for range NewLoader(s, LoaderOptions{BatchSize: 1, Prefetch: 2}).All() {
		}
		return nil
	}()
	if got != dl.ErrInterrupted {
		t.Errorf("%v, want %v", got, dl.ErrInterrupted)
	}
	close(s.gate)
	if n := settled(before); n > before {
		t.Errorf("%d goroutines, %d before", n, before)
	}
}

func TestLoaderMisuse(t *testing.T) {
	d := ramp(4, 1)
	tests := []struct {
		name, want string
		f          func()
	}{
		{"nil", "no dataset", func() { NewLoader(nil, LoaderOptions{}) }},
		{"nil tensors", "no dataset", func() { NewLoader((*TensorDataset)(nil), LoaderOptions{}) }},
		{"empty", "an empty dataset", func() { NewLoader(squares{0}, LoaderOptions{}) }},
		{"batch size", "BatchSize -1", func() { NewLoader(d, LoaderOptions{BatchSize: -1}) }},
		{"no full batch", "smaller BatchSize", func() { NewLoader(d, LoaderOptions{BatchSize: 5, DropLast: true}) }},
		{"two orders", "both Shuffle and a Sampler", func() {
			NewLoader(d, LoaderOptions{Shuffle: true, Sampler: func(uint64, int) []int { return nil }})
		}},
		{"epoch", "Loader.SetEpoch", func() { NewLoader(d, LoaderOptions{}).SetEpoch(-1) }},
		{"sampler", "sample 4", func() {
			for range NewLoader(d, LoaderOptions{Sampler: func(uint64, int) []int { return []int{4} }}).All() {
			}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { mustPanic(t, tt.want, tt.f) })
	}
}

func TestLoaderOverView(t *testing.T) {
	train, _ := ramp(10, 2).Normalize(1, 1).Split(0.5, 1)
	l := NewLoader(train, LoaderOptions{BatchSize: 2})
	if l.Dataset() != Dataset(train) || l.BatchSize() != 2 || l.Options().BatchSize != 2 {
		t.Error("the loader does not know what it was made from")
	}
	if !strings.Contains(train.Base.(*TensorDataset).String(), "normalised") {
		t.Fatal("the split lost the normalisation")
	}
	for b := range l.All() {
		for k, i := range b.Indices {
			if got, want := b.X.At(k, 0), float64(2*train.Indices[i]-1); got != want {
				t.Errorf("sample %d: %v, want %v", i, got, want)
			}
		}
	}
}

package dl_test

import (
	"testing"

	"descent/dl"
)

// The cost of an operation beyond its arithmetic. PyTorch needs 2.1 µs for an
// addition of ten numbers with recording, and 3.7 µs for each link of the
// chain, forward and backward.

func BenchmarkAdd10(b *testing.B) {
	x, y := dl.Rand(10), dl.Rand(10)
	b.ReportAllocs()
	for b.Loop() {
		x.Add(y)
	}
}

func BenchmarkAdd10Grad(b *testing.B) {
	x, y := dl.Rand(10).SetRequiresGrad(true), dl.Rand(10)
	b.ReportAllocs()
	for b.Loop() {
		x.Add(y)
	}
}

func BenchmarkChain100(b *testing.B) {
	x, y := dl.Rand(10).SetRequiresGrad(true), dl.Rand(10)
	seed := dl.Ones(10)
	b.ReportAllocs()
	for b.Loop() {
		z := x
		for range 100 {
			z = z.Add(y)
		}
		x.ZeroGrad()
		z.BackwardWith(seed)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/link")
}

func BenchmarkMatMul10(b *testing.B) {
	x, y := dl.Rand(1, 10), dl.Rand(10, 10)
	b.ReportAllocs()
	for b.Loop() {
		x.MatMul(y)
	}
}

// TestAllocations keeps the number of allocations of small operations down.
func TestAllocations(t *testing.T) {
	x, y := dl.Rand(10), dl.Rand(10)
	g := dl.Rand(10).SetRequiresGrad(true)
	row := dl.Rand(4, 10)
	for _, c := range []struct {
		name string
		most float64
		f    func()
	}{
		{"add", 3, func() { x.Add(y) }}, // tensor, storage, data
		{"add with grad", 4, func() { g.Add(y) }},
		{"mul scalar", 3, func() { x.MulScalar(2) }},
		{"exp", 3, func() { x.Exp() }},
		{"transpose", 1, func() { row.T() }},
		{"sum", 6, func() { x.Sum() }},
		{"add a row", 7, func() { row.Add(x) }},
	} {
		if got := testing.AllocsPerRun(200, c.f); got > c.most {
			t.Errorf("%s: %v allocations, want at most %v", c.name, got, c.most)
		}
	}
}

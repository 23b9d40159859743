package dl

import (
	"math"
	"testing"
)

// TestRadixAgainstComparison sorts rows of all lengths around the switch both
// ways; numbers repeat, and some are special.
func TestRadixAgainstComparison(t *testing.T) {
	g := NewGenerator(2, StreamUser)
	nan, inf := math.NaN(), math.Inf(1)
	odd := []float64{nan, inf, -inf, 0, math.Copysign(0, -1), math.MaxFloat32, -math.MaxFloat32, math.SmallestNonzeroFloat32}
	for _, n := range []int{1, 2, 50, 191, 192, 193, 1000, 5000, 1<<16 - 1, 1 << 16} {
		x := g.RandInt(-40, 40, n).To(Float32).DivScalar(8)
		for i := range min(n/4, 40) {
			x.put(g.IntN(n), odd[i%len(odd)])
		}
		for _, descending := range []bool{false, true} {
			got, want := x.ArgSort(0, descending), x.Double().ArgSort(0, descending)
			if !Equal(got, want) {
				t.Errorf("n %d, descending %v: %v, want %v", n, descending, got, want)
			}
		}
	}
}

// TestFirstAgainstComparison does the same for the first few of a row.
func TestFirstAgainstComparison(t *testing.T) {
	g := NewGenerator(3, StreamUser)
	odd := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1)}
	for _, n := range []int{9, 50, 1000} {
		x := g.RandInt(-40, 40, 3, n, 2).To(Float32).DivScalar(8)
		for i := range 8 {
			x.put(g.IntN(6*n), odd[i%len(odd)])
		}
		for _, k := range []int{0, 1, 2, 7, n / 9} {
			for _, y := range []*Tensor{x, x.Transpose(1, 2).Contiguous()} {
				d := 1
				if y != x {
					d = 2
				}
				_, got := y.TopK(k, d)
				_, want := y.Double().TopK(k, d)
				_, gotLeast := y.BottomK(k, d)
				_, wantLeast := y.Double().BottomK(k, d)
				if !Equal(got, want) || !Equal(gotLeast, wantLeast) {
					t.Errorf("n %d, k %d, dimension %d: %v, want %v; least %v, want %v", n, k, d, got, want, gotLeast, wantLeast)
				}
			}
		}
	}
}

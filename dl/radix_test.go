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
	for _, n := range []int{1, 2, 50, 191, 192, 193, 1000, 5000} {
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

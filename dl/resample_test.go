package dl

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestResampling compares both directions with the matrix that they stand for.
func TestResampling(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		r := &resampling{d: 1, in: 1 + rnd.IntN(9), out: 1 + rnd.IntN(9), taps: 2 + 2*rnd.IntN(2)}
		matrix := Zeros(r.out, r.in).Double()
		for i := range r.out {
			for range r.taps {
				p, w := rnd.IntN(r.in), rnd.NormFloat64()
				r.places, r.weights = append(r.places, p), append(r.weights, w)
				matrix.put(i*r.in+p, matrix.get(i*r.in+p)+w)
			}
		}
		for _, inner := range []int{1, 5} {
			for _, dt := range []DType{Float32, Float64} {
				x, g := Randn(3, r.in, inner).To(dt), Randn(3, r.out, inner).To(dt)
				check := func(what string, got, want *Tensor) {
					w := want.Float64s()
					for i, v := range got.To(Float64).Float64s() {
						if math.Abs(v-w[i]) > 1e-5 {
							t.Fatalf("%s of %d to %d by %d: element %d is %g, want %g", what, r.in, r.out, r.taps, i, v, w[i])
						}
					}
				}
				check("resampling", r.apply(x), matrix.MatMul(x.Double()))
				check("its transpose", r.transposed(g), matrix.T().MatMul(g.Double()))
			}
		}
	}
}

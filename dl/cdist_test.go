package dl

import (
	"fmt"
	"math"
	"testing"
)

// TestCDistByProduct compares the distances that go through a product of
// matrices with those of single rows, where it cancels too.
func TestCDistByProduct(t *testing.T) {
	for _, dt := range []DType{Float32, Float64} {
		for _, shape := range [][]int{{26, 3}, {40, 64}, {2, 30, 5}, {3, 1, 33, 7}} {
			for _, offset := range []float64{0, 1000} {
				name := fmt.Sprint(dt, shape, offset)
				other := append([]int(nil), shape...)
				other[len(other)-2] += 9
				x, y := RandnLike(empty(dt, shape)).AddScalar(offset), RandnLike(empty(dt, other)).AddScalar(offset)
				x = Cat([]*Tensor{y.Narrow(-2, 3, 5), y.Narrow(-2, 8, 1).MulScalar(1 + 1e-6), x.Narrow(-2, 6, x.Size(-2)-6)}, -2) // equal rows, and close ones
				want := x.Double().Unsqueeze(-2).Sub(y.Double().Unsqueeze(-3)).Norm(2, -1)
				limit := 4e-6
				if dt == Float64 {
					limit = 1e-14
				}
				got := x.CDist(y, 2)
				g := got.To(Float64).Float64s()
				for i, v := range want.Float64s() {
					if math.Abs(g[i]-v) > limit*v {
						t.Fatalf("%s: element %d is %g, want %g", name, i, g[i], v)
					}
				}
				a, b := x.Double().SetRequiresGrad(true), y.Double().SetRequiresGrad(true)
				weight := RandnLike(want)
				ours := Grad([]*Tensor{a.CDist(b, 2)}, []*Tensor{a, b}, GradOptions{OutputGrads: []*Tensor{weight}})
				theirs := Grad([]*Tensor{a.Unsqueeze(-2).Sub(b.Unsqueeze(-3)).Norm(2, -1)}, []*Tensor{a, b}, GradOptions{OutputGrads: []*Tensor{weight}})
				for i := range ours {
					if d := ours[i].Sub(theirs[i]).Norm(2).Item() / theirs[i].Norm(2).Item(); d > 1e-8*(1+offset) {
						t.Errorf("%s: gradient %d off by %g", name, i, d)
					}
				}
			}
		}
	}
}

// TestCDistNotFinite wants NaN and Inf where single rows have them.
func TestCDistNotFinite(t *testing.T) {
	values := Randn(30, 4).Float64s()
	values[3*4+1], values[5*4+2] = math.NaN(), math.Inf(1)
	x := FromFloat64s(values, 30, 4).To(Float32)
	got, want := x.CDist(x, 2), x.Unsqueeze(-2).Sub(x.Unsqueeze(-3)).Norm(2, -1)
	g := got.Float64s()
	for i, v := range want.Float64s() {
		if math.IsNaN(g[i]) != math.IsNaN(v) || math.IsInf(g[i], 1) != math.IsInf(v, 1) || !math.IsNaN(v) && !math.IsInf(v, 1) && math.Abs(g[i]-v) > 1e-5 {
			t.Fatalf("element %d is %g, want %g", i, g[i], v)
		}
	}
}

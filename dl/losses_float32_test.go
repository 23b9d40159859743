package dl

import (
	"math"
	"runtime"
	"testing"
)

// The rows of the losses of pairs agree with the loops in float64, gradients
// and what is not finite included, and give the same bits for any number of
// processors.
func TestLossRows(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	losses := map[string]func(x, y *Tensor, r Reduction) *Tensor{
		"mse": MSELoss, "l1": L1Loss,
		"huber":     func(x, y *Tensor, r Reduction) *Tensor { return HuberLoss(x, y, 0.7, r) },
		"smooth l1": func(x, y *Tensor, r Reduction) *Tensor { return SmoothL1Loss(x, y, 0.3, r) },
		"bce":       func(x, y *Tensor, r Reduction) *Tensor { return BCEWithLogits(x, y, BCEOptions{Reduction: r}) },
	}
	inf := math.Inf(1)
	edges := New([]float64{0, 90, -90, 200, inf, -inf, math.NaN(), 1, 0, 1e-6}).To(Float32)
	zeros := New([]float64{0, 1, 0, 1, 0, 0, 0, 1, 1, 0}).To(Float32)
	cases := [][2]*Tensor{{edges, zeros}, {Randn(40001).MulScalar(3), Rand(40001)}}
	run := func(f func(x, y *Tensor, r Reduction) *Tensor, x, y *Tensor, r Reduction) [3][]float64 {
		x, y = x.Clone().SetRequiresGrad(true), y.Clone().SetRequiresGrad(true)
		l := f(x, y, r)
		if r == ReduceNone {
			l.BackwardWith(Linspace(0.5, 1.5, x.n).To(x.dtype))
		} else {
			l.Backward()
		}
		return [3][]float64{l.Detach().Float64s(), x.Grad().Float64s(), y.Grad().Float64s()}
	}
	for name, f := range losses {
		for i, c := range cases {
			for _, r := range []Reduction{ReduceNone, ReduceSum, ReduceMean} {
				want := run(f, c[0].Double(), c[1].Double(), r)
				runtime.GOMAXPROCS(1)
				one := run(f, c[0], c[1], r)
				runtime.GOMAXPROCS(3)
				got := run(f, c[0], c[1], r)
				for k, what := range []string{"loss", "dx", "dy"} {
					for e, w := range want[k] {
						g := got[k][e]
						if math.Float64bits(g) != math.Float64bits(one[k][e]) && g == g {
							t.Fatalf("%s %v: %s %d is %g with three processors, %g with one", name, r, what, e, g, one[k][e])
						}
						if !(g == w || g != g && w != w || math.Abs(g-w) <= 2e-6*math.Abs(w)+3e-7) {
							t.Errorf("case %d of %s %v: %s %d is %g, in float64 %g", i, name, r, what, e, g, w)
						}
					}
				}
			}
		}
	}
}

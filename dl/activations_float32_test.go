package dl_test

import (
	"math"
	"testing"

	"descent/dl"
)

// TestActivationsFloat32 holds the vector forms of the curved activations and
// of their slopes to the float64 forms, over the whole range of float32.
func TestActivationsFloat32(t *testing.T) {
	var xs []float32
	for e := -40.0; e <= 40; e += 0.02 {
		v := float32(math.Exp2(e))
		xs = append(xs, v, -v)
	}
	for v := float32(-20); v <= 20; v += 0.003 {
		xs = append(xs, v)
	}
	xs = append(xs, 0, 3e38, -3e38)
	for _, k := range []struct {
		name string
		f    func(x *dl.Tensor) *dl.Tensor
		// Errors relative to the value and, where the value is a small
		// difference of large numbers, to 1.
		rel, abs float64
	}{
		{"GELU", (*dl.Tensor).GELU, 1e-6, 1e-6},
		{"GELUTanh", (*dl.Tensor).GELUTanh, 4e-6, 1e-6},
		{"SiLU", (*dl.Tensor).SiLU, 2e-6, 1e-30},
		{"Softplus", (*dl.Tensor).Softplus, 2e-6, 1e-30},
	} {
		x := dl.FromFloat32s(xs).SetRequiresGrad(true)
		wide := x.Detach().To(dl.Float64).SetRequiresGrad(true)
		y, want := k.f(x), k.f(wide)
		y.Sum().Backward()
		want.Sum().Backward()
		compare := func(what string, got, want *dl.Tensor, abs float64) {
			g, w := got.Float64s(), want.Float64s()
			worst, at := 0.0, 0
			for i := range g {
				if d := math.Abs(g[i]-w[i]) / (k.rel*math.Abs(w[i]) + abs); !(d <= worst) {
					worst, at = d, i
				}
			}
			if !(worst <= 1) {
				t.Errorf("%s %s(%g) = %g, want %g (%.1f times the tolerance)", k.name, what, xs[at], g[at], w[at], worst)
			}
		}
		compare("", y, want, k.abs)
		compare("slope ", x.Grad(), wide.Grad(), 1e-6)
	}
}

func TestActivationsAtInfinity(t *testing.T) {
	x := dl.New([]float64{math.Inf(1), math.Inf(-1), math.NaN()}).SetRequiresGrad(true)
	for name, c := range map[string]struct {
		f     func(x *dl.Tensor) *dl.Tensor
		below float64 // value at -∞
	}{
		"GELU":     {(*dl.Tensor).GELU, math.NaN()}, // as in PyTorch: -∞ times 0
		"Softplus": {(*dl.Tensor).Softplus, 0},
	} {
		y := c.f(x)
		x.ZeroGrad()
		y.Sum().Backward()
		v, g := y.Float64s(), x.Grad().Float64s()
		if !math.IsInf(v[0], 1) || v[1] != c.below && !math.IsNaN(c.below) || !math.IsNaN(v[2]) {
			t.Errorf("%s of ∞, -∞ and NaN: %v", name, v)
		}
		if g[0] != 1 || math.Abs(g[1]) > 1e-30 || !math.IsNaN(g[2]) {
			t.Errorf("slope of %s at ∞, -∞ and NaN: %v", name, g)
		}
	}
}

func BenchmarkActivations(b *testing.B) {
	x := dl.Randn(1 << 20).SetRequiresGrad(true)
	g := dl.Randn(1 << 20)
	for _, k := range []struct {
		name string
		f    func(x *dl.Tensor) *dl.Tensor
	}{{"GELU", (*dl.Tensor).GELU}, {"GELUTanh", (*dl.Tensor).GELUTanh}, {"SiLU", (*dl.Tensor).SiLU}, {"Softplus", (*dl.Tensor).Softplus}} {
		b.Run(k.name, func(b *testing.B) {
			for b.Loop() {
				k.f(x)
			}
		})
		b.Run(k.name+"/backward", func(b *testing.B) {
			for b.Loop() {
				x.ZeroGrad()
				k.f(x).BackwardWith(g)
			}
		})
	}
}

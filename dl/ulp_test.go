package dl

import (
	"math"
	"testing"
)

// ulps returns how many float32 steps got is from the exact value.
func ulps(got float32, want float64) float64 {
	w := float32(want)
	if got == w || got != got && want != want {
		return 0
	}
	step := float64(math.Nextafter32(float32(math.Abs(want)), math.MaxFloat32)) - math.Abs(float64(w))
	return math.Abs(float64(got)-want) / math.Max(step, math.SmallestNonzeroFloat32)
}

// TestElementaryFunctions samples every function over the whole range of
// float32, every 4099th bit pattern, and holds it to a bound in ulps.
func TestElementaryFunctions(t *testing.T) {
	for _, c := range []struct {
		k     *unaryKernel
		f     func(float64) float64
		bound float64
	}{
		{expKernel, math.Exp, 2}, {logKernel, math.Log, 2}, {tanhKernel, math.Tanh, 2}, {sigmoidKernel, sigmoid, 2},
		{sqrtKernel, math.Sqrt, 0.51}, {sinKernel, math.Sin, 1}, {cosKernel, math.Cos, 1}, {tanKernel, math.Tan, 1},
		{expm1Kernel, math.Expm1, 1}, {log1pKernel, math.Log1p, 1}, {erfKernel, math.Erf, 2}, {rsqrtKernel, rsqrt, 1},
		{exp2Kernel, math.Exp2, 1}, {log2Kernel, math.Log2, 1}, {log10Kernel, math.Log10, 1}, {atanKernel, math.Atan, 1},
		{sinhKernel, math.Sinh, 1}, {coshKernel, math.Cosh, 1}, {asinhKernel, math.Asinh, 1}, {cbrtKernel, math.Cbrt, 1},
	} {
		const stride = 4099
		x := make([]float32, 0, 1<<32/stride+1)
		for b := uint64(0); b < 1<<32; b += stride {
			x = append(x, math.Float32frombits(uint32(b)))
		}
		y := make([]float32, len(x))
		c.k.f32(y, x)
		worst, at := 0.0, float32(0)
		for i, v := range y {
			if u := ulps(v, c.f(float64(x[i]))); u > worst || u != u {
				worst, at = u, x[i]
			}
		}
		if !(worst <= c.bound) {
			t.Errorf("%s: %.2f ulp at %g (%g, want %g)", c.k.name, worst, at, one(c.k, at), c.f(float64(at)))
		}
	}
}

func one(k *unaryKernel, x float32) float32 {
	y := make([]float32, 1)
	k.f32(y, []float32{x})
	return y[0]
}

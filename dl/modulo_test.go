package dl

import (
	"math"
	"math/rand/v2"
	"testing"
)

// fmod agrees with math.Mod in every bit for all kinds of float32.
func TestFmodExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	check := func(a, b float32) {
		t.Helper()
		got, want := fmod(float64(a), float64(b)), math.Mod(float64(a), float64(b))
		if math.Float64bits(got) != math.Float64bits(want) && (got == got || want == want) {
			t.Fatalf("fmod(%g, %g) = %g, want %g", a, b, got, want)
		}
	}
	special := []float32{0, float32(math.Copysign(0, -1)), 1, -1, 3, float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN()),
		math.MaxFloat32, math.SmallestNonzeroFloat32, 1 << 24, 1<<24 - 1, 0.1}
	for _, a := range special {
		for _, b := range special {
			check(a, b)
		}
	}
	for range 300_000 {
		a := math.Float32frombits(r.Uint32())
		check(a, math.Float32frombits(r.Uint32()))
		check(a, a*float32(r.ExpFloat64()*1e-3))
		b := float32(r.NormFloat64())
		k := float32(1 + r.IntN(1<<12))
		check(b*k, b) // close to whole quotients
		check(math.Nextafter32(b*k, 0), b)
	}
}

package conv

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"descent/dl/internal/asm/interp"
)

// TestInterpreted runs every transform and its AVX-512 form on an
// interpreter, and on the processor: all must have the same bits.
func TestInterpreted(t *testing.T) {
	p, err := interp.Load("kernels_amd64.s")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 8))
	scratch := make(interp.Scratch, scratchFloats)
	narrow := 0
	for _, name := range p.Functions() {
		if !strings.HasSuffix(name, "Asm") {
			continue
		}
		narrow++
		var function any
		if haveWinograd {
			function = kernels[name]
		}
		short := strings.TrimSuffix(name, "Asm")
		form := "avx512" + strings.ToUpper(short[:1]) + short[1:]
		side := map[string]int{"winogradInput": 6, "winogradWeight": 3, "winogradOutGrad": 4, "winogradOutput": 4, "winogradWeightGrad": 3}[short]
		for n := 1; n <= 5; n++ {
			for _, floor := range []float32{0, float32(math.Inf(-1))} {
				col, step := 8*n+n%3, 8*n+n%2
				row := side*col + n%3
				tile, points := random(r, (side-1)*(row+col)+8*n), random(r, 35*step+8*n)
				points[n], tile[n] = float32(math.NaN()), float32(math.Inf(1))
				args := []any{n, points, 4 * step, tile, 4 * row, 4 * col, scratch}
				if strings.HasSuffix(short, "Output") || strings.HasSuffix(short, "WeightGrad") {
					args = []any{n, tile, 4 * row, 4 * col, points, 4 * step, random(r, 8*n), floor, scratch}
				}
				if err := p.Check(function, args, name, form); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if len(kernels) != 2*narrow || narrow != 5 {
		t.Errorf("%d kernels, %d of them for AVX2", len(kernels), narrow)
	}
}

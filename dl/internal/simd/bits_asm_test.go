//go:build amd64 || arm64

package simd

import (
	"math"
	"math/rand/v2"
	"testing"

	"descent/dl/internal/asm/bits"
)

// TestBits checks that AVX2, AVX-512 and NEON have the same bits where assembly
// and Go may differ.
func TestBits(t *testing.T) {
	if useAsm {
		eachWidth(t, testBits)
	}
}

func testBits(t *testing.T) {
	x := append([]float32(nil), specials...)
	for b := uint64(0); b < 1<<32; b += 200003 {
		x = append(x, math.Float32frombits(uint32(b)))
	}
	for v := -110.0; v < 110; v += 1.0 / 64 {
		x = append(x, float32(v), float32(v/64))
	}
	results := map[string][]float32{}
	for name, f := range map[string]func(dst, a []float32){
		"Exp": Exp, "Log": Log, "Tanh": Tanh, "Sigmoid": Sigmoid, "Erf": Erf, "GELU": GELU, "GELUTanh": GELUTanh, "SiLU": SiLU,
		"ExpSum": func(d, a []float32) { ExpSum(d, a, 0.5) },
	} {
		y := make([]float32, len(x))
		f(y, x)
		results[name] = y
	}
	r := rand.New(rand.NewPCG(23, 24))
	for n := 1; n <= 200; n++ {
		a, b := floats(r, n, false), floats(r, n, false)
		results["Dot"] = append(results["Dot"], Dot(a, b))
		results["SumSquares"] = append(results["SumSquares"], float32(SumSquares(a, 0.25)))
		p := make([]float32, 3*(n%33))
		SoftmaxRows(p, floats(r, len(p), false), 3, n%33)
		results["SoftmaxRows"] = append(results["SoftmaxRows"], p...)
	}
	bits.Compare(t, results)
}

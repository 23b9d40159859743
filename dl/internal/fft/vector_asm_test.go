//go:build amd64 || arm64

package fft

import (
	"math/rand/v2"
	"testing"
)

// TestTwins holds the assembly to the Go that does the same, but for the
// rounding of products that it does not do.
func TestTwins(t *testing.T) {
	if !useAsm {
		t.Log("no assembly on this level: both sides are Go")
	}
	defer func(was bool) { useAsm = was }(useAsm)
	was := useAsm
	r := rand.New(rand.NewPCG(9, 10))
	both := func(what string, n int, f func(x []float32) []float32) {
		x, _ := random[float32](r, n)
		y := append([]float32(nil), x...)
		useAsm = was
		got := f(x)
		useAsm = false
		var want []float64
		for _, v := range f(y) {
			want = append(want, float64(v))
		}
		near(t, what, got, want, len(want))
	}
	for _, radix := range []int{2, 4} {
		for _, p := range []int{1, 2, 3, 16} {
			for _, s := range []int{1, 2, 5, 16} {
				for _, inverse := range []bool{false, true} {
					st := stage[float32]{radix: radix, p: p, s: s, inverse: inverse}
					for i := range p * (radix - 1) {
						st.tw = appendUnit(st.tw, i, 7*p, inverse)
					}
					both("stage", radix*p*s*point, func(x []float32) []float32 {
						dst := make([]float32, len(x))
						st.run(dst, x)
						return dst
					})
				}
			}
		}
	}
	for m := 2; m < 20; m++ {
		both("untangle", (m+1)*point, func(x []float32) []float32 {
			untangle(x, untangling[float32](2*m, m%3 == 0), m, 0.5)
			return x
		})
	}
}

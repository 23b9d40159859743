//go:build amd64 || arm64

package fft

import (
	"testing"

	"descent/dl/internal/asm/guard"
)

// TestBounds runs the butterflies between forbidden pages.
func TestBounds(t *testing.T) {
	for _, end := range []bool{true, false} {
		slice := func(n int) []float32 { return guard.Float32s(t, n, end) }
		for _, size := range [][2]int{{1, 1}, {3, 1}, {1, 4}, {2, 3}} {
			for _, radix := range []int{2, 4} {
				st := stage[float32]{radix: radix, p: size[0], s: size[1], inverse: size[0] == 2, tw: slice(2 * (radix - 1) * size[0])}
				n := radix * st.p * st.s * point
				st.run(slice(n), slice(n))
			}
		}
		for m := 2; m < 8; m++ {
			untangle(slice((m+1)*point), slice(m/2*2), m, 0.5)
		}
	}
}

// TestEveryKernelHasBounds holds the list above to the assembly.
func TestEveryKernelHasBounds(t *testing.T) { guard.Reached(t, "TestBounds") }

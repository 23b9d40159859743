package gemm

import (
	"fmt"
	"testing"

	"descent/dl/internal/asm/guard"
)

// TestBounds runs products whose matrices lie beside forbidden pages: a read
// or write out of bounds is a fault.
func TestBounds(t *testing.T) {
	sizes := [][3]int{{64, 10, 128}, {10, 128, 64}, {130, 50, 200}, {64, 33, 784}, {29, 256, 65}, {150, 600, 330}, {8, 8, 5000}}
	for m := range 16 {
		for _, n := range []int{1, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33} {
			sizes = append(sizes, [3]int{m + 1, n, 1 + (m*7+n)%37})
		}
	}
	for i, s := range sizes {
		for tr := range 4 {
			for _, end := range []bool{true, false} {
				m, n, k := s[0], s[1], s[2]
				t.Run(fmt.Sprintf("%d×%d×%d,%d,%v", m, n, k, tr, end), func(t *testing.T) {
					a, b, c := guard.Float32s(t, m*k, end), guard.Float32s(t, k*n, end), guard.Float32s(t, m*n, end)
					e := &Epilogue{Bias: guard.Float32s(t, n, end), ReLU: true}
					if i%2 == 0 {
						e = &Epilogue{Bias: guard.Float32s(t, m, end), BiasPerRow: true}
					}
					lda, ldb := k, n
					if tr&1 != 0 {
						lda = m
					}
					if tr&2 != 0 {
						ldb = k
					}
					SgemmEpilogue(tr&1 != 0, tr&2 != 0, m, n, k, 1, a, lda, b, ldb, float32(i%2), c, n, e)
				})
			}
		}
	}
}

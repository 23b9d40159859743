package conv

import (
	"fmt"
	"math"
	"testing"

	"descent/dl/internal/asm/guard"
)

// TestPointsBounds runs the transforms between forbidden pages.
func TestPointsBounds(t *testing.T) {
	for n := 1; n <= 3; n++ {
		for _, end := range []bool{true, false} {
			t.Run(fmt.Sprintf("%d,%v", n, end), func(t *testing.T) {
				slice := func(n int) []float32 { return guard.Float32s(t, n, end) }
				scratch := slice(scratchFloats)
				for _, kind := range []pointsKind{inputPoints, weightPoints, outGradPoints} {
					m := kind.side()
					toPoints(kind, n, slice(36*8*n), 8*n, slice(m*m*8*n), 0, m*8*n, 8*n, scratch)
				}
				for _, kind := range []resultKind{outputPoints, weightGradPoints} {
					m := kind.side()
					fromPoints(kind, n, slice(m*m*8*n), m*8*n, 8*n, slice(36*8*n), 8*n, slice(8*n), float32(math.Inf(-1)), scratch)
				}
			})
		}
	}
}

// TestEveryKernelHasBounds holds the list above to the assembly.
func TestEveryKernelHasBounds(t *testing.T) { guard.Reached(t, "TestPointsBounds") }

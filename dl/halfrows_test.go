package dl

import (
	"math"
	"testing"
)

// TestHalfRows converts every number of 16 bits, as the single conversions do.
func TestHalfRows(t *testing.T) {
	src := make([]uint16, 1<<16)
	for i := range src {
		src[i] = uint16(i)
	}
	got := make([]float32, len(src))
	for name, c := range map[string]struct {
		row func(dst []float32, src []uint16)
		one func(h uint16) float32
	}{"bfloat16": {bf16Row, bf16ToF32}, "float16": {f16Row, f16ToF32}} {
		c.row(got, src)
		for i, h := range src {
			if w := c.one(h); math.Float32bits(got[i]) != math.Float32bits(w) {
				t.Fatalf("%s %#04x is %v, alone %v", name, h, got[i], w)
			}
		}
	}
}

package dl

import (
	"math"
	"testing"
)

func TestTurn(t *testing.T) {
	worst := 0.0
	for i := range 1 << 20 {
		w := uint32(i) * 4093
		s, c := turn(w)
		ws, wc := math.Sincos(2 * math.Pi * float64(w) / (1 << 32))
		worst = max(worst, math.Abs(float64(s)-ws), math.Abs(float64(c)-wc))
	}
	if worst > 1e-7 {
		t.Errorf("error %g", worst)
	}
}

func TestWords8(t *testing.T) {
	g := NewGenerator(0x123456789abcdef0, StreamDropout)
	for _, block := range []uint64{0, 7, 1<<32 - 1, 1 << 40} {
		var w [8]uint32
		g.words8(block, &w)
		a, b := g.words(block), g.words(block+1)
		if w != [8]uint32{a[0], a[1], a[2], a[3], b[0], b[1], b[2], b[3]} {
			t.Errorf("block %d: %x, want %x %x", block, w, a, b)
		}
	}
}

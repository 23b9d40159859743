package dl

import (
	"math"
	"testing"
)

// TestTurn follows the angle from its word to the point on the circle.
func TestTurn(t *testing.T) {
	const n = 256
	worst := 0.0
	var x, s, c, z [n]float32
	for i := 0; i < 1<<20; i += n {
		for k := range x {
			x[k] = octant(uint32(i+k) * 4093)
		}
		sincos(s[:], c[:], x[:], z[:])
		for k := range x {
			w := uint32(i+k) * 4093
			gx, gy := turn(w, s[k], c[k])
			wy, wx := math.Sincos(2 * math.Pi * float64(w) / (1 << 32))
			worst = max(worst, math.Abs(float64(gx)-wx), math.Abs(float64(gy)-wy))
		}
	}
	if worst > 2.5e-7 {
		t.Errorf("error %g", worst)
	}
}

// TestFillsFollowTheWords holds the bulk fills to the definition: number i of
// a fill comes from the words of block i/4.
func TestFillsFollowTheWords(t *testing.T) {
	g := NewGenerator(0x123456789abcdef0, StreamDropout)
	for _, first := range []uint64{0, 7, 1<<32 - 2, 1 << 40} {
		g.SetOffset(first)
		u := make([]float32, 23)
		g.FillUniform(u)
		for i, v := range u {
			if want := unit32(g.words(first + uint64(i/4))[i%4]); v != want {
				t.Errorf("uniform %d from block %d: %v, want %v", i, first, v, want)
			}
		}
		g.SetOffset(first)
		v := make([]float32, 23)
		g.FillNormal(v)
		for i, got := range v {
			w := g.words(first + uint64(i/4))
			x, y := boxMuller(float64(w[i%4&^1])+0.5, float64(w[i%4|1]))
			want := x
			if i%2 == 1 {
				want = y
			}
			if math.Abs(float64(got)-want) > 1e-6*math.Max(1, math.Abs(want)) {
				t.Errorf("normal %d from block %d: %v, want %v", i, first, got, want)
			}
		}
		g.SetOffset(first)
		k := make([]int64, 9)
		g.FillBelow(k, 0, 1<<20)
		for i, got := range k {
			w := g.words(first + uint64(i/2))
			if want := int64(uint64(w[i%2*2+1]) >> 12); got != want {
				t.Errorf("integer %d from block %d: %d, want %d", i, first, got, want)
			}
		}
	}
}

// TestNormalsSameBits compares the assembly with the passes.
func TestNormalsSameBits(t *testing.T) {
	g := NewGenerator(0x123456789abcdef0, StreamUser)
	for _, n := range []int{0, 1, 31, 32, 33, 2048, 5001, 100000} {
		for _, block := range []uint64{0, 1<<32 - 3} {
			got, want := make([]float32, n), make([]float32, n)
			normals32(g, got, block)
			normalsByPasses(g, want, block)
			for i := range got {
				if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
					t.Fatalf("number %d of %d from block %d is %v, by passes %v", i, n, block, got[i], want[i])
				}
			}
		}
	}
}

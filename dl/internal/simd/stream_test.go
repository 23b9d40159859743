package simd

import (
	"math/rand/v2"
	"testing"
)

// TestStream compares with the functions that store through the caches, at
// every length and alignment, and looks at what lies around the result.
func TestStream(t *testing.T) {
	type args struct{ dst, a, b, w []float32 }
	for name, f := range map[string]struct{ stream, plain func(x args) }{
		"add":       {func(x args) { StreamAdd(x.dst, x.a, x.b) }, func(x args) { Add(x.dst, x.a, x.b) }},
		"sub":       {func(x args) { StreamSub(x.dst, x.a, x.b) }, func(x args) { Sub(x.dst, x.a, x.b) }},
		"mul":       {func(x args) { StreamMul(x.dst, x.a, x.b) }, func(x args) { Mul(x.dst, x.a, x.b) }},
		"relu":      {func(x args) { StreamReLU(x.dst, x.a) }, func(x args) { ReLU(x.dst, x.a) }},
		"copy":      {func(x args) { StreamCopy(x.dst, x.a) }, func(x args) { copy(x.dst, x.a) }},
		"normalize": {func(x args) { StreamNormalizeRow(x.dst, x.a, x.b, x.w, 0.3, 1.7) }, func(x args) { Normalize(x.dst, x.a, x.b, x.w, 0.3, 1.7) }},
	} {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(27, 28))
			for _, n := range lengths() {
				for at := range 9 {
					whole := floats(r, n+18, true)
					want := clone(whole)
					x := args{whole[at:][:n], floats(r, n, true), floats(r, n, true), floats(r, n, true)}
					f.stream(x)
					x.dst = want[at:][:n]
					f.plain(x)
					for i := range want {
						if !sameBits(whole[i], want[i]) {
							t.Fatalf("n %d, at %d: element %d is %v, want %v", n, at, i-at, whole[i], want[i])
						}
					}
				}
			}
		})
	}
}

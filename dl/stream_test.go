package dl

import (
	"math"
	"testing"
)

// TestStreamedResults compares results that are large enough to be stored past
// the caches with those of the same rows one by one.
func TestStreamedResults(t *testing.T) {
	const rows, cols = 1031, 521
	g := NewGenerator(7, StreamInit)
	x, y := g.Randn(rows, cols), g.Randn(rows, cols)
	w, b := g.Randn(cols), g.Randn(cols)
	x.SetAt(math.NaN(), 3, 5)
	reversed := ArangeInt(rows-1, -1, -1)
	for name, f := range map[string]func(x, y *Tensor) *Tensor{
		"add":        func(x, y *Tensor) *Tensor { return x.Add(y) },
		"sub":        func(x, y *Tensor) *Tensor { return x.Sub(y) },
		"mul":        func(x, y *Tensor) *Tensor { return x.Mul(y) },
		"relu":       func(x, y *Tensor) *Tensor { return x.ReLU() },
		"clone":      func(x, y *Tensor) *Tensor { return x.Clone() },
		"layer norm": func(x, y *Tensor) *Tensor { return LayerNorm(x, []int{cols}, w, b, 1e-5) },
	} {
		whole := f(x, y).Float32s()
		for r := range rows {
			row := f(x.Narrow(0, r, 1), y.Narrow(0, r, 1)).Float32s()
			for i, want := range row {
				if got := whole[r*cols+i]; got != want && (got == got || want == want) {
					t.Fatalf("%s: element %d,%d is %v, want %v", name, r, i, got, want)
				}
			}
		}
	}
	taken := y.IndexSelect(0, reversed).Float32s()
	for r := range rows {
		for i, want := range y.Narrow(0, rows-1-r, 1).Float32s() {
			if got := taken[r*cols+i]; got != want {
				t.Fatalf("index select: element %d,%d is %v, want %v", r, i, got, want)
			}
		}
	}
}

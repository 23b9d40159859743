package dl

import "testing"

// TestGatherScatterPlaces compares with the definition for every dimension,
// for indices shorter than the tensor, from the end, and named twice.
func TestGatherScatterPlaces(t *testing.T) {
	g := NewGenerator(6, StreamUser)
	shape := []int{5, 6, 7}
	x := g.Randn(shape...)
	for d := range shape {
		for _, size := range [][]int{{5, 6, 7}, {3, 2, 4}, {1, 1, 1}, {0, 2, 4}} {
			idx := g.RandInt(-int64(shape[d]), int64(shape[d]), size...)
			src := g.Randn(shape...)
			got, put := x.Gather(d, idx), x.Scatter(d, idx, src)
			want := x.Clone()
			for i := range size[0] {
				for j := range size[1] {
					for k := range size[2] {
						at := []int{i, j, k}
						r := int(idx.At(i, j, k))
						if r < 0 {
							r += shape[d]
						}
						at[d] = r
						if v := got.At(i, j, k); v != x.At(at...) {
							t.Errorf("dimension %d, index %v: gathered %v at %d %d %d, want %v", d, size, v, i, j, k, x.At(at...))
						}
						want.put((at[0]*6+at[1])*7+at[2], src.At(i, j, k))
					}
				}
			}
			if !Equal(put, want) {
				t.Errorf("dimension %d, index %v: scattered %v, want %v", d, size, put, want)
			}
		}
	}
}

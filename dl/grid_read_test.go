package dl

import (
	"fmt"
	"math"
	"testing"
)

// TestGridSampleTwin compares the reading in one pass, and its gradients, with
// the one that is made of other operations.
func TestGridSampleTwin(t *testing.T) {
	for _, size := range [][]int{{1, 1, 1, 1}, {2, 3, 4, 5}, {3, 2, 1, 7}, {1, 20, 9, 8}} {
		for _, padding := range []GridPadding{GridZeros, GridBorder, GridReflect} {
			for _, align := range []bool{false, true} {
				o := GridSampleOptions{Padding: padding, AlignCorners: align}
				x := Randn(size...).Double().SetRequiresGrad(true)
				grid := Rand(size[0], 6, 11, 2).MulScalar(5).SubScalar(2.5).Double()
				grid = Cat([]*Tensor{grid, FullOf(Float64, 1, size[0], 1, 11, 2), FullOf(Float64, -1, size[0], 1, 11, 2), FullOf(Float64, 1e30, size[0], 1, 11, 2)}, 1).SetRequiresGrad(true)
				got, want := GridSample(x, grid, o), sampleGrid(x, grid, o)
				w := RandnLike(want)
				gs := Grad([]*Tensor{got}, []*Tensor{x, grid}, GradOptions{OutputGrads: []*Tensor{w}})
				ws := Grad([]*Tensor{want}, []*Tensor{x, grid}, GradOptions{OutputGrads: []*Tensor{w}})
				for i, pair := range [][2]*Tensor{{got, want}, {gs[0], ws[0]}, {gs[1], ws[1]}} {
					a := pair[0].Float64s()
					for k, v := range pair[1].Float64s() {
						if math.Abs(a[k]-v) > 1e-10 || math.IsNaN(a[k]) != math.IsNaN(v) {
							t.Fatalf("%s: output %d, element %d is %g, want %g", fmt.Sprint(size, o), i, k, a[k], v)
						}
					}
				}
			}
		}
	}
}

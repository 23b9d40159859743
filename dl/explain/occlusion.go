package explain

import (
	"fmt"

	"descent/dl"
	"descent/dl/nn"
)

// OcclusionOptions configures [Occlusion].
type OcclusionOptions struct {
	Window   int     // side of the square that covers the image; 0 means 3
	Stride   int     // how far it moves; 0 means 1
	Baseline float64 // the value of what is covered
}

// Occlusion covers the image with a square, place by place, and takes down how much the score falls. A pixel's value is
// the mean over the squares that covered it. It needs no gradients, and one run of the model for each place.
//
//	x [N, C, H, W] → values [N, C, H, W]
//
// M. D. Zeiler, R. Fergus: Visualizing and Understanding Convolutional Networks, arXiv:1311.2901.
// Captum: Occlusion.
func Occlusion(model nn.Module, x, target *dl.Tensor, o OcclusionOptions) *Attribution {
	const op = "explain.Occlusion"
	if o.Window == 0 {
		o.Window = 3
	}
	if o.Stride == 0 {
		o.Stride = 1
	}
	if x.Dim() != 4 {
		panic(&dl.Error{Op: op, Shapes: [][]int{x.Shape()}, Got: fmt.Sprintf("inputs of shape %v", x.Shape()), Want: "images, [N, C, H, W]"})
	}
	h, w := x.Size(2), x.Size(3)
	if o.Window < 1 || o.Window > h || o.Window > w || o.Stride < 1 || o.Stride > o.Window {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("a window of %d, stride %d, on images of %d×%d", o.Window, o.Stride, h, w),
			Want: "a window within the image and a stride within the window"})
	}
	var a *Attribution
	nn.InEval(model, func() {
		t := begin(op, "Occlusion", model, x, target)
		n := x.Size(0)
		sum, count := make([]float64, n*h*w), make([]float64, h*w)
		dl.NoGrad(func() {
			for i := range places(h, o) {
				for j := range places(w, o) {
					if dl.Interrupted() {
						panic(dl.ErrInterrupted)
					}
					y, z := i*o.Stride, j*o.Stride
					y1, z1 := min(y+o.Window, h), min(z+o.Window, w)
					covered := t.x.Clone()
					covered.Narrow(2, y, y1-y).Narrow(3, z, z1-z).Fill(o.Baseline)
					for k, s := range t.scores(covered).Float64s() {
						for p := y; p < y1; p++ {
							for q := z; q < z1; q++ {
								sum[(k*h+p)*w+q] += t.a.Score[k] - s
							}
						}
					}
					for p := y; p < y1; p++ {
						for q := z; q < z1; q++ {
							count[p*w+q]++
						}
					}
				}
			}
		})
		for i := range sum {
			sum[i] /= count[i%(h*w)]
		}
		v := dl.FromFloat64s(sum, n, 1, h, w).To(x.DType())
		a = t.done(v.Expand(x.Shape()...), true)
	})
	return a
}

// places is how many places the window has along an axis; the last may hang over the edge.
func places(n int, o OcclusionOptions) int { return (n-o.Window+o.Stride-1)/o.Stride + 1 }

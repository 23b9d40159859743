package dl

import (
	"fmt"
	"math"
)

// FractionalPoolOptions2d are the settings of FractionalMaxPool2d. Either Out or
// Ratio is given.
type FractionalPoolOptions2d struct {
	Kernel  [2]int     // height and width of the windows
	Out     [2]int     // height and width of the output
	Ratio   [2]float64 // of the output's size to the input's, between 0 and 1
	Samples *Tensor    // [batch × channels × 2] from [0, 1), which place the windows in a row and in a column; nil draws them
}

// FractionalMaxPool2d takes maxima over windows whose distances differ by one at
// random, so that the size shrinks by any ratio, and returns their places in
// each plane too: [N, C, H, W] → [N, C, outH, outW], int64 of the same shape.
// The random numbers are of the stream of dropout.
//
// B. Graham, arXiv:1412.6071.
// PyTorch: nn.functional.fractional_max_pool2d, nn.functional.fractional_max_pool2d_with_indices.
func FractionalMaxPool2d(x *Tensor, o FractionalPoolOptions2d) (y, indices *Tensor) {
	f := fractional{"fractional_max_pool2d", o.Kernel[:], o.Out[:], o.Ratio[:], o.Samples, []int{1, 0}}
	return f.run(x)
}

// FractionalPoolOptions3d are the settings of FractionalMaxPool3d. Either Out or
// Ratio is given.
type FractionalPoolOptions3d struct {
	Kernel  [3]int     // depth, height and width of the windows
	Out     [3]int     // depth, height and width of the output
	Ratio   [3]float64 // of the output's size to the input's, between 0 and 1
	Samples *Tensor    // [batch × channels × 3] from [0, 1), which place the windows in depth, height and width; nil draws them
}

// FractionalMaxPool3d is FractionalMaxPool2d for volumes: [N, C, D, H, W] →
// [N, C, outD, outH, outW], int64 of the same shape.
// PyTorch: nn.functional.fractional_max_pool3d, nn.functional.fractional_max_pool3d_with_indices.
func FractionalMaxPool3d(x *Tensor, o FractionalPoolOptions3d) (y, indices *Tensor) {
	f := fractional{"fractional_max_pool3d", o.Kernel[:], o.Out[:], o.Ratio[:], o.Samples, []int{0, 1, 2}}
	return f.run(x)
}

type fractional struct {
	op          string
	kernel, out []int
	ratio       []float64
	samples     *Tensor
	order       []int // which sample belongs to each axis
}

func (f fractional) run(x *Tensor) (y, indices *Tensor) {
	k := len(f.kernel)
	needFloat(f.op, x)
	if len(x.shape) != k+2 {
		fail(f.op, "x of shape "+shapeText(x.shape), fmt.Sprintf("a batch of channels of %d dimensions", k), "Unsqueeze(0) adds a batch of one", x)
	}
	size := x.shape[2:]
	out := make([]int, k)
	for i := range out {
		out[i] = f.out[i]
		if out[i] == 0 {
			if !(f.ratio[i] > 0 && f.ratio[i] < 1) {
				fail(f.op, fmt.Sprintf("no size and a ratio of %g", f.ratio[i]), "an Out of at least 1, or a Ratio between 0 and 1", "", x)
			}
			out[i] = int(float64(size[i]) * f.ratio[i])
		}
		if f.kernel[i] < 1 || out[i] < 1 || out[i]+f.kernel[i]-1 > size[i] {
			fail(f.op, fmt.Sprintf("windows of %v for an output of %v and an input of %v", f.kernel, out, size),
				"an output and windows that fit: out + kernel - 1 at most the input's size", "", x)
		}
	}
	samples := f.samples
	if samples == nil {
		samples = DefaultGenerator(StreamDropout).Rand(x.shape[0], x.shape[1], k)
	}
	planes, outs, ins := x.shape[0]*x.shape[1], numel(out), numel(size)
	if samples.n != planes*k || len(samples.shape) != 3 {
		fail(f.op, "samples of shape "+shapeText(samples.shape), fmt.Sprintf("[%d×%d×%d]", x.shape[0], x.shape[1], k), "", x, samples)
	}
	at := empty(Int64, append(x.Shape()[:2], out...))
	u := samples.Detach().To(x.dtype).Float64s()
	findLargest(at, x, func(p int) []windows {
		axes := make([]windows, k)
		for i := range axes {
			axes[i] = fractionalWindows(size[i], out[i], f.kernel[i], u[p*k+f.order[i]])
		}
		return axes
	})
	flat := x.Reshape(x.shape[0], x.shape[1], ins)
	return flat.Gather(2, at.Reshape(x.shape[0], x.shape[1], outs)).Reshape(at.shape...), at
}

// fractionalWindows places out windows on n inputs: the i-th begins at
// ⌊(i+u)·α⌋ - ⌊u·α⌋, the last one ends at the end.
func fractionalWindows(n, out, kernel int, u float64) windows {
	w := make(windows, out)
	for i := range w {
		start := n - kernel
		if i < out-1 {
			alpha := float64(n-kernel) / float64(out-1)
			start = int(math.Floor((float64(i)+u)*alpha)) - int(math.Floor(u*alpha))
		}
		for j := range kernel {
			w[i] = append(w[i], start+j)
		}
	}
	return w
}

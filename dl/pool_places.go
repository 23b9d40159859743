package dl

import (
	"fmt"

	"descent/dl/internal/par"
)

// Maxima over windows of any number of dimensions, with their places, and the
// way back.

// windows lists, for each output along an axis, the inputs under its window.
type windows [][]int

// poolWindows are the windows of ordinary pooling.
func poolWindows(op string, x *Tensor, n, kernel, stride, pad, dil int, ceil bool) windows {
	stride, dil = max(stride, 0), max(dil, 1)
	if stride == 0 {
		stride = kernel
	}
	reach := dil*(kernel-1) + 1
	if kernel < 1 || pad < 0 || 2*pad > kernel || n+2*pad < reach {
		fail(op, fmt.Sprintf("an axis of length %d, a window of %d and padding %d", n, reach, pad),
			"windows that fit, and padding of at most half the window", "", x)
	}
	count := (n+2*pad-reach)/stride + 1
	if ceil && (count-1)*stride+reach < n+2*pad && count*stride < n+pad {
		count++
	}
	w := make(windows, count)
	for i := range w {
		for k := range kernel {
			if p := i*stride - pad + k*dil; p >= 0 && p < n {
				w[i] = append(w[i], p)
			}
		}
	}
	return w
}

// adaptiveWindows divide n inputs evenly.
func adaptiveWindows(op string, x *Tensor, n, out int) windows {
	if out < 1 || n < 1 {
		fail(op, fmt.Sprintf("x of shape %s and an output of length %d", shapeText(x.shape), out), "sizes of at least 1", "", x)
	}
	w := make(windows, out)
	for i := range w {
		lo, hi := window(i, n, out)
		for p := lo; p < hi; p++ {
			w[i] = append(w[i], p)
		}
	}
	return w
}

// maxWindows takes the largest element of each window of the axes from 2 on,
// the first one of equals, and where in its plane it is. NaN is largest.
func maxWindows(x *Tensor, axes []windows) (values, indices *Tensor) {
	shape, size := x.Shape()[:2], x.shape[2:]
	for _, w := range axes {
		shape = append(shape, len(w))
	}
	at := empty(Int64, shape)
	outs, ins := numel(shape[2:]), numel(size)
	findLargest(at, x, func(int) []windows { return axes })
	flat := x.Reshape(shape[0], shape[1], ins)
	return flat.Gather(2, at.Reshape(shape[0], shape[1], outs)).Reshape(shape...), at
}

// findLargest sets at to where in its plane of x each window has its largest;
// axes gives the windows of a plane.
func findLargest(at, x *Tensor, axes func(plane int) []windows) {
	switch {
	case at.n == 0:
	case x.dtype == Float32:
		findLargestAs(at, dense(x).f32(), x.shape[2:], axes)
	default:
		findLargestAs(at, span[float64](dense(x)), x.shape[2:], axes)
	}
}

func findLargestAs[T float32 | float64](at *Tensor, x []T, size []int, axes func(plane int) []windows) {
	dst, shape := span[int64](at), at.shape[2:]
	outs, ins := numel(shape), numel(size)
	par.For(len(dst)/outs, max(1, grain/max(1, ins)), func(lo, hi int) {
		pos := make([]int, len(shape))
		for p := lo; p < hi; p++ {
			stopIfInterrupted()
			plane, windows := x[p*ins:][:ins], axes(p)
			for o := range outs {
				dst[p*outs+o] = int64(largest(plane, windows, size, pos, 0, -1))
				for d := len(pos) - 1; d >= 0; d-- { // the next coordinates
					if pos[d]++; pos[d] < shape[d] {
						break
					}
					pos[d] = 0
				}
			}
		}
	})
}

// largest finds the largest element of one window, of which the dimensions
// before those of axes are at entry at: best is the largest so far, -1 for none.
func largest[T float32 | float64](plane []T, axes []windows, size, pos []int, at, best int) int {
	window := axes[0][pos[0]]
	if len(axes) > 1 {
		for _, p := range window {
			best = largest(plane, axes[1:], size[1:], pos[1:], (at+p)*size[1], best)
		}
		return best
	}
	var top T
	if best >= 0 {
		top = plane[best]
	}
	for _, p := range window {
		if v := plane[at+p]; best < 0 || v > top || v != v && top == top {
			best, top = at+p, v
		}
	}
	return best
}

// MaxPool1dIndices is MaxPool1d that also says where in its sequence each
// largest element was found, as int64.
//
// PyTorch: nn.functional.max_pool1d with return_indices.
func MaxPool1dIndices(x *Tensor, o PoolOptions) (values, indices *Tensor) {
	const op = "max_pool1d"
	needFloat(op, x)
	needSequence(op, x, nil)
	return maxWindows(x, []windows{poolWindows(op, x, x.shape[2], o.Kernel[1], o.Stride[1], o.Padding[1], o.Dilation[1], o.Ceil)})
}

// MaxPool3dIndices is MaxPool3d that also says where in its volume each largest
// element was found, as int64.
//
// PyTorch: nn.functional.max_pool3d with return_indices.
func MaxPool3dIndices(x *Tensor, o Pool3dOptions) (values, indices *Tensor) {
	const op = "max_pool3d"
	needVolume(op, x)
	axes := make([]windows, 3)
	for d := range axes {
		axes[d] = poolWindows(op, x, x.shape[d+2], o.Kernel[d], o.Stride[d], o.Padding[d], o.Dilation[d], o.Ceil)
	}
	return maxWindows(x, axes)
}

func needVolume(op string, x *Tensor) {
	needFloat(op, x)
	if len(x.shape) != 5 {
		fail(op, "x of shape "+shapeText(x.shape), "[batch×channels×depth×height×width]", "", x)
	}
}

func adaptiveMax(op string, x *Tensor, sizes ...int) (values, indices *Tensor) {
	needFloat(op, x)
	if len(x.shape) != len(sizes)+2 {
		fail(op, "x of shape "+shapeText(x.shape), fmt.Sprintf("%d dimensions: [batch×channels×…]", len(sizes)+2), "", x)
	}
	axes := make([]windows, len(sizes))
	for d, n := range sizes {
		axes[d] = adaptiveWindows(op, x, x.shape[d+2], n)
	}
	return maxWindows(x, axes)
}

// AdaptiveMaxPool1d divides sequences [N, C, L] into windows that cover them
// evenly and takes the largest element of each.
//
// PyTorch: nn.functional.adaptive_max_pool1d.
func AdaptiveMaxPool1d(x *Tensor, out int) *Tensor {
	v, _ := AdaptiveMaxPool1dIndices(x, out)
	return v
}

// AdaptiveMaxPool1dIndices is AdaptiveMaxPool1d with the places of the largest
// elements, as int64.
//
// PyTorch: nn.functional.adaptive_max_pool1d with return_indices.
func AdaptiveMaxPool1dIndices(x *Tensor, out int) (values, indices *Tensor) {
	return adaptiveMax("adaptive_max_pool1d", x, out)
}

// AdaptiveMaxPool2d divides images [N, C, H, W] into outH×outW windows that
// cover them evenly and takes the largest element of each.
//
// PyTorch: nn.functional.adaptive_max_pool2d.
func AdaptiveMaxPool2d(x *Tensor, outH, outW int) *Tensor {
	v, _ := AdaptiveMaxPool2dIndices(x, outH, outW)
	return v
}

// AdaptiveMaxPool2dIndices is AdaptiveMaxPool2d with the places of the largest
// elements in their H·W planes, as int64.
//
// PyTorch: nn.functional.adaptive_max_pool2d with return_indices.
func AdaptiveMaxPool2dIndices(x *Tensor, outH, outW int) (values, indices *Tensor) {
	return adaptiveMax("adaptive_max_pool2d", x, outH, outW)
}

// AdaptiveMaxPool3d divides volumes [N, C, D, H, W] into windows that cover
// them evenly and takes the largest element of each.
//
// PyTorch: nn.functional.adaptive_max_pool3d.
func AdaptiveMaxPool3d(x *Tensor, outD, outH, outW int) *Tensor {
	v, _ := AdaptiveMaxPool3dIndices(x, outD, outH, outW)
	return v
}

// AdaptiveMaxPool3dIndices is AdaptiveMaxPool3d with the places of the largest
// elements in their volumes, as int64.
//
// PyTorch: nn.functional.adaptive_max_pool3d with return_indices.
func AdaptiveMaxPool3dIndices(x *Tensor, outD, outH, outW int) (values, indices *Tensor) {
	return adaptiveMax("adaptive_max_pool3d", x, outD, outH, outW)
}

// AdaptiveAvgPool1d divides sequences [N, C, L] into windows that cover them
// evenly and takes the mean of each.
//
// PyTorch: nn.functional.adaptive_avg_pool1d.
func AdaptiveAvgPool1d(x *Tensor, out int) *Tensor {
	needSequence("adaptive_avg_pool1d", x, nil)
	return AdaptiveAvgPool2d(x.Unsqueeze(2), 1, out).Squeeze(2)
}

// AdaptiveAvgPool3d divides volumes [N, C, D, H, W] into windows that cover
// them evenly and takes the mean of each: over planes, then over depth.
//
// PyTorch: nn.functional.adaptive_avg_pool3d.
func AdaptiveAvgPool3d(x *Tensor, outD, outH, outW int) *Tensor {
	needVolume("adaptive_avg_pool3d", x)
	n, c, d := x.shape[0], x.shape[1], x.shape[2]
	y := AdaptiveAvgPool2d(x.Reshape(n, c*d, x.shape[3], x.shape[4]), outH, outW)
	return AdaptiveAvgPool2d(y.Reshape(n, c, d, outH*outW), outD, outH*outW).Reshape(n, c, outD, outH, outW)
}

// maxUnpool puts elements back to their places in planes of the given size.
func maxUnpool(op string, x, indices *Tensor, size []int) *Tensor {
	needFloat(op, x)
	if len(x.shape) != len(size)+2 || shapeText(indices.shape) != shapeText(x.shape) {
		fail(op, fmt.Sprintf("x of shape %s and indices of shape %s", shapeText(x.shape), shapeText(indices.shape)),
			fmt.Sprintf("equal shapes of %d dimensions", len(size)+2), "indices come from the pooling with the same windows", x, indices)
	}
	n, c, ins := x.shape[0], x.shape[1], numel(x.shape[2:])
	zeros := FullOf(x.dtype, 0, n, c, numel(size))
	return zeros.Scatter(2, indices.Reshape(n, c, ins), x.Reshape(n, c, ins)).Reshape(append([]int{n, c}, size...)...)
}

// MaxUnpool1d puts the elements of x back to where MaxPool1dIndices found them
// in sequences of the given length; the rest is zero.
//
// PyTorch: nn.functional.max_unpool1d, nn.MaxUnpool1d.
func MaxUnpool1d(x, indices *Tensor, length int) *Tensor {
	return maxUnpool("max_unpool1d", x, indices, []int{length})
}

// MaxUnpool2d puts the elements of x back to where MaxPool2dIndices found them
// in images of the given size; the rest is zero.
//
// PyTorch: nn.functional.max_unpool2d, nn.MaxUnpool2d.
func MaxUnpool2d(x, indices *Tensor, height, width int) *Tensor {
	return maxUnpool("max_unpool2d", x, indices, []int{height, width})
}

// MaxUnpool3d puts the elements of x back to where MaxPool3dIndices found them
// in volumes of the given size; the rest is zero.
//
// PyTorch: nn.functional.max_unpool3d, nn.MaxUnpool3d.
func MaxUnpool3d(x, indices *Tensor, depth, height, width int) *Tensor {
	return maxUnpool("max_unpool3d", x, indices, []int{depth, height, width})
}

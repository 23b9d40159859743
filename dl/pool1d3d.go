package dl

// MaxPool1d is MaxPool2d for sequences [N, C, L]; it reads the second entry of
// each option. PyTorch: nn.functional.max_pool1d.
func MaxPool1d(x *Tensor, o PoolOptions) *Tensor {
	needSequence("max_pool1d", x, nil)
	return MaxPool2d(x.Unsqueeze(2), o.line()).Squeeze(2)
}

// AvgPool1d is AvgPool2d for sequences [N, C, L]; it reads the second entry of
// each option. PyTorch: nn.functional.avg_pool1d.
func AvgPool1d(x *Tensor, o PoolOptions) *Tensor {
	needSequence("avg_pool1d", x, nil)
	return AvgPool2d(x.Unsqueeze(2), o.line()).Squeeze(2)
}

// line makes the options leave the first dimension alone.
func (o PoolOptions) line() PoolOptions {
	o.Kernel[0], o.Stride[0], o.Padding[0], o.Dilation[0] = 1, 1, 0, 1
	return o
}

// Pool3dOptions configures MaxPool3d and AvgPool3d, for depth, height and
// width. A zero stride means the kernel's length.
type Pool3dOptions struct {
	Kernel, Stride, Padding [3]int
}

// split returns the options of pooling height and width, and of pooling depth
// with the other two joined.
func (o Pool3dOptions) split() (plane, depth PoolOptions) {
	stride := o.Stride
	for i, s := range stride {
		if s == 0 {
			stride[i] = o.Kernel[i]
		}
	}
	plane = PoolOptions{Kernel: [2]int{o.Kernel[1], o.Kernel[2]}, Stride: [2]int{stride[1], stride[2]}, Padding: [2]int{o.Padding[1], o.Padding[2]}}
	depth = PoolOptions{Kernel: [2]int{o.Kernel[0], 1}, Stride: [2]int{stride[0], 1}, Padding: [2]int{o.Padding[0], 0}}
	return plane, depth
}

// MaxPool3d takes the largest element of each window of volumes
// [N, C, D, H, W]. PyTorch: nn.functional.max_pool3d.
func MaxPool3d(x *Tensor, o Pool3dOptions) *Tensor { return pool3d("max_pool3d", x, o, MaxPool2d) }

// AvgPool3d takes the mean of each window of volumes [N, C, D, H, W]; padding
// counts as zeros. PyTorch: nn.functional.avg_pool3d.
func AvgPool3d(x *Tensor, o Pool3dOptions) *Tensor { return pool3d("avg_pool3d", x, o, AvgPool2d) }

// pool3d pools planes, then depth: maximum and mean over a box can be taken
// one dimension after the other.
func pool3d(op string, x *Tensor, o Pool3dOptions, pool func(*Tensor, PoolOptions) *Tensor) *Tensor {
	if len(x.shape) != 5 {
		fail(op, "x of shape "+shapeText(x.shape), "[batch×channels×depth×height×width]", "", x)
	}
	plane, deep := o.split()
	n, c, d := x.shape[0], x.shape[1], x.shape[2]
	y := pool(x.Reshape(n, c*d, x.shape[3], x.shape[4]), plane)
	h, w := y.shape[2], y.shape[3]
	y = pool(y.Reshape(n, c, d, h*w), deep)
	return y.Reshape(n, c, y.shape[2], h, w)
}

// AdaptiveMaxPool2d divides images [N, C, H, W] into outH×outW windows that
// cover them evenly and takes the largest element of each.
//
// PyTorch: nn.functional.adaptive_max_pool2d.
func AdaptiveMaxPool2d(x *Tensor, outH, outW int) *Tensor {
	if len(x.shape) != 4 || outH < 1 || outW < 1 {
		fail("adaptive_max_pool2d", "x of shape "+shapeText(x.shape), "[batch×channels×height×width] and a size of 1 or more", "", x)
	}
	return adaptiveMax(adaptiveMax(x, 2, outH), 3, outW)
}

// adaptiveMax reduces one dimension to n windows.
func adaptiveMax(x *Tensor, d, n int) *Tensor {
	l := x.shape[d]
	parts := make([]*Tensor, n)
	for i := range n {
		lo, hi := i*l/n, ((i+1)*l+n-1)/n
		v, _ := x.Narrow(d, lo, hi-lo).Max(d)
		parts[i] = v
	}
	return Stack(parts, d)
}

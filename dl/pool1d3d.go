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
	Dilation                [3]int // of the window of MaxPool3d; zeros mean one
	Ceil                    bool   // adds the last window, which hangs over the edge
	// ExcludePadding makes AvgPool3d divide by the number of elements under the
	// window; otherwise padding counts as elements of value zero.
	ExcludePadding bool
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
	plane = PoolOptions{Kernel: [2]int{o.Kernel[1], o.Kernel[2]}, Stride: [2]int{stride[1], stride[2]}, Padding: [2]int{o.Padding[1], o.Padding[2]},
		Dilation: [2]int{o.Dilation[1], o.Dilation[2]}, Ceil: o.Ceil, ExcludePadding: o.ExcludePadding}
	depth = PoolOptions{Kernel: [2]int{o.Kernel[0], 1}, Stride: [2]int{stride[0], 1}, Padding: [2]int{o.Padding[0], 0},
		Dilation: [2]int{o.Dilation[0], 1}, Ceil: o.Ceil, ExcludePadding: o.ExcludePadding}
	return plane, depth
}

// MaxPool3d takes the largest element of each window of volumes
// [N, C, D, H, W]. PyTorch: nn.functional.max_pool3d.
func MaxPool3d(x *Tensor, o Pool3dOptions) *Tensor { return pool3d("max_pool3d", x, o, MaxPool2d) }

// AvgPool3d takes the mean of each window of volumes [N, C, D, H, W]; padding
// counts as zeros unless excluded. PyTorch: nn.functional.avg_pool3d.
func AvgPool3d(x *Tensor, o Pool3dOptions) *Tensor { return pool3d("avg_pool3d", x, o, AvgPool2d) }

// pool3d pools planes, then depth: maximum and mean over a box can be taken
// one dimension after the other.
func pool3d(op string, x *Tensor, o Pool3dOptions, pool func(*Tensor, PoolOptions) *Tensor) *Tensor {
	needVolume(op, x)
	plane, deep := o.split()
	n, c, d := x.shape[0], x.shape[1], x.shape[2]
	y := pool(x.Reshape(n, c*d, x.shape[3], x.shape[4]), plane)
	h, w := y.shape[2], y.shape[3]
	y = pool(y.Reshape(n, c, d, h*w), deep)
	return y.Reshape(n, c, y.shape[2], h, w)
}

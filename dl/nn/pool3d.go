package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Pool3dOptions are the choices for [MaxPool3d] and [AvgPool3d], equal for depth, height and width; the zero value steps by
// the size of the window and does not pad.
type Pool3dOptions struct {
	Stride         int  // 0 means the size of the window
	Padding        int  // at most half the window
	Dilation       int  // MaxPool3d only; 0 means 1
	Ceil           bool // keeps the window that hangs over the edge
	ExcludePadding bool // AvgPool3d only: divides by the number of elements under the window instead of its size
}

func (o Pool3dOptions) cube(op string, kernel int) dl.Pool3dOptions {
	positive(op, "kernel", kernel)
	if o.Stride == 0 {
		o.Stride = kernel
	}
	all := func(n int) [3]int { return [3]int{n, n, n} }
	return dl.Pool3dOptions{Kernel: all(kernel), Stride: all(o.Stride), Padding: all(o.Padding), Dilation: all(max(o.Dilation, 1)),
		Ceil: o.Ceil, ExcludePadding: o.ExcludePadding}
}

func pool3dText(name string, o dl.Pool3dOptions) string {
	return pool1dText(name, dl.PoolOptions{Kernel: [2]int{1, o.Kernel[0]}, Stride: [2]int{1, o.Stride[0]}, Padding: [2]int{0, o.Padding[0]},
		Dilation: [2]int{1, o.Dilation[0]}})
}

// MaxPool3d keeps the largest number in each window of a volume.
//
//	input  [N, C, D, H, W]
//	output [N, C, D', H', W'],  D' = (D + 2·padding − dilation·(kernel−1) − 1)/stride + 1
//
// PyTorch: nn.MaxPool3d.
type MaxPool3d struct {
	Options dl.Pool3dOptions
	layer
}

// NewMaxPool3d makes a [MaxPool3d] with cubic windows.
func NewMaxPool3d(kernel int, o Pool3dOptions) *MaxPool3d {
	return &MaxPool3d{Options: o.cube("nn.NewMaxPool3d", kernel)}
}

// Forward pools x of shape [N, C, D, H, W].
func (l *MaxPool3d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.MaxPool3d(x, l.Options))
}

// String gives the window and, when it differs, the stride.
func (l *MaxPool3d) String() string { return pool3dText("MaxPool3d", l.Options) }

// AvgPool3d takes the mean of each window of a volume.
//
//	input  [N, C, D, H, W]
//	output [N, C, D', H', W'],  D' = (D + 2·padding − kernel)/stride + 1
//
// PyTorch: nn.AvgPool3d.
type AvgPool3d struct {
	Options dl.Pool3dOptions
	layer
}

// NewAvgPool3d makes an [AvgPool3d] with cubic windows.
func NewAvgPool3d(kernel int, o Pool3dOptions) *AvgPool3d {
	return &AvgPool3d{Options: o.cube("nn.NewAvgPool3d", kernel)}
}

// Forward pools x of shape [N, C, D, H, W].
func (l *AvgPool3d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.AvgPool3d(x, l.Options))
}

// String gives the window and, when it differs, the stride.
func (l *AvgPool3d) String() string { return pool3dText("AvgPool3d", l.Options) }

// LPPool1d takes the p-norm of each window of a signal [N, C, L].
//
// PyTorch: nn.LPPool1d.
type LPPool1d struct {
	P       float64
	Options dl.PoolOptions
	layer
}

// NewLPPool1d makes an [LPPool1d] with windows of the given length.
func NewLPPool1d(p float64, kernel int, o Pool1dOptions) *LPPool1d {
	return &LPPool1d{P: p, Options: o.wide("nn.NewLPPool1d", kernel)}
}

// Forward pools x of shape [N, C, L].
func (l *LPPool1d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.LPPool1d(x, l.P, l.Options))
}

// String gives the power and the window.
func (l *LPPool1d) String() string { return pool1dText(fmt.Sprintf("LPPool1d(p %g)", l.P), l.Options) }

// LPPool2d takes the p-norm of each window of an image [N, C, H, W].
//
// PyTorch: nn.LPPool2d.
type LPPool2d struct {
	P       float64
	Options dl.PoolOptions
	layer
}

// NewLPPool2d makes an [LPPool2d] with square windows.
func NewLPPool2d(p float64, kernel int, o AvgPool2dOptions) *LPPool2d {
	return &LPPool2d{P: p, Options: NewAvgPool2d(kernel, o).Options}
}

// Forward pools x of shape [N, C, H, W].
func (l *LPPool2d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.LPPool2d(x, l.P, l.Options))
}

// String gives the power and the window.
func (l *LPPool2d) String() string {
	return fmt.Sprintf("LPPool2d(p %g, %s)", l.P, poolText(l.Options))
}

package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Pool1dOptions are the choices for [MaxPool1d] and [AvgPool1d]; the zero value steps by the size of the window and does
// not pad.
type Pool1dOptions struct {
	Stride         int  // 0 means the size of the window
	Padding        int  // at most half the window
	Dilation       int  // MaxPool1d only; 0 means 1
	Ceil           bool // keeps the window that hangs over the end
	ExcludePadding bool // AvgPool1d only: divides by the number of elements under the window instead of its size
}

func (o Pool1dOptions) wide(op string, kernel int) dl.PoolOptions {
	positive(op, "kernel", kernel)
	if o.Stride == 0 {
		o.Stride = kernel
	}
	return dl.PoolOptions{Kernel: [2]int{1, kernel}, Stride: [2]int{1, o.Stride}, Padding: [2]int{0, o.Padding},
		Dilation: [2]int{1, max(o.Dilation, 1)}, Ceil: o.Ceil, ExcludePadding: o.ExcludePadding}
}

func pool1dText(name string, o dl.PoolOptions) string {
	text := fmt.Sprintf("%s(%d", name, o.Kernel[1])
	for _, s := range []setting{{"stride", o.Stride[1], o.Kernel[1]}, {"padding", o.Padding[1], 0}, {"dilation", o.Dilation[1], 1}} {
		if s.value != s.def {
			text += fmt.Sprintf(", %s %d", s.name, s.value)
		}
	}
	return text + ")"
}

// MaxPool1d keeps the largest number in each window of a signal.
//
//	input  [N, C, L]
//	output [N, C, L'],  L' = (L + 2·padding − dilation·(kernel−1) − 1)/stride + 1
//
// PyTorch: nn.MaxPool1d.
type MaxPool1d struct {
	Options dl.PoolOptions
	layer
}

// NewMaxPool1d makes a [MaxPool1d] with windows of the given length.
func NewMaxPool1d(kernel int, o Pool1dOptions) *MaxPool1d {
	return &MaxPool1d{Options: o.wide("nn.NewMaxPool1d", kernel)}
}

// Forward pools x of shape [N, C, L].
func (l *MaxPool1d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.MaxPool1d(x, l.Options))
}

// String gives the window and, when it differs, the stride.
func (l *MaxPool1d) String() string { return pool1dText("MaxPool1d", l.Options) }

// AvgPool1d takes the mean of each window of a signal.
//
//	input  [N, C, L]
//	output [N, C, L'],  L' = (L + 2·padding − kernel)/stride + 1
//
// PyTorch: nn.AvgPool1d.
type AvgPool1d struct {
	Options dl.PoolOptions
	layer
}

// NewAvgPool1d makes an [AvgPool1d] with windows of the given length.
func NewAvgPool1d(kernel int, o Pool1dOptions) *AvgPool1d {
	return &AvgPool1d{Options: o.wide("nn.NewAvgPool1d", kernel)}
}

// Forward pools x of shape [N, C, L].
func (l *AvgPool1d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.AvgPool1d(x, l.Options))
}

// String gives the window and, when it differs, the stride.
func (l *AvgPool1d) String() string { return pool1dText("AvgPool1d", l.Options) }

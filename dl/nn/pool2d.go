package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// MaxPool2dOptions are the choices for a [MaxPool2d]; the zero value steps by the size of the window and does not pad.
type MaxPool2dOptions struct {
	Stride   int  // 0 means the size of the window
	Padding  int  // at most half the window
	Dilation int  // 0 means 1
	Ceil     bool // keeps the window that hangs over the edge

	KernelHW, StrideHW, PaddingHW, DilationHW [2]int
}

// MaxPool2d keeps the largest number in each window of an image.
//
//	input  [N, C, H, W]
//	output [N, C, H', W'],  H' = (H + 2·padding − dilation·(kernel−1) − 1)/stride + 1
//
// PyTorch: nn.MaxPool2d.
type MaxPool2d struct {
	Options dl.PoolOptions
	layer
}

// NewMaxPool2d makes a [MaxPool2d] with square windows.
func NewMaxPool2d(kernel int, o MaxPool2dOptions) *MaxPool2d {
	k := pair(kernel, o.KernelHW, 0)
	positive("nn.NewMaxPool2d", "kernel", min(k[0], k[1]))
	p := dl.PoolOptions{Kernel: k, Stride: k, Padding: pair(o.Padding, o.PaddingHW, 0),
		Dilation: pair(o.Dilation, o.DilationHW, 1), Ceil: o.Ceil}
	if s := pair(o.Stride, o.StrideHW, 0); s != [2]int{} {
		p.Stride = s
	}
	return &MaxPool2d{Options: p}
}

// Forward pools x of shape [N, C, H, W].
func (l *MaxPool2d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.MaxPool2d(x, l.Options))
}

// String gives the window and, when it differs, the stride.
func (l *MaxPool2d) String() string { return "MaxPool2d(" + poolText(l.Options) + ")" }

// AvgPool2dOptions are the choices for an [AvgPool2d]; the zero value steps by the size of the window and does not pad.
type AvgPool2dOptions struct {
	Stride         int  // 0 means the size of the window
	Padding        int  // at most half the window
	Ceil           bool // keeps the window that hangs over the edge
	ExcludePadding bool // divides by the number of pixels under the window instead of its size

	KernelHW, StrideHW, PaddingHW [2]int
}

// AvgPool2d takes the mean of each window of an image.
//
//	input  [N, C, H, W]
//	output [N, C, H', W']
//
// PyTorch: nn.AvgPool2d.
type AvgPool2d struct {
	Options dl.PoolOptions
	layer
}

// NewAvgPool2d makes an [AvgPool2d] with square windows.
func NewAvgPool2d(kernel int, o AvgPool2dOptions) *AvgPool2d {
	k := pair(kernel, o.KernelHW, 0)
	positive("nn.NewAvgPool2d", "kernel", min(k[0], k[1]))
	p := dl.PoolOptions{Kernel: k, Stride: k, Padding: pair(o.Padding, o.PaddingHW, 0), Dilation: [2]int{1, 1},
		Ceil: o.Ceil, ExcludePadding: o.ExcludePadding}
	if s := pair(o.Stride, o.StrideHW, 0); s != [2]int{} {
		p.Stride = s
	}
	return &AvgPool2d{Options: p}
}

// Forward pools x of shape [N, C, H, W].
func (l *AvgPool2d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.AvgPool2d(x, l.Options))
}

// String gives the window and, when it differs, the stride.
func (l *AvgPool2d) String() string { return "AvgPool2d(" + poolText(l.Options) + ")" }

func poolText(o dl.PoolOptions) string {
	s := pairText(o.Kernel)
	if o.Stride != o.Kernel {
		s += ", stride " + pairText(o.Stride)
	}
	if o.Padding != [2]int{} {
		s += ", padding " + pairText(o.Padding)
	}
	if o.Dilation != [2]int{1, 1} {
		s += ", dilation " + pairText(o.Dilation)
	}
	return s
}

// AdaptiveAvgPool2d takes means over windows chosen so that the output has a given size, whatever the size of the input.
//
//	input  [N, C, H, W]
//	output [N, C, OutH, OutW]
//
// PyTorch: nn.AdaptiveAvgPool2d.
type AdaptiveAvgPool2d struct {
	OutH, OutW int
	layer
}

// NewAdaptiveAvgPool2d makes an [AdaptiveAvgPool2d]; 1, 1 is the mean of each channel.
func NewAdaptiveAvgPool2d(outH, outW int) *AdaptiveAvgPool2d {
	positive("nn.NewAdaptiveAvgPool2d", "outH", outH)
	positive("nn.NewAdaptiveAvgPool2d", "outW", outW)
	return &AdaptiveAvgPool2d{OutH: outH, OutW: outW}
}

// Forward pools x of shape [N, C, H, W].
func (l *AdaptiveAvgPool2d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.AdaptiveAvgPool2d(x, l.OutH, l.OutW))
}

// String gives the size of the output.
func (l *AdaptiveAvgPool2d) String() string {
	return fmt.Sprintf("AdaptiveAvgPool2d(%d×%d)", l.OutH, l.OutW)
}

// AdaptiveMaxPool2d keeps the largest number in each window, of as many windows as the output shall have pixels.
//
//	input  [N, C, H, W]
//	output [N, C, Height, Width]
//
// PyTorch: nn.AdaptiveMaxPool2d.
type AdaptiveMaxPool2d struct {
	Height, Width int
	layer
}

// NewAdaptiveMaxPool2d makes an [AdaptiveMaxPool2d] for outputs of height×width.
func NewAdaptiveMaxPool2d(height, width int) *AdaptiveMaxPool2d {
	positive("nn.NewAdaptiveMaxPool2d", "height", height)
	positive("nn.NewAdaptiveMaxPool2d", "width", width)
	return &AdaptiveMaxPool2d{Height: height, Width: width}
}

// Forward pools x of shape [N, C, H, W].
func (l *AdaptiveMaxPool2d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.AdaptiveMaxPool2d(x, l.Height, l.Width))
}

// String gives the size of the output.
func (l *AdaptiveMaxPool2d) String() string {
	return fmt.Sprintf("AdaptiveMaxPool2d(%d×%d)", l.Height, l.Width)
}

package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// AdaptiveAvgPool1d takes means over windows chosen so that the output has a given size, whatever the size of the input.
//
//	input  [N, C, L]
//	output [N, C, Out]
//
// PyTorch: nn.AdaptiveAvgPool1d.
type AdaptiveAvgPool1d struct {
	Out int
	layer
}

// NewAdaptiveAvgPool1d makes an [AdaptiveAvgPool1d] with an output of the given size.
func NewAdaptiveAvgPool1d(out int) *AdaptiveAvgPool1d {
	positive("nn.NewAdaptiveAvgPool1d", "out", out)
	return &AdaptiveAvgPool1d{Out: out}
}

// Forward pools x of shape [N, C, L].
func (l *AdaptiveAvgPool1d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.AdaptiveAvgPool1d(x, l.Out))
}

// String gives the size of the output.
func (l *AdaptiveAvgPool1d) String() string {
	return fmt.Sprintf("AdaptiveAvgPool1d(%d)", l.Out)
}

// AdaptiveAvgPool3d takes means over windows chosen so that the output has a given size, whatever the size of the input.
//
//	input  [N, C, D, H, W]
//	output [N, C, OutD, OutH, OutW]
//
// PyTorch: nn.AdaptiveAvgPool3d.
type AdaptiveAvgPool3d struct {
	OutD, OutH, OutW int
	layer
}

// NewAdaptiveAvgPool3d makes an [AdaptiveAvgPool3d] with an output of the given size.
func NewAdaptiveAvgPool3d(outD, outH, outW int) *AdaptiveAvgPool3d {
	positive("nn.NewAdaptiveAvgPool3d", "outD", outD)
	positive("nn.NewAdaptiveAvgPool3d", "outH", outH)
	positive("nn.NewAdaptiveAvgPool3d", "outW", outW)
	return &AdaptiveAvgPool3d{OutD: outD, OutH: outH, OutW: outW}
}

// Forward pools x of shape [N, C, D, H, W].
func (l *AdaptiveAvgPool3d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.AdaptiveAvgPool3d(x, l.OutD, l.OutH, l.OutW))
}

// String gives the size of the output.
func (l *AdaptiveAvgPool3d) String() string {
	return fmt.Sprintf("AdaptiveAvgPool3d(%d×%d×%d)", l.OutD, l.OutH, l.OutW)
}

// AdaptiveMaxPool1d keeps the largest number in each of as many windows as the output is to have elements.
//
//	input  [N, C, L]
//	output [N, C, Out]
//
// PyTorch: nn.AdaptiveMaxPool1d.
type AdaptiveMaxPool1d struct {
	Out int
	layer
}

// NewAdaptiveMaxPool1d makes an [AdaptiveMaxPool1d] with an output of the given size.
func NewAdaptiveMaxPool1d(out int) *AdaptiveMaxPool1d {
	positive("nn.NewAdaptiveMaxPool1d", "out", out)
	return &AdaptiveMaxPool1d{Out: out}
}

// Forward pools x of shape [N, C, L].
func (l *AdaptiveMaxPool1d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.AdaptiveMaxPool1d(x, l.Out))
}

// String gives the size of the output.
func (l *AdaptiveMaxPool1d) String() string {
	return fmt.Sprintf("AdaptiveMaxPool1d(%d)", l.Out)
}

// AdaptiveMaxPool3d keeps the largest number in each of as many windows as the output is to have elements.
//
//	input  [N, C, D, H, W]
//	output [N, C, OutD, OutH, OutW]
//
// PyTorch: nn.AdaptiveMaxPool3d.
type AdaptiveMaxPool3d struct {
	OutD, OutH, OutW int
	layer
}

// NewAdaptiveMaxPool3d makes an [AdaptiveMaxPool3d] with an output of the given size.
func NewAdaptiveMaxPool3d(outD, outH, outW int) *AdaptiveMaxPool3d {
	positive("nn.NewAdaptiveMaxPool3d", "outD", outD)
	positive("nn.NewAdaptiveMaxPool3d", "outH", outH)
	positive("nn.NewAdaptiveMaxPool3d", "outW", outW)
	return &AdaptiveMaxPool3d{OutD: outD, OutH: outH, OutW: outW}
}

// Forward pools x of shape [N, C, D, H, W].
func (l *AdaptiveMaxPool3d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.AdaptiveMaxPool3d(x, l.OutD, l.OutH, l.OutW))
}

// String gives the size of the output.
func (l *AdaptiveMaxPool3d) String() string {
	return fmt.Sprintf("AdaptiveMaxPool3d(%d×%d×%d)", l.OutD, l.OutH, l.OutW)
}

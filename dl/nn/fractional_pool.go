package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// FractionalMaxPool2d shrinks images by any ratio: see [dl.FractionalMaxPool2d].
//
//	input  [N, C, H, W]
//	output [N, C, OutH, OutW]
//
// PyTorch: nn.FractionalMaxPool2d.
type FractionalMaxPool2d struct {
	Options dl.FractionalPoolOptions2d
	layer
}

// NewFractionalMaxPool2d makes a [FractionalMaxPool2d].
func NewFractionalMaxPool2d(o dl.FractionalPoolOptions2d) *FractionalMaxPool2d {
	return &FractionalMaxPool2d{Options: o}
}

// Forward pools x.
func (l *FractionalMaxPool2d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	y, _ := dl.FractionalMaxPool2d(x, l.Options)
	return l.out(x, y)
}

// String gives the windows.
func (l *FractionalMaxPool2d) String() string {
	return fmt.Sprintf("FractionalMaxPool2d(%d×%d)", l.Options.Kernel[0], l.Options.Kernel[1])
}

// FractionalMaxPool3d is [FractionalMaxPool2d] for volumes.
//
//	input  [N, C, D, H, W]
//	output [N, C, OutD, OutH, OutW]
//
// PyTorch: nn.FractionalMaxPool3d.
type FractionalMaxPool3d struct {
	Options dl.FractionalPoolOptions3d
	layer
}

// NewFractionalMaxPool3d makes a [FractionalMaxPool3d].
func NewFractionalMaxPool3d(o dl.FractionalPoolOptions3d) *FractionalMaxPool3d {
	return &FractionalMaxPool3d{Options: o}
}

// Forward pools x.
func (l *FractionalMaxPool3d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	y, _ := dl.FractionalMaxPool3d(x, l.Options)
	return l.out(x, y)
}

// String gives the windows.
func (l *FractionalMaxPool3d) String() string {
	k := l.Options.Kernel
	return fmt.Sprintf("FractionalMaxPool3d(%d×%d×%d)", k[0], k[1], k[2])
}

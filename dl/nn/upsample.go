package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Upsample resizes signals, images or volumes.
//
//	input  [N, C, ...]
//	output [N, C, ...], each further axis Factor times as long, or as long as Size says
//
// PyTorch: nn.Upsample.
type Upsample struct {
	Factor  float64 // 0 when Size is given
	Options UpsampleOptions
	layer
}

// UpsampleOptions are the choices for an [Upsample]; the zero value repeats the nearest element.
type UpsampleOptions struct {
	Size         []int              // of the axes after the channels, instead of a factor
	Mode         dl.InterpolateMode // dl.InterpolateNearest, InterpolateLinear (bilinear for images) or InterpolateCubic
	AlignCorners bool               // puts the outermost elements of input and output on each other
}

// NewUpsample makes an [Upsample] by a factor; with Size in the options the factor is 0.
//
//	nn.NewUpsample(2, nn.UpsampleOptions{Mode: dl.InterpolateLinear})
//
// PyTorch: nn.Upsample(scale_factor=factor, …).
func NewUpsample(factor float64, o UpsampleOptions) *Upsample {
	if !(factor > 0) && len(o.Size) == 0 || factor != 0 && len(o.Size) > 0 {
		panic(&dl.Error{Op: "nn.NewUpsample", Got: fmt.Sprintf("factor %g and size %v", factor, o.Size), Want: "a positive factor, or 0 and a size"})
	}
	return &Upsample{Factor: factor, Options: o}
}

// Forward resizes x of shape [N, C, ...].
func (l *Upsample) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	o := dl.InterpolateOptions{Mode: l.Options.Mode, AlignCorners: l.Options.AlignCorners}
	if len(l.Options.Size) > 0 {
		return l.out(x, dl.Interpolate(x, l.Options.Size, o))
	}
	return l.out(x, dl.InterpolateScale(x, l.Factor, o))
}

// String gives the factor or the size, and the mode.
func (l *Upsample) String() string {
	mode := map[dl.InterpolateMode]string{dl.InterpolateNearest: "nearest", dl.InterpolateLinear: "linear", dl.InterpolateCubic: "cubic"}[l.Options.Mode]
	if len(l.Options.Size) > 0 {
		return fmt.Sprintf("Upsample(to %s, %s)", shapeText(l.Options.Size), mode)
	}
	return fmt.Sprintf("Upsample(×%g, %s)", l.Factor, mode)
}

// PixelShuffle makes images Factor times as high and wide out of Factor² channels each.
//
//	input  [N, C·Factor², H, W]
//	output [N, C, H·Factor, W·Factor]
//
// W. Shi et al.: Real-Time Single Image and Video Super-Resolution, arXiv:1609.05158.
// PyTorch: nn.PixelShuffle.
type PixelShuffle struct {
	Factor int
	layer
}

// NewPixelShuffle makes a [PixelShuffle].
func NewPixelShuffle(factor int) *PixelShuffle {
	positive("nn.NewPixelShuffle", "factor", factor)
	return &PixelShuffle{Factor: factor}
}

// Forward rearranges x of shape [N, C·Factor², H, W].
func (l *PixelShuffle) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.PixelShuffle(x, l.Factor))
}

// String gives the factor.
func (l *PixelShuffle) String() string { return fmt.Sprintf("PixelShuffle(%d)", l.Factor) }

// PixelUnshuffle is the inverse of [PixelShuffle].
//
//	input  [N, C, H·Factor, W·Factor]
//	output [N, C·Factor², H, W]
//
// PyTorch: nn.PixelUnshuffle.
type PixelUnshuffle struct {
	Factor int
	layer
}

// NewPixelUnshuffle makes a [PixelUnshuffle].
func NewPixelUnshuffle(factor int) *PixelUnshuffle {
	positive("nn.NewPixelUnshuffle", "factor", factor)
	return &PixelUnshuffle{Factor: factor}
}

// Forward rearranges x of shape [N, C, H·Factor, W·Factor].
func (l *PixelUnshuffle) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.PixelUnshuffle(x, l.Factor))
}

// String gives the factor.
func (l *PixelUnshuffle) String() string { return fmt.Sprintf("PixelUnshuffle(%d)", l.Factor) }

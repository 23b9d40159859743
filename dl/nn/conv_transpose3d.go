package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// ConvTranspose3d is the transpose of a [Conv3d].
//
//	input  [N, In, D, H, W]
//	output [N, Out, D', H', W'],  D' = (D − 1)·stride − 2·padding + dilation·(kernel−1) + outputPadding + 1
//
// PyTorch: nn.ConvTranspose3d.
type ConvTranspose3d struct {
	Weight  *dl.Tensor           `nn:"weight"` // [In, Out/Groups, Kernel, Kernel, Kernel]
	Bias    *dl.Tensor           `nn:"bias"`   // [Out], nil without a bias
	In      int                  `nn:"-"`
	Out     int                  `nn:"-"`
	Kernel  int                  `nn:"-"`
	Options ConvTransposeOptions `nn:"-"`
	layer   `nn:"-"`
}

// NewConvTranspose3d makes a layer from in to out channels with cubic filters of the given size.
//
// PyTorch: nn.ConvTranspose3d(in, out, kernel, stride, padding, …).
func NewConvTranspose3d(in, out, kernel int, o ConvTransposeOptions) *ConvTranspose3d {
	o = o.complete("nn.NewConvTranspose3d", in, out, kernel)
	l := &ConvTranspose3d{In: in, Out: out, Kernel: kernel, Options: o}
	l.Weight, l.Bias = filters(o.NoBias, out, in, out/o.Groups, kernel, kernel, kernel)
	return l
}

// Forward maps x of shape [N, In, D, H, W].
func (l *ConvTranspose3d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	if x.Dim() != 5 || x.Size(1) != l.In {
		panic(&dl.Error{Op: "nn.ConvTranspose3d", Shapes: [][]int{x.Shape()}, Got: "an input of shape " + shapeText(x.Shape()),
			Want: fmt.Sprintf("[batch×%d channels×depth×height×width]", l.In)})
	}
	all := func(n int) [3]int { return [3]int{n, n, n} }
	o := l.Options
	return l.out(x, dl.ConvTranspose3d(x, l.Weight, l.Bias, dl.ConvTranspose3dOptions{Stride: all(o.Stride), Padding: all(o.Padding),
		OutputPadding: all(o.OutputPadding), Dilation: all(o.Dilation), Groups: o.Groups}))
}

// String describes the layer.
func (l *ConvTranspose3d) String() string {
	return l.Options.describe("ConvTranspose3d", l.In, l.Out, l.Kernel)
}

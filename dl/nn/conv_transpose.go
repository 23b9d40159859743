package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// ConvTranspose2d is the transpose of a [Conv2d]: each element of its input paints learned filters into an image, which is
// larger by the stride. It is the layer that generators and decoders grow images by.
//
//	input  [N, In, H, W]
//	output [N, Out, H', W'],  H' = (H − 1)·stride − 2·padding + dilation·(kernel−1) + outputPadding + 1
//
// PyTorch: nn.ConvTranspose2d.
type ConvTranspose2d struct {
	Weight  *dl.Tensor           `nn:"weight"` // [In, Out/Groups, Kernel, Kernel]
	Bias    *dl.Tensor           `nn:"bias"`   // [Out], nil without a bias
	In      int                  `nn:"-"`
	Out     int                  `nn:"-"`
	Kernel  int                  `nn:"-"`
	Options ConvTransposeOptions `nn:"-"`
	layer   `nn:"-"`
}

// ConvTransposeOptions are the choices for a [ConvTranspose2d], equal for height and width, or a [ConvTranspose1d]. The
// zero value is stride 1, no padding, no dilation, one group, a bias.
type ConvTransposeOptions struct {
	Stride        int  // how much larger the output is; 0 means 1
	Padding       int  // makes the output smaller, by what padding a convolution would add
	OutputPadding int  // added to the size of the output at one end; less than the stride
	Dilation      int  // distance of the taps of a filter; 0 means 1
	Groups        int  // channels are split into so many independent groups; 0 means 1
	NoBias        bool // leaves the bias out
}

func (o ConvTransposeOptions) complete(op string, in, out, kernel int) ConvTransposeOptions {
	o.Stride, o.Dilation, o.Groups = max(o.Stride, 1), max(o.Dilation, 1), max(o.Groups, 1)
	checkChannels(op, in, out, o.Groups, kernel)
	return o
}

func (o ConvTransposeOptions) describe(name string, in, out, kernel int) string {
	return describeConv(name, in, out, fmt.Sprint(kernel), o.NoBias, o.Groups, setting{"stride", o.Stride, 1},
		setting{"padding", o.Padding, 0}, setting{"output padding", o.OutputPadding, 0}, setting{"dilation", o.Dilation, 1})
}

func (o ConvTransposeOptions) both() dl.ConvTransposeOptions {
	two := func(n int) [2]int { return [2]int{n, n} }
	return dl.ConvTransposeOptions{Stride: two(o.Stride), Padding: two(o.Padding), OutputPadding: two(o.OutputPadding),
		Dilation: two(o.Dilation), Groups: o.Groups}
}

// NewConvTranspose2d makes a layer from in to out channels with square filters of the given size.
//
//	nn.NewConvTranspose2d(64, 32, 4, nn.ConvTransposeOptions{Stride: 2, Padding: 1}) // twice as high and wide
//
// PyTorch: nn.ConvTranspose2d(in, out, kernel, stride, padding, …).
func NewConvTranspose2d(in, out, kernel int, o ConvTransposeOptions) *ConvTranspose2d {
	o = o.complete("nn.NewConvTranspose2d", in, out, kernel)
	l := &ConvTranspose2d{In: in, Out: out, Kernel: kernel, Options: o}
	l.Weight, l.Bias = filters(o.NoBias, out, in, out/o.Groups, kernel, kernel)
	return l
}

// Forward maps x of shape [N, In, H, W].
func (l *ConvTranspose2d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	if x.Dim() != 4 || x.Size(1) != l.In {
		panic(&dl.Error{Op: "nn.ConvTranspose2d", Shapes: [][]int{x.Shape()}, Got: "an input of shape " + shapeText(x.Shape()),
			Want: fmt.Sprintf("[batch×%d channels×height×width]", l.In)})
	}
	return l.out(x, dl.ConvTranspose2d(x, l.Weight, l.Bias, l.Options.both()))
}

// String describes the layer: "ConvTranspose2d(64→32, kernel 4, stride 2, padding 1)".
func (l *ConvTranspose2d) String() string {
	return l.Options.describe("ConvTranspose2d", l.In, l.Out, l.Kernel)
}

// ConvTranspose1d is the transpose of a [Conv1d].
//
//	input  [N, In, L]
//	output [N, Out, L'],  L' = (L − 1)·stride − 2·padding + dilation·(kernel−1) + outputPadding + 1
//
// PyTorch: nn.ConvTranspose1d.
type ConvTranspose1d struct {
	Weight  *dl.Tensor           `nn:"weight"` // [In, Out/Groups, Kernel]
	Bias    *dl.Tensor           `nn:"bias"`   // [Out], nil without a bias
	In      int                  `nn:"-"`
	Out     int                  `nn:"-"`
	Kernel  int                  `nn:"-"`
	Options ConvTransposeOptions `nn:"-"`
	layer   `nn:"-"`
}

// NewConvTranspose1d makes a layer from in to out channels with filters of the given length.
//
// PyTorch: nn.ConvTranspose1d(in, out, kernel, stride, padding, …).
func NewConvTranspose1d(in, out, kernel int, o ConvTransposeOptions) *ConvTranspose1d {
	o = o.complete("nn.NewConvTranspose1d", in, out, kernel)
	l := &ConvTranspose1d{In: in, Out: out, Kernel: kernel, Options: o}
	l.Weight, l.Bias = filters(o.NoBias, out, in, out/o.Groups, kernel)
	return l
}

// Forward maps x of shape [N, In, L].
func (l *ConvTranspose1d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	checkSignals("nn.ConvTranspose1d", x, l.In)
	return l.out(x, dl.ConvTranspose1d(x, l.Weight, l.Bias, l.Options.both()))
}

// String describes the layer.
func (l *ConvTranspose1d) String() string {
	return l.Options.describe("ConvTranspose1d", l.In, l.Out, l.Kernel)
}

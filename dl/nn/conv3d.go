package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Conv3d slides learned filters through volumes.
//
//	input  [N, In, D, H, W]
//	output [N, Out, D', H', W'],  D' = (D + 2·padding − dilation·(kernel−1) − 1)/stride + 1
//
// PyTorch: nn.Conv3d.
type Conv3d struct {
	Weight  *dl.Tensor    `nn:"weight"` // [Out, In/Groups, Kernel, Kernel, Kernel]
	Bias    *dl.Tensor    `nn:"bias"`   // [Out], nil without a bias
	In      int           `nn:"-"`
	Out     int           `nn:"-"`
	Kernel  int           `nn:"-"`
	Options Conv3dOptions `nn:"-"`
	layer   `nn:"-"`
}

// Conv3dOptions are the choices for a [Conv3d], equal for depth, height and width. The zero value is stride 1, no padding,
// no dilation, one group, a bias.
type Conv3dOptions struct {
	Stride   int        // 0 means 1
	Padding  int        // zeros around the volume
	Dilation int        // distance of the taps of a filter; 0 means 1
	Groups   int        // channels are split into so many independent groups; 0 means 1
	NoBias   bool       // leaves the bias out
	Same     bool       // pads so that the output is as large as the input; needs stride 1 and an odd kernel
	PadMode  dl.PadMode // what stands around the volume instead of zeros: PyTorch's padding_mode
}

// NewConv3d makes a layer from in to out channels with cubic filters of the given size.
//
// PyTorch: nn.Conv3d(in, out, kernel, stride, padding, …).
func NewConv3d(in, out, kernel int, o Conv3dOptions) *Conv3d {
	o.Stride, o.Dilation, o.Groups = max(o.Stride, 1), max(o.Dilation, 1), max(o.Groups, 1)
	checkChannels("nn.NewConv3d", in, out, o.Groups, kernel)
	if o.Same {
		span := o.Dilation * (kernel - 1)
		if o.Stride != 1 || span%2 != 0 {
			panic(&dl.Error{Op: "nn.NewConv3d", Got: fmt.Sprintf("Same with stride %d and kernel %d", o.Stride, kernel),
				Want: "stride 1 and an odd kernel", Hint: "set Padding instead of Same"})
		}
		o.Padding = span / 2
	}
	l := &Conv3d{In: in, Out: out, Kernel: kernel, Options: o}
	l.Weight, l.Bias = filters(o.NoBias, out, out, in/o.Groups, kernel, kernel, kernel)
	return l
}

// Forward convolves x of shape [N, In, D, H, W].
func (l *Conv3d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	if x.Dim() != 5 || x.Size(1) != l.In {
		shape := x.Shape()
		e := &dl.Error{Op: "nn.Conv3d", Shapes: [][]int{shape}, Got: "an input of shape " + shapeText(shape),
			Want: fmt.Sprintf("[batch×%d channels×depth×height×width]", l.In)}
		if len(shape) == 4 && l.In == 1 {
			e.Hint = "the volumes have no channel axis: x.Unsqueeze(1)"
		}
		panic(e)
	}
	all := func(n int) [3]int { return [3]int{n, n, n} }
	o, y := l.Options, x
	if p := o.Padding; o.PadMode != dl.PadConstant && p > 0 {
		y, o.Padding = x.Pad([]int{p, p, p, p, p, p}, o.PadMode, 0), 0
	}
	return l.out(x, dl.Conv3d(y, l.Weight, l.Bias, dl.Conv3dOptions{Stride: all(o.Stride), Padding: all(o.Padding),
		Dilation: all(o.Dilation), Groups: o.Groups}))
}

// String describes the layer.
func (l *Conv3d) String() string {
	o := l.Options
	return describeConv("Conv3d", l.In, l.Out, fmt.Sprint(l.Kernel)+padText(o.PadMode), l.Bias == nil, o.Groups,
		setting{"stride", o.Stride, 1}, setting{"padding", o.Padding, 0}, setting{"dilation", o.Dilation, 1})
}

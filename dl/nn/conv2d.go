package nn

import (
	"fmt"
	"math"
	"strings"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Conv2d slides learned filters over images.
//
//	input  [N, In, H, W]
//	output [N, Out, H', W'],  H' = (H + 2·padding − dilation·(kernel−1) − 1)/stride + 1
//
// PyTorch: nn.Conv2d.
type Conv2d struct {
	Weight  *dl.Tensor     `nn:"weight"` // [Out, In/Groups, KH, KW]
	Bias    *dl.Tensor     `nn:"bias"`   // [Out], nil without a bias
	In      int            `nn:"-"`
	Out     int            `nn:"-"`
	Kernel  [2]int         `nn:"-"`
	Options dl.ConvOptions `nn:"-"`
	PadMode dl.PadMode     `nn:"-"`
	layer   `nn:"-"`
}

// Conv2dOptions are the choices for a [Conv2d]. The zero value is stride 1, no padding, no dilation, one group, a bias. The
// fields that end in HW set height and width apart and win over the others.
type Conv2dOptions struct {
	Stride   int  // 0 means 1
	Padding  int  // zeros around the image
	Dilation int  // distance of the taps of a filter; 0 means 1
	Groups   int  // channels are split into so many independent groups; 0 means 1
	NoBias   bool // leaves the bias out, as before a batch norm
	Same     bool // pads so that the output is as large as the input; needs stride 1 and odd kernels

	PadMode dl.PadMode // what stands around the image instead of zeros: PyTorch's padding_mode

	KernelHW, StrideHW, PaddingHW, DilationHW [2]int
}

// NewConv2d makes a layer from in to out channels with square filters of the given size. Weights and biases start uniform
// in ±1/√(in/groups·kernel²), as in PyTorch.
//
//	nn.NewConv2d(1, 32, 3, nn.Conv2dOptions{Padding: 1})
//
// PyTorch: nn.Conv2d(in, out, kernel, stride, padding, …).
func NewConv2d(in, out, kernel int, o Conv2dOptions) *Conv2d {
	const op = "nn.NewConv2d"
	positive(op, "in", in)
	positive(op, "out", out)
	k := pair(kernel, o.KernelHW, 0)
	positive(op, "kernel", k[0])
	positive(op, "kernel", k[1])
	groups := max(o.Groups, 1)
	if in%groups != 0 || out%groups != 0 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("%d input channels, %d output channels and %d groups", in, out, groups),
			Want: "numbers of channels that the groups divide"})
	}
	l := &Conv2d{In: in, Out: out, Kernel: k, PadMode: o.PadMode}
	l.Options = dl.ConvOptions{Stride: pair(o.Stride, o.StrideHW, 1), Dilation: pair(o.Dilation, o.DilationHW, 1),
		Padding: pair(o.Padding, o.PaddingHW, 0), Groups: groups}
	if o.Same {
		for i := range k {
			span := l.Options.Dilation[i] * (k[i] - 1)
			if l.Options.Stride[i] != 1 || span%2 != 0 {
				l.cannotKeepSize(op)
			}
			l.Options.Padding[i] = span / 2
		}
	}
	l.Weight = parameter(out, in/groups, k[0], k[1])
	InitKaimingUniform(l.Weight, KaimingOptions{Slope: math.Sqrt(5)})
	if !o.NoBias {
		l.Bias = parameter(out)
		bound := 1 / math.Sqrt(float64(in/groups*k[0]*k[1]))
		InitUniform(l.Bias, -bound, bound)
	}
	return l
}

func (l *Conv2d) cannotKeepSize(op string) {
	panic(&dl.Error{Op: op, Got: fmt.Sprintf("Same with stride %s and kernel %s", pairText(l.Options.Stride), pairText(l.Kernel)),
		Want: "stride 1 and an odd kernel", Hint: "set Padding instead of Same"})
}

// Forward convolves x of shape [N, In, H, W].
func (l *Conv2d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	l.check(x)
	y, o := l.padded(x)
	return l.out(x, dl.Conv2d(y, l.Weight, l.Bias, o))
}

// forwardReLU is Forward followed by ReLU in one step, for Sequential.
func (l *Conv2d) forwardReLU(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	l.check(x)
	y, o := l.padded(x)
	o.ReLU = true
	return dl.Conv2d(y, l.Weight, l.Bias, o)
}

// padded puts around x what is not zeros, and takes the padding out of the options then.
func (l *Conv2d) padded(x *dl.Tensor) (*dl.Tensor, dl.ConvOptions) {
	o := l.Options
	if p := o.Padding; l.PadMode != dl.PadConstant && p != [2]int{} {
		o.Padding = [2]int{}
		x = x.Pad([]int{p[1], p[1], p[0], p[0]}, l.PadMode, 0)
	}
	return x, o
}

func (l *Conv2d) check(x *dl.Tensor) {
	if x.Dim() == 4 && x.Size(1) == l.In {
		return
	}
	shape := x.Shape()
	e := &dl.Error{Op: "nn.Conv2d", Shapes: [][]int{shape}, Got: "an input of shape " + shapeText(shape),
		Want: fmt.Sprintf("[batch×%d channels×height×width]", l.In)}
	switch {
	case len(shape) == 4 && shape[3] == l.In:
		e.Hint = "the channels are last: x.Permute(0, 3, 1, 2) puts them second"
	case len(shape) == 4:
		e.Hint = fmt.Sprintf("the images have %d channels: nn.NewConv2d(%d, %d, …)", shape[1], shape[1], l.Out)
	case len(shape) == 3 && shape[0] == l.In:
		e.Hint = "this is one image without a batch axis: x.Unsqueeze(0)"
	case len(shape) == 3 && l.In == 1:
		e.Hint = "the images have no channel axis: x.Unsqueeze(1)"
	case len(shape) == 2 && shape[1]%l.In == 0:
		if side := int(math.Round(math.Sqrt(float64(shape[1] / l.In)))); side*side*l.In == shape[1] {
			e.Hint = fmt.Sprintf("the images are flattened: x.Reshape(%d, %d, %d, %d)", shape[0], l.In, side, side)
		}
	}
	panic(e)
}

// String describes the layer: "Conv2d(1→32, kernel 3, padding 1)".
func (l *Conv2d) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Conv2d(%d→%d, kernel %s", l.In, l.Out, pairText(l.Kernel))
	o := l.Options
	if o.Stride != [2]int{1, 1} {
		fmt.Fprintf(&b, ", stride %s", pairText(o.Stride))
	}
	if o.Padding != [2]int{} {
		fmt.Fprintf(&b, ", padding %s", pairText(o.Padding))
	}
	b.WriteString(padText(l.PadMode))
	if o.Dilation != [2]int{1, 1} {
		fmt.Fprintf(&b, ", dilation %s", pairText(o.Dilation))
	}
	if o.Groups > 1 {
		fmt.Fprintf(&b, ", groups %d", o.Groups)
	}
	if l.Bias == nil {
		b.WriteString(", no bias")
	}
	b.WriteByte(')')
	return b.String()
}

// padText names what a convolution is padded with, nothing for zeros.
func padText(m dl.PadMode) string {
	return map[dl.PadMode]string{dl.PadReflect: ", reflected", dl.PadReplicate: ", replicated", dl.PadCircular: ", circular"}[m]
}

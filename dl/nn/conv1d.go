package nn

import (
	"fmt"
	"math"
	"strings"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Conv1d slides learned filters along signals.
//
//	input  [N, In, L]
//	output [N, Out, L'],  L' = (L + 2·padding − dilation·(kernel−1) − 1)/stride + 1
//
// PyTorch: nn.Conv1d.
type Conv1d struct {
	Weight  *dl.Tensor    `nn:"weight"` // [Out, In/Groups, Kernel]
	Bias    *dl.Tensor    `nn:"bias"`   // [Out], nil without a bias
	In      int           `nn:"-"`
	Out     int           `nn:"-"`
	Kernel  int           `nn:"-"`
	Options Conv1dOptions `nn:"-"`
	layer   `nn:"-"`
}

// Conv1dOptions are the choices for a [Conv1d]. The zero value is stride 1, no padding, no dilation, one group, a bias.
type Conv1dOptions struct {
	Stride   int        // 0 means 1
	Padding  int        // zeros at both ends
	Dilation int        // distance of the taps of a filter; 0 means 1
	Groups   int        // channels are split into so many independent groups; 0 means 1
	NoBias   bool       // leaves the bias out
	PadMode  dl.PadMode // what stands at the ends instead of zeros: PyTorch's padding_mode
	Same     bool       // pads so that the output is as long as the input; needs stride 1 and an odd kernel
}

// NewConv1d makes a layer from in to out channels with filters of the given length. Weights and biases start uniform in
// ±1/√(in/groups·kernel), as in PyTorch.
//
// PyTorch: nn.Conv1d(in, out, kernel, stride, padding, …).
func NewConv1d(in, out, kernel int, o Conv1dOptions) *Conv1d {
	const op = "nn.NewConv1d"
	o.Stride, o.Dilation, o.Groups = max(o.Stride, 1), max(o.Dilation, 1), max(o.Groups, 1)
	checkChannels(op, in, out, o.Groups, kernel)
	if o.Same {
		span := o.Dilation * (kernel - 1)
		if o.Stride != 1 || span%2 != 0 {
			panic(&dl.Error{Op: op, Got: fmt.Sprintf("Same with stride %d and kernel %d", o.Stride, kernel),
				Want: "stride 1 and an odd kernel", Hint: "set Padding instead of Same"})
		}
		o.Padding = span / 2
	}
	l := &Conv1d{In: in, Out: out, Kernel: kernel, Options: o}
	l.Weight, l.Bias = filters(o.NoBias, out, out, in/o.Groups, kernel)
	return l
}

// checkChannels checks the sizes that all convolutions have.
func checkChannels(op string, in, out, groups int, kernel ...int) {
	positive(op, "in", in)
	positive(op, "out", out)
	for _, k := range kernel {
		positive(op, "kernel", k)
	}
	if in%groups != 0 || out%groups != 0 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("%d input channels, %d output channels and %d groups", in, out, groups),
			Want: "numbers of channels that the groups divide"})
	}
}

// filters makes the weight of a convolution and, for so many channels, its bias, with the first values of PyTorch's.
func filters(noBias bool, channels int, shape ...int) (weight, bias *dl.Tensor) {
	weight = InitKaimingUniform(parameter(shape...), KaimingOptions{Slope: math.Sqrt(5)})
	if !noBias {
		bound := 1 / math.Sqrt(float64(product(shape[1:])))
		bias = InitUniform(parameter(channels), -bound, bound)
	}
	return weight, bias
}

// Forward convolves x of shape [N, In, L].
func (l *Conv1d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	checkSignals("nn.Conv1d", x, l.In)
	o, y := l.Options, x
	if o.PadMode != dl.PadConstant && o.Padding > 0 {
		y, o.Padding = x.Pad([]int{o.Padding, o.Padding}, o.PadMode, 0), 0
	}
	return l.out(x, dl.Conv1d(y, l.Weight, l.Bias, dl.ConvOptions{Stride: [2]int{1, o.Stride}, Padding: [2]int{0, o.Padding},
		Dilation: [2]int{1, o.Dilation}, Groups: o.Groups}))
}

func checkSignals(op string, x *dl.Tensor, in int) {
	if x.Dim() == 3 && x.Size(1) == in {
		return
	}
	shape := x.Shape()
	e := &dl.Error{Op: op, Shapes: [][]int{shape}, Got: "an input of shape " + shapeText(shape),
		Want: fmt.Sprintf("[batch×%d channels×length]", in)}
	switch {
	case len(shape) == 3 && shape[2] == in:
		e.Hint = "the channels are last: x.Transpose(1, 2) puts them second"
	case len(shape) == 2 && shape[0] == in && in > 1:
		e.Hint = "this is one signal without a batch axis: x.Unsqueeze(0)"
	case len(shape) == 2 && in == 1:
		e.Hint = "the signals have no channel axis: x.Unsqueeze(1)"
	}
	panic(e)
}

// String describes the layer: "Conv1d(1→32, kernel 3, padding 1)".
func (l *Conv1d) String() string {
	o := l.Options
	return describeConv("Conv1d", l.In, l.Out, fmt.Sprint(l.Kernel)+padText(o.PadMode), l.Bias == nil, o.Groups,
		setting{"stride", o.Stride, 1}, setting{"padding", o.Padding, 0}, setting{"dilation", o.Dilation, 1})
}

// setting is a number that is worth a word when it is not what it is by default.
type setting struct {
	name       string
	value, def int
}

func describeConv(name string, in, out int, kernel string, noBias bool, groups int, settings ...setting) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s(%d→%d, kernel %s", name, in, out, kernel)
	for _, s := range append(settings, setting{"groups", groups, 1}) {
		if s.value != s.def {
			fmt.Fprintf(&b, ", %s %d", s.name, s.value)
		}
	}
	if noBias {
		b.WriteString(", no bias")
	}
	b.WriteByte(')')
	return b.String()
}

package nn

import (
	"fmt"
	"math"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Linear is a fully connected layer: y = x·Wᵀ + b.
//
//	input  [..., In]
//	output [..., Out]
//
// PyTorch: nn.Linear.
type Linear struct {
	Weight *dl.Tensor `nn:"weight"` // [Out, In]
	Bias   *dl.Tensor `nn:"bias"`   // [Out], nil without a bias
	In     int        `nn:"-"`
	Out    int        `nn:"-"`
	layer  `nn:"-"`
}

// LinearOptions are the less common choices for a [Linear]; the zero value gives a layer as PyTorch makes it.
type LinearOptions struct {
	NoBias bool
}

// NewLinear makes a layer from in features to out features. Weights and biases start uniform in ±1/√in, as in PyTorch.
//
// PyTorch: nn.Linear(in, out).
func NewLinear(in, out int) *Linear { return NewLinearWith(in, out, LinearOptions{}) }

// NewLinearWith is [NewLinear] with options.
func NewLinearWith(in, out int, o LinearOptions) *Linear {
	positive("nn.NewLinear", "in", in)
	positive("nn.NewLinear", "out", out)
	l := &Linear{Weight: parameter(out, in), In: in, Out: out}
	InitKaimingUniform(l.Weight, KaimingOptions{Slope: math.Sqrt(5)})
	if !o.NoBias {
		l.Bias = parameter(out)
		bound := 1 / math.Sqrt(float64(in))
		InitUniform(l.Bias, -bound, bound)
	}
	return l
}

// Forward maps x of shape [..., In] to [..., Out].
func (l *Linear) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	l.check(x)
	return l.out(x, dl.Linear(x, l.Weight, l.Bias))
}

// forwardReLU is Forward followed by ReLU in one step, for Sequential.
func (l *Linear) forwardReLU(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	l.check(x)
	return dl.LinearReLU(x, l.Weight, l.Bias)
}

func (l *Linear) check(x *dl.Tensor) {
	d := x.Dim()
	if d > 0 && x.Size(d-1) == l.In {
		return
	}
	shape := x.Shape()
	panic(&dl.Error{Op: "nn.Linear", Shapes: [][]int{shape}, Got: "an input of shape " + shapeText(shape),
		Want: fmt.Sprintf("[…×%d]: the last axis must hold the %d features of the layer", l.In, l.In),
		Hint: linearHint(shape, l.In, l.Out)})
}

// linearHint guesses what the caller meant from where the expected number of features can be found in the shape.
func linearHint(shape []int, in, out int) string {
	for axis := 1; axis < len(shape)-1; axis++ {
		if product(shape[axis:]) == in {
			return fmt.Sprintf("flatten each sample first: x.Flatten(%d) gives %s", axis,
				shapeText(append(append([]int{}, shape[:axis]...), in)))
		}
	}
	if len(shape) > 1 && product(shape) == in {
		return fmt.Sprintf("this is one sample without a batch axis: x.Reshape(1, %d)", in)
	}
	if len(shape) > 0 && shape[0] == in && len(shape) == 2 {
		return "the axes look swapped: x.T() gives " + shapeText([]int{shape[1], shape[0]})
	}
	if len(shape) > 2 {
		n := product(shape[1:])
		return fmt.Sprintf("each sample holds %d numbers: x.Flatten(1) and nn.NewLinear(%d, %d)", n, n, out)
	}
	if len(shape) > 0 {
		return fmt.Sprintf("the input has %d features: nn.NewLinear(%d, %d)", shape[len(shape)-1], shape[len(shape)-1], out)
	}
	return ""
}

// String describes the layer: "Linear(784→128)".
func (l *Linear) String() string {
	if l.Bias == nil {
		return fmt.Sprintf("Linear(%d→%d, no bias)", l.In, l.Out)
	}
	return fmt.Sprintf("Linear(%d→%d)", l.In, l.Out)
}

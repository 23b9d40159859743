package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Hardtanh limits x to [Low, High].
//
// PyTorch: nn.Hardtanh.
type Hardtanh struct {
	Low  float64
	High float64
	layer
}

// NewHardtanh makes a [Hardtanh]; PyTorch's default limits are -1 and 1.
func NewHardtanh(low float64, high float64) *Hardtanh { return &Hardtanh{Low: low, High: high} }

// Forward applies the function to x.
func (l *Hardtanh) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Hardtanh(l.Low, l.High))
}

// String gives what the layer is set to.
func (l *Hardtanh) String() string { return fmt.Sprintf("Hardtanh(%g, %g)", l.Low, l.High) }

// ReLU6 limits x to [0, 6].
//
// PyTorch: nn.ReLU6.
type ReLU6 struct{ layer }

// NewReLU6 makes a [ReLU6].
func NewReLU6() *ReLU6 { return &ReLU6{} }

// Forward applies the function to x.
func (l *ReLU6) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.ReLU6())
}

// String is "ReLU6".
func (l *ReLU6) String() string { return "ReLU6" }

// Hardsigmoid is (x+3)/6 limited to [0, 1], a cheap [Sigmoid].
//
// PyTorch: nn.Hardsigmoid.
type Hardsigmoid struct{ layer }

// NewHardsigmoid makes a [Hardsigmoid].
func NewHardsigmoid() *Hardsigmoid { return &Hardsigmoid{} }

// Forward applies the function to x.
func (l *Hardsigmoid) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Hardsigmoid())
}

// String is "Hardsigmoid".
func (l *Hardsigmoid) String() string { return "Hardsigmoid" }

// Hardshrink sets x to 0 where it is within Lambda of it.
//
// PyTorch: nn.Hardshrink.
type Hardshrink struct {
	Lambda float64
	layer
}

// NewHardshrink makes a [Hardshrink]; PyTorch's default lambda is ½.
func NewHardshrink(lambda float64) *Hardshrink { return &Hardshrink{Lambda: lambda} }

// Forward applies the function to x.
func (l *Hardshrink) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Hardshrink(l.Lambda))
}

// String gives what the layer is set to.
func (l *Hardshrink) String() string { return fmt.Sprintf("Hardshrink(%g)", l.Lambda) }

// Softshrink moves x towards 0 by Lambda.
//
// PyTorch: nn.Softshrink.
type Softshrink struct {
	Lambda float64
	layer
}

// NewSoftshrink makes a [Softshrink]; PyTorch's default lambda is ½.
func NewSoftshrink(lambda float64) *Softshrink { return &Softshrink{Lambda: lambda} }

// Forward applies the function to x.
func (l *Softshrink) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Softshrink(l.Lambda))
}

// String gives what the layer is set to.
func (l *Softshrink) String() string { return fmt.Sprintf("Softshrink(%g)", l.Lambda) }

// Threshold is x where it is above Limit, and Value elsewhere.
//
// PyTorch: nn.Threshold.
type Threshold struct {
	Limit float64
	Value float64
	layer
}

// NewThreshold makes a [Threshold].
func NewThreshold(limit float64, value float64) *Threshold {
	return &Threshold{Limit: limit, Value: value}
}

// Forward applies the function to x.
func (l *Threshold) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Threshold(l.Limit, l.Value))
}

// String gives what the layer is set to.
func (l *Threshold) String() string { return fmt.Sprintf("Threshold(%g, %g)", l.Limit, l.Value) }

// PReLU is x where x is positive, and Weight·x elsewhere, with a weight that is learned.
//
// K. He et al.: Delving Deep into Rectifiers, arXiv:1502.01852.
// PyTorch: nn.PReLU.
type PReLU struct {
	Weight *dl.Tensor `nn:"weight"` // [1], or one for each channel, axis 1 of x
	layer  `nn:"-"`
}

// NewPReLU makes a [PReLU] with so many weights, 1 or the number of channels, that start at ¼.
func NewPReLU(weights int) *PReLU {
	positive("nn.NewPReLU", "weights", weights)
	return &PReLU{Weight: dl.NewParameter(dl.Full(0.25, weights))}
}

// Forward applies the function, keeping the shape of x.
func (l *PReLU) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.PReLU(l.Weight))
}

// String gives the number of weights.
func (l *PReLU) String() string { return fmt.Sprintf("PReLU(%d)", l.Weight.Numel()) }

// RReLU is [LeakyReLU] with slopes drawn from [Lower, Upper) while training, and with their mean in evaluation ([Eval]).
//
// PyTorch: nn.RReLU.
type RReLU struct {
	Lower, Upper float64
	Mode
	layer
}

// NewRReLU makes an [RReLU]; PyTorch's default range is 1/8 to 1/3.
func NewRReLU(lower, upper float64) *RReLU { return &RReLU{Lower: lower, Upper: upper} }

// Forward applies the function, keeping the shape of x.
func (l *RReLU) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.RReLU(l.Lower, l.Upper, l.Training()))
}

// String gives the range of the slopes.
func (l *RReLU) String() string { return fmt.Sprintf("RReLU(%g, %g)", l.Lower, l.Upper) }

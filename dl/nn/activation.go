package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// ReLU is max(x, 0), element by element.
//
// PyTorch: nn.ReLU.
type ReLU struct{ layer }

// NewReLU makes a [ReLU].
func NewReLU() *ReLU { return &ReLU{} }

// Forward returns max(x, 0), of the shape of x.
func (l *ReLU) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.ReLU())
}

// String is "ReLU".
func (l *ReLU) String() string { return "ReLU" }

// LeakyReLU is x where x is positive and Slope·x elsewhere.
//
// PyTorch: nn.LeakyReLU.
type LeakyReLU struct {
	Slope float64
	layer
}

// NewLeakyReLU makes a [LeakyReLU]; PyTorch's default slope is 0.01.
func NewLeakyReLU(slope float64) *LeakyReLU { return &LeakyReLU{Slope: slope} }

// Forward applies the function, keeping the shape of x.
func (l *LeakyReLU) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.LeakyReLU(l.Slope))
}

// String gives the slope.
func (l *LeakyReLU) String() string { return fmt.Sprintf("LeakyReLU(%g)", l.Slope) }

// GELU is x·Φ(x), where Φ is the distribution function of the standard normal distribution.
//
// D. Hendrycks, K. Gimpel: Gaussian Error Linear Units (GELUs), arXiv:1606.08415.
// PyTorch: nn.GELU.
type GELU struct{ layer }

// NewGELU makes a [GELU].
func NewGELU() *GELU { return &GELU{} }

// Forward applies the function, keeping the shape of x.
func (l *GELU) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.GELU())
}

// String is "GELU".
func (l *GELU) String() string { return "GELU" }

// SiLU is x·sigmoid(x), also called swish.
//
// S. Elfwing, E. Uchibe, K. Doya: Sigmoid-weighted linear units, Neural Networks 107 (2018).
// PyTorch: nn.SiLU.
type SiLU struct{ layer }

// NewSiLU makes a [SiLU].
func NewSiLU() *SiLU { return &SiLU{} }

// Forward applies the function, keeping the shape of x.
func (l *SiLU) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.SiLU())
}

// String is "SiLU".
func (l *SiLU) String() string { return "SiLU" }

// Sigmoid is 1/(1+e⁻ˣ).
//
// PyTorch: nn.Sigmoid.
type Sigmoid struct{ layer }

// NewSigmoid makes a [Sigmoid].
func NewSigmoid() *Sigmoid { return &Sigmoid{} }

// Forward applies the function, keeping the shape of x.
func (l *Sigmoid) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Sigmoid())
}

// String is "Sigmoid".
func (l *Sigmoid) String() string { return "Sigmoid" }

// Tanh is the hyperbolic tangent.
//
// PyTorch: nn.Tanh.
type Tanh struct{ layer }

// NewTanh makes a [Tanh].
func NewTanh() *Tanh { return &Tanh{} }

// Forward applies the function, keeping the shape of x.
func (l *Tanh) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Tanh())
}

// String is "Tanh".
func (l *Tanh) String() string { return "Tanh" }

// GELUTanh is [GELU] by the approximation with tanh that GPT-2 was trained with.
//
// PyTorch: nn.GELU(approximate="tanh").
type GELUTanh struct{ layer }

// NewGELUTanh makes a [GELUTanh].
//
// PyTorch: nn.GELU(approximate="tanh").
func NewGELUTanh() *GELUTanh { return &GELUTanh{} }

// Forward applies the function, keeping the shape of x.
func (l *GELUTanh) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.GELUTanh())
}

// String is "GELUTanh".
func (l *GELUTanh) String() string { return "GELUTanh" }

// ELU is x where x is positive and Alpha·(eˣ − 1) elsewhere.
//
// D.-A. Clevert, T. Unterthiner, S. Hochreiter, arXiv:1511.07289.
// PyTorch: nn.ELU.
type ELU struct {
	Alpha float64
	layer
}

// NewELU makes an [ELU]; PyTorch's default alpha is 1.
func NewELU(alpha float64) *ELU { return &ELU{Alpha: alpha} }

// Forward applies the function, keeping the shape of x.
func (l *ELU) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.ELU(l.Alpha))
}

// String gives alpha.
func (l *ELU) String() string { return fmt.Sprintf("ELU(%g)", l.Alpha) }

// Softplus is log(1 + eˣ), a smooth form of ReLU.
//
// PyTorch: nn.Softplus.
type Softplus struct{ layer }

// NewSoftplus makes a [Softplus].
func NewSoftplus() *Softplus { return &Softplus{} }

// Forward applies the function, keeping the shape of x.
func (l *Softplus) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Softplus())
}

// String is "Softplus".
func (l *Softplus) String() string { return "Softplus" }

// Softmax turns the numbers along an axis into probabilities: exp(x) divided by its sum.
//
// For training a classifier give the raw scores to [CrossEntropy], which contains the softmax.
//
// PyTorch: nn.Softmax.
type Softmax struct {
	Axis int
	layer
}

// NewSoftmax makes a [Softmax] along an axis; -1 is the last.
func NewSoftmax(axis int) *Softmax { return &Softmax{Axis: axis} }

// Forward applies the function, keeping the shape of x.
func (l *Softmax) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Softmax(l.Axis))
}

// String gives the axis.
func (l *Softmax) String() string { return fmt.Sprintf("Softmax(axis %d)", l.Axis) }

// LogSoftmax is the logarithm of [Softmax], computed without the loss of precision of doing one after the other.
//
// PyTorch: nn.LogSoftmax.
type LogSoftmax struct {
	Axis int
	layer
}

// NewLogSoftmax makes a [LogSoftmax] along an axis; -1 is the last.
func NewLogSoftmax(axis int) *LogSoftmax { return &LogSoftmax{Axis: axis} }

// Forward applies the function, keeping the shape of x.
func (l *LogSoftmax) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.LogSoftmax(l.Axis))
}

// String gives the axis.
func (l *LogSoftmax) String() string { return fmt.Sprintf("LogSoftmax(axis %d)", l.Axis) }

// Identity passes its input on; it takes the place of a layer that is switched off.
//
// PyTorch: nn.Identity.
type Identity struct{ layer }

// NewIdentity makes an [Identity].
func NewIdentity() *Identity { return &Identity{} }

// Forward returns x.
func (l *Identity) Forward(x *dl.Tensor) *dl.Tensor { return l.out(x, x) }

// String is "Identity".
func (l *Identity) String() string { return "Identity" }

package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Hardswish is x·[Hardsigmoid](x), a cheap [SiLU].
//
// A. Howard et al.: Searching for MobileNetV3, arXiv:1905.02244.
// PyTorch: nn.Hardswish.
type Hardswish struct{ layer }

// NewHardswish makes a [Hardswish].
func NewHardswish() *Hardswish { return &Hardswish{} }

// Forward applies the function to x.
func (l *Hardswish) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Hardswish())
}

// String is "Hardswish".
func (l *Hardswish) String() string { return "Hardswish" }

// Softsign is x/(1+|x|).
//
// PyTorch: nn.Softsign.
type Softsign struct{ layer }

// NewSoftsign makes a [Softsign].
func NewSoftsign() *Softsign { return &Softsign{} }

// Forward applies the function to x.
func (l *Softsign) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Softsign())
}

// String is "Softsign".
func (l *Softsign) String() string { return "Softsign" }

// Tanhshrink is x - tanh(x).
//
// PyTorch: nn.Tanhshrink.
type Tanhshrink struct{ layer }

// NewTanhshrink makes a [Tanhshrink].
func NewTanhshrink() *Tanhshrink { return &Tanhshrink{} }

// Forward applies the function to x.
func (l *Tanhshrink) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Tanhshrink())
}

// String is "Tanhshrink".
func (l *Tanhshrink) String() string { return "Tanhshrink" }

// LogSigmoid is the logarithm of [Sigmoid], exact far from zero too.
//
// PyTorch: nn.LogSigmoid.
type LogSigmoid struct{ layer }

// NewLogSigmoid makes a [LogSigmoid].
func NewLogSigmoid() *LogSigmoid { return &LogSigmoid{} }

// Forward applies the function to x.
func (l *LogSigmoid) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.LogSigmoid())
}

// String is "LogSigmoid".
func (l *LogSigmoid) String() string { return "LogSigmoid" }

// SELU is [ELU] with constants for which networks normalize themselves, with [AlphaDropout] if any.
//
// G. Klambauer et al.: Self-Normalizing Neural Networks, arXiv:1706.02515.
// PyTorch: nn.SELU.
type SELU struct{ layer }

// NewSELU makes a [SELU].
func NewSELU() *SELU { return &SELU{} }

// Forward applies the function to x.
func (l *SELU) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.SELU())
}

// String is "SELU".
func (l *SELU) String() string { return "SELU" }

// CELU is an [ELU] whose slope has no jump.
//
// PyTorch: nn.CELU.
type CELU struct {
	Alpha float64
	layer
}

// NewCELU makes a [CELU]; PyTorch's default alpha is 1.
func NewCELU(alpha float64) *CELU { return &CELU{Alpha: alpha} }

// Forward applies the function to x.
func (l *CELU) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.CELU(l.Alpha))
}

// String gives what the layer is set to.
func (l *CELU) String() string { return fmt.Sprintf("CELU(%g)", l.Alpha) }

// Mish is x·tanh(softplus(x)).
//
// D. Misra, arXiv:1908.08681.
// PyTorch: nn.Mish.
type Mish struct{ layer }

// NewMish makes a [Mish].
func NewMish() *Mish { return &Mish{} }

// Forward applies the function to x.
func (l *Mish) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Mish())
}

// String is "Mish".
func (l *Mish) String() string { return "Mish" }

// GLU halves x along an axis and gates the first half by the [Sigmoid] of the second.
//
// Y. Dauphin et al., arXiv:1612.08083.
// PyTorch: nn.GLU.
type GLU struct {
	Axis int
	layer
}

// NewGLU makes a [GLU] along an axis; -1 is the last.
func NewGLU(axis int) *GLU { return &GLU{Axis: axis} }

// Forward applies the function to x.
func (l *GLU) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.GLU(l.Axis))
}

// String gives what the layer is set to.
func (l *GLU) String() string { return fmt.Sprintf("GLU(axis %d)", l.Axis) }

// Softmin is [Softmax] of -x: the smallest get the most.
//
// PyTorch: nn.Softmin.
type Softmin struct {
	Axis int
	layer
}

// NewSoftmin makes a [Softmin] along an axis; -1 is the last.
func NewSoftmin(axis int) *Softmin { return &Softmin{Axis: axis} }

// Forward applies the function to x.
func (l *Softmin) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Softmin(l.Axis))
}

// String gives what the layer is set to.
func (l *Softmin) String() string { return fmt.Sprintf("Softmin(axis %d)", l.Axis) }

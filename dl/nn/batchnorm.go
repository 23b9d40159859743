package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// BatchNormOptions are the choices for [BatchNorm1d], [BatchNorm2d] and [BatchNorm3d]; the zero value is PyTorch's default.
type BatchNormOptions struct {
	Eps      float64 // added to the variance; 0 means 1e-5
	Momentum float64 // weight of a new batch in the running statistics; 0 means 0.1
	NoAffine bool    // leaves scale and shift out
	NoTrack  bool    // keeps no running statistics: those of the batch count in evaluation too
}

// BatchNorm is what [BatchNorm1d], [BatchNorm2d] and [BatchNorm3d] share: the parameters and running statistics of each feature.
type BatchNorm struct {
	Weight      *dl.Tensor `nn:"weight"`              // [Features], scale, starts at 1
	Bias        *dl.Tensor `nn:"bias"`                // [Features], shift, starts at 0
	RunningMean *dl.Tensor `nn:"running_mean,buffer"` // [Features], nil with NoTrack
	RunningVar  *dl.Tensor `nn:"running_var,buffer"`  // [Features], nil with NoTrack
	Features    int        `nn:"-"`
	Eps         float64    `nn:"-"`
	Momentum    float64    `nn:"-"`
	Mode
	layer `nn:"-"`
}

func newBatchNorm(op string, features int, o BatchNormOptions) BatchNorm {
	positive(op, "features", features)
	b := BatchNorm{Features: features, Eps: o.Eps, Momentum: o.Momentum}
	if !o.NoTrack {
		b.RunningMean, b.RunningVar = dl.Zeros(features), dl.Ones(features)
	}
	if b.Eps == 0 {
		b.Eps = 1e-5
	}
	if b.Momentum == 0 {
		b.Momentum = 0.1
	}
	if !o.NoAffine {
		b.Weight = dl.NewParameter(dl.Ones(features))
		b.Bias = parameter(features)
	}
	return b
}

func (b *BatchNorm) apply(x *dl.Tensor) *dl.Tensor {
	return dl.BatchNorm(x, b.RunningMean, b.RunningVar, b.Weight, b.Bias,
		dl.BatchNormOptions{Training: b.Training() || b.RunningMean == nil, Momentum: b.Momentum, Eps: b.Eps})
}

// BatchNorm2d normalizes each channel of a batch of images to mean 0 and variance 1, then scales and shifts it by learned
// amounts. In training the statistics are those of the batch; in evaluation ([Eval]) they are running averages from
// training.
//
//	input  [N, Features, H, W]
//	output the same
//
// S. Ioffe, C. Szegedy: Batch Normalization, arXiv:1502.03167.
// PyTorch: nn.BatchNorm2d.
type BatchNorm2d struct {
	BatchNorm `nn:"."`
}

// NewBatchNorm2d makes a [BatchNorm2d] for images of so many channels.
func NewBatchNorm2d(features int, o BatchNormOptions) *BatchNorm2d {
	return &BatchNorm2d{newBatchNorm("nn.NewBatchNorm2d", features, o)}
}

// Forward normalizes x of shape [N, Features, H, W].
func (l *BatchNorm2d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	if x.Dim() != 4 || x.Size(1) != l.Features {
		panic(&dl.Error{Op: "nn.BatchNorm2d", Shapes: [][]int{x.Shape()}, Got: "an input of shape " + shapeText(x.Shape()),
			Want: fmt.Sprintf("[batch×%d channels×height×width]", l.Features),
			Hint: "the number of features is the number of output channels of the convolution before"})
	}
	return l.out(x, l.apply(x))
}

// String gives the number of channels.
func (l *BatchNorm2d) String() string { return fmt.Sprintf("BatchNorm2d(%d)", l.Features) }

// BatchNorm1d normalizes each feature over a batch; see [BatchNorm2d].
//
//	input  [N, Features] or [N, Features, L]
//	output the same
//
// PyTorch: nn.BatchNorm1d.
type BatchNorm1d struct {
	BatchNorm `nn:"."`
}

// NewBatchNorm1d makes a [BatchNorm1d] for samples of so many features.
func NewBatchNorm1d(features int, o BatchNormOptions) *BatchNorm1d {
	return &BatchNorm1d{newBatchNorm("nn.NewBatchNorm1d", features, o)}
}

// Forward normalizes x of shape [N, Features] or [N, Features, L].
func (l *BatchNorm1d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	if d := x.Dim(); d != 2 && d != 3 || x.Size(1) != l.Features {
		panic(&dl.Error{Op: "nn.BatchNorm1d", Shapes: [][]int{x.Shape()}, Got: "an input of shape " + shapeText(x.Shape()),
			Want: fmt.Sprintf("[batch×%d] or [batch×%d×length]", l.Features, l.Features),
			Hint: "images go through nn.BatchNorm2d"})
	}
	return l.out(x, l.apply(x))
}

// String gives the number of features.
func (l *BatchNorm1d) String() string { return fmt.Sprintf("BatchNorm1d(%d)", l.Features) }

// BatchNorm3d normalizes each channel of a batch of volumes; see [BatchNorm2d].
//
//	input  [N, Features, D, H, W]
//	output the same
//
// PyTorch: nn.BatchNorm3d.
type BatchNorm3d struct {
	BatchNorm `nn:"."`
}

// NewBatchNorm3d makes a [BatchNorm3d] for volumes of so many channels.
func NewBatchNorm3d(features int, o BatchNormOptions) *BatchNorm3d {
	return &BatchNorm3d{newBatchNorm("nn.NewBatchNorm3d", features, o)}
}

// Forward normalizes x of shape [N, Features, D, H, W].
func (l *BatchNorm3d) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	if x.Dim() != 5 || x.Size(1) != l.Features {
		panic(&dl.Error{Op: "nn.BatchNorm3d", Shapes: [][]int{x.Shape()}, Got: "an input of shape " + shapeText(x.Shape()),
			Want: fmt.Sprintf("[batch×%d channels×depth×height×width]", l.Features),
			Hint: "images go through nn.BatchNorm2d"})
	}
	return l.out(x, l.apply(x))
}

// String gives the number of channels.
func (l *BatchNorm3d) String() string { return fmt.Sprintf("BatchNorm3d(%d)", l.Features) }

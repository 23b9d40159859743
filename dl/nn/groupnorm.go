package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// GroupNorm normalizes groups of channels of each sample to mean 0 and variance 1, then scales and shifts each channel by
// learned amounts. It does the same in training and evaluation, and whatever the size of the batch.
//
//	input  [N, Features, ...]
//	output the same
//
// Y. Wu, K. He: Group Normalization, arXiv:1803.08494.
// PyTorch: nn.GroupNorm.
type GroupNorm struct {
	Weight   *dl.Tensor `nn:"weight"` // [Features], scale, starts at 1
	Bias     *dl.Tensor `nn:"bias"`   // [Features], shift, starts at 0
	Groups   int        `nn:"-"`
	Features int        `nn:"-"`
	Eps      float64    `nn:"-"`
	layer    `nn:"-"`
}

// GroupNormOptions are the choices for a [GroupNorm]; the zero value is PyTorch's default.
type GroupNormOptions struct {
	Eps      float64 // added to the variance; 0 means 1e-5
	NoAffine bool    // leaves scale and shift out
}

// NewGroupNorm makes a [GroupNorm] for so many channels in so many groups.
//
// PyTorch: nn.GroupNorm(groups, features).
func NewGroupNorm(groups, features int, o GroupNormOptions) *GroupNorm {
	const op = "nn.NewGroupNorm"
	positive(op, "groups", groups)
	positive(op, "features", features)
	if features%groups != 0 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("%d features in %d groups", features, groups), Want: "features that the groups divide"})
	}
	l := &GroupNorm{Groups: groups, Features: features, Eps: orEps(o.Eps)}
	if !o.NoAffine {
		l.Weight, l.Bias = dl.NewParameter(dl.Ones(features)), parameter(features)
	}
	return l
}

func orEps(eps float64) float64 {
	if eps == 0 {
		return 1e-5
	}
	return eps
}

// Forward normalizes x of shape [N, Features, ...].
func (l *GroupNorm) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	checkFeatures("nn.GroupNorm", x, l.Features, 2)
	return l.out(x, dl.GroupNorm(x, l.Groups, l.Weight, l.Bias, l.Eps))
}

func checkFeatures(op string, x *dl.Tensor, features, least int) {
	if x.Dim() >= least && x.Size(1) == features {
		return
	}
	panic(&dl.Error{Op: op, Shapes: [][]int{x.Shape()}, Got: "an input of shape " + shapeText(x.Shape()),
		Want: fmt.Sprintf("[batch×%d channels×…] of at least %d axes", features, least)})
}

// String gives the groups and channels.
func (l *GroupNorm) String() string {
	if l.Weight == nil {
		return fmt.Sprintf("GroupNorm(%d groups of %d, no scale)", l.Groups, l.Features)
	}
	return fmt.Sprintf("GroupNorm(%d groups of %d)", l.Groups, l.Features)
}

// InstanceNorm normalizes each channel of each sample to mean 0 and variance 1, as style transfer does. Unless
// it tracks statistics, evaluation is as training.
//
//	input  [N, Features, L], [N, Features, H, W] or [N, Features, D, H, W]
//	output the same
//
// D. Ulyanov, A. Vedaldi, V. Lempitsky: Instance Normalization, arXiv:1607.08022.
// PyTorch: nn.InstanceNorm1d, nn.InstanceNorm2d, nn.InstanceNorm3d.
type InstanceNorm struct {
	Weight *dl.Tensor `nn:"weight"` // [Features], scale; nil unless Affine
	Bias   *dl.Tensor `nn:"bias"`   // [Features], shift; nil unless Affine
	// Running averages of training, which evaluation uses; nil unless Track.
	RunningMean *dl.Tensor `nn:"running_mean,buffer"`
	RunningVar  *dl.Tensor `nn:"running_var,buffer"`
	Features    int        `nn:"-"`
	Eps         float64    `nn:"-"`
	Momentum    float64    `nn:"-"`
	Mode
	layer `nn:"-"`
}

// InstanceNormOptions are the choices for an [InstanceNorm]; the zero value is PyTorch's default.
type InstanceNormOptions struct {
	Eps    float64 // added to the variance; 0 means 1e-5
	Affine bool    // scales and shifts each channel by learned amounts
	// Track keeps running statistics, which take the place of the sample's own in evaluation ([Eval]).
	Track    bool
	Momentum float64 // weight of a new batch in the running statistics; 0 means 0.1
}

// NewInstanceNorm makes an [InstanceNorm] for so many channels.
//
// PyTorch: nn.InstanceNorm1d(features), nn.InstanceNorm2d(features), nn.InstanceNorm3d(features).
func NewInstanceNorm(features int, o InstanceNormOptions) *InstanceNorm {
	positive("nn.NewInstanceNorm", "features", features)
	l := &InstanceNorm{Features: features, Eps: orEps(o.Eps), Momentum: o.Momentum}
	if l.Momentum == 0 {
		l.Momentum = 0.1
	}
	if o.Track {
		l.RunningMean, l.RunningVar = dl.Zeros(features), dl.Ones(features)
	}
	if o.Affine {
		l.Weight, l.Bias = dl.NewParameter(dl.Ones(features)), parameter(features)
	}
	return l
}

// Forward normalizes x of shape [N, Features, ...].
func (l *InstanceNorm) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	checkFeatures("nn.InstanceNorm", x, l.Features, 3)
	if l.RunningMean != nil {
		return l.out(x, dl.InstanceNormRunning(x, l.RunningMean, l.RunningVar, l.Weight, l.Bias,
			dl.BatchNormOptions{Training: l.Training(), Momentum: l.Momentum, Eps: l.Eps}))
	}
	return l.out(x, dl.InstanceNorm(x, l.Weight, l.Bias, l.Eps))
}

// String gives the number of channels.
func (l *InstanceNorm) String() string {
	if l.Weight != nil {
		return fmt.Sprintf("InstanceNorm(%d, affine)", l.Features)
	}
	return fmt.Sprintf("InstanceNorm(%d)", l.Features)
}

package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// probability panics unless p is one.
func probability(op string, p float64) {
	if !(p >= 0 && p <= 1) {
		hint := ""
		if p > 1 && p <= 100 {
			hint = fmt.Sprintf("%g %% is %g", p, p/100)
		}
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("probability %g", p), Want: "a probability in [0, 1]", Hint: hint})
	}
}

// ChannelDropout is [Dropout] of whole channels: neighbouring pixels are too alike for dropping single ones to do much.
//
//	input  [N, C, ...]
//	output the same
//
// J. Tompson et al., arXiv:1411.4280.
// PyTorch: nn.Dropout1d, nn.Dropout2d, nn.Dropout3d.
type ChannelDropout struct {
	P float64
	Mode
	layer
}

// NewChannelDropout makes a [ChannelDropout] with probability p.
//
// PyTorch: nn.Dropout1d(p), nn.Dropout2d(p), nn.Dropout3d(p).
func NewChannelDropout(p float64) *ChannelDropout {
	probability("nn.NewChannelDropout", p)
	return &ChannelDropout{P: p}
}

// Forward drops from x in training, and returns x in evaluation.
func (l *ChannelDropout) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.DropoutChannels(x, l.P, l.Training()))
}

// String gives the probability.
func (l *ChannelDropout) String() string { return fmt.Sprintf("ChannelDropout(%g)", l.P) }

// AlphaDropout is dropout for networks of [SELU]: it keeps mean 0 and variance 1.
//
// G. Klambauer et al., arXiv:1706.02515.
// PyTorch: nn.AlphaDropout.
type AlphaDropout struct {
	P float64
	Mode
	layer
}

// NewAlphaDropout makes an [AlphaDropout] with probability p.
func NewAlphaDropout(p float64) *AlphaDropout {
	probability("nn.NewAlphaDropout", p)
	return &AlphaDropout{P: p}
}

// Forward drops from x in training, and returns x in evaluation.
func (l *AlphaDropout) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.AlphaDropout(x, l.P, l.Training()))
}

// String gives the probability.
func (l *AlphaDropout) String() string { return fmt.Sprintf("AlphaDropout(%g)", l.P) }

// FeatureAlphaDropout is [AlphaDropout] of whole channels of [N, C, ...].
//
// PyTorch: nn.FeatureAlphaDropout.
type FeatureAlphaDropout struct {
	P float64
	Mode
	layer
}

// NewFeatureAlphaDropout makes a [FeatureAlphaDropout] with probability p.
func NewFeatureAlphaDropout(p float64) *FeatureAlphaDropout {
	probability("nn.NewFeatureAlphaDropout", p)
	return &FeatureAlphaDropout{P: p}
}

// Forward drops from x in training, and returns x in evaluation.
func (l *FeatureAlphaDropout) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.FeatureAlphaDropout(x, l.P, l.Training()))
}

// String gives the probability.
func (l *FeatureAlphaDropout) String() string { return fmt.Sprintf("FeatureAlphaDropout(%g)", l.P) }

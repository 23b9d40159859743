package dl

import (
	"fmt"
	"math"
)

// DropoutChannels is Dropout of whole channels: each [N, C] entry of x
// [N, C, ...] is dropped or kept as one.
//
// J. Tompson et al., arXiv:1411.4280.
// PyTorch: nn.functional.dropout1d, nn.functional.dropout2d, nn.functional.dropout3d.
func DropoutChannels(x *Tensor, p float64, training bool) *Tensor {
	needChannels("dropout of channels", x)
	if !training || p == 0 {
		return Dropout(x, p, false)
	}
	return x.Mul(Dropout(FullOf(x.dtype, 1, channelShape(x)...), p, true))
}

func needChannels(op string, x *Tensor) {
	needFloat(op, x)
	if len(x.shape) < 2 {
		fail(op, "x of shape "+shapeText(x.shape), "[batch×channels×…]", "", x)
	}
}

// channelShape is [N, C, 1, …].
func channelShape(x *Tensor) []int {
	shape := x.Shape()
	for i := 2; i < len(shape); i++ {
		shape[i] = 1
	}
	return shape
}

// AlphaDropout sets elements to the lower limit of SELU with probability p and
// adjusts all so that mean 0 and variance 1 stay. The random numbers come from
// the stream StreamDropout.
//
// G. Klambauer et al., arXiv:1706.02515.
// PyTorch: nn.functional.alpha_dropout.
func AlphaDropout(x *Tensor, p float64, training bool) *Tensor {
	needFloat("alpha_dropout", x)
	return alphaDropout("alpha_dropout", x, p, training, x.shape)
}

// FeatureAlphaDropout is AlphaDropout of whole channels of x [N, C, ...].
//
// PyTorch: nn.functional.feature_alpha_dropout.
func FeatureAlphaDropout(x *Tensor, p float64, training bool) *Tensor {
	needChannels("feature_alpha_dropout", x)
	return alphaDropout("feature_alpha_dropout", x, p, training, channelShape(x))
}

func alphaDropout(op string, x *Tensor, p float64, training bool, shape []int) *Tensor {
	if !(p >= 0 && p <= 1) {
		fail(op, fmt.Sprintf("probability %g", p), "a probability in [0, 1]", "", x)
	}
	if !training || p == 0 {
		return x
	}
	if p == 1 {
		return x.MulScalar(0)
	}
	const low = -seluScale * seluAlpha
	a := 1 / math.Sqrt((1-p)*(1+p*low*low)) // brings the variance back to 1
	kept := Dropout(FullOf(x.dtype, 1, shape...), p, true).GtScalar(0).To(x.dtype)
	// kept·x + (1-kept)·low, then a·… - a·p·low
	shift := kept.Neg().AddScalar(1).MulScalar(a * low).SubScalar(a * p * low)
	return x.Mul(kept.MulScalar(a)).Add(shift)
}

package dl

import (
	"fmt"
	"slices"
)

// Normalizations without a mean, and over neighbours.

// RMSNorm divides x by the root of the mean of its squares over the last
// dimensions, whose lengths are shape, then multiplies by weight of that shape
// (which may be nil). PyTorch's default eps, the one of float32, is 1.19e-7.
//
// B. Zhang, R. Sennrich, arXiv:1910.07467.
// PyTorch: nn.functional.rms_norm.
func RMSNorm(x *Tensor, shape []int, weight *Tensor, eps float64) *Tensor {
	const op = "rms_norm"
	needFloat(op, x)
	lead := len(x.shape) - len(shape)
	if len(shape) == 0 || lead < 0 || !slices.Equal(x.shape[lead:], shape) {
		fail(op, fmt.Sprintf("x of shape %s and a normalized shape of %s", shapeText(x.shape), shapeText(shape)),
			"a normalized shape that ends x's shape", "", x)
	}
	if weight != nil && !slices.Equal(weight.shape, shape) {
		fail(op, "a weight of shape "+shapeText(weight.shape), shapeText(shape), "", x, weight)
	}
	if x.dtype == Float32 && x.n > 0 && (weight == nil || weight.dtype == Float32) {
		return rmsNormRows(x, len(shape), weight, eps)
	}
	return rmsNormOf(x, len(shape), weight, eps)
}

// LocalResponseNorm divides each element by (k + alpha·m)^beta, where m is the
// mean of the squares of size neighbouring channels. PyTorch's defaults are
// alpha 1e-4, beta 0.75 and k 1.
//
//	x [N, C, ...] → as x
//
// A. Krizhevsky, I. Sutskever, G. Hinton, NeurIPS 2012.
// PyTorch: nn.functional.local_response_norm.
func LocalResponseNorm(x *Tensor, size int, alpha, beta, k float64) *Tensor {
	const op = "local_response_norm"
	needFloat(op, x)
	if len(x.shape) < 3 || size < 1 {
		fail(op, fmt.Sprintf("x of shape %s and a size of %d", shapeText(x.shape), size), "[batch×channels×…] and a size of 1 or more", "", x)
	}
	if x.n == 0 {
		return x.Clone()
	}
	n, c := x.shape[0], x.shape[1]
	squares := x.Square().Reshape(n, 1, c, -1).Pad([]int{0, 0, size / 2, (size - 1) / 2}, PadConstant, 0)
	mean := AvgPool2d(squares, PoolOptions{Kernel: [2]int{size, 1}, Stride: [2]int{1, 1}})
	return x.Div(mean.Reshape(x.shape...).MulScalar(alpha).AddScalar(k).Pow(beta))
}

// InstanceNormRunning is InstanceNorm that keeps running statistics, which it
// updates in training and uses otherwise. mean and variance [C] must be there.
//
// PyTorch: nn.functional.instance_norm(running_mean=…, running_var=…).
func InstanceNormRunning(x, mean, variance, weight, bias *Tensor, o BatchNormOptions) *Tensor {
	const op = "instance_norm"
	if len(x.shape) < 3 {
		fail(op, "x of shape "+shapeText(x.shape), "[batch×channels×…], with at least one axis to normalize over", "", x)
	}
	if !o.Training {
		return BatchNorm(x, mean, variance, weight, bias, o)
	}
	y := InstanceNorm(x, weight, bias, o.Eps)
	NoGrad(func() {
		flat := x.Detach().Reshape(x.shape[0], x.shape[1], -1)
		mix := func(running, now *Tensor) {
			running.MulScalarInPlace(1 - o.Momentum)
			running.AddInPlace(now.Mean(0).MulScalar(o.Momentum).To(running.dtype))
		}
		mix(mean, flat.Mean(2))
		mix(variance, flat.Var(2))
	})
	return y
}

// Bilinear returns x1ᵀ·W·x2 for each of the matrices of weight, plus bias (which
// may be nil).
//
//	x1 [..., in1], x2 [..., in2], weight [out, in1, in2], bias [out] → [..., out]
//
// PyTorch: nn.functional.bilinear.
func Bilinear(x1, x2, weight, bias *Tensor) *Tensor {
	const op = "bilinear"
	needFloat(op, x1)
	d := len(x1.shape) - 1
	if d < 0 || len(x2.shape) != d+1 || len(weight.shape) != 3 || !slices.Equal(x1.shape[:d], x2.shape[:d]) ||
		weight.shape[1] != x1.shape[d] || weight.shape[2] != x2.shape[d] {
		fail(op, "inputs and a weight of shapes "+shapesText([][]int{x1.shape, x2.shape, weight.shape}),
			"[…×in1], […×in2] and [out×in1×in2]", "", x1, x2, weight)
	}
	out, in1, in2 := weight.shape[0], weight.shape[1], weight.shape[2]
	pairs := x1.Unsqueeze(-1).Mul(x2.Unsqueeze(-2)).Reshape(-1, in1*in2)
	y := pairs.MatMul(weight.Reshape(out, in1*in2).T())
	if bias != nil {
		y = y.Add(bias)
	}
	return y.Reshape(append(slices.Clone(x1.shape[:d]), out)...)
}

// ChannelShuffle deals the channels of so many groups out among them:
// [N, C, ...] with C divided by groups.
//
// X. Zhang et al.: ShuffleNet, arXiv:1707.01083.
// PyTorch: nn.functional.channel_shuffle.
func ChannelShuffle(x *Tensor, groups int) *Tensor {
	if len(x.shape) < 3 || groups < 1 || x.shape[1]%groups != 0 {
		fail("channel_shuffle", fmt.Sprintf("x of shape %s and %d groups", shapeText(x.shape), groups),
			"[batch×channels×…], channels that the groups divide", "", x)
	}
	split := append([]int{x.shape[0], groups, x.shape[1] / groups}, x.shape[2:]...)
	return x.Reshape(split...).Transpose(1, 2).Reshape(x.shape...)
}

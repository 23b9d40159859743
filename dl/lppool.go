package dl

import "math"

// root is the last step of power-average pooling: (count·mean)^(1/p), 0 for
// sums below 0.
func root(mean *Tensor, count int, p float64) *Tensor {
	sum := mean.MulScalar(float64(count))
	positive := sum.Detach().GtScalar(0)
	return Where(positive, sum, OnesLike(sum.Detach())).Pow(1/p).MaskedFill(positive.Not(), 0)
}

func needPower(op string, p float64, x *Tensor) {
	if !(p > 0) || math.IsInf(p, 0) {
		fail(op, "a power that is not a positive number", "a positive power", "1 gives sums, a large one nearly the maximum", x)
	}
}

// LPPool1d takes the p-norm of each window of sequences [N, C, L], without
// absolute values. PyTorch: nn.functional.lp_pool1d.
func LPPool1d(x *Tensor, p float64, o PoolOptions) *Tensor {
	needPower("lp_pool1d", p, x)
	return root(AvgPool1d(x.Pow(p), o), o.Kernel[1], p)
}

// LPPool2d takes the p-norm of each window of images [N, C, H, W], without
// absolute values. PyTorch: nn.functional.lp_pool2d.
func LPPool2d(x *Tensor, p float64, o PoolOptions) *Tensor {
	needPower("lp_pool2d", p, x)
	return root(AvgPool2d(x.Pow(p), o), o.Kernel[0]*o.Kernel[1], p)
}

// LPPool3d takes the p-norm of each window of volumes [N, C, D, H, W], without
// absolute values. PyTorch: nn.functional.lp_pool3d, nn.LPPool3d.
func LPPool3d(x *Tensor, p float64, o Pool3dOptions) *Tensor {
	needPower("lp_pool3d", p, x)
	return root(AvgPool3d(x.Pow(p), o), o.Kernel[0]*o.Kernel[1]*o.Kernel[2], p)
}

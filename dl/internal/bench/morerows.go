package main

import (
	"fmt"

	"descent/dl"
	"descent/dl/optim"
)

// moreRows are operations beyond those of a network, as users call them;
// peer_torch_more.py has their twins.
func moreRows() []row {
	rows := append(orderRows(), windowRows()...)
	rows = append(rows, mathRows()...)
	rows = append(rows, lossRows()...)
	rows = append(rows, optimizerRows()...)
	return append(rows, matrixRows()...)
}

func more(name string, prep func() func()) row {
	return row{name: "more " + name, peer: "more " + name, prep: prep}
}

// ofRandom is a row that works on one random tensor.
func ofRandom(name string, f func(x *dl.Tensor), shape ...int) row {
	return more(name, func() func() {
		x := dl.Rand(shape...)
		return func() { f(x) }
	})
}

const million = 1 << 20

func orderRows() []row {
	indexed := func(name string, high int64, f func(x, i *dl.Tensor), shape ...int) row {
		return more(name, func() func() {
			x, i := dl.Rand(1024, 1024), dl.RandInt(0, high, shape...)
			return func() { f(x, i) }
		})
	}
	square := func(name string, f func(x *dl.Tensor)) row { return ofRandom(name, f, 1024, 1024) }
	return []row{
		ofRandom("sort", func(x *dl.Tensor) { x.Sort(0, false) }, million),
		ofRandom("topk", func(x *dl.Tensor) { x.TopK(100, 0) }, million),
		square("median", func(x *dl.Tensor) { x.Median(1) }), square("quantile", func(x *dl.Tensor) { x.Quantile(0.3, 1) }),
		square("kthvalue", func(x *dl.Tensor) { x.KthValue(10, 1) }), square("cumprod", func(x *dl.Tensor) { x.CumProd(1) }),
		square("logcumsumexp", func(x *dl.Tensor) { x.LogCumSumExp(1) }), ofRandom("prod", func(x *dl.Tensor) { x.Prod() }, million),
		square("std", func(x *dl.Tensor) { x.Std(1) }), square("logsumexp", func(x *dl.Tensor) { x.LogSumExp(1) }),
		ofRandom("norm", func(x *dl.Tensor) { x.Norm(2) }, million), ofRandom("histogram", func(x *dl.Tensor) { x.Histogram(100, 0, 1) }, million),
		indexed("unique", 1000, func(_, i *dl.Tensor) { i.Unique() }, million), indexed("bincount", 1000, func(_, i *dl.Tensor) { i.Bincount(0) }, million),
		indexed("scatter_add", 1024, func(x, i *dl.Tensor) { x.ScatterAdd(1, i, x) }, 1024, 1024),
		indexed("index_add", 1024, func(x, i *dl.Tensor) { x.IndexAdd(0, i, x) }, 1024),
		square("masked_select", func(x *dl.Tensor) { x.MaskedSelect(x.GtScalar(0.5)) }), square("nonzero", func(x *dl.Tensor) { x.GtScalar(0.5).Nonzero() }),
		ofRandom("searchsorted", func(x *dl.Tensor) { dl.Linspace(0, 1, 1000).SearchSorted(x, false) }, million),
		square("rfft_rows", func(x *dl.Tensor) { x.RFFT() }), ofRandom("rfft_long", func(x *dl.Tensor) { x.RFFT() }, 65536),
		ofRandom("stft", func(x *dl.Tensor) { x.STFT(512, dl.STFTOptions{Hop: 128}) }, 16, 16000), ofRandom("fft_rows", func(x *dl.Tensor) { x.FFT() }, 512, 512, 2),
		ofRandom("einsum", func(x *dl.Tensor) { dl.Einsum("bij,bjk->bik", x, x) }, 32, 64, 64),
		ofRandom("einsum_outer", func(x *dl.Tensor) { dl.Einsum("ni,nj->nij", x, x) }, 256, 64),
		ofRandom("cdist", func(x *dl.Tensor) { x.CDist(x, 2) }, 512, 64),
		square("cat", func(x *dl.Tensor) { dl.Cat([]*dl.Tensor{x, x}, 1) }), square("stack", func(x *dl.Tensor) { dl.Stack([]*dl.Tensor{x, x}, 1) }),
		square("roll", func(x *dl.Tensor) { x.Roll(5, 1) }), square("flip", func(x *dl.Tensor) { x.Flip(1) }),
		ofRandom("repeat", func(x *dl.Tensor) { x.Repeat(2, 2) }, 512, 512), square("tril", func(x *dl.Tensor) { x.Tril(0) }),
		square("rms_norm", func(x *dl.Tensor) { dl.RMSNorm(x, []int{1024}, nil, 1.1920928955078125e-7) }), square("glu", func(x *dl.Tensor) { x.GLU(-1) }),
	}
}

func windowRows() []row {
	conv := func(name string, f func(x, w *dl.Tensor), x, w []int) row {
		return more(name, func() func() {
			a, b := dl.Rand(x...), dl.Rand(w...)
			return func() { f(a, b) }
		})
	}
	images := func(name string, f func(x *dl.Tensor)) row { return ofRandom(name, f, 32, 32, 32, 32) }
	signals := func(name string, f func(x *dl.Tensor)) row { return ofRandom(name, f, 32, 64, 512) }
	volumes := func(name string, f func(x *dl.Tensor)) row { return ofRandom(name, f, 4, 16, 32, 32, 32) }
	resize := func(name string, o dl.InterpolateOptions) row {
		return ofRandom(name, func(x *dl.Tensor) { dl.Interpolate(x, []int{128, 128}, o) }, 16, 16, 64, 64)
	}
	line, cube := dl.PoolOptions{Kernel: [2]int{0, 2}}, dl.Pool3dOptions{Kernel: [3]int{2, 2, 2}}
	padded := dl.ConvOptions{Padding: [2]int{1, 1}}
	channels := func(name string, f func(x *dl.Tensor)) row { return ofRandom(name, f, 32, 64, 16, 16) }
	return []row{
		conv("conv1d", func(x, w *dl.Tensor) { dl.Conv1d(x, w, nil, dl.ConvOptions{Padding: [2]int{0, 2}}) }, []int{32, 64, 256}, []int{64, 64, 5}),
		conv("conv3d", func(x, w *dl.Tensor) { dl.Conv3d(x, w, nil, dl.Conv3dOptions{Padding: [3]int{1, 1, 1}}) }, []int{2, 16, 16, 16, 16}, []int{32, 16, 3, 3, 3}),
		conv("conv_transpose2d", func(x, w *dl.Tensor) {
			dl.ConvTranspose2d(x, w, nil, dl.ConvTransposeOptions{Stride: [2]int{2, 2}, Padding: [2]int{1, 1}})
		}, []int{8, 64, 16, 16}, []int{64, 32, 4, 4}),
		conv("conv_transpose1d", func(x, w *dl.Tensor) { dl.ConvTranspose1d(x, w, nil, dl.ConvTransposeOptions{Stride: [2]int{1, 2}}) }, []int{16, 64, 128}, []int{64, 32, 4}),
		signals("max_pool1d", func(x *dl.Tensor) { dl.MaxPool1d(x, line) }), signals("avg_pool1d", func(x *dl.Tensor) { dl.AvgPool1d(x, line) }),
		images("max_pool2d_indices", func(x *dl.Tensor) { dl.MaxPool2dIndices(x, dl.PoolOptions{Kernel: [2]int{2, 2}}) }),
		volumes("max_pool3d", func(x *dl.Tensor) { dl.MaxPool3d(x, cube) }), volumes("avg_pool3d", func(x *dl.Tensor) { dl.AvgPool3d(x, cube) }),
		ofRandom("adaptive_avg_pool2d", func(x *dl.Tensor) { dl.AdaptiveAvgPool2d(x, 7, 7) }, 32, 64, 32, 32),
		ofRandom("adaptive_max_pool2d", func(x *dl.Tensor) { dl.AdaptiveMaxPool2d(x, 7, 7) }, 32, 64, 32, 32),
		resize("interpolate_nearest", dl.InterpolateOptions{}), resize("interpolate_bilinear", dl.InterpolateOptions{Mode: dl.InterpolateLinear}),
		resize("interpolate_bicubic", dl.InterpolateOptions{Mode: dl.InterpolateCubic}),
		ofRandom("grid_sample", func(x *dl.Tensor) { dl.GridSample(x, x.Narrow(1, 0, 2).MoveDim(1, 3), dl.GridSampleOptions{}) }, 8, 16, 64, 64),
		ofRandom("unfold", func(x *dl.Tensor) { dl.Unfold2d(x, [2]int{3, 3}, padded) }, 8, 32, 32, 32),
		ofRandom("fold", func(x *dl.Tensor) { dl.Fold2d(x, 32, 32, [2]int{3, 3}, padded) }, 8, 288, 1024),
		images("pad_constant", func(x *dl.Tensor) { x.Pad([]int{1, 1, 1, 1}, dl.PadConstant, 0) }),
		images("pad_reflect", func(x *dl.Tensor) { x.Pad([]int{1, 1, 1, 1}, dl.PadReflect, 0) }),
		images("pad_circular", func(x *dl.Tensor) { x.Pad([]int{1, 1, 1, 1}, dl.PadCircular, 0) }),
		channels("group_norm", func(x *dl.Tensor) { dl.GroupNorm(x, 8, nil, nil, 1e-5) }),
		channels("instance_norm", func(x *dl.Tensor) { dl.InstanceNorm(x, nil, nil, 1e-5) }),
	}
}

func mathRows() []row {
	of := func(name string, f func(x *dl.Tensor) *dl.Tensor) row {
		return ofRandom(name, func(x *dl.Tensor) { f(x) }, million)
	}
	type T = dl.Tensor
	return []row{
		of("erf", (*T).Erf), of("erfc", (*T).Erfc), of("erfinv", (*T).Erfinv), of("lgamma", (*T).LGamma), of("digamma", (*T).Digamma), of("i0", (*T).I0),
		of("log", (*T).Log), of("log1p", (*T).Log1p), of("expm1", (*T).Expm1), of("exp2", (*T).Exp2), of("sin", (*T).Sin), of("tan", (*T).Tan),
		of("atan", (*T).Atan), of("asinh", (*T).Asinh), of("sinh", (*T).Sinh), of("pow2.5", func(x *T) *T { return x.Pow(2.5) }),
		of("pow", func(x *T) *T { return x.PowTensor(x) }), of("rsqrt", (*T).Rsqrt), of("round", (*T).Round),
		of("fmod", func(x *T) *T { return x.Fmod(x) }), of("atan2", func(x *T) *T { return x.Atan2(x) }), of("softplus", (*T).Softplus), of("mish", (*T).Mish),
		of("elu", func(x *T) *T { return x.ELU(1) }), of("leaky_relu", func(x *T) *T { return x.LeakyReLU(0.01) }), of("hardswish", (*T).Hardswish),
		of("logsigmoid", (*T).LogSigmoid), of("clamp", func(x *T) *T { return x.Clamp(0.2, 0.8) }), of("lerp", func(x *T) *T { return x.Lerp(x, 0.3) }),
	}
}

// lossRows are forward and backward.
func lossRows() []row {
	type T = dl.Tensor
	of := func(name string, f func(x, y *T) *T, shape ...int) row {
		return more(name, func() func() {
			x, y := dl.Randn(shape...).SetRequiresGrad(true), dl.Rand(shape...)
			return func() {
				x.ZeroGrad()
				f(x, y).Backward()
			}
		})
	}
	return []row{
		more("cross_entropy", func() func() {
			x, y := dl.Randn(4096, 1000).SetRequiresGrad(true), dl.RandInt(0, 1000, 4096)
			return func() {
				x.ZeroGrad()
				dl.CrossEntropy(x, y, dl.CrossEntropyOptions{}).Backward()
			}
		}),
		of("mse", func(x, y *T) *T { return dl.MSELoss(x, y, dl.ReduceMean) }, million),
		of("huber", func(x, y *T) *T { return dl.HuberLoss(x, y, 1, dl.ReduceMean) }, million),
		of("bce_logits", func(x, y *T) *T { return dl.BCEWithLogits(x, y, dl.BCEOptions{}) }, million),
		of("kl_div", func(x, y *T) *T { return dl.KLDiv(x, y, dl.KLDivOptions{Reduction: dl.ReduceSum}) }, million),
		of("poisson", func(x, y *T) *T { return dl.PoissonNLLLoss(x, y, dl.PoissonNLLOptions{}) }, million),
		more("ctc", func() func() {
			x, y := dl.Randn(100, 16, 40).SetRequiresGrad(true), dl.RandInt(1, 40, 16, 20)
			inputs, targets := make([]int, 16), make([]int, 16)
			for i := range inputs {
				inputs[i], targets[i] = 100, 20
			}
			return func() {
				x.ZeroGrad()
				dl.CTCLoss(x.LogSoftmax(2), y, inputs, targets, dl.CTCOptions{}).Backward()
			}
		}),
	}
}

// optimizerRows are steps on ten parameters of 100,000 numbers.
func optimizerRows() []row {
	of := func(name string, make func(p []*dl.Tensor) optim.Optimizer) row {
		return more(name, func() func() {
			var params []*dl.Tensor
			for range 10 {
				p := dl.NewParameter(dl.Randn(100_000))
				p.SetGrad(dl.Randn(100_000))
				params = append(params, p)
			}
			return make(params).Step
		})
	}
	return []row{
		of("SGD", func(p []*dl.Tensor) optim.Optimizer {
			return optim.NewSGD(p, optim.SGDOptions{LR: 1e-3, Momentum: 0.9})
		}),
		of("Adam", func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdam(p, optim.AdamOptions{}) }),
		of("AdamW", func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdamW(p, optim.AdamOptions{}) }),
		of("NAdam", func(p []*dl.Tensor) optim.Optimizer { return optim.NewNAdam(p, optim.AdaptiveOptions{}) }),
		of("RAdam", func(p []*dl.Tensor) optim.Optimizer { return optim.NewRAdam(p, optim.AdaptiveOptions{}) }),
		of("Adamax", func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdamax(p, optim.AdaptiveOptions{}) }),
		of("Adagrad", func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdagrad(p, optim.AdagradOptions{}) }),
		of("Adadelta", func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdadelta(p, optim.AdadeltaOptions{}) }),
		of("RMSprop", func(p []*dl.Tensor) optim.Optimizer { return optim.NewRMSprop(p, optim.RMSpropOptions{}) }),
		of("Rprop", func(p []*dl.Tensor) optim.Optimizer { return optim.NewRprop(p, optim.RpropOptions{}) }),
	}
}

// matrixRows are float64 on both sides.
func matrixRows() []row {
	var rows []row
	for _, n := range []int{64, 256, 512} {
		of := func(name string, f func(x *dl.Tensor)) {
			rows = append(rows, more(fmt.Sprint(name, n), func() func() {
				x := dl.Rand(n, n).Double()
				x = x.Add(x.T()).Add(dl.Eye(n).Double().MulScalar(float64(n)))
				return func() { f(x) }
			}))
		}
		of("solve", func(x *dl.Tensor) { x.Solve(x) })
		of("inverse", func(x *dl.Tensor) { x.Inverse() })
		of("det", func(x *dl.Tensor) { x.Det() })
		of("cholesky", func(x *dl.Tensor) { x.Cholesky() })
		of("qr", func(x *dl.Tensor) { x.QR() })
		of("svd", func(x *dl.Tensor) { x.SVD() })
		of("eigh", func(x *dl.Tensor) { x.EigH() })
	}
	return rows
}

package dl_test

import (
	"math"

	"descent/dl"
)

var inf = math.Inf(1)

func init() {
	second := func(f func(*T) *T) func(*T) *T { return func(x *T) *T { return f(x).Sin() } }
	ternary := func(name string, f func(a, b, c *T) *T, a, b, c *T) gradRow {
		return gradRow{name: name, fn: func(in []*T) *T { return f(in[0], in[1], in[2]) }, in: in(a, b, c)}
	}
	classes := ints(2, 0, 1)
	pool := dl.PoolOptions{Kernel: [2]int{2, 2}}
	probs := func(shape ...int) *T { return normal(shape...).Softmax(-1) }
	soft := probs(3, 4)
	addRows(
		unary("Tensor.LeakyReLU", func(x *T) *T { return x.LeakyReLU(0.1).Sin() }, apart(6)),
		unary("Tensor.GELU", (*T).GELU, normal(5)),
		unary("Tensor.GELUTanh", (*T).GELUTanh, normal(5)),
		unary("Tensor.SiLU", (*T).SiLU, normal(5)),
		unary("Tensor.Softplus", (*T).Softplus, normal(5)),
		unary("Tensor.ELU", func(x *T) *T { return x.ELU(1.3) }, apart(6)),
		unary("Tensor.Softmax", func(x *T) *T { return x.Softmax(1) }, normal(3, 4)),
		unary("Tensor.Softmax/0", func(x *T) *T { return x.Softmax(0) }, normal(3, 4)),
		unary("Tensor.LogSoftmax", func(x *T) *T { return x.LogSoftmax(1) }, normal(3, 4)),

		binary("Linear/no bias", func(x, w *T) *T { return dl.Linear(x, w, nil).Sin() }, normal(2, 3), normal(4, 3)),
		ternary("Linear", func(x, w, b *T) *T { return dl.Linear(x, w, b).Sin() }, normal(2, 2, 3), normal(4, 3), normal(4)),
		ternary("LinearReLU", func(x, w, b *T) *T { return dl.LinearReLU(x, w, b).Sin() }, normal(2, 3), normal(4, 3), normal(4)),
		ternary("Conv2d", func(x, w, b *T) *T { return dl.Conv2d(x, w, b, dl.ConvOptions{}).Sin() }, normal(2, 2, 4, 4), normal(3, 2, 3, 3), normal(3)),
		ternary("Conv2d/options", func(x, w, b *T) *T {
			return dl.Conv2d(x, w, b, dl.ConvOptions{Stride: [2]int{2, 1}, Padding: [2]int{1, 2}, Dilation: [2]int{1, 2}, Groups: 2}).Sin()
		}, normal(1, 2, 5, 4), normal(2, 1, 3, 2), normal(2)),
		unary("MaxPool2d", second(func(x *T) *T { return dl.MaxPool2d(x, pool) }), apart(1, 2, 4, 4)),
		unary("MaxPool2dIndices", second(func(x *T) *T { v, _ := dl.MaxPool2dIndices(x, pool); return v }), apart(1, 2, 4, 4)),
		unary("AvgPool2d", second(func(x *T) *T { return dl.AvgPool2d(x, pool) }), normal(1, 2, 4, 4)),
		unary("AdaptiveAvgPool2d", second(func(x *T) *T { return dl.AdaptiveAvgPool2d(x, 2, 3) }), normal(1, 2, 5, 4)),
		ternary("BatchNorm", func(x, w, b *T) *T {
			return dl.BatchNorm(x, nil, nil, w, b, dl.BatchNormOptions{Training: true, Momentum: 0.1, Eps: 1e-5})
		}, normal(4, 3), normal(3), normal(3)),
		ternary("BatchNorm/images", func(x, w, b *T) *T {
			return dl.BatchNorm(x, nil, nil, w, b, dl.BatchNormOptions{Training: true, Momentum: 0.1, Eps: 1e-5})
		}, normal(2, 2, 2, 3), normal(2), normal(2)),
		ternary("BatchNorm/evaluation", func(x, w, b *T) *T {
			return dl.BatchNorm(x, dl.NewOf(dl.Float64, []float64{0.3, -0.2}), dl.NewOf(dl.Float64, []float64{1.5, 0.4}), w, b,
				dl.BatchNormOptions{Eps: 1e-5}).Sin()
		}, normal(2, 2, 3), normal(2), normal(2)),
		ternary("LayerNorm", func(x, w, b *T) *T { return dl.LayerNorm(x, []int{4}, w, b, 1e-5) }, normal(3, 4), normal(4), normal(4)),
		unary("Dropout", second(func(x *T) *T {
			dl.ManualSeed(3) // the same elements every time
			return dl.Dropout(x, 0.4, true)
		}), normal(3, 4)),
		unary("Embedding", second(func(w *T) *T { return dl.Embedding(w, ints(1, 0, 1, 3), -1) }), normal(4, 3)),

		unary("CrossEntropy", func(x *T) *T { return dl.CrossEntropy(x, classes, dl.CrossEntropyOptions{}) }, normal(3, 4)),
		unary("CrossEntropy/smoothed", func(x *T) *T {
			return dl.CrossEntropy(x, classes, dl.CrossEntropyOptions{Weight: dl.NewOf(dl.Float64, []float64{1, 2, 3, 4}), LabelSmoothing: 0.1})
		}, normal(3, 4)),
		unary("CrossEntropy/probabilities", func(x *T) *T { return dl.CrossEntropy(x, soft, dl.CrossEntropyOptions{}) }, normal(3, 4)),
		binary("CrossEntropy/both", func(x, y *T) *T {
			return dl.CrossEntropy(x, y, dl.CrossEntropyOptions{LabelSmoothing: 0.2, Reduction: dl.ReduceNone}).Sin()
		}, normal(3, 4), soft),
		unary("CrossEntropy/ignored", func(x *T) *T {
			return dl.CrossEntropy(x, ints(2, -100, 1), dl.CrossEntropyOptions{LabelSmoothing: 0.2, Ignore: []int{1}, Reduction: dl.ReduceSum}).Sin()
		}, normal(3, 4)),
		unary("NLLLoss", func(x *T) *T { return dl.NLLLoss(x.Square(), classes, dl.CrossEntropyOptions{}) }, normal(3, 4)),
		binary("MSELoss", func(x, y *T) *T { return dl.MSELoss(x, y, dl.ReduceMean) }, normal(2, 3), normal(2, 3)),
		binary("L1Loss", func(x, y *T) *T { return dl.L1Loss(x.Square(), y, dl.ReduceSum) }, between(1, 2, 2, 3), between(-1, 0.5, 2, 3)),
		binary("HuberLoss", func(x, y *T) *T { return dl.HuberLoss(x, y, 0.7, dl.ReduceMean) }, normal(2, 3), normal(2, 3)),
		binary("SmoothL1Loss", func(x, y *T) *T { return dl.SmoothL1Loss(x, y, 0.7, dl.ReduceMean) }, normal(2, 3), normal(2, 3)),
		binary("BCELoss", func(x, y *T) *T { return dl.BCELoss(x, y, dl.BCEOptions{}) }, between(0.2, 0.8, 2, 3), between(0.1, 0.9, 2, 3)),
		binary("BCEWithLogits", func(x, y *T) *T { return dl.BCEWithLogits(x, y, dl.BCEOptions{}) }, normal(2, 3), between(0.1, 0.9, 2, 3)),
		binary("BCEWithLogits/weights", func(x, y *T) *T {
			return dl.BCEWithLogits(x, y, dl.BCEOptions{Weight: dl.NewOf(dl.Float64, []float64{1, 2, 3}), PosWeight: dl.NewOf(dl.Float64, []float64{0.5, 1, 4})})
		}, normal(2, 3), between(0.1, 0.9, 2, 3)),
		binary("MSELoss/none", func(x, y *T) *T { return dl.MSELoss(x, y, dl.ReduceNone).Sin() }, normal(2, 3), normal(2, 3)),
		binary("KLDiv/log", func(x, y *T) *T { return dl.KLDiv(x, y, dl.KLDivOptions{LogTarget: true}) }, normal(2, 3), normal(2, 3)),
		binary("KLDiv", func(x, y *T) *T { return dl.KLDiv(x, y, dl.KLDivOptions{BatchMean: true}) }, probs(2, 3).Log(), probs(2, 3)),
	)
}

package dl_test

import "descent/dl"

func init() {
	for name, why := range map[string]string{
		"Tensor.RReLU": "random; its slopes are checked in TestRandomActivations", "Tensor.GumbelSoftmax": "random; checked in TestRandomActivations",
	} {
		notDifferentiable[name] = why
	}
	x := func() *T { return apart(3, 4) }
	signs := func(n int) *T { return dl.NewOf(dl.Float64, []float64{1, -1, -1, 1, -1, 1}).Narrow(0, 0, n) }
	loss := func(name string, f func(in []*T) *T, ins ...*T) gradRow { return gradRow{name: name, fn: f, in: ins} }
	addRows(
		unary("Tensor.Hardtanh", func(x *T) *T { return x.Hardtanh(-0.53, 0.77) }, x()),
		unary("Tensor.ReLU6", func(x *T) *T { return x.MulScalar(3).ReLU6().Square() }, apart(5, 4)),
		unary("Tensor.Hardsigmoid", func(x *T) *T { return x.MulScalar(2).Hardsigmoid().Square() }, apart(5, 8)),
		unary("Tensor.Hardswish", (*T).Hardswish, apart(5, 8)),
		unary("Tensor.Hardshrink", func(x *T) *T { return x.Hardshrink(0.53).Square() }, x()),
		unary("Tensor.Softshrink", func(x *T) *T { return x.Softshrink(0.53).Square() }, x()),
		unary("Tensor.Threshold", func(x *T) *T { return x.Threshold(0.33, -2).Square() }, x()),
		unary("Tensor.Softsign", (*T).Softsign, x()),
		unary("Tensor.Tanhshrink", (*T).Tanhshrink, x()),
		unary("Tensor.LogSigmoid", (*T).LogSigmoid, x()),
		unary("Tensor.SELU", (*T).SELU, x()),
		unary("Tensor.CELU", func(x *T) *T { return x.CELU(1.5) }, x()),
		unary("Tensor.Mish", (*T).Mish, x()),
		unary("Tensor.GLU", func(x *T) *T { return x.GLU(1) }, x()),
		unary("Tensor.Softmin", func(x *T) *T { return x.Softmin(1) }, x()),
		binary("Tensor.PReLU", func(x, w *T) *T { return x.PReLU(w).Square() }, apart(2, 3, 2), between(0.1, 0.5, 3)),
		binary("Tensor.PReLU/one", func(x, w *T) *T { return x.PReLU(w).Square() }, apart(3, 2), between(0.1, 0.5, 1)),

		loss("MarginRankingLoss", func(in []*T) *T {
			return dl.MarginRankingLoss(in[0].Square(), in[1], signs(4), 0.35, dl.ReduceMean)
		}, apart(4), apart(4)),
		loss("HingeEmbeddingLoss", func(in []*T) *T {
			return dl.HingeEmbeddingLoss(in[0].Square(), signs(6), 1.03, dl.ReduceNone)
		}, apart(6)),
		loss("CosineEmbeddingLoss", func(in []*T) *T {
			return dl.CosineEmbeddingLoss(in[0], in[1], signs(4), 0.02, dl.ReduceSum)
		}, normal(4, 3), normal(4, 3)),
		loss("SoftMarginLoss", func(in []*T) *T { return dl.SoftMarginLoss(in[0], signs(6), dl.ReduceMean) }, apart(6)),
		loss("MultiMarginLoss", func(in []*T) *T {
			return dl.MultiMarginLoss(in[0], ints(1, 3, 0), dl.MultiMarginOptions{P: 2, Weight: dl.New([]float64{1, 2, 0.5, 1})})
		}, apart(3, 4)),
		loss("MultiLabelMarginLoss", func(in []*T) *T {
			return dl.MultiLabelMarginLoss(in[0].Square(), dl.New([][]int64{{3, 0, -1, 1}, {2, -1, 0, 1}}), dl.ReduceMean)
		}, apart(2, 4)),
		loss("MultiLabelSoftMarginLoss", func(in []*T) *T {
			return dl.MultiLabelSoftMarginLoss(in[0], dl.New([][]int64{{1, 0, 1}, {0, 0, 1}}), in[1], dl.ReduceMean)
		}, apart(2, 3), between(0.5, 1.5, 3)),
		loss("PairwiseDistance", func(in []*T) *T { return dl.PairwiseDistance(in[0], in[1], 2, 1e-6) }, normal(3, 4), normal(3, 4)),
		loss("TripletMarginLoss", func(in []*T) *T {
			return dl.TripletMarginLoss(in[0], in[1], in[2], dl.TripletMarginOptions{Margin: 3, Swap: true})
		}, normal(3, 4), normal(3, 4), normal(3, 4)),
		loss("PoissonNLLLoss", func(in []*T) *T {
			return dl.PoissonNLLLoss(in[0], in[1], dl.PoissonNLLOptions{Full: true})
		}, normal(4), between(1.5, 4, 4)),
		loss("PoissonNLLLoss/rate", func(in []*T) *T {
			return dl.PoissonNLLLoss(in[0], in[1], dl.PoissonNLLOptions{NotLog: true})
		}, between(0.5, 2, 4), between(0, 0.9, 4)),
		loss("GaussianNLLLoss", func(in []*T) *T {
			return dl.GaussianNLLLoss(in[0], in[1], in[2], dl.GaussianNLLOptions{Full: true})
		}, normal(4, 3), normal(4, 3), between(0.5, 2, 4)),
		loss("CTCLoss", func(in []*T) *T {
			return dl.CTCLoss(in[0].LogSoftmax(2), dl.New([][]int64{{1, 2, 2}, {3, 1, 0}}), []int{5, 4}, []int{3, 2}, dl.CTCOptions{})
		}, normal(5, 2, 4)),
	)
}

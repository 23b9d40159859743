package dl_test

import (
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
)

func reduction(c golden.Case) dl.Reduction {
	switch c.String("reduction") {
	case "sum":
		return dl.ReduceSum
	case "none":
		return dl.ReduceNone
	}
	return dl.ReduceMean
}

// ofCase makes a table entry of a function of the case and up to three inputs.
func ofCase(f func(c golden.Case, x, y, z *T) *T) opCall {
	return func(c golden.Case, in []*T) []*T {
		three := append(append([]*T{}, in...), nil, nil)
		return []*T{f(c, three[0], three[1], three[2])}
	}
}

var activationOps = map[string]opCall{
	"hardtanh": of1(func(x *T) *T { return x.Hardtanh(-0.7, 1.2) }), "relu6": of1((*T).ReLU6), "hardsigmoid": of1((*T).Hardsigmoid),
	"hardswish": of1((*T).Hardswish), "hardshrink": of1(func(x *T) *T { return x.Hardshrink(0.4) }),
	"softshrink": of1(func(x *T) *T { return x.Softshrink(0.4) }), "threshold": of1(func(x *T) *T { return x.Threshold(0.3, -2) }),
	"softsign": of1((*T).Softsign), "tanhshrink": of1((*T).Tanhshrink), "logsigmoid": of1((*T).LogSigmoid), "selu": of1((*T).SELU),
	"celu": of1(func(x *T) *T { return x.CELU(1.5) }), "mish": of1((*T).Mish), "prelu": of2((*T).PReLU),
	"glu": alongDim((*T).GLU), "softmin": alongDim((*T).Softmin), "rrelu": of1(func(x *T) *T { return x.RReLU(0.1, 0.4, false) }),

	"margin_ranking": ofCase(func(c golden.Case, x, y, i *T) *T {
		return dl.MarginRankingLoss(x, y, i, c.Float("margin", 0), reduction(c))
	}),
	"hinge_embedding": ofCase(func(c golden.Case, x, i, _ *T) *T {
		return dl.HingeEmbeddingLoss(x, i, c.Float("margin", 1), reduction(c))
	}),
	"cosine_embedding": ofCase(func(c golden.Case, x, y, i *T) *T {
		return dl.CosineEmbeddingLoss(x, y, i, c.Float("margin", 0), reduction(c))
	}),
	"soft_margin": ofCase(func(c golden.Case, x, i, _ *T) *T { return dl.SoftMarginLoss(x, i, reduction(c)) }),
	"multi_margin": ofCase(func(c golden.Case, x, i, w *T) *T {
		return dl.MultiMarginLoss(x, i, dl.MultiMarginOptions{P: c.Int("p", 0), Margin: c.Float("margin", 0), Weight: w, Reduction: reduction(c)})
	}),
	"multilabel_margin": ofCase(func(c golden.Case, x, i, _ *T) *T { return dl.MultiLabelMarginLoss(x, i, reduction(c)) }),
	"multilabel_soft_margin": ofCase(func(c golden.Case, x, i, w *T) *T {
		if w != nil {
			w = w.Detach()
		}
		return dl.MultiLabelSoftMarginLoss(x, i, w, reduction(c))
	}),
	"pairwise_distance": ofCase(func(c golden.Case, x, y, _ *T) *T { return dl.PairwiseDistance(x, y, c.Float("p", 2), 1e-6) }),
	"triplet_margin": ofCase(func(c golden.Case, x, y, z *T) *T {
		return dl.TripletMarginLoss(x, y, z, dl.TripletMarginOptions{Margin: c.Float("margin", 1), P: c.Float("p", 2), Swap: c.Bool("swap"), Reduction: reduction(c)})
	}),
	"poisson_nll": ofCase(func(c golden.Case, x, y, _ *T) *T {
		return dl.PoissonNLLLoss(x, y, dl.PoissonNLLOptions{NotLog: !c.Bool("log_input"), Full: c.Bool("full"), Reduction: reduction(c)})
	}),
	"gaussian_nll": ofCase(func(c golden.Case, x, y, v *T) *T {
		return dl.GaussianNLLLoss(x, y, v, dl.GaussianNLLOptions{Full: c.Bool("full"), Reduction: reduction(c)})
	}),
	"ctc": ofCase(func(c golden.Case, x, i, _ *T) *T {
		return dl.CTCLoss(x.LogSoftmax(2), i, c.Ints("in_lengths"), c.Ints("target_lengths"),
			dl.CTCOptions{Blank: c.Int("blank", 0), ZeroInfinity: c.Bool("zero"), Reduction: reduction(c)})
	}),
}

func TestActivationGolden(t *testing.T) { testGolden(t, "testdata/activation_ops.json", activationOps) }

// TestRandomActivations checks what is drawn.
func TestRandomActivations(t *testing.T) {
	dl.ManualSeed(1)
	x := dl.Full(-2, 1000).SetRequiresGrad(true)
	y := x.RReLU(0.1, 0.4, true)
	y.Sum().Backward()
	low, high := y.Detach().MinMax()
	if low < -0.8001 || high > -0.1999 || high-low < 0.5 {
		t.Errorf("RReLU of -2 lies in %v … %v, want -0.8 … -0.2", low, high)
	}
	if !dl.AllClose(x.Grad().MulScalar(-2), y.Detach(), 1e-6, 0) {
		t.Error("the gradient of RReLU is not the slope it drew")
	}
	if one := dl.Full(3, 10).RReLU(0.1, 0.4, true); !one.Equal(dl.Full(3, 10)) {
		t.Errorf("RReLU of positive numbers: %v", one)
	}

	logits := dl.New([]float64{0, 1, 2}).Expand(20_000, 3)
	hard := logits.GumbelSoftmax(0.5, true, 1)
	if frequencies := hard.Mean(0); !dl.AllClose(frequencies, dl.New([]float64{0, 1, 2}).Softmax(0), 0, 0.02) {
		t.Errorf("Gumbel draws have frequencies %v", frequencies)
	}
	if !dl.AllClose(hard.AMax(1), dl.Ones(20_000), 0, 1e-6) {
		t.Error("a hard draw is not one-hot")
	}
	p := dl.Randn(2, 3).SetRequiresGrad(true)
	p.GumbelSoftmax(1, true, 1).Mul(dl.New([]float64{1, 2, 3})).Sum().Backward()
	if g := p.Grad(); g.Norm(2).Item() == 0 || !dl.AllClose(g.Sum(1), dl.Zeros(2), 0, 1e-5) {
		t.Errorf("gradient of a hard draw: %v, want that of a softmax", g)
	}
}

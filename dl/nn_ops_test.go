package dl_test

import (
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
)

// pairOf reads an attribute of two integers.
func pairOf(c golden.Case, name string) [2]int {
	v := c.Ints(name)
	if len(v) != 2 {
		return [2]int{}
	}
	return [2]int{v[0], v[1]}
}

func reductionOf(c golden.Case) dl.Reduction {
	switch c.String("reduction") {
	case "sum":
		return dl.ReduceSum
	case "none":
		return dl.ReduceNone
	}
	return dl.ReduceMean
}

func crossEntropyOf(c golden.Case, in map[string]*dl.Tensor) dl.CrossEntropyOptions {
	o := dl.CrossEntropyOptions{Weight: in["weight"], LabelSmoothing: c.Float("smoothing", 0), Reduction: reductionOf(c)}
	if i := c.Int("ignore", -1); i >= 0 {
		o.Ignore = []int{i}
	}
	return o
}

func poolOf(c golden.Case) dl.PoolOptions {
	return dl.PoolOptions{Kernel: pairOf(c, "kernel"), Stride: pairOf(c, "stride"), Padding: pairOf(c, "padding"),
		Dilation: pairOf(c, "dilation"), Ceil: c.Bool("ceil"), ExcludePadding: c.Bool("exclude")}
}

// goldenOps runs an operation of the golden file on its inputs.
var goldenOps = map[string]func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor{
	"linear": func(_ golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.Linear(in["x"], in["w"], in["b"])
	},
	"linear_relu": func(_ golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.LinearReLU(in["x"], in["w"], in["b"])
	},
	"conv2d": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.Conv2d(in["x"], in["w"], in["b"], dl.ConvOptions{Stride: pairOf(c, "stride"), Padding: pairOf(c, "padding"),
			Dilation: pairOf(c, "dilation"), Groups: c.Int("groups", 1), ReLU: c.Bool("relu")})
	},
	"max_pool2d": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor { return dl.MaxPool2d(in["x"], poolOf(c)) },
	"avg_pool2d": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor { return dl.AvgPool2d(in["x"], poolOf(c)) },
	"adaptive_avg_pool2d": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		o := pairOf(c, "out")
		return dl.AdaptiveAvgPool2d(in["x"], o[0], o[1])
	},
	"softmax":     func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor { return in["x"].Softmax(c.Int("dim", 0)) },
	"log_softmax": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor { return in["x"].LogSoftmax(c.Int("dim", 0)) },
	"cross_entropy": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.CrossEntropy(in["x"], in["t"], crossEntropyOf(c, in))
	},
	"nll_loss": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.NLLLoss(in["x"], in["t"], crossEntropyOf(c, in))
	},
	"mse_loss": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.MSELoss(in["x"], in["t"], reductionOf(c))
	},
	"l1_loss": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.L1Loss(in["x"], in["t"], reductionOf(c))
	},
	"huber_loss": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.HuberLoss(in["x"], in["t"], c.Float("p", 1), reductionOf(c))
	},
	"smooth_l1_loss": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.SmoothL1Loss(in["x"], in["t"], c.Float("p", 1), reductionOf(c))
	},
	"bce": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.BCELoss(in["x"], in["t"], dl.BCEOptions{Weight: in["weight"], Reduction: reductionOf(c)})
	},
	"bce_logits": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.BCEWithLogits(in["x"], in["t"], dl.BCEOptions{Weight: in["weight"], PosWeight: in["pos"], Reduction: reductionOf(c)})
	},
	"kl_div": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.KLDiv(in["x"], in["t"], dl.KLDivOptions{LogTarget: c.Bool("log"), BatchMean: c.String("reduction") == "batchmean",
			Reduction: reductionOf(c)})
	},
	"batch_norm": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.BatchNorm(in["x"], in["mean"], in["var"], in["w"], in["b"],
			dl.BatchNormOptions{Training: c.Bool("training"), Momentum: c.Float("momentum", 0), Eps: c.Float("eps", 0)})
	},
	"layer_norm": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.LayerNorm(in["x"], c.Ints("shape"), in["w"], in["b"], c.Float("eps", 0))
	},
	"embedding": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor {
		return dl.Embedding(in["w"], in["i"], c.Int("padding", -1))
	},
	"gelu":       func(_ golden.Case, in map[string]*dl.Tensor) *dl.Tensor { return in["x"].GELU() },
	"gelu_tanh":  func(_ golden.Case, in map[string]*dl.Tensor) *dl.Tensor { return in["x"].GELUTanh() },
	"silu":       func(_ golden.Case, in map[string]*dl.Tensor) *dl.Tensor { return in["x"].SiLU() },
	"softplus":   func(_ golden.Case, in map[string]*dl.Tensor) *dl.Tensor { return in["x"].Softplus() },
	"leaky_relu": func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor { return in["x"].LeakyReLU(c.Float("p", 0)) },
	"elu":        func(c golden.Case, in map[string]*dl.Tensor) *dl.Tensor { return in["x"].ELU(c.Float("p", 0)) },
}

// nnTolerance is the relative and absolute tolerance against PyTorch: both round in float32, in different orders.
const nnTolerance = 2e-5

func TestNNOpsAgainstTorch(t *testing.T) {
	for _, c := range golden.Load(t, "testdata/nn_ops.json").Cases {
		t.Run(c.Name, func(t *testing.T) {
			run := goldenOps[c.String("op")]
			if run == nil {
				t.Fatalf("no operation %q", c.String("op"))
			}
			for _, form := range []string{"contiguous", "transposed", "float64"} {
				checkGolden(t, c, form, run)
			}
		})
	}
}

// checkGolden runs a case on inputs of one form: as they are, as transposed views with gaps, or in float64.
func checkGolden(t *testing.T, c golden.Case, form string, run func(golden.Case, map[string]*dl.Tensor) *dl.Tensor) {
	t.Helper()
	in := map[string]*dl.Tensor{}
	for k, a := range c.In {
		v := a.Tensor()
		switch {
		case form == "transposed" && v.Dim() >= 2 && k != "mean" && k != "var":
			v = v.Transpose(0, -1).Contiguous().Transpose(0, -1)
		case form == "float64" && v.DType() == dl.Float32:
			v = v.To(dl.Float64)
		}
		if _, ok := c.Grad[k]; ok {
			v.SetRequiresGrad(true)
		}
		in[k] = v
	}
	y := run(c, in)
	compare := func(what string, got *dl.Tensor, want golden.Array) {
		t.Helper()
		if form == "float64" && want.DType == "float32" {
			want.DType = "float64"
		}
		before := t.Failed()
		golden.Close(t, got, want, nnTolerance, nnTolerance)
		if t.Failed() && !before {
			t.Errorf("%s of the %s form", what, form)
		}
	}
	compare("output", y, c.Out["y"])
	for _, k := range []string{"mean", "var"} {
		if want, ok := c.Out[k]; ok {
			compare("running "+k, in[k], want)
		}
	}
	gy := in["gy"]
	y.BackwardWith(gy)
	for k, want := range c.Grad {
		if strings.HasPrefix(c.Name, "cross_entropy") && k == "t" && in[k].Grad() == nil {
			t.Errorf("no gradient of the target")
			continue
		}
		compare("gradient of "+k, in[k].Grad(), want)
	}
}

package nn_test

import (
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
	"descent/dl/nn"
)

// squared joins a tensor with itself by a bilinear layer.
type squared struct{ layer *nn.Bilinear }

func (m *squared) Forward(x *dl.Tensor) *dl.Tensor { return m.layer.Join(x, x) }

// remainingLayers makes the modules of testdata/remaining.json.
var remainingLayers = map[string]func() nn.Module{
	"relu": func() nn.Module { return nn.NewReLU() }, "relu6": func() nn.Module { return nn.NewReLU6() },
	"sigmoid": func() nn.Module { return nn.NewSigmoid() }, "tanh": func() nn.Module { return nn.NewTanh() },
	"celu": func() nn.Module { return nn.NewCELU(1.3) }, "glu": func() nn.Module { return nn.NewGLU(1) },
	"hardshrink": func() nn.Module { return nn.NewHardshrink(0.4) }, "hardsigmoid": func() nn.Module { return nn.NewHardsigmoid() },
	"hardswish": func() nn.Module { return nn.NewHardswish() }, "hardtanh": func() nn.Module { return nn.NewHardtanh(-0.7, 1.2) },
	"identity": func() nn.Module { return nn.NewIdentity() }, "logsigmoid": func() nn.Module { return nn.NewLogSigmoid() },
	"mish": func() nn.Module { return nn.NewMish() }, "prelu": func() nn.Module { return nn.NewPReLU(1) },
	"prelu channels": func() nn.Module { return nn.NewPReLU(4) }, "selu": func() nn.Module { return nn.NewSELU() },
	"softmin": func() nn.Module { return nn.NewSoftmin(1) }, "softshrink": func() nn.Module { return nn.NewSoftshrink(0.4) },
	"softsign": func() nn.Module { return nn.NewSoftsign() }, "tanhshrink": func() nn.Module { return nn.NewTanhshrink() },
	"threshold": func() nn.Module { return nn.NewThreshold(0.3, -2) }, "channelshuffle": func() nn.Module { return nn.NewChannelShuffle(2) },
	"unflatten": func() nn.Module { return nn.NewUnflatten(1, 2, 2) }, "flatten": func() nn.Module { return nn.NewFlatten() },
	"localresponse": func() nn.Module {
		return nn.NewLocalResponseNorm(3, nn.LocalResponseOptions{Alpha: 0.1, Beta: 0.6, K: 1.5})
	},
	"dropout eval": func() nn.Module { return nn.NewDropout(0.5) }, "alpha dropout eval": func() nn.Module { return nn.NewAlphaDropout(0.5) },
	"channel dropout eval":       func() nn.Module { return nn.NewChannelDropout(0.5) },
	"feature alpha dropout eval": func() nn.Module { return nn.NewFeatureAlphaDropout(0.5) },
	"rrelu eval":                 func() nn.Module { return nn.NewRReLU(0.1, 0.4) },
	"batchnorm3d":                func() nn.Module { return nn.NewBatchNorm3d(3, nn.BatchNormOptions{Momentum: 0.3}) },
	"batchnorm3d eval":           func() nn.Module { return nn.NewBatchNorm3d(3, nn.BatchNormOptions{}) },
	"instancenorm tracked":       func() nn.Module { return nn.NewInstanceNorm(3, nn.InstanceNormOptions{Affine: true, Track: true}) },
	"instancenorm tracked eval":  func() nn.Module { return nn.NewInstanceNorm(3, nn.InstanceNormOptions{Affine: true, Track: true}) },
	"rmsnorm":                    func() nn.Module { return nn.NewRMSNorm([]int{3, 4}, nn.RMSNormOptions{}) },
	"layernorm options": func() nn.Module {
		return nn.NewLayerNormWith([]int{3, 4}, nn.LayerNormOptions{Eps: 1e-3, NoBias: true})
	},
	"embedding padding": func() nn.Module { return nn.NewEmbeddingWith(5, 3, nn.EmbeddingOptions{HasPadding: true, Padding: 2}) },
	"embeddingbag sum":  func() nn.Module { return nn.NewEmbeddingBag(6, 3, dl.EmbeddingBagOptions{Mode: dl.BagSum}) },
	"embeddingbag mean": func() nn.Module { return nn.NewEmbeddingBag(6, 3, dl.EmbeddingBagOptions{}) },
	"embeddingbag max":  func() nn.Module { return nn.NewEmbeddingBag(6, 3, dl.EmbeddingBagOptions{Mode: dl.BagMax}) },
	"avgpool3d": func() nn.Module {
		return nn.NewAvgPool3d(2, nn.Pool3dOptions{Stride: 1, Padding: 1, ExcludePadding: true})
	},
	"maxpool3d":       func() nn.Module { return nn.NewMaxPool3d(2, nn.Pool3dOptions{Stride: 2, Padding: 1, Ceil: true}) },
	"lppool1d":        func() nn.Module { return nn.NewLPPool1d(3, 3, nn.Pool1dOptions{Stride: 2}) },
	"lppool2d":        func() nn.Module { return nn.NewLPPool2d(2, 2, nn.AvgPool2dOptions{}) },
	"adaptive avg 1d": func() nn.Module { return nn.NewAdaptiveAvgPool1d(3) },
	"adaptive avg 3d": func() nn.Module { return nn.NewAdaptiveAvgPool3d(2, 1, 3) },
	"adaptive max 1d": func() nn.Module { return nn.NewAdaptiveMaxPool1d(3) },
	"adaptive max 3d": func() nn.Module { return nn.NewAdaptiveMaxPool3d(2, 1, 3) },
	"transpose3d": func() nn.Module {
		return nn.NewConvTranspose3d(2, 3, 2, nn.ConvTransposeOptions{Stride: 2, Padding: 1, OutputPadding: 1})
	},
	"pad constant":  func() nn.Module { return nn.NewPad([]int{1, 2, 0, 3}, dl.PadConstant, 1.5) },
	"pad reflect":   func() nn.Module { return nn.NewPad([]int{1, 2, 0, 2}, dl.PadReflect, 0) },
	"pad replicate": func() nn.Module { return nn.NewPad([]int{2, 1}, dl.PadReplicate, 0) },
	"pad circular":  func() nn.Module { return nn.NewPad([]int{1, 2, 0, 2}, dl.PadCircular, 0) },
	"bilinear":      func() nn.Module { return &squared{nn.NewBilinear(4, 4, 3, nn.BilinearOptions{})} },
}

// goldenLosses has the losses of testdata/remaining.json.
var goldenLosses = map[string]nn.Loss{
	"CrossEntropy": nn.CrossEntropy, "NLL": nn.NLL, "MSE": nn.MSE, "L1": nn.L1, "Huber": nn.Huber, "SmoothL1": nn.SmoothL1, "BCE": nn.BCE,
	"BCEWithLogits": nn.BCEWithLogits, "KLDiv": nn.KLDiv, "HingeEmbedding": nn.HingeEmbedding, "SoftMargin": nn.SoftMargin,
	"MultiMargin": nn.MultiMargin, "MultiLabelMargin": nn.MultiLabelMargin, "MultiLabelSoftMargin": nn.MultiLabelSoftMargin,
	"PoissonNLL":        nn.PoissonNLL,
	"CrossEntropyWith":  nn.CrossEntropyWith(dl.CrossEntropyOptions{LabelSmoothing: 0.1, Reduction: dl.ReduceSum}),
	"NLLWith":           nn.NLLWith(dl.CrossEntropyOptions{Reduction: dl.ReduceSum}),
	"HuberWith":         nn.HuberWith(0.6),
	"SmoothL1With":      nn.SmoothL1With(0.6),
	"BCEWithLogitsWith": nn.BCEWithLogitsWith(dl.BCEOptions{Reduction: dl.ReduceSum}),
	"MultiMarginWith":   nn.MultiMarginWith(dl.MultiMarginOptions{P: 2, Margin: 0.7}),
	"PoissonNLLWith":    nn.PoissonNLLWith(dl.PoissonNLLOptions{NotLog: true, Full: true}),
}

// TestRemainingAgainstTorch is TestLayersAgainstTorch for the other layers, and for the losses.
func TestRemainingAgainstTorch(t *testing.T) {
	var layers []golden.Case
	losses := 0
	for _, c := range golden.Load(t, "testdata/remaining.json").Cases {
		name, isLoss := strings.CutPrefix(c.Name, "loss ")
		if !isLoss {
			layers = append(layers, c)
			continue
		}
		losses++
		t.Run(c.Name, func(t *testing.T) {
			loss := goldenLosses[name]
			if loss == nil {
				t.Fatal("no such loss")
			}
			const tol = 2e-6
			x := c.In["x"].Tensor().SetRequiresGrad(true)
			y := loss(x, c.In["t"].Tensor())
			golden.Close(t, y, c.Out["y"], tol, tol)
			y.Backward()
			golden.Close(t, x.Grad(), c.Grad["x"], tol, tol)
		})
	}
	if losses != len(goldenLosses) {
		t.Errorf("%d cases for %d losses", losses, len(goldenLosses))
	}
	runLayers(t, layers, remainingLayers)
}

package nn_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/internal/gradcheck"
	"descent/dl/nn"
)

// layerRow is one layer in one configuration. Its name is that of the constructor, and after a slash what is special.
type layerRow struct {
	name string
	make func() nn.Module
	in   *dl.Tensor
	out  []int // shape of the output
}

// apart gives numbers that are all different and away from zero, for layers with kinks.
func apart(shape ...int) *dl.Tensor {
	n := 1
	for _, s := range shape {
		n *= s
	}
	v := make([]float64, n)
	for i := range v {
		v[i] = float64((i*7)%n)/float64(n)*4 - 2 + 0.13
	}
	return dl.FromFloat64s(v, shape...)
}

// layerTable has every layer of the package: TestTableComplete fails when one is missing.
var layerTable = []layerRow{
	{"NewLinear", func() nn.Module { return nn.NewLinear(4, 3) }, apart(2, 4), []int{2, 3}},
	{"NewLinear/3d", func() nn.Module { return nn.NewLinear(4, 3) }, apart(2, 2, 4), []int{2, 2, 3}},
	{"NewLinearWith", func() nn.Module { return nn.NewLinearWith(4, 3, nn.LinearOptions{NoBias: true}) }, apart(2, 4), []int{2, 3}},
	{"NewConv2d", func() nn.Module { return nn.NewConv2d(2, 3, 3, nn.Conv2dOptions{}) }, apart(2, 2, 5, 4), []int{2, 3, 3, 2}},
	{"NewConv2d/options", func() nn.Module {
		return nn.NewConv2d(2, 4, 3, nn.Conv2dOptions{Stride: 2, Padding: 1, Groups: 2, NoBias: true})
	}, apart(1, 2, 5, 6), []int{1, 4, 3, 3}},
	{"NewConv2d/same", func() nn.Module { return nn.NewConv2d(1, 2, 3, nn.Conv2dOptions{Same: true, Dilation: 2}) }, apart(1, 1, 5, 6), []int{1, 2, 5, 6}},
	{"NewConv2d/rectangle", func() nn.Module {
		return nn.NewConv2d(1, 2, 0, nn.Conv2dOptions{KernelHW: [2]int{1, 3}, StrideHW: [2]int{2, 1}, PaddingHW: [2]int{0, 1}})
	}, apart(1, 1, 5, 6), []int{1, 2, 3, 6}},
	{"NewMaxPool2d", func() nn.Module { return nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}) }, apart(1, 2, 4, 5), []int{1, 2, 2, 2}},
	{"NewMaxPool2d/options", func() nn.Module { return nn.NewMaxPool2d(3, nn.MaxPool2dOptions{Stride: 2, Padding: 1, Ceil: true}) }, apart(1, 2, 4, 5), []int{1, 2, 3, 3}},
	{"NewAvgPool2d", func() nn.Module { return nn.NewAvgPool2d(2, nn.AvgPool2dOptions{}) }, apart(1, 2, 4, 5), []int{1, 2, 2, 2}},
	{"NewAvgPool2d/options", func() nn.Module {
		return nn.NewAvgPool2d(3, nn.AvgPool2dOptions{Stride: 2, Padding: 1, Ceil: true, ExcludePadding: true})
	}, apart(1, 2, 4, 5), []int{1, 2, 3, 3}},
	{"NewAdaptiveAvgPool2d", func() nn.Module { return nn.NewAdaptiveAvgPool2d(2, 3) }, apart(1, 2, 5, 4), []int{1, 2, 2, 3}},
	{"NewFlatten", func() nn.Module { return nn.NewFlatten() }, apart(2, 2, 3), []int{2, 6}},
	{"NewDropout", func() nn.Module { return seeded{nn.NewDropout(0.4)} }, apart(3, 4), []int{3, 4}},
	{"NewReLU", func() nn.Module { return nn.NewReLU() }, apart(3, 4), []int{3, 4}},
	{"NewLeakyReLU", func() nn.Module { return nn.NewLeakyReLU(0.1) }, apart(3, 4), []int{3, 4}},
	{"NewGELU", func() nn.Module { return nn.NewGELU() }, apart(3, 4), []int{3, 4}},
	{"NewSiLU", func() nn.Module { return nn.NewSiLU() }, apart(3, 4), []int{3, 4}},
	{"NewGELUTanh", func() nn.Module { return nn.NewGELUTanh() }, apart(3, 4), []int{3, 4}},
	{"NewELU", func() nn.Module { return nn.NewELU(1) }, apart(3, 4), []int{3, 4}},
	{"NewSoftplus", func() nn.Module { return nn.NewSoftplus() }, apart(3, 4), []int{3, 4}},
	{"NewAdaptiveMaxPool2d", func() nn.Module { return nn.NewAdaptiveMaxPool2d(2, 3) }, apart(1, 2, 5, 4), []int{1, 2, 2, 3}},
	{"NewSigmoid", func() nn.Module { return nn.NewSigmoid() }, apart(3, 4), []int{3, 4}},
	{"NewTanh", func() nn.Module { return nn.NewTanh() }, apart(3, 4), []int{3, 4}},
	{"NewSoftmax", func() nn.Module { return nn.NewSoftmax(-1) }, apart(3, 4), []int{3, 4}},
	{"NewLogSoftmax", func() nn.Module { return nn.NewLogSoftmax(1) }, apart(3, 4), []int{3, 4}},
	{"NewBatchNorm1d", func() nn.Module { return nn.NewBatchNorm1d(3, nn.BatchNormOptions{}) }, apart(4, 3), []int{4, 3}},
	{"NewBatchNorm1d/3d", func() nn.Module { return nn.NewBatchNorm1d(3, nn.BatchNormOptions{}) }, apart(2, 3, 4), []int{2, 3, 4}},
	{"NewBatchNorm1d/eval", func() nn.Module {
		m := nn.NewBatchNorm1d(3, nn.BatchNormOptions{})
		nn.Eval(m)
		return m
	}, apart(4, 3), []int{4, 3}},
	{"NewBatchNorm2d", func() nn.Module { return nn.NewBatchNorm2d(2, nn.BatchNormOptions{}) }, apart(2, 2, 3, 2), []int{2, 2, 3, 2}},
	{"NewBatchNorm2d/no affine", func() nn.Module { return nn.NewBatchNorm2d(2, nn.BatchNormOptions{NoAffine: true}) }, apart(2, 2, 3, 2), []int{2, 2, 3, 2}},
	{"NewLayerNorm", func() nn.Module { return nn.NewLayerNorm(4) }, apart(3, 4), []int{3, 4}},
	{"NewLayerNormWith", func() nn.Module {
		return nn.NewLayerNormWith([]int{3, 4}, nn.LayerNormOptions{Eps: 1e-3, NoBias: true})
	}, apart(2, 3, 4), []int{2, 3, 4}},
	{"NewEmbedding", func() nn.Module { return nn.NewEmbedding(5, 3) }, dl.New([]int64{0, 4, 2, 4}), []int{4, 3}},
	{"NewEmbeddingWith", func() nn.Module { return nn.NewEmbeddingWith(5, 3, nn.EmbeddingOptions{HasPadding: true, Padding: 2}) },
		dl.New([][]int64{{0, 4}, {1, 4}}), []int{2, 2, 3}},
	{"NewRNN", func() nn.Module { return nn.NewRNN(3, 2, nn.RecurrentOptions{}) }, apart(3, 2, 3), []int{3, 2, 2}},
	{"NewRNN/batch first", func() nn.Module {
		return nn.NewRNN(3, 2, nn.RecurrentOptions{BatchFirst: true, Layers: 2, NoBias: true})
	}, apart(2, 3, 3), []int{2, 3, 2}},
	{"NewLSTM", func() nn.Module { return nn.NewLSTM(3, 2, nn.RecurrentOptions{}) }, apart(3, 2, 3), []int{3, 2, 2}},
	{"NewLSTM/bidirectional", func() nn.Module {
		return nn.NewLSTM(3, 2, nn.RecurrentOptions{Bidirectional: true, Layers: 2})
	}, apart(2, 2, 3), []int{2, 2, 4}},
	{"NewLSTM/sequential", func() nn.Module {
		return nn.NewSequential(nn.NewLSTM(3, 2, nn.RecurrentOptions{}), nn.NewTanh())
	}, apart(2, 2, 3), []int{2, 2, 2}},
	{"NewGRU", func() nn.Module { return nn.NewGRU(3, 2, nn.RecurrentOptions{}) }, apart(3, 2, 3), []int{3, 2, 2}},
	{"NewGRU/one sequence", func() nn.Module { return nn.NewGRU(3, 2, nn.RecurrentOptions{Bidirectional: true}) }, apart(3, 3), []int{3, 4}},
	{"NewRNNCell", func() nn.Module { return nn.NewRNNCell(3, 2, nn.CellOptions{}) }, apart(2, 3), []int{2, 2}},
	{"NewLSTMCell", func() nn.Module { return nn.NewLSTMCell(3, 2, nn.CellOptions{}) }, apart(2, 3), []int{2, 2}},
	{"NewGRUCell", func() nn.Module { return nn.NewGRUCell(3, 2, nn.CellOptions{}) }, apart(2, 3), []int{2, 2}},
	{"NewMultiheadAttention", func() nn.Module {
		return nn.NewMultiheadAttention(4, 2, nn.MultiheadAttentionOptions{BatchFirst: true})
	}, apart(2, 3, 4), []int{2, 3, 4}},
	{"NewMultiheadAttention/no bias", func() nn.Module {
		return nn.NewMultiheadAttention(4, 1, nn.MultiheadAttentionOptions{NoBias: true})
	}, apart(3, 2, 4), []int{3, 2, 4}},
	{"NewTransformerEncoderLayer", func() nn.Module {
		return nn.NewTransformerEncoderLayer(4, 2, nn.TransformerOptions{FeedForward: 5, BatchFirst: true, GELU: true})
	}, apart(1, 3, 4), []int{1, 3, 4}},
	{"NewTransformerEncoder", func() nn.Module {
		return nn.NewTransformerEncoder(4, 2, 2, nn.TransformerOptions{FeedForward: 3, NormFirst: true, FinalNorm: true, GELU: true})
	}, apart(2, 1, 4), []int{2, 1, 4}},
	{"NewTransformerDecoderLayer", func() nn.Module {
		return nn.NewTransformerDecoderLayer(4, 2, nn.TransformerOptions{FeedForward: 3, BatchFirst: true, GELU: true})
	}, apart(1, 3, 4), []int{1, 3, 4}},
	{"NewTransformerDecoder", func() nn.Module {
		return nn.NewTransformerDecoder(2, 1, 2, nn.TransformerOptions{FeedForward: 3, NormFirst: true, FinalNorm: true, GELU: true})
	}, apart(2, 1, 2), []int{2, 1, 2}},
	{"NewSinusoidalPositions", func() nn.Module { return nn.NewSinusoidalPositions(5, 4, nn.PositionOptions{}) }, apart(3, 2, 4), []int{3, 2, 4}},
	{"NewLearnedPositions", func() nn.Module { return nn.NewLearnedPositions(5, 4, nn.PositionOptions{BatchFirst: true}) }, apart(2, 3, 4), []int{2, 3, 4}},
	{"NewConv1d", func() nn.Module { return nn.NewConv1d(2, 4, 3, nn.Conv1dOptions{Padding: 1, Groups: 2}) }, apart(1, 2, 5), []int{1, 4, 5}},
	{"NewConv1d/same", func() nn.Module {
		return nn.NewConv1d(2, 2, 3, nn.Conv1dOptions{Same: true, Dilation: 2, NoBias: true})
	}, apart(1, 2, 5), []int{1, 2, 5}},
	{"NewConv3d", func() nn.Module { return nn.NewConv3d(2, 2, 2, nn.Conv3dOptions{Stride: 2, Padding: 1}) }, apart(1, 2, 2, 3, 2), []int{1, 2, 2, 2, 2}},
	{"NewConvTranspose2d", func() nn.Module {
		return nn.NewConvTranspose2d(2, 3, 3, nn.ConvTransposeOptions{Stride: 2, Padding: 1, OutputPadding: 1})
	}, apart(1, 2, 2, 3), []int{1, 3, 4, 6}},
	{"NewConvTranspose1d", func() nn.Module {
		return nn.NewConvTranspose1d(2, 2, 3, nn.ConvTransposeOptions{Groups: 2, NoBias: true})
	}, apart(1, 2, 3), []int{1, 2, 5}},
	{"NewGroupNorm", func() nn.Module { return nn.NewGroupNorm(2, 4, nn.GroupNormOptions{}) }, apart(2, 4, 2), []int{2, 4, 2}},
	{"NewInstanceNorm", func() nn.Module { return nn.NewInstanceNorm(2, nn.InstanceNormOptions{Affine: true}) }, apart(2, 2, 2, 2), []int{2, 2, 2, 2}},
	{"NewUpsample", func() nn.Module { return nn.NewUpsample(2, nn.UpsampleOptions{}) }, apart(1, 2, 2, 3), []int{1, 2, 4, 6}},
	{"NewUpsample/size", func() nn.Module {
		return nn.NewUpsample(0, nn.UpsampleOptions{Size: []int{3, 4}, Mode: dl.InterpolateLinear})
	}, apart(1, 2, 2, 3), []int{1, 2, 3, 4}},
	{"NewPixelShuffle", func() nn.Module { return nn.NewPixelShuffle(2) }, apart(1, 4, 2, 2), []int{1, 1, 4, 4}},
	{"NewPixelUnshuffle", func() nn.Module { return nn.NewPixelUnshuffle(2) }, apart(1, 1, 4, 2), []int{1, 4, 2, 1}},
	{"NewUnfold", func() nn.Module { return nn.NewUnfold(2, nn.WindowOptions{}) }, apart(1, 2, 3, 3), []int{1, 8, 4}},
	{"NewFold", func() nn.Module { return nn.NewFold(3, 3, 2, nn.WindowOptions{}) }, apart(1, 8, 4), []int{1, 2, 3, 3}},
	{"NewMaxPool1d", func() nn.Module { return nn.NewMaxPool1d(2, nn.Pool1dOptions{Stride: 1}) }, apart(1, 2, 5), []int{1, 2, 4}},
	{"NewAvgPool1d", func() nn.Module { return nn.NewAvgPool1d(2, nn.Pool1dOptions{Padding: 1}) }, apart(1, 2, 5), []int{1, 2, 3}},
	{"NewHardtanh", func() nn.Module { return nn.NewHardtanh(-1, 1.05) }, apart(3, 4), []int{3, 4}},
	{"NewReLU6", func() nn.Module { return nn.NewReLU6() }, apart(3, 4), []int{3, 4}},
	{"NewHardsigmoid", func() nn.Module { return nn.NewHardsigmoid() }, apart(3, 4), []int{3, 4}},
	{"NewHardshrink", func() nn.Module { return nn.NewHardshrink(0.5) }, apart(3, 4), []int{3, 4}},
	{"NewSoftshrink", func() nn.Module { return nn.NewSoftshrink(0.5) }, apart(3, 4), []int{3, 4}},
	{"NewThreshold", func() nn.Module { return nn.NewThreshold(0.4, -1) }, apart(3, 4), []int{3, 4}},
	{"NewHardswish", func() nn.Module { return nn.NewHardswish() }, apart(3, 4), []int{3, 4}},
	{"NewSoftsign", func() nn.Module { return nn.NewSoftsign() }, apart(3, 4), []int{3, 4}},
	{"NewTanhshrink", func() nn.Module { return nn.NewTanhshrink() }, apart(3, 4), []int{3, 4}},
	{"NewLogSigmoid", func() nn.Module { return nn.NewLogSigmoid() }, apart(3, 4), []int{3, 4}},
	{"NewSELU", func() nn.Module { return nn.NewSELU() }, apart(3, 4), []int{3, 4}},
	{"NewCELU", func() nn.Module { return nn.NewCELU(1.5) }, apart(3, 4), []int{3, 4}},
	{"NewMish", func() nn.Module { return nn.NewMish() }, apart(3, 4), []int{3, 4}},
	{"NewGLU", func() nn.Module { return nn.NewGLU(-1) }, apart(3, 4), []int{3, 2}},
	{"NewSoftmin", func() nn.Module { return nn.NewSoftmin(1) }, apart(3, 4), []int{3, 4}},
	{"NewPReLU", func() nn.Module { return nn.NewPReLU(4) }, apart(3, 4), []int{3, 4}},
	{"NewRReLU", func() nn.Module { return seeded{nn.NewRReLU(0.1, 0.4)} }, apart(3, 4), []int{3, 4}},
	{"NewChannelDropout", func() nn.Module { return seeded{nn.NewChannelDropout(0.4)} }, apart(2, 3, 2), []int{2, 3, 2}},
	{"NewAlphaDropout", func() nn.Module { return seeded{nn.NewAlphaDropout(0.4)} }, apart(3, 4), []int{3, 4}},
	{"NewFeatureAlphaDropout", func() nn.Module { return seeded{nn.NewFeatureAlphaDropout(0.4)} }, apart(2, 3, 2), []int{2, 3, 2}},
	{"NewRMSNorm", func() nn.Module { return nn.NewRMSNorm([]int{4}, nn.RMSNormOptions{}) }, apart(3, 4), []int{3, 4}},
	{"NewLocalResponseNorm", func() nn.Module { return nn.NewLocalResponseNorm(3, nn.LocalResponseOptions{Alpha: 0.5}) }, apart(1, 4, 3), []int{1, 4, 3}},
	{"NewInstanceNorm/track", func() nn.Module { return nn.NewInstanceNorm(2, nn.InstanceNormOptions{Affine: true, Track: true}) }, apart(2, 2, 3), []int{2, 2, 3}},
	{"NewInstanceNorm/eval", func() nn.Module {
		m := nn.NewInstanceNorm(2, nn.InstanceNormOptions{Track: true})
		nn.Eval(m)
		return m
	}, apart(2, 2, 3), []int{2, 2, 3}},
	{"NewBatchNorm3d", func() nn.Module { return nn.NewBatchNorm3d(2, nn.BatchNormOptions{}) }, apart(2, 2, 1, 3, 2), []int{2, 2, 1, 3, 2}},
	{"NewMaxPool3d", func() nn.Module { return nn.NewMaxPool3d(2, nn.Pool3dOptions{Stride: 1}) }, apart(1, 2, 2, 3, 2), []int{1, 2, 1, 2, 1}},
	{"NewAvgPool3d", func() nn.Module { return nn.NewAvgPool3d(2, nn.Pool3dOptions{Padding: 1, ExcludePadding: true}) }, apart(1, 1, 2, 2, 2), []int{1, 1, 2, 2, 2}},
	{"NewLPPool1d", func() nn.Module { return nn.NewLPPool1d(2, 2, nn.Pool1dOptions{}) }, apart(1, 2, 4), []int{1, 2, 2}},
	{"NewLPPool2d", func() nn.Module { return nn.NewLPPool2d(2, 2, nn.AvgPool2dOptions{}) }, apart(1, 1, 4, 2), []int{1, 1, 2, 1}},
	{"NewAdaptiveAvgPool1d", func() nn.Module { return nn.NewAdaptiveAvgPool1d(2) }, apart(1, 2, 5), []int{1, 2, 2}},
	{"NewAdaptiveAvgPool3d", func() nn.Module { return nn.NewAdaptiveAvgPool3d(1, 2, 1) }, apart(1, 1, 2, 3, 2), []int{1, 1, 1, 2, 1}},
	{"NewAdaptiveMaxPool1d", func() nn.Module { return nn.NewAdaptiveMaxPool1d(2) }, apart(1, 2, 5), []int{1, 2, 2}},
	{"NewAdaptiveMaxPool3d", func() nn.Module { return nn.NewAdaptiveMaxPool3d(1, 2, 1) }, apart(1, 1, 2, 3, 2), []int{1, 1, 1, 2, 1}},
	{"NewFractionalMaxPool2d", func() nn.Module {
		return seeded{nn.NewFractionalMaxPool2d(dl.FractionalPoolOptions2d{Kernel: [2]int{2, 2}, Out: [2]int{2, 3}})}
	}, apart(1, 2, 4, 5), []int{1, 2, 2, 3}},
	{"NewFractionalMaxPool3d", func() nn.Module {
		return seeded{nn.NewFractionalMaxPool3d(dl.FractionalPoolOptions3d{Kernel: [3]int{1, 2, 1}, Ratio: [3]float64{0.7, 0.7, 0.7}})}
	}, apart(1, 1, 3, 3, 3), []int{1, 1, 2, 2, 2}},
	{"NewTransformer", func() nn.Module {
		return nn.NewTransformer(4, 2, 1, 1, nn.TransformerOptions{FeedForward: 3, GELU: true})
	}, apart(2, 1, 4), []int{2, 1, 4}},
	{"NewAdaptiveLogSoftmax", func() nn.Module {
		return nn.NewAdaptiveLogSoftmax(4, 6, []int{2, 4}, nn.AdaptiveSoftmaxOptions{Divisor: 2, HeadBias: true})
	}, apart(2, 4), []int{2, 6}},
	{"NewWeightNorm", func() nn.Module { return nn.NewWeightNorm(nn.NewLinear(4, 3), 0) }, apart(2, 4), []int{2, 3}},
	{"NewWeightNorm/whole", func() nn.Module { return nn.NewWeightNorm(nn.NewConv1d(2, 3, 2, nn.Conv1dOptions{}), -1) }, apart(1, 2, 4), []int{1, 3, 3}},
	{"NewSpectralNorm", func() nn.Module {
		m := nn.NewSpectralNorm(nn.NewLinear(4, 3), nn.SpectralNormOptions{})
		nn.Eval(m) // in training each Forward moves the vectors
		return m
	}, apart(2, 4), []int{2, 3}},
	{"NewOrthogonal", func() nn.Module { return nn.NewOrthogonal(nn.NewLinear(4, 3)) }, apart(2, 4), []int{2, 3}},
	{"NewLazy", func() nn.Module {
		m := nn.NewLazy(func(x *dl.Tensor) nn.Module { return nn.NewLinear(x.Size(-1), 3) })
		m.Forward(dl.Zeros(1, 4))
		return m
	}, apart(2, 4), []int{2, 3}},
	{"NewPad", func() nn.Module { return nn.NewPad([]int{1, 1}, dl.PadReflect, 0) }, apart(1, 2, 3), []int{1, 2, 5}},
	{"NewUnflatten", func() nn.Module { return nn.NewUnflatten(1, 2, -1) }, apart(2, 6), []int{2, 2, 3}},
	{"NewChannelShuffle", func() nn.Module { return nn.NewChannelShuffle(2) }, apart(1, 4, 2), []int{1, 4, 2}},
	{"NewBilinear", func() nn.Module { return nn.NewBilinear(3, 3, 2, nn.BilinearOptions{}) }, apart(2, 3), []int{2, 2}},
	{"NewEmbeddingBag", func() nn.Module { return nn.NewEmbeddingBag(5, 3, dl.EmbeddingBagOptions{}) }, dl.New([][]int64{{0, 4}, {2, 4}}), []int{2, 3}},
	{"NewConvTranspose3d", func() nn.Module {
		return nn.NewConvTranspose3d(2, 1, 2, nn.ConvTransposeOptions{Stride: 2, Padding: 1})
	}, apart(1, 2, 2, 2, 2), []int{1, 1, 2, 2, 2}},
	{"NewLSTM/projection", func() nn.Module {
		return nn.NewLSTM(3, 4, nn.RecurrentOptions{Projection: 2, Layers: 2, Bidirectional: true})
	}, apart(2, 1, 3), []int{2, 1, 4}},
	{"NewIdentity", func() nn.Module { return nn.NewIdentity() }, apart(3, 4), []int{3, 4}},
	{"NewSequential", func() nn.Module { return nn.NewSequential(nn.NewTanh(), nn.NewFlatten()) }, apart(2, 2, 3), []int{2, 6}},
}

// lossTable has every loss of the package.
var lossTable = []struct {
	name    string
	loss    nn.Loss
	out, in *dl.Tensor
}{
	{"CrossEntropy", nn.CrossEntropy, apart(3, 4), dl.New([]int64{1, 3, 0})},
	{"CrossEntropyWith", nn.CrossEntropyWith(dl.CrossEntropyOptions{LabelSmoothing: 0.1}), apart(3, 4), dl.New([]int64{1, 3, 0})},
	{"NLL", func(o, t *dl.Tensor) *dl.Tensor { return nn.NLL(o.LogSoftmax(1), t) }, apart(3, 4), dl.New([]int64{1, 3, 0})},
	{"NLLWith", func(o, t *dl.Tensor) *dl.Tensor {
		return nn.NLLWith(dl.CrossEntropyOptions{Ignore: []int{3}})(o.LogSoftmax(1), t)
	}, apart(3, 4), dl.New([]int64{1, 3, 0})},
	{"MSE", nn.MSE, apart(3, 4), apart(3, 4).MulScalar(0.3)},
	{"L1", nn.L1, apart(3, 4), apart(3, 4).MulScalar(0.3)},
	{"Huber", nn.Huber, apart(3, 4), apart(3, 4).MulScalar(0.3)},
	{"HuberWith", nn.HuberWith(0.5), apart(3, 4), apart(3, 4).MulScalar(0.3)},
	{"SmoothL1", nn.SmoothL1, apart(3, 4), apart(3, 4).MulScalar(0.3)},
	{"SmoothL1With", nn.SmoothL1With(0.5), apart(3, 4), apart(3, 4).MulScalar(0.3)},
	{"BCE", func(o, t *dl.Tensor) *dl.Tensor { return nn.BCE(o.Sigmoid(), t) }, apart(3, 4), apart(3, 4).Sigmoid()},
	{"BCEWithLogits", nn.BCEWithLogits, apart(3, 4), apart(3, 4).Sigmoid()},
	{"BCEWithLogitsWith", func(o, t *dl.Tensor) *dl.Tensor {
		return nn.BCEWithLogitsWith(dl.BCEOptions{PosWeight: dl.New([]float64{1, 2, 3, 4})})(o, t)
	}, apart(3, 4), apart(3, 4).Sigmoid()},
	{"HingeEmbedding", func(o, t *dl.Tensor) *dl.Tensor { return nn.HingeEmbedding(o.Square(), t) }, apart(3, 4), apart(3, 4).Sign()},
	{"SoftMargin", nn.SoftMargin, apart(3, 4), apart(3, 4).Sign()},
	{"MultiMargin", nn.MultiMargin, apart(3, 4).MulScalar(0.37), dl.New([]int64{1, 3, 0})},
	{"MultiMarginWith", nn.MultiMarginWith(dl.MultiMarginOptions{P: 2}), apart(3, 4).MulScalar(0.37), dl.New([]int64{1, 3, 0})},
	{"MultiLabelMargin", nn.MultiLabelMargin, apart(2, 4), dl.New([][]int64{{3, 0, -1, 1}, {2, -1, 0, 1}})},
	{"MultiLabelSoftMargin", nn.MultiLabelSoftMargin, apart(2, 4), dl.New([][]int64{{1, 0, 0, 1}, {0, 1, 0, 1}})},
	{"PoissonNLL", nn.PoissonNLL, apart(3, 4), apart(3, 4).Abs()},
	{"PoissonNLLWith", nn.PoissonNLLWith(dl.PoissonNLLOptions{Full: true}), apart(3, 4), apart(3, 4).Abs()},
	{"KLDiv", func(o, t *dl.Tensor) *dl.Tensor { return nn.KLDiv(o.LogSoftmax(1), t) }, apart(3, 4), apart(3, 4).Softmax(1).Detach()},
}

// seeded makes the random numbers of a dropout the same at each run.
type seeded struct{ inner nn.Module }

func (s seeded) Forward(x *dl.Tensor) *dl.Tensor {
	dl.ManualSeed(3)
	return s.inner.Forward(x)
}

// swap replaces each tensor in the exported fields of a layer, and of what these hold, by what f returns for it.
func swap(m nn.Module, f func(t *dl.Tensor) *dl.Tensor) { swapIn(reflect.ValueOf(m), f) }

func swapIn(v reflect.Value, f func(t *dl.Tensor) *dl.Tensor) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return
		}
		if s, ok := v.Interface().(*nn.Sequential); ok {
			for _, m := range s.Modules() {
				swap(m, f)
			}
			return
		}
		if v.Type() != reflect.TypeFor[*dl.Tensor]() {
			swapIn(v.Elem(), f)
		} else if v.CanSet() {
			v.Set(reflect.ValueOf(f(v.Interface().(*dl.Tensor))))
		}
	case reflect.Slice:
		for i := range v.Len() {
			swapIn(v.Index(i), f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				swapIn(v.Field(i), f)
			}
		}
	}
}

func TestLayerGradients(t *testing.T) {
	for _, r := range layerTable {
		t.Run(r.name, func(t *testing.T) {
			dl.ManualSeed(1)
			m := r.make()
			in := []*dl.Tensor{r.in}
			current := map[*dl.Tensor]int{} // which input a parameter is
			for _, p := range nn.Params(m) {
				current[p] = len(in)
				in = append(in, p)
			}
			swap(m, func(p *dl.Tensor) *dl.Tensor { // buffers
				if _, ok := current[p]; ok {
					return p
				}
				return p.To(dl.Float64)
			})
			run := func(in []*dl.Tensor) *dl.Tensor {
				next := map[*dl.Tensor]int{}
				swap(m, func(p *dl.Tensor) *dl.Tensor {
					i, ok := current[p]
					if !ok {
						return p
					}
					next[in[i]] = i
					return in[i]
				})
				current = next
				return m.Forward(in[0])
			}
			gradcheck.Check(t, r.name, run, in...)
			gradcheck.CheckSecond(t, r.name, run, in...)
		})
	}
}

func TestLossGradients(t *testing.T) {
	for _, r := range lossTable {
		t.Run(r.name, func(t *testing.T) {
			run := func(in []*dl.Tensor) *dl.Tensor { return r.loss(in[0], r.in) }
			gradcheck.Check(t, r.name, run, r.out)
			gradcheck.CheckSecond(t, r.name, run, r.out)
			if y := r.loss(r.out.To(dl.Float64), r.in); y.Dim() != 0 {
				t.Errorf("the loss has shape %v, want a scalar", y.Shape())
			}
		})
	}
}

// TestLayerForward runs every layer in float32, compares the shape of the output and of the gradient, and trains it for
// one step: a layer whose parameters do not move is not connected.
func TestLayerForward(t *testing.T) {
	for _, r := range layerTable {
		t.Run(r.name, func(t *testing.T) {
			dl.ManualSeed(1)
			m := r.make()
			x := r.in
			if x.DType() == dl.Float64 {
				x = x.To(dl.Float32).SetRequiresGrad(true)
			}
			y := m.Forward(x)
			if !reflect.DeepEqual(y.Shape(), r.out) {
				t.Fatalf("output of shape %v, want %v", y.Shape(), r.out)
			}
			if y.DType() != dl.Float32 {
				t.Errorf("output of %s", y.DType())
			}
			y.BackwardWith(dl.Randn(r.out...))
			if x.RequiresGrad() && (x.Grad() == nil || !reflect.DeepEqual(x.Grad().Shape(), x.Shape())) {
				t.Error("no gradient of the input")
			}
			for _, p := range nn.NamedParams(m) {
				if p.Tensor.Grad() == nil {
					t.Errorf("no gradient of %s", p.Name)
				}
			}
			if s, ok := m.(interface{ String() string }); ok && s.String() == "" {
				t.Error("an empty String")
			}
		})
	}
}

// neither is what makes tensors and is no loss.
var neither = map[string]bool{"ParametersToVector": true, "CausalMask": true}

// TestTableComplete fails when the package exports a layer or a loss that is not in the tables.
func TestTableComplete(t *testing.T) {
	layers, losses := map[string]bool{}, map[string]bool{}
	for _, r := range layerTable {
		name, _, _ := strings.Cut(r.name, "/")
		layers[name] = true
	}
	for _, r := range lossTable {
		losses[r.name] = true
	}
	found := 0
	for name, fn := range exportedFuncs(t) {
		switch result := resultOf(fn); {
		case strings.HasPrefix(name, "New") && name != "NewStateDict":
			found++
			if !layers[name] {
				t.Errorf("%s has no row in layerTable", name)
			}
		case result == "Loss" || result == "*dl.Tensor" && !strings.HasPrefix(name, "Init") && !neither[name]:
			found++
			if !losses[name] {
				t.Errorf("%s has no row in lossTable", name)
			}
		}
	}
	if want := len(layers) + len(losses); found != want {
		t.Errorf("%d layers and losses exported, %d in the tables", found, want)
	}
}

// exportedFuncs parses the package and returns its exported functions that are no methods.
func exportedFuncs(t *testing.T) map[string]*ast.FuncDecl {
	t.Helper()
	out := map[string]*ast.FuncDecl{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.IsExported() {
				out[fn.Name.Name] = fn
			}
		}
	}
	return out
}

// resultOf writes the type of the only result of a function.
func resultOf(fn *ast.FuncDecl) string {
	if fn.Type.Results == nil || len(fn.Type.Results.List) != 1 {
		return ""
	}
	switch r := fn.Type.Results.List[0].Type.(type) {
	case *ast.Ident:
		return r.Name
	case *ast.StarExpr:
		if s, ok := r.X.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				return "*" + x.Name + "." + s.Sel.Name
			}
		}
	}
	return ""
}

// TestExamples fails when a layer or a loss has no example in the documentation.
func TestExamples(t *testing.T) {
	var src []byte
	files, err := filepath.Glob("example*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		src = append(src, b...)
	}
	var names []string
	for _, r := range layerTable {
		name, _, _ := strings.Cut(r.name, "/")
		names = append(names, name)
	}
	for _, r := range lossTable {
		names = append(names, r.name)
	}
	for _, name := range names {
		base := strings.TrimSuffix(name, "With") // a form with options may be shown together with the plain one
		if !strings.Contains(string(src), "func Example"+base) || !strings.Contains(string(src), "nn."+name+"(") {
			t.Errorf("no example shows nn.%s", name)
		}
	}
}

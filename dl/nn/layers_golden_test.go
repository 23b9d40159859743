package nn_test

import (
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
	"descent/dl/nn"
)

// residual is a block as users write one, with lower-case fields.
type residual struct {
	body *nn.Sequential
	norm *nn.LayerNorm
}

func (m *residual) Forward(x *dl.Tensor) *dl.Tensor { return x.Add(m.norm.Forward(m.body.Forward(x))) }

type residualNet struct {
	stem   *nn.Linear
	blocks []*residual
	head   *nn.Linear
}

func (m *residualNet) Forward(x *dl.Tensor) *dl.Tensor {
	x = m.stem.Forward(x)
	for _, b := range m.blocks {
		x = b.Forward(x)
	}
	return m.head.Forward(x)
}

func newResidual() *residual {
	return &residual{nn.NewSequential(nn.NewLinear(6, 6), nn.NewTanh()), nn.NewLayerNorm(6)}
}

// goldenLayers makes the modules of the golden file.
var goldenLayers = map[string]func() nn.Module{
	"linear":         func() nn.Module { return nn.NewLinear(5, 4) },
	"linear no bias": func() nn.Module { return nn.NewLinearWith(5, 4, nn.LinearOptions{NoBias: true}) },
	"conv2d":         func() nn.Module { return nn.NewConv2d(2, 3, 3, nn.Conv2dOptions{Padding: 1, Stride: 2}) },
	"conv2d same": func() nn.Module {
		return nn.NewConv2d(2, 4, 0, nn.Conv2dOptions{KernelHW: [2]int{3, 5}, Same: true, Groups: 2})
	},
	"batchnorm1d":      func() nn.Module { return nn.NewBatchNorm1d(4, nn.BatchNormOptions{}) },
	"batchnorm1d eval": func() nn.Module { return nn.NewBatchNorm1d(4, nn.BatchNormOptions{}) },
	"batchnorm2d":      func() nn.Module { return nn.NewBatchNorm2d(3, nn.BatchNormOptions{}) },
	"layernorm":        func() nn.Module { return nn.NewLayerNorm(3, 4) },
	"embedding":        func() nn.Module { return nn.NewEmbedding(6, 3) },
	"leaky":            func() nn.Module { return nn.NewLeakyReLU(0.2) },
	"gelu":             func() nn.Module { return nn.NewGELU() },
	"silu":             func() nn.Module { return nn.NewSiLU() },
	"softmax":          func() nn.Module { return nn.NewSoftmax(-1) },
	"logsoftmax":       func() nn.Module { return nn.NewLogSoftmax(1) },
	"maxpool":          func() nn.Module { return nn.NewMaxPool2d(3, nn.MaxPool2dOptions{Stride: 2, Padding: 1}) },
	"avgpool":          func() nn.Module { return nn.NewAvgPool2d(2, nn.AvgPool2dOptions{}) },
	"adaptive":         func() nn.Module { return nn.NewAdaptiveAvgPool2d(2, 3) },
	"adaptive max":     func() nn.Module { return nn.NewAdaptiveMaxPool2d(2, 3) },
	"gelu tanh":        func() nn.Module { return nn.NewGELUTanh() },
	"elu":              func() nn.Module { return nn.NewELU(0.7) },
	"softplus":         func() nn.Module { return nn.NewSoftplus() },
	"conv1d":           func() nn.Module { return nn.NewConv1d(2, 3, 3, nn.Conv1dOptions{}) },
	"conv1d options": func() nn.Module {
		return nn.NewConv1d(2, 4, 3, nn.Conv1dOptions{Stride: 2, Padding: 2, Dilation: 2, Groups: 2, NoBias: true})
	},
	"conv1d same": func() nn.Module { return nn.NewConv1d(2, 4, 5, nn.Conv1dOptions{Same: true}) },
	"conv3d":      func() nn.Module { return nn.NewConv3d(2, 3, 2, nn.Conv3dOptions{}) },
	"conv3d options": func() nn.Module {
		return nn.NewConv3d(2, 4, 3, nn.Conv3dOptions{Stride: 2, Padding: 2, Dilation: 2, Groups: 2})
	},
	"transpose2d": func() nn.Module { return nn.NewConvTranspose2d(3, 2, 3, nn.ConvTransposeOptions{}) },
	"transpose2d double": func() nn.Module {
		return nn.NewConvTranspose2d(3, 2, 4, nn.ConvTransposeOptions{Stride: 2, Padding: 1})
	},
	"transpose2d options": func() nn.Module {
		return nn.NewConvTranspose2d(4, 6, 3, nn.ConvTransposeOptions{Stride: 3, Padding: 1, OutputPadding: 2, Groups: 2, Dilation: 2, NoBias: true})
	},
	"transpose1d": func() nn.Module {
		return nn.NewConvTranspose1d(3, 2, 3, nn.ConvTransposeOptions{Stride: 2, OutputPadding: 1})
	},
	"groupnorm":         func() nn.Module { return nn.NewGroupNorm(2, 4, nn.GroupNormOptions{}) },
	"groupnorm flat":    func() nn.Module { return nn.NewGroupNorm(2, 6, nn.GroupNormOptions{}) },
	"groupnorm plain":   func() nn.Module { return nn.NewGroupNorm(4, 4, nn.GroupNormOptions{NoAffine: true, Eps: 1e-3}) },
	"instancenorm1d":    func() nn.Module { return nn.NewInstanceNorm(3, nn.InstanceNormOptions{}) },
	"instancenorm2d":    func() nn.Module { return nn.NewInstanceNorm(3, nn.InstanceNormOptions{Affine: true}) },
	"upsample":          func() nn.Module { return nn.NewUpsample(2, nn.UpsampleOptions{}) },
	"upsample bilinear": func() nn.Module { return nn.NewUpsample(3, nn.UpsampleOptions{Mode: dl.InterpolateLinear}) },
	"upsample corners": func() nn.Module {
		return nn.NewUpsample(0, nn.UpsampleOptions{Size: []int{5, 7}, Mode: dl.InterpolateLinear, AlignCorners: true})
	},
	"upsample bicubic": func() nn.Module {
		return nn.NewUpsample(0, nn.UpsampleOptions{Size: []int{5, 6}, Mode: dl.InterpolateCubic})
	},
	"upsample linear": func() nn.Module { return nn.NewUpsample(2, nn.UpsampleOptions{Mode: dl.InterpolateLinear}) },
	"upsample down":   func() nn.Module { return nn.NewUpsample(0, nn.UpsampleOptions{Size: []int{2, 3}}) },
	"pixelshuffle":    func() nn.Module { return nn.NewPixelShuffle(2) },
	"pixelunshuffle":  func() nn.Module { return nn.NewPixelUnshuffle(2) },
	"unfold":          func() nn.Module { return nn.NewUnfold(3, nn.WindowOptions{Stride: 2, Padding: 1, Dilation: 2}) },
	"fold":            func() nn.Module { return nn.NewFold(5, 6, 3, nn.WindowOptions{Stride: 2, Padding: 1}) },
	"maxpool1d":       func() nn.Module { return nn.NewMaxPool1d(3, nn.Pool1dOptions{Stride: 2, Padding: 1, Dilation: 2}) },
	"avgpool1d":       func() nn.Module { return nn.NewAvgPool1d(2, nn.Pool1dOptions{Ceil: true, ExcludePadding: true}) },
	"convnet": func() nn.Module {
		return nn.NewSequential(nn.NewConv2d(1, 4, 3, nn.Conv2dOptions{}), nn.NewReLU(), nn.NewConv2d(4, 6, 3, nn.Conv2dOptions{}),
			nn.NewBatchNorm2d(6, nn.BatchNormOptions{}), nn.NewReLU(), nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}), nn.NewFlatten(),
			nn.NewLinear(6*4*4, 12), nn.NewReLU(), nn.NewDropout(0), nn.NewLinear(12, 10))
	},
	"residual": func() nn.Module {
		return &residualNet{nn.NewLinear(5, 6), []*residual{newResidual(), newResidual()}, nn.NewLinear(6, 3)}
	},
}

// TestLayersAgainstTorch loads PyTorch's state by its names, and compares outputs, gradients and running statistics.
func TestLayersAgainstTorch(t *testing.T) {
	cases := append(golden.Load(t, "testdata/layers.json").Cases, golden.Load(t, "testdata/spatial.json").Cases...)
	runLayers(t, cases, goldenLayers)
}

// runLayers runs cases with the modules of a table, which must have each other's names.
func runLayers(t *testing.T, cases []golden.Case, table map[string]func() nn.Module) {
	t.Helper()
	if len(cases) != len(table) {
		t.Errorf("%d cases for %d layers", len(cases), len(table))
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			if table[c.Name] == nil {
				t.Fatal("no such module")
			}
			runLayer(t, c, table[c.Name]())
		})
	}
}

func runLayer(t *testing.T, c golden.Case, m nn.Module) {
	const tol = 3e-5
	if !c.Bool("train") {
		nn.Eval(m)
	}
	loadState(t, m, c)
	x := c.In["x"].Tensor()
	if x.DType() == dl.Float32 {
		x.SetRequiresGrad(true)
	}
	y := m.Forward(x)
	golden.Close(t, y, c.Out["y"], tol, tol)
	y.BackwardWith(c.In["gy"].Tensor())
	if want, ok := c.Grad["x"]; ok {
		golden.Close(t, x.Grad(), want, tol, tol)
	}
	for _, p := range nn.NamedParams(m) {
		golden.Close(t, p.Tensor.Grad(), c.Grad[p.Name], tol, tol)
	}
	for _, b := range nn.NamedBuffers(m) {
		golden.Close(t, b.Tensor, c.Out["state."+b.Name], tol, tol)
	}
}

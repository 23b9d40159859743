package nn_test

import (
	"math"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
	"descent/dl/nn"
)

func init() {
	for _, test := range []string{"TestTransformerAgainstTorch", "TestComputedWeightsAgainstTorch", "TestAdaptiveSoftmaxAgainstTorch"} {
		goldenPlaces[test] = true
	}
	withoutGolden["NewFractionalMaxPool2d"] = "dl.FractionalMaxPool2d has cases, with the random numbers given"
	withoutGolden["NewFractionalMaxPool3d"] = "dl.FractionalMaxPool3d has cases, with the random numbers given"
	withoutGolden["NewLazy"] = "what it makes is compared"
	withoutGolden["NewOrthogonal"] = "its parameters are other numbers than PyTorch's; TestOrthogonalStays holds it to what it promises"
}

func widerCases(t *testing.T, prefix string) []golden.Case {
	t.Helper()
	var out []golden.Case
	for _, c := range golden.Load(t, "testdata/wider.json").Cases {
		if strings.HasPrefix(c.Name, prefix) {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		t.Fatalf("no cases %q", prefix)
	}
	return out
}

// wantGrads compares the gradients of all parameters, and their number.
func wantGrads(t *testing.T, m nn.Module, c golden.Case, inputs int) {
	t.Helper()
	params := nn.NamedParams(m)
	if len(params)+inputs != len(c.Grad) {
		t.Errorf("%d parameters, PyTorch has %d", len(params), len(c.Grad)-inputs)
	}
	for _, p := range params {
		golden.Close(t, p.Tensor.Grad(), c.Grad[p.Name], 2e-5, 2e-5)
	}
}

func TestTransformerAgainstTorch(t *testing.T) {
	for _, c := range widerCases(t, "transformer ") {
		t.Run(c.Name, func(t *testing.T) {
			m := nn.NewTransformer(6, 2, 2, 1, nn.TransformerOptions{FeedForward: 8, BatchFirst: c.Bool("first"), NormFirst: c.Bool("norm_first"),
				GELU: c.Bool("gelu"), NoBias: !c.Bool("bias")})
			loadState(t, m, c)
			source, target := c.In["src"].Tensor().SetRequiresGrad(true), c.In["tgt"].Tensor().SetRequiresGrad(true)
			o := nn.TranslateOptions{Target: nn.AttendOptions{Causal: c.Bool("causal")}}
			if c.Bool("causal") && !dl.Equal(nn.CausalMask(4), c.In["mask"].Tensor()) {
				t.Errorf("mask %v", nn.CausalMask(4))
			}
			if c.Bool("padding") {
				o.Source.KeyPadding = c.In["padding"].Tensor()
				o.Memory.KeyPadding = o.Source.KeyPadding
			}
			y := m.Translate(source, target, o)
			golden.Close(t, y, c.Out["y"], 2e-5, 2e-5)
			y.BackwardWith(c.In["gy"].Tensor())
			golden.Close(t, source.Grad(), c.Grad["src"], 2e-5, 2e-5)
			golden.Close(t, target.Grad(), c.Grad["tgt"], 2e-5, 2e-5)
			wantGrads(t, m, c, 2)
		})
	}
}

func TestComputedWeightsAgainstTorch(t *testing.T) {
	make := map[string]func() nn.Module{
		"weight linear":         func() nn.Module { return nn.NewWeightNorm(nn.NewLinear(4, 3), 0) },
		"weight linear whole":   func() nn.Module { return nn.NewWeightNorm(nn.NewLinear(4, 3), -1) },
		"weight conv":           func() nn.Module { return nn.NewWeightNorm(nn.NewConv2d(2, 3, 3, nn.Conv2dOptions{}), 0) },
		"spectral linear":       func() nn.Module { return nn.NewSpectralNorm(nn.NewLinear(4, 3), nn.SpectralNormOptions{}) },
		"spectral linear steps": func() nn.Module { return nn.NewSpectralNorm(nn.NewLinear(4, 3), nn.SpectralNormOptions{Steps: 3}) },
		"spectral conv": func() nn.Module {
			return nn.NewSpectralNorm(nn.NewConv1d(2, 3, 3, nn.Conv1dOptions{}), nn.SpectralNormOptions{})
		},
		"spectral transposed": func() nn.Module {
			return nn.NewSpectralNorm(nn.NewConvTranspose2d(2, 3, 3, nn.ConvTransposeOptions{}), nn.SpectralNormOptions{Dim: 1})
		},
		"spectral eval": func() nn.Module { return nn.NewSpectralNorm(nn.NewLinear(4, 3), nn.SpectralNormOptions{}) },
	}
	ran := 0
	for _, c := range golden.Load(t, "testdata/wider.json").Cases {
		if !c.Bool("computed") {
			continue
		}
		ran++
		t.Run(c.Name, func(t *testing.T) {
			m := make[c.Name]()
			if whole, ok := c.In["state.weight_g"]; ok && len(whole.Shape) == 0 { // PyTorch's single length has no axes
				whole.Shape = []int{1, 1}
				c.In["state.weight_g"] = whole
				g := c.Grad["weight_g"]
				g.Shape = []int{1, 1}
				c.Grad["weight_g"] = g
			}
			loadState(t, m, c)
			if strings.HasSuffix(c.Name, "eval") {
				nn.Eval(m)
			}
			x := c.In["x"].Tensor().SetRequiresGrad(true)
			y := m.Forward(x)
			golden.Close(t, y, c.Out["y"], 1e-5, 1e-5)
			y.BackwardWith(c.In["gy"].Tensor())
			golden.Close(t, x.Grad(), c.Grad["x"], 1e-5, 1e-5)
			wantGrads(t, m, c, 1)
			for _, b := range nn.NamedBuffers(m) {
				golden.Close(t, b.Tensor, c.Out["state."+b.Name], 1e-5, 1e-5)
			}
		})
	}
	if ran != len(make) {
		t.Errorf("%d of %d cases ran", ran, len(make))
	}
}

func TestOptionsAgainstTorch(t *testing.T) {
	make := map[string]nn.Module{
		"options conv1d circular":  nn.NewConv1d(2, 3, 3, nn.Conv1dOptions{Padding: 2, Stride: 2, PadMode: dl.PadCircular}),
		"options conv1d reflect":   nn.NewConv1d(2, 3, 5, nn.Conv1dOptions{Same: true, PadMode: dl.PadReflect}),
		"options conv2d reflect":   nn.NewConv2d(2, 3, 0, nn.Conv2dOptions{KernelHW: [2]int{3, 2}, PaddingHW: [2]int{1, 2}, PadMode: dl.PadReflect}),
		"options conv2d replicate": nn.NewConv2d(2, 4, 3, nn.Conv2dOptions{Padding: 2, Groups: 2, PadMode: dl.PadReplicate}),
		"options conv3d circular":  nn.NewConv3d(2, 3, 3, nn.Conv3dOptions{Padding: 1, PadMode: dl.PadCircular}),
		"options conv3d same":      nn.NewConv3d(2, 3, 3, nn.Conv3dOptions{Same: true}),
	}
	batchNorm := nn.NewBatchNorm2d(2, nn.BatchNormOptions{NoTrack: true})
	nn.Eval(batchNorm)
	make["options batchnorm2d no statistics"] = batchNorm
	found := widerCases(t, "options ")
	if len(found) != len(make) {
		t.Errorf("%d cases for %d layers", len(found), len(make))
	}
	for _, c := range found {
		t.Run(c.Name, func(t *testing.T) {
			m := make[c.Name]
			loadState(t, m, c)
			x := c.In["x"].Tensor().SetRequiresGrad(true)
			y := m.Forward(x)
			golden.Close(t, y, c.Out["y"], 1e-5, 1e-5)
			relu := nn.NewSequential(m, nn.NewReLU()).Forward(x.Detach())
			if !dl.AllClose(relu, y.Detach().ReLU(), 1e-5, 1e-6) {
				t.Error("ReLU behind it in a Sequential gives something else")
			}
			y.BackwardWith(c.In["gy"].Tensor())
			golden.Close(t, x.Grad(), c.Grad["x"], 2e-5, 2e-5)
			wantGrads(t, m, c, 1)
		})
	}
}

func TestAdaptiveSoftmaxAgainstTorch(t *testing.T) {
	for _, c := range widerCases(t, "adaptive ") {
		t.Run(c.Name, func(t *testing.T) {
			m := nn.NewAdaptiveLogSoftmax(8, 11, c.Ints("cutoffs"), nn.AdaptiveSoftmaxOptions{HeadBias: c.Bool("bias"), Divisor: c.Float("div", 0)})
			loadState(t, m, c)
			x := c.In["x"].Tensor().SetRequiresGrad(true)
			out, loss := m.Loss(x, c.In["t"].Tensor())
			golden.Close(t, out, c.Out["out"], 1e-5, 1e-5)
			golden.Close(t, loss, c.Out["loss"], 1e-5, 1e-5)
			golden.Close(t, m.Forward(x), c.Out["log_prob"], 1e-5, 1e-5)
			golden.Close(t, m.Predict(x), c.Out["predict"], 0, 0)
			loss.Backward()
			golden.Close(t, x.Grad(), c.Grad["x"], 1e-5, 1e-5)
			wantGrads(t, m, c, 1)
		})
	}
}

func TestFusionsAgainstTorch(t *testing.T) {
	for _, c := range widerCases(t, "fuse ") {
		t.Run(c.Name, func(t *testing.T) {
			conv := nn.NewConv2d(2, 3, 3, nn.Conv2dOptions{NoBias: strings.HasSuffix(c.Name, "no bias")})
			l := nn.NewLinear(4, 3)
			x := c.In["x"].Tensor()
			if strings.HasSuffix(c.Name, "linear") {
				bn := nn.NewBatchNorm1d(3, nn.BatchNormOptions{})
				loadState(t, nn.NewSequential(l, bn), c)
				f := nn.FuseLinearBatchNorm(l, bn)
				golden.Close(t, f.Weight.Detach(), c.Out["weight"], 1e-5, 1e-6)
				golden.Close(t, f.Bias.Detach(), c.Out["bias"], 1e-5, 1e-6)
				golden.Close(t, f.Forward(x), c.Out["y"], 1e-5, 1e-5)
				return
			}
			bn := nn.NewBatchNorm2d(3, nn.BatchNormOptions{})
			loadState(t, nn.NewSequential(conv, bn), c)
			f := nn.FuseConvBatchNorm(conv, bn)
			golden.Close(t, f.Weight.Detach(), c.Out["weight"], 1e-5, 1e-6)
			golden.Close(t, f.Bias.Detach(), c.Out["bias"], 1e-5, 1e-6)
			golden.Close(t, f.Forward(x), c.Out["y"], 1e-5, 1e-5)
		})
	}
}

func TestInitializationsAgainstTorch(t *testing.T) {
	for _, c := range widerCases(t, "eye ") {
		golden.Close(t, nn.InitEye(dl.Ones(c.Ints("shape")...)), c.Out["y"], 0, 0)
	}
	for _, c := range widerCases(t, "dirac ") {
		golden.Close(t, nn.InitDirac(dl.Ones(c.Ints("shape")...), c.Int("groups", 1)), c.Out["y"], 0, 0)
	}
	for _, c := range widerCases(t, "gain ") {
		want := float64(c.Out["y"].Data[0])
		if got := nn.Gain(c.String("name"), c.Float("slope", 0)); math.Abs(got-want) > 1e-6 {
			t.Errorf("%s: %g, want %g", c.Name, got, want)
		}
	}
	w := nn.InitSparse(dl.Empty(10, 4), 0.35, 2)
	zeros := w.EqScalar(0).Sum(0)
	if !dl.Equal(zeros, dl.FullOf(dl.Int64, 4, 4)) {
		t.Errorf("zeros of the columns of a sparse matrix: %v, want 4 each", zeros)
	}
}

// TestOrthogonalStays: the weight is orthogonal at first and after steps of an optimizer, for both orientations.
func TestOrthogonalStays(t *testing.T) {
	for _, l := range []*nn.Linear{nn.NewLinear(4, 3), nn.NewLinear(3, 5), nn.NewLinear(3, 3)} {
		m := nn.NewOrthogonal(l)
		for step := range 3 {
			m.Forward(dl.Randn(2, l.In)).Square().Sum().Backward()
			for _, p := range nn.Params(m) {
				if step > 0 && p.Grad() == nil {
					t.Fatal("a parameter without a gradient")
				}
				p.Detach().AddScaledInPlace(p.Grad(), -0.1)
				p.ZeroGrad()
			}
			m.Forward(dl.Randn(2, l.In))
			w := l.Weight.Detach()
			if l.Out < l.In {
				w = w.T()
			}
			if got := w.T().MatMul(w); !dl.AllClose(got, dl.Eye(got.Size(0)), 1e-4, 1e-4) {
				t.Errorf("%s after step %d: WᵀW is %v", l, step, got)
			}
		}
		if names := nn.State(m).Names(); len(names) != 3 {
			t.Errorf("state %v", names)
		}
	}
}

func TestVectorOfParameters(t *testing.T) {
	m := nn.NewSequential(nn.NewLinear(2, 3), nn.NewLinear(3, 1))
	v := nn.ParametersToVector(nn.Params(m))
	if v.Numel() != nn.NumParams(m) {
		t.Fatalf("%d numbers of %d", v.Numel(), nn.NumParams(m))
	}
	other := nn.NewSequential(nn.NewLinear(2, 3), nn.NewLinear(3, 1))
	nn.VectorToParameters(v, nn.Params(other))
	x := dl.Randn(4, 2)
	if !dl.Equal(m.Forward(x), other.Forward(x)) {
		t.Error("the model from the vector computes something else")
	}
	wantError(t, func() { nn.VectorToParameters(dl.Ones(3), nn.Params(m)) }, "13")
	wantError(t, func() { nn.ParametersToVector(nil) }, "nn.Params")
}

func TestLazyLayers(t *testing.T) {
	m := nn.NewSequential(
		nn.NewLazy(func(x *dl.Tensor) nn.Module { return nn.NewConv2d(x.Size(1), 4, 3, nn.Conv2dOptions{}) }), nn.NewFlatten(),
		nn.NewLazy(func(x *dl.Tensor) nn.Module { return nn.NewLinear(x.Size(-1), 2) }))
	if n := nn.NumParams(m); n != 0 {
		t.Errorf("%d parameters before the first input", n)
	}
	if y := m.Forward(dl.Randn(2, 3, 5, 5)); y.Size(1) != 2 {
		t.Errorf("output %v", y.Shape())
	}
	if n := nn.NumParams(m); n != 4*3*9+4+36*2+2 {
		t.Errorf("%d parameters", n)
	}
	wantError(t, func() { m.Forward(dl.Randn(2, 3, 6, 6)) }, "2: Linear", "36")
	wantError(t, func() { nn.NewWeightNorm(nn.NewReLU(), 0) }, "ReLU", "weight")
	wantError(t, func() { nn.NewAdaptiveLogSoftmax(8, 10, []int{3, 3}, nn.AdaptiveSoftmaxOptions{}) }, "[3 3]")
	wantError(t, func() { nn.NewLazy(nil) }, "nil")
	wantError(t, func() {
		nn.FuseLinearBatchNorm(nn.NewLinear(2, 3), nn.NewBatchNorm1d(3, nn.BatchNormOptions{NoTrack: true}))
	}, "NoTrack")
	wantError(t, func() { nn.Gain("swish", 0) }, "swish")
}

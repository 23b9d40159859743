package explain_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/explain"
	"descent/dl/internal/golden"
	"descent/dl/nn"
)

// load makes the network of the golden file, with its weights, and its inputs.
func load(t *testing.T) (f *golden.File, net *nn.Sequential, x, y *dl.Tensor) {
	t.Helper()
	f = golden.Load(t, "testdata/attributions.json")
	net = nn.NewSequential(nn.NewConv2d(1, 4, 3, nn.Conv2dOptions{Padding: 1}), nn.NewTanh(), nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}),
		nn.NewConv2d(4, 6, 3, nn.Conv2dOptions{Padding: 1}), nn.NewReLU(), nn.NewFlatten(), nn.NewLinear(6*4*4, 5))
	c := f.Case(t, "saliency")
	state := nn.NewStateDict()
	for k, a := range c.In {
		if name, ok := strings.CutPrefix(k, "state."); ok {
			state.Set(name, a.Tensor())
		}
	}
	if _, err := nn.LoadState(net, state, nn.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	return f, net, c.In["x"].Tensor(), c.In["y"].Tensor()
}

const tol = 1e-5

func TestAgainstCaptum(t *testing.T) {
	f, net, x, y := load(t)
	for _, c := range f.Cases {
		t.Run(c.Name, func(t *testing.T) {
			var a *explain.Attribution
			switch kind := strings.Fields(c.Name)[0]; kind {
			case "saliency":
				a = explain.Saliency(net, x, y)
			case "input":
				a = explain.InputXGradient(net, x, y)
			case "integrated":
				o := explain.IGOptions{Steps: c.Int("steps", 0)}
				if b, ok := c.Out["baseline"]; ok {
					o.Baseline = b.Tensor()
				}
				a = explain.IntegratedGradients(net, x, y, o)
				for i, d := range a.Delta {
					if math.Abs(d-float64(c.Out["delta"].Data[i])) > 1e-5 {
						t.Errorf("delta %d is %g, want %g", i, d, float64(c.Out["delta"].Data[i]))
					}
				}
			case "gradcam":
				a = explain.GradCAM(net, net.At(c.Int("layer", 0)), x, y)
			case "occlusion":
				a = explain.Occlusion(net, x, y, explain.OcclusionOptions{Window: c.Int("window", 0), Stride: c.Int("stride", 0), Baseline: c.Float("baseline", 0)})
			default:
				t.Fatalf("no method %q", kind)
			}
			golden.Close(t, a.Values, c.Out["values"], tol, tol)
			if !reflect.DeepEqual(a.Target, []int{4, 0, 2}) || len(a.Predicted) != 3 || len(a.Confidence) != 3 {
				t.Errorf("target %v, predicted %v, confidence %v", a.Target, a.Predicted, a.Confidence)
			}
		})
	}
}

// TestCompleteness: integrated gradients add up to the difference of the scores, ever more closely.
func TestCompleteness(t *testing.T) {
	_, net, x, y := load(t)
	last := math.Inf(1)
	for _, steps := range []int{2, 8, 64} {
		a := explain.IntegratedGradients(net, x, y, explain.IGOptions{Steps: steps})
		worst := 0.0
		for _, d := range a.Delta {
			worst = math.Max(worst, math.Abs(d))
		}
		if worst > last {
			t.Errorf("%d steps: error %g, more than with fewer steps", steps, worst)
		}
		last = worst
	}
	if last > 1e-3 {
		t.Errorf("error of completeness %g after 64 steps", last)
	}
	// A linear model is complete with one step, and so is input times gradient for the baseline zero.
	lin := nn.NewSequential(nn.NewFlatten(), nn.NewLinearWith(64, 3, nn.LinearOptions{NoBias: true}))
	one := explain.IntegratedGradients(lin, x, nil, explain.IGOptions{Steps: 1})
	ixg := explain.InputXGradient(lin, x, nil)
	for i, s := range ixg.Sum() {
		if math.Abs(s-one.Score[i]) > 1e-5 || math.Abs(one.Delta[i]) > 1e-5 {
			t.Errorf("input %d: sum %g, score %g, delta %g", i, s, one.Score[i], one.Delta[i])
		}
	}
}

// TestSmoothGrad: of a linear model the gradient is the same everywhere, noise or not; of another it is near the plain
// gradient when the noise is small, and the same seed gives the same picture.
func TestSmoothGrad(t *testing.T) {
	_, net, x, y := load(t)
	lin := nn.NewSequential(nn.NewFlatten(), nn.NewLinear(64, 5))
	smooth := explain.SmoothGrad(lin, x, y, explain.SmoothGradOptions{Samples: 4, Noise: 1})
	plain := explain.Saliency(lin, x, y)
	if d := smooth.Values.Abs().Sub(plain.Values).Abs().AMax().Item(); d > 1e-6 {
		t.Errorf("linear model: differs by %g", d)
	}
	a := explain.SmoothGrad(net, x, y, explain.SmoothGradOptions{Seed: 1})
	b := explain.SmoothGrad(net, x, y, explain.SmoothGradOptions{Seed: 1})
	c := explain.SmoothGrad(net, x, y, explain.SmoothGradOptions{Seed: 2})
	if !reflect.DeepEqual(a.Values.Float32s(), b.Values.Float32s()) {
		t.Error("the same seed gave two pictures")
	}
	if reflect.DeepEqual(a.Values.Float32s(), c.Values.Float32s()) {
		t.Error("two seeds gave one picture")
	}
	near := explain.SmoothGrad(net, x, y, explain.SmoothGradOptions{Noise: 1e-5, Samples: 3})
	if d := near.Values.Abs().Sub(explain.Saliency(net, x, y).Values).Abs().AMax().Item(); d > 1e-3 {
		t.Errorf("hardly any noise: differs by %g", d)
	}
	if s := explain.SmoothGrad(net, x, y, explain.SmoothGradOptions{Squared: true}); s.Values.AMin().Item() < 0 || s.Signed {
		t.Error("squares below zero")
	}
}

// TestLeavesTheModelAlone: no method changes gradients, modes, parameters or inputs.
func TestLeavesTheModelAlone(t *testing.T) {
	_, net, x, y := load(t)
	net.Append(nn.NewDropout(0.9))
	before := nn.State(net).Clone()
	old := x.Clone()
	x.SetRequiresGrad(true)
	for name, f := range map[string]func() *explain.Attribution{
		"saliency": func() *explain.Attribution { return explain.Saliency(net, x, y) },
		"ixg":      func() *explain.Attribution { return explain.InputXGradient(net, x, nil) },
		"ig": func() *explain.Attribution {
			return explain.IntegratedGradients(net, x, y, explain.IGOptions{Steps: 3})
		},
		"smoothgrad": func() *explain.Attribution {
			return explain.SmoothGrad(net, x, y, explain.SmoothGradOptions{Samples: 2})
		},
		"gradcam": func() *explain.Attribution { return explain.GradCAM(net, net.At(4), x, y) },
		"occlusion": func() *explain.Attribution {
			return explain.Occlusion(net, x, y, explain.OcclusionOptions{Window: 4, Stride: 4})
		},
	} {
		var a *explain.Attribution
		dl.NoGrad(func() { a = f() }) // works in a cell that is not recording, too
		b := f()
		if !reflect.DeepEqual(a.Values.Float32s(), b.Values.Float32s()) {
			t.Errorf("%s: two runs differ", name)
		}
		if a.Values.RequiresGrad() || a.Input.RequiresGrad() {
			t.Errorf("%s: the result has a history", name)
		}
		if !nn.IsTraining(net) {
			t.Errorf("%s left the model in evaluation mode", name)
		}
	}
	for _, p := range nn.Params(net) {
		if p.Grad() != nil {
			t.Error("a parameter has a gradient")
		}
	}
	if x.Grad() != nil || !reflect.DeepEqual(x.Float32s(), old.Float32s()) {
		t.Error("the input changed or has a gradient")
	}
	for _, n := range before.Names() {
		if !reflect.DeepEqual(nn.State(net).Get(n).Float32s(), before.Get(n).Float32s()) {
			t.Errorf("%s changed", n)
		}
	}
}

func TestOneOutput(t *testing.T) {
	m := nn.NewLinear(4, 1)
	x := dl.Randn(3, 4)
	a := explain.Saliency(m, x, nil)
	want := m.Weight.Detach().Abs()
	if a.Target != nil || a.Values.Sub(want).Abs().AMax().Item() > 1e-6 {
		t.Errorf("target %v, values %v, want %v", a.Target, a.Values, want)
	}
}

func TestHeat(t *testing.T) {
	_, net, x, y := load(t)
	h := explain.IntegratedGradients(net, x, y, explain.IGOptions{}).Heat(0.02)
	if !reflect.DeepEqual(h.Shape(), []int{3, 8, 8}) || h.AMax().Item() > 1 || h.AMin().Item() < -1 {
		t.Errorf("shape %v, from %g to %g", h.Shape(), h.AMin().Item(), h.AMax().Item())
	}
	for i := range 3 {
		if m := h.Select(0, i).Abs().AMax().Item(); m != 1 {
			t.Errorf("map %d reaches %g, want 1", i, m)
		}
	}
	flat := explain.Saliency(nn.NewLinear(4, 2), dl.Zeros(2, 4), nil)
	if flat.Heat(0); flat.Values.Dim() != 2 {
		t.Error("values that are no image lost their shape")
	}
}

func TestErrors(t *testing.T) {
	_, net, x, y := load(t)
	for _, c := range []struct {
		name string
		f    func()
		want string
	}{
		{"no batch", func() { explain.Saliency(net, dl.Zeros(8), nil) }, "x.Unsqueeze(0)"},
		{"integers", func() { explain.Saliency(net, x.To(dl.Int64), nil) }, "int64"},
		{"class", func() { explain.Saliency(net, x, dl.New([]int64{1, 2, 7})) }, "class 7 for input 2"},
		{"targets", func() { explain.Saliency(net, x, dl.New([]int64{1, 2})) }, "one class index for each input"},
		{"target of one", func() { explain.Saliency(nn.NewLinear(2, 1), dl.Zeros(1, 2), y) }, "pass nil"},
		{"outputs", func() { explain.Saliency(nn.NewIdentity(), x, nil) }, "one row of scores"},
		{"cut", func() {
			explain.Saliency(nn.Func(func(x *dl.Tensor) *dl.Tensor { return x.Flatten(1).Detach() }), x, nil)
		}, "does not depend on its input"},
		{"baseline", func() { explain.IntegratedGradients(net, x, y, explain.IGOptions{Baseline: dl.Zeros(3)}) }, "a baseline of shape"},
		{"steps", func() { explain.IntegratedGradients(net, x, y, explain.IGOptions{Steps: -1}) }, "-1 steps"},
		{"samples", func() { explain.SmoothGrad(net, x, y, explain.SmoothGradOptions{Samples: -1}) }, "-1 samples"},
		{"another layer", func() { explain.GradCAM(net, nn.NewReLU(), x, y) }, "did not run"},
		{"flat layer", func() { explain.GradCAM(net, net.At(6), x, y) }, "choose a convolution"},
		{"no images", func() { explain.GradCAM(net, net.At(6), dl.Zeros(2, 3), y) }, "images"},
		{"window", func() { explain.Occlusion(net, x, y, explain.OcclusionOptions{Window: 9}) }, "a window of 9"},
		{"no images to cover", func() { explain.Occlusion(net, dl.Zeros(2, 3), y, explain.OcclusionOptions{}) }, "images"},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer func() {
				e, ok := recover().(*dl.Error)
				if !ok || !strings.Contains(e.Error(), c.want) || !strings.HasPrefix(e.Op, "explain.") {
					t.Errorf("error %v, want one that says %q", e, c.want)
				}
				if !nn.IsTraining(net) {
					t.Error("the model was left in evaluation mode")
				}
			}()
			c.f()
		})
	}
}

// TestInterrupt: a long explanation stops when the cell is interrupted.
func TestInterrupt(t *testing.T) {
	_, net, x, y := load(t)
	dl.SetInterrupt(func() bool { return true })
	defer dl.SetInterrupt(nil)
	defer func() {
		if r := recover(); r != dl.ErrInterrupted {
			t.Errorf("panic %v, want ErrInterrupted", r)
		}
	}()
	explain.IntegratedGradients(net, x, y, explain.IGOptions{})
}

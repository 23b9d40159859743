package optim_test

import (
	"math"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
	"descent/dl/optim"
)

// build makes the optimizer that a golden case names.
func build(t *testing.T, c golden.Case, params []*dl.Tensor) optim.Optimizer {
	t.Helper()
	lr, decay, eps, momentum := c.Float("lr", 0), c.Float("weight_decay", 0), c.Float("eps", 0), c.Float("momentum", 0)
	switch kind := c.String("kind"); kind {
	case "SGD":
		return optim.NewSGD(params, optim.SGDOptions{LR: lr, Momentum: momentum, Dampening: c.Float("dampening", 0),
			WeightDecay: decay, Nesterov: c.Bool("nesterov")})
	case "Adam":
		return optim.NewAdam(params, optim.AdamOptions{LR: lr, Beta1: c.Float("beta1", 0), Beta2: c.Float("beta2", 0), Eps: eps, WeightDecay: decay,
			AMSGrad: c.Bool("amsgrad")})
	case "AdamW":
		return optim.NewAdamW(params, optim.AdamOptions{LR: lr, WeightDecay: decay, AMSGrad: c.Bool("amsgrad")})
	case "RMSprop":
		return optim.NewRMSprop(params, optim.RMSpropOptions{LR: lr, Alpha: c.Float("alpha", 0), Eps: eps, Momentum: momentum,
			WeightDecay: decay, Centered: c.Bool("centered")})
	case "Adagrad":
		return optim.NewAdagrad(params, optim.AdagradOptions{LR: lr, LRDecay: c.Float("lr_decay", 0), WeightDecay: decay,
			Initial: c.Float("initial_accumulator_value", 0)})
	case "Adamax":
		return optim.NewAdamax(params, adaptive(c))
	case "NAdam":
		return optim.NewNAdam(params, adaptive(c))
	case "RAdam":
		return optim.NewRAdam(params, adaptive(c))
	case "Adadelta":
		return optim.NewAdadelta(params, optim.AdadeltaOptions{LR: lr, Rho: c.Float("rho", 0), Eps: eps, WeightDecay: decay})
	case "Rprop":
		return optim.NewRprop(params, optim.RpropOptions{LR: lr, Shrink: c.Float("shrink", 0), Grow: c.Float("grow", 0),
			Least: c.Float("least", 0), Largest: c.Float("largest", 0)})
	case "ASGD":
		return optim.NewASGD(params, optim.ASGDOptions{LR: lr, Lambda: c.Float("lambd", 0), Alpha: c.Float("alpha", 0), Start: c.Float("t0", 0), WeightDecay: decay})
	case "Adafactor":
		o := optim.AdafactorOptions{LR: lr, Decay: c.Float("beta2_decay", 0), Clip: c.Float("d", 0), WeightDecay: decay}
		if decay != 0 { // the case with all settings
			o.Eps1, o.Eps2 = 1e-4, 1e-2
		} else {
			o.Eps1 = 1.1920928955078125e-07 // what float32 has there, also for the float64 run here
		}
		return optim.NewAdafactor(params, o)
	case "Muon":
		return optim.NewMuon(params, optim.MuonOptions{LR: lr, WeightDecay: decay, Momentum: momentum, Plain: momentum != 0,
			Steps: c.Int("ns_steps", 0), MatchAdamW: c.String("adjust_lr_fn") != ""})
	default:
		t.Fatalf("no optimizer %q", kind)
		return nil
	}
}

// adaptive reads the settings that Adamax, NAdam and RAdam share.
func adaptive(c golden.Case) optim.AdaptiveOptions {
	return optim.AdaptiveOptions{LR: c.Float("lr", 0), Beta1: c.Float("beta1", 0), Beta2: c.Float("beta2", 0), Eps: c.Float("eps", 0),
		WeightDecay: c.Float("weight_decay", 0), Decay: c.Float("momentum_decay", 0)}
}

func cases(t *testing.T, prefix string) []golden.Case {
	t.Helper()
	var out []golden.Case
	for _, c := range golden.Load(t, "testdata/optimizers.json").Cases {
		if strings.HasPrefix(c.Name, prefix) {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		t.Fatalf("no cases %q", prefix)
	}
	return out
}

// row is part i of an array along its first axis.
func row(a golden.Array, i int) golden.Array {
	n := len(a.Data) / a.Shape[0]
	return golden.Array{Shape: a.Shape[1:], DType: a.DType, Data: a.Data[i*n : (i+1)*n]}
}

func TestStepsAgainstTorch(t *testing.T) {
	for _, c := range cases(t, "steps ") {
		for _, dt := range []dl.DType{dl.Float32, dl.Float64} {
			t.Run(c.Name+" "+dt.String(), func(t *testing.T) {
				p := dl.NewParameter(c.In["p"].Tensor().To(dt))
				q := dl.NewParameter(c.In["q"].Tensor().To(dt))
				o := build(t, c, []*dl.Tensor{p, q})
				for i := range c.Out["p"].Shape[0] {
					o.ZeroGrad()
					p.SetGrad(row(c.In["gp"], i).Tensor().To(dt))
					if i != 3 {
						q.SetGrad(row(c.In["gq"], i).Tensor().To(dt))
					}
					o.Step()
					for k, v := range map[string]*dl.Tensor{"p": p, "q": q} {
						want := row(c.Out[k], i)
						want.DType = dt.String()
						golden.Close(t, v, want, 1e-5, 2e-6)
					}
					if t.Failed() {
						t.Fatalf("after step %d", i+1)
					}
				}
			})
		}
	}
}

// TestCurvesAgainstTorch trains a small network for 200 steps with each optimizer and compares the loss of every step.
func TestCurvesAgainstTorch(t *testing.T) {
	for _, c := range cases(t, "curve ") {
		t.Run(c.Name, func(t *testing.T) {
			x, y := c.In["x"].Tensor(), c.In["y"].Tensor()
			var ps []*dl.Tensor
			for _, k := range []string{"w1", "b1", "w2", "b2"} {
				ps = append(ps, dl.NewParameter(c.In[k].Tensor()))
			}
			o := build(t, c, ps)
			for i, want := range c.Out["loss"].Data {
				o.ZeroGrad()
				hidden := dl.Linear(x, ps[0], ps[1]).Tanh()
				loss := dl.CrossEntropy(dl.Linear(hidden, ps[2], ps[3]), y, dl.CrossEntropyOptions{})
				loss.Backward()
				o.Step()
				if got := loss.Item(); math.Abs(got-float64(want)) > 2e-3*float64(want)+1e-5 {
					t.Fatalf("loss of step %d is %.7f, PyTorch's %.7f", i+1, got, float64(want))
				}
			}
		})
	}
}

func TestGroupsAgainstTorch(t *testing.T) {
	c := cases(t, "groups")[0]
	p, q := dl.NewParameter(c.In["p"].Tensor()), dl.NewParameter(c.In["q"].Tensor())
	o := optim.NewAdam([]*dl.Tensor{p}, optim.AdamOptions{LR: 0.01})
	o.AddGroup(optim.Group{Params: []*dl.Tensor{q}, LR: 0.1, WeightDecay: 0.2})
	for i := range 5 {
		p.SetGrad(row(c.In["g"], i).Tensor())
		q.SetGrad(row(c.In["g"], i).Tensor())
		o.Step()
	}
	golden.Close(t, p, c.Out["p"], 1e-5, 1e-6)
	golden.Close(t, q, c.Out["q"], 1e-5, 1e-6)
	if n := len(o.Params()); n != 2 {
		t.Errorf("%d parameters, want 2", n)
	}
	o.SetLR(0.02)
	if g := o.Groups(); g[0].LR != 0.02 || math.Abs(g[1].LR-0.2) > 1e-12 {
		t.Errorf("rates %g and %g, want 0.02 and 0.2", g[0].LR, g[1].LR)
	}
}

func TestClipAgainstTorch(t *testing.T) {
	for _, c := range cases(t, "clip ") {
		t.Run(c.Name, func(t *testing.T) {
			a, b := dl.NewParameter(dl.Zeros(3, 4)), dl.NewParameter(dl.Zeros(5))
			a.SetGrad(c.In["a"].Tensor())
			b.SetGrad(c.In["b"].Tensor())
			ps := []*dl.Tensor{a, b, dl.NewParameter(dl.Zeros(2))}
			if want, ok := c.Out["norm"]; ok {
				before := optim.GradNorm(ps)
				norm := optim.ClipGradNorm(ps, c.Float("limit", 0))
				if w := float64(want.Data[0]); math.Abs(norm-w) > 1e-5*w || before != norm {
					t.Errorf("norm %g, before clipping %g, want %g", norm, before, w)
				}
			} else {
				optim.ClipGradValue(ps, c.Float("limit", 0))
			}
			golden.Close(t, a.Grad(), c.Out["a"], 1e-5, 1e-7)
			golden.Close(t, b.Grad(), c.Out["b"], 1e-5, 1e-7)
			if ps[2].Grad() != nil {
				t.Error("a gradient appeared")
			}
		})
	}
}

func TestSchedulesAgainstTorch(t *testing.T) {
	one := []*dl.Tensor{dl.NewParameter(dl.Zeros(1))}
	for _, c := range cases(t, "schedule ") {
		t.Run(c.Name, func(t *testing.T) {
			o := optim.NewSGD(one, optim.SGDOptions{LR: 0.2})
			var s optim.Schedule
			switch strings.Fields(c.Name)[1] {
			case "step":
				s = optim.NewStepLR(o, c.Int("every", 0), c.Float("gamma", 0))
			case "multistep":
				s = optim.NewMultiStepLR(o, c.Ints("milestones"), c.Float("gamma", 0))
			case "exponential":
				s = optim.NewExponentialLR(o, c.Float("gamma", 0))
			case "lambda":
				s = optim.NewLambdaLR(o, func(e int) float64 { return 1 / float64(1+e) })
			case "cosine":
				s = optim.NewCosine(o, c.Int("length", 0), optim.CosineOptions{Min: c.Float("min", 0)})
			case "linear":
				s = optim.NewLinearLR(o, 0.25, 0.9, 4)
			case "constant":
				s = optim.NewConstantLR(o, 0.3, 3)
			case "polynomial":
				s = optim.NewPolynomialLR(o, 5, 2)
			case "multiplicative":
				s = optim.NewMultiplicativeLR(o, func(e int) float64 { return 1 - 0.1*float64(e) })
			case "restarts":
				s = optim.NewWarmRestarts(o, 3, 2, 0.01)
			case "sequential":
				parts := []optim.Schedule{optim.NewLinearLR(o, 0.1, 1, 4), optim.NewCosine(o, 6, optim.CosineOptions{Min: 0.01})}
				at := []int{4}
				if strings.HasSuffix(c.Name, "three") {
					parts = []optim.Schedule{optim.NewConstantLR(o, 0.5, 2), optim.NewStepLR(o, 2, 0.5), optim.NewExponentialLR(o, 0.9)}
					at = []int{3, 7}
				}
				s = optim.NewSequentialLR(o, parts, at)
			case "chained":
				parts := []optim.Schedule{optim.NewConstantLR(o, 0.1, 3), optim.NewExponentialLR(o, 0.9)}
				if strings.HasSuffix(c.Name, "three") {
					parts = []optim.Schedule{optim.NewLinearLR(o, 0.5, 1, 4), optim.NewStepLR(o, 2, 0.5), optim.NewPolynomialLR(o, 20, 1.5)}
				}
				s = optim.NewChainedScheduler(o, parts)
			case "cyclic":
				s = optim.NewCyclicLR(o, 0.5, 3)
			case "onecycle":
				s = optim.NewOneCycle(o, c.Float("max", 0), c.Int("steps", 0), optim.OneCycleOptions{Rise: c.Float("rise", 0),
					Div: c.Float("div", 0), FinalDiv: c.Float("final", 0), Linear: c.Bool("linear")})
			}
			if per := strings.Contains(c.Name, "onecycle") || strings.Contains(c.Name, "cyclic"); s.PerStep() != per {
				t.Errorf("PerStep %v, want %v", s.PerStep(), per)
			}
			for i, want := range c.Out["lr"].Data {
				if i > 0 {
					s.Step()
				}
				if got := o.LR(); math.Abs(got-float64(want)) > 1e-9+1e-6*float64(want) {
					t.Errorf("rate %d is %g, want %g", i, got, float64(want))
				}
			}
		})
	}
	for _, c := range cases(t, "plateau ") {
		t.Run(c.Name, func(t *testing.T) {
			o := optim.NewSGD(one, optim.SGDOptions{LR: 0.2})
			var s optim.MetricSchedule = optim.NewReduceOnPlateau(o, optim.PlateauOptions{Factor: c.Float("factor", 0),
				Patience: c.Int("patience", 0), Cooldown: c.Int("cooldown", 0), MinLR: c.Float("min_lr", 0),
				Threshold: c.Float("threshold", 0), Maximize: c.String("mode") == "max"})
			for i, m := range c.In["metric"].Data {
				s.StepWith(float64(m))
				if got, want := o.LR(), float64(c.Out["lr"].Data[i]); math.Abs(got-want) > 1e-12 {
					t.Errorf("rate after epoch %d is %g, want %g", i+1, got, want)
				}
			}
		})
	}
}

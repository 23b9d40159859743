package optim_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/optim"
)

// TestResume: an optimizer that takes up the state of another goes on exactly as that one does.
func TestResume(t *testing.T) {
	for name, make := range map[string]func(p []*dl.Tensor) optim.Optimizer{
		"sgd":   func(p []*dl.Tensor) optim.Optimizer { return optim.NewSGD(p, optim.SGDOptions{LR: 0.1, Momentum: 0.9}) },
		"plain": func(p []*dl.Tensor) optim.Optimizer { return optim.NewSGD(p, optim.SGDOptions{LR: 0.1}) },
		"adam":  func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdam(p, optim.AdamOptions{LR: 0.1}) },
		"amsgrad": func(p []*dl.Tensor) optim.Optimizer {
			return optim.NewAdam(p, optim.AdamOptions{LR: 0.1, AMSGrad: true})
		},
		"adamw": func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdamW(p, optim.AdamOptions{LR: 0.1}) },
		"rmsprop": func(p []*dl.Tensor) optim.Optimizer {
			return optim.NewRMSprop(p, optim.RMSpropOptions{Momentum: 0.5, Centered: true})
		},
		"adagrad":   func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdagrad(p, optim.AdagradOptions{Initial: 0.1}) },
		"asgd":      func(p []*dl.Tensor) optim.Optimizer { return optim.NewASGD(p, optim.ASGDOptions{Start: 2}) },
		"adafactor": func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdafactor(p, optim.AdafactorOptions{}) },
	} {
		t.Run(name, func(t *testing.T) {
			step := func(o optim.Optimizer, p *dl.Tensor, i int) {
				p.SetGrad(dl.FromFloat32s([]float32{float32(i), -1, float32(math.Sin(float64(i)))}))
				o.Step()
			}
			p := dl.NewParameter(dl.Ones(3))
			a := make([]*dl.Tensor{p})
			for i := range 5 {
				step(a, p, i)
			}
			a.SetLR(0.05)
			saved, q := a.State().Clone(), dl.NewParameter(p.Detach().Clone())
			b := make([]*dl.Tensor{q})
			if err := b.LoadState(saved); err != nil {
				t.Fatal(err)
			}
			if b.LR() != 0.05 {
				t.Errorf("rate %g", b.LR())
			}
			for i := range 5 {
				step(a, p, i+5)
				step(b, q, i+5)
			}
			if !reflect.DeepEqual(p.Float32s(), q.Float32s()) {
				t.Errorf("resumed to %v, want %v", q.Float32s(), p.Float32s())
			}
		})
	}
}

func TestLoadStateThatDoesNotFit(t *testing.T) {
	one := func(n int) []*dl.Tensor { return []*dl.Tensor{dl.NewParameter(dl.Ones(n))} }
	a := optim.NewAdam(one(3), optim.AdamOptions{})
	a.Params()[0].SetGrad(dl.Ones(3))
	a.Step()
	s := a.State()
	for want, o := range map[string]optim.Optimizer{
		"a state of Adam for SGD": optim.NewSGD(one(3), optim.SGDOptions{}),
		"of 1 parameters":         optim.NewAdam(append(one(3), one(2)...), optim.AdamOptions{}),
		"the parameter has [4]":   optim.NewAdam(one(4), optim.AdamOptions{}),
	} {
		if err := o.LoadState(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one that says %q", err, want)
		}
	}
}

func TestMisuse(t *testing.T) {
	p := dl.NewParameter(dl.Ones(3))
	for want, f := range map[string]func(){
		"nn.Params(model)":      func() { optim.NewAdam(nil, optim.AdamOptions{}) },
		"learning rate NaN":     func() { optim.NewAdam([]*dl.Tensor{p}, optim.AdamOptions{LR: math.NaN()}) },
		"twice":                 func() { optim.NewAdam([]*dl.Tensor{p, p}, optim.AdamOptions{}) },
		"result of mul":         func() { optim.NewAdam([]*dl.Tensor{p.Mul(p)}, optim.AdamOptions{}) },
		"not a tensor of float": func() { optim.NewAdam([]*dl.Tensor{dl.Zeros(1).To(dl.Int64)}, optim.AdamOptions{}) },
		"beta of 1":             func() { optim.NewAdam([]*dl.Tensor{p}, optim.AdamOptions{Beta1: 1}) },
		"Momentum: 0.9":         func() { optim.NewSGD([]*dl.Tensor{p}, optim.SGDOptions{Nesterov: true}) },
		"warm-up":               func() { optim.NewCosine(sgd(), 3, optim.CosineOptions{Warmup: 3}) },
		"at least 2 steps":      func() { optim.NewOneCycle(sgd(), 1, 1, optim.OneCycleOptions{}) },
		"every 0 epochs":        func() { optim.NewStepLR(sgd(), 0, 0.1) },
		"factor 2":              func() { optim.NewReduceOnPlateau(sgd(), optim.PlateauOptions{Factor: 2}) },
	} {
		func() {
			defer func() {
				e, ok := recover().(*dl.Error)
				if !ok || !strings.Contains(e.Error(), want) {
					t.Errorf("error %v, want one that says %q", e, want)
				}
			}()
			f()
		}()
	}
}

// TestFrozen: a parameter that does not train stays, and comes back when it trains again.
func TestFrozen(t *testing.T) {
	p := dl.NewParameter(dl.Ones(2))
	o := optim.NewSGD([]*dl.Tensor{p}, optim.SGDOptions{LR: 1})
	p.SetGrad(dl.Ones(2))
	p.SetRequiresGrad(false)
	o.Step()
	if p.At(0) != 1 {
		t.Error("a frozen parameter moved")
	}
	p.SetRequiresGrad(true)
	p.SetGrad(dl.Ones(2))
	o.Step()
	if p.At(0) != 0 {
		t.Errorf("the parameter is %g, want 0", p.At(0))
	}
	o.ZeroGrad()
	if p.Grad() != nil {
		t.Error("ZeroGrad left a gradient")
	}
}

// TestStaleGraph: stepping between forward and backward is told, not silently wrong.
func TestStaleGraph(t *testing.T) {
	p := dl.NewParameter(dl.Ones(2))
	o := optim.NewSGD([]*dl.Tensor{p}, optim.SGDOptions{LR: 1})
	y := p.Mul(p).Sum()
	p.SetGrad(dl.Ones(2))
	o.Step()
	defer func() {
		if e, ok := recover().(*dl.Error); !ok || !strings.Contains(e.Error(), "changed in place") {
			t.Errorf("error %v", e)
		}
	}()
	y.Backward()
}

// TestLargeParameter: the parts that a long parameter is shared out in join without a seam.
func TestLargeParameter(t *testing.T) {
	const n = 100_003
	g := dl.Randn(n)
	p, q := dl.NewParameter(dl.Zeros(n)), dl.NewParameter(dl.Zeros(n).To(dl.Float64))
	a, b := optim.NewAdam([]*dl.Tensor{p}, optim.AdamOptions{LR: 0.1}), optim.NewAdam([]*dl.Tensor{q}, optim.AdamOptions{LR: 0.1})
	for range 3 {
		p.SetGrad(g)
		q.SetGrad(g.To(dl.Float64))
		a.Step()
		b.Step()
	}
	if d := p.Detach().To(dl.Float64).Sub(q).Abs().AMax().Item(); d > 1e-6 {
		t.Errorf("float32 and float64 differ by %g", d)
	}
}

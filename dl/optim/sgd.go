package optim

import (
	"descent/dl"
	"descent/dl/internal/simd"
)

// SGDOptions are the settings of [SGD].
type SGDOptions struct {
	LR          float64 // learning rate; 0 means 0.001
	Momentum    float64 // how much of the last step is kept
	Dampening   float64 // how little of the gradient goes into the momentum
	WeightDecay float64 // pulls the parameters towards zero
	Nesterov    bool    // looks ahead along the momentum
}

// SGD is stochastic gradient descent, with momentum:
//
//	g ← gradient + decay·p
//	b ← momentum·b + (1−dampening)·g      (b ← g at the first step)
//	p ← p − lr·b                          (Nesterov: p ← p − lr·(g + momentum·b))
//
// I. Sutskever et al.: On the importance of initialization and momentum in deep learning, ICML 2013.
// PyTorch: torch.optim.SGD.
type SGD struct {
	Base
	o SGDOptions
}

// NewSGD makes an [SGD] optimizer of the parameters.
func NewSGD(params []*dl.Tensor, o SGDOptions) *SGD {
	if o.Nesterov && (o.Momentum <= 0 || o.Dampening != 0) {
		panic(&dl.Error{Op: "optim.NewSGD", Got: "Nesterov without momentum or with dampening", Want: "a momentum and no dampening",
			Hint: "optim.SGDOptions{Momentum: 0.9, Nesterov: true}"})
	}
	s := &SGD{o: o}
	if o.Momentum == 0 {
		s.Base = newBase("SGD", params, or(o.LR, 0.001), o.WeightDecay)
	} else {
		s.Base = newBase("SGD", params, or(o.LR, 0.001), o.WeightDecay, "momentum")
	}
	return s
}

// Step makes one step.
func (s *SGD) Step() { s.run(s.step) }

func (s *SGD) step(t *task) {
	o := simd.SGDParams{LR: t.m.group.LR, Momentum: s.o.Momentum, Dampening: s.o.Dampening,
		WeightDecay: t.m.group.WeightDecay, Nesterov: s.o.Nesterov, First: t.m.steps == 1}
	if t.f64.p == nil {
		simd.SGD(t.f32.p, t.f32.g, t.f32.slots[0], o)
		return
	}
	p, buf := t.f64.p, t.f64.slots[0]
	for i, g := range t.f64.g {
		g += o.WeightDecay * p[i]
		if o.Momentum != 0 {
			b := g
			if !o.First {
				b = o.Momentum*buf[i] + (1-o.Dampening)*g
			}
			buf[i] = b
			if o.Nesterov {
				g += o.Momentum * b
			} else {
				g = b
			}
		}
		p[i] -= o.LR * g
	}
}

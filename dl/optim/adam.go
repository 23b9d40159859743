package optim

import (
	"math"

	"descent/dl"
	"descent/dl/internal/simd"
)

// AdamOptions are the settings of [Adam] and [AdamW]. In each, 0 means the default; a negative number means 0.
type AdamOptions struct {
	LR          float64 // learning rate; 0 means 0.001
	Beta1       float64 // memory of the mean of the gradient; 0 means 0.9
	Beta2       float64 // memory of its square; 0 means 0.999
	Eps         float64 // added to the root; 0 means 1e-8
	WeightDecay float64 // pulls the parameters towards zero; 0 means 0 for Adam, 0.01 for AdamW
}

// Adam gives each parameter a step of its own size, from running means of its gradient and of the square of it:
//
//	m ← β₁·m + (1−β₁)·g      v ← β₂·v + (1−β₂)·g²
//	p ← p − lr·m̂/(√v̂ + ε),   m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ)
//
// D. P. Kingma, J. Ba: Adam: A Method for Stochastic Optimization, arXiv:1412.6980.
// PyTorch: torch.optim.Adam.
type Adam struct {
	Base
	o         AdamOptions
	decoupled bool
}

// NewAdam makes an [Adam] optimizer of the parameters.
func NewAdam(params []*dl.Tensor, o AdamOptions) *Adam {
	return newAdam("Adam", params, o, or(o.WeightDecay, 0), false)
}

// NewAdamW makes an [Adam] optimizer whose weight decay acts on the parameters themselves instead of their gradients.
//
// I. Loshchilov, F. Hutter: Decoupled Weight Decay Regularization, arXiv:1711.05101.
// PyTorch: torch.optim.AdamW.
func NewAdamW(params []*dl.Tensor, o AdamOptions) *Adam {
	return newAdam("AdamW", params, o, or(o.WeightDecay, 0.01), true)
}

func newAdam(kind string, params []*dl.Tensor, o AdamOptions, decay float64, decoupled bool) *Adam {
	o.Beta1, o.Beta2, o.Eps = or(o.Beta1, 0.9), or(o.Beta2, 0.999), or(o.Eps, 1e-8)
	if o.Beta1 >= 1 || o.Beta2 >= 1 {
		panic(&dl.Error{Op: "optim.New" + kind, Got: "a beta of 1 or more", Want: "betas below 1"})
	}
	return &Adam{Base: newBase(kind, params, or(o.LR, 0.001), decay, "m", "v"), o: o, decoupled: decoupled}
}

// Step makes one step.
func (a *Adam) Step() { a.run(a.step) }

func (a *Adam) step(t *task) {
	o := simd.AdamParams{LR: t.m.group.LR, Beta1: a.o.Beta1, Beta2: a.o.Beta2, Eps: a.o.Eps,
		WeightDecay: t.m.group.WeightDecay, Decoupled: a.decoupled, Step: t.m.steps}
	if t.f64.p == nil {
		simd.Adam(t.f32.p, t.f32.g, t.f32.slots[0], t.f32.slots[1], o)
		return
	}
	step := o.LR / (1 - math.Pow(o.Beta1, float64(o.Step)))
	root := math.Sqrt(1 - math.Pow(o.Beta2, float64(o.Step)))
	p, m, v := t.f64.p, t.f64.slots[0], t.f64.slots[1]
	for i, g := range t.f64.g {
		if o.Decoupled {
			p[i] *= 1 - o.LR*o.WeightDecay
		} else {
			g += o.WeightDecay * p[i]
		}
		m[i] = o.Beta1*m[i] + (1-o.Beta1)*g
		v[i] = o.Beta2*v[i] + (1-o.Beta2)*g*g
		p[i] -= step * m[i] / (math.Sqrt(v[i])/root + o.Eps)
	}
}

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
	AMSGrad     bool    // divides by the largest v̂ so far (S. Reddi et al., arXiv:1904.09237)
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
	slots := []string{"m", "v"}
	if o.AMSGrad {
		slots = append(slots, "max")
	}
	return &Adam{Base: newBase(kind, params, or(o.LR, 0.001), decay, slots...), o: o, decoupled: decoupled}
}

// Step makes one step.
func (a *Adam) Step() { a.run(a.step) }

func (a *Adam) step(t *task) {
	o := simd.AdamParams{LR: t.m.group.LR, Beta1: a.o.Beta1, Beta2: a.o.Beta2, Eps: a.o.Eps,
		WeightDecay: t.m.group.WeightDecay, Decoupled: a.decoupled, Step: t.m.steps}
	switch {
	case t.f64.p != nil:
		adam(o, &t.f64)
	case a.o.AMSGrad:
		adam(o, &t.f32)
	default:
		simd.Adam(t.f32.p, t.f32.g, t.f32.slots[0], t.f32.slots[1], o)
	}
}

// adam is the step that simd.Adam makes, for float64 and with a slot for the largest squares.
func adam[T float32 | float64](o simd.AdamParams, t *stretch[T]) {
	step := T(o.LR / (1 - math.Pow(o.Beta1, float64(o.Step))))
	root := math.Sqrt(1 - math.Pow(o.Beta2, float64(o.Step)))
	b1, b2, decay, eps := T(o.Beta1), T(o.Beta2), T(o.WeightDecay), T(o.Eps)
	p, m, v, most := t.p, t.slots[0], t.slots[1], t.slots[2]
	for i, g := range t.g {
		if o.Decoupled {
			p[i] *= 1 - T(o.LR)*decay
		} else {
			g += decay * p[i]
		}
		m[i] = b1*m[i] + (1-b1)*g
		v[i] = b2*v[i] + (1-b2)*g*g
		size := v[i]
		if most != nil {
			most[i] = max(most[i], size)
			size = most[i]
		}
		p[i] -= step * m[i] / (T(math.Sqrt(float64(size))/root) + eps)
	}
}

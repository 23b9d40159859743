package optim

import (
	"math"

	"descent/dl"
)

// AdagradOptions are the settings of [Adagrad].
type AdagradOptions struct {
	LR          float64 // learning rate; 0 means 0.01
	LRDecay     float64 // the rate is divided by 1 + steps·LRDecay
	WeightDecay float64
	Initial     float64 // first value of the sum of squares
	Eps         float64 // added to the root; 0 means 1e-10
}

// Adagrad divides the gradient by the root of the sum of all its squares so far, so that rare features keep large steps:
//
//	s ← s + g²
//	p ← p − lr·g/(√s + ε)
//
// J. Duchi, E. Hazan, Y. Singer: Adaptive Subgradient Methods, JMLR 12 (2011).
// PyTorch: torch.optim.Adagrad.
type Adagrad struct {
	Base
	o AdagradOptions
}

// NewAdagrad makes an [Adagrad] optimizer of the parameters.
func NewAdagrad(params []*dl.Tensor, o AdagradOptions) *Adagrad {
	o.Eps = or(o.Eps, 1e-10)
	return &Adagrad{Base: newBase("Adagrad", params, or(o.LR, 0.01), o.WeightDecay, "sum"), o: o}
}

// Step makes one step.
func (a *Adagrad) Step() { a.run(a.step) }

func (a *Adagrad) step(t *task) {
	if t.f64.p != nil {
		adagrad(a, t.m, &t.f64)
	} else {
		adagrad(a, t.m, &t.f32)
	}
}

func adagrad[T float32 | float64](a *Adagrad, m *memory, t *stretch[T]) {
	lr := T(m.group.LR / (1 + float64(m.steps-1)*a.o.LRDecay))
	decay, eps, first := T(m.group.WeightDecay), T(a.o.Eps), T(0)
	if m.steps == 1 {
		first = T(a.o.Initial)
	}
	sum := t.slots[0]
	for i, g := range t.g {
		g += decay * t.p[i]
		s := sum[i] + first + g*g
		sum[i] = s
		t.p[i] -= lr * g / (T(math.Sqrt(float64(s))) + eps)
	}
}

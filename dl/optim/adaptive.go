package optim

import (
	"math"

	"descent/dl"
)

// AdaptiveOptions are the settings of [Adamax], [NAdam] and [RAdam].
type AdaptiveOptions struct {
	LR          float64 // learning rate; 0 means 0.002, for RAdam 0.001
	Beta1       float64 // memory of the gradient; 0 means 0.9
	Beta2       float64 // memory of its square, or largest size; 0 means 0.999
	Eps         float64 // 0 means 1e-8
	WeightDecay float64
	Decay       float64 // NAdam only: how the momentum is warmed up; 0 means 0.004
}

func (o AdaptiveOptions) complete(lr float64) AdaptiveOptions {
	o.LR, o.Beta1, o.Beta2 = or(o.LR, lr), or(o.Beta1, 0.9), or(o.Beta2, 0.999)
	o.Eps, o.Decay = or(o.Eps, 1e-8), or(o.Decay, 0.004)
	return o
}

// Adamax is Adam with the largest gradient so far, slowly forgotten, in place of the root of the mean of squares.
//
// D. Kingma, J. Ba, arXiv:1412.6980.
// PyTorch: torch.optim.Adamax.
type Adamax struct {
	Base
	o AdaptiveOptions
}

// NewAdamax makes an [Adamax] optimizer of the parameters.
func NewAdamax(params []*dl.Tensor, o AdaptiveOptions) *Adamax {
	o = o.complete(0.002)
	return &Adamax{Base: newBase("Adamax", params, o.LR, o.WeightDecay, "m", "u"), o: o}
}

// Step makes one step.
func (a *Adamax) Step() {
	a.run(func(t *task) {
		if t.f64.p != nil {
			adamax(a.o, t.m, &t.f64)
		} else {
			adamax(a.o, t.m, &t.f32)
		}
	})
}

func adamax[T float32 | float64](o AdaptiveOptions, m *memory, t *stretch[T]) {
	step := T(m.group.LR / (1 - math.Pow(o.Beta1, float64(m.steps))))
	decay, b1, b2, eps := T(m.group.WeightDecay), T(o.Beta1), T(o.Beta2), T(o.Eps)
	mean, most := t.slots[0], t.slots[1]
	for i, g := range t.g {
		g += decay * t.p[i]
		mean[i] += (1 - b1) * (g - mean[i])
		most[i] = max(b2*most[i], max(g, -g)+eps)
		t.p[i] -= step * mean[i] / most[i]
	}
}

// NAdam is Adam with Nesterov's look ahead.
//
// T. Dozat: Incorporating Nesterov Momentum into Adam, ICLR workshop 2016.
// PyTorch: torch.optim.NAdam.
type NAdam struct {
	Base
	o AdaptiveOptions
}

// NewNAdam makes a [NAdam] optimizer of the parameters.
func NewNAdam(params []*dl.Tensor, o AdaptiveOptions) *NAdam {
	o = o.complete(0.002)
	return &NAdam{Base: newBase("NAdam", params, o.LR, o.WeightDecay, "m", "v"), o: o}
}

// Step makes one step.
func (n *NAdam) Step() {
	n.run(func(t *task) {
		if t.f64.p != nil {
			nadam(n.o, t.m, &t.f64)
		} else {
			nadam(n.o, t.m, &t.f32)
		}
	})
}

func nadam[T float32 | float64](o AdaptiveOptions, m *memory, t *stretch[T]) {
	mu := func(step int) float64 { return o.Beta1 * (1 - 0.5*math.Pow(0.96, float64(step)*o.Decay)) }
	product := 1.0
	for i := 1; i <= m.steps; i++ {
		product *= mu(i)
	}
	now, next := mu(m.steps), mu(m.steps+1)
	ofGrad := T(m.group.LR * (1 - now) / (1 - product))
	ofMean := T(m.group.LR * next / (1 - product*next))
	correct := T(1 - math.Pow(o.Beta2, float64(m.steps)))
	decay, b1, b2, eps := T(m.group.WeightDecay), T(o.Beta1), T(o.Beta2), T(o.Eps)
	mean, square := t.slots[0], t.slots[1]
	for i, g := range t.g {
		g += decay * t.p[i]
		mean[i] += (1 - b1) * (g - mean[i])
		square[i] = b2*square[i] + (1-b2)*g*g
		d := T(math.Sqrt(float64(square[i]/correct))) + eps
		t.p[i] -= (ofGrad*g + ofMean*mean[i]) / d
	}
}

// RAdam is Adam that takes steps of momentum alone until its estimate of the size of the gradient can be trusted.
//
// L. Liu et al., arXiv:1908.03265.
// PyTorch: torch.optim.RAdam.
type RAdam struct {
	Base
	o AdaptiveOptions
}

// NewRAdam makes an [RAdam] optimizer of the parameters.
func NewRAdam(params []*dl.Tensor, o AdaptiveOptions) *RAdam {
	o = o.complete(0.001)
	return &RAdam{Base: newBase("RAdam", params, o.LR, o.WeightDecay, "m", "v"), o: o}
}

// Step makes one step.
func (r *RAdam) Step() {
	r.run(func(t *task) {
		if t.f64.p != nil {
			radam(r.o, t.m, &t.f64)
		} else {
			radam(r.o, t.m, &t.f32)
		}
	})
}

func radam[T float32 | float64](o AdaptiveOptions, m *memory, t *stretch[T]) {
	n := float64(m.steps)
	beta2 := math.Pow(o.Beta2, n)
	most := 2/(1-o.Beta2) - 1
	rho := most - 2*n*beta2/(1-beta2)
	step := T(m.group.LR / (1 - math.Pow(o.Beta1, n)))
	rectified := T(0)
	if rho > 5 {
		rectified = T(math.Sqrt((rho-4)*(rho-2)*most/((most-4)*(most-2)*rho)) * math.Sqrt(1-beta2))
	}
	decay, b1, b2, eps := T(m.group.WeightDecay), T(o.Beta1), T(o.Beta2), T(o.Eps)
	mean, square := t.slots[0], t.slots[1]
	for i, g := range t.g {
		g += decay * t.p[i]
		mean[i] += (1 - b1) * (g - mean[i])
		square[i] = b2*square[i] + (1-b2)*g*g
		if rectified > 0 {
			t.p[i] -= step * mean[i] * rectified / (T(math.Sqrt(float64(square[i]))) + eps)
		} else {
			t.p[i] -= step * mean[i]
		}
	}
}

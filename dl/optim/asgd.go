package optim

import (
	"math"

	"descent/dl"
)

// ASGDOptions are the settings of [ASGD].
type ASGDOptions struct {
	LR          float64 // first learning rate; 0 means 0.01
	Lambda      float64 // how the parameters and the rate decay; 0 means 1e-4
	Alpha       float64 // power with which the rate decays; 0 means 0.75
	Start       float64 // step after which the average is taken; 0 means 1e6
	WeightDecay float64
}

// ASGD is gradient descent whose rate decays, and which keeps the average of the parameters over the last steps beside them:
// see [ASGD.Averages].
//
// B. Polyak, A. Juditsky, SIAM J. Control Optim. 30 (1992).
// PyTorch: torch.optim.ASGD.
type ASGD struct {
	Base
	o ASGDOptions
}

// NewASGD makes an [ASGD] optimizer of the parameters.
func NewASGD(params []*dl.Tensor, o ASGDOptions) *ASGD {
	o.Lambda, o.Alpha, o.Start = or(o.Lambda, 1e-4), or(o.Alpha, 0.75), or(o.Start, 1e6)
	return &ASGD{Base: newBase("ASGD", params, or(o.LR, 0.01), o.WeightDecay, "average"), o: o}
}

// Step makes one step.
func (a *ASGD) Step() {
	a.run(func(t *task) {
		if t.f64.p != nil {
			asgd(a.o, t.m, &t.f64)
		} else {
			asgd(a.o, t.m, &t.f32)
		}
	})
}

func asgd[T float32 | float64](o ASGDOptions, m *memory, t *stretch[T]) {
	before := float64(m.steps - 1)
	rate := m.group.LR / math.Pow(1+o.Lambda*m.group.LR*before, o.Alpha)
	lr, keep, decay := T(rate), T(1-o.Lambda*rate), T(m.group.WeightDecay)
	share := T(1 / max(1, before-o.Start))
	average := t.slots[0]
	for i, g := range t.g {
		g += decay * t.p[i]
		t.p[i] = keep*t.p[i] - lr*g
		average[i] += (t.p[i] - average[i]) * share
	}
}

// Averages returns the averages of the parameters, in the order of Params and sharing the optimizer's memory: until
// Start steps are over they are the parameters' last values, and nil where a parameter has not moved yet.
//
// PyTorch: optimizer.state[p]["ax"].
func (a *ASGD) Averages() []*dl.Tensor {
	out := make([]*dl.Tensor, len(a.mem))
	for i, m := range a.mem {
		out[i] = m.slots[0]
	}
	return out
}

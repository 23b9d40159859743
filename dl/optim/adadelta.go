package optim

import (
	"math"

	"descent/dl"
)

// AdadeltaOptions are the settings of [Adadelta].
type AdadeltaOptions struct {
	LR          float64 // scales the steps; 0 means 1
	Rho         float64 // memory of the squares; 0 means 0.9
	Eps         float64 // 0 means 1e-6
	WeightDecay float64
}

// Adadelta takes steps in the ratio of the sizes of its last steps and of the gradient, and so needs no learning rate.
//
// M. Zeiler, arXiv:1212.5701.
// PyTorch: torch.optim.Adadelta.
type Adadelta struct {
	Base
	o AdadeltaOptions
}

// NewAdadelta makes an [Adadelta] optimizer of the parameters.
func NewAdadelta(params []*dl.Tensor, o AdadeltaOptions) *Adadelta {
	o.Rho, o.Eps = or(o.Rho, 0.9), or(o.Eps, 1e-6)
	return &Adadelta{Base: newBase("Adadelta", params, or(o.LR, 1), o.WeightDecay, "square", "delta"), o: o}
}

// Step makes one step.
func (a *Adadelta) Step() {
	a.run(func(t *task) {
		if t.f64.p != nil {
			adadelta(a.o, t.m, &t.f64)
		} else {
			adadelta(a.o, t.m, &t.f32)
		}
	})
}

func adadelta[T float32 | float64](o AdadeltaOptions, m *memory, t *stretch[T]) {
	lr, decay, rho, eps := T(m.group.LR), T(m.group.WeightDecay), T(o.Rho), T(o.Eps)
	root := func(v T) T { return T(math.Sqrt(float64(v))) }
	square, steps := t.slots[0], t.slots[1]
	for i, g := range t.g {
		g += decay * t.p[i]
		square[i] = rho*square[i] + (1-rho)*g*g
		d := root(steps[i]+eps) / root(square[i]+eps) * g
		steps[i] = rho*steps[i] + (1-rho)*d*d
		t.p[i] -= lr * d
	}
}

// RpropOptions are the settings of [Rprop].
type RpropOptions struct {
	LR             float64 // first size of the steps; 0 means 0.01
	Shrink, Grow   float64 // factors of the size; 0 means 0.5 and 1.2
	Least, Largest float64 // limits of the size; 0 means 1e-6 and 50
}

// Rprop goes by the sign of the gradient alone: steps grow while it stays and shrink when it turns. It is for whole
// batches.
//
// M. Riedmiller, H. Braun, ICNN 1993.
// PyTorch: torch.optim.Rprop.
type Rprop struct {
	Base
	o RpropOptions
}

// NewRprop makes an [Rprop] optimizer of the parameters.
func NewRprop(params []*dl.Tensor, o RpropOptions) *Rprop {
	o.Shrink, o.Grow, o.Least, o.Largest = or(o.Shrink, 0.5), or(o.Grow, 1.2), or(o.Least, 1e-6), or(o.Largest, 50)
	return &Rprop{Base: newBase("Rprop", params, or(o.LR, 0.01), 0, "before", "size"), o: o}
}

// Step makes one step.
func (r *Rprop) Step() {
	r.run(func(t *task) {
		if t.f64.p != nil {
			rprop(r.o, t.m, &t.f64)
		} else {
			rprop(r.o, t.m, &t.f32)
		}
	})
}

func rprop[T float32 | float64](o RpropOptions, m *memory, t *stretch[T]) {
	before, size := t.slots[0], t.slots[1]
	for i, g := range t.g {
		if m.steps == 1 {
			size[i] = T(m.group.LR)
		}
		switch turn := g * before[i]; {
		case turn > 0:
			size[i] = min(max(size[i]*T(o.Grow), T(o.Least)), T(o.Largest))
		case turn < 0:
			size[i] = min(max(size[i]*T(o.Shrink), T(o.Least)), T(o.Largest))
			g = 0
		}
		switch {
		case g > 0:
			t.p[i] -= size[i]
		case g < 0:
			t.p[i] += size[i]
		}
		before[i] = g
	}
}

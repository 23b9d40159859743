package optim

import (
	"math"

	"descent/dl"
)

// RMSpropOptions are the settings of [RMSprop].
type RMSpropOptions struct {
	LR          float64 // learning rate; 0 means 0.01
	Alpha       float64 // memory of the square of the gradient; 0 means 0.99
	Eps         float64 // added to the root; 0 means 1e-8
	Momentum    float64
	WeightDecay float64
	Centered    bool // takes the mean of the gradient off, dividing by an estimate of its deviation
}

// RMSprop divides the gradient by a running mean of its size:
//
//	s ← α·s + (1−α)·g²
//	p ← p − lr·g/(√s + ε)
//
// T. Tieleman, G. Hinton: Lecture 6.5, COURSERA: Neural Networks for Machine Learning, 2012.
// PyTorch: torch.optim.RMSprop.
type RMSprop struct {
	Base
	o                  RMSpropOptions
	meanSlot, stepSlot int // -1 when not used
}

// NewRMSprop makes an [RMSprop] optimizer of the parameters.
func NewRMSprop(params []*dl.Tensor, o RMSpropOptions) *RMSprop {
	o.Alpha, o.Eps = or(o.Alpha, 0.99), or(o.Eps, 1e-8)
	r := &RMSprop{o: o, meanSlot: -1, stepSlot: -1}
	slots := []string{"square"}
	if o.Momentum > 0 {
		r.stepSlot = len(slots)
		slots = append(slots, "momentum")
	}
	if o.Centered {
		r.meanSlot = len(slots)
		slots = append(slots, "mean")
	}
	r.Base = newBase("RMSprop", params, or(o.LR, 0.01), o.WeightDecay, slots...)
	return r
}

// Step makes one step.
func (r *RMSprop) Step() { r.run(r.step) }

func (r *RMSprop) step(t *task) {
	if t.f64.p != nil {
		rmsprop(r, t.m.group, &t.f64)
	} else {
		rmsprop(r, t.m.group, &t.f32)
	}
}

func rmsprop[T float32 | float64](r *RMSprop, group *Group, t *stretch[T]) {
	lr, decay, eps := T(group.LR), T(group.WeightDecay), T(r.o.Eps)
	alpha, rest, momentum := T(r.o.Alpha), T(1-r.o.Alpha), T(r.o.Momentum)
	square := t.slots[0]
	for i, g := range t.g {
		g += decay * t.p[i]
		s := alpha*square[i] + rest*g*g
		square[i] = s
		if r.meanSlot >= 0 {
			mean := t.slots[r.meanSlot]
			mean[i] += rest * (g - mean[i])
			s -= mean[i] * mean[i]
		}
		step := g / (T(math.Sqrt(float64(s))) + eps)
		if r.stepSlot >= 0 {
			b := t.slots[r.stepSlot]
			b[i] = momentum*b[i] + step
			step = b[i]
		}
		t.p[i] -= lr * step
	}
}

package optim

import (
	"math"

	"descent/dl"
)

// AdafactorOptions are the settings of [Adafactor].
type AdafactorOptions struct {
	LR          float64 // largest relative step, and factor of the weight decay; 0 means 0.01
	Decay       float64 // beta2 of step t is 1 - t^Decay; 0 means -0.8
	Eps1        float64 // least estimate of a square; 0 means the precision of the parameter's type
	Eps2        float64 // least size of a parameter that steps are relative to; 0 means 1e-3
	Clip        float64 // largest root mean square of a step before scaling; 0 means 1
	WeightDecay float64
}

// Adafactor is Adam without momentum whose steps are relative to the size of the parameters, and which remembers of the
// squares of a matrix' gradient only the means of its rows and columns.
//
// N. Shazeer, M. Stern, arXiv:1804.04235.
// PyTorch: torch.optim.Adafactor.
type Adafactor struct {
	Base
	o AdafactorOptions
}

// NewAdafactor makes an [Adafactor] optimizer of the parameters.
func NewAdafactor(params []*dl.Tensor, o AdafactorOptions) *Adafactor {
	if o.Decay == 0 {
		o.Decay = -0.8
	}
	o.Eps2, o.Clip = or(o.Eps2, 1e-3), or(o.Clip, 1)
	return &Adafactor{Base: newBase("Adafactor", params, or(o.LR, 0.01), o.WeightDecay, "rows", "columns"), o: o}
}

// Step makes one step.
func (a *Adafactor) Step() {
	a.steps++
	dl.NoGrad(func() {
		for _, m := range a.mem {
			if g := m.p.Grad(); g != nil && m.p.RequiresGrad() {
				m.steps++
				a.move(m, g.Detach().To(m.p.DType()))
			}
		}
	})
}

// move changes one parameter. Vectors have no rows and columns: the slot "rows" then holds all squares.
func (a *Adafactor) move(m *memory, g *dl.Tensor) {
	p := m.p
	if p.Numel() == 0 {
		return
	}
	n := float64(m.steps)
	fresh := math.Pow(n, a.o.Decay)
	size := func(t *dl.Tensor) float64 { return t.Norm(2).Item() / math.Sqrt(float64(t.Numel())) }
	step := max(a.o.Eps2, size(p.Detach())) * min(m.group.LR, 1/math.Sqrt(n))
	least := a.o.Eps1
	if least == 0 {
		if least = 1.1920928955078125e-07; p.DType() == dl.Float64 {
			least = 2.220446049250313e-16
		}
	}
	if m.group.WeightDecay != 0 {
		p.MulScalarInPlace(1 - m.group.LR*m.group.WeightDecay)
	}
	mix := func(slot int, now *dl.Tensor) *dl.Tensor {
		if m.slots[slot] == nil {
			m.slots[slot] = dl.ZerosLike(now)
		}
		m.slots[slot] = m.slots[slot].Lerp(now, fresh)
		return m.slots[slot]
	}
	squares := g.Square()
	var estimate *dl.Tensor
	if g.Dim() > 1 {
		rows, columns := mix(0, squares.MeanKeep(-1)), mix(1, squares.MeanKeep(-2))
		estimate = rows.Mul(columns).Div(rows.MeanKeep(-2).ClampMin(least))
	} else {
		estimate = mix(0, squares)
	}
	update := estimate.ClampMin(least * least).Rsqrt().Mul(g)
	p.AddScaledInPlace(update, -step/max(1, size(update)/a.o.Clip))
}

// State returns what the optimizer has gathered. Vectors have no entry under "columns".
func (a *Adafactor) State() *State { return a.Base.State() }

// LoadState continues from a state. It changes nothing when the state does not fit.
func (a *Adafactor) LoadState(s *State) error {
	return a.load(s, func(name string, p *dl.Tensor) int {
		n, shape := p.Numel(), p.Shape()
		switch {
		case len(shape) < 2 || n == 0:
			return n
		case name == "rows":
			return n / shape[len(shape)-1]
		}
		return n / shape[len(shape)-2]
	})
}

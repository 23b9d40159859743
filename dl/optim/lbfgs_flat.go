package optim

import (
	"fmt"
	"math"

	"descent/dl"
)

// L-BFGS takes all parameters as one vector of float64.

func (l *LBFGS) numel() int {
	n := 0
	for _, m := range l.mem {
		n += m.p.Numel()
	}
	return n
}

// flat copies the parameters.
func (l *LBFGS) flat() []float64 {
	out := make([]float64, 0, l.numel())
	for _, m := range l.mem {
		out = append(out, m.p.Detach().Float64s()...)
	}
	return out
}

// gradient copies the gradients, with zeros for parameters that have none.
func (l *LBFGS) gradient() []float64 {
	out := make([]float64, 0, l.numel())
	for _, m := range l.mem {
		if g := m.p.Grad(); g != nil && m.p.RequiresGrad() {
			out = append(out, g.Detach().Float64s()...)
		} else {
			out = append(out, make([]float64, m.p.Numel())...)
		}
	}
	return out
}

// place sets the parameters to from + t·direction.
func (l *LBFGS) place(from []float64, t float64) {
	x := append([]float64(nil), from...)
	addTo(x, l.direction, t)
	dl.NoGrad(func() {
		for _, m := range l.mem {
			n := m.p.Numel()
			if m.p.RequiresGrad() {
				m.p.CopyFrom(dl.FromFloat64s(x[:n], m.p.Shape()...))
			}
			x = x[n:]
		}
	})
}

// move goes t·direction from where the parameters are.
func (l *LBFGS) move(t float64) { l.place(l.flat(), t) }

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

func scaledBy(a []float64, v float64) []float64 {
	out := make([]float64, len(a))
	for i, x := range a {
		out[i] = v * x
	}
	return out
}

// addTo adds v·b to a.
func addTo(a, b []float64, v float64) {
	for i, x := range b {
		a[i] += v * x
	}
}

// largest is the largest absolute value.
func largest(a []float64) float64 {
	most := 0.0
	for _, v := range a {
		if v = math.Abs(v); v > most || v != v {
			most = v
		}
	}
	return most
}

// State returns what the optimizer has gathered: the last gradient and direction, the length of the last step, and the pairs
// of steps and changes of gradients that the curvature is known from, one slot each, in float64.
func (l *LBFGS) State() *State {
	s := l.Base.State()
	if l.grad == nil {
		return s
	}
	share := func(name string, v []float64) {
		ts := make([]*dl.Tensor, len(l.mem))
		for i, m := range l.mem {
			n := m.p.Numel()
			ts[i], v = dl.FromFloat64s(v[:n:n], m.p.Shape()...), v[n:]
		}
		s.Slots[name] = ts
	}
	share("gradient", l.grad)
	share("direction", l.direction)
	for i, p := range l.pairs {
		share(fmt.Sprintf("step%d", i), p.s)
		share(fmt.Sprintf("change%d", i), p.y)
	}
	length := make([]*dl.Tensor, len(l.mem))
	length[0] = dl.FromFloat64s([]float64{l.length}, 1)
	s.Slots["length"] = length
	return s
}

// LoadState continues from a state. It changes nothing when the state does not fit.
func (l *LBFGS) LoadState(s *State) error {
	n := l.numel()
	gather := func(name string) ([]float64, error) {
		ts := s.Slots[name]
		if len(ts) != len(l.mem) {
			return nil, fmt.Errorf("optim: a state without %q for all %d parameters", name, len(l.mem))
		}
		out := make([]float64, 0, n)
		for i, t := range ts {
			if t == nil || t.Numel() != l.mem[i].p.Numel() {
				return nil, fmt.Errorf("optim: %q of parameter %d does not fit the parameter's shape %v", name, i, l.mem[i].p.Shape())
			}
			out = append(out, t.Detach().Float64s()...)
		}
		return out, nil
	}
	var grad, direction []float64
	var pairs []pair
	length := 0.0
	if _, begun := s.Slots["gradient"]; begun && s.Kind == l.kind {
		var err error
		if grad, err = gather("gradient"); err != nil {
			return err
		}
		if direction, err = gather("direction"); err != nil {
			return err
		}
		t := s.Slots["length"]
		if len(t) == 0 || t[0] == nil || t[0].Numel() != 1 {
			return fmt.Errorf("optim: a state without %q", "length")
		}
		length = t[0].Item()
		for i := 0; s.Slots[fmt.Sprintf("step%d", i)] != nil; i++ {
			var p pair
			if p.s, err = gather(fmt.Sprintf("step%d", i)); err != nil {
				return err
			}
			if p.y, err = gather(fmt.Sprintf("change%d", i)); err != nil {
				return err
			}
			p.rho = 1 / dot(p.s, p.y)
			pairs = append(pairs, p)
		}
	}
	if err := l.Base.LoadState(s); err != nil {
		return err
	}
	l.grad, l.direction, l.length, l.pairs = grad, direction, length, pairs
	return nil
}

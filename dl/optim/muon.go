package optim

import (
	"fmt"
	"math"

	"descent/dl"
)

// MuonOptions are the settings of [Muon].
type MuonOptions struct {
	LR          float64 // 0 means 0.001
	WeightDecay float64 // 0 means 0.1, a negative number none
	Momentum    float64 // 0 means 0.95
	Plain       bool    // leaves Nesterov's look ahead out
	Steps       int     // of Newton and Schulz; 0 means 5
	Eps         float64 // least norm of an update; 0 means 1e-7
	MatchAdamW  bool    // scales steps to the size that AdamW's have, so that its rate and decay can be kept
}

// Muon takes steps along the orthogonal matrix next to the momentum of a matrix' gradient, found by an iteration of Newton
// and Schulz. It is for the weights of hidden layers, which are matrices; biases, embeddings and the last layer are better
// left to AdamW. The iteration runs in the parameters' type (PyTorch's in bfloat16, so that its steps differ in the third digit).
//
// K. Jordan et al.: Muon: an optimizer for hidden layers in neural networks, 2024; MatchAdamW: J. Liu et al., arXiv:2502.16982.
// PyTorch: torch.optim.Muon.
type Muon struct {
	Base
	o MuonOptions
}

// NewMuon makes a [Muon] optimizer of the parameters, each of which has two dimensions.
func NewMuon(params []*dl.Tensor, o MuonOptions) *Muon {
	o.Momentum, o.Eps = or(o.Momentum, 0.95), or(o.Eps, 1e-7)
	if o.Steps == 0 {
		o.Steps = 5
	}
	for i, p := range params {
		if p != nil && p.Dim() != 2 {
			panic(&dl.Error{Op: "optim.NewMuon", Shapes: [][]int{p.Shape()}, Got: fmt.Sprintf("parameter %d of %d dimensions", i, p.Dim()),
				Want: "matrices", Hint: "give the other parameters to optim.NewAdamW"})
		}
	}
	return &Muon{Base: newBase("Muon", params, or(o.LR, 0.001), or(o.WeightDecay, 0.1), "momentum"), o: o}
}

// Step makes one step.
func (u *Muon) Step() {
	u.steps++
	dl.NoGrad(func() {
		for _, m := range u.mem {
			if g := m.p.Grad(); g != nil && m.p.RequiresGrad() && m.p.Numel() > 0 {
				m.steps++
				u.move(m, g.Detach().To(m.p.DType()))
			}
		}
	})
}

func (u *Muon) move(m *memory, g *dl.Tensor) {
	if m.slots[0] == nil {
		m.slots[0] = dl.ZerosLike(g)
	}
	m.slots[0] = m.slots[0].Lerp(g, 1-u.o.Momentum)
	update := m.slots[0]
	if !u.o.Plain {
		update = g.Lerp(update, u.o.Momentum)
	}
	rows, columns := float64(m.p.Size(0)), float64(m.p.Size(1))
	factor := math.Sqrt(max(1, rows/columns))
	if u.o.MatchAdamW {
		factor = 0.2 * math.Sqrt(max(rows, columns))
	}
	m.p.MulScalarInPlace(1 - m.group.LR*m.group.WeightDecay)
	m.p.AddScaledInPlace(orthogonal(update, u.o.Steps, u.o.Eps), -m.group.LR*factor)
}

// orthogonal brings the singular values of a matrix near 1 by an odd polynomial of fifth degree, applied again and again,
// which multiplies small values by 3.4445 each time.
func orthogonal(x *dl.Tensor, steps int, eps float64) *dl.Tensor {
	const a, b, c = 3.4445, -4.7750, 2.0315
	tall := x.Size(0) > x.Size(1)
	if tall {
		x = x.T()
	}
	x = x.DivScalar(max(x.Norm(2).Item(), eps))
	for range steps {
		g := x.MatMul(x.T())
		x = x.AddMM(g.AddMM(g, g, b, c), x, a, 1)
	}
	if tall {
		x = x.T()
	}
	return x
}

package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// CellOptions are the choices for [RNNCell], [LSTMCell] and [GRUCell].
type CellOptions struct {
	NoBias bool
	ReLU   bool // RNNCell only: ReLU instead of tanh
}

// RecurrentCell is what [RNNCell], [LSTMCell] and [GRUCell] share: the weights of a step.
type RecurrentCell struct {
	WeightIH *dl.Tensor  `nn:"weight_ih"` // [Gates·Hidden, In]
	WeightHH *dl.Tensor  `nn:"weight_hh"` // [Gates·Hidden, Hidden]
	BiasIH   *dl.Tensor  `nn:"bias_ih"`   // [Gates·Hidden], nil without biases
	BiasHH   *dl.Tensor  `nn:"bias_hh"`   // [Gates·Hidden], nil without biases
	In       int         `nn:"-"`
	Hidden   int         `nn:"-"`
	Options  CellOptions `nn:"-"`
	layer    `nn:"-"`
}

func newCell(op string, gates, in, hidden int, o CellOptions) RecurrentCell {
	positive(op, "in", in)
	positive(op, "hidden", hidden)
	w := newRecurrentWeights(gates, in, hidden, 0, o.NoBias)
	return RecurrentCell{WeightIH: w.WeightIH, WeightHH: w.WeightHH, BiasIH: w.BiasIH, BiasHH: w.BiasHH, In: in, Hidden: hidden, Options: o}
}

// run makes one step, that of a sequence of length one.
func (l *RecurrentCell) run(op string, x, h, c *dl.Tensor, f step) (hn, cn *dl.Tensor) {
	if x.Dim() != 2 || x.Size(1) != l.In {
		hint := ""
		if x.Dim() == 3 {
			hint = "a cell makes one step: x.Select(0, t) is step t of [steps×batch×features]; a layer makes them all"
		}
		panic(&dl.Error{Op: op, Shapes: [][]int{x.Shape()}, Got: "an input of shape " + shapeText(x.Shape()),
			Want: fmt.Sprintf("[batch×%d features]", l.In), Hint: hint})
	}
	w := RecurrentWeights{WeightIH: l.WeightIH, WeightHH: l.WeightHH, BiasIH: l.BiasIH, BiasHH: l.BiasHH}
	_, hn, cn = f(x.Unsqueeze(0), h, c, w, dl.RecurrentOptions{ReLU: l.Options.ReLU})
	return l.out(x, hn), cn
}

func (l *RecurrentCell) describe(name string) string {
	text := fmt.Sprintf("%s(%d→%d", name, l.In, l.Hidden)
	if l.Options.ReLU {
		text += ", ReLU"
	}
	if l.BiasIH == nil {
		text += ", no bias"
	}
	return text + ")"
}

// RNNCell makes one step of an [RNN].
//
//	x [N, In], h [N, Hidden] or nil for zeros → the next h [N, Hidden]
//
// PyTorch: nn.RNNCell.
type RNNCell struct {
	RecurrentCell `nn:"."`
}

// NewRNNCell makes an [RNNCell] from in features to hidden ones.
func NewRNNCell(in, hidden int, o CellOptions) *RNNCell {
	return &RNNCell{newCell("nn.NewRNNCell", 1, in, hidden, o)}
}

// Forward makes the first step, from a zero state.
func (l *RNNCell) Forward(x *dl.Tensor) *dl.Tensor { return l.Step(x, nil) }

// Step gives the next state.
func (l *RNNCell) Step(x, h *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	hn, _ := l.run("nn.RNNCell", x, h, nil, rnnStep)
	return hn
}

// String describes the cell.
func (l *RNNCell) String() string { return l.describe("RNNCell") }

// LSTMCell makes one step of an [LSTM].
//
//	x [N, In], h and c [N, Hidden] or nil for zeros → the next h and c [N, Hidden]
//
// PyTorch: nn.LSTMCell.
type LSTMCell struct {
	RecurrentCell `nn:"."`
}

// NewLSTMCell makes an [LSTMCell] from in features to hidden ones.
func NewLSTMCell(in, hidden int, o CellOptions) *LSTMCell {
	return &LSTMCell{newCell("nn.NewLSTMCell", 4, in, hidden, o)}
}

// Forward makes the first step, from zero states, and gives the state without the cell state.
func (l *LSTMCell) Forward(x *dl.Tensor) *dl.Tensor {
	h, _ := l.Step(x, nil, nil)
	return h
}

// Step gives the next state and cell state.
func (l *LSTMCell) Step(x, h, c *dl.Tensor) (hn, cn *dl.Tensor) {
	defer name(l, origin.Moment())
	return l.run("nn.LSTMCell", x, h, c, lstmStep)
}

// String describes the cell.
func (l *LSTMCell) String() string { return l.describe("LSTMCell") }

// GRUCell makes one step of a [GRU].
//
//	x [N, In], h [N, Hidden] or nil for zeros → the next h [N, Hidden]
//
// PyTorch: nn.GRUCell.
type GRUCell struct {
	RecurrentCell `nn:"."`
}

// NewGRUCell makes a [GRUCell] from in features to hidden ones.
func NewGRUCell(in, hidden int, o CellOptions) *GRUCell {
	return &GRUCell{newCell("nn.NewGRUCell", 3, in, hidden, o)}
}

// Forward makes the first step, from a zero state.
func (l *GRUCell) Forward(x *dl.Tensor) *dl.Tensor { return l.Step(x, nil) }

// Step gives the next state.
func (l *GRUCell) Step(x, h *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	hn, _ := l.run("nn.GRUCell", x, h, nil, gruStep)
	return hn
}

// String describes the cell.
func (l *GRUCell) String() string { return l.describe("GRUCell") }

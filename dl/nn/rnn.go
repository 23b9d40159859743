package nn

import (
	"descent/dl"
	"descent/dl/internal/origin"
)

// RNN reads sequences by Elman's network: h ← tanh(W_ih·x + b_ih + W_hh·h + b_hh).
//
//	input  [T, N, In], or [N, T, In] with BatchFirst, or [T, In] for one sequence
//	output [T, N, Hidden] (2·Hidden when bidirectional), the states of the last layer at each step
//
// Forward gives the output alone; [RNN.Run] takes and gives states as well. [LSTM] and [GRU] remember longer.
//
// J. L. Elman: Finding Structure in Time, Cognitive Science 14 (1990).
// PyTorch: nn.RNN.
type RNN struct {
	Recurrent `nn:"."`
}

// NewRNN makes an [RNN] from in features to hidden ones. All weights start uniform in ±1/√hidden, as in PyTorch.
//
// PyTorch: nn.RNN(in, hidden, num_layers, …).
func NewRNN(in, hidden int, o RecurrentOptions) *RNN {
	return &RNN{newRecurrent("nn.NewRNN", 1, in, hidden, o)}
}

// Forward gives the output for x, starting from zero states.
func (l *RNN) Forward(x *dl.Tensor) *dl.Tensor {
	out, _ := l.Run(x, nil)
	return out
}

// Run gives the output and the last states [Layers·directions, N, Hidden] for x, starting from h0 (nil for zeros).
func (l *RNN) Run(x, h0 *dl.Tensor) (out, hn *dl.Tensor) { return l.RunPadded(x, nil, h0) }

// RunPadded is [RNN.Run] for sequences of different lengths, padded to the longest as [PadSequences] does. Outputs beyond
// the end of a sequence are zero, and its last state is the one after its own last step.
//
// PyTorch: nn.utils.rnn.pack_padded_sequence, before nn.RNN.
func (l *RNN) RunPadded(x *dl.Tensor, lengths []int, h0 *dl.Tensor) (out, hn *dl.Tensor) {
	defer name(l, origin.Moment())
	out, hn, _ = l.run("nn.RNN", x, h0, nil, lengths, rnnStep)
	return l.out(x, out), hn
}

func rnnStep(x, h, _ *dl.Tensor, w RecurrentWeights, o dl.RecurrentOptions) (out, hn, cn *dl.Tensor) {
	out, hn = dl.RNN(x, h, w.WeightIH, w.WeightHH, w.BiasIH, w.BiasHH, o)
	return out, hn, nil
}

// String describes the layer: "RNN(32→128, ReLU)".
func (l *RNN) String() string { return l.describe("RNN") }

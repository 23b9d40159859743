package nn

import (
	"descent/dl"
	"descent/dl/internal/origin"
)

// GRU reads sequences by gated recurrent units.
//
//	input  [T, N, In], or [N, T, In] with BatchFirst, or [T, In] for one sequence
//	output [T, N, Hidden] (2·Hidden when bidirectional), the states of the last layer at each step
//
// Forward gives the output alone; [GRU.Run] takes and gives states as well.
//
// K. Cho et al.: Learning Phrase Representations using RNN Encoder-Decoder, arXiv:1406.1078.
// PyTorch: nn.GRU.
type GRU struct {
	Recurrent `nn:"."`
}

// NewGRU makes a [GRU] from in features to hidden ones. All weights start uniform in ±1/√hidden, as in PyTorch.
//
// PyTorch: nn.GRU(in, hidden, num_layers, …).
func NewGRU(in, hidden int, o RecurrentOptions) *GRU {
	return &GRU{newRecurrent("nn.NewGRU", 3, in, hidden, o)}
}

// Forward gives the output for x, starting from zero states.
func (l *GRU) Forward(x *dl.Tensor) *dl.Tensor {
	out, _ := l.Run(x, nil)
	return out
}

// Run gives the output and the last states [Layers·directions, N, Hidden] for x, starting from h0 (nil for zeros).
func (l *GRU) Run(x, h0 *dl.Tensor) (out, hn *dl.Tensor) { return l.RunPadded(x, nil, h0) }

// RunPadded is [GRU.Run] for sequences of different lengths, padded to the longest as [PadSequences] does. Outputs beyond
// the end of a sequence are zero, and its last state is the one after its own last step.
//
// PyTorch: nn.utils.rnn.pack_padded_sequence, before nn.GRU.
func (l *GRU) RunPadded(x *dl.Tensor, lengths []int, h0 *dl.Tensor) (out, hn *dl.Tensor) {
	defer name(l, origin.Moment())
	out, hn, _ = l.run("nn.GRU", x, h0, nil, lengths, gruStep)
	return l.out(x, out), hn
}

func gruStep(x, h, _ *dl.Tensor, w RecurrentWeights, o dl.RecurrentOptions) (out, hn, cn *dl.Tensor) {
	out, hn = dl.GRU(x, h, w.WeightIH, w.WeightHH, w.BiasIH, w.BiasHH, o)
	return out, hn, nil
}

// String describes the layer: "GRU(32→128, bidirectional)".
func (l *GRU) String() string { return l.describe("GRU") }

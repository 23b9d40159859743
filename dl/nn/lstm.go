package nn

import (
	"descent/dl"
	"descent/dl/internal/origin"
)

// LSTM reads sequences by long short-term memory.
//
//	input  [T, N, In], or [N, T, In] with BatchFirst, or [T, In] for one sequence
//	output [T, N, Hidden] (2·Hidden when bidirectional; Projection instead of Hidden, if set), the states of the last layer at each step
//
// Forward gives the output alone, so that an LSTM fits into a [Sequential]; [LSTM.Run] takes and gives states as well.
//
// S. Hochreiter, J. Schmidhuber: Long Short-Term Memory, Neural Computation 9 (1997).
// PyTorch: nn.LSTM.
type LSTM struct {
	Recurrent `nn:"."`
}

// NewLSTM makes an [LSTM] from in features to hidden ones. All weights start uniform in ±1/√hidden, as in PyTorch.
//
//	nn.NewLSTM(32, 128, nn.RecurrentOptions{Layers: 2, BatchFirst: true})
//
// PyTorch: nn.LSTM(in, hidden, num_layers, …).
func NewLSTM(in, hidden int, o RecurrentOptions) *LSTM {
	return &LSTM{newRecurrent("nn.NewLSTM", 4, in, hidden, o)}
}

// Forward gives the output for x, starting from zero states.
func (l *LSTM) Forward(x *dl.Tensor) *dl.Tensor {
	out, _, _ := l.Run(x, nil, nil)
	return out
}

// Run gives the output, the last states and the last cell states for x, starting from the given ones (nil for zeros).
// States are [Layers·directions, N, Hidden].
func (l *LSTM) Run(x, h0, c0 *dl.Tensor) (out, hn, cn *dl.Tensor) { return l.RunPadded(x, nil, h0, c0) }

// RunPadded is [LSTM.Run] for sequences of different lengths, padded to the longest as [PadSequences] does. Outputs beyond
// the end of a sequence are zero, and its last states are those after its own last step.
//
// PyTorch: nn.utils.rnn.pack_padded_sequence, before nn.LSTM.
func (l *LSTM) RunPadded(x *dl.Tensor, lengths []int, h0, c0 *dl.Tensor) (out, hn, cn *dl.Tensor) {
	defer name(l, origin.Moment())
	out, hn, cn = l.run("nn.LSTM", x, h0, c0, lengths, lstmStep)
	return l.out(x, out), hn, cn
}

func lstmStep(x, h, c *dl.Tensor, w RecurrentWeights, o dl.RecurrentOptions) (out, hn, cn *dl.Tensor) {
	if w.WeightHR != nil {
		return dl.LSTMProjected(x, h, c, w.WeightIH, w.WeightHH, w.WeightHR, w.BiasIH, w.BiasHH, o)
	}
	return dl.LSTM(x, h, c, w.WeightIH, w.WeightHH, w.BiasIH, w.BiasHH, o)
}

// String describes the layer: "LSTM(32→128, 2 layers)".
func (l *LSTM) String() string { return l.describe("LSTM") }

package nn

import (
	"fmt"
	"slices"

	"descent/dl"
)

// PadOptions are the choices for [PadSequences].
type PadOptions struct {
	BatchFirst bool    // the result is [N, T, …] instead of [T, N, …]
	Value      float64 // what stands beyond the end of a sequence
}

// PadSequences joins sequences of different lengths, each [steps, …] with the same shape of a step, into one tensor as
// long as the longest, and gives their lengths, for [LSTM.RunPadded] and the like.
//
//	x, lengths := nn.PadSequences(sentences, nn.PadOptions{})
//	out, h, c := lstm.RunPadded(x, lengths, nil, nil)
//
// PyTorch: nn.utils.rnn.pad_sequence.
func PadSequences(sequences []*dl.Tensor, o PadOptions) (x *dl.Tensor, lengths []int) {
	const op = "nn.PadSequences"
	if len(sequences) == 0 {
		panic(&dl.Error{Op: op, Got: "no sequences", Want: "at least one"})
	}
	step := sequences[0].Shape()
	longest := 0
	for i, s := range sequences {
		shape := s.Shape()
		if len(shape) == 0 || !slices.Equal(shape[1:], step[1:]) {
			panic(&dl.Error{Op: op, Shapes: [][]int{step, shape}, Got: fmt.Sprintf("sequence %d of shape %s", i, shapeText(shape)),
				Want: "steps of one shape, that of sequence 0: " + shapeText(step[1:])})
		}
		lengths = append(lengths, shape[0])
		longest = max(longest, shape[0])
	}
	padded := make([]*dl.Tensor, len(sequences))
	for i, s := range sequences {
		padded[i] = s
		if missing := longest - lengths[i]; missing > 0 {
			rest := dl.FullOf(s.DType(), o.Value, append([]int{missing}, step[1:]...)...)
			padded[i] = dl.Cat([]*dl.Tensor{s, rest}, 0)
		}
	}
	axis := 1
	if o.BatchFirst {
		axis = 0
	}
	return dl.Stack(padded, axis), lengths
}

// UnpadSequences takes padded sequences apart again: sequence i of the result has lengths[i] steps.
//
// PyTorch: nn.utils.rnn.unpad_sequence.
func UnpadSequences(x *dl.Tensor, lengths []int, batchFirst bool) []*dl.Tensor {
	axis := 1
	if batchFirst {
		axis = 0
	}
	if x.Dim() < 2 || x.Size(axis) != len(lengths) {
		panic(&dl.Error{Op: "nn.UnpadSequences", Shapes: [][]int{x.Shape()},
			Got:  fmt.Sprintf("%d lengths and x of shape %s", len(lengths), shapeText(x.Shape())),
			Want: "one length for each sequence, [steps×batch×…] or, with batchFirst, [batch×steps×…]"})
	}
	out := make([]*dl.Tensor, len(lengths))
	for i, n := range lengths {
		out[i] = x.Select(axis, i).Narrow(0, 0, n)
	}
	return out
}

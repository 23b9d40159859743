package dl

import "fmt"

// LSTMProjected is LSTM whose state is projected to fewer numbers before it is
// given out and fed back: h ← W_hr·(σ(o)·tanh(c)).
//
//	h0 [N, P], c0 [N, H] or nil for zeros
//	weightIH [4H, in], weightHH [4H, P], weightHR [P, H], biases [4H] or nil
//	→ out [T, N, P], hn [N, P], cn [N, H]
//
// It is made of single operations, step by step, and slower than LSTM.
//
// H. Sak, A. Senior, F. Beaufays, arXiv:1402.1128.
// PyTorch: nn.LSTM(proj_size=…), one layer and direction of it.
func LSTMProjected(x, h0, c0, weightIH, weightHH, weightHR, biasIH, biasHH *Tensor, o RecurrentOptions) (out, hn, cn *Tensor) {
	const op = "lstm with projection"
	needFloat(op, x)
	if len(x.shape) != 3 || len(weightHR.shape) != 2 || len(weightIH.shape) != 2 || len(weightHH.shape) != 2 ||
		weightIH.shape[0] != 4*weightHR.shape[1] || weightHH.shape[1] != weightHR.shape[0] || weightIH.shape[1] != x.shape[2] {
		fail(op, "x and weights of shapes "+shapesText([][]int{x.shape, weightIH.shape, weightHH.shape, weightHR.shape}),
			"[steps×batch×in], [4H×in], [4H×P] and [P×H]", "", x, weightIH, weightHH, weightHR)
	}
	if o.BatchFirst {
		x = x.Transpose(0, 1)
	}
	steps, batch := x.shape[0], x.shape[1]
	size, hidden := weightHR.shape[0], weightHR.shape[1]
	h, c := h0, c0
	if h == nil {
		h = FullOf(x.dtype, 0, batch, size)
	}
	if c == nil {
		c = FullOf(x.dtype, 0, batch, hidden)
	}
	active := activeSteps(op, o.Lengths, steps, batch)
	given := Linear(x, weightIH, biasIH) // of all steps at once
	ys := make([]*Tensor, steps)
	for k := range steps {
		t := k
		if o.Reverse {
			t = steps - 1 - k
		}
		gates := given.Select(0, t).Add(Linear(h, weightHH, biasHH)).Chunk(4, 1)
		nextC := gates[1].Sigmoid().Mul(c).Add(gates[0].Sigmoid().Mul(gates[2].Tanh()))
		nextH := Linear(gates[3].Sigmoid().Mul(nextC.Tanh()), weightHR, nil)
		ys[t] = nextH
		if active != nil {
			on := active.Select(0, t)
			ys[t] = nextH.MaskedFill(on.Not(), 0)
			nextH, nextC = Where(on, nextH, h), Where(on, nextC, c)
		}
		h, c = nextH, nextC
	}
	out = Stack(ys, 0)
	if o.BatchFirst {
		out = out.Transpose(0, 1)
	}
	return out, h, c
}

// activeSteps is where a sequence has not ended, [steps, batch, 1]; nil when all
// are of full length.
func activeSteps(op string, lengths []int, steps, batch int) *Tensor {
	if lengths == nil {
		return nil
	}
	if len(lengths) != batch {
		fail(op, fmt.Sprintf("%d lengths for a batch of %d", len(lengths), batch), "one for each sequence", "")
	}
	on := make([]bool, 0, steps*batch)
	for t := range steps {
		for _, l := range lengths {
			if l < 1 || l > steps {
				fail(op, fmt.Sprintf("a sequence of length %d", l), fmt.Sprintf("1 … %d", steps), "")
			}
			on = append(on, t < l)
		}
	}
	return FromBools(on, steps, batch, 1)
}

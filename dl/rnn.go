package dl

// RNN runs a layer of Elman's network over sequences:
// h ← tanh(W_ih·x + b_ih + W_hh·h + b_hh).
//
//	x [T, N, in] (or [N, T, in] with BatchFirst), h0 [N, H] or nil for zeros
//	weightIH [H, in], weightHH [H, H], biases [H] or nil
//	→ out [T, N, H], the states, and hn [N, H], the last one
//
// J. L. Elman: Finding Structure in Time, Cognitive Science 14 (1990).
// PyTorch: nn.RNN, one layer and direction of it.
func RNN(x, h0, weightIH, weightHH, biasIH, biasHH *Tensor, o RecurrentOptions) (out, hn *Tensor) {
	ys := runRecurrent(rnnCell, []*Tensor{x, h0, nil, weightIH, weightHH, biasIH, biasHH}, o)
	return ys[0], ys[1]
}

type rnnSteps[T float32 | float64] struct{}

func (rnnSteps[T]) forward(u *unrolled[T], t, n, row int, run *running[T]) {
	h := u.hidden
	state := run.h[n*h:][:h]
	after, out := u.bent[row*h:][:h], run.out[u.place(t, n)*h:][:h]
	copy(u.before[row*h:][:h], state)
	if !u.active(t, n) {
		clear(out)
		return
	}
	g := u.gates[row*h:][:h]
	if u.o.ReLU {
		reluRow(after, g)
	} else {
		tanhInto(after, g)
	}
	copy(state, after)
	copy(out, after)
}

func (rnnSteps[T]) backward(u *unrolled[T], t, n, row int, run *running[T]) {
	h := u.hidden
	d := run.dgates[row*h:][:h]
	if !u.active(t, n) {
		clear(d)
		return
	}
	dh, after := run.h[n*h:][:h], u.bent[row*h:][:h]
	if run.gout != nil {
		addInto(dh, dh, run.gout[u.place(t, n)*h:][:h])
	}
	for j, y := range after {
		switch {
		case !u.o.ReLU:
			d[j] = dh[j] * (1 - y*y)
		case y > 0:
			d[j] = dh[j]
		default:
			d[j] = 0
		}
	}
	clear(dh)
}

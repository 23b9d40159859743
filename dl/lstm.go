package dl

import "descent/dl/internal/simd"

// LSTM runs a layer of long short-term memory over sequences:
//
//	i, f, g, o = the four blocks of W_ih·x + b_ih + W_hh·h + b_hh
//	c ← σ(f)·c + σ(i)·tanh(g)
//	h ← σ(o)·tanh(c)
//
//	x [T, N, in] (or [N, T, in] with BatchFirst), h0 and c0 [N, H] or nil for zeros
//	weightIH [4H, in], weightHH [4H, H], biases [4H] or nil
//	→ out [T, N, H], the states, and hn, cn [N, H], the last ones
//
// S. Hochreiter, J. Schmidhuber: Long Short-Term Memory, Neural Computation 9
// (1997), with the forget gate of Gers et al. (2000).
// PyTorch: nn.LSTM, one layer and direction of it.
func LSTM(x, h0, c0, weightIH, weightHH, biasIH, biasHH *Tensor, o RecurrentOptions) (out, hn, cn *Tensor) {
	ys := runRecurrent(lstmCell, []*Tensor{x, h0, c0, weightIH, weightHH, biasIH, biasHH}, o)
	return ys[0], ys[1], ys[2]
}

type lstmSteps[T float32 | float64] struct{}

func (lstmSteps[T]) forward(u *unrolled[T], t, n, row int, run *running[T]) {
	h := u.hidden
	state, cs, out := run.h[n*h:][:h], run.c[n*h:][:h], run.out[u.place(t, n)*h:][:h]
	copy(u.before[row*h:][:h], state)
	if u, ok := any(u).(*unrolled[float32]); ok && u.active(t, n) {
		if lstmForward32(u, t, n, row, any(run).(*running[float32])) {
			return
		}
	}
	before := u.cells[row*h:][:h]
	copy(before, cs)
	if !u.active(t, n) {
		clear(out)
		return
	}
	gates := u.gates[row*4*h:][:4*h]
	sigmoidInto(gates[:2*h], gates[:2*h])
	tanhInto(gates[2*h:3*h], gates[2*h:3*h])
	sigmoidInto(gates[3*h:], gates[3*h:])
	i, f, g, o := gates[:h], gates[h:2*h], gates[2*h:3*h], gates[3*h:]
	bent := u.bent[row*h:][:h]
	normMul(bent, i, g)
	mulInto(cs, f)
	addInto(cs, cs, bent)
	tanhInto(bent, cs)
	normMul(state, o, bent)
	copy(out, state)
}

func (lstmSteps[T]) backward(u *unrolled[T], t, n, row int, run *running[T]) {
	h := u.hidden
	d := run.dgates[row*4*h:][:4*h]
	if !u.active(t, n) {
		clear(d)
		return
	}
	if u, ok := any(u).(*unrolled[float32]); ok {
		if lstmBackward32(u, t, n, row, any(run).(*running[float32])) {
			return
		}
	}
	dh, dc := run.h[n*h:][:h], run.c[n*h:][:h]
	if run.gout != nil {
		addInto(dh, dh, run.gout[u.place(t, n)*h:][:h])
	}
	gates, before, bent := u.gates[row*4*h:][:4*h], u.cells[row*h:][:h], u.bent[row*h:][:h]
	i, f, g, o := gates[:h], gates[h:2*h], gates[2*h:3*h], gates[3*h:]
	di, df, dg, do := d[:h], d[h:2*h], d[2*h:3*h], d[3*h:]
	normMul(dg, bent, bent) // dg holds what comes to dc through tanh for now
	complement(dg, dg)
	mulInto(dg, o)
	mulInto(dg, dh)
	addInto(dc, dc, dg)
	complement(do, o)
	timesAll(do, o, bent, dh)
	complement(di, i)
	timesAll(di, i, g, dc)
	complement(df, f)
	timesAll(df, f, before, dc)
	normMul(dg, g, g)
	complement(dg, dg)
	mulInto(dg, i)
	mulInto(dg, dc)
	mulInto(dc, f)
	clear(dh)
}

// lstmState is what package simd needs for a step.
func lstmState(u *unrolled[float32], n, row int, run *running[float32]) simd.LSTMState {
	h := u.hidden
	gates := u.gates[row*4*h:][:4*h]
	return simd.LSTMState{I: gates[:h], F: gates[h : 2*h], U: gates[2*h : 3*h], O: gates[3*h:],
		C: run.c[n*h:][:h], Before: u.cells[row*h:][:h], Bent: u.bent[row*h:][:h], H: run.h[n*h:][:h]}
}

func lstmForward32(u *unrolled[float32], t, n, row int, run *running[float32]) bool {
	s := lstmState(u, n, row, run)
	s.Out = run.out[u.place(t, n)*u.hidden:][:u.hidden]
	return simd.LSTMForward(&s)
}

func lstmBackward32(u *unrolled[float32], t, n, row int, run *running[float32]) bool {
	h := u.hidden
	s := lstmState(u, n, row, run)
	if s.Out = run.none; run.gout != nil {
		s.Out = run.gout[u.place(t, n)*h:][:h]
	}
	d := run.dgates[row*4*h:][:4*h]
	return simd.LSTMBackward(&s, &simd.LSTMState{I: d[:h], F: d[h : 2*h], U: d[2*h : 3*h], O: d[3*h:]})
}

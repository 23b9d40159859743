package dl

// GRU runs a layer of gated recurrent units over sequences:
//
//	r, z, n = the three blocks of W_ih·x + b_ih, and likewise of W_hh·h + b_hh
//	r = σ(r_x + r_h), z = σ(z_x + z_h), n = tanh(n_x + r·n_h)
//	h ← (1−z)·n + z·h
//
//	x [T, N, in] (or [N, T, in] with BatchFirst), h0 [N, H] or nil for zeros
//	weightIH [3H, in], weightHH [3H, H], biases [3H] or nil
//	→ out [T, N, H], the states, and hn [N, H], the last one
//
// K. Cho et al.: Learning Phrase Representations using RNN Encoder-Decoder,
// arXiv:1406.1078.
// PyTorch: nn.GRU, one layer and direction of it.
func GRU(x, h0, weightIH, weightHH, biasIH, biasHH *Tensor, o RecurrentOptions) (out, hn *Tensor) {
	ys := runRecurrent(gruCell, []*Tensor{x, h0, nil, weightIH, weightHH, biasIH, biasHH}, o)
	return ys[0], ys[1]
}

type gruSteps[T float32 | float64] struct{}

func (gruSteps[T]) forward(u *unrolled[T], t, k, row int, run *running[T]) {
	h := u.hidden
	state, out := run.h[k*h:][:h], run.out[u.place(t, k)*h:][:h]
	before := u.before[row*h:][:h]
	copy(before, state)
	if !u.active(t, k) {
		clear(out)
		return
	}
	gates, hidden := u.gates[row*3*h:][:3*h], run.hiddenPart[k*3*h:][:3*h]
	addInto(gates[:2*h], gates[:2*h], hidden[:2*h])
	sigmoidInto(gates[:2*h], gates[:2*h])
	r, z, n := gates[:h], gates[h:2*h], gates[2*h:]
	scaled := u.bent[row*h:][:h]
	copy(scaled, hidden[2*h:])
	normMul(out, r, scaled)
	addInto(n, n, out)
	tanhInto(n, n)
	subInto(state, before, n) // h = n + z·(h − n)
	mulInto(state, z)
	addInto(state, state, n)
	copy(out, state)
}

func (gruSteps[T]) backward(u *unrolled[T], t, k, row int, run *running[T]) {
	h := u.hidden
	dx, dhid := run.dgates[row*3*h:][:3*h], run.dhidden[row*3*h:][:3*h]
	if !u.active(t, k) {
		clear(dx)
		clear(dhid)
		return
	}
	dh := run.h[k*h:][:h]
	if run.gout != nil {
		addInto(dh, dh, run.gout[u.place(t, k)*h:][:h])
	}
	gates, before, scaled := u.gates[row*3*h:][:3*h], u.before[row*h:][:h], u.bent[row*h:][:h]
	r, z, n := gates[:h], gates[h:2*h], gates[2*h:]
	dr, dz, dn, dnh := dx[:h], dx[h:2*h], dx[2*h:], dhid[2*h:]
	complement(dr, z) // dr holds 1−z for now
	normMul(dn, n, n)
	complement(dn, dn)
	mulInto(dn, dr)
	mulInto(dn, dh)
	normMul(dnh, dn, r)
	subInto(dz, before, n)
	timesAll(dz, z, dr, dh)
	complement(dr, r)
	timesAll(dr, r, scaled, dn)
	mulInto(dh, z)
	copy(dhid[:2*h], dx[:2*h])
}

package dl_test

import "descent/dl"

func init() {
	cat := func(ts ...*T) *T { // all outputs, so that gradients come through each
		flat := make([]*T, len(ts))
		for i, t := range ts {
			flat[i] = t.MulScalar(1 + 0.5*float64(i)).Flatten(0)
		}
		return dl.Cat(flat, 0)
	}
	full := func(gates int) []*T { // T=3, N=2, in=2, H=2
		return in(normal(3, 2, 2), normal(2, 2), normal(2, 2), normal(gates*2, 2), normal(gates*2, 2), normal(gates*2), normal(gates*2))
	}
	lstm := func(o dl.RecurrentOptions) func(in []*T) *T {
		return func(in []*T) *T {
			out, h, c := dl.LSTM(in[0], in[1], in[2], in[3], in[4], in[5], in[6], o)
			return cat(out, h, c)
		}
	}
	gru := func(o dl.RecurrentOptions) func(in []*T) *T {
		return func(in []*T) *T {
			out, h := dl.GRU(in[0], in[1], in[3], in[4], in[5], in[6], o)
			return cat(out, h)
		}
	}
	rnn := func(o dl.RecurrentOptions) func(in []*T) *T {
		return func(in []*T) *T {
			out, h := dl.RNN(in[0], in[1], in[3], in[4], in[5], in[6], o)
			return cat(out, h)
		}
	}
	odd := dl.RecurrentOptions{Reverse: true, BatchFirst: true, Lengths: []int{2, 1, 2}} // x [3, 2, 2] is three sequences then
	oddFull := func(gates int) []*T {
		in := full(gates)
		in[1], in[2] = normal(3, 2), normal(3, 2)
		return in
	}
	addRows(
		gradRow{name: "LSTM", fn: lstm(dl.RecurrentOptions{}), in: full(4)},
		gradRow{name: "LSTM/reverse, batch first, lengths", fn: lstm(odd), in: oddFull(4)},
		gradRow{name: "LSTM/last state only", fn: func(in []*T) *T {
			_, h, _ := dl.LSTM(in[0], nil, nil, in[1], in[2], nil, nil, dl.RecurrentOptions{Lengths: []int{1, 3}})
			return h
		}, in: in(normal(3, 2, 2), normal(8, 2), normal(8, 2))},
		gradRow{name: "GRU", fn: gru(dl.RecurrentOptions{}), in: full(3)},
		gradRow{name: "GRU/reverse, batch first, lengths", fn: gru(odd), in: oddFull(3)},
		gradRow{name: "GRU/last state only", fn: func(in []*T) *T {
			_, h := dl.GRU(in[0], nil, in[1], in[2], nil, nil, dl.RecurrentOptions{Lengths: []int{1, 3}})
			return h
		}, in: in(normal(3, 2, 2), normal(6, 2), normal(6, 2))},
		gradRow{name: "RNN", fn: rnn(dl.RecurrentOptions{}), in: full(1)},
		gradRow{name: "RNN/reverse, batch first, lengths", fn: rnn(odd), in: oddFull(1)},
		gradRow{name: "RNN/relu", fn: rnn(dl.RecurrentOptions{ReLU: true}), in: full(1)},
	)
}

func init() {
	addRows(gradRow{name: "LSTMProjected", fn: func(in []*T) *T {
		y, h, c := dl.LSTMProjected(in[0], in[1], in[2], in[3], in[4], in[5], nil, nil, dl.RecurrentOptions{Lengths: []int{2, 1}, Reverse: true})
		return y.Sum(0).Add(h).Add(c.Narrow(1, 0, 2)).Sin()
	}, in: in(normal(2, 2, 2), normal(2, 2), normal(2, 3), normal(12, 2), normal(12, 2), normal(2, 3))})
}

package nn_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/nn"
)

func ExampleNewLSTM() {
	lstm := nn.NewLSTM(10, 32, nn.RecurrentOptions{Layers: 2})
	out, h, c := lstm.Run(dl.Randn(7, 4, 10), nil, nil) // 7 steps of 4 sequences
	fmt.Println(lstm, out.Shape(), h.Shape(), c.Shape())
	fmt.Println(nn.NamedParams(lstm)[0].Name, lstm.Weights[0].WeightIH.Shape())
	// Output:
	// LSTM(10→32, 2 layers) [7 4 32] [2 4 32] [2 4 32]
	// weight_ih_l0 [128 10]
}

// A classifier of sequences by the last output.
func ExampleNewLSTM_sequential() {
	model := nn.NewSequential(
		nn.NewLSTM(10, 32, nn.RecurrentOptions{BatchFirst: true}),
		nn.Func(func(x *dl.Tensor) *dl.Tensor { return x.Select(1, -1) }),
		nn.NewLinear(32, 5))
	fmt.Println(model.Forward(dl.Randn(4, 7, 10)).Shape())
	// Output: [4 5]
}

func ExampleNewGRU() {
	gru := nn.NewGRU(10, 32, nn.RecurrentOptions{Bidirectional: true, BatchFirst: true})
	out, h := gru.Run(dl.Randn(4, 7, 10), nil)
	fmt.Println(out.Shape(), h.Shape())
	// Output: [4 7 64] [2 4 32]
}

func ExampleNewRNN() {
	rnn := nn.NewRNN(10, 32, nn.RecurrentOptions{})
	fmt.Println(rnn.Forward(dl.Randn(7, 4, 10)).Shape())
	// Output: [7 4 32]
}

func ExampleNewRNNCell() {
	cell := nn.NewRNNCell(1, 1, nn.CellOptions{})
	for _, p := range nn.Params(cell) {
		nn.InitConstant(p, 0.5)
	}
	var h *dl.Tensor
	for range 3 {
		h = cell.Step(dl.Ones(1, 1), h)
	}
	fmt.Printf("%.4f\n", h.Item())
	// Output: 0.9626
}

func ExampleNewLSTMCell() {
	cell := nn.NewLSTMCell(10, 32, nn.CellOptions{})
	x := dl.Randn(7, 4, 10)
	var h, c *dl.Tensor
	for t := range 7 {
		h, c = cell.Step(x.Select(0, t), h, c)
	}
	fmt.Println(h.Shape(), c.Shape())
	// Output: [4 32] [4 32]
}

func ExampleNewGRUCell() {
	cell := nn.NewGRUCell(10, 32, nn.CellOptions{})
	h := cell.Step(dl.Randn(4, 10), nil)
	fmt.Println(cell, cell.Step(dl.Randn(4, 10), h).Shape())
	// Output: GRUCell(10→32) [4 32]
}

func ExamplePadSequences() {
	x, lengths := nn.PadSequences([]*dl.Tensor{dl.New([]float64{1, 2, 3}), dl.New([]float64{4})}, nn.PadOptions{BatchFirst: true})
	fmt.Println(x, lengths)
	for _, s := range nn.UnpadSequences(x, lengths, true) {
		fmt.Println(s)
	}
	// Output:
	// tensor([[1., 2., 3.],
	//         [4., 0., 0.]]) [3 1]
	// tensor([1., 2., 3.])
	// tensor([4.])
}

package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleRNN() {
	one := dl.Ones(1, 1)
	out, _ := dl.RNN(dl.New([]float64{1, 0, 0}).Reshape(3, 1, 1), nil, one, one, nil, nil, dl.RecurrentOptions{ReLU: true})
	fmt.Println(out.Float32s()) // a sum that remembers
	// Output: [1 1 1]
}

func ExampleLSTM() {
	x := dl.Randn(5, 2, 3)
	out, h, c := dl.LSTM(x, nil, nil, dl.Randn(16, 3), dl.Randn(16, 4), nil, nil, dl.RecurrentOptions{Lengths: []int{5, 2}})
	fmt.Println(out.Shape(), h.Shape(), c.Shape())
	fmt.Println(out.Select(1, 1).Select(0, 2).Float32s()) // sequence 1 has no step 2
	// Output:
	// [5 2 4] [2 4] [2 4]
	// [0 0 0 0]
}

func ExampleGRU() {
	out, h := dl.GRU(dl.Randn(5, 2, 3), nil, dl.Randn(12, 3), dl.Randn(12, 4), nil, nil, dl.RecurrentOptions{})
	fmt.Println(out.Shape(), h.Sub(out.Select(0, 4)).Abs().Sum().Item())
	// Output: [5 2 4] 0
}

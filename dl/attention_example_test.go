package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleScaledDotProductAttention() {
	q := dl.New([][]float64{{10, 0}, {0, 10}}) // looks like the first key, like the second
	k := dl.New([][]float64{{10, 0}, {0, 10}, {-10, 0}})
	v := dl.New([][]float64{{1}, {2}, {3}})
	fmt.Printf("%.1f\n", dl.ScaledDotProductAttention(q, k, v, dl.AttentionOptions{}).Float32s())
	fmt.Printf("%.1f\n", dl.ScaledDotProductAttention(q.Neg(), k, v, dl.AttentionOptions{Causal: true}).Float32s())
	// Output:
	// [1.0 2.0]
	// [1.0 1.0]
}

func ExampleSelfAttention() {
	x := dl.Randn(2, 5, 8)
	qkv := dl.Linear(x, dl.Randn(24, 8), nil)
	fmt.Println(dl.SelfAttention(qkv, 4, dl.AttentionOptions{Causal: true}).Shape())
	// Output: [2 5 8]
}

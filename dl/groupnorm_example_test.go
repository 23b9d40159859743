package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleGroupNorm() {
	x := dl.New([][]float64{{1, 3, 10, 30}})
	fmt.Printf("%.2f\n", dl.GroupNorm(x, 2, nil, dl.New([]float64{0, 0, 5, 5}), 1e-5).Float32s())
	// Output: [-1.00 1.00 4.00 6.00]
}

func ExampleInstanceNorm() {
	x := dl.New([][][]float64{{{1, 3}, {10, 30}}})
	fmt.Printf("%.2f\n", dl.InstanceNorm(x, nil, nil, 1e-5).Float32s())
	// Output: [-1.00 1.00 -1.00 1.00]
}

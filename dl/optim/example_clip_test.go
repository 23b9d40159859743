package optim_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/optim"
)

func ExampleGradNorm() {
	w := dl.NewParameter(dl.Zeros(2))
	w.SetGrad(dl.New([]float64{3, 4}))
	fmt.Println(optim.GradNorm([]*dl.Tensor{w}))
	// Output: 5
}

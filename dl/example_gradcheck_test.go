package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleGradCheck() {
	double := &dl.Function{Name: "double",
		Forward:  func(c *dl.Context, in []*dl.Tensor) *dl.Tensor { return in[0].MulScalar(2) },
		Backward: func(c *dl.Context, g *dl.Tensor) []*dl.Tensor { return []*dl.Tensor{g.MulScalar(3)} }, // wrong
	}
	f := func(in []*dl.Tensor) *dl.Tensor { return dl.Apply(double, in[0]) }
	fmt.Println(dl.GradCheck(f, []*dl.Tensor{dl.Ones(2)}, dl.GradCheckOptions{}))
	// Output: the gradient of input 0, element 0, is 2.06825503; finite differences give 1.37883668
}

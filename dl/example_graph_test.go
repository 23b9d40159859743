package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleApply() {
	square := &dl.Function{Name: "square",
		Forward: func(c *dl.Context, in []*dl.Tensor) *dl.Tensor {
			c.Save(in[0])
			return in[0].Mul(in[0])
		},
		Backward: func(c *dl.Context, grad *dl.Tensor) []*dl.Tensor {
			return []*dl.Tensor{grad.Mul(c.Saved(0)).MulScalar(2)}
		},
	}
	x := dl.New([]float64{3}).SetRequiresGrad(true)
	dl.Apply(square, x).Sum().Backward()
	fmt.Println(x.Grad())
	// Output: tensor([6.])
}

func ExampleApplyMulti() {
	both := &dl.MultiFunction{Name: "double and triple",
		Forward: func(c *dl.Context, in []*dl.Tensor) []*dl.Tensor {
			return []*dl.Tensor{in[0].MulScalar(2), in[0].MulScalar(3)}
		},
		Backward: func(c *dl.Context, gs []*dl.Tensor) []*dl.Tensor {
			return []*dl.Tensor{gs[0].MulScalar(2).Add(gs[1].MulScalar(3))}
		},
	}
	x := dl.Ones(1).SetRequiresGrad(true)
	y := dl.ApplyMulti(both, x)
	y[0].Add(y[1]).Sum().Backward()
	fmt.Println(x.Grad())
	// Output: tensor([5.])
}

func ExampleTraceGraph() {
	w := dl.New([]float64{2}).SetRequiresGrad(true)
	g := dl.TraceGraph(func() *dl.Tensor {
		loss := w.MulScalar(5).Square().Sum()
		loss.Backward()
		return loss
	})
	for _, e := range g.Edges {
		fmt.Println(g.Nodes[e.From].Op, "→", g.Nodes[e.To].Op, e.Value, e.Grad)
	}
	// Output:
	// leaf → mul tensor([2.]) tensor([100.])
	// mul → square tensor([10.]) tensor([20.])
	// square → sum tensor([100.]) tensor([1.])
}

func ExampleSetCaller() {
	dl.SetCaller(nil, func() string { return "cell[2]:1" }) // as the kernel of a notebook does
	defer dl.SetCaller(nil, nil)
	dl.DetectAnomaly(true)
	defer dl.DetectAnomaly(false)
	defer func() { fmt.Println(recover().(*dl.Error).Cell) }()
	dl.New([]float64{-1}).Log()
	// Output: cell[2]:1
}

func ExampleSetInterrupt() {
	dl.SetInterrupt(func() bool { return true }) // as the kernel of a notebook does
	fmt.Println(dl.Interrupted())
	dl.SetInterrupt(nil)
	// Output: true
}

func ExampleInterrupted() {
	fmt.Println(dl.Interrupted())
	// Output: false
}

package optim_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/optim"
)

func ExampleNewAdamax() {
	x := bowl(300, func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdamax(p, optim.AdaptiveOptions{LR: 0.1}) })
	fmt.Printf("%.2f\n", x)
	// Output: 3.00
}

func ExampleNewNAdam() {
	x := bowl(300, func(p []*dl.Tensor) optim.Optimizer { return optim.NewNAdam(p, optim.AdaptiveOptions{LR: 0.1}) })
	fmt.Printf("%.2f\n", x)
	// Output: 3.00
}

func ExampleNewRAdam() {
	x := bowl(300, func(p []*dl.Tensor) optim.Optimizer { return optim.NewRAdam(p, optim.AdaptiveOptions{LR: 0.1}) })
	fmt.Printf("%.2f\n", x)
	// Output: 3.00
}

func ExampleNewAdadelta() {
	x := bowl(400, func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdadelta(p, optim.AdadeltaOptions{LR: 10}) })
	fmt.Printf("%.1f\n", x)
	// Output: 3.0
}

func ExampleNewRprop() {
	x := bowl(60, func(p []*dl.Tensor) optim.Optimizer { return optim.NewRprop(p, optim.RpropOptions{}) })
	fmt.Printf("%.2f\n", x)
	// Output: 3.00
}

func ExampleNewLinearLR() {
	o := optim.NewSGD([]*dl.Tensor{dl.NewParameter(dl.Zeros(1))}, optim.SGDOptions{LR: 1})
	s := optim.NewLinearLR(o, 0.5, 1, 2) // a warm-up of two epochs
	for range 3 {
		fmt.Print(o.LR(), " ")
		s.Step()
	}
	// Output: 0.5 0.75 1
}

func ExampleNewConstantLR() {
	o := optim.NewSGD([]*dl.Tensor{dl.NewParameter(dl.Zeros(1))}, optim.SGDOptions{LR: 1})
	s := optim.NewConstantLR(o, 0.25, 2)
	for range 3 {
		fmt.Print(o.LR(), " ")
		s.Step()
	}
	// Output: 0.25 0.25 1
}

func ExampleNewPolynomialLR() {
	o := optim.NewSGD([]*dl.Tensor{dl.NewParameter(dl.Zeros(1))}, optim.SGDOptions{LR: 1})
	s := optim.NewPolynomialLR(o, 4, 1)
	for range 5 {
		fmt.Print(o.LR(), " ")
		s.Step()
	}
	// Output: 1 0.75 0.5 0.25 0
}

func ExampleNewMultiplicativeLR() {
	o := optim.NewSGD([]*dl.Tensor{dl.NewParameter(dl.Zeros(1))}, optim.SGDOptions{LR: 1})
	s := optim.NewMultiplicativeLR(o, func(epoch int) float64 { return 0.5 })
	for range 3 {
		fmt.Print(o.LR(), " ")
		s.Step()
	}
	// Output: 1 0.5 0.25
}

func ExampleNewWarmRestarts() {
	o := optim.NewSGD([]*dl.Tensor{dl.NewParameter(dl.Zeros(1))}, optim.SGDOptions{LR: 1})
	s := optim.NewWarmRestarts(o, 2, 2, 0)
	for range 7 {
		fmt.Printf("%.2f ", o.LR())
		s.Step()
	}
	// Output: 1.00 0.50 1.00 0.85 0.50 0.15 1.00
}

func ExampleNewCyclicLR() {
	o := optim.NewSGD([]*dl.Tensor{dl.NewParameter(dl.Zeros(1))}, optim.SGDOptions{LR: 1})
	s := optim.NewCyclicLR(o, 3, 2)
	for range 6 {
		fmt.Print(o.LR(), " ")
		s.Step()
	}
	// Output: 1 2 3 2 1 2
}

func ExampleNewASGD() {
	x := bowl(100, func(p []*dl.Tensor) optim.Optimizer { return optim.NewASGD(p, optim.ASGDOptions{LR: 0.1}) })
	fmt.Printf("%.2f\n", x)
	// Output: 3.00
}

func ExampleNewAdafactor() {
	x := bowl(400, func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdafactor(p, optim.AdafactorOptions{LR: 0.1}) })
	fmt.Printf("%.1f\n", x)
	// Output: 3.0
}

func ExampleNewMuon() {
	w := dl.NewParameter(dl.Zeros(2, 2)) // a matrix that is to become twice the identity
	o := optim.NewMuon([]*dl.Tensor{w}, optim.MuonOptions{LR: 0.02, WeightDecay: -1})
	for range 200 {
		o.ZeroGrad()
		w.Sub(dl.Eye(2).MulScalar(2)).Square().Sum().Backward()
		o.Step()
	}
	fmt.Printf("%.1f\n", w.Trace().Item())
	// Output: 4.0
}

func ExampleNewLBFGS() {
	x := dl.NewParameter(dl.New([]float64{-1, 4}))
	o := optim.NewLBFGS([]*dl.Tensor{x}, optim.LBFGSOptions{LineSearch: true})
	loss := o.StepWith(func() *dl.Tensor {
		o.ZeroGrad()
		loss := x.SubScalar(3).Square().Mul(dl.New([]float64{1, 10})).Sum()
		loss.Backward()
		return loss
	})
	fmt.Printf("from a loss of %.0f to %.3f\n", loss.Item(), x.Detach().Float32s())
	// Output: from a loss of 26 to [3.000 3.000]
}

func ExampleNewSequentialLR() {
	o := optim.NewSGD([]*dl.Tensor{dl.NewParameter(dl.Zeros(1))}, optim.SGDOptions{LR: 1})
	warm, decay := optim.NewLinearLR(o, 0.5, 1, 2), optim.NewExponentialLR(o, 0.5)
	s := optim.NewSequentialLR(o, []optim.Schedule{warm, decay}, []int{2})
	for range 5 {
		fmt.Print(o.LR(), " ")
		s.Step()
	}
	// Output: 0.5 0.75 1 0.5 0.25
}

func ExampleNewChainedScheduler() {
	o := optim.NewSGD([]*dl.Tensor{dl.NewParameter(dl.Zeros(1))}, optim.SGDOptions{LR: 1})
	s := optim.NewChainedScheduler(o, []optim.Schedule{optim.NewConstantLR(o, 0.5, 2), optim.NewStepLR(o, 3, 0.5)})
	for range 5 {
		fmt.Print(o.LR(), " ")
		s.Step()
	}
	// Output: 0.5 0.5 1 0.5 0.5
}

package optim_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/optim"
)

// bowl walks down (x−3)² for some steps and returns x.
func bowl(steps int, make func(params []*dl.Tensor) optim.Optimizer) float64 {
	x := dl.NewParameter(dl.New([]float64{0}))
	o := make([]*dl.Tensor{x})
	for range steps {
		o.ZeroGrad()
		x.SubScalar(3).Square().Sum().Backward()
		o.Step()
	}
	return x.Item()
}

func ExampleNewSGD() {
	x := bowl(20, func(p []*dl.Tensor) optim.Optimizer { return optim.NewSGD(p, optim.SGDOptions{LR: 0.1}) })
	fmt.Printf("%.3f\n", x)
	x = bowl(20, func(p []*dl.Tensor) optim.Optimizer {
		return optim.NewSGD(p, optim.SGDOptions{LR: 0.1, Momentum: 0.5, Nesterov: true})
	})
	fmt.Printf("%.3f\n", x)
	// Output:
	// 2.965
	// 3.000
}

func ExampleNewAdam() {
	x := bowl(1, func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdam(p, optim.AdamOptions{LR: 0.1}) })
	fmt.Printf("the first step is as long as the learning rate: %.3f\n", x)
	x = bowl(200, func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdam(p, optim.AdamOptions{LR: 0.1}) })
	fmt.Printf("%.3f\n", x)
	// Output:
	// the first step is as long as the learning rate: 0.100
	// 3.000
}

func ExampleNewAdamW() {
	x := bowl(400, func(p []*dl.Tensor) optim.Optimizer {
		return optim.NewAdamW(p, optim.AdamOptions{LR: 0.1, WeightDecay: 0.5})
	})
	fmt.Println("decay pulls towards zero:", x < 2.99)
	// Output: decay pulls towards zero: true
}

func ExampleNewRMSprop() {
	x := bowl(400, func(p []*dl.Tensor) optim.Optimizer { return optim.NewRMSprop(p, optim.RMSpropOptions{LR: 0.01}) })
	fmt.Printf("%.1f\n", x)
	// Output: 3.0
}

func ExampleNewAdagrad() {
	x := bowl(200, func(p []*dl.Tensor) optim.Optimizer { return optim.NewAdagrad(p, optim.AdagradOptions{LR: 1}) })
	fmt.Printf("%.3f\n", x)
	// Output: 3.000
}

// rates lists the learning rates of some steps.
func rates(o optim.Optimizer, s optim.Schedule, n int) {
	for i := range n {
		if i > 0 {
			s.Step()
		}
		if i > 0 {
			fmt.Print(" ")
		}
		fmt.Printf("%.4f", o.LR())
	}
	fmt.Println()
}

func sgd() optim.Optimizer {
	return optim.NewSGD([]*dl.Tensor{dl.NewParameter(dl.Zeros(1))}, optim.SGDOptions{LR: 0.1})
}

func ExampleNewStepLR() {
	o := sgd()
	rates(o, optim.NewStepLR(o, 2, 0.1), 5)
	// Output: 0.1000 0.1000 0.0100 0.0100 0.0010
}

func ExampleNewMultiStepLR() {
	o := sgd()
	rates(o, optim.NewMultiStepLR(o, []int{1, 3}, 0.5), 5)
	// Output: 0.1000 0.0500 0.0500 0.0250 0.0250
}

func ExampleNewExponentialLR() {
	o := sgd()
	rates(o, optim.NewExponentialLR(o, 0.5), 4)
	// Output: 0.1000 0.0500 0.0250 0.0125
}

func ExampleNewLambdaLR() {
	o := sgd()
	rates(o, optim.NewLambdaLR(o, func(epoch int) float64 { return 1 / float64(1+epoch) }), 4)
	// Output: 0.1000 0.0500 0.0333 0.0250
}

func ExampleNewCosine() {
	o := sgd()
	rates(o, optim.NewCosine(o, 4, optim.CosineOptions{}), 5)
	o = sgd()
	rates(o, optim.NewCosine(o, 6, optim.CosineOptions{Warmup: 2}), 7)
	// Output:
	// 0.1000 0.0854 0.0500 0.0146 0.0000
	// 0.0333 0.0667 0.1000 0.0854 0.0500 0.0146 0.0000
}

func ExampleNewOneCycle() {
	o := sgd()
	s := optim.NewOneCycle(o, 0.5, 10, optim.OneCycleOptions{})
	rates(o, s, 10)
	fmt.Println(s.PerStep())
	// Output:
	// 0.0200 0.2600 0.5000 0.4752 0.4059 0.3056 0.1944 0.0941 0.0248 0.0000
	// true
}

func ExampleNewReduceOnPlateau() {
	o := sgd()
	s := optim.NewReduceOnPlateau(o, optim.PlateauOptions{Patience: 1, Factor: 0.5})
	for _, loss := range []float64{1, 0.5, 0.6, 0.7, 0.4} {
		s.StepWith(loss)
		fmt.Printf("%.3f ", o.LR())
	}
	// Output: 0.100 0.100 0.100 0.050 0.050
}

func ExampleClipGradNorm() {
	p := dl.NewParameter(dl.Zeros(2))
	p.SetGrad(dl.New([]float64{3, 4}))
	fmt.Println(optim.ClipGradNorm([]*dl.Tensor{p}, 1))
	fmt.Printf("%.2f\n", p.Grad().Float32s())
	// Output:
	// 5
	// [0.60 0.80]
}

func ExampleClipGradValue() {
	p := dl.NewParameter(dl.Zeros(2))
	p.SetGrad(dl.New([]float64{3, -0.5}))
	optim.ClipGradValue([]*dl.Tensor{p}, 1)
	fmt.Println(p.Grad().Float32s())
	// Output: [1 -0.5]
}

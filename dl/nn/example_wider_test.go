package nn_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/nn"
)

func ExampleNewFractionalMaxPool2d() {
	pool := nn.NewFractionalMaxPool2d(dl.FractionalPoolOptions2d{Kernel: [2]int{2, 2}, Ratio: [2]float64{0.7, 0.7}})
	fmt.Println(pool.Forward(dl.Randn(1, 3, 10, 10)).Shape())
	// Output: [1 3 7 7]
}

func ExampleNewFractionalMaxPool3d() {
	pool := nn.NewFractionalMaxPool3d(dl.FractionalPoolOptions3d{Kernel: [3]int{2, 2, 2}, Out: [3]int{2, 3, 3}})
	fmt.Println(pool.Forward(dl.Randn(1, 3, 4, 5, 5)).Shape())
	// Output: [1 3 2 3 3]
}

func ExampleNewTransformer() {
	model := nn.NewTransformer(16, 4, 2, 2, nn.TransformerOptions{FeedForward: 32, BatchFirst: true})
	source, target := dl.Randn(8, 10, 16), dl.Randn(8, 7, 16)
	y := model.Translate(source, target, nn.TranslateOptions{Target: nn.AttendOptions{Causal: true}})
	fmt.Println(y.Shape())
	// Output: [8 7 16]
}

func ExampleCausalMask() {
	fmt.Println(nn.CausalMask(3))
	// Output:
	// tensor([[false,  true,  true],
	//         [false, false,  true],
	//         [false, false, false]])
}

func ExampleNewAdaptiveLogSoftmax() {
	last := nn.NewAdaptiveLogSoftmax(64, 10000, []int{100, 1000}, nn.AdaptiveSoftmaxOptions{})
	x, words := dl.Randn(32, 64), dl.RandInt(0, 10000, 32)
	logProb, loss := last.Loss(x, words)
	fmt.Println(logProb.Shape(), loss.Shape(), last.Predict(x).Shape())
	// Output: [32] [] [32]
}

func ExampleNewWeightNorm() {
	layer := nn.NewWeightNorm(nn.NewLinear(3, 2), 0)
	for _, p := range nn.NamedParams(layer) {
		fmt.Println(p.Name, p.Tensor.Shape())
	}
	// Output:
	// weight_g [2 1]
	// weight_v [2 3]
	// bias [2]
}

func ExampleNewSpectralNorm() {
	inner := nn.NewLinear(5, 5)
	layer := nn.NewSpectralNorm(inner, nn.SpectralNormOptions{Steps: 50})
	layer.Forward(dl.Zeros(1, 5))
	fmt.Printf("%.3f\n", inner.Weight.Detach().SingularValues().At(0))
	// Output: 1.000
}

func ExampleNewOrthogonal() {
	inner := nn.NewLinear(3, 3)
	layer := nn.NewOrthogonal(inner)
	x := dl.New([][]float64{{3, 0, 4}})
	y := layer.Forward(x).Sub(inner.Bias)
	fmt.Printf("%.3f\n", y.Norm(2).Item()) // lengths stay
	// Output: 5.000
}

func ExampleNewLazy() {
	model := nn.NewSequential(
		nn.NewConv2d(1, 4, 3, nn.Conv2dOptions{}), nn.NewReLU(), nn.NewFlatten(),
		nn.NewLazy(func(x *dl.Tensor) nn.Module { return nn.NewLinear(x.Size(-1), 10) }))
	model.Forward(dl.Zeros(1, 1, 8, 8))
	fmt.Println(model)
	// Output:
	// Sequential(
	//   (0): Conv2d(1→4, kernel 3)
	//   (1): ReLU
	//   (2): Flatten(1)
	//   (3): Linear(144→10)
	// )
}

func ExampleParametersToVector() {
	model := nn.NewLinear(3, 2)
	v := nn.ParametersToVector(nn.Params(model))
	fmt.Println(v.Shape())
	nn.VectorToParameters(dl.Zeros(8), nn.Params(model))
	fmt.Println(model.Forward(dl.Ones(1, 3)))
	// Output:
	// [8]
	// tensor([[0., 0.]], grad_fn=<linear>)
}

func ExampleFuseConvBatchNorm() {
	conv, bn := nn.NewConv2d(1, 2, 3, nn.Conv2dOptions{}), nn.NewBatchNorm2d(2, nn.BatchNormOptions{})
	model := nn.NewSequential(conv, bn)
	x := dl.Randn(4, 1, 6, 6)
	model.Forward(x) // statistics
	nn.Eval(model)
	fmt.Println(dl.AllClose(nn.FuseConvBatchNorm(conv, bn).Forward(x), model.Forward(x), 1e-4, 1e-5))
	// Output: true
}

func ExampleFuseLinearBatchNorm() {
	l, bn := nn.NewLinear(3, 2), nn.NewBatchNorm1d(2, nn.BatchNormOptions{})
	model := nn.NewSequential(l, bn)
	x := dl.Randn(4, 3)
	model.Forward(x) // statistics
	nn.Eval(model)
	fmt.Println(dl.AllClose(nn.FuseLinearBatchNorm(l, bn).Forward(x), model.Forward(x), 1e-4, 1e-5))
	// Output: true
}

func ExampleInitEye() {
	fmt.Println(nn.InitEye(dl.Empty(2, 3)))
	// Output:
	// tensor([[1., 0., 0.],
	//         [0., 1., 0.]])
}

func ExampleInitDirac() {
	conv := nn.NewConv1d(2, 2, 3, nn.Conv1dOptions{Padding: 1, NoBias: true})
	nn.InitDirac(conv.Weight, 1)
	fmt.Println(conv.Forward(dl.New([][][]float64{{{1, 2, 3}, {4, 5, 6}}}))) // what comes in goes out
	// Output:
	// tensor([[[1., 2., 3.],
	//          [4., 5., 6.]]], grad_fn=<squeeze>)
}

func ExampleInitSparse() {
	w := nn.InitSparse(dl.Empty(10, 3), 0.7, 1)
	fmt.Println(w.EqScalar(0).Sum(0))
	// Output: tensor([7, 7, 7])
}

func ExampleGain() {
	fmt.Printf("%.4f %.4f\n", nn.Gain("relu", 0), nn.Gain("tanh", 0))
	// Output: 1.4142 1.6667
}

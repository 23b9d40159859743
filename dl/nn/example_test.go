package nn_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/nn"
	"descent/dl/optim"
)

// A network is a struct with a Forward method; its parameters are found in its fields.
func Example() {
	dl.ManualSeed(1)
	model := newSimpleNN() // fc1: 784→128, ReLU, fc2: 128→10
	optimizer := optim.NewAdam(nn.Params(model), optim.AdamOptions{LR: 0.001})
	x, y := dl.Rand(64, 1, 28, 28), dl.RandInt(0, 10, 64)
	first := 0.0
	for step := range 20 {
		optimizer.ZeroGrad()
		loss := nn.CrossEntropy(model.Forward(x), y)
		loss.Backward()
		optimizer.Step()
		if step == 0 {
			first = loss.Item()
		} else if step == 19 {
			fmt.Println("the loss fell:", loss.Item() < 0.6*first)
		}
	}
	for _, p := range nn.NamedParams(model) {
		fmt.Println(p.Name, p.Tensor.Shape())
	}
	// Output:
	// the loss fell: true
	// fc1.weight [128 784]
	// fc1.bias [128]
	// fc2.weight [10 128]
	// fc2.bias [10]
}

func ExampleNewSequential() {
	model := nn.NewSequential(
		nn.NewConv2d(1, 8, 3, nn.Conv2dOptions{Padding: 1}),
		nn.NewReLU(),
		nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}),
		nn.NewFlatten(),
		nn.NewLinear(8*14*14, 10),
	)
	fmt.Println(model)
	fmt.Println(model.Forward(dl.Zeros(5, 1, 28, 28)).Shape())
	// Output:
	// Sequential(
	//   (0): Conv2d(1→8, kernel 3, padding 1)
	//   (1): ReLU
	//   (2): MaxPool2d(2)
	//   (3): Flatten(1)
	//   (4): Linear(1568→10)
	// )
	// [5 10]
}

func ExampleSummary() {
	model := nn.NewSequential(nn.NewFlatten(), nn.NewLinear(784, 128), nn.NewReLU(), nn.NewLinear(128, 10))
	fmt.Print(nn.Summary(model, 64, 1, 28, 28))
	// Output:
	// Sequential, input [64×1×28×28]
	// layer               output    parameters
	// ────────────────────────────────────────
	// 0: Flatten(1)       [64×784]           0
	// 1: Linear(784→128)  [64×128]     100,480
	// 2: ReLU             [64×128]           0
	// 3: Linear(128→10)   [64×10]        1,290
	// ────────────────────────────────────────
	// 101,770 parameters
}

func ExampleNewLinear() {
	fc := nn.NewLinear(2, 3)
	nn.InitConstant(fc.Weight, 1)
	nn.InitConstant(fc.Bias, 0.5)
	fmt.Println(fc, fc.Forward(dl.New([][]float64{{1, 2}})).Float32s())
	// Output: Linear(2→3) [3.5 3.5 3.5]
}

func ExampleNewLinearWith() {
	fc := nn.NewLinearWith(2, 3, nn.LinearOptions{NoBias: true})
	fmt.Println(fc, nn.NumParams(fc))
	// Output: Linear(2→3, no bias) 6
}

func ExampleNewConv2d() {
	conv := nn.NewConv2d(3, 16, 5, nn.Conv2dOptions{Stride: 2, Padding: 2})
	fmt.Println(conv)
	fmt.Println(conv.Forward(dl.Zeros(8, 3, 32, 32)).Shape())
	// Output:
	// Conv2d(3→16, kernel 5, stride 2, padding 2)
	// [8 16 16 16]
}

func ExampleNewMaxPool2d() {
	x := dl.Arange(0, 16, 1).Reshape(1, 1, 4, 4).To(dl.Float32)
	fmt.Println(nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}).Forward(x).Float32s())
	// Output: [5 7 13 15]
}

func ExampleNewAvgPool2d() {
	x := dl.Arange(0, 16, 1).Reshape(1, 1, 4, 4).To(dl.Float32)
	fmt.Println(nn.NewAvgPool2d(2, nn.AvgPool2dOptions{}).Forward(x).Float32s())
	// Output: [2.5 4.5 10.5 12.5]
}

func ExampleNewAdaptiveAvgPool2d() {
	pool := nn.NewAdaptiveAvgPool2d(1, 1)
	fmt.Println(pool.Forward(dl.Ones(2, 3, 7, 5)).Shape())
	// Output: [2 3 1 1]
}

func ExampleNewFlatten() {
	fmt.Println(nn.NewFlatten().Forward(dl.Zeros(64, 1, 28, 28)).Shape())
	// Output: [64 784]
}

func ExampleNewDropout() {
	drop := nn.NewDropout(0.5)
	kept := drop.Forward(dl.Ones(1000)).NeScalar(0).To(dl.Float32).Mean().Item()
	fmt.Println(kept > 0.4 && kept < 0.6)
	nn.Eval(drop)
	fmt.Println(drop.Forward(dl.Ones(4)).Float32s())
	// Output:
	// true
	// [1 1 1 1]
}

func ExampleNewReLU() {
	fmt.Println(nn.NewReLU().Forward(dl.New([]float64{-1, 0, 2})).Float32s())
	// Output: [0 0 2]
}

func ExampleNewLeakyReLU() {
	fmt.Println(nn.NewLeakyReLU(0.25).Forward(dl.New([]float64{-1, 0, 2})).Float32s())
	// Output: [-0.25 0 2]
}

func ExampleNewGELU() {
	fmt.Printf("%.4f\n", nn.NewGELU().Forward(dl.New([]float64{-1, 0, 2})).Float32s())
	// Output: [-0.1587 0.0000 1.9545]
}

func ExampleNewSiLU() {
	fmt.Printf("%.4f\n", nn.NewSiLU().Forward(dl.New([]float64{-1, 0, 2})).Float32s())
	// Output: [-0.2689 0.0000 1.7616]
}

func ExampleNewSigmoid() {
	fmt.Printf("%.4f\n", nn.NewSigmoid().Forward(dl.New([]float64{-1, 0, 2})).Float32s())
	// Output: [0.2689 0.5000 0.8808]
}

func ExampleNewTanh() {
	fmt.Printf("%.4f\n", nn.NewTanh().Forward(dl.New([]float64{-1, 0, 2})).Float32s())
	// Output: [-0.7616 0.0000 0.9640]
}

func ExampleNewSoftmax() {
	p := nn.NewSoftmax(-1).Forward(dl.New([][]float64{{0, 0}, {0, 1}}))
	fmt.Printf("%.4f\n", p.Float32s())
	// Output: [0.5000 0.5000 0.2689 0.7311]
}

func ExampleNewLogSoftmax() {
	p := nn.NewLogSoftmax(-1).Forward(dl.New([][]float64{{0, 0}, {0, 1}}))
	fmt.Printf("%.4f\n", p.Float32s())
	// Output: [-0.6931 -0.6931 -1.3133 -0.3133]
}

func ExampleNewBatchNorm1d() {
	norm := nn.NewBatchNorm1d(1, nn.BatchNormOptions{})
	fmt.Printf("%.2f\n", norm.Forward(dl.New([][]float64{{1}, {2}, {3}})).Float32s())
	fmt.Printf("%.2f\n", norm.RunningMean.Float32s())
	// Output:
	// [-1.22 0.00 1.22]
	// [0.20]
}

func ExampleNewBatchNorm2d() {
	norm := nn.NewBatchNorm2d(3, nn.BatchNormOptions{})
	fmt.Println(norm, norm.Forward(dl.Rand(4, 3, 8, 8)).Shape(), nn.NumParams(norm))
	// Output: BatchNorm2d(3) [4 3 8 8] 6
}

func ExampleNewLayerNorm() {
	norm := nn.NewLayerNorm(3)
	fmt.Printf("%.2f\n", norm.Forward(dl.New([][]float64{{1, 2, 3}, {10, 20, 30}})).Float32s())
	// Output: [-1.22 0.00 1.22 -1.22 0.00 1.22]
}

func ExampleNewLayerNormWith() {
	norm := nn.NewLayerNormWith([]int{4, 5}, nn.LayerNormOptions{NoBias: true})
	fmt.Println(norm, nn.NumParams(norm))
	// Output: LayerNorm(4×5) 20
}

func ExampleNewEmbedding() {
	table := nn.NewEmbedding(100, 8)
	fmt.Println(table.Forward(dl.New([][]int64{{1, 5, 2}, {7, 7, 0}})).Shape())
	// Output: [2 3 8]
}

func ExampleNewEmbeddingWith() {
	table := nn.NewEmbeddingWith(100, 4, nn.EmbeddingOptions{HasPadding: true, Padding: 0})
	fmt.Println(table.Forward(dl.New([]int64{0})).Float32s())
	// Output: [0 0 0 0]
}

func ExampleNewIdentity() {
	fmt.Println(nn.NewIdentity().Forward(dl.New([]float64{1, 2})).Float32s())
	// Output: [1 2]
}

func ExampleFunc() {
	model := nn.NewSequential(nn.Func(func(x *dl.Tensor) *dl.Tensor { return x.MulScalar(2) }), nn.NewReLU())
	fmt.Println(model.Forward(dl.New([]float64{-1, 3})).Float32s())
	// Output: [0 6]
}

func ExampleCrossEntropy() {
	scores := dl.New([][]float64{{2, 1, 0}, {0, 3, 0}})
	fmt.Printf("%.4f\n", nn.CrossEntropy(scores, dl.New([]int64{0, 1})).Item())
	// Output: 0.2513
}

func ExampleCrossEntropyWith() {
	loss := nn.CrossEntropyWith(dl.CrossEntropyOptions{LabelSmoothing: 0.1, Weight: dl.New([]float64{1, 1, 4})})
	fmt.Printf("%.4f\n", loss(dl.New([][]float64{{2, 1, 0}, {0, 3, 0}}), dl.New([]int64{0, 2})).Item())
	// Output: 2.4818
}

func ExampleMSE() {
	fmt.Println(nn.MSE(dl.New([]float64{1, 2}), dl.New([]float64{1, 4})).Item())
	// Output: 2
}

func ExampleL1() {
	fmt.Println(nn.L1(dl.New([]float64{1, 2}), dl.New([]float64{1, 4})).Item())
	// Output: 1
}

func ExampleHuber() {
	fmt.Println(nn.Huber(dl.New([]float64{1, 2}), dl.New([]float64{1, 4})).Item())
	fmt.Println(nn.HuberWith(4)(dl.New([]float64{1, 2}), dl.New([]float64{1, 4})).Item())
	// Output:
	// 0.75
	// 1
}

func ExampleSmoothL1() {
	fmt.Println(nn.SmoothL1(dl.New([]float64{1, 2}), dl.New([]float64{1, 4})).Item())
	fmt.Println(nn.SmoothL1With(0.5)(dl.New([]float64{1, 2}), dl.New([]float64{1, 4})).Item())
	// Output:
	// 0.75
	// 0.875
}

func ExampleBCEWithLogits() {
	fmt.Printf("%.4f\n", nn.BCEWithLogits(dl.New([]float64{2, -1}), dl.New([]float64{1, 0})).Item())
	// Output: 0.2201
}

func ExampleBCEWithLogitsWith() {
	loss := nn.BCEWithLogitsWith(dl.BCEOptions{PosWeight: dl.New([]float64{3})}) // a missed positive costs three times
	fmt.Printf("%.4f\n", loss(dl.New([]float64{2, -1}), dl.New([]float64{1, 0})).Item())
	// Output: 0.3470
}

func ExampleBCE() {
	fmt.Printf("%.4f\n", nn.BCE(dl.New([]float64{0.9, 0.2}), dl.New([]float64{1, 0})).Item())
	// Output: 0.1643
}

func ExampleNLL() {
	logp := dl.New([][]float64{{0.7, 0.3}, {0.1, 0.9}}).Log()
	fmt.Printf("%.4f\n", nn.NLL(logp, dl.New([]int64{0, 1})).Item())
	fmt.Printf("%.4f\n", nn.NLLWith(dl.CrossEntropyOptions{Reduction: dl.ReduceSum})(logp, dl.New([]int64{0, 1})).Item())
	// Output:
	// 0.2310
	// 0.4620
}

func ExampleKLDiv() {
	p, q := dl.New([][]float64{{0.5, 0.5}}), dl.New([][]float64{{0.9, 0.1}})
	fmt.Printf("%.4f\n", nn.KLDiv(q.Log(), p).Item())
	// Output: 0.5108
}

func ExampleState() {
	model := nn.NewSequential(nn.NewLinear(2, 2), nn.NewBatchNorm1d(2, nn.BatchNormOptions{}))
	best := nn.State(model).Clone()
	fmt.Print(best)
	nn.InitConstant(model.At(0).(*nn.Linear).Weight, 0)
	report, err := nn.LoadState(model, best, nn.LoadOptions{})
	fmt.Println(report, err)
	// Output:
	// 0.weight        float32 [2×2]
	// 0.bias          float32 [2]
	// 1.weight        float32 [2]
	// 1.bias          float32 [2]
	// 1.running_mean  float32 [2]
	// 1.running_var   float32 [2]
	// 6 loaded <nil>
}

func ExampleFreeze() {
	model := nn.NewSequential(nn.NewLinear(4, 4), nn.NewReLU(), nn.NewLinear(4, 2))
	fmt.Println(nn.Freeze(model, "0"), "parameters frozen")
	fmt.Println(nn.Summary(model, 1, 4).Trainable, "of", nn.NumParams(model), "numbers train")
	// Output:
	// 2 parameters frozen
	// 10 of 30 numbers train
}

func ExampleAddHook() {
	layer := nn.NewLinear(3, 5)
	remove := nn.AddHook(layer, func(in, out *dl.Tensor) *dl.Tensor {
		fmt.Println(in.Shape(), "→", out.Shape())
		return nil
	})
	layer.Forward(dl.Zeros(2, 3))
	remove()
	layer.Forward(dl.Zeros(2, 3))
	// Output: [2 3] → [2 5]
}

func ExampleInitOrthogonal() {
	w := nn.InitOrthogonal(dl.Zeros(2, 3), 1)
	fmt.Printf("%.3f\n", w.MatMul(w.T()).Abs().Float32s())
	// Output: [1.000 0.000 0.000 1.000]
}

func ExampleInitKaimingNormal() {
	dl.ManualSeed(1)
	w := nn.InitKaimingNormal(dl.Zeros(500, 200), nn.KaimingOptions{})
	fmt.Printf("%.2f\n", w.Std().Item())
	// Output: 0.10
}

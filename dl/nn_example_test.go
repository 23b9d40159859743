package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleLinear() {
	x := dl.New([][]float64{{1, 2}})
	w, b := dl.New([][]float64{{1, 0}, {0, 1}, {1, 1}}), dl.New([]float64{0, 0, 10})
	fmt.Println(dl.Linear(x, w, b).Float32s())
	fmt.Println(dl.LinearReLU(x, w.Neg(), b).Float32s())
	// Output:
	// [1 2 13]
	// [0 0 7]
}

func ExampleLinearReLU() {
	fmt.Println(dl.LinearReLU(dl.New([][]float64{{1, -2}}), dl.Eye(2), nil).Float32s())
	// Output: [1 0]
}

func ExampleConv2d() {
	image := dl.Arange(0, 9, 1).Reshape(1, 1, 3, 3).To(dl.Float32)
	edge := dl.New([]float64{-1, 1}).Reshape(1, 1, 1, 2) // the difference of neighbours in a row
	fmt.Println(dl.Conv2d(image, edge, nil, dl.ConvOptions{}).Float32s())
	// Output: [1 1 1 1 1 1]
}

func ExampleMaxPool2d() {
	x := dl.Arange(0, 16, 1).Reshape(1, 1, 4, 4).To(dl.Float32)
	fmt.Println(dl.MaxPool2d(x, dl.PoolOptions{Kernel: [2]int{2, 2}}).Float32s())
	// Output: [5 7 13 15]
}

func ExampleMaxPool2dIndices() {
	x := dl.New([]float64{3, 1, 2, 5}).Reshape(1, 1, 2, 2)
	v, at := dl.MaxPool2dIndices(x, dl.PoolOptions{Kernel: [2]int{2, 2}})
	fmt.Println(v.Float32s(), at.Int64s())
	// Output: [5] [3]
}

func ExampleAvgPool2d() {
	x := dl.Ones(1, 1, 2, 2)
	o := dl.PoolOptions{Kernel: [2]int{2, 2}, Padding: [2]int{1, 1}}
	fmt.Println(dl.AvgPool2d(x, o).Float32s())
	o.ExcludePadding = true
	fmt.Println(dl.AvgPool2d(x, o).Float32s())
	// Output:
	// [0.25 0.25 0.25 0.25]
	// [1 1 1 1]
}

func ExampleAdaptiveAvgPool2d() {
	x := dl.Arange(0, 16, 1).Reshape(1, 1, 4, 4).To(dl.Float32)
	fmt.Println(dl.AdaptiveAvgPool2d(x, 1, 2).Float32s())
	// Output: [6.5 8.5]
}

func ExampleTensor_Softmax() {
	fmt.Printf("%.3f\n", dl.New([]float64{1, 2, 3}).Softmax(0).Float32s())
	// Output: [0.090 0.245 0.665]
}

func ExampleTensor_LogSoftmax() {
	fmt.Printf("%.3f\n", dl.New([]float64{1000, 1000}).LogSoftmax(0).Float32s())
	// Output: [-0.693 -0.693]
}

func ExampleCrossEntropy() {
	logits := dl.New([][]float64{{2, 1, 0}, {0, 3, 0}, {9, 9, 9}})
	target := dl.New([]int64{0, 1, -100}) // the last does not count
	each := dl.CrossEntropy(logits, target, dl.CrossEntropyOptions{Reduction: dl.ReduceNone})
	fmt.Printf("%.4f\n", each.Float32s())
	fmt.Printf("%.4f\n", dl.CrossEntropy(logits, target, dl.CrossEntropyOptions{}).Item())
	// Output:
	// [0.4076 0.0949 0.0000]
	// 0.2513
}

func ExampleNLLLoss() {
	logp := dl.New([][]float64{{0.25, 0.75}}).Log()
	fmt.Printf("%.4f\n", dl.NLLLoss(logp, dl.New([]int64{1}), dl.CrossEntropyOptions{}).Item())
	// Output: 0.2877
}

func ExampleMSELoss() {
	x, y := dl.New([]float64{1, 2}), dl.New([]float64{1, 4})
	fmt.Println(dl.MSELoss(x, y, dl.ReduceMean).Item(), dl.MSELoss(x, y, dl.ReduceSum).Item(), dl.MSELoss(x, y, dl.ReduceNone).Float32s())
	// Output: 2 4 [0 4]
}

func ExampleL1Loss() {
	fmt.Println(dl.L1Loss(dl.New([]float64{1, 2}), dl.New([]float64{1, 4}), dl.ReduceMean).Item())
	// Output: 1
}

func ExampleHuberLoss() {
	x, y := dl.New([]float64{0.5, 3}), dl.New([]float64{0, 0})
	fmt.Println(dl.HuberLoss(x, y, 1, dl.ReduceNone).Float32s())
	// Output: [0.125 2.5]
}

func ExampleSmoothL1Loss() {
	x, y := dl.New([]float64{0.5, 3}), dl.New([]float64{0, 0})
	fmt.Println(dl.SmoothL1Loss(x, y, 2, dl.ReduceNone).Float32s())
	// Output: [0.0625 2]
}

func ExampleBCELoss() {
	fmt.Printf("%.4f\n", dl.BCELoss(dl.New([]float64{0.9, 0.2}), dl.New([]float64{1, 0}), dl.BCEOptions{}).Item())
	// Output: 0.1643
}

func ExampleBCEWithLogits() {
	fmt.Printf("%.4f\n", dl.BCEWithLogits(dl.New([]float64{2, -1}), dl.New([]float64{1, 0}), dl.BCEOptions{}).Item())
	// Output: 0.2201
}

func ExampleKLDiv() {
	p, q := dl.New([][]float64{{0.5, 0.5}}), dl.New([][]float64{{0.9, 0.1}})
	fmt.Printf("%.4f\n", dl.KLDiv(q.Log(), p, dl.KLDivOptions{BatchMean: true}).Item())
	// Output: 0.5108
}

func ExampleDropout() {
	y := dl.Dropout(dl.Ones(1000), 0.25, true)
	fmt.Printf("%.2f\n", y.AMax().Item()) // what is kept grows by 1/(1−0.25)
	fmt.Println(dl.Dropout(dl.Ones(3), 0.25, false).Float32s())
	// Output:
	// 1.33
	// [1 1 1]
}

func ExampleBatchNorm() {
	mean, variance := dl.Zeros(1), dl.Ones(1)
	x := dl.New([][]float64{{1}, {2}, {3}})
	y := dl.BatchNorm(x, mean, variance, nil, nil, dl.BatchNormOptions{Training: true, Momentum: 0.1, Eps: 1e-5})
	fmt.Printf("%.2f, running mean %.2f\n", y.Float32s(), mean.Item())
	// Output: [-1.22 0.00 1.22], running mean 0.20
}

func ExampleLayerNorm() {
	y := dl.LayerNorm(dl.New([][]float64{{1, 2, 3}}), []int{3}, nil, nil, 1e-5)
	fmt.Printf("%.2f\n", y.Float32s())
	// Output: [-1.22 0.00 1.22]
}

func ExampleEmbedding() {
	table := dl.New([][]float64{{0, 0}, {1, 10}, {2, 20}})
	fmt.Println(dl.Embedding(table, dl.New([]int64{2, 1, 2}), -1).Float32s())
	// Output: [2 20 1 10 2 20]
}

func ExampleTensor_GELU() {
	x := dl.New([]float64{-1, 0, 2})
	fmt.Printf("%.4f %.4f\n", x.GELU().Float32s(), x.GELUTanh().Float32s())
	// Output: [-0.1587 0.0000 1.9545] [-0.1588 0.0000 1.9546]
}

func ExampleTensor_GELUTanh() {
	fmt.Printf("%.4f\n", dl.New([]float64{-1, 1}).GELUTanh().Float32s())
	// Output: [-0.1588 0.8412]
}

func ExampleTensor_SiLU() {
	fmt.Printf("%.4f\n", dl.New([]float64{-1, 0, 2}).SiLU().Float32s())
	// Output: [-0.2689 0.0000 1.7616]
}

func ExampleTensor_LeakyReLU() {
	fmt.Println(dl.New([]float64{-4, 4}).LeakyReLU(0.25).Float32s())
	// Output: [-1 4]
}

func ExampleTensor_ELU() {
	fmt.Printf("%.4f\n", dl.New([]float64{-1, 0, 2}).ELU(1).Float32s())
	// Output: [-0.6321 0.0000 2.0000]
}

func ExampleTensor_Softplus() {
	fmt.Printf("%.4f\n", dl.New([]float64{-1, 0, 100}).Softplus().Float32s())
	// Output: [0.3133 0.6931 100.0000]
}

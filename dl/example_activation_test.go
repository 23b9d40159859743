package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleTensor_Hardtanh() {
	fmt.Println(dl.New([]float64{-3, 0.5, 3}).Hardtanh(-1, 1))
	// Output: tensor([-1.0000,  0.5000,  1.0000])
}

func ExampleTensor_ReLU6() {
	fmt.Println(dl.New([]float64{-3, 0.5, 9}).ReLU6())
	// Output: tensor([0.0000, 0.5000, 6.0000])
}

func ExampleTensor_Hardsigmoid() {
	fmt.Println(dl.New([]float64{-4, 0, 4}).Hardsigmoid())
	// Output: tensor([0.0000, 0.5000, 1.0000])
}

func ExampleTensor_Hardswish() {
	fmt.Println(dl.New([]float64{-1, 1, 4}).Hardswish())
	// Output: tensor([-0.3333,  0.6667,  4.0000])
}

func ExampleTensor_Hardshrink() {
	fmt.Println(dl.New([]float64{-1, 0.3}).Hardshrink(0.5))
	// Output: tensor([-1.,  0.])
}

func ExampleTensor_Softshrink() {
	fmt.Println(dl.New([]float64{-1, 0.3}).Softshrink(0.5))
	// Output: tensor([-0.5000,  0.0000])
}

func ExampleTensor_Threshold() {
	fmt.Println(dl.New([]float64{-1, 2}).Threshold(0, -9))
	// Output: tensor([-9.,  2.])
}

func ExampleTensor_PReLU() {
	fmt.Println(dl.New([]float64{-2, 2}).PReLU(dl.New([]float64{0.25})))
	// Output: tensor([-0.5000,  2.0000])
}

func ExampleTensor_RReLU() {
	fmt.Println(dl.New([]float64{-2, 2}).RReLU(0.1, 0.3, false))
	// Output: tensor([-0.4000,  2.0000])
}

func ExampleTensor_Softsign() {
	fmt.Println(dl.New([]float64{-3, 1}).Softsign())
	// Output: tensor([-0.7500,  0.5000])
}

func ExampleTensor_Tanhshrink() {
	fmt.Println(dl.New([]float64{-3, 1}).Tanhshrink())
	// Output: tensor([-2.0049,  0.2384])
}

func ExampleTensor_LogSigmoid() {
	fmt.Println(dl.New([]float64{-100, 0}).LogSigmoid())
	// Output: tensor([-100.0000,   -0.6931])
}

func ExampleTensor_SELU() {
	fmt.Println(dl.New([]float64{-1, 1}).SELU())
	// Output: tensor([-1.1113,  1.0507])
}

func ExampleTensor_CELU() {
	fmt.Println(dl.New([]float64{-1, 1}).CELU(2))
	// Output: tensor([-0.7869,  1.0000])
}

func ExampleTensor_Mish() {
	fmt.Println(dl.New([]float64{-1, 1}).Mish())
	// Output: tensor([-0.3034,  0.8651])
}

func ExampleTensor_GLU() {
	fmt.Println(dl.New([]float64{5, 0}).GLU(0))
	// Output: tensor([2.5000])
}

func ExampleTensor_Softmin() {
	fmt.Println(dl.New([]float64{0, 1}).Softmin(0))
	// Output: tensor([0.7311, 0.2689])
}

func ExampleTensor_GumbelSoftmax() {
	dl.ManualSeed(3)
	draw := dl.New([]float64{100, 0}).GumbelSoftmax(1, true, 0)
	fmt.Println(draw)
	// Output: tensor([1., 0.])
}

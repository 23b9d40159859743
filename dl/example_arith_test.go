package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleTensor_Tanh() {
	fmt.Println(dl.New([]float64{-1, 0, 100}).Tanh())
	// Output: tensor([-0.7616,  0.0000,  1.0000])
}

func ExampleTensor_Logit() {
	fmt.Println(dl.New([]float64{0.5, 0.9}).Logit())
	// Output: tensor([0.0000, 2.1972])
}

func ExampleTensor_Dot() {
	fmt.Println(dl.New([]float64{1, 2}).Dot(dl.New([]float64{3, 4})))
	// Output: tensor(11.)
}

func ExampleTensor_Outer() {
	fmt.Println(dl.New([]float64{1, 2}).Outer(dl.New([]float64{3, 4})))
	// Output:
	// tensor([[3., 4.],
	//         [6., 8.]])
}

func ExampleTensor_BMM() {
	a := dl.Ones(10, 2, 3)
	fmt.Println(a.BMM(dl.Ones(10, 3, 4)).Shape())
	// Output: [10 2 4]
}

func ExampleTensor_Sub() {
	fmt.Println(dl.New([]float64{5, 6}).Sub(dl.New([]float64{1, 2})))
	// Output: tensor([4., 4.])
}

func ExampleTensor_Div() {
	fmt.Println(dl.New([]float64{5, 6}).Div(dl.New([]float64{2, 4})))
	// Output: tensor([2.5000, 1.5000])
}

func ExampleTensor_AddScalar() {
	fmt.Println(dl.New([]float64{1, 2}).AddScalar(0.5))
	// Output: tensor([1.5000, 2.5000])
}

func ExampleTensor_SubScalar() {
	fmt.Println(dl.New([]float64{1, 2}).SubScalar(0.5))
	// Output: tensor([0.5000, 1.5000])
}

func ExampleTensor_RSubScalar() {
	fmt.Println(dl.New([]float64{1, 2}).RSubScalar(10)) // 10 - t
	// Output: tensor([9., 8.])
}

func ExampleTensor_MulScalar() {
	fmt.Println(dl.New([]float64{1, 2}).MulScalar(3))
	// Output: tensor([3., 6.])
}

func ExampleTensor_DivScalar() {
	fmt.Println(dl.New([]float64{1, 2}).DivScalar(4))
	// Output: tensor([0.2500, 0.5000])
}

func ExampleTensor_RDivScalar() {
	fmt.Println(dl.New([]float64{1, 2}).RDivScalar(4)) // 4 / t
	// Output: tensor([4., 2.])
}

func ExampleTensor_Neg() {
	fmt.Println(dl.New([]float64{1, -2}).Neg())
	// Output: tensor([-1.,  2.])
}

func ExampleTensor_PowTensor() {
	fmt.Println(dl.New([]float64{2, 3}).PowTensor(dl.New([]float64{3, 2})))
	// Output: tensor([8., 9.])
}

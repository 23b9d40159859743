package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleTensor_AddScaledInPlace() {
	x := dl.Ones(2)
	x.AddScaledInPlace(dl.New([]float64{1, 2}), -0.1)
	fmt.Println(x)
	// Output: tensor([0.9000, 0.8000])
}

func ExampleTensor_SubInPlace() {
	x := dl.Ones(2)
	x.SubInPlace(dl.New([]float64{1, 2}))
	fmt.Println(x)
	// Output: tensor([ 0., -1.])
}

func ExampleTensor_MulInPlace() {
	x := dl.Full(3, 2)
	x.MulInPlace(dl.New([]float64{1, 2}))
	fmt.Println(x)
	// Output: tensor([3., 6.])
}

func ExampleTensor_DivInPlace() {
	x := dl.Full(3, 2)
	x.DivInPlace(dl.New([]float64{1, 2}))
	fmt.Println(x)
	// Output: tensor([3.0000, 1.5000])
}

func ExampleTensor_AddScalarInPlace() {
	x := dl.Ones(2)
	x.AddScalarInPlace(1)
	fmt.Println(x)
	// Output: tensor([2., 2.])
}

func ExampleTensor_SubScalarInPlace() {
	x := dl.Ones(2)
	x.SubScalarInPlace(3)
	fmt.Println(x)
	// Output: tensor([-2., -2.])
}

func ExampleTensor_MulScalarInPlace() {
	x := dl.Ones(2)
	x.MulScalarInPlace(3)
	fmt.Println(x)
	// Output: tensor([3., 3.])
}

func ExampleTensor_DivScalarInPlace() {
	x := dl.Ones(2)
	x.DivScalarInPlace(4)
	fmt.Println(x)
	// Output: tensor([0.2500, 0.2500])
}

func ExampleTensor_ClampInPlace() {
	x := dl.New([]float64{-5, 5})
	x.ClampInPlace(-1, 1)
	fmt.Println(x)
	// Output: tensor([-1.,  1.])
}

func ExampleTensor_ReLUInPlace() {
	x := dl.New([]float64{-5, 5})
	x.ReLUInPlace()
	fmt.Println(x)
	// Output: tensor([0., 5.])
}

func ExampleTensor_MaskedFillInPlace() {
	x := dl.New([]float64{-5, 5})
	x.MaskedFillInPlace(x.LtScalar(0), 9)
	fmt.Println(x)
	// Output: tensor([9., 5.])
}

func ExampleTensor_NegInPlace() {
	x := dl.New([]float64{-5, 5})
	x.NegInPlace()
	fmt.Println(x)
	// Output: tensor([ 5., -5.])
}

func ExampleTensor_AbsInPlace() {
	x := dl.New([]float64{-5, 5})
	x.AbsInPlace()
	fmt.Println(x)
	// Output: tensor([5., 5.])
}

func ExampleTensor_ExpInPlace() {
	x := dl.Zeros(2)
	x.ExpInPlace()
	fmt.Println(x)
	// Output: tensor([1., 1.])
}

func ExampleTensor_LogInPlace() {
	x := dl.Ones(2)
	x.LogInPlace()
	fmt.Println(x)
	// Output: tensor([0., 0.])
}

func ExampleTensor_SqrtInPlace() {
	x := dl.Full(9, 2)
	x.SqrtInPlace()
	fmt.Println(x)
	// Output: tensor([3., 3.])
}

func ExampleTensor_TanhInPlace() {
	x := dl.Zeros(2)
	x.TanhInPlace()
	fmt.Println(x)
	// Output: tensor([0., 0.])
}

func ExampleTensor_SigmoidInPlace() {
	x := dl.Zeros(2)
	x.SigmoidInPlace()
	fmt.Println(x)
	// Output: tensor([0.5000, 0.5000])
}

func ExampleTensor_PowInPlace() {
	x := dl.Full(3, 2)
	x.PowInPlace(2)
	fmt.Println(x)
	// Output: tensor([9., 9.])
}

func ExampleTensor_ScatterInPlace() {
	x := dl.Zeros(3)
	x.ScatterInPlace(0, dl.New([]int{2}), dl.New([]float64{7}))
	fmt.Println(x)
	// Output: tensor([0., 0., 7.])
}

func ExampleTensor_ScatterAddInPlace() {
	x := dl.Ones(3)
	x.ScatterAddInPlace(0, dl.New([]int{2, 2}), dl.New([]float64{7, 1}))
	fmt.Println(x)
	// Output: tensor([1., 1., 9.])
}

func ExampleTensor_IndexAddInPlace() {
	x := dl.Ones(2, 2)
	x.IndexAddInPlace(0, dl.New([]int{1}), dl.Ones(1, 2))
	fmt.Println(x)
	// Output:
	// tensor([[1., 1.],
	//         [2., 2.]])
}

func ExampleTensor_CopyFrom() {
	x := dl.Zeros(2, 2)
	x.Select(0, 1).CopyFrom(dl.New([]float64{5, 6}))
	fmt.Println(x)
	// Output:
	// tensor([[0., 0.],
	//         [5., 6.]])
}

func ExampleTensor_Fill() {
	x := dl.Zeros(2)
	x.Fill(3)
	fmt.Println(x)
	// Output: tensor([3., 3.])
}

func ExampleTensor_Zero() {
	x := dl.Ones(2)
	x.Zero()
	fmt.Println(x)
	// Output: tensor([0., 0.])
}

func ExampleTensor_Free() {
	x := dl.Ones(256, 256)
	total := 0.0
	for i := range 10 {
		y := x.MulScalar(float64(i)) // every round in the same memory
		total += y.Mean().Item()
		y.Free()
	}
	fmt.Println(total)
	// Output: 45
}

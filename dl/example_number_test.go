package dl_test

import (
	"fmt"
	"math"

	"descent/dl"
)

func ExampleTensor_Maximum() {
	fmt.Println(dl.New([]float64{1, 5}).Maximum(dl.New([]float64{3, 3})))
	// Output: tensor([3., 5.])
}

func ExampleTensor_Minimum() {
	fmt.Println(dl.New([]float64{1, 5}).Minimum(dl.New([]float64{3, 3})))
	// Output: tensor([1., 3.])
}

func ExampleTensor_FMax() {
	nan := math.NaN()
	fmt.Println(dl.New([]float64{nan, 5}).FMax(dl.New([]float64{3, nan})))
	// Output: tensor([3., 5.])
}

func ExampleTensor_FMin() {
	nan := math.NaN()
	fmt.Println(dl.New([]float64{nan, 5}).FMin(dl.New([]float64{3, nan})))
	// Output: tensor([3., 5.])
}

func ExampleTensor_ClampTensor() {
	x := dl.New([]float64{-1, 5})
	fmt.Println(x.ClampTensor(dl.New([]float64{0, 0}), dl.New([]float64{1, 2})))
	// Output: tensor([0., 2.])
}

func ExampleTensor_MinMax() {
	low, high := dl.New([]float64{3, -1, 2}).MinMax()
	fmt.Println(low, high)
	// Output: -1 3
}

func ExampleTensor_Abs() {
	fmt.Println(dl.New([]float64{-1.5, 2}).Abs())
	// Output: tensor([1.5000, 2.0000])
}

func ExampleTensor_Sign() {
	fmt.Println(dl.New([]float64{-1.5, 0, 2}).Sign())
	// Output: tensor([-1.,  0.,  1.])
}

func ExampleTensor_Floor() {
	fmt.Println(dl.New([]float64{-1.5, 1.5}).Floor())
	// Output: tensor([-2.,  1.])
}

func ExampleTensor_Ceil() {
	fmt.Println(dl.New([]float64{-1.5, 1.5}).Ceil())
	// Output: tensor([-1.,  2.])
}

func ExampleTensor_Round() {
	fmt.Println(dl.New([]float64{0.5, 1.5, 2.4}).Round())
	// Output: tensor([0., 2., 2.])
}

func ExampleTensor_Trunc() {
	fmt.Println(dl.New([]float64{-1.5, 1.5}).Trunc())
	// Output: tensor([-1.,  1.])
}

func ExampleTensor_Frac() {
	fmt.Println(dl.New([]float64{-1.5, 1.25}).Frac())
	// Output: tensor([-0.5000,  0.2500])
}

func ExampleTensor_BitAnd() {
	fmt.Println(dl.New([]int{6}).BitAnd(dl.New([]int{3})))
	// Output: tensor([2])
}

func ExampleTensor_BitOr() {
	fmt.Println(dl.New([]int{6}).BitOr(dl.New([]int{3})))
	// Output: tensor([7])
}

func ExampleTensor_BitXor() {
	fmt.Println(dl.New([]int{6}).BitXor(dl.New([]int{3})))
	// Output: tensor([5])
}

func ExampleTensor_BitNot() {
	fmt.Println(dl.New([]int{6}).BitNot())
	// Output: tensor([-7])
}

func ExampleTensor_ShiftLeft() {
	fmt.Println(dl.New([]int{3}).ShiftLeft(dl.New([]int{2})))
	// Output: tensor([12])
}

func ExampleTensor_ShiftRight() {
	fmt.Println(dl.New([]int{12}).ShiftRight(dl.New([]int{2})))
	// Output: tensor([3])
}

func ExampleTensor_GCD() {
	fmt.Println(dl.New([]int{12, 7}).GCD(dl.New([]int{18, 21})))
	// Output: tensor([6, 7])
}

func ExampleTensor_LCM() {
	fmt.Println(dl.New([]int{12, 7}).LCM(dl.New([]int{18, 21})))
	// Output: tensor([36, 21])
}

func ExampleTensor_Where() {
	x := dl.New([]float64{-1, 2})
	fmt.Println(x.Where(x.GtScalar(0), dl.Zeros(2)))
	// Output: tensor([0., 2.])
}

func ExampleTensor_Float() {
	fmt.Println(dl.New([]int{1, 2}).Float())
	// Output: tensor([1., 2.])
}

func ExampleTensor_Double() {
	fmt.Println(dl.New([]float32{1.5}).Double())
	// Output: tensor([1.5000], dtype=float64)
}

func ExampleTensor_Long() {
	fmt.Println(dl.New([]float64{1.7}).Long())
	// Output: tensor([1])
}

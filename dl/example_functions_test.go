package dl_test

import (
	"fmt"
	"math"

	"descent/dl"
)

func ExampleTensor_Exp() {
	fmt.Println(dl.New([]float64{0, 1}).Exp())
	// Output: tensor([1.0000, 2.7183])
}

func ExampleTensor_Log() {
	fmt.Println(dl.New([]float64{1, 2}).Log())
	// Output: tensor([0.0000, 0.6931])
}

func ExampleTensor_Sqrt() {
	fmt.Println(dl.New([]float64{4, 9}).Sqrt())
	// Output: tensor([2., 3.])
}

func ExampleTensor_Rsqrt() {
	fmt.Println(dl.New([]float64{4, 16}).Rsqrt())
	// Output: tensor([0.5000, 0.2500])
}

func ExampleTensor_Reciprocal() {
	fmt.Println(dl.New([]float64{4, 2}).Reciprocal())
	// Output: tensor([0.2500, 0.5000])
}

func ExampleTensor_Square() {
	fmt.Println(dl.New([]float64{-3, 2}).Square())
	// Output: tensor([9., 4.])
}

func ExampleTensor_Cbrt() {
	fmt.Println(dl.New([]float64{-8, 27}).Cbrt())
	// Output: tensor([-2.,  3.])
}

func ExampleTensor_Expm1() {
	fmt.Println(dl.New([]float64{1e-7}).Expm1())
	// Output: tensor([1.0000e-07])
}

func ExampleTensor_Log1p() {
	fmt.Println(dl.New([]float64{1e-7}).Log1p())
	// Output: tensor([1.0000e-07])
}

func ExampleTensor_Exp2() {
	fmt.Println(dl.New([]float64{3, 10}).Exp2())
	// Output: tensor([   8., 1024.])
}

func ExampleTensor_Log2() {
	fmt.Println(dl.New([]float64{8, 1024}).Log2())
	// Output: tensor([ 3., 10.])
}

func ExampleTensor_Log10() {
	fmt.Println(dl.New([]float64{10, 1000}).Log10())
	// Output: tensor([1., 3.])
}

func ExampleTensor_Sin() {
	fmt.Println(dl.New([]float64{0, math.Pi / 2}).Sin())
	// Output: tensor([0., 1.])
}

func ExampleTensor_Cos() {
	fmt.Println(dl.New([]float64{0, math.Pi}).Cos())
	// Output: tensor([ 1., -1.])
}

func ExampleTensor_Tan() {
	fmt.Println(dl.New([]float64{0, math.Pi / 4}).Tan())
	// Output: tensor([0., 1.])
}

func ExampleTensor_Asin() {
	fmt.Println(dl.New([]float64{0, 1}).Asin())
	// Output: tensor([0.0000, 1.5708])
}

func ExampleTensor_Acos() {
	fmt.Println(dl.New([]float64{0, 1}).Acos())
	// Output: tensor([1.5708, 0.0000])
}

func ExampleTensor_Atan() {
	fmt.Println(dl.New([]float64{0, 1}).Atan())
	// Output: tensor([0.0000, 0.7854])
}

func ExampleTensor_Sinh() {
	fmt.Println(dl.New([]float64{0, 1}).Sinh())
	// Output: tensor([0.0000, 1.1752])
}

func ExampleTensor_Cosh() {
	fmt.Println(dl.New([]float64{0, 1}).Cosh())
	// Output: tensor([1.0000, 1.5431])
}

func ExampleTensor_Asinh() {
	fmt.Println(dl.New([]float64{0, 1}).Asinh())
	// Output: tensor([0.0000, 0.8814])
}

func ExampleTensor_Acosh() {
	fmt.Println(dl.New([]float64{1, 2}).Acosh())
	// Output: tensor([0.0000, 1.3170])
}

func ExampleTensor_Atanh() {
	fmt.Println(dl.New([]float64{0, 0.5}).Atanh())
	// Output: tensor([0.0000, 0.5493])
}

func ExampleTensor_Atan2() {
	fmt.Println(dl.New([]float64{1, -1}).Atan2(dl.New([]float64{-1, -1})))
	// Output: tensor([ 2.3562, -2.3562])
}

func ExampleTensor_Hypot() {
	fmt.Println(dl.New([]float64{3}).Hypot(dl.New([]float64{4})))
	// Output: tensor([5.])
}

func ExampleTensor_Deg2Rad() {
	fmt.Println(dl.New([]float64{180}).Deg2Rad())
	// Output: tensor([3.1416])
}

func ExampleTensor_Rad2Deg() {
	fmt.Println(dl.New([]float64{math.Pi}).Rad2Deg())
	// Output: tensor([180.])
}

func ExampleTensor_Remainder() {
	fmt.Println(dl.New([]float64{-7, 7}).Remainder(dl.New([]float64{3, 3})))
	// Output: tensor([2., 1.])
}

func ExampleTensor_Fmod() {
	fmt.Println(dl.New([]float64{-7, 7}).Fmod(dl.New([]float64{3, 3})))
	// Output: tensor([-1.,  1.])
}

func ExampleTensor_FloorDiv() {
	fmt.Println(dl.New([]int{-7, 7}).FloorDiv(dl.New([]int{3, 3})))
	// Output: tensor([-3,  2])
}

func ExampleTensor_CopySign() {
	fmt.Println(dl.New([]float64{1, 2}).CopySign(dl.New([]float64{-1, 1})))
	// Output: tensor([-1.,  2.])
}

func ExampleTensor_Heaviside() {
	fmt.Println(dl.New([]float64{-1, 0, 1}).Heaviside(dl.New([]float64{0.5})))
	// Output: tensor([0.0000, 0.5000, 1.0000])
}

func ExampleTensor_NanToNum() {
	fmt.Println(dl.New([]float64{math.NaN(), math.Inf(1)}).NanToNum(0, 9, -9))
	// Output: tensor([0., 9.])
}

func ExampleTensor_AddCMul() {
	fmt.Println(dl.Ones(2).AddCMul(dl.New([]float64{1, 2}), dl.New([]float64{3, 4}), 10))
	// Output: tensor([31., 81.])
}

func ExampleTensor_AddCDiv() {
	fmt.Println(dl.Ones(2).AddCDiv(dl.New([]float64{1, 2}), dl.New([]float64{2, 4}), 10))
	// Output: tensor([6., 6.])
}

func ExampleTensor_Lerp() {
	fmt.Println(dl.Zeros(2).Lerp(dl.New([]float64{10, 20}), 0.5))
	// Output: tensor([ 5., 10.])
}

func ExampleTensor_ClampMin() {
	fmt.Println(dl.New([]float64{-1, 2}).ClampMin(0))
	// Output: tensor([0., 2.])
}

func ExampleTensor_ClampMax() {
	fmt.Println(dl.New([]float64{-1, 2}).ClampMax(0))
	// Output: tensor([-1.,  0.])
}

func ExampleTensor_Diff() {
	fmt.Println(dl.New([]float64{1, 4, 9}).Diff(1, 0))
	// Output: tensor([3., 5.])
}

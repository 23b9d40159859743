package dl_test

import (
	"fmt"
	"math"

	"descent/dl"
)

func ExampleTensor_At() {
	fmt.Println(dl.New([][]float64{{1, 2}, {3, 4}}).At(1, 0))
	// Output: 3
}

func ExampleTensor_SetAt() {
	x := dl.Zeros(2, 2)
	x.SetAt(5, 0, 1)
	fmt.Println(x)
	// Output:
	// tensor([[0., 5.],
	//         [0., 0.]])
}

func ExampleTensor_Item() {
	fmt.Println(dl.New([]float64{1, 2}).Sum().Item())
	// Output: 3
}

func ExampleTensor_Float32s() {
	fmt.Println(dl.New([]float64{1, 2.5}).Float32s())
	// Output: [1 2.5]
}

func ExampleTensor_Float64s() {
	fmt.Println(dl.New([]float64{1, 2.5}).Float64s())
	// Output: [1 2.5]
}

func ExampleTensor_Int64s() {
	fmt.Println(dl.New([]int{1, 2}).Int64s())
	// Output: [1 2]
}

func ExampleTensor_Int32s() {
	fmt.Println(dl.New([]int{1, 2}).To(dl.Int32).Int32s())
	// Output: [1 2]
}

func ExampleTensor_Uint8s() {
	fmt.Println(dl.New([]int{1, 255}).To(dl.Uint8).Uint8s())
	// Output: [1 255]
}

func ExampleTensor_Bools() {
	fmt.Println(dl.New([]float64{1, 2}).GtScalar(1).Bools())
	// Output: [false true]
}

func ExampleTensor_Bits() {
	fmt.Printf("%#x\n", dl.New([]float64{1}).To(dl.BFloat16).Bits())
	// Output: [0x3f80]
}

func ExampleTensor_CumProd() {
	fmt.Println(dl.New([]int{1, 2, 3, 4}).CumProd(0))
	// Output: tensor([ 1,  2,  6, 24])
}

func ExampleTensor_CumMax() {
	v, at := dl.New([]float64{1, 3, 2}).CumMax(0)
	fmt.Println(v, at)
	// Output: tensor([1., 3., 3.]) tensor([0, 1, 1])
}

func ExampleTensor_CumMin() {
	v, at := dl.New([]float64{2, 3, 1}).CumMin(0)
	fmt.Println(v, at)
	// Output: tensor([2., 2., 1.]) tensor([0, 0, 2])
}

func ExampleTensor_Prod() {
	fmt.Println(dl.New([]float64{2, 3, 4}).Prod())
	// Output: tensor(24.)
}

func ExampleTensor_Eq() {
	fmt.Println(dl.New([]int{1, 2}).Eq(dl.New([]int{1, 3})))
	// Output: tensor([ true, false])
}

func ExampleTensor_Ne() {
	fmt.Println(dl.New([]int{1, 2}).Ne(dl.New([]int{1, 3})))
	// Output: tensor([false,  true])
}

func ExampleTensor_Lt() {
	fmt.Println(dl.New([]int{1, 2}).Lt(dl.New([]int{1, 3})))
	// Output: tensor([false,  true])
}

func ExampleTensor_Le() {
	fmt.Println(dl.New([]int{1, 2}).Le(dl.New([]int{1, 1})))
	// Output: tensor([ true, false])
}

func ExampleTensor_Ge() {
	fmt.Println(dl.New([]int{1, 2}).Ge(dl.New([]int{2, 2})))
	// Output: tensor([false,  true])
}

func ExampleTensor_EqScalar() {
	fmt.Println(dl.New([]int{1, 2}).EqScalar(2))
	// Output: tensor([false,  true])
}

func ExampleTensor_NeScalar() {
	fmt.Println(dl.New([]int{1, 2}).NeScalar(2))
	// Output: tensor([ true, false])
}

func ExampleTensor_LtScalar() {
	fmt.Println(dl.New([]int{1, 2}).LtScalar(2))
	// Output: tensor([ true, false])
}

func ExampleTensor_LeScalar() {
	fmt.Println(dl.New([]int{1, 2}).LeScalar(1))
	// Output: tensor([ true, false])
}

func ExampleTensor_GtScalar() {
	fmt.Println(dl.New([]int{1, 2}).GtScalar(1))
	// Output: tensor([false,  true])
}

func ExampleTensor_GeScalar() {
	fmt.Println(dl.New([]int{1, 2}).GeScalar(2))
	// Output: tensor([false,  true])
}

func ExampleTensor_IsNaN() {
	fmt.Println(dl.New([]float64{1, math.NaN()}).IsNaN())
	// Output: tensor([false,  true])
}

func ExampleTensor_IsInf() {
	fmt.Println(dl.New([]float64{1, math.Inf(-1)}).IsInf())
	// Output: tensor([false,  true])
}

func ExampleTensor_IsFinite() {
	fmt.Println(dl.New([]float64{1, math.Inf(-1), math.NaN()}).IsFinite())
	// Output: tensor([ true, false, false])
}

func ExampleTensor_And() {
	x := dl.Arange(0, 4, 1)
	fmt.Println(x.GtScalar(0).And(x.LtScalar(3)))
	// Output: tensor([false,  true,  true, false])
}

func ExampleTensor_Or() {
	x := dl.Arange(0, 4, 1)
	fmt.Println(x.LtScalar(1).Or(x.GtScalar(2)))
	// Output: tensor([ true, false, false,  true])
}

func ExampleTensor_Xor() {
	fmt.Println(dl.New([]bool{true, true}).Xor(dl.New([]bool{true, false})))
	// Output: tensor([false,  true])
}

func ExampleTensor_Not() {
	fmt.Println(dl.New([]bool{true, false}).Not())
	// Output: tensor([false,  true])
}

func ExampleEqual() {
	fmt.Println(dl.Equal(dl.Ones(2), dl.Ones(2)), dl.Equal(dl.Ones(2), dl.Ones(3)))
	// Output: true false
}

func ExampleTensor_Equal() {
	fmt.Println(dl.Ones(2).Equal(dl.Zeros(2)))
	// Output: false
}

func ExampleTensor_AllClose() {
	x := dl.New([]float64{1, 2})
	fmt.Println(x.AllClose(x.AddScalar(1e-6), 1e-5, 0))
	// Output: true
}

func ExampleTensor_IsClose() {
	x := dl.New([]float64{1, 2})
	fmt.Println(x.IsClose(dl.New([]float64{1, 2.1}), 1e-5, 1e-8))
	// Output: tensor([ true, false])
}

func ExampleAllClose() {
	x := dl.New([]float64{1, 2})
	fmt.Println(dl.AllClose(x, x.MulScalar(1.001), 1e-5, 1e-8))
	// Output: false
}

func ExampleTensor_All() {
	fmt.Println(dl.New([]bool{true, false}).All())
	// Output: tensor(false)
}

func ExampleTensor_Any() {
	fmt.Println(dl.New([][]bool{{true, false}, {false, false}}).Any(1))
	// Output: tensor([ true, false])
}

func ExampleTensor_CountNonzero() {
	fmt.Println(dl.New([]int{0, 3, 0, 1}).CountNonzero())
	// Output: tensor(2)
}

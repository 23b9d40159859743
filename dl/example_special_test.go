package dl_test

import (
	"fmt"
	"math"

	"descent/dl"
)

func ExampleTensor_Erf() {
	fmt.Println(dl.New([]float64{0, 1}).Erf())
	// Output: tensor([0.0000, 0.8427])
}

func ExampleTensor_Erfc() {
	fmt.Println(dl.New([]float64{0, 1}).Erfc())
	// Output: tensor([1.0000, 0.1573])
}

func ExampleTensor_Erfinv() {
	fmt.Println(dl.New([]float64{0, 0.5}).Erfinv())
	// Output: tensor([0.0000, 0.4769])
}

func ExampleTensor_Erfcx() {
	fmt.Println(dl.New([]float64{0, 50}).Erfcx())
	// Output: tensor([1.0000, 0.0113])
}

func ExampleTensor_LGamma() {
	fmt.Println(dl.New([]float64{1, 5}).LGamma().Exp()) // 0! and 4!
	// Output: tensor([ 1., 24.])
}

func ExampleTensor_Digamma() {
	fmt.Println(dl.New([]float64{1}).Digamma()) // minus Euler's constant
	// Output: tensor([-0.5772])
}

func ExampleTensor_Polygamma() {
	fmt.Println(dl.New([]float64{1}).Polygamma(1)) // π²/6
	// Output: tensor([1.6449])
}

func ExampleTensor_MvLGamma() {
	fmt.Println(dl.New([]float64{2}).MvLGamma(2))
	// Output: tensor([0.4516])
}

func ExampleTensor_IGamma() {
	fmt.Println(dl.New([]float64{1}).IGamma(dl.New([]float64{1}))) // 1 - 1/e
	// Output: tensor([0.6321])
}

func ExampleTensor_IGammaC() {
	fmt.Println(dl.New([]float64{1}).IGammaC(dl.New([]float64{1})))
	// Output: tensor([0.3679])
}

func ExampleTensor_I0() {
	fmt.Println(dl.New([]float64{0, 1}).I0())
	// Output: tensor([1.0000, 1.2661])
}

func ExampleTensor_I1() {
	fmt.Println(dl.New([]float64{0, 1}).I1())
	// Output: tensor([0.0000, 0.5652])
}

func ExampleTensor_I0e() {
	fmt.Println(dl.New([]float64{1, 1000}).I0e())
	// Output: tensor([0.4658, 0.0126])
}

func ExampleTensor_I1e() {
	fmt.Println(dl.New([]float64{1, 1000}).I1e())
	// Output: tensor([0.2079, 0.0126])
}

func ExampleTensor_Ndtr() {
	fmt.Println(dl.New([]float64{0, 1.96}).Ndtr())
	// Output: tensor([0.5000, 0.9750])
}

func ExampleTensor_LogNdtr() {
	fmt.Println(dl.New([]float64{0, -40}).LogNdtr())
	// Output: tensor([-6.9315e-01, -8.0461e+02])
}

func ExampleTensor_Ndtri() {
	fmt.Println(dl.New([]float64{0.5, 0.975}).Ndtri())
	// Output: tensor([0.0000, 1.9600])
}

func ExampleTensor_Entr() {
	fmt.Println(dl.New([]float64{0, 0.5}).Entr().Sum())
	// Output: tensor(0.3466)
}

func ExampleTensor_Sinc() {
	fmt.Println(dl.New([]float64{0, 0.5}).Sinc())
	// Output: tensor([1.0000, 0.6366])
}

func ExampleTensor_Xlogy() {
	fmt.Println(dl.New([]float64{0, 2}).Xlogy(dl.New([]float64{0, math.E})))
	// Output: tensor([0.0000, 2.0000])
}

func ExampleTensor_Xlog1py() {
	fmt.Println(dl.New([]float64{0, 2}).Xlog1py(dl.New([]float64{-1, 1e-9})))
	// Output: tensor([0.0000e+00, 2.0000e-09])
}

func ExampleTensor_LogAddExp() {
	x := dl.New([]float64{1000})
	fmt.Println(x.LogAddExp(x))
	// Output: tensor([1000.6932])
}

func ExampleTensor_LogAddExp2() {
	x := dl.New([]float64{1000})
	fmt.Println(x.LogAddExp2(x))
	// Output: tensor([1001.])
}

func ExampleTensor_LogCumSumExp() {
	fmt.Println(dl.Zeros(3).LogCumSumExp(0).Exp())
	// Output: tensor([1., 2., 3.])
}

func ExampleTensor_Frexp() {
	m, e := dl.New([]float64{8, 0.3}).Frexp()
	fmt.Println(m, e)
	// Output: tensor([0.5000, 0.6000]) tensor([ 4, -1], dtype=int32)
}

func ExampleTensor_Ldexp() {
	fmt.Println(dl.New([]float64{1.5}).Ldexp(dl.New([]int{4})))
	// Output: tensor([24.])
}

func ExampleTensor_NextAfter() {
	x := dl.New([]float64{1})
	fmt.Println(x.NextAfter(dl.New([]float64{2})).Sub(x).Item() == 0x1p-23) // float32's step at 1
	// Output: true
}

func ExampleTensor_SignBit() {
	fmt.Println(dl.New([]float64{-1, 0, 2}).SignBit())
	// Output: tensor([ true, false, false])
}

func ExampleTensor_IsPosInf() {
	fmt.Println(dl.New([]float64{math.Inf(1), math.Inf(-1)}).IsPosInf())
	// Output: tensor([ true, false])
}

func ExampleTensor_IsNegInf() {
	fmt.Println(dl.New([]float64{math.Inf(1), math.Inf(-1)}).IsNegInf())
	// Output: tensor([false,  true])
}

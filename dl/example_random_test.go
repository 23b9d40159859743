package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleHannWindow() {
	fmt.Println(dl.HannWindow(4, false))
	// Output: tensor([0.0000, 0.5000, 1.0000, 0.5000])
}

func ExampleHammingWindow() {
	fmt.Println(dl.HammingWindow(3, true))
	// Output: tensor([0.0800, 1.0000, 0.0800])
}

func ExampleBlackmanWindow() {
	fmt.Println(dl.BlackmanWindow(5, true).Narrow(0, 1, 3))
	// Output: tensor([0.3400, 1.0000, 0.3400])
}

func ExampleBartlettWindow() {
	fmt.Println(dl.BartlettWindow(5, true))
	// Output: tensor([0.0000, 0.5000, 1.0000, 0.5000, 0.0000])
}

func ExampleKaiserWindow() {
	fmt.Println(dl.KaiserWindow(3, true, 12))
	// Output: tensor([5.2773e-05, 1.0000e+00, 5.2773e-05])
}

func ExampleRand() {
	x := dl.Rand(1000)
	fmt.Println(x.GeScalar(0).And(x.LtScalar(1)).All())
	// Output: tensor(true)
}

func ExampleRandn() {
	dl.ManualSeed(0)
	fmt.Printf("%.1f\n", dl.Randn(10_000).Std().Item())
	// Output: 1.0
}

func ExampleRandInt() {
	x := dl.RandInt(3, 5, 100)
	values, _, _ := x.Unique()
	fmt.Println(values)
	// Output: tensor([3, 4])
}

func ExampleRandPerm() {
	v, _ := dl.RandPerm(5).Sort(0, false)
	fmt.Println(v)
	// Output: tensor([0, 1, 2, 3, 4])
}

func ExampleRandLike() {
	fmt.Println(dl.RandLike(dl.Zeros(2, 3)).Shape())
	// Output: [2 3]
}

func ExampleRandnLike() {
	fmt.Println(dl.RandnLike(dl.ZerosOf(dl.Float64, 2)).DType())
	// Output: float64
}

func ExampleTensor_UniformInPlace() {
	x := dl.Zeros(100)
	x.UniformInPlace(2, 3)
	fmt.Println(x.GeScalar(2).All())
	// Output: tensor(true)
}

func ExampleTensor_NormalInPlace() {
	dl.ManualSeed(0)
	x := dl.Zeros(10_000)
	x.NormalInPlace(5, 0.1)
	fmt.Printf("%.1f\n", x.Mean().Item())
	// Output: 5.0
}

func ExampleTensor_Bernoulli() {
	fmt.Println(dl.New([]float64{0, 1}).Bernoulli())
	// Output: tensor([0., 1.])
}

func ExampleNewGenerator() {
	a, b := dl.NewGenerator(7, dl.StreamUser), dl.NewGenerator(7, dl.StreamUser)
	fmt.Println(a.Randn(3).Equal(b.Randn(3)))
	// Output: true
}

func ExampleDefaultGenerator() {
	dl.ManualSeed(3)
	fmt.Println(dl.DefaultGenerator(dl.StreamDropout).Seed())
	// Output: 3
}

package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleTensor_RequiresGrad() {
	w := dl.NewParameter(dl.Ones(2))
	fmt.Println(w.RequiresGrad(), w.Detach().RequiresGrad())
	// Output: true false
}

func ExampleTensor_SetRequiresGrad() {
	x := dl.New([]float64{2}).SetRequiresGrad(true)
	x.Square().Backward()
	fmt.Println(x.Grad())
	// Output: tensor([4.])
}

func ExampleNewParameter() {
	w := dl.NewParameter(dl.Zeros(2))
	fmt.Println(w.IsParameter(), w)
	// Output: true tensor([0., 0.], requires_grad=true)
}

func ExampleTensor_IsParameter() {
	fmt.Println(dl.Ones(1).IsParameter(), dl.NewParameter(dl.Ones(1)).IsParameter())
	// Output: false true
}

func ExampleTensor_IsLeaf() {
	w := dl.NewParameter(dl.Ones(2))
	fmt.Println(w.IsLeaf(), w.Exp().IsLeaf())
	// Output: true false
}

func ExampleTensor_Grad() {
	w := dl.NewParameter(dl.New([]float64{1, 2}))
	w.Square().Sum().Backward()
	fmt.Println(w.Grad())
	// Output: tensor([2., 4.])
}

func ExampleTensor_SetGrad() {
	w := dl.NewParameter(dl.Zeros(2))
	w.SetGrad(dl.Ones(2))
	fmt.Println(w.Grad())
	// Output: tensor([1., 1.])
}

func ExampleTensor_ZeroGrad() {
	w := dl.NewParameter(dl.Ones(1))
	w.Sum().Backward()
	w.ZeroGrad()
	fmt.Println(w.Grad() == nil)
	// Output: true
}

func ExampleTensor_RetainGrad() {
	x := dl.New([]float64{3}).SetRequiresGrad(true)
	y := x.MulScalar(2).RetainGrad()
	y.Square().Sum().Backward()
	fmt.Println(y.Grad())
	// Output: tensor([12.])
}

func ExampleTensor_GradFn() {
	x := dl.Ones(1).SetRequiresGrad(true)
	fmt.Printf("%q %q\n", x.Exp().GradFn(), x.GradFn())
	// Output: "exp" ""
}

func ExampleTensor_BackwardWith() {
	x := dl.New([]float64{1, 2}).SetRequiresGrad(true)
	x.Square().BackwardWith(dl.New([]float64{1, 10}))
	fmt.Println(x.Grad())
	// Output: tensor([ 2., 40.])
}

func ExampleTensor_BackwardKeep() {
	x := dl.New([]float64{3}).SetRequiresGrad(true)
	y := x.Square().Sum()
	y.BackwardKeep()
	y.Backward() // a second pass adds up
	fmt.Println(x.Grad())
	// Output: tensor([12.])
}

func ExampleSetPrintOptions() {
	dl.SetPrintOptions(dl.PrintOptions{Precision: 2})
	fmt.Println(dl.New([]float64{1.23456}))
	dl.SetPrintOptions(dl.PrintOptions{})
	// Output: tensor([1.23])
}

func ExampleTensor_String() {
	fmt.Println(dl.New([]int{1, 2}).String())
	// Output: tensor([1, 2])
}

func ExampleTensor_Format() {
	x := dl.New([]float64{0.123456})
	fmt.Printf("%v|%s\n", x, x)
	// Output: tensor([0.1235])|tensor([0.1235])
}

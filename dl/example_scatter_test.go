package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleTensor_IndexAdd() {
	x := dl.Zeros(3, 2)
	fmt.Println(x.IndexAdd(0, dl.New([]int{0, 2, 0}), dl.Ones(3, 2)))
	// Output:
	// tensor([[2., 2.],
	//         [0., 0.],
	//         [1., 1.]])
}

func ExampleTensor_ScatterValue() {
	fmt.Println(dl.Zeros(4).ScatterValue(0, dl.New([]int{1, 3}), 5))
	// Output: tensor([0., 5., 0., 5.])
}

func ExampleTensor_ScatterAdd() {
	fmt.Println(dl.Zeros(3).ScatterAdd(0, dl.New([]int{0, 2, 0}), dl.New([]float64{1, 2, 3})))
	// Output: tensor([4., 0., 2.])
}

func ExampleTensor_ScatterReduce() {
	x := dl.Zeros(3)
	at := dl.New([]int{0, 2, 0})
	fmt.Println(x.ScatterReduce(0, at, dl.New([]float64{1, 2, 3}), dl.ScatterMean, true))
	// Output: tensor([2., 0., 2.])
}

func ExampleTensor_Take() {
	x := dl.Arange(0, 6, 1).Reshape(2, 3)
	fmt.Println(x.Take(dl.New([]int{0, 5})))
	// Output: tensor([0., 5.])
}

func ExampleTensor_TakeAlong() {
	x := dl.New([][]float64{{3, 1, 2}})
	fmt.Println(x.TakeAlong(1, x.ArgSort(1, false)))
	// Output: tensor([[1., 2., 3.]])
}

func ExampleTensor_Pick() {
	logp := dl.Arange(0, 6, 1).Reshape(2, 3)
	fmt.Println(logp.Pick(dl.New([]int{0, 1}), dl.New([]int{2, 0}))) // one of each row
	// Output: tensor([2., 3.])
}

func ExampleTensor_IndexPut() {
	x := dl.Zeros(2, 3)
	at := []*dl.Tensor{dl.New([]int{0, 1}), dl.New([]int{2, 0})}
	fmt.Println(x.IndexPut(at, dl.New([]float64{5, 6}), false))
	// Output:
	// tensor([[0., 0., 5.],
	//         [6., 0., 0.]])
}

func ExampleTensor_DiagonalScatter() {
	fmt.Println(dl.Zeros(2, 2).DiagonalScatter(dl.New([]float64{1, 2}), 0, 0, 1))
	// Output:
	// tensor([[1., 0.],
	//         [0., 2.]])
}

func ExampleGradEnabled() {
	dl.NoGrad(func() { fmt.Println(dl.GradEnabled()) })
	fmt.Println(dl.GradEnabled())
	// Output:
	// false
	// true
}

func ExampleEnableGrad() {
	dl.NoGrad(func() {
		dl.EnableGrad(func() { fmt.Println(dl.GradEnabled()) })
	})
	// Output: true
}

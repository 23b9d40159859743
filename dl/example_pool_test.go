package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleLPPool1d() {
	fmt.Println(dl.LPPool1d(dl.New([][][]float64{{{3, 4}}}), 2, dl.PoolOptions{Kernel: [2]int{1, 2}}))
	// Output: tensor([[[5.]]])
}

func ExampleLPPool2d() {
	fmt.Println(dl.LPPool2d(dl.Ones(1, 1, 2, 2), 2, dl.PoolOptions{Kernel: [2]int{2, 2}}).Item())
	// Output: 2
}

func ExampleLPPool3d() {
	fmt.Println(dl.LPPool3d(dl.Ones(1, 1, 2, 2, 2), 1, dl.Pool3dOptions{Kernel: [3]int{2, 2, 2}}).Item())
	// Output: 8
}

func ExampleMaxPool1d() {
	x := dl.New([][][]float64{{{1, 3, 2, 5}}})
	fmt.Println(dl.MaxPool1d(x, dl.PoolOptions{Kernel: [2]int{1, 2}}))
	// Output: tensor([[[3., 5.]]])
}

func ExampleMaxPool1dIndices() {
	x := dl.New([][][]float64{{{1, 3, 2, 5}}})
	fmt.Println(dl.MaxPool1dIndices(x, dl.PoolOptions{Kernel: [2]int{1, 2}}))
	// Output: tensor([[[3., 5.]]]) tensor([[[1, 3]]])
}

func ExampleAvgPool1d() {
	x := dl.New([][][]float64{{{1, 3, 2, 5}}})
	fmt.Println(dl.AvgPool1d(x, dl.PoolOptions{Kernel: [2]int{1, 2}}))
	// Output: tensor([[[2.0000, 3.5000]]])
}

func ExampleMaxPool3d() {
	fmt.Println(dl.MaxPool3d(dl.Arange(0, 8, 1).Reshape(1, 1, 2, 2, 2), dl.Pool3dOptions{Kernel: [3]int{2, 2, 2}}).Item())
	// Output: 7
}

func ExampleMaxPool3dIndices() {
	_, at := dl.MaxPool3dIndices(dl.Arange(0, 8, 1).Reshape(1, 1, 2, 2, 2), dl.Pool3dOptions{Kernel: [3]int{2, 2, 2}})
	fmt.Println(at.Item())
	// Output: 7
}

func ExampleAvgPool3d() {
	fmt.Println(dl.AvgPool3d(dl.Arange(0, 8, 1).Reshape(1, 1, 2, 2, 2), dl.Pool3dOptions{Kernel: [3]int{2, 2, 2}}).Item())
	// Output: 3.5
}

func ExampleAdaptiveMaxPool1d() {
	fmt.Println(dl.AdaptiveMaxPool1d(dl.New([][][]float64{{{1, 3, 2}}}), 2))
	// Output: tensor([[[3., 3.]]])
}

func ExampleAdaptiveMaxPool1dIndices() {
	fmt.Println(dl.AdaptiveMaxPool1dIndices(dl.New([][][]float64{{{1, 3, 2}}}), 1))
	// Output: tensor([[[3.]]]) tensor([[[1]]])
}

func ExampleAdaptiveMaxPool2d() {
	fmt.Println(dl.AdaptiveMaxPool2d(dl.Arange(0, 6, 1).Reshape(1, 1, 2, 3), 1, 1).Item())
	// Output: 5
}

func ExampleAdaptiveMaxPool2dIndices() {
	_, at := dl.AdaptiveMaxPool2dIndices(dl.Arange(0, 6, 1).Reshape(1, 1, 2, 3), 2, 1)
	fmt.Println(at.Flatten(0))
	// Output: tensor([2, 5])
}

func ExampleAdaptiveMaxPool3d() {
	fmt.Println(dl.AdaptiveMaxPool3d(dl.Randn(2, 4, 5, 6, 7), 1, 2, 3).Shape())
	// Output: [2 4 1 2 3]
}

func ExampleAdaptiveMaxPool3dIndices() {
	_, at := dl.AdaptiveMaxPool3dIndices(dl.Arange(0, 8, 1).Reshape(1, 1, 2, 2, 2), 1, 1, 1)
	fmt.Println(at.Item())
	// Output: 7
}

func ExampleAdaptiveAvgPool1d() {
	fmt.Println(dl.AdaptiveAvgPool1d(dl.New([][][]float64{{{1, 3, 5, 7}}}), 2))
	// Output: tensor([[[2., 6.]]])
}

func ExampleAdaptiveAvgPool3d() {
	fmt.Println(dl.AdaptiveAvgPool3d(dl.Arange(0, 8, 1).Reshape(1, 1, 2, 2, 2), 1, 1, 1).Item())
	// Output: 3.5
}

func ExampleMaxUnpool1d() {
	o := dl.PoolOptions{Kernel: [2]int{1, 2}}
	v, at := dl.MaxPool1dIndices(dl.New([][][]float64{{{1, 3, 5, 2}}}), o)
	fmt.Println(dl.MaxUnpool1d(v, at, 4))
	// Output: tensor([[[0., 3., 5., 0.]]])
}

func ExampleMaxUnpool2d() {
	o := dl.PoolOptions{Kernel: [2]int{2, 2}}
	v, at := dl.MaxPool2dIndices(dl.Arange(0, 4, 1).Reshape(1, 1, 2, 2), o)
	fmt.Println(dl.MaxUnpool2d(v, at, 2, 2))
	// Output:
	// tensor([[[[0., 0.],
	//           [0., 3.]]]])
}

func ExampleMaxUnpool3d() {
	o := dl.Pool3dOptions{Kernel: [3]int{1, 1, 2}}
	v, at := dl.MaxPool3dIndices(dl.New([]float64{4, 9}).Reshape(1, 1, 1, 1, 2), o)
	fmt.Println(dl.MaxUnpool3d(v, at, 1, 1, 2).Flatten(0))
	// Output: tensor([0., 9.])
}

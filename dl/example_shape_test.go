package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleTensor_Flatten() {
	images := dl.Zeros(64, 1, 28, 28)
	fmt.Println(images.Flatten(1).Shape())
	// Output: [64 784]
}

func ExampleTensor_Narrow() {
	x := dl.Arange(0, 10, 1)
	fmt.Println(x.Narrow(0, 2, 3))
	// Output: tensor([2., 3., 4.])
}

func ExampleTensor_Slice() {
	x := dl.Arange(0, 10, 1)
	fmt.Println(x.Slice(0, 1, -1, 3))
	// Output: tensor([1., 4., 7.])
}

func ExampleTensor_Select() {
	x := dl.Arange(0, 6, 1).Reshape(2, 3)
	fmt.Println(x.Select(1, -1))
	// Output: tensor([2., 5.])
}

func ExampleTensor_Transpose() {
	fmt.Println(dl.Zeros(8, 16, 4).Transpose(-2, -1).Shape())
	// Output: [8 4 16]
}

func ExampleTensor_Permute() {
	hwc := dl.Zeros(32, 32, 3)
	fmt.Println(hwc.Permute(2, 0, 1).Shape())
	// Output: [3 32 32]
}

func ExampleTensor_Expand() {
	column := dl.New([][]float64{{1}, {2}})
	fmt.Println(column.Expand(2, 3))
	// Output:
	// tensor([[1., 1., 1.],
	//         [2., 2., 2.]])
}

func ExampleTensor_Unsqueeze() {
	x := dl.Zeros(5)
	fmt.Println(x.Unsqueeze(0).Shape(), x.Unsqueeze(-1).Shape())
	// Output: [1 5] [5 1]
}

func ExampleTensor_Split() {
	for _, part := range dl.Arange(0, 5, 1).Split(2, 0) {
		fmt.Println(part)
	}
	// Output:
	// tensor([0., 1.])
	// tensor([2., 3.])
	// tensor([4.])
}

func ExampleStack() {
	a, b := dl.New([]float64{1, 2}), dl.New([]float64{3, 4})
	fmt.Println(dl.Stack([]*dl.Tensor{a, b}, 1))
	// Output:
	// tensor([[1., 3.],
	//         [2., 4.]])
}

func ExampleTensor_Repeat() {
	fmt.Println(dl.New([]float64{1, 2}).Repeat(2, 2))
	// Output:
	// tensor([[1., 2., 1., 2.],
	//         [1., 2., 1., 2.]])
}

func ExampleTensor_Flip() {
	fmt.Println(dl.Arange(0, 4, 1).Flip(0))
	// Output: tensor([3., 2., 1., 0.])
}

func ExampleTensor_Roll() {
	fmt.Println(dl.Arange(0, 4, 1).Roll(1, 0))
	// Output: tensor([3., 0., 1., 2.])
}

func ExampleTensor_Pad() {
	x := dl.New([]float64{1, 2, 3})
	fmt.Println(x.Pad([]int{1, 2}, dl.PadConstant, 0))
	fmt.Println(x.Pad([]int{2, 2}, dl.PadReflect, 0))
	// Output:
	// tensor([0., 1., 2., 3., 0., 0.])
	// tensor([3., 2., 1., 2., 3., 2., 1.])
}

func ExampleTensor_Unfold() {
	fmt.Println(dl.Arange(0, 5, 1).Unfold(0, 3, 1))
	// Output:
	// tensor([[0., 1., 2.],
	//         [1., 2., 3.],
	//         [2., 3., 4.]])
}

func ExampleTensor_Tril() {
	fmt.Println(dl.Ones(3, 3).Tril(0))
	// Output:
	// tensor([[1., 0., 0.],
	//         [1., 1., 0.],
	//         [1., 1., 1.]])
}

func ExampleTensor_Diag() {
	fmt.Println(dl.New([]float64{1, 2}).Diag(0))
	// Output:
	// tensor([[1., 0.],
	//         [0., 2.]])
}

func ExampleMeshgrid() {
	grid := dl.Meshgrid([]*dl.Tensor{dl.Arange(0, 2, 1), dl.Arange(0, 3, 1)})
	fmt.Println(grid[0])
	fmt.Println(grid[1])
	// Output:
	// tensor([[0., 0., 0.],
	//         [1., 1., 1.]])
	// tensor([[0., 1., 2.],
	//         [0., 1., 2.]])
}

func ExampleTensor_IndexSelect() {
	x := dl.Arange(0, 6, 1).Reshape(3, 2)
	fmt.Println(x.IndexSelect(0, dl.New([]int{2, 0})))
	// Output:
	// tensor([[4., 5.],
	//         [0., 1.]])
}

func ExampleTensor_Scatter() {
	x := dl.Zeros(2, 3)
	fmt.Println(x.Scatter(1, dl.New([][]int{{2}, {0}}), dl.Ones(2, 1)))
	// Output:
	// tensor([[0., 0., 1.],
	//         [1., 0., 0.]])
}

func ExampleTensor_MaskedFill() {
	scores := dl.New([]float64{1, 2, 3})
	padding := dl.New([]bool{false, false, true})
	fmt.Println(scores.MaskedFill(padding, -1e9).Softmax(0))
	// Output: tensor([0.2689, 0.7311, 0.0000])
}

func ExampleTensor_MaskedSelect() {
	x := dl.New([]float64{3, -1, 2})
	fmt.Println(x.MaskedSelect(x.GtScalar(0)))
	// Output: tensor([3., 2.])
}

func ExampleTensor_Nonzero() {
	fmt.Println(dl.New([][]int{{0, 1}, {2, 0}}).Nonzero())
	// Output:
	// tensor([[0, 1],
	//         [1, 0]])
}

func ExampleTensor_SliceScatter() {
	x := dl.Zeros(5)
	fmt.Println(x.SliceScatter(dl.New([]float64{1, 2}), 0, 1, 5, 2))
	// Output: tensor([0., 1., 0., 2., 0.])
}

func ExamplePixelShuffle() {
	fmt.Println(dl.PixelShuffle(dl.Zeros(1, 12, 8, 8), 2).Shape())
	// Output: [1 3 16 16]
}

func ExampleInterpolate() {
	x := dl.New([][][]float64{{{0, 1}}})
	fmt.Println(dl.Interpolate(x, []int{4}, dl.InterpolateOptions{Mode: dl.InterpolateLinear}))
	// Output: tensor([[[0.0000, 0.2500, 0.7500, 1.0000]]])
}

func ExampleUnfold2d() {
	windows := dl.Unfold2d(dl.Zeros(1, 3, 8, 8), [2]int{3, 3}, dl.ConvOptions{})
	fmt.Println(windows.Shape())
	// Output: [1 27 36]
}

func ExampleConvTranspose2d() {
	x, w := dl.Ones(1, 1, 2, 2), dl.Ones(1, 1, 2, 2)
	fmt.Println(dl.ConvTranspose2d(x, w, nil, dl.ConvTransposeOptions{}))
	// Output:
	// tensor([[[[1., 2., 1.],
	//           [2., 4., 2.],
	//           [1., 2., 1.]]]])
}

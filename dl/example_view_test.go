package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleTensor_Contiguous() {
	x := dl.Arange(0, 6, 1).Reshape(2, 3).T()
	fmt.Println(x.IsContiguous(), x.Contiguous().IsContiguous())
	// Output: false true
}

func ExampleTensor_Clone() {
	x := dl.Ones(2)
	y := x.Clone()
	y.Fill(5)
	fmt.Println(x)
	// Output: tensor([1., 1.])
}

func ExampleTensor_View() {
	fmt.Println(dl.Arange(0, 4, 1).View(2, -1))
	// Output:
	// tensor([[0., 1.],
	//         [2., 3.]])
}

func ExampleTensor_Unflatten() {
	fmt.Println(dl.Zeros(2, 6).Unflatten(1, 2, 3).Shape())
	// Output: [2 2 3]
}

func ExampleTensor_T() {
	fmt.Println(dl.Arange(0, 4, 1).Reshape(2, 2).T())
	// Output:
	// tensor([[0., 2.],
	//         [1., 3.]])
}

func ExampleTensor_MoveDim() {
	fmt.Println(dl.Zeros(2, 3, 4).MoveDim(0, 2).Shape())
	// Output: [3 4 2]
}

func ExampleTensor_ExpandAs() {
	fmt.Println(dl.New([]float64{1, 2}).ExpandAs(dl.Zeros(2, 2)))
	// Output:
	// tensor([[1., 2.],
	//         [1., 2.]])
}

func ExampleTensor_Squeeze() {
	fmt.Println(dl.Zeros(1, 2, 1).Squeeze().Shape())
	// Output: [2]
}

func ExampleTensor_IndexFill() {
	fmt.Println(dl.Zeros(4).IndexFill(0, dl.New([]int{1, 3}), 9))
	// Output: tensor([0., 9., 0., 9.])
}

func ExampleTensor_IndexCopy() {
	fmt.Println(dl.Zeros(3).IndexCopy(0, dl.New([]int{2, 0}), dl.New([]float64{5, 6})))
	// Output: tensor([6., 0., 5.])
}

func ExampleTensor_MaskedScatter() {
	x := dl.Zeros(3)
	fmt.Println(x.MaskedScatter(dl.New([]bool{true, false, true}), dl.New([]float64{5, 6})))
	// Output: tensor([5., 0., 6.])
}

func ExampleTensor_SelectScatter() {
	fmt.Println(dl.Zeros(2, 2).SelectScatter(dl.Ones(2), 0, 1))
	// Output:
	// tensor([[0., 0.],
	//         [1., 1.]])
}

func ExampleTensor_Shape() {
	fmt.Println(dl.Zeros(2, 3).Shape())
	// Output: [2 3]
}

func ExampleTensor_Strides() {
	fmt.Println(dl.Zeros(2, 3).T().Strides())
	// Output: [1 3]
}

func ExampleTensor_Dim() {
	fmt.Println(dl.Zeros(2, 3).Dim())
	// Output: 2
}

func ExampleTensor_Size() {
	fmt.Println(dl.Zeros(2, 3).Size(-1))
	// Output: 3
}

func ExampleTensor_Numel() {
	fmt.Println(dl.Zeros(2, 3).Numel())
	// Output: 6
}

func ExampleTensor_DType() {
	fmt.Println(dl.Zeros(2).DType(), dl.New([]int{1}).DType())
	// Output: float32 int64
}

func ExampleTensor_IsContiguous() {
	fmt.Println(dl.Zeros(2, 3).T().IsContiguous())
	// Output: false
}

func ExampleTensor_Version() {
	x := dl.Zeros(2)
	before := x.Version()
	x.Fill(1)
	fmt.Println(x.Version() - before)
	// Output: 1
}

func ExampleTensor_BumpVersion() {
	x := dl.Zeros(2)
	before := x.Version()
	x.Float32s()[0] = 5 // written behind dl's back
	x.BumpVersion()
	fmt.Println(x.Version() > before)
	// Output: true
}

func ExampleTensor_SharesMemory() {
	x := dl.Zeros(4)
	fmt.Println(x.SharesMemory(x.Narrow(0, 1, 2)), x.SharesMemory(x.Clone()))
	// Output: true false
}

func ExampleVStack() {
	fmt.Println(dl.VStack([]*dl.Tensor{dl.Ones(2), dl.Zeros(2)}))
	// Output:
	// tensor([[1., 1.],
	//         [0., 0.]])
}

func ExampleHStack() {
	fmt.Println(dl.HStack([]*dl.Tensor{dl.Ones(2), dl.Zeros(1)}))
	// Output: tensor([1., 1., 0.])
}

func ExampleTensor_Tile() {
	fmt.Println(dl.New([]int{1, 2}).Tile(2))
	// Output: tensor([1, 2, 1, 2])
}

func ExampleTensor_RepeatInterleave() {
	fmt.Println(dl.New([]int{1, 2}).RepeatInterleave(2, 0))
	// Output: tensor([1, 1, 2, 2])
}

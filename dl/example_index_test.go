package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleTensor_Index() {
	x := dl.Arange(0, 6, 1).Reshape(2, 3)
	fmt.Println(x.Index(1), x.Index(1, 2))
	// Output: tensor([3., 4., 5.]) tensor(5.)
}

func ExampleTensor_SplitSizes() {
	for _, p := range dl.Arange(0, 5, 1).SplitSizes([]int{2, 3}, 0) {
		fmt.Println(p)
	}
	// Output:
	// tensor([0., 1.])
	// tensor([2., 3., 4.])
}

func ExampleTensor_Chunk() {
	for _, p := range dl.Arange(0, 5, 1).Chunk(2, 0) {
		fmt.Println(p)
	}
	// Output:
	// tensor([0., 1., 2.])
	// tensor([3., 4.])
}

func ExampleTensor_TensorSplit() {
	for _, p := range dl.Arange(0, 4, 1).TensorSplit(3, 0) {
		fmt.Println(p)
	}
	// Output:
	// tensor([0., 1.])
	// tensor([2.])
	// tensor([3.])
}

func ExampleTensor_SplitAt() {
	for _, p := range dl.Arange(0, 5, 1).SplitAt([]int{1, -1}, 0) {
		fmt.Println(p)
	}
	// Output:
	// tensor([0.])
	// tensor([1., 2., 3.])
	// tensor([4.])
}

func ExampleTensor_Unbind() {
	for _, row := range dl.Arange(0, 4, 1).Reshape(2, 2).Unbind(0) {
		fmt.Println(row)
	}
	// Output:
	// tensor([0., 1.])
	// tensor([2., 3.])
}

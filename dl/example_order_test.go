package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleTensor_ArgSort() {
	fmt.Println(dl.New([]float64{3, 1, 2}).ArgSort(0, false))
	// Output: tensor([1, 2, 0])
}

func ExampleTensor_BottomK() {
	v, at := dl.New([]float64{3, 1, 2}).BottomK(2, 0)
	fmt.Println(v, at)
	// Output: tensor([1., 2.]) tensor([1, 2])
}

func ExampleTensor_Median() {
	v, at := dl.New([]float64{3, 1, 2}).Median(0)
	fmt.Println(v, at)
	// Output: tensor(2.) tensor(2)
}

func ExampleTensor_Mode() {
	v, at := dl.New([]float64{3, 1, 3, 1, 3}).Mode(0)
	fmt.Println(v, at)
	// Output: tensor(3.) tensor(4)
}

func ExampleTensor_KthValue() {
	v, at := dl.New([]float64{3, 1, 2}).KthValue(2, 0)
	fmt.Println(v, at)
	// Output: tensor(2.) tensor(2)
}

func ExampleTensor_UniqueConsecutive() {
	values, _, counts := dl.New([]int{1, 1, 2, 1}).UniqueConsecutive()
	fmt.Println(values, counts)
	// Output: tensor([1, 2, 1]) tensor([2, 1, 1])
}

func ExampleTensor_UniqueAlong() {
	rows, _, counts := dl.New([][]int{{2, 1}, {1, 5}, {2, 1}}).UniqueAlong(0)
	fmt.Println(rows, counts)
	// Output:
	// tensor([[1, 5],
	//         [2, 1]]) tensor([1, 2])
}

func ExampleTensor_SearchSorted() {
	edges := dl.New([]float64{0, 10, 20})
	fmt.Println(edges.SearchSorted(dl.New([]float64{5, 10, 99}), false))
	// Output: tensor([1, 1, 3])
}

func ExampleTensor_IsIn() {
	fmt.Println(dl.New([]int{1, 2, 3}).IsIn(dl.New([]int{2, 9})))
	// Output: tensor([false,  true, false])
}

func ExampleTensor_BincountWeighted() {
	fmt.Println(dl.New([]int{0, 2, 0}).BincountWeighted(dl.New([]float64{1, 5, 2}), 0))
	// Output: tensor([3., 0., 5.])
}

func ExampleTensor_Var() {
	fmt.Println(dl.New([]float64{1, 2, 3}).Var())
	// Output: tensor(1.)
}

func ExampleTensor_VarCorrected() {
	fmt.Println(dl.New([]float64{1, 3}).VarCorrected(0))
	// Output: tensor(1.)
}

func ExampleTensor_StdCorrected() {
	fmt.Println(dl.New([]float64{1, 3}).StdCorrected(0))
	// Output: tensor(1.)
}

func ExampleTensor_VarKeep() {
	fmt.Println(dl.New([][]float64{{1, 2, 3}}).VarKeep(1))
	// Output: tensor([[1.]])
}

func ExampleTensor_StdKeep() {
	fmt.Println(dl.New([][]float64{{1, 2, 3}}).StdKeep(1))
	// Output: tensor([[1.]])
}

func ExampleTensor_SumKeep() {
	fmt.Println(dl.New([][]float64{{1, 2}, {3, 4}}).SumKeep(1))
	// Output:
	// tensor([[3.],
	//         [7.]])
}

func ExampleTensor_MeanKeep() {
	fmt.Println(dl.New([][]float64{{1, 2}, {3, 4}}).MeanKeep(1))
	// Output:
	// tensor([[1.5000],
	//         [3.5000]])
}

func ExampleTensor_LogSumExpKeep() {
	fmt.Println(dl.Zeros(1, 2).LogSumExpKeep(1))
	// Output: tensor([[0.6931]])
}

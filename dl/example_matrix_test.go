package dl_test

import (
	"fmt"
	"math"

	"descent/dl"
)

func ExampleBlockDiag() {
	fmt.Println(dl.BlockDiag(dl.Ones(1, 2), dl.Full(2, 1, 1)))
	// Output:
	// tensor([[1., 1., 0.],
	//         [0., 0., 2.]])
}

func ExampleCartesianProd() {
	fmt.Println(dl.CartesianProd(dl.New([]int{1, 2}), dl.New([]int{3, 4})))
	// Output:
	// tensor([[1, 3],
	//         [1, 4],
	//         [2, 3],
	//         [2, 4]])
}

func ExampleTensor_Combinations() {
	fmt.Println(dl.New([]int{1, 2, 3}).Combinations(2, false))
	// Output:
	// tensor([[1, 2],
	//         [1, 3],
	//         [2, 3]])
}

func ExampleTensor_AddMM() {
	fmt.Println(dl.Ones(1, 1).AddMM(dl.Ones(1, 3), dl.Ones(3, 1), 1, 2))
	// Output: tensor([[7.]])
}

func ExampleTensor_AddMV() {
	fmt.Println(dl.Ones(1).AddMV(dl.Ones(1, 3), dl.Ones(3), 1, 2))
	// Output: tensor([7.])
}

func ExampleTensor_AddR() {
	fmt.Println(dl.Zeros(2, 2).AddR(dl.New([]float64{1, 2}), dl.New([]float64{3, 4}), 1, 1))
	// Output:
	// tensor([[3., 4.],
	//         [6., 8.]])
}

func ExampleTensor_AddBMM() {
	fmt.Println(dl.Zeros(1, 1).AddBMM(dl.Ones(5, 1, 2), dl.Ones(5, 2, 1), 1, 1))
	// Output: tensor([[10.]])
}

func ExampleTensor_BAddBMM() {
	fmt.Println(dl.Zeros(2, 1, 1).BAddBMM(dl.Ones(2, 1, 3), dl.Ones(2, 3, 1), 1, 1).Flatten(0))
	// Output: tensor([3., 3.])
}

func ExampleTensor_Inner() {
	fmt.Println(dl.New([]float64{1, 2}).Inner(dl.New([]float64{3, 4})))
	// Output: tensor(11.)
}

func ExampleTensor_TensorDot() {
	a, b := dl.Ones(2, 3, 4), dl.Ones(4, 3, 5)
	fmt.Println(a.TensorDot(b, []int{1, 2}, []int{1, 0}).Shape())
	// Output: [2 5]
}

func ExampleTensor_Vander() {
	fmt.Println(dl.New([]float64{2, 3}).Vander(3, true))
	// Output:
	// tensor([[1., 2., 4.],
	//         [1., 3., 9.]])
}

func ExampleTensor_LogDet() {
	fmt.Println(dl.Eye(2).MulScalar(math.E).LogDet())
	// Output: tensor(2.0000)
}

func ExampleTensor_Dist() {
	fmt.Println(dl.New([]float64{0, 0}).Dist(dl.New([]float64{3, 4}), 2))
	// Output: tensor(5.)
}

func ExampleTensor_Renorm() {
	fmt.Println(dl.New([][]float64{{3, 4}, {0.3, 0.4}}).Renorm(2, 0, 1))
	// Output:
	// tensor([[0.6000, 0.8000],
	//         [0.3000, 0.4000]])
}

func ExampleTensor_QR() {
	a := dl.New([][]float64{{3, 0}, {4, 5}})
	q, r := a.QR()
	fmt.Println(dl.AllClose(q.MatMul(r), a, 0, 1e-5))
	// Output: true
}

func ExampleTensor_EigValsH() {
	fmt.Println(dl.New([][]float64{{2, 1}, {1, 2}}).EigValsH())
	// Output: tensor([1., 3.])
}

func ExampleTensor_SingularValues() {
	fmt.Println(dl.New([][]float64{{3, 0}, {0, -2}}).SingularValues())
	// Output: tensor([3., 2.])
}

func ExampleTensor_Pinv() {
	fmt.Println(dl.New([][]float64{{2, 0}, {0, 0}}).Pinv(0))
	// Output:
	// tensor([[0.5000, 0.0000],
	//         [0.0000, 0.0000]])
}

func ExampleTensor_LstSq() {
	a := dl.New([][]float64{{1, 0}, {1, 1}, {1, 2}})
	fmt.Println(a.LstSq(dl.New([][]float64{{1}, {3}, {5}}))) // y = 1 + 2x
	// Output:
	// tensor([[1.0000],
	//         [2.0000]])
}

func ExampleTensor_MatrixRank() {
	fmt.Println(dl.New([][]float64{{1, 2}, {2, 4}}).MatrixRank(1e-5))
	// Output: tensor(1)
}

func ExampleTensor_Cond() {
	fmt.Println(dl.New([][]float64{{4, 0}, {0, 2}}).Cond())
	// Output: tensor(2.)
}

func ExampleMultiDot() {
	fmt.Println(dl.MultiDot([]*dl.Tensor{dl.Ones(2, 100), dl.Ones(100, 3), dl.Ones(3, 1)}).Shape())
	// Output: [2 1]
}

func ExampleTensor_Triu() {
	fmt.Println(dl.Ones(2, 2).Triu(0))
	// Output:
	// tensor([[1., 1.],
	//         [0., 1.]])
}

func ExampleTrilIndices() {
	fmt.Println(dl.TrilIndices(2, 2, 0))
	// Output:
	// tensor([[0, 1, 1],
	//         [0, 0, 1]])
}

func ExampleTriuIndices() {
	fmt.Println(dl.TriuIndices(2, 2, 0))
	// Output:
	// tensor([[0, 0, 1],
	//         [0, 1, 1]])
}

func ExampleTensor_Diagonal() {
	fmt.Println(dl.Arange(0, 4, 1).Reshape(2, 2).Diagonal(0, 0, 1))
	// Output: tensor([0., 3.])
}

func ExampleTensor_DiagEmbed() {
	fmt.Println(dl.New([]float64{1, 2}).DiagEmbed(0))
	// Output:
	// tensor([[1., 0.],
	//         [0., 2.]])
}

func ExampleTensor_Trace() {
	fmt.Println(dl.Eye(3).Trace())
	// Output: tensor(3.)
}

func ExampleTensor_Cross() {
	fmt.Println(dl.New([]float64{1, 0, 0}).Cross(dl.New([]float64{0, 1, 0}), 0))
	// Output: tensor([0., 0., 1.])
}

func ExampleTensor_Kron() {
	fmt.Println(dl.Eye(2).Kron(dl.Ones(1, 2)))
	// Output:
	// tensor([[1., 1., 0., 0.],
	//         [0., 0., 1., 1.]])
}

func ExampleTensor_Inverse() {
	fmt.Println(dl.New([][]float64{{2, 0}, {0, 4}}).Inverse())
	// Output:
	// tensor([[0.5000, -0.0000],
	//         [0.0000, 0.2500]])
}

func ExampleTensor_Det() {
	fmt.Println(dl.New([][]float64{{2, 0}, {0, 4}}).Det())
	// Output: tensor(8.)
}

func ExampleTensor_SlogDet() {
	fmt.Println(dl.New([][]float64{{-1, 0}, {0, 1}}).SlogDet())
	// Output: tensor(-1.) tensor(0.)
}

func ExampleTensor_SolveTriangular() {
	a := dl.New([][]float64{{2, 0}, {1, 1}})
	fmt.Println(a.SolveTriangular(dl.New([][]float64{{4}, {5}}), false))
	// Output:
	// tensor([[2.],
	//         [3.]])
}

func ExampleTensor_MatrixPower() {
	fmt.Println(dl.New([][]float64{{1, 1}, {1, 0}}).MatrixPower(10)) // Fibonacci's numbers
	// Output:
	// tensor([[89., 55.],
	//         [55., 34.]])
}

func ExampleTensor_MatrixExp() {
	fmt.Println(dl.Zeros(2, 2).MatrixExp())
	// Output:
	// tensor([[1., 0.],
	//         [0., 1.]])
}

func ExampleTensor_Vector() {
	fmt.Println(dl.New([]float64{1, 2}).Vector().AtVec(1))
	// Output: 2
}

package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleTensor_Mul() {
	x := dl.New([][]float64{{1, 2}, {3, 4}})
	fmt.Println(x.Mul(x), x.MulScalar(10).Sum())
	// Output:
	// tensor([[ 1.,  4.],
	//         [ 9., 16.]]) tensor(100.)
}

func ExampleTensor_Clamp() {
	fmt.Println(dl.New([]float64{-2, 0.5, 3}).Clamp(0, 1))
	// Output: tensor([0.0000, 0.5000, 1.0000])
}

func ExampleTensor_Pow() {
	fmt.Println(dl.New([]float64{1, 2, 3}).Pow(2))
	// Output: tensor([1., 4., 9.])
}

func ExampleTensor_ReLU() {
	fmt.Println(dl.New([]float64{-1, 0, 2}).ReLU())
	// Output: tensor([0., 0., 2.])
}

func ExampleTensor_Sigmoid() {
	fmt.Println(dl.New([]float64{-2, 0, 2}).Sigmoid())
	// Output: tensor([0.1192, 0.5000, 0.8808])
}

func ExampleTensor_Gt() {
	a, b := dl.New([]float64{1, 5}), dl.New([]float64{3, 3})
	fmt.Println(a.Gt(b))
	// Output: tensor([false,  true])
}

func ExampleTensor_Mean() {
	x := dl.New([][]float64{{1, 2}, {3, 6}})
	fmt.Println(x.Mean(), x.Mean(0))
	// Output: tensor(3.) tensor([2., 4.])
}

func ExampleTensor_Std() {
	x := dl.New([]float64{2, 4, 4, 4, 5, 5, 7, 9})
	fmt.Println(x.Std(), x.StdCorrected(0))
	// Output: tensor(2.1381) tensor(2.)
}

func ExampleTensor_ArgMax() {
	logits := dl.New([][]float64{{0.1, 2, -1}, {3, 0, 1}})
	fmt.Println(logits.ArgMax(1))
	// Output: tensor([1, 0])
}

func ExampleTensor_Sort() {
	values, positions := dl.New([]float64{3, 1, 2}).Sort(0, false)
	fmt.Println(values, positions)
	// Output: tensor([1., 2., 3.]) tensor([1, 2, 0])
}

func ExampleTensor_CumSum() {
	fmt.Println(dl.New([]int{1, 2, 3}).CumSum(0))
	// Output: tensor([1, 3, 6])
}

func ExampleTensor_LogSumExp() {
	fmt.Println(dl.New([]float64{200, 200}).LogSumExp()) // e²⁰⁰ would overflow
	// Output: tensor(200.6931)
}

func ExampleTensor_Norm() {
	x := dl.New([]float64{3, 4})
	fmt.Println(x.Norm(2), x.Norm(1))
	// Output: tensor(5.) tensor(7.)
}

func ExampleTensor_Quantile() {
	fmt.Println(dl.Arange(0, 101, 1).Quantile(0.25, 0))
	// Output: tensor(25.)
}

func ExampleTensor_Unique() {
	values, _, counts := dl.New([]int{3, 1, 3, 2}).Unique()
	fmt.Println(values, counts)
	// Output: tensor([1, 2, 3]) tensor([1, 1, 2])
}

func ExampleTensor_Bincount() {
	fmt.Println(dl.New([]int{0, 2, 2, 5}).Bincount(0))
	// Output: tensor([1, 0, 2, 0, 0, 1])
}

func ExampleTensor_Histogram() {
	counts, edges := dl.New([]float64{0.1, 0.4, 0.6, 0.9}).Histogram(2, 0, 1)
	fmt.Println(counts, edges)
	// Output: tensor([2., 2.]) tensor([0.0000, 0.5000, 1.0000])
}

func ExampleTensor_Multinomial() {
	dl.ManualSeed(1)
	weights := dl.New([]float64{0, 1, 0})
	fmt.Println(weights.Multinomial(3, true))
	// Output: tensor([1, 1, 1])
}

func ExampleEinsum() {
	a := dl.New([][]float64{{1, 2}, {3, 4}})
	fmt.Println(dl.Einsum("ij,jk->ik", a, a))
	fmt.Println(dl.Einsum("ii", a)) // the trace
	// Output:
	// tensor([[ 7., 10.],
	//         [15., 22.]])
	// tensor(5.)
}

func ExampleTensor_Solve() {
	a := dl.New([][]float64{{2, 1}, {1, 3}})
	b := dl.New([]float64{3, 5})
	fmt.Println(a.Solve(b))
	// Output: tensor([0.8000, 1.4000])
}

func ExampleTensor_SVD() {
	_, s, _ := dl.New([][]float64{{3, 0}, {0, 4}}).SVD()
	fmt.Println(s)
	// Output: tensor([4., 3.])
}

func ExampleTensor_EigH() {
	values, _ := dl.New([][]float64{{2, 1}, {1, 2}}).EigH()
	fmt.Println(values)
	// Output: tensor([1., 3.])
}

func ExampleTensor_Cholesky() {
	fmt.Println(dl.New([][]float64{{4, 2}, {2, 5}}).Cholesky())
	// Output:
	// tensor([[2., 0.],
	//         [1., 2.]])
}

func ExampleTensor_RFFT() {
	x := dl.New([]float64{1, 0, -1, 0}) // one wave
	fmt.Println(x.RFFT().ComplexAbs())
	// Output: tensor([0., 2., 0.])
}

func ExampleTensor_CDist() {
	a, b := dl.New([][]float64{{0, 0}}), dl.New([][]float64{{3, 4}, {0, 1}})
	fmt.Println(a.CDist(b, 2))
	// Output: tensor([[5., 1.]])
}

func ExampleTensor_AddInPlace() {
	x := dl.Ones(3)
	x.AddInPlace(dl.New([]float64{1, 2, 3}))
	fmt.Println(x)
	// Output: tensor([2., 3., 4.])
}

func ExampleLinspace() {
	fmt.Println(dl.Linspace(0, 1, 5))
	// Output: tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
}

func ExampleTensor_To() {
	fmt.Println(dl.New([]float64{1.9, -1.9}).To(dl.Int64))
	// Output: tensor([ 1, -1])
}

func ExampleTensor_Backward() {
	w := dl.NewParameter(dl.New([]float64{1, 2}))
	x := dl.New([]float64{3, 4})
	w.Dot(x).Backward()
	fmt.Println(w.Grad())
	// Output: tensor([3., 4.])
}

func ExampleTensor_Detach() {
	x := dl.Scalar(3).SetRequiresGrad(true)
	y := x.Mul(x.Detach()) // the second factor counts as a constant
	y.Backward()
	fmt.Println(x.Grad())
	// Output: tensor(3.)
}

func ExampleDetectAnomaly() {
	dl.DetectAnomaly(true)
	defer dl.DetectAnomaly(false)
	defer func() { fmt.Println(recover().(*dl.Error).Op) }()
	x := dl.New([]float64{1, -1}).SetRequiresGrad(true)
	x.MulScalar(2).Log().Sum().Backward()
	// Output: log
}

func ExampleNewGraph() {
	x := dl.Ones(2).SetRequiresGrad(true)
	for _, n := range dl.NewGraph(x.Exp().Sum()).Nodes {
		fmt.Println(n.Op)
	}
	// Output:
	// leaf
	// exp
	// sum
}

package dl_test

import (
	"fmt"
	"math"

	"descent/dl"
)

func ExampleTensor_Normalize() {
	fmt.Println(dl.New([][]float64{{3, 4}}).Normalize(2, 1, 1e-12))
	// Output: tensor([[0.6000, 0.8000]])
}

func ExampleTensor_CosineSimilarity() {
	a, b := dl.New([]float64{1, 0}), dl.New([]float64{1, 1})
	fmt.Println(a.CosineSimilarity(b, 0))
	// Output: tensor(0.7071)
}

func ExampleTensor_Cov() {
	fmt.Println(dl.New([][]float64{{1, 2, 3}, {3, 2, 1}}).Cov())
	// Output:
	// tensor([[ 1., -1.],
	//         [-1.,  1.]])
}

func ExampleTensor_CorrCoef() {
	fmt.Println(dl.New([][]float64{{1, 2, 3}, {3, 2, 1}}).CorrCoef())
	// Output:
	// tensor([[ 1., -1.],
	//         [-1.,  1.]])
}

func ExampleTensor_NanSum() {
	fmt.Println(dl.New([]float64{1, math.NaN(), 2}).NanSum())
	// Output: tensor(3.)
}

func ExampleTensor_NanMean() {
	fmt.Println(dl.New([]float64{1, math.NaN(), 2}).NanMean())
	// Output: tensor(1.5000)
}

func ExampleTensor_NanMedian() {
	v, at := dl.New([]float64{1, math.NaN(), 5, 2}).NanMedian(0)
	fmt.Println(v, at)
	// Output: tensor(2.) tensor(3)
}

func ExampleTensor_NanQuantile() {
	fmt.Println(dl.New([]float64{1, math.NaN(), 3}).NanQuantile(0.5, 0))
	// Output: tensor(2.)
}

func ExampleTensor_Trapezoid() {
	fmt.Println(dl.New([]float64{0, 1, 2}).Trapezoid(0.5, 0))
	// Output: tensor(1.)
}

func ExampleTensor_CumulativeTrapezoid() {
	fmt.Println(dl.New([]float64{0, 1, 2}).CumulativeTrapezoid(0.5, 0))
	// Output: tensor([0.2500, 1.0000])
}

func ExampleTensor_Rot90() {
	fmt.Println(dl.New([][]int{{1, 2}, {3, 4}}).Rot90(1, 0, 1))
	// Output:
	// tensor([[2, 4],
	//         [1, 3]])
}

func ExampleTensor_ArgMin() {
	fmt.Println(dl.New([]float64{3, 1, 2}).ArgMin(0))
	// Output: tensor(1)
}

func ExampleTensor_Min() {
	v, at := dl.New([][]float64{{3, 1, 2}}).Min(1)
	fmt.Println(v, at)
	// Output: tensor([1.]) tensor([1])
}

func ExampleTensor_AMax() {
	fmt.Println(dl.New([][]float64{{1, 5}, {7, 2}}).AMax(0))
	// Output: tensor([7., 5.])
}

func ExampleTensor_AMin() {
	fmt.Println(dl.New([][]float64{{1, 5}, {7, 2}}).AMin(0))
	// Output: tensor([1., 2.])
}

func ExampleTensor_AMaxKeep() {
	fmt.Println(dl.New([][]float64{{1, 5}, {7, 2}}).AMaxKeep(1))
	// Output:
	// tensor([[5.],
	//         [7.]])
}

func ExampleTensor_AMinKeep() {
	fmt.Println(dl.New([][]float64{{1, 5}, {7, 2}}).AMinKeep(1))
	// Output:
	// tensor([[1.],
	//         [2.]])
}

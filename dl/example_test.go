package dl_test

import (
	"fmt"

	"descent/dl"
)

func Example() {
	x := dl.New([][]float64{{1, 2}, {3, 4}}).SetRequiresGrad(true)
	loss := x.Mul(x).Sum()
	loss.Backward()
	fmt.Println(loss.Item())
	fmt.Println(x.Grad())
	// Output:
	// 30
	// tensor([[2., 4.],
	//         [6., 8.]])
}

func ExampleNew() {
	fmt.Println(dl.New([][]float64{{1, 2.5}, {3, 4}}))
	fmt.Println(dl.New([]int{1, 2, 3}))
	// Output:
	// tensor([[1.0000, 2.5000],
	//         [3.0000, 4.0000]])
	// tensor([1, 2, 3])
}

func ExampleTensor_Add() {
	x := dl.New([][]float64{{1, 2, 3}, {4, 5, 6}})
	row := dl.New([]float64{10, 20, 30})
	fmt.Println(x.Add(row))
	// Output:
	// tensor([[11., 22., 33.],
	//         [14., 25., 36.]])
}

func ExampleTensor_MatMul() {
	a := dl.New([][]float64{{1, 2}, {3, 4}})
	b := dl.New([][]float64{{0, 1}, {1, 0}})
	fmt.Println(a.MatMul(b))
	// Output:
	// tensor([[2., 1.],
	//         [4., 3.]])
}

func ExampleTensor_Sum() {
	x := dl.New([][]float64{{1, 2, 3}, {4, 5, 6}})
	fmt.Println(x.Sum(), x.Sum(0), x.SumKeep(1))
	// Output:
	// tensor(21.) tensor([5., 7., 9.]) tensor([[ 6.],
	//         [15.]])
}

func ExampleTensor_Max() {
	x := dl.New([][]float64{{1, 9, 3}, {7, 5, 6}})
	values, positions := x.Max(1)
	fmt.Println(values, positions)
	// Output: tensor([9., 7.]) tensor([1, 0])
}

func ExampleTensor_Reshape() {
	x := dl.Arange(0, 6, 1)
	fmt.Println(x.Reshape(2, -1))
	// Output:
	// tensor([[0., 1., 2.],
	//         [3., 4., 5.]])
}

func ExampleTensor_Gather() {
	scores := dl.New([][]float64{{0.1, 0.7, 0.2}, {0.5, 0.3, 0.2}})
	label := dl.New([]int{1, 0})
	fmt.Println(scores.Gather(1, label.Unsqueeze(1)).Squeeze())
	// Output: tensor([0.7000, 0.5000])
}

func ExampleWhere() {
	x := dl.New([]float64{-1, 2, -3})
	fmt.Println(dl.Where(x.GtScalar(0), x, dl.Scalar(0)))
	// Output: tensor([0., 2., 0.])
}

func ExampleTensor_OneHot() {
	fmt.Println(dl.New([]int{2, 0}).OneHot(3))
	// Output:
	// tensor([[0, 0, 1],
	//         [1, 0, 0]])
}

func ExampleTensor_TopK() {
	values, positions := dl.New([]float64{3, 1, 4, 1, 5}).TopK(2, 0)
	fmt.Println(values, positions)
	// Output: tensor([5., 4.]) tensor([4, 2])
}

func ExampleCat() {
	a, b := dl.Ones(1, 2), dl.Zeros(2, 2)
	fmt.Println(dl.Cat([]*dl.Tensor{a, b}, 0))
	// Output:
	// tensor([[1., 1.],
	//         [0., 0.],
	//         [0., 0.]])
}

func ExampleGrad() {
	x := dl.Scalar(3).SetRequiresGrad(true)
	y := x.Pow(3)
	first := dl.Grad([]*dl.Tensor{y}, []*dl.Tensor{x}, dl.GradOptions{CreateGraph: true})[0]
	second := dl.Grad([]*dl.Tensor{first}, []*dl.Tensor{x}, dl.GradOptions{})[0]
	fmt.Println(first.Item(), second.Item()) // 3x² and 6x
	// Output: 27 18
}

func ExampleNoGrad() {
	w := dl.NewParameter(dl.Ones(2))
	dl.NoGrad(func() {
		fmt.Println(w.MulScalar(2).RequiresGrad())
	})
	fmt.Println(w.MulScalar(2).RequiresGrad())
	// Output:
	// false
	// true
}

func ExampleFunction() {
	// A step that lets the gradient through as if it were the identity.
	step := &dl.Function{
		Name: "straight-through step",
		Forward: func(c *dl.Context, in []*dl.Tensor) *dl.Tensor {
			return in[0].GtScalar(0).To(dl.Float32)
		},
		Backward: func(c *dl.Context, grad *dl.Tensor) []*dl.Tensor {
			return []*dl.Tensor{grad}
		},
	}
	x := dl.New([]float64{-1, 2}).SetRequiresGrad(true)
	y := dl.Apply(step, x)
	y.Sum().Backward()
	fmt.Println(y.Detach(), x.Grad())
	// Output: tensor([0., 1.]) tensor([1., 1.])
}

func ExampleTensor_OnGrad() {
	x := dl.Ones(2).SetRequiresGrad(true)
	remove := x.OnGrad(func(g *dl.Tensor) *dl.Tensor { return g.Clamp(-1, 1) })
	defer remove()
	x.MulScalar(5).Sum().Backward()
	fmt.Println(x.Grad())
	// Output: tensor([1., 1.])
}

func ExampleError() {
	defer func() {
		e := recover().(*dl.Error)
		fmt.Println(e)
	}()
	images, weights := dl.Zeros(64, 784), dl.Zeros(128, 784)
	images.MatMul(weights)
	// Output:
	// matmul: [64×784] · [128×784], inner lengths 784 and 128; want equal inner lengths: the last of the left and the last but one of the right
	// hint: the right one fits when transposed: b.Transpose(-2, -1)
}

func ExampleManualSeed() {
	dl.ManualSeed(42)
	a := dl.Randn(3)
	dl.ManualSeed(42)
	fmt.Println(dl.Equal(a, dl.Randn(3)))
	// Output: true
}

func ExampleGenerator() {
	g := dl.NewGenerator(1, dl.StreamShuffle)
	fmt.Println(g.Perm(5))
	// Output: [3 2 4 1 0]
}

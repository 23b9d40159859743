package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleEmpty() {
	fmt.Println(dl.Empty(2, 3).Shape())
	// Output: [2 3]
}

func ExampleZeros() {
	fmt.Println(dl.Zeros(2))
	// Output: tensor([0., 0.])
}

func ExampleZerosOf() {
	fmt.Println(dl.ZerosOf(dl.Int64, 2))
	// Output: tensor([0, 0])
}

func ExampleOnes() {
	fmt.Println(dl.Ones(2))
	// Output: tensor([1., 1.])
}

func ExampleFull() {
	fmt.Println(dl.Full(7, 2))
	// Output: tensor([7., 7.])
}

func ExampleFullOf() {
	fmt.Println(dl.FullOf(dl.Float64, 7, 2))
	// Output: tensor([7., 7.], dtype=float64)
}

func ExampleScalar() {
	fmt.Println(dl.Scalar(3))
	// Output: tensor(3.)
}

func ExampleEmptyLike() {
	fmt.Println(dl.EmptyLike(dl.Zeros(2, 3)).Shape())
	// Output: [2 3]
}

func ExampleZerosLike() {
	fmt.Println(dl.ZerosLike(dl.New([]int{1, 2})))
	// Output: tensor([0, 0])
}

func ExampleOnesLike() {
	fmt.Println(dl.OnesLike(dl.New([]int{1, 2})))
	// Output: tensor([1, 1])
}

func ExampleFullLike() {
	fmt.Println(dl.FullLike(dl.New([]int{1, 2}), 5))
	// Output: tensor([5, 5])
}

func ExampleArange() {
	fmt.Println(dl.Arange(0, 1, 0.25))
	// Output: tensor([0.0000, 0.2500, 0.5000, 0.7500])
}

func ExampleArangeInt() {
	fmt.Println(dl.ArangeInt(0, 6, 2))
	// Output: tensor([0, 2, 4])
}

func ExampleLogspace() {
	fmt.Println(dl.Logspace(0, 2, 3, 10))
	// Output: tensor([  1.,  10., 100.])
}

func ExampleEye() {
	fmt.Println(dl.Eye(2))
	// Output:
	// tensor([[1., 0.],
	//         [0., 1.]])
}

func ExampleNewOf() {
	fmt.Println(dl.NewOf(dl.Float64, []int{1, 2}))
	// Output: tensor([1., 2.], dtype=float64)
}

func ExampleFromFloat32s() {
	fmt.Println(dl.FromFloat32s([]float32{1, 2, 3, 4}, 2, 2))
	// Output:
	// tensor([[1., 2.],
	//         [3., 4.]])
}

func ExampleFromFloat64s() {
	fmt.Println(dl.FromFloat64s([]float64{1, 2}, 2))
	// Output: tensor([1., 2.], dtype=float64)
}

func ExampleFromInt64s() {
	fmt.Println(dl.FromInt64s([]int64{1, 2}))
	// Output: tensor([1, 2])
}

func ExampleFromInt32s() {
	fmt.Println(dl.FromInt32s([]int32{1, 2}))
	// Output: tensor([1, 2], dtype=int32)
}

func ExampleFromUint8s() {
	fmt.Println(dl.FromUint8s([]uint8{1, 255}))
	// Output: tensor([  1, 255], dtype=uint8)
}

func ExampleFromBools() {
	fmt.Println(dl.FromBools([]bool{true, false}))
	// Output: tensor([ true, false])
}

func ExampleFromBits() {
	fmt.Println(dl.FromBits(dl.BFloat16, []uint16{0x3f80, 0x4000}))
	// Output: tensor([1., 2.], dtype=bfloat16)
}

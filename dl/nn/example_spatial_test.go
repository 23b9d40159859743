package nn_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/nn"
)

func ExampleNewConv1d() {
	conv := nn.NewConv1d(1, 8, 5, nn.Conv1dOptions{Same: true})
	fmt.Println(conv, conv.Forward(dl.Randn(2, 1, 100)).Shape())
	// Output: Conv1d(1→8, kernel 5, padding 2) [2 8 100]
}

func ExampleNewConv3d() {
	conv := nn.NewConv3d(1, 4, 3, nn.Conv3dOptions{Stride: 2, Padding: 1})
	fmt.Println(conv, conv.Forward(dl.Randn(1, 1, 8, 16, 16)).Shape())
	// Output: Conv3d(1→4, kernel 3, stride 2, padding 1) [1 4 4 8 8]
}

func ExampleNewConvTranspose2d() {
	grow := nn.NewConvTranspose2d(16, 8, 4, nn.ConvTransposeOptions{Stride: 2, Padding: 1})
	fmt.Println(grow, grow.Forward(dl.Randn(1, 16, 7, 7)).Shape())
	// Output: ConvTranspose2d(16→8, kernel 4, stride 2, padding 1) [1 8 14 14]
}

func ExampleNewConvTranspose1d() {
	grow := nn.NewConvTranspose1d(16, 8, 4, nn.ConvTransposeOptions{Stride: 2, Padding: 1})
	fmt.Println(grow.Forward(dl.Randn(1, 16, 50)).Shape())
	// Output: [1 8 100]
}

func ExampleNewGroupNorm() {
	norm := nn.NewGroupNorm(2, 4, nn.GroupNormOptions{})
	x := dl.New([][]float64{{1, 3, 10, 30}})
	fmt.Printf("%s %.2f\n", norm, norm.Forward(x).Float32s())
	// Output: GroupNorm(2 groups of 4) [-1.00 1.00 -1.00 1.00]
}

func ExampleNewInstanceNorm() {
	norm := nn.NewInstanceNorm(2, nn.InstanceNormOptions{})
	x := dl.New([][][]float64{{{1, 2, 3}, {10, 20, 30}}})
	fmt.Printf("%.2f\n", norm.Forward(x).Float32s())
	// Output: [-1.22 0.00 1.22 -1.22 0.00 1.22]
}

func ExampleNewUpsample() {
	x := dl.New([]float64{0, 4}).Reshape(1, 1, 2)
	fmt.Println(nn.NewUpsample(2, nn.UpsampleOptions{}).Forward(x).Float32s())
	fmt.Println(nn.NewUpsample(2, nn.UpsampleOptions{Mode: dl.InterpolateLinear}).Forward(x).Float32s())
	// Output:
	// [0 0 4 4]
	// [0 1 3 4]
}

func ExampleNewPixelShuffle() {
	x := dl.New([]float64{1, 2, 3, 4}).Reshape(1, 4, 1, 1)
	fmt.Println(nn.NewPixelShuffle(2).Forward(x).Squeeze(0).Squeeze(0))
	// Output:
	// tensor([[1., 2.],
	//         [3., 4.]])
}

func ExampleNewPixelUnshuffle() {
	fmt.Println(nn.NewPixelUnshuffle(2).Forward(dl.Randn(1, 3, 8, 8)).Shape())
	// Output: [1 12 4 4]
}

func ExampleNewUnfold() {
	patches := nn.NewUnfold(4, nn.WindowOptions{Stride: 4}) // as a vision transformer cuts an image up
	fmt.Println(patches.Forward(dl.Randn(2, 3, 32, 32)).Transpose(1, 2).Shape())
	// Output: [2 64 48]
}

func ExampleNewFold() {
	x := dl.Ones(1, 1, 3, 3)
	o := nn.WindowOptions{}
	counts := nn.NewFold(3, 3, 2, o).Forward(nn.NewUnfold(2, o).Forward(x))
	fmt.Println(counts.Squeeze(0).Squeeze(0)) // how many windows each pixel is in
	// Output:
	// tensor([[1., 2., 1.],
	//         [2., 4., 2.],
	//         [1., 2., 1.]])
}

func ExampleNewMaxPool1d() {
	x := dl.New([]float64{1, 5, 2, 3}).Reshape(1, 1, 4)
	fmt.Println(nn.NewMaxPool1d(2, nn.Pool1dOptions{}).Forward(x).Float32s())
	// Output: [5 3]
}

func ExampleNewAvgPool1d() {
	x := dl.New([]float64{1, 5, 2, 3}).Reshape(1, 1, 4)
	fmt.Println(nn.NewAvgPool1d(2, nn.Pool1dOptions{}).Forward(x).Float32s())
	// Output: [3 2.5]
}

func ExampleNewAdaptiveMaxPool2d() {
	x := dl.Arange(0, 16, 1).Reshape(1, 1, 4, 4).To(dl.Float32)
	fmt.Println(nn.NewAdaptiveMaxPool2d(1, 2).Forward(x).Float32s())
	// Output: [13 15]
}

func ExampleNewGELUTanh() {
	fmt.Printf("%.4f\n", nn.NewGELUTanh().Forward(dl.New([]float64{-1, 0, 2})).Float32s())
	// Output: [-0.1588 0.0000 1.9546]
}

func ExampleNewELU() {
	fmt.Printf("%.4f\n", nn.NewELU(1).Forward(dl.New([]float64{-1, 0, 2})).Float32s())
	// Output: [-0.6321 0.0000 2.0000]
}

func ExampleNewSoftplus() {
	fmt.Printf("%.4f\n", nn.NewSoftplus().Forward(dl.New([]float64{-1, 0, 2})).Float32s())
	// Output: [0.3133 0.6931 2.1269]
}

package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleLSTMProjected() {
	x := dl.Randn(5, 2, 3)
	out, h, c := dl.LSTMProjected(x, nil, nil, dl.Randn(16, 3), dl.Randn(16, 2), dl.Randn(2, 4), nil, nil, dl.RecurrentOptions{})
	fmt.Println(out.Shape(), h.Shape(), c.Shape())
	// Output: [5 2 2] [2 2] [2 4]
}

func ExampleRMSNorm() {
	fmt.Println(dl.RMSNorm(dl.New([]float64{3, 4}), []int{2}, nil, 0))
	// Output: tensor([0.8485, 1.1314])
}

func ExampleLocalResponseNorm() {
	fmt.Println(dl.LocalResponseNorm(dl.Ones(1, 2, 1), 2, 1, 1, 1))
	// Output:
	// tensor([[[0.6667],
	//          [0.5000]]])
}

func ExampleInstanceNormRunning() {
	mean, variance := dl.Zeros(1), dl.Ones(1)
	x := dl.New([][][]float64{{{0, 2}}})
	y := dl.InstanceNormRunning(x, mean, variance, nil, nil, dl.BatchNormOptions{Training: true, Momentum: 0.5, Eps: 1e-5})
	fmt.Println(y, mean, variance)
	// Output: tensor([[[-1.0000,  1.0000]]]) tensor([0.5000]) tensor([1.5000])
}

func ExampleBilinear() {
	w := dl.New([][][]float64{{{1, 0}, {0, 1}}}) // one output: the dot product
	fmt.Println(dl.Bilinear(dl.New([]float64{1, 2}), dl.New([]float64{3, 4}), w, nil))
	// Output: tensor([11.])
}

func ExampleChannelShuffle() {
	fmt.Println(dl.ChannelShuffle(dl.Arange(0, 4, 1).Reshape(1, 4, 1), 2).Flatten(0))
	// Output: tensor([0., 2., 1., 3.])
}

func ExampleEmbeddingBag() {
	table := dl.New([][]float64{{1, 1}, {2, 2}, {3, 3}})
	fmt.Println(dl.EmbeddingBag(table, dl.New([][]int{{0, 2}}), nil, dl.EmbeddingBagOptions{}))
	// Output: tensor([[2., 2.]])
}

func ExampleDropoutChannels() {
	dl.ManualSeed(1)
	fmt.Println(dl.DropoutChannels(dl.Ones(1, 4, 2), 0.5, true).AMax(2))
	// Output: tensor([[2., 2., 0., 0.]])
}

func ExampleAlphaDropout() {
	x := dl.Ones(2)
	fmt.Println(dl.AlphaDropout(x, 0.5, false)) // not in training
	// Output: tensor([1., 1.])
}

func ExampleFeatureAlphaDropout() {
	dl.ManualSeed(1)
	y := dl.FeatureAlphaDropout(dl.Randn(1, 3, 4), 0.5, true)
	fmt.Println(y.Shape())
	// Output: [1 3 4]
}

func ExampleConvTranspose1d() {
	x, w := dl.New([][][]float64{{{1, 2}}}), dl.Ones(1, 1, 2)
	fmt.Println(dl.ConvTranspose1d(x, w, nil, dl.ConvTransposeOptions{}))
	// Output: tensor([[[1., 3., 2.]]])
}

func ExampleConvTranspose3d() {
	x, w := dl.Ones(1, 2, 3, 4, 4), dl.Ones(2, 5, 2, 2, 2)
	fmt.Println(dl.ConvTranspose3d(x, w, nil, dl.ConvTranspose3dOptions{Stride: [3]int{2, 2, 2}}).Shape())
	// Output: [1 5 6 8 8]
}

func ExampleConv1d() {
	x, w := dl.New([][][]float64{{{1, 2, 3}}}), dl.Ones(1, 1, 2)
	fmt.Println(dl.Conv1d(x, w, nil, dl.ConvOptions{}))
	// Output: tensor([[[3., 5.]]])
}

func ExampleConv3d() {
	fmt.Println(dl.Conv3d(dl.Ones(1, 1, 4, 5, 6), dl.Ones(2, 1, 3, 3, 3), nil, dl.Conv3dOptions{}).Shape())
	// Output: [1 2 2 3 4]
}

func ExampleFold2d() {
	x := dl.Arange(0, 4, 1).Reshape(1, 1, 2, 2)
	columns := dl.Unfold2d(x, [2]int{1, 1}, dl.ConvOptions{})
	fmt.Println(dl.Fold2d(columns, 2, 2, [2]int{1, 1}, dl.ConvOptions{}))
	// Output:
	// tensor([[[[0., 1.],
	//           [2., 3.]]]])
}

func ExampleInterpolateScale() {
	x := dl.New([][][]float64{{{1, 3}}})
	fmt.Println(dl.InterpolateScale(x, 2, dl.InterpolateOptions{}))
	// Output: tensor([[[1., 1., 3., 3.]]])
}

func ExamplePixelUnshuffle() {
	fmt.Println(dl.PixelUnshuffle(dl.Zeros(1, 1, 4, 4), 2).Shape())
	// Output: [1 4 2 2]
}

func ExampleAffineGrid() {
	same := dl.New([][][]float64{{{1, 0, 0}, {0, 1, 0}}})
	fmt.Println(dl.AffineGrid(same, []int{1, 1, 1, 2}, true))
	// Output:
	// tensor([[[[-1.,  0.],
	//           [ 1.,  0.]]]])
}

func ExampleGridSample() {
	x := dl.New([][][][]float64{{{{1, 2, 3}}}})
	flip := dl.AffineGrid(dl.New([][][]float64{{{-1, 0, 0}, {0, 1, 0}}}), x.Shape(), false)
	fmt.Println(dl.GridSample(x, flip, dl.GridSampleOptions{}))
	// Output: tensor([[[[3., 2., 1.]]]])
}

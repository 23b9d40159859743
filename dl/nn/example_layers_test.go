package nn_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/nn"
)

func ExampleNewHardtanh() {
	fmt.Println(nn.NewHardtanh(-1, 1).Forward(dl.New([]float64{-3, 0.5, 2})))
	// Output: tensor([-1.0000,  0.5000,  1.0000])
}

func ExampleNewReLU6() {
	fmt.Println(nn.NewReLU6().Forward(dl.New([]float64{-3, 0.5, 8})))
	// Output: tensor([0.0000, 0.5000, 6.0000])
}

func ExampleNewHardsigmoid() {
	fmt.Println(nn.NewHardsigmoid().Forward(dl.New([]float64{-4, 0, 1.5, 4})))
	// Output: tensor([0.0000, 0.5000, 0.7500, 1.0000])
}

func ExampleNewHardshrink() {
	fmt.Println(nn.NewHardshrink(0.5).Forward(dl.New([]float64{-2, -0.4, 0.6})))
	// Output: tensor([-2.0000,  0.0000,  0.6000])
}

func ExampleNewSoftshrink() {
	fmt.Println(nn.NewSoftshrink(0.5).Forward(dl.New([]float64{-2, -0.4, 0.6})))
	// Output: tensor([-1.5000,  0.0000,  0.1000])
}

func ExampleNewThreshold() {
	fmt.Println(nn.NewThreshold(0.5, -1).Forward(dl.New([]float64{0, 0.5, 2})))
	// Output: tensor([-1., -1.,  2.])
}

func ExampleNewPReLU() {
	layer := nn.NewPReLU(1)
	fmt.Println(layer, layer.Forward(dl.New([]float64{-4, 2})))
	// Output: PReLU(1) tensor([-1.,  2.], grad_fn=<mul>)
}

func ExampleNewRReLU() {
	layer := nn.NewRReLU(0.1, 0.3)
	nn.Eval(layer) // the mean of the slopes
	fmt.Println(layer.Forward(dl.New([]float64{-1, 2})))
	// Output: tensor([-0.2000,  2.0000])
}

func ExampleNewHardswish() {
	fmt.Println(nn.NewHardswish().Forward(dl.New([]float64{-4, -1, 3})))
	// Output: tensor([-0.0000, -0.3333,  3.0000])
}

func ExampleNewSoftsign() {
	fmt.Println(nn.NewSoftsign().Forward(dl.New([]float64{-3, 0, 1})))
	// Output: tensor([-0.7500,  0.0000,  0.5000])
}

func ExampleNewTanhshrink() {
	fmt.Println(nn.NewTanhshrink().Forward(dl.New([]float64{-2, 0, 2})))
	// Output: tensor([-1.0360,  0.0000,  1.0360])
}

func ExampleNewLogSigmoid() {
	fmt.Println(nn.NewLogSigmoid().Forward(dl.New([]float64{-200, 0, 2})))
	// Output: tensor([-2.0000e+02, -6.9315e-01, -1.2693e-01])
}

func ExampleNewSELU() {
	fmt.Println(nn.NewSELU().Forward(dl.New([]float64{-1, 0, 1})))
	// Output: tensor([-1.1113,  0.0000,  1.0507])
}

func ExampleNewCELU() {
	fmt.Println(nn.NewCELU(1).Forward(dl.New([]float64{-1, 0, 1})))
	// Output: tensor([-0.6321,  0.0000,  1.0000])
}

func ExampleNewMish() {
	fmt.Println(nn.NewMish().Forward(dl.New([]float64{-1, 0, 1})))
	// Output: tensor([-0.3034,  0.0000,  0.8651])
}

func ExampleNewGLU() {
	fmt.Println(nn.NewGLU(-1).Forward(dl.New([][]float64{{1, 2, 0, 100}})))
	// Output: tensor([[0.5000, 2.0000]])
}

func ExampleNewSoftmin() {
	fmt.Println(nn.NewSoftmin(-1).Forward(dl.New([]float64{0, 1, 2})))
	// Output: tensor([0.6652, 0.2447, 0.0900])
}

func ExampleNewChannelDropout() {
	dl.ManualSeed(1)
	drop := nn.NewChannelDropout(0.5)
	y := drop.Forward(dl.Ones(1, 4, 2, 2)) // channels go as a whole
	fmt.Println(y.Sum(2, 3))
	// Output: tensor([[8., 8., 0., 0.]])
}

func ExampleNewAlphaDropout() {
	dl.ManualSeed(1)
	drop := nn.NewAlphaDropout(0.1)
	y := drop.Forward(dl.Randn(100, 100))
	fmt.Printf("deviation %.1f\n", y.Std().Item())
	// Output: deviation 1.0
}

func ExampleNewFeatureAlphaDropout() {
	drop := nn.NewFeatureAlphaDropout(0.5)
	nn.Eval(drop)
	fmt.Println(drop, drop.Forward(dl.Ones(1, 1, 2)))
	// Output: FeatureAlphaDropout(0.5) tensor([[[1., 1.]]])
}

func ExampleNewRMSNorm() {
	norm := nn.NewRMSNorm([]int{2}, nn.RMSNormOptions{})
	fmt.Println(norm, norm.Forward(dl.New([][]float64{{3, 4}, {1, 1}})))
	// Output:
	// RMSNorm([2]) tensor([[0.8485, 1.1314],
	//         [1.0000, 1.0000]], grad_fn=<rms_norm>)
}

func ExampleNewLocalResponseNorm() {
	norm := nn.NewLocalResponseNorm(3, nn.LocalResponseOptions{})
	fmt.Println(norm, norm.Forward(dl.Ones(1, 8, 4, 4)).Shape())
	// Output: LocalResponseNorm(3) [1 8 4 4]
}

func ExampleNewBatchNorm3d() {
	norm := nn.NewBatchNorm3d(2, nn.BatchNormOptions{})
	fmt.Println(norm, norm.Forward(dl.Randn(4, 2, 3, 3, 3)).Shape())
	// Output: BatchNorm3d(2) [4 2 3 3 3]
}

func ExampleNewMaxPool3d() {
	pool := nn.NewMaxPool3d(2, nn.Pool3dOptions{})
	fmt.Println(pool, pool.Forward(dl.Randn(1, 3, 4, 8, 8)).Shape())
	// Output: MaxPool3d(2) [1 3 2 4 4]
}

func ExampleNewAvgPool3d() {
	pool := nn.NewAvgPool3d(2, nn.Pool3dOptions{})
	fmt.Println(pool.Forward(dl.Arange(0, 8, 1).Reshape(1, 1, 2, 2, 2)).Item())
	// Output: 3.5
}

func ExampleNewLPPool1d() {
	pool := nn.NewLPPool1d(2, 2, nn.Pool1dOptions{})
	fmt.Println(pool.Forward(dl.New([][][]float64{{{3, 4, 6, 8}}})))
	// Output: tensor([[[ 5., 10.]]])
}

func ExampleNewLPPool2d() {
	pool := nn.NewLPPool2d(2, 2, nn.AvgPool2dOptions{})
	fmt.Println(pool, pool.Forward(dl.Ones(1, 1, 2, 2)).Item())
	// Output: LPPool2d(p 2, 2) 2
}

func ExampleNewAdaptiveAvgPool1d() {
	fmt.Println(nn.NewAdaptiveAvgPool1d(2).Forward(dl.New([][][]float64{{{1, 3, 5, 7}}})))
	// Output: tensor([[[2., 6.]]])
}

func ExampleNewAdaptiveAvgPool3d() {
	pool := nn.NewAdaptiveAvgPool3d(1, 1, 1)
	fmt.Println(pool, pool.Forward(dl.Randn(2, 8, 5, 6, 7)).Shape())
	// Output: AdaptiveAvgPool3d(1×1×1) [2 8 1 1 1]
}

func ExampleNewAdaptiveMaxPool1d() {
	fmt.Println(nn.NewAdaptiveMaxPool1d(2).Forward(dl.New([][][]float64{{{1, 3, 5, 7}}})))
	// Output: tensor([[[3., 7.]]])
}

func ExampleNewAdaptiveMaxPool3d() {
	pool := nn.NewAdaptiveMaxPool3d(1, 2, 2)
	fmt.Println(pool, pool.Forward(dl.Randn(2, 8, 5, 6, 7)).Shape())
	// Output: AdaptiveMaxPool3d(1×2×2) [2 8 1 2 2]
}

func ExampleNewPad() {
	pad := nn.NewPad([]int{2, 1}, dl.PadReflect, 0)
	fmt.Println(pad, pad.Forward(dl.New([][][]float64{{{1, 2, 3}}})))
	// Output: Pad([2 1]) tensor([[[3., 2., 1., 2., 3., 2.]]])
}

func ExampleNewUnflatten() {
	layer := nn.NewUnflatten(1, 3, 8, -1)
	fmt.Println(layer, layer.Forward(dl.Zeros(2, 192)).Shape())
	// Output: Unflatten(axis 1 to [3×8×-1]) [2 3 8 8]
}

func ExampleNewChannelShuffle() {
	x := dl.Arange(0, 4, 1).Reshape(1, 4, 1)
	fmt.Println(nn.NewChannelShuffle(2).Forward(x).Flatten(0))
	// Output: tensor([0., 2., 1., 3.])
}

func ExampleNewBilinear() {
	layer := nn.NewBilinear(4, 6, 2, nn.BilinearOptions{})
	fmt.Println(layer, layer.Join(dl.Randn(8, 4), dl.Randn(8, 6)).Shape())
	// Output: Bilinear(4×6→2) [8 2]
}

func ExampleNewEmbeddingBag() {
	bags := nn.NewEmbeddingBag(1000, 16, dl.EmbeddingBagOptions{})
	words := dl.New([]int64{4, 17, 9, 256, 3})
	fmt.Println(bags, bags.Bags(words, []int{0, 2}).Shape()) // two texts, of 2 and 3 words
	// Output: EmbeddingBag(1000×16) [2 16]
}

func ExampleNewConvTranspose3d() {
	grow := nn.NewConvTranspose3d(8, 4, 4, nn.ConvTransposeOptions{Stride: 2, Padding: 1})
	fmt.Println(grow, grow.Forward(dl.Randn(1, 8, 3, 5, 5)).Shape())
	// Output: ConvTranspose3d(8→4, kernel 4, stride 2, padding 1) [1 4 6 10 10]
}

func ExampleNewLSTM_projection() {
	lstm := nn.NewLSTM(8, 32, nn.RecurrentOptions{Projection: 4})
	out, h, c := lstm.Run(dl.Randn(10, 2, 8), nil, nil)
	fmt.Println(lstm, out.Shape(), h.Shape(), c.Shape())
	// Output: LSTM(8→32, projection 4) [10 2 4] [1 2 4] [1 2 32]
}

func ExampleHingeEmbedding() {
	distance := dl.New([]float64{0.1, 0.3})
	fmt.Printf("%.2f\n", nn.HingeEmbedding(distance, dl.New([]int64{1, -1})).Item())
	// Output: 0.40
}

func ExampleSoftMargin() {
	fmt.Printf("%.4f\n", nn.SoftMargin(dl.New([]float64{2, -1}), dl.New([]int64{1, -1})).Item())
	// Output: 0.2201
}

func ExampleMultiMargin() {
	scores := dl.New([][]float64{{0.1, 0.2, 0.4, 0.8}})
	fmt.Printf("%.4f\n", nn.MultiMargin(scores, dl.New([]int64{3})).Item())
	square := nn.MultiMarginWith(dl.MultiMarginOptions{P: 2})
	fmt.Printf("%.4f\n", square(scores, dl.New([]int64{3})).Item())
	// Output:
	// 0.3250
	// 0.1525
}

func ExampleMultiLabelMargin() {
	scores := dl.New([][]float64{{0.1, 0.2, 0.4, 0.8}})
	classes := dl.New([][]int64{{3, 0, -1, 1}}) // 3 and 0; what follows -1 does not count
	fmt.Printf("%.2f\n", nn.MultiLabelMargin(scores, classes).Item())
	// Output: 0.85
}

func ExampleMultiLabelSoftMargin() {
	scores := dl.New([][]float64{{2, -2, 0}})
	fmt.Printf("%.4f\n", nn.MultiLabelSoftMargin(scores, dl.New([][]int64{{1, 0, 1}})).Item())
	// Output: 0.3157
}

func ExamplePoissonNLL() {
	logRate := dl.New([]float64{0, 1})
	counts := dl.New([]float64{1, 3})
	fmt.Printf("%.4f\n", nn.PoissonNLL(logRate, counts).Item())
	full := nn.PoissonNLLWith(dl.PoissonNLLOptions{Full: true})
	fmt.Printf("%.4f\n", full(logRate, counts).Item())
	// Output:
	// 0.3591
	// 1.2412
}

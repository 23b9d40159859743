package dl_test

import "descent/dl"

func init() {
	for _, name := range []string{"MaxPool1dIndices", "AdaptiveMaxPool1dIndices", "AdaptiveMaxPool2dIndices", "AdaptiveMaxPool3dIndices"} {
		notDifferentiable[name] = "checked through the form without indices, or MaxPool3dIndices"
	}
	seeded := func(f func(x *T) *T) func(x *T) *T { // the same draw at each call
		return func(x *T) *T { dl.ManualSeed(3); return f(x) }
	}
	all := func(name string, f func(in []*T) *T, ins ...*T) gradRow { return gradRow{name: name, fn: f, in: ins} }
	sample := func(name string, o dl.GridSampleOptions) gradRow {
		return binary("GridSample/"+name, func(x, g *T) *T { return dl.GridSample(x, g, o) }, normal(1, 2, 3, 4), between(-1.4, 1.4, 1, 3, 2, 2))
	}
	addRows(
		all("ConvTranspose3d", func(in []*T) *T {
			return dl.ConvTranspose3d(in[0], in[1], in[2], dl.ConvTranspose3dOptions{Stride: [3]int{2, 1, 1}, Padding: [3]int{1, 0, 0}})
		}, normal(1, 2, 2, 2, 2), normal(2, 1, 2, 2, 2), normal(1)),
		unary("AffineGrid", func(x *T) *T { return dl.AffineGrid(x, []int{1, 1, 2, 3}, false).Square() }, normal(1, 2, 3)),
		sample("linear", dl.GridSampleOptions{}),
		sample("border", dl.GridSampleOptions{Padding: dl.GridBorder, AlignCorners: true}),
		sample("reflect", dl.GridSampleOptions{Padding: dl.GridReflect}),
		sample("cubic", dl.GridSampleOptions{Mode: dl.GridCubic}),
		unary("GridSample/nearest", func(x *T) *T {
			return dl.GridSample(x, dl.NewOf(dl.Float64, []float64{0.1, -0.3, 0.8, 0.9}).Reshape(1, 1, 2, 2), dl.GridSampleOptions{Mode: dl.GridNearest}).Square()
		}, normal(1, 2, 3, 4)),
		unary("MaxPool3dIndices", func(x *T) *T {
			v, _ := dl.MaxPool3dIndices(x, dl.Pool3dOptions{Kernel: [3]int{2, 2, 2}, Stride: [3]int{1, 1, 2}})
			return v.Square()
		}, apart(1, 1, 3, 2, 4)),
		unary("AdaptiveMaxPool1d", func(x *T) *T { return dl.AdaptiveMaxPool1d(x, 2).Square() }, apart(1, 2, 5)),
		unary("AdaptiveMaxPool3d", func(x *T) *T { return dl.AdaptiveMaxPool3d(x, 2, 1, 2).Square() }, apart(1, 1, 3, 2, 3)),
		unary("AdaptiveAvgPool1d", func(x *T) *T { return dl.AdaptiveAvgPool1d(x, 2).Square() }, normal(1, 2, 5)),
		unary("AdaptiveAvgPool3d", func(x *T) *T { return dl.AdaptiveAvgPool3d(x, 2, 1, 2).Square() }, normal(1, 1, 3, 2, 3)),
		unary("MaxUnpool1d", func(x *T) *T { return dl.MaxUnpool1d(x, dl.New([][][]int64{{{1, 2}}}), 4).Square() }, normal(1, 1, 2)),
		unary("MaxUnpool2d", func(x *T) *T { return dl.MaxUnpool2d(x, dl.New([][][][]int64{{{{1, 2}}}}), 2, 3).Square() }, normal(1, 1, 1, 2)),
		unary("MaxUnpool3d", func(x *T) *T {
			return dl.MaxUnpool3d(x, dl.New([][][][]int64{{{{1, 2}}}}).Unsqueeze(0), 2, 1, 3).Square()
		}, normal(1, 1, 1, 1, 2)),
		unary("LPPool1d", func(x *T) *T { return dl.LPPool1d(x, 3, dl.PoolOptions{Kernel: [2]int{1, 2}}) }, between(0.5, 2, 1, 2, 4)),
		unary("LPPool2d", func(x *T) *T { return dl.LPPool2d(x, 2, dl.PoolOptions{Kernel: [2]int{2, 2}}) }, between(0.5, 2, 1, 1, 4, 2)),
		unary("LPPool3d", func(x *T) *T { return dl.LPPool3d(x, 2, dl.Pool3dOptions{Kernel: [3]int{2, 1, 2}}) }, between(0.5, 2, 1, 1, 2, 2, 2)),
		binary("RMSNorm", func(x, w *T) *T { return dl.RMSNorm(x, []int{4}, w, 1e-6) }, normal(2, 4), normal(4)),
		unary("LocalResponseNorm", func(x *T) *T { return dl.LocalResponseNorm(x, 3, 0.5, 0.75, 1) }, normal(1, 4, 2)),
		all("InstanceNormRunning", func(in []*T) *T {
			m, v := dl.ZerosOf(dl.Float64, 2), dl.FullOf(dl.Float64, 1, 2)
			return dl.InstanceNormRunning(in[0], m, v, in[1], in[2], dl.BatchNormOptions{Training: true, Momentum: 0.1, Eps: 1e-5})
		}, normal(2, 2, 4), normal(2), normal(2)),
		all("Bilinear", func(in []*T) *T { return dl.Bilinear(in[0], in[1], in[2], in[3]) }, normal(2, 3), normal(2, 2), normal(2, 3, 2), normal(2)),
		unary("ChannelShuffle", func(x *T) *T { return dl.ChannelShuffle(x, 2).Square() }, normal(1, 4, 2)),
		unary("DropoutChannels", seeded(func(x *T) *T { return dl.DropoutChannels(x, 0.4, true).Square() }), normal(2, 3, 2)),
		unary("AlphaDropout", seeded(func(x *T) *T { return dl.AlphaDropout(x, 0.4, true).Square() }), normal(2, 3)),
		unary("FeatureAlphaDropout", seeded(func(x *T) *T { return dl.FeatureAlphaDropout(x, 0.4, true).Square() }), normal(2, 3, 2)),
		binary("EmbeddingBag", func(w, s *T) *T {
			return dl.EmbeddingBag(w, dl.New([][]int64{{0, 2, 2}, {1, 0, 3}}), nil, dl.EmbeddingBagOptions{Mode: dl.BagSum, Weights: s}).Square()
		}, normal(4, 2), normal(2, 3)),
		unary("EmbeddingBag/mean", func(w *T) *T {
			return dl.EmbeddingBag(w, ints(0, 2, 2, 1), []int{0, 3, 3}, dl.EmbeddingBagOptions{}).Square()
		}, normal(4, 2)),
		unary("EmbeddingBag/max", func(w *T) *T {
			return dl.EmbeddingBag(w, ints(0, 2, 3, 1), []int{0, 3}, dl.EmbeddingBagOptions{Mode: dl.BagMax}).Square()
		}, apart(4, 2)),
	)
}

package dl_test

import (
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
)

var gridModes = map[string]dl.GridMode{"bilinear": dl.GridLinear, "nearest": dl.GridNearest, "bicubic": dl.GridCubic}
var gridPaddings = map[string]dl.GridPadding{"zeros": dl.GridZeros, "border": dl.GridBorder, "reflection": dl.GridReflect}
var bagModes = map[string]dl.BagMode{"mean": dl.BagMean, "sum": dl.BagSum, "max": dl.BagMax}

func volumePool(c golden.Case) dl.Pool3dOptions {
	return dl.Pool3dOptions{Kernel: three(c, "kernel", 2), Stride: three(c, "stride", 0), Padding: three(c, "padding", 0),
		Dilation: three(c, "dilation", 0), Ceil: c.Bool("ceil"), ExcludePadding: c.Bool("exclude")}
}

// sized makes a table entry of adaptive pooling to the sizes of the case.
func sized(f func(x *T, n []int) []*T) opCall {
	return func(c golden.Case, in []*T) []*T { return f(in[0], append([]int{c.Int("n", 0)}, c.Ints("n")...)) }
}

func both(a, b *T) []*T { return []*T{a, b} }

func floats(c golden.Case, name string) *T {
	var v []float64
	for _, x := range c.Attrs[name].([]any) {
		v = append(v, x.(float64))
	}
	return dl.New(v)
}

var spatialOps = map[string]opCall{
	"conv_transpose3d": with(func(c golden.Case, in []*T) *T {
		return dl.ConvTranspose3d(in[0], in[1], in[2], dl.ConvTranspose3dOptions{Stride: three(c, "stride", 1), Padding: three(c, "padding", 0),
			OutputPadding: three(c, "output_padding", 0), Dilation: three(c, "dilation", 1), Groups: c.Int("groups", 1)})
	}),
	"affine_grid": with(func(c golden.Case, in []*T) *T { return dl.AffineGrid(in[0], c.Ints("size"), c.Bool("align")) }),
	"grid_sample": with(func(c golden.Case, in []*T) *T {
		return dl.GridSample(in[0], in[1], dl.GridSampleOptions{Mode: gridModes[c.String("mode")], Padding: gridPaddings[c.String("padding")], AlignCorners: c.Bool("align")})
	}),
	"max_pool1d_indices": func(c golden.Case, in []*T) []*T {
		line := func(name string) [2]int { return [2]int{1, c.Int(name, 0)} }
		return both(dl.MaxPool1dIndices(in[0], dl.PoolOptions{Kernel: line("kernel"), Stride: line("stride"), Padding: line("padding"),
			Dilation: line("dilation"), Ceil: c.Bool("ceil")}))
	},
	"max_pool3d_indices":  func(c golden.Case, in []*T) []*T { return both(dl.MaxPool3dIndices(in[0], volumePool(c))) },
	"max_pool3d":          with(func(c golden.Case, in []*T) *T { return dl.MaxPool3d(in[0], volumePool(c)) }),
	"avg_pool3d":          with(func(c golden.Case, in []*T) *T { return dl.AvgPool3d(in[0], volumePool(c)) }),
	"adaptive_avg_pool1d": sized(func(x *T, n []int) []*T { return []*T{dl.AdaptiveAvgPool1d(x, n[0])} }),
	"adaptive_max_pool1d": sized(func(x *T, n []int) []*T { return both(dl.AdaptiveMaxPool1dIndices(x, n[0])) }),
	"adaptive_max_pool2d": sized(func(x *T, n []int) []*T { return both(dl.AdaptiveMaxPool2dIndices(x, n[1], n[2])) }),
	"adaptive_avg_pool3d": sized(func(x *T, n []int) []*T { return []*T{dl.AdaptiveAvgPool3d(x, n[1], n[2], n[3])} }),
	"adaptive_max_pool3d": sized(func(x *T, n []int) []*T { return both(dl.AdaptiveMaxPool3dIndices(x, n[1], n[2], n[3])) }),
	"max_unpool1d":        of2(func(x, i *T) *T { return dl.MaxUnpool1d(x, i, 6) }),
	"max_unpool2d":        of2(func(x, i *T) *T { return dl.MaxUnpool2d(x, i, 6, 5) }),
	"max_unpool3d":        of2(func(x, i *T) *T { return dl.MaxUnpool3d(x, i, 4, 4, 2) }),
	"lp_pool1d": with(func(c golden.Case, in []*T) *T {
		return dl.LPPool1d(in[0], c.Float("p", 0), dl.PoolOptions{Kernel: [2]int{1, 3}, Stride: [2]int{1, 2}})
	}),
	"lp_pool2d": with(func(c golden.Case, in []*T) *T {
		return dl.LPPool2d(in[0], c.Float("p", 0), dl.PoolOptions{Kernel: [2]int{2, 2}})
	}),
	"lp_pool3d": with(func(c golden.Case, in []*T) *T {
		return dl.LPPool3d(in[0], c.Float("p", 0), dl.Pool3dOptions{Kernel: [3]int{2, 2, 2}})
	}),

	"rms_norm": with(func(c golden.Case, in []*T) *T { return dl.RMSNorm(in[0], c.Ints("shape"), in[1], 1e-5) }),
	"local_response_norm": with(func(c golden.Case, in []*T) *T {
		return dl.LocalResponseNorm(in[0], c.Int("n", 0), 0.5, 0.6, 1.2)
	}),
	"instance_norm_running": func(c golden.Case, in []*T) []*T {
		m, v := floats(c, "mean"), floats(c, "var")
		y := dl.InstanceNormRunning(in[0], m, v, in[1], in[2], dl.BatchNormOptions{Training: c.Bool("training"), Momentum: 0.2, Eps: 1e-5})
		if c.Bool("training") {
			return []*T{y, m, v}
		}
		return []*T{y}
	},
	"bilinear":        many(func(in []*T) []*T { return []*T{dl.Bilinear(in[0], in[1], in[2], in[3])} }),
	"channel_shuffle": of1(func(x *T) *T { return dl.ChannelShuffle(x, 2) }),
	"embedding_bag": func(c golden.Case, in []*T) []*T {
		o := dl.EmbeddingBagOptions{Mode: bagModes[c.String("mode")], Padding: c.Int("padding", -1), HasPadding: c.Int("padding", -1) >= 0}
		if len(in) > 2 {
			o.Weights = in[2]
		}
		return []*T{dl.EmbeddingBag(in[0], in[1], c.Ints("offsets"), o)}
	},
}

func TestSpatialGolden(t *testing.T) { testGolden(t, "testdata/spatial_ops.json", spatialOps) }

// TestChannelDropouts checks what is drawn, and that the moments stay.
func TestChannelDropouts(t *testing.T) {
	dl.ManualSeed(2)
	x := dl.Ones(40, 50, 3)
	y := dl.DropoutChannels(x, 0.3, true)
	if !y.AMin(2).Equal(y.AMax(2)) {
		t.Error("a channel was dropped in part")
	}
	if m := y.Mean().Item(); m < 0.93 || m > 1.07 {
		t.Errorf("mean %v of what DropoutChannels left of ones", m)
	}
	if !dl.DropoutChannels(x, 0.3, false).Equal(x) {
		t.Error("DropoutChannels drops in evaluation")
	}
	z := dl.Randn(200, 300)
	for name, d := range map[string]*T{"AlphaDropout": dl.AlphaDropout(z, 0.2, true), "FeatureAlphaDropout": dl.FeatureAlphaDropout(z, 0.2, true)} {
		if m, s := d.Mean().Item(), d.Std().Item(); m < -0.03 || m > 0.03 || s < 0.97 || s > 1.03 {
			t.Errorf("%s brings mean 0 and deviation 1 to %v and %v", name, m, s)
		}
	}
	f := dl.FeatureAlphaDropout(dl.Randn(20, 30, 1).Expand(20, 30, 4), 0.4, true)
	if !f.AMin(2).Equal(f.AMax(2)) {
		t.Error("FeatureAlphaDropout dropped a channel in part")
	}
	if !dl.AlphaDropout(z, 1, true).Equal(dl.ZerosLike(z)) || !dl.AlphaDropout(z, 0.5, false).Equal(z) {
		t.Error("AlphaDropout of all, or in evaluation")
	}
}

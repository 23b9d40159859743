package dl_test

import "descent/dl"

func init() {
	second := func(f func(*T) *T) func(*T) *T { return func(x *T) *T { return f(x).Sin() } }
	conv := func(name string, f func(x, w, b *T) *T, x, w, b *T) gradRow {
		return gradRow{name: name, fn: func(in []*T) *T { return f(in[0], in[1], in[2]).Sin() }, in: in(x, w, b)}
	}
	line := dl.PoolOptions{Kernel: [2]int{1, 2}}
	box := dl.Pool3dOptions{Kernel: [3]int{2, 2, 2}}
	addRows(
		conv("ConvTranspose2d", func(x, w, b *T) *T {
			return dl.ConvTranspose2d(x, w, b, dl.ConvTransposeOptions{Stride: [2]int{2, 1}, Padding: [2]int{1, 0}, OutputPadding: [2]int{1, 0}})
		}, normal(1, 2, 2, 3), normal(2, 2, 3, 2), normal(2)),
		conv("ConvTranspose1d", func(x, w, b *T) *T { return dl.ConvTranspose1d(x, w, b, dl.ConvTransposeOptions{Stride: [2]int{0, 2}}) },
			normal(1, 2, 3), normal(2, 1, 2), normal(1)),
		conv("Conv1d", func(x, w, b *T) *T { return dl.Conv1d(x, w, b, dl.ConvOptions{Padding: [2]int{0, 1}}) }, normal(1, 2, 4), normal(2, 2, 3), normal(2)),
		conv("Conv3d", func(x, w, b *T) *T { return dl.Conv3d(x, w, b, dl.Conv3dOptions{Padding: [3]int{1, 0, 0}}) },
			normal(1, 1, 2, 2, 3), normal(2, 1, 2, 2, 2), normal(2)),
		unary("MaxPool1d", second(func(x *T) *T { return dl.MaxPool1d(x, line) }), apart(1, 2, 4)),
		unary("AvgPool1d", second(func(x *T) *T { return dl.AvgPool1d(x, line) }), normal(1, 2, 4)),
		unary("MaxPool3d", second(func(x *T) *T { return dl.MaxPool3d(x, box) }), apart(1, 1, 2, 2, 4)),
		unary("AvgPool3d", second(func(x *T) *T { return dl.AvgPool3d(x, box) }), normal(1, 1, 2, 2, 4)),
		unary("AdaptiveMaxPool2d", second(func(x *T) *T { return dl.AdaptiveMaxPool2d(x, 2, 1) }), apart(1, 1, 3, 4)),
		unary("Interpolate", second(func(x *T) *T {
			return dl.Interpolate(x, []int{5, 2}, dl.InterpolateOptions{Mode: dl.InterpolateLinear})
		}), normal(1, 1, 3, 4)),
		unary("Interpolate/cubic", second(func(x *T) *T {
			return dl.Interpolate(x, []int{5}, dl.InterpolateOptions{Mode: dl.InterpolateCubic})
		}), normal(1, 2, 4)),
		unary("InterpolateScale", second(func(x *T) *T { return dl.InterpolateScale(x, 2, dl.InterpolateOptions{}) }), normal(1, 1, 2, 2)),
		unary("PixelShuffle", second(func(x *T) *T { return dl.PixelShuffle(x, 2) }), normal(1, 4, 1, 2)),
		unary("PixelUnshuffle", second(func(x *T) *T { return dl.PixelUnshuffle(x, 2) }), normal(1, 1, 2, 4)),
		unary("Unfold2d", second(func(x *T) *T { return dl.Unfold2d(x, [2]int{2, 2}, dl.ConvOptions{Padding: [2]int{1, 0}}) }), normal(1, 2, 3, 3)),
		unary("Fold2d", second(func(x *T) *T { return dl.Fold2d(x, 3, 3, [2]int{2, 2}, dl.ConvOptions{}) }), normal(1, 4, 4)),
	)
}

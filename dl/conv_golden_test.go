package dl_test

import (
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
)

func two(c golden.Case, name string) (v [2]int) { copy(v[:], c.Ints(name)); return v }
func three(c golden.Case, name string, def int) (v [3]int) {
	if n := copy(v[:], c.Ints(name)); n == 0 {
		return [3]int{def, def, def}
	}
	return v
}

func transposeOptions(c golden.Case) dl.ConvTransposeOptions {
	return dl.ConvTransposeOptions{Stride: two(c, "stride"), Padding: two(c, "padding"), OutputPadding: two(c, "output_padding"),
		Dilation: two(c, "dilation"), Groups: c.Int("groups", 1)}
}

func convOptions(c golden.Case) dl.ConvOptions {
	return dl.ConvOptions{Stride: two(c, "stride"), Padding: two(c, "padding"), Dilation: two(c, "dilation")}
}

func pool3dOptions(c golden.Case) dl.Pool3dOptions {
	return dl.Pool3dOptions{Kernel: three(c, "kernel", 2), Stride: three(c, "stride", 0), Padding: three(c, "padding", 0)}
}

// with hands the case to an operation on all inputs.
func with(f func(c golden.Case, in []*T) *T) opCall {
	return func(c golden.Case, in []*T) []*T { return []*T{f(c, in)} }
}

var convOps = map[string]opCall{
	"conv_transpose2d": with(func(c golden.Case, in []*T) *T { return dl.ConvTranspose2d(in[0], in[1], in[2], transposeOptions(c)) }),
	"conv_transpose1d": with(func(c golden.Case, in []*T) *T { return dl.ConvTranspose1d(in[0], in[1], in[2], transposeOptions(c)) }),
	"conv1d":           with(func(c golden.Case, in []*T) *T { return dl.Conv1d(in[0], in[1], in[2], convOptions(c)) }),
	"conv3d": with(func(c golden.Case, in []*T) *T {
		return dl.Conv3d(in[0], in[1], in[2], dl.Conv3dOptions{Stride: three(c, "stride", 1), Padding: three(c, "padding", 0), Dilation: three(c, "dilation", 1)})
	}),
	"max_pool1d": of1(func(x *T) *T {
		return dl.MaxPool1d(x, dl.PoolOptions{Kernel: [2]int{0, 3}, Stride: [2]int{0, 2}, Padding: [2]int{0, 1}})
	}),
	"avg_pool1d": of1(func(x *T) *T {
		return dl.AvgPool1d(x, dl.PoolOptions{Kernel: [2]int{0, 3}, Stride: [2]int{0, 2}, Padding: [2]int{0, 1}})
	}),
	"max_pool3d":          with(func(c golden.Case, in []*T) *T { return dl.MaxPool3d(in[0], pool3dOptions(c)) }),
	"avg_pool3d":          with(func(c golden.Case, in []*T) *T { return dl.AvgPool3d(in[0], pool3dOptions(c)) }),
	"adaptive_max_pool2d": of1(func(x *T) *T { return dl.AdaptiveMaxPool2d(x, 2, 3) }),
	"interpolate": with(func(c golden.Case, in []*T) *T {
		mode := map[string]dl.InterpolateMode{"nearest": dl.InterpolateNearest, "bicubic": dl.InterpolateCubic}
		m, ok := mode[c.String("mode")]
		if !ok {
			m = dl.InterpolateLinear
		}
		return dl.Interpolate(in[0], c.Ints("size"), dl.InterpolateOptions{Mode: m, AlignCorners: c.Bool("align")})
	}),
	"pixel_shuffle2":   of1(func(x *T) *T { return dl.PixelShuffle(x, 2) }),
	"pixel_unshuffle2": of1(func(x *T) *T { return dl.PixelUnshuffle(x, 2) }),
	"unfold2d":         with(func(c golden.Case, in []*T) *T { return dl.Unfold2d(in[0], two(c, "kernel"), convOptions(c)) }),
	"fold2d":           with(func(c golden.Case, in []*T) *T { return dl.Fold2d(in[0], 5, 6, two(c, "kernel"), convOptions(c)) }),
}

func TestConvGolden(t *testing.T) { testGolden(t, "testdata/conv_ops.json", convOps) }

func TestConvErrors(t *testing.T) {
	x := dl.Zeros(1, 3, 4, 4)
	wantError(t, func() { dl.ConvTranspose2d(x, dl.Zeros(2, 3, 3, 3), nil, dl.ConvTransposeOptions{}) }, "conv_transpose2d", "3 channels", "2")
	wantError(t, func() {
		dl.ConvTranspose2d(x, dl.Zeros(3, 2, 3, 3), nil, dl.ConvTransposeOptions{OutputPadding: [2]int{1, 1}})
	}, "output padding")
	wantError(t, func() { dl.Conv1d(x, dl.Zeros(1, 3, 3), nil, dl.ConvOptions{}) }, "conv1d", "[1×3×4×4]", "three dimensions")
	wantError(t, func() { dl.Interpolate(x, []int{8}, dl.InterpolateOptions{}) }, "interpolate", "1 lengths")
	wantError(t, func() { dl.Unfold2d(x, [2]int{5, 1}, dl.ConvOptions{}) }, "unfold2d", "4×4", "5×1")
	wantError(t, func() { dl.PixelShuffle(x, 2) }, "pixel_shuffle", "[1×3×4×4]")
}

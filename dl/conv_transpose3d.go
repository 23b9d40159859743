package dl

import "fmt"

// ConvTranspose3dOptions configures ConvTranspose3d, for depth, height and
// width. Zero strides, dilations and groups mean one.
type ConvTranspose3dOptions struct {
	Stride, Padding, OutputPadding, Dilation [3]int
	Groups                                   int
}

// plane are the options of height and width.
func (o ConvTranspose3dOptions) plane() ConvTransposeOptions {
	two := func(v [3]int) [2]int { return [2]int{v[1], v[2]} }
	return ConvTransposeOptions{Stride: two(o.Stride), Padding: two(o.Padding), OutputPadding: two(o.OutputPadding),
		Dilation: two(o.Dilation), Groups: o.Groups}
}

// ConvTranspose3d is ConvTranspose2d for volumes: x [N, C, D, H, W], weight
// [C, out/groups, KD, KH, KW], bias [out] or nil. It spreads the frames by each
// of the filter's layers and adds them up at their depths.
//
// PyTorch: nn.functional.conv_transpose3d.
func ConvTranspose3d(x, weight, bias *Tensor, o ConvTranspose3dOptions) *Tensor {
	const op = "conv_transpose3d"
	if len(x.shape) != 5 || len(weight.shape) != 5 {
		fail(op, fmt.Sprintf("x of shape %s and a weight of shape %s", shapeText(x.shape), shapeText(weight.shape)),
			"five dimensions: [batch×channels×depth×height×width]", "", x, weight)
	}
	n, depth, kd := x.shape[0], x.shape[2], weight.shape[2]
	stride, dil, pad, extra := max(o.Stride[0], 1), max(o.Dilation[0], 1), o.Padding[0], o.OutputPadding[0]
	od := (depth-1)*stride - 2*pad + dil*(kd-1) + extra + 1
	if od <= 0 || depth == 0 || pad < 0 || extra < 0 || extra > 0 && extra >= max(stride, dil) {
		fail(op, fmt.Sprintf("depth %d, padding %d and output padding %d for stride %d", depth, pad, extra, stride),
			"a result of positive size, and output padding smaller than stride or dilation", "", x, weight)
	}
	frames := x.Transpose(1, 2).Reshape(n*depth, x.shape[1], x.shape[3], x.shape[4])
	var out *Tensor
	for k := range kd {
		y := ConvTranspose2d(frames, weight.Select(2, k), nil, o.plane())
		y = y.Reshape(n, depth, y.shape[1], y.shape[2], y.shape[3])
		at := make([]int64, depth)
		for d := range at {
			at[d] = int64(d*stride + k*dil)
		}
		if out == nil {
			out = FullOf(x.dtype, 0, n, od+2*pad, y.shape[2], y.shape[3], y.shape[4])
		}
		out = out.IndexAdd(1, FromInt64s(at), y)
	}
	out = out.Narrow(1, pad, od).Transpose(1, 2)
	if bias == nil {
		return out
	}
	if len(bias.shape) != 1 || bias.shape[0] != out.shape[1] {
		fail(op, "a bias of shape "+shapeText(bias.shape), fmt.Sprintf("[%d]", out.shape[1]), "", x, weight, bias)
	}
	return out.Add(bias.Reshape(-1, 1, 1, 1))
}

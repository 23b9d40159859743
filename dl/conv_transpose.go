package dl

import (
	"fmt"

	"descent/dl/internal/conv"
)

// ConvTransposeOptions configures ConvTranspose2d and ConvTranspose1d (which
// reads the second entries). Zero strides, dilations and groups mean one.
type ConvTransposeOptions struct {
	Stride        [2]int
	Padding       [2]int
	OutputPadding [2]int // rows and columns added at the end: with a stride, several sizes lead to one
	Dilation      [2]int
	Groups        int
}

// ConvTranspose2d is the transpose of Conv2d as a linear map: it spreads every
// pixel of x over the filter's window, and so enlarges images.
//
//	x [N, C, H, W], weight [C, out/groups, KH, KW], bias [out] or nil → [N, out, H', W']
//	H' = (H−1)·stride − 2·padding + dilation·(KH−1) + outputPadding + 1
//
// PyTorch: nn.functional.conv_transpose2d.
func ConvTranspose2d(x, weight, bias *Tensor, o ConvTransposeOptions) *Tensor {
	const op = "conv_transpose2d"
	needFloat(op, x)
	if len(x.shape) != 4 || len(weight.shape) != 4 {
		fail(op, fmt.Sprintf("x of shape %s and a weight of shape %s", shapeText(x.shape), shapeText(weight.shape)),
			"[batch×channels×height×width] and [channels×out/groups×height×width]", "", x, weight)
	}
	if x.shape[1] != weight.shape[0] {
		fail(op, fmt.Sprintf("x of shape %s, with %d channels, and filters for %d", shapeText(x.shape), x.shape[1], weight.shape[0]),
			"as many channels in x as the filters take", "", x, weight)
	}
	if weight.dtype != x.dtype {
		fail(op, fmt.Sprintf("x of %s and a weight of %s", x.dtype, weight.dtype), "the same type", "", x, weight)
	}
	groups := max(o.Groups, 1)
	s := conv.Shape{N: x.shape[0], C: weight.shape[1] * groups, OutC: x.shape[1], KH: weight.shape[2], KW: weight.shape[3],
		StrideH: max(o.Stride[0], 1), StrideW: max(o.Stride[1], 1), PadH: o.Padding[0], PadW: o.Padding[1],
		DilH: max(o.Dilation[0], 1), DilW: max(o.Dilation[1], 1), Groups: groups}
	s.H = (x.shape[2]-1)*s.StrideH - 2*s.PadH + s.DilH*(s.KH-1) + o.OutputPadding[0] + 1
	s.W = (x.shape[3]-1)*s.StrideW - 2*s.PadW + s.DilW*(s.KW-1) + o.OutputPadding[1] + 1
	if oh, ow := s.Out(); s.H <= 0 || s.W <= 0 || oh != x.shape[2] || ow != x.shape[3] {
		fail(op, fmt.Sprintf("padding %v and output padding %v for strides %d and %d", o.Padding, o.OutputPadding, s.StrideH, s.StrideW),
			"a result of positive size, and output padding smaller than stride or dilation", "", x, weight)
	}
	if err := s.Validate(); err != nil {
		fail(op, err.Error(), "a valid convolution", "", x, weight)
	}
	out := convInputGrad(x, weight, s)
	if bias == nil {
		return out
	}
	if len(bias.shape) != 1 || bias.shape[0] != s.C {
		fail(op, "a bias of shape "+shapeText(bias.shape), fmt.Sprintf("[%d]", s.C), "", x, weight, bias)
	}
	return out.Add(bias.Reshape(-1, 1, 1))
}

// ConvTranspose1d is ConvTranspose2d for sequences: x [N, C, L], weight
// [C, out/groups, K]. It reads the second entry of each option.
//
// PyTorch: nn.functional.conv_transpose1d.
func ConvTranspose1d(x, weight, bias *Tensor, o ConvTransposeOptions) *Tensor {
	needSequence("conv_transpose1d", x, weight)
	o.Stride[0], o.Padding[0], o.OutputPadding[0], o.Dilation[0] = 1, 0, 0, 1
	return ConvTranspose2d(x.Unsqueeze(2), weight.Unsqueeze(2), bias, o).Squeeze(2)
}

func needSequence(op string, x, weight *Tensor) {
	if len(x.shape) != 3 || weight != nil && len(weight.shape) != 3 {
		got := "x of shape " + shapeText(x.shape)
		if weight != nil {
			got += " and a weight of shape " + shapeText(weight.shape)
		}
		fail(op, got, "three dimensions: [batch×channels×length]", "", x, weight)
	}
}

// Conv1d is Conv2d for sequences: x [N, C, L], weight [out, C/groups, K], bias
// [out] or nil → [N, out, L']. It reads the second entry of each option.
//
// PyTorch: nn.functional.conv1d.
func Conv1d(x, weight, bias *Tensor, o ConvOptions) *Tensor {
	needSequence("conv1d", x, weight)
	o.Stride[0], o.Padding[0], o.Dilation[0] = 1, 0, 1
	return Conv2d(x.Unsqueeze(2), weight.Unsqueeze(2), bias, o).Squeeze(2)
}

// Conv3dOptions configures Conv3d, for depth, height and width. Zero strides,
// dilations and groups mean one.
type Conv3dOptions struct {
	Stride, Padding, Dilation [3]int
	Groups                    int
}

// Conv3d is Conv2d for volumes: x [N, C, D, H, W], weight
// [out, C/groups, KD, KH, KW], bias [out] or nil. It adds up one convolution of
// all frames for each of the filter's layers.
//
// PyTorch: nn.functional.conv3d.
func Conv3d(x, weight, bias *Tensor, o Conv3dOptions) *Tensor {
	const op = "conv3d"
	if len(x.shape) != 5 || len(weight.shape) != 5 {
		fail(op, fmt.Sprintf("x of shape %s and a weight of shape %s", shapeText(x.shape), shapeText(weight.shape)),
			"five dimensions: [batch×channels×depth×height×width]", "", x, weight)
	}
	stride, dil := max(o.Stride[0], 1), max(o.Dilation[0], 1)
	n, depth, kd := x.shape[0], x.shape[2], weight.shape[2]
	od := (depth+2*o.Padding[0]-dil*(kd-1)-1)/stride + 1
	if od <= 0 || depth+2*o.Padding[0] < dil*(kd-1)+1 {
		fail(op, fmt.Sprintf("volumes %d deep and filters %d deep", depth, dil*(kd-1)+1), "volumes at least as deep as the filters", "add Padding", x, weight)
	}
	p := x
	if o.Padding[0] > 0 {
		p = x.Pad([]int{0, 0, 0, 0, o.Padding[0], o.Padding[0]}, PadConstant, 0)
	}
	flat := ConvOptions{Stride: [2]int{o.Stride[1], o.Stride[2]}, Padding: [2]int{o.Padding[1], o.Padding[2]},
		Dilation: [2]int{o.Dilation[1], o.Dilation[2]}, Groups: o.Groups}
	var out *Tensor
	for k := range kd {
		frames := p.Slice(2, k*dil, k*dil+(od-1)*stride+1, stride) // [N, C, od, H, W]
		frames = frames.Transpose(1, 2).Reshape(n*od, x.shape[1], x.shape[3], x.shape[4])
		var b *Tensor
		if k == 0 {
			b = bias
		}
		y := Conv2d(frames, weight.Select(2, k), b, flat)
		if out == nil {
			out = y
		} else {
			out = out.Add(y)
		}
	}
	return out.Reshape(n, od, out.shape[1], out.shape[2], out.shape[3]).Transpose(1, 2)
}

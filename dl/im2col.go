package dl

import "fmt"

// Unfold2d lists the windows of images as columns: [N, C, H, W] →
// [N, C·KH·KW, windows]. Groups and ReLU of the options are not used.
//
// PyTorch: nn.functional.unfold.
func Unfold2d(x *Tensor, kernel [2]int, o ConvOptions) *Tensor {
	if len(x.shape) != 4 {
		fail("unfold2d", "x of shape "+shapeText(x.shape), "[batch×channels×height×width]", "", x)
	}
	f := newFold2d("unfold2d", x.shape[2], x.shape[3], kernel, o)
	if o.Padding != [2]int{} {
		x = x.Pad([]int{o.Padding[1], o.Padding[1], o.Padding[0], o.Padding[0]}, PadConstant, 0)
	}
	v := x.Unfold(2, f.span[0], f.stride[0]).Unfold(3, f.span[1], f.stride[1]) // [N, C, OH, OW, span, span]
	v = v.Slice(4, 0, f.span[0], f.dilation[0]).Slice(5, 0, f.span[1], f.dilation[1])
	return v.Permute(0, 1, 4, 5, 2, 3).Reshape(x.shape[0], x.shape[1]*kernel[0]*kernel[1], f.out[0]*f.out[1])
}

// Fold2d adds columns of windows back up to images of the given height and
// width: the transpose of Unfold2d. Pixels in several windows get the sum.
//
// PyTorch: nn.functional.fold.
func Fold2d(x *Tensor, height, width int, kernel [2]int, o ConvOptions) *Tensor {
	f := newFold2d("fold2d", height, width, kernel, o)
	k := kernel[0] * kernel[1]
	if len(x.shape) != 3 || x.shape[1]%k != 0 || x.shape[2] != f.out[0]*f.out[1] {
		fail("fold2d", "x of shape "+shapeText(x.shape), fmt.Sprintf("[batch × channels·%d × %d]", k, f.out[0]*f.out[1]), "", x)
	}
	n, c := x.shape[0], x.shape[1]/k
	v := x.Reshape(n, c, kernel[0], kernel[1], f.out[0], f.out[1]).Permute(0, 1, 4, 5, 2, 3)
	// Every step of Unfold2d backwards, each the transpose of its step.
	v = embed(v, []int{n, c, f.out[0], f.out[1], kernel[0], f.span[1]}, sliceArgs{5, 0, kernel[1], f.dilation[1]})
	v = embed(v, []int{n, c, f.out[0], f.out[1], f.span[0], f.span[1]}, sliceArgs{4, 0, kernel[0], f.dilation[0]})
	h, w := height+2*o.Padding[0], width+2*o.Padding[1]
	v = foldWindows(v, []int{n, c, f.out[0], w, f.span[0]}, 3, f.span[1], f.stride[1])
	v = foldWindows(v, []int{n, c, h, w}, 2, f.span[0], f.stride[0])
	return v.Narrow(2, o.Padding[0], height).Narrow(3, o.Padding[1], width)
}

// fold2d holds the geometry of windows on an image.
type fold2d struct{ stride, dilation, span, out [2]int }

func newFold2d(op string, h, w int, kernel [2]int, o ConvOptions) fold2d {
	var f fold2d
	for i, n := range [2]int{h, w} {
		f.stride[i], f.dilation[i] = max(o.Stride[i], 1), max(o.Dilation[i], 1)
		f.span[i] = f.dilation[i]*(kernel[i]-1) + 1
		f.out[i] = (n+2*o.Padding[i]-f.span[i])/f.stride[i] + 1
		if kernel[i] < 1 || n+2*o.Padding[i] < f.span[i] {
			panic(&Error{Op: op, Got: fmt.Sprintf("images of %d×%d and windows of %d×%d", h, w, kernel[0], kernel[1]), Want: "images at least as large as the windows"})
		}
	}
	return f
}

package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// WindowOptions are the choices for [Unfold] and [Fold], equal for height and width. The zero value is stride 1, no padding,
// no dilation.
type WindowOptions struct {
	Stride   int // 0 means 1
	Padding  int // zeros around the image
	Dilation int // distance of the pixels of a window; 0 means 1
}

func (o WindowOptions) both() dl.ConvOptions {
	two := func(n int) [2]int { return [2]int{n, n} }
	return dl.ConvOptions{Stride: two(max(o.Stride, 1)), Padding: two(o.Padding), Dilation: two(max(o.Dilation, 1))}
}

func (o WindowOptions) describe() string {
	text := ""
	for _, s := range []setting{{"stride", max(o.Stride, 1), 1}, {"padding", o.Padding, 0}, {"dilation", max(o.Dilation, 1), 1}} {
		if s.value != s.def {
			text += fmt.Sprintf(", %s %d", s.name, s.value)
		}
	}
	return text
}

// Unfold lists the square windows of images as columns.
//
//	input  [N, C, H, W]
//	output [N, C·Kernel², windows]
//
// PyTorch: nn.Unfold.
type Unfold struct {
	Kernel  int
	Options WindowOptions
	layer
}

// NewUnfold makes an [Unfold] with windows of the given size.
func NewUnfold(kernel int, o WindowOptions) *Unfold {
	positive("nn.NewUnfold", "kernel", kernel)
	return &Unfold{Kernel: kernel, Options: o}
}

// Forward lists the windows of x of shape [N, C, H, W].
func (l *Unfold) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.Unfold2d(x, [2]int{l.Kernel, l.Kernel}, l.Options.both()))
}

// String gives the size of the windows.
func (l *Unfold) String() string { return fmt.Sprintf("Unfold(%d%s)", l.Kernel, l.Options.describe()) }

// Fold adds windows up to images of Height×Width, as [Unfold] lists them. Pixels in several windows get the sum.
//
//	input  [N, C·Kernel², windows]
//	output [N, C, Height, Width]
//
// PyTorch: nn.Fold.
type Fold struct {
	Height  int
	Width   int
	Kernel  int
	Options WindowOptions
	layer
}

// NewFold makes a [Fold] to images of height×width with windows of the given size.
func NewFold(height, width, kernel int, o WindowOptions) *Fold {
	positive("nn.NewFold", "height", height)
	positive("nn.NewFold", "width", width)
	positive("nn.NewFold", "kernel", kernel)
	return &Fold{Height: height, Width: width, Kernel: kernel, Options: o}
}

// Forward adds up x of shape [N, C·Kernel², windows].
func (l *Fold) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.Fold2d(x, l.Height, l.Width, [2]int{l.Kernel, l.Kernel}, l.Options.both()))
}

// String gives the size of the images and of the windows.
func (l *Fold) String() string {
	return fmt.Sprintf("Fold(%d×%d, %d%s)", l.Height, l.Width, l.Kernel, l.Options.describe())
}

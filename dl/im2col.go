package dl

import (
	"fmt"

	"descent/dl/internal/par"
)

// Unfold2d lists the windows of images as columns: [N, C, H, W] →
// [N, C·KH·KW, windows]. Groups and ReLU of the options are not used.
//
// PyTorch: nn.functional.unfold.
func Unfold2d(x *Tensor, kernel [2]int, o ConvOptions) *Tensor {
	if len(x.shape) != 4 {
		fail("unfold2d", "x of shape "+shapeText(x.shape), "[batch×channels×height×width]", "", x)
	}
	f := newFold2d("unfold2d", x.shape[2], x.shape[3], kernel, o)
	in := x
	x = x.Detach()
	if o.Padding != [2]int{} {
		x = x.Pad([]int{o.Padding[1], o.Padding[1], o.Padding[0], o.Padding[0]}, PadConstant, 0)
	}
	v := x.Unfold(2, f.span[0], f.stride[0]).Unfold(3, f.span[1], f.stride[1]) // [N, C, OH, OW, span, span]
	v = v.Slice(4, 0, f.span[0], f.dilation[0]).Slice(5, 0, f.span[1], f.dilation[1])
	out := v.Permute(0, 1, 4, 5, 2, 3).Clone().Reshape(x.shape[0], x.shape[1]*kernel[0]*kernel[1], f.out[0]*f.out[1])
	if c := record(out, "unfold2d", unfold2dBackward, in); c != nil {
		c.shape, c.Data = in.Shape(), foldData{kernel, o}
	}
	return out
}

// foldData is what the backward passes of Unfold2d and Fold2d need.
type foldData struct {
	kernel [2]int
	o      ConvOptions
}

func unfold2dBackward(c *Context, g *Tensor) []*Tensor {
	d := c.Data.(foldData)
	return c.gives(Fold2d(g, c.shape[2], c.shape[3], d.kernel, d.o))
}

func fold2dBackward(c *Context, g *Tensor) []*Tensor {
	d := c.Data.(foldData)
	return c.gives(Unfold2d(g, d.kernel, d.o))
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
	needCompute("fold2d", x)
	out := empty(x.dtype, []int{x.shape[0], x.shape[1] / k, height, width})
	switch t := x.dense(); x.dtype {
	case Float32:
		foldColumns(f, span[float32](out), span[float32](t), height, width, kernel, o.Padding)
	case Float64:
		foldColumns(f, span[float64](out), span[float64](t), height, width, kernel, o.Padding)
	case Int64:
		foldColumns(f, span[int64](out), span[int64](t), height, width, kernel, o.Padding)
	case Int32:
		foldColumns(f, span[int32](out), span[int32](t), height, width, kernel, o.Padding)
	default:
		foldColumns(f, span[uint8](out), span[uint8](t), height, width, kernel, o.Padding)
	}
	if c := record(out, "fold2d", fold2dBackward, x); c != nil {
		c.Data = foldData{kernel, o}
	}
	return out
}

// foldColumns adds the columns in src to planes of h×w pixels in dst.
func foldColumns[T number](f fold2d, dst, src []T, h, w int, kernel, padding [2]int) {
	if h*w == 0 {
		return
	}
	oh, ow := f.out[0], f.out[1]
	par.For(len(dst)/(h*w), max(1, grain/(kernel[0]*kernel[1]*oh*ow)), func(lo, hi int) {
		for p := lo; p < hi; p++ {
			plane := dst[p*h*w:][:h*w]
			for kh := range kernel[0] {
				y, i0, i1 := f.reach(0, kh, h, padding)
				for kw := range kernel[1] {
					x, j0, j1 := f.reach(1, kw, w, padding)
					column := src[((p*kernel[0]+kh)*kernel[1]+kw)*oh*ow:][:oh*ow]
					for i := i0; i < i1; i++ {
						row, from := plane[(i*f.stride[0]+y)*w:][:w], column[i*ow+j0:i*ow+max(j0, j1)]
						if f.stride[1] == 1 && len(from) > 0 {
							addTo(row[j0+x:][:len(from)], from)
							continue
						}
						at := j0*f.stride[1] + x
						for _, v := range from {
							row[at] += v
							at += f.stride[1]
						}
					}
				}
			}
		}
	})
}

// reach returns which windows [lo, hi) along axis d have element k of theirs in
// an image of n pixels, and where that of window 0 is.
func (f *fold2d) reach(d, k, n int, padding [2]int) (at, lo, hi int) {
	step := f.stride[d]
	at = k*f.dilation[d] - padding[d]
	if at < 0 {
		lo = (-at + step - 1) / step
	}
	if at < n {
		hi = min(f.out[d], (n-at+step-1)/step)
	}
	return at, lo, hi
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

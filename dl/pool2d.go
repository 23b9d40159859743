package dl

import (
	"fmt"

	"descent/dl/internal/conv"
)

// PoolOptions configures MaxPool2d and AvgPool2d, for height and width. Zero
// strides mean the size of the window, zero dilations one.
type PoolOptions struct {
	Kernel   [2]int
	Stride   [2]int
	Padding  [2]int // at most half the window
	Dilation [2]int // of the window of MaxPool2d
	Ceil     bool   // adds the last window, which hangs over the edge
	// ExcludePadding makes AvgPool2d divide by the number of pixels under the
	// window; otherwise padding counts as pixels of value zero.
	ExcludePadding bool
}

// MaxPool2d keeps the largest element of each window. Padding counts as
// smaller than any number.
//
//	x [N, C, H, W] → [N, C, H', W']
//	H' = (H + 2·padding − dilation·(kernel−1) − 1)/stride + 1
//
// PyTorch: nn.functional.max_pool2d.
func MaxPool2d(x *Tensor, o PoolOptions) *Tensor {
	out, _ := maxPool2d(x, o, tracked(x))
	return out
}

// MaxPool2dIndices is MaxPool2d that also says where in its H·W plane each
// largest element was found, as an int64 tensor of the output's shape.
//
// PyTorch: nn.functional.max_pool2d with return_indices.
func MaxPool2dIndices(x *Tensor, o PoolOptions) (values, indices *Tensor) {
	out, arg := maxPool2d(x, o, true)
	at := empty(Int64, out.shape)
	for i, v := range arg {
		span[int64](at)[i] = int64(v)
	}
	return out, at
}

// maxPool2d says where the largest elements are if places are wanted.
func maxPool2d(x *Tensor, o PoolOptions, places bool) (*Tensor, []int32) {
	s := poolShape("max_pool2d", x, o)
	oh, ow := s.Out()
	out := blank(x.dtype, []int{s.N, s.C, oh, ow})
	var arg []int32
	if places || x.dtype != Float32 {
		arg = make([]int32, out.n)
	}
	switch {
	case out.n == 0:
	case x.dtype == Float32:
		conv.MaxPoolForward(s, dense(x).f32(), out.f32(), arg)
	default:
		maxPool64(s, span[float64](dense(x)), span[float64](out), arg)
	}
	if c := record(out, "max_pool2d", maxPool2dBackward, x); c != nil {
		c.Data = pooled{s, arg}
	}
	return out, arg
}

// pooled is what the backward pass of MaxPool2d needs.
type pooled struct {
	shape conv.PoolShape
	arg   []int32
}

func maxPool2dBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(unpool(g, c.Data.(pooled)))
}

// unpool puts each element of g where the maximum was.
func unpool(g *Tensor, p pooled) *Tensor {
	s := p.shape
	out := blank(g.dtype, []int{s.N, s.C, s.H, s.W})
	switch {
	case g.n == 0:
	case g.dtype == Float32:
		conv.MaxPoolBackward(s, dense(g).f32(), p.arg, out.f32())
	default:
		d, src := span[float64](out), span[float64](dense(g))
		oh, ow := s.Out()
		for i, v := range src {
			d[i/(oh*ow)*s.H*s.W+int(p.arg[i])] += v
		}
	}
	if c := record(out, "max_unpool2d", unpoolBackward, g); c != nil {
		c.Data = p
	}
	return out
}

// unpoolBackward picks what stands where the maximum was.
func unpoolBackward(c *Context, g *Tensor) []*Tensor { return c.gives(pick(g, c.Data.(pooled))) }

func pick(x *Tensor, p pooled) *Tensor {
	s := p.shape
	oh, ow := s.Out()
	out := blank(x.dtype, []int{s.N, s.C, oh, ow})
	if x.dtype == Float32 {
		pickInto(out.f32(), dense(x).f32(), p.arg, oh*ow, s.H*s.W)
	} else {
		pickInto(span[float64](out), span[float64](dense(x)), p.arg, oh*ow, s.H*s.W)
	}
	if c := record(out, "max_pool2d pick", pickBackward, x); c != nil {
		c.Data = p
	}
	return out
}

func pickInto[T float32 | float64](dst, src []T, arg []int32, out, plane int) {
	for i, a := range arg {
		dst[i] = src[i/out*plane+int(a)]
	}
}

func pickBackward(c *Context, g *Tensor) []*Tensor { return c.gives(unpool(g, c.Data.(pooled))) }

// AvgPool2d takes the mean of each window.
//
//	x [N, C, H, W] → [N, C, H', W']
//
// PyTorch: nn.functional.avg_pool2d.
func AvgPool2d(x *Tensor, o PoolOptions) *Tensor {
	if o.Dilation[0] > 1 || o.Dilation[1] > 1 {
		fail("avg_pool2d", fmt.Sprintf("dilation %v", o.Dilation), "a window without gaps", "", x)
	}
	return avgPool(x, poolShape("avg_pool2d", x, o))
}

func avgPool(x *Tensor, s conv.PoolShape) *Tensor {
	oh, ow := s.Out()
	out := blank(x.dtype, []int{s.N, s.C, oh, ow})
	switch {
	case out.n == 0:
	case x.dtype == Float32:
		conv.AvgPoolForward(s, dense(x).f32(), out.f32())
	default:
		xs, ys := span[float64](dense(x)), span[float64](out)
		windows64(s, func(y, x int, scale float64) { ys[y] += xs[x] * scale })
	}
	if c := record(out, "avg_pool2d", avgPoolBackward, x); c != nil {
		c.Data = s
	}
	return out
}

func avgPoolBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(avgUnpool(g, c.Data.(conv.PoolShape)))
}

// avgUnpool spreads each element of g over its window.
func avgUnpool(g *Tensor, s conv.PoolShape) *Tensor {
	out := blank(g.dtype, []int{s.N, s.C, s.H, s.W})
	switch {
	case g.n == 0:
	case g.dtype == Float32:
		conv.AvgPoolBackward(s, dense(g).f32(), out.f32())
	default:
		gs, ds := span[float64](dense(g)), span[float64](out)
		windows64(s, func(y, x int, scale float64) { ds[x] += gs[y] * scale })
	}
	if c := record(out, "avg_unpool2d", avgUnpoolBackward, g); c != nil {
		c.Data = s
	}
	return out
}

func avgUnpoolBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(avgPool(g, c.Data.(conv.PoolShape)))
}

func poolShape(op string, x *Tensor, o PoolOptions) conv.PoolShape {
	needFloat(op, x)
	if len(x.shape) != 4 {
		hint := ""
		if len(x.shape) == 3 {
			hint = "a single image needs a batch axis: x.Unsqueeze(0)"
		}
		fail(op, "x of shape "+shapeText(x.shape), "[batch×channels×height×width]", hint, x)
	}
	s := conv.PoolShape{N: x.shape[0], C: x.shape[1], H: x.shape[2], W: x.shape[3], KH: o.Kernel[0], KW: o.Kernel[1],
		StrideH: o.Stride[0], StrideW: o.Stride[1], PadH: o.Padding[0], PadW: o.Padding[1],
		DilH: max(o.Dilation[0], 1), DilW: max(o.Dilation[1], 1), CeilMode: o.Ceil, CountPad: !o.ExcludePadding}
	if s.StrideH == 0 {
		s.StrideH = s.KH
	}
	if s.StrideW == 0 {
		s.StrideW = s.KW
	}
	if s.KH <= 0 || s.KW <= 0 {
		fail(op, fmt.Sprintf("a window of %d×%d", s.KH, s.KW), "a window of at least 1×1", "", x)
	}
	if oh, ow := s.Out(); oh <= 0 || ow <= 0 {
		fail(op, fmt.Sprintf("images of %d×%d and a window of %d×%d", s.H, s.W, s.DilH*(s.KH-1)+1, s.DilW*(s.KW-1)+1),
			"images at least as large as the window", "pool less often, or pad", x)
	}
	if err := s.Validate(); err != nil {
		fail(op, err.Error(), "valid pooling", "", x)
	}
	return s
}

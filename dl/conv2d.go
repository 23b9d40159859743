package dl

import (
	"fmt"

	"descent/dl/internal/conv"
)

// ConvOptions configures Conv2d, for height and width. Zero strides,
// dilations and groups mean one.
type ConvOptions struct {
	Stride   [2]int
	Padding  [2]int
	Dilation [2]int
	Groups   int
	ReLU     bool // takes ReLU of the result in the same step
}

// Conv2d slides the filters in weight over the images in x (the
// cross-correlation that deep learning calls convolution) and adds the bias.
//
//	x [N, C, H, W], weight [out, C/groups, KH, KW], bias [out] or nil → [N, out, H', W']
//	H' = (H + 2·padding − dilation·(KH−1) − 1)/stride + 1
//
// In float32, filters of 3×3 with stride 1 over 16 channels or more go by
// Winograd's method where there is assembly: about twice the rounding errors,
// and an input that is infinite or NaN spoils the 4×4 outputs of its tiles.
//
// PyTorch: nn.functional.conv2d.
func Conv2d(x, weight, bias *Tensor, o ConvOptions) *Tensor {
	s := convShape(x, weight, bias, o)
	oh, ow := s.Out()
	out := blank(x.dtype, []int{s.N, s.OutC, oh, ow})
	if x.dtype == Float32 {
		var b []float32
		if bias != nil {
			b = dense(bias).f32()
		}
		if out.n > 0 {
			conv.Forward(s, dense(x).f32(), dense(weight).f32(), b, out.f32(), o.ReLU)
		}
	} else {
		conv64(s, dense(x), dense(weight), bias, out, o.ReLU)
	}
	var c *Context
	if bias == nil {
		c = record(out, "conv2d", conv2dBackward, x, weight)
	} else {
		c = record(out, "conv2d", conv2dBackward, x, weight, bias)
	}
	if c != nil {
		c.Data = s
		if o.ReLU {
			c.name = "conv2d+relu"
			c.Save(x, weight, out)
		} else {
			c.Save(x, weight)
		}
	}
	return out
}

// convShape checks the tensors of a convolution.
func convShape(x, weight, bias *Tensor, o ConvOptions) conv.Shape {
	const op = "conv2d"
	needFloat(op, x)
	if len(x.shape) != 4 {
		hint := ""
		if len(x.shape) == 3 {
			hint = "a single image needs a batch axis: x.Unsqueeze(0); images without channels need one: x.Unsqueeze(1)"
		}
		fail(op, "x of shape "+shapeText(x.shape), "[batch×channels×height×width]", hint, x, weight)
	}
	if len(weight.shape) != 4 {
		fail(op, "a weight of shape "+shapeText(weight.shape), "[out×in/groups×height×width]", "", x, weight)
	}
	groups := max(o.Groups, 1)
	if x.shape[1] != weight.shape[1]*groups {
		fail(op, fmt.Sprintf("x of shape %s, with %d channels, and filters for %d", shapeText(x.shape), x.shape[1], weight.shape[1]*groups),
			"as many channels in x as the filters take", "", x, weight)
	}
	if weight.dtype != x.dtype || bias != nil && bias.dtype != x.dtype {
		fail(op, fmt.Sprintf("x of %s and a weight of %s", x.dtype, weight.dtype), "the same type", "x.To(dl."+goName(weight.dtype)+")", x, weight)
	}
	if bias != nil && (len(bias.shape) != 1 || bias.shape[0] != weight.shape[0]) {
		fail(op, "a bias of shape "+shapeText(bias.shape), fmt.Sprintf("[%d]", weight.shape[0]), "", x, weight, bias)
	}
	s := conv.Shape{N: x.shape[0], C: x.shape[1], H: x.shape[2], W: x.shape[3],
		OutC: weight.shape[0], KH: weight.shape[2], KW: weight.shape[3],
		StrideH: max(o.Stride[0], 1), StrideW: max(o.Stride[1], 1), PadH: o.Padding[0], PadW: o.Padding[1],
		DilH: max(o.Dilation[0], 1), DilW: max(o.Dilation[1], 1), Groups: groups}
	if s.OutC%groups != 0 {
		fail(op, fmt.Sprintf("%d filters in %d groups", s.OutC, groups), "a number of filters that the groups divide", "", x, weight)
	}
	if oh, ow := s.Out(); oh <= 0 || ow <= 0 {
		fail(op, fmt.Sprintf("images of %d×%d and filters of %d×%d", s.H, s.W, s.DilH*(s.KH-1)+1, s.DilW*(s.KW-1)+1),
			"images at least as large as the filters", "add Padding, or use fewer layers that shrink the image", x, weight)
	}
	if err := s.Validate(); err != nil {
		fail(op, err.Error(), "a valid convolution", "", x, weight)
	}
	return s
}

func conv2dBackward(c *Context, g *Tensor) []*Tensor {
	x, w, s := c.Saved(0), c.Saved(1), c.Data.(conv.Shape)
	if len(c.saved) == 3 { // with ReLU
		g = passWhere(g, c.Saved(2))
	}
	var dx, dw, db *Tensor
	if c.Needs(1) {
		if !GradEnabled() && s.N > 0 && g.dtype == Float32 {
			var dbs []float32
			if c.Needs(2) {
				db = empty(Float32, []int{s.OutC})
				dbs = db.f32()
			}
			dw = blank(Float32, w.shape)
			conv.BackwardWeight(s, dense(g).f32(), dense(x).f32(), dw.f32(), dbs)
		} else {
			dw = convWeightGrad(g, x, s)
		}
	}
	if c.Needs(2) && db == nil {
		db = g.Sum(0, 2, 3)
	}
	if c.Needs(0) {
		dx = convInputGrad(g, w, s)
	}
	if len(c.edges) == 2 {
		return c.gives(dx, dw)
	}
	return []*Tensor{dx, dw, db}
}

// The three products of a convolution are closed under differentiation. With
// ⟨conv(x, w), dy⟩ = ⟨x, input(dy, w)⟩ = ⟨w, weight(dy, x)⟩, the gradients of
// each with respect to its two arguments are the other two.

// convInputGrad is the gradient of a convolution with respect to x.
func convInputGrad(dy, w *Tensor, s conv.Shape) *Tensor {
	out := blank(dy.dtype, []int{s.N, s.C, s.H, s.W})
	if dy.dtype == Float32 {
		if dy.n > 0 {
			conv.BackwardInput(s, dense(dy).f32(), dense(w).f32(), out.f32())
		}
	} else {
		convInput64(s, dense(dy), dense(w), out)
	}
	if c := record(out, "conv2d input gradient", convInputGradBackward, dy, w); c != nil {
		c.Save(dy, w)
		c.Data = s
	}
	return out
}

func convInputGradBackward(c *Context, g *Tensor) []*Tensor {
	dy, w, s := c.Saved(0), c.Saved(1), c.Data.(conv.Shape)
	var a, b *Tensor
	if c.Needs(0) {
		a = Conv2d(g, w, nil, optionsOf(s))
	}
	if c.Needs(1) {
		b = convWeightGrad(dy, g, s)
	}
	return c.gives(a, b)
}

// convWeightGrad is the gradient of a convolution with respect to its filters.
func convWeightGrad(dy, x *Tensor, s conv.Shape) *Tensor {
	out := empty(dy.dtype, []int{s.OutC, s.C / s.Groups, s.KH, s.KW})
	if dy.dtype == Float32 {
		if dy.n > 0 {
			conv.BackwardWeight(s, dense(dy).f32(), dense(x).f32(), out.f32(), nil)
		}
	} else {
		convWeight64(s, dense(dy), dense(x), out)
	}
	if c := record(out, "conv2d weight gradient", convWeightGradBackward, dy, x); c != nil {
		c.Save(dy, x)
		c.Data = s
	}
	return out
}

func convWeightGradBackward(c *Context, g *Tensor) []*Tensor {
	dy, x, s := c.Saved(0), c.Saved(1), c.Data.(conv.Shape)
	var a, b *Tensor
	if c.Needs(0) {
		a = Conv2d(x, g, nil, optionsOf(s))
	}
	if c.Needs(1) {
		b = convInputGrad(dy, g, s)
	}
	return c.gives(a, b)
}

func optionsOf(s conv.Shape) ConvOptions {
	return ConvOptions{Stride: [2]int{s.StrideH, s.StrideW}, Padding: [2]int{s.PadH, s.PadW},
		Dilation: [2]int{s.DilH, s.DilW}, Groups: s.Groups}
}

package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// LayerNorm normalizes each sample over its last axes to mean 0 and variance 1, then scales and shifts every element by
// learned amounts. It does the same in training and evaluation.
//
//	input  [..., Shape...]
//	output the same
//
// J. L. Ba, J. R. Kiros, G. E. Hinton: Layer Normalization, arXiv:1607.06450.
// PyTorch: nn.LayerNorm.
type LayerNorm struct {
	Weight *dl.Tensor `nn:"weight"` // Shape, scale, starts at 1
	Bias   *dl.Tensor `nn:"bias"`   // Shape, shift, starts at 0
	Shape  []int      `nn:"-"`
	Eps    float64    `nn:"-"`
	layer  `nn:"-"`
}

// LayerNormOptions are the choices for a [LayerNorm]; the zero value is PyTorch's default.
type LayerNormOptions struct {
	Eps      float64 // added to the variance; 0 means 1e-5
	NoAffine bool    // leaves scale and shift out
	NoBias   bool    // leaves the shift out
}

// NewLayerNorm makes a [LayerNorm] over the last axes, which have the given lengths.
func NewLayerNorm(shape ...int) *LayerNorm { return NewLayerNormWith(shape, LayerNormOptions{}) }

// NewLayerNormWith is [NewLayerNorm] with options.
func NewLayerNormWith(shape []int, o LayerNormOptions) *LayerNorm {
	if len(shape) == 0 {
		panic(&dl.Error{Op: "nn.NewLayerNorm", Got: "no axes", Want: "the lengths of the axes to normalize over"})
	}
	for _, n := range shape {
		positive("nn.NewLayerNorm", "length", n)
	}
	l := &LayerNorm{Shape: append([]int(nil), shape...), Eps: o.Eps}
	if l.Eps == 0 {
		l.Eps = 1e-5
	}
	if !o.NoAffine {
		l.Weight = dl.NewParameter(dl.Ones(shape...))
		if !o.NoBias {
			l.Bias = parameter(shape...)
		}
	}
	return l
}

// Forward normalizes x of shape [..., Shape...].
func (l *LayerNorm) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.LayerNorm(x, l.Shape, l.Weight, l.Bias, l.Eps))
}

// String gives the lengths of the axes.
func (l *LayerNorm) String() string {
	s := shapeText(l.Shape)
	return fmt.Sprintf("LayerNorm(%s)", s[1:len(s)-1])
}

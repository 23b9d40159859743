package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// RMSNorm divides each sample by the root of the mean of its squares over the last axes and scales it by learned amounts:
// a [LayerNorm] without the mean.
//
//	input  [..., Shape]
//	output the same
//
// B. Zhang, R. Sennrich, arXiv:1910.07467.
// PyTorch: nn.RMSNorm.
type RMSNorm struct {
	Weight *dl.Tensor `nn:"weight"` // [Shape], scale, starts at 1; nil without
	Shape  []int      `nn:"-"`
	Eps    float64    `nn:"-"`
	layer  `nn:"-"`
}

// RMSNormOptions are the choices for an [RMSNorm]; the zero value is PyTorch's default.
type RMSNormOptions struct {
	Eps      float64 // added to the mean square; 0 means 1.19e-7, float32's own
	NoAffine bool    // leaves the scale out
}

// NewRMSNorm makes an [RMSNorm] over the last axes, which have the given lengths.
//
// PyTorch: nn.RMSNorm(shape).
func NewRMSNorm(shape []int, o RMSNormOptions) *RMSNorm {
	for _, n := range shape {
		positive("nn.NewRMSNorm", "length", n)
	}
	l := &RMSNorm{Shape: append([]int(nil), shape...), Eps: o.Eps}
	if l.Eps == 0 {
		l.Eps = 1.1920928955078125e-7
	}
	if !o.NoAffine {
		l.Weight = dl.NewParameter(dl.Ones(shape...))
	}
	return l
}

// Forward normalizes x of shape [..., Shape].
func (l *RMSNorm) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.RMSNorm(x, l.Shape, l.Weight, l.Eps))
}

// String gives the normalized shape.
func (l *RMSNorm) String() string { return "RMSNorm(" + shapeText(l.Shape) + ")" }

// LocalResponseNorm divides each element by what its neighbouring channels make.
//
//	input  [N, C, ...]
//	output the same
//
// A. Krizhevsky, I. Sutskever, G. Hinton, NeurIPS 2012.
// PyTorch: nn.LocalResponseNorm.
type LocalResponseNorm struct {
	Size           int
	Alpha, Beta, K float64
	layer
}

// LocalResponseOptions are the choices for a [LocalResponseNorm]; the zero value is PyTorch's default.
type LocalResponseOptions struct {
	Alpha float64 // 0 means 1e-4
	Beta  float64 // 0 means 0.75
	K     float64 // 0 means 1
}

// NewLocalResponseNorm makes a [LocalResponseNorm] over so many neighbouring channels.
func NewLocalResponseNorm(size int, o LocalResponseOptions) *LocalResponseNorm {
	positive("nn.NewLocalResponseNorm", "size", size)
	or := func(v, def float64) float64 {
		if v == 0 {
			return def
		}
		return v
	}
	return &LocalResponseNorm{Size: size, Alpha: or(o.Alpha, 1e-4), Beta: or(o.Beta, 0.75), K: or(o.K, 1)}
}

// Forward normalizes x of shape [N, C, ...].
func (l *LocalResponseNorm) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.LocalResponseNorm(x, l.Size, l.Alpha, l.Beta, l.K))
}

// String gives the number of channels.
func (l *LocalResponseNorm) String() string { return fmt.Sprintf("LocalResponseNorm(%d)", l.Size) }

package nn

import (
	"fmt"
	"math"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Bilinear is x1ᵀ·W·x2 for each of its outputs, plus a bias.
//
//	input  [..., In1] and [..., In2]
//	output [..., Out]
//
// PyTorch: nn.Bilinear.
type Bilinear struct {
	Weight *dl.Tensor `nn:"weight"` // [Out, In1, In2]
	Bias   *dl.Tensor `nn:"bias"`   // [Out], nil without a bias
	In1    int        `nn:"-"`
	In2    int        `nn:"-"`
	Out    int        `nn:"-"`
	layer  `nn:"-"`
}

// BilinearOptions are the choices for a [Bilinear].
type BilinearOptions struct {
	NoBias bool // leaves the bias out
}

// NewBilinear makes a [Bilinear]; its numbers start uniform in ±1/√in1.
//
// PyTorch: nn.Bilinear(in1, in2, out).
func NewBilinear(in1, in2, out int, o BilinearOptions) *Bilinear {
	const op = "nn.NewBilinear"
	positive(op, "in1", in1)
	positive(op, "in2", in2)
	positive(op, "out", out)
	bound := 1 / math.Sqrt(float64(in1))
	l := &Bilinear{Weight: InitUniform(parameter(out, in1, in2), -bound, bound), In1: in1, In2: in2, Out: out}
	if !o.NoBias {
		l.Bias = InitUniform(parameter(out), -bound, bound)
	}
	return l
}

// Join maps a pair of inputs.
func (l *Bilinear) Join(x1, x2 *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x1, dl.Bilinear(x1, x2, l.Weight, l.Bias))
}

// Forward is Join of x with itself.
func (l *Bilinear) Forward(x *dl.Tensor) *dl.Tensor { return l.Join(x, x) }

// String gives the sizes.
func (l *Bilinear) String() string { return fmt.Sprintf("Bilinear(%d×%d→%d)", l.In1, l.In2, l.Out) }

// EmbeddingBag looks up the vectors of each bag of integers and joins them.
//
//	input  [N, L] of integers in [0, Count): a bag a row
//	output [N, Size]
//
// PyTorch: nn.EmbeddingBag.
type EmbeddingBag struct {
	Weight  *dl.Tensor             `nn:"weight"` // [Count, Size]
	Options dl.EmbeddingBagOptions `nn:"-"`
	layer   `nn:"-"`
}

// NewEmbeddingBag makes a table of count vectors of the given size, drawn from the standard normal distribution.
//
// PyTorch: nn.EmbeddingBag(count, size).
func NewEmbeddingBag(count, size int, o dl.EmbeddingBagOptions) *EmbeddingBag {
	positive("nn.NewEmbeddingBag", "count", count)
	positive("nn.NewEmbeddingBag", "size", size)
	return &EmbeddingBag{Weight: InitNormal(parameter(count, size), 0, 1), Options: o}
}

// Forward joins the vectors of the rows of x.
func (l *EmbeddingBag) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.EmbeddingBag(l.Weight, x, nil, l.Options))
}

// Bags joins the vectors of pieces of a vector x that begin at offsets.
func (l *EmbeddingBag) Bags(x *dl.Tensor, offsets []int) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.EmbeddingBag(l.Weight, x, offsets, l.Options))
}

// String gives the size of the table.
func (l *EmbeddingBag) String() string {
	return fmt.Sprintf("EmbeddingBag(%d×%d)", l.Weight.Size(0), l.Weight.Size(1))
}

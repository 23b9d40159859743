package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Embedding looks up a learned vector for each integer.
//
//	input  [...] of integers in [0, Count)
//	output [..., Size]
//
// PyTorch: nn.Embedding.
type Embedding struct {
	Weight  *dl.Tensor `nn:"weight"` // [Count, Size]
	Count   int        `nn:"-"`
	Size    int        `nn:"-"`
	Padding int        `nn:"-"` // the row that is never trained, -1 for none
	layer   `nn:"-"`
}

// EmbeddingOptions are the choices for an [Embedding].
type EmbeddingOptions struct {
	// HasPadding makes row Padding start at zero and get no gradient.
	HasPadding bool
	Padding    int
}

// NewEmbedding makes a table of count vectors of the given size, drawn from the standard normal distribution.
//
// PyTorch: nn.Embedding(count, size).
func NewEmbedding(count, size int) *Embedding {
	return NewEmbeddingWith(count, size, EmbeddingOptions{})
}

// NewEmbeddingWith is [NewEmbedding] with options.
func NewEmbeddingWith(count, size int, o EmbeddingOptions) *Embedding {
	const op = "nn.NewEmbedding"
	positive(op, "count", count)
	positive(op, "size", size)
	l := &Embedding{Weight: parameter(count, size), Count: count, Size: size, Padding: -1}
	InitNormal(l.Weight, 0, 1)
	if o.HasPadding {
		l.Padding = o.Padding
		if l.Padding < 0 {
			l.Padding += count
		}
		if l.Padding < 0 || l.Padding >= count {
			panic(&dl.Error{Op: op, Got: fmt.Sprintf("padding row %d", o.Padding), Want: fmt.Sprintf("a row below %d", count)})
		}
		dl.NoGrad(func() {
			for j := range size {
				l.Weight.SetAt(0, l.Padding, j)
			}
		})
	}
	return l
}

// Forward looks up the integers in x.
func (l *Embedding) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.Embedding(l.Weight, x, l.Padding))
}

// String gives the number of vectors and their size.
func (l *Embedding) String() string { return fmt.Sprintf("Embedding(%d×%d)", l.Count, l.Size) }

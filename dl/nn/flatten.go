package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Flatten joins the axes of each sample into one.
//
//	input  [N, a, b, …]
//	output [N, a·b·…]
//
// PyTorch: nn.Flatten.
type Flatten struct {
	Start int // the first axis that is joined; NewFlatten sets 1
	layer
}

// NewFlatten makes a [Flatten] that keeps the batch axis.
func NewFlatten() *Flatten { return &Flatten{Start: 1} }

// Forward joins the axes of x from Start on.
func (l *Flatten) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, x.Flatten(l.Start))
}

// String gives the first axis.
func (l *Flatten) String() string { return fmt.Sprintf("Flatten(%d)", l.Start) }

package nn

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/origin"
)

// Dropout sets each number to zero with probability P while training and scales the others by 1/(1-P), so that the
// expected value stays. In evaluation ([Eval]) it does nothing. Its random numbers are a stream of their own: they follow
// [dl.ManualSeed] and are not disturbed by shuffling or initialization.
//
// N. Srivastava et al.: Dropout: A Simple Way to Prevent Neural Networks from Overfitting, JMLR 15 (2014).
// PyTorch: nn.Dropout.
type Dropout struct {
	P float64
	Mode
	layer
}

// NewDropout makes a [Dropout] with probability p, which lies in [0, 1].
func NewDropout(p float64) *Dropout {
	probability("nn.NewDropout", p)
	return &Dropout{P: p}
}

// Forward drops from x in training, and returns x in evaluation.
func (l *Dropout) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	return l.out(x, dl.Dropout(x, l.P, l.Training()))
}

// String gives the probability.
func (l *Dropout) String() string { return fmt.Sprintf("Dropout(%g)", l.P) }

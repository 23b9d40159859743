package nn

import (
	"fmt"
	"math"
	"slices"

	"descent/dl"
	"descent/dl/internal/origin"
)

// AdaptiveSoftmaxOptions are the choices for [AdaptiveLogSoftmax].
type AdaptiveSoftmaxOptions struct {
	Divisor  float64 // by which the features shrink from one cluster of rare classes to the next; 0 means 4
	HeadBias bool    // gives the head a bias
}

// AdaptiveLogSoftmax is a last layer for very many classes, sorted from frequent to rare. The frequent ones are in a head,
// the rare ones in clusters that have an entry in the head, and fewer features the rarer they are; for a target only its
// cluster is computed.
//
//	input  [N, In], or [In]
//	output [N, Classes] of log probabilities, or [Classes]
//
// É. Grave et al., arXiv:1609.04309.
// PyTorch: nn.AdaptiveLogSoftmaxWithLoss.
type AdaptiveLogSoftmax struct {
	Head    *Linear     `nn:"head"`
	Tail    [][]*Linear `nn:"tail"` // for each cluster a layer to fewer features and one to its classes
	In      int         `nn:"-"`
	Classes int         `nn:"-"`
	Cutoffs []int       `nn:"-"` // first class of each cluster
	layer   `nn:"-"`
}

// NewAdaptiveLogSoftmax makes an [AdaptiveLogSoftmax] of in features. cutoffs are the first classes of the clusters, rising,
// between 1 and classes-1.
func NewAdaptiveLogSoftmax(in, classes int, cutoffs []int, o AdaptiveSoftmaxOptions) *AdaptiveLogSoftmax {
	const op = "nn.NewAdaptiveLogSoftmax"
	positive(op, "in", in)
	positive(op, "classes", classes)
	if o.Divisor == 0 {
		o.Divisor = 4
	}
	rising := len(cutoffs) > 0 && slices.IsSorted(cutoffs) && cutoffs[0] > 0 && cutoffs[len(cutoffs)-1] < classes
	for i := 1; rising && i < len(cutoffs); i++ {
		rising = cutoffs[i] > cutoffs[i-1]
	}
	if !rising || !(o.Divisor > 0) {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("cutoffs %v of %d classes, divisor %g", cutoffs, classes, o.Divisor),
			Want: fmt.Sprintf("different numbers from 1 to %d in rising order, and a positive divisor", classes-1)})
	}
	l := &AdaptiveLogSoftmax{In: in, Classes: classes, Cutoffs: slices.Clone(cutoffs),
		Head: NewLinearWith(in, cutoffs[0]+len(cutoffs), LinearOptions{NoBias: !o.HeadBias})}
	for i := range cutoffs {
		lo, hi := l.cluster(i)
		width := int(float64(in) / math.Pow(o.Divisor, float64(i+1)))
		positive(op, fmt.Sprintf("features of cluster %d", i), width)
		l.Tail = append(l.Tail, []*Linear{NewLinearWith(in, width, LinearOptions{NoBias: true}), NewLinearWith(width, hi-lo, LinearOptions{NoBias: true})})
	}
	return l
}

// cluster i holds the classes from lo to hi-1.
func (l *AdaptiveLogSoftmax) cluster(i int) (lo, hi int) {
	if i+1 < len(l.Cutoffs) {
		return l.Cutoffs[i], l.Cutoffs[i+1]
	}
	return l.Cutoffs[i], l.Classes
}

func (l *AdaptiveLogSoftmax) tail(i int, x *dl.Tensor) *dl.Tensor {
	return l.Tail[i][1].Forward(l.Tail[i][0].Forward(x)).LogSoftmax(-1)
}

// Forward returns the log probabilities of all classes.
//
// PyTorch: AdaptiveLogSoftmaxWithLoss.log_prob.
func (l *AdaptiveLogSoftmax) Forward(x *dl.Tensor) *dl.Tensor {
	defer name(l, origin.Moment())
	head := l.Head.Forward(x).LogSoftmax(-1)
	first := l.Cutoffs[0]
	parts := []*dl.Tensor{head.Narrow(-1, 0, first)}
	for i := range l.Tail {
		parts = append(parts, head.Narrow(-1, first+i, 1).Add(l.tail(i, x)))
	}
	return l.out(x, dl.Cat(parts, -1))
}

// Loss returns the log probabilities of the targets, and the negative of their mean: [N, In] and [N] of class indices →
// [N] and a scalar.
//
// PyTorch: AdaptiveLogSoftmaxWithLoss.forward.
func (l *AdaptiveLogSoftmax) Loss(x, target *dl.Tensor) (logProb, loss *dl.Tensor) {
	defer name(l, origin.Moment())
	if x.Dim() != 2 || target.Dim() != 1 || x.Size(0) != target.Size(0) || x.Size(0) == 0 {
		panic(&dl.Error{Op: "nn.AdaptiveLogSoftmax", Shapes: [][]int{x.Shape(), target.Shape()},
			Got: "an input of shape " + shapeText(x.Shape()) + " and a target of shape " + shapeText(target.Shape()), Want: "[N×features] and [N]"})
	}
	first, n := l.Cutoffs[0], x.Size(0)
	inHead, local := make([]int64, n), make([][]int64, len(l.Tail))
	rows := make([][]int64, len(l.Tail))
	for r, c := range target.Int64s() {
		if c < 0 || int(c) >= l.Classes {
			panic(&dl.Error{Op: "nn.AdaptiveLogSoftmax", Got: fmt.Sprintf("target %d of class %d", r, c), Want: fmt.Sprintf("classes from 0 to %d", l.Classes-1)})
		}
		inHead[r] = c
		if int(c) >= first {
			i, exact := slices.BinarySearch(l.Cutoffs, int(c))
			if !exact {
				i--
			}
			inHead[r] = int64(first + i)
			rows[i], local[i] = append(rows[i], int64(r)), append(local[i], c-int64(l.Cutoffs[i]))
		}
	}
	at := func(p *dl.Tensor, index []int64) *dl.Tensor {
		return p.Gather(1, dl.FromInt64s(index, len(index), 1)).Squeeze(1)
	}
	logProb = at(l.Head.Forward(x).LogSoftmax(-1), inHead)
	for i := range l.Tail {
		if len(rows[i]) == 0 {
			continue
		}
		own := dl.FromInt64s(rows[i])
		logProb = logProb.IndexAdd(0, own, at(l.tail(i, x.IndexSelect(0, own)), local[i]))
	}
	return l.out(x, logProb), logProb.Mean().Neg()
}

// Predict returns the most likely classes: [N, In] → [N], int64.
//
// PyTorch: AdaptiveLogSoftmaxWithLoss.predict.
func (l *AdaptiveLogSoftmax) Predict(x *dl.Tensor) *dl.Tensor {
	var y *dl.Tensor
	dl.NoGrad(func() { y = l.Forward(x).ArgMax(-1) })
	return y
}

// String gives classes and clusters.
func (l *AdaptiveLogSoftmax) String() string {
	return fmt.Sprintf("AdaptiveLogSoftmax(%d→%d, cutoffs %v)", l.In, l.Classes, l.Cutoffs)
}

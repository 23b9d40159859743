package dl

import (
	"fmt"
	"slices"
)

// Losses that ask for a distance between right and wrong.

// reduced applies a reduction to the losses of the elements.
func reduced(l *Tensor, r Reduction) *Tensor {
	switch r {
	case ReduceSum:
		return l.Sum()
	case ReduceMean:
		return l.Mean()
	}
	return l
}

// sameShapes panics unless a loss got an output and a target of one shape and
// type.
func sameShapes(op string, x, y *Tensor) {
	needFloat(op, x)
	if !slices.Equal(x.shape, y.shape) {
		fail(op, fmt.Sprintf("an output of shape %s and a target of shape %s", shapeText(x.shape), shapeText(y.shape)),
			"equal shapes", shapesHint(x, y), x, y)
	}
}

// needSigns panics unless all targets are 1 or -1: others would count as neither,
// and in silence.
func needSigns(op string, y *Tensor) {
	for _, v := range y.Detach().To(Float64).Contiguous().Float64s() {
		if v != 1 && v != -1 {
			hint := ""
			if v == 0 {
				hint = "targets of 0 and 1 become those by y.MulScalar(2).SubScalar(1)"
			}
			fail(op, fmt.Sprintf("a target of %g", v), "targets of 1 and -1", hint, y)
		}
	}
}

// hinge is max(0, x), with a gradient of 0 at 0.
func hinge(x *Tensor) *Tensor { return x.ClampMin(0) }

// MarginRankingLoss is max(0, margin − y·(x1 − x2)): x1 is to be above x2 where
// y is 1, and below where it is -1. PyTorch's default margin is 0.
//
// PyTorch: nn.functional.margin_ranking_loss, nn.MarginRankingLoss.
func MarginRankingLoss(x1, x2, y *Tensor, margin float64, r Reduction) *Tensor {
	needFloat("margin_ranking_loss", x1)
	return reduced(hinge(x1.Sub(x2).Mul(y.To(x1.dtype)).Neg().AddScalar(margin)), r)
}

// HingeEmbeddingLoss is x where y is 1, and max(0, margin − x) where it is -1,
// for distances x. PyTorch's default margin is 1.
//
// PyTorch: nn.functional.hinge_embedding_loss.
func HingeEmbeddingLoss(x, y *Tensor, margin float64, r Reduction) *Tensor {
	sameShapes("hinge_embedding_loss", x, y)
	needSigns("hinge_embedding_loss", y)
	near, far := y.EqScalar(1), y.EqScalar(-1)
	l := x.MaskedFill(near.Not(), 0).Add(hinge(x.Neg().AddScalar(margin)).MaskedFill(far.Not(), 0))
	return reduced(l, r)
}

// CosineEmbeddingLoss is 1 − cos(x1, x2) where y is 1, and
// max(0, cos(x1, x2) − margin) where it is -1. PyTorch's default margin is 0.
//
//	x1, x2 [N, D], y [N], or x1, x2 [D] and y a scalar
//
// PyTorch: nn.functional.cosine_embedding_loss, nn.CosineEmbeddingLoss.
func CosineEmbeddingLoss(x1, x2, y *Tensor, margin float64, r Reduction) *Tensor {
	const op = "cosine_embedding_loss"
	sameShapes(op, x1, x2)
	if d := len(x1.shape); d < 1 || d > 2 || !slices.Equal(y.shape, x1.shape[:d-1]) {
		fail(op, fmt.Sprintf("x1 of shape %s and a target of shape %s", shapeText(x1.shape), shapeText(y.shape)),
			"[batch×features] and [batch], or [features] and a scalar", "", x1, x2, y)
	}
	needSigns(op, y)
	const eps = 1e-12 // as PyTorch has it, under the root
	dot := x1.Mul(x2).Sum(-1)
	cos := dot.Div(x1.Square().Sum(-1).AddScalar(eps).Mul(x2.Square().Sum(-1).AddScalar(eps)).Sqrt())
	near, far := y.EqScalar(1), y.EqScalar(-1)
	l := cos.Neg().AddScalar(1).MaskedFill(near.Not(), 0).Add(hinge(cos.SubScalar(margin)).MaskedFill(far.Not(), 0))
	return reduced(l, r)
}

// SoftMarginLoss is log(1 + e^(−y·x)) for targets y of 1 and -1.
//
// PyTorch: nn.functional.soft_margin_loss.
func SoftMarginLoss(x, y *Tensor, r Reduction) *Tensor {
	sameShapes("soft_margin_loss", x, y)
	return reduced(x.Mul(y.To(x.dtype)).Neg().Softplus(), r)
}

// MultiMarginOptions configures MultiMarginLoss. The zero value is PyTorch's
// default.
type MultiMarginOptions struct {
	P         int     // 1 or 2: the power of the margin's violation; 0 means 1
	Margin    float64 // 0 means 1
	Weight    *Tensor // [classes] or nil
	Reduction Reduction
}

// MultiMarginLoss asks the score of the true class to be above each other one
// by a margin: the mean over the classes of max(0, margin − x[y] + x[i])ᵖ.
//
//	x [N, classes], y [N] of class indices
//
// PyTorch: nn.functional.multi_margin_loss.
func MultiMarginLoss(x, y *Tensor, o MultiMarginOptions) *Tensor {
	const op = "multi_margin_loss"
	needFloat(op, x)
	if len(x.shape) != 2 || len(y.shape) != 1 || y.shape[0] != x.shape[0] {
		fail(op, fmt.Sprintf("an output of shape %s and a target of shape %s", shapeText(x.shape), shapeText(y.shape)),
			"[batch×classes] and [batch] of class indices", "", x, y)
	}
	if o.P < 0 || o.P > 2 {
		fail(op, fmt.Sprintf("power %d", o.P), "1 or 2", "", x, y)
	}
	if o.Margin == 0 {
		o.Margin = 1
	}
	at := y.Unsqueeze(1)
	m := hinge(x.Sub(x.Gather(1, at)).AddScalar(o.Margin))
	if o.P == 2 {
		m = m.Square()
	}
	if o.Weight != nil {
		m = m.Mul(o.Weight.Detach().To(x.dtype).IndexSelect(0, y).Unsqueeze(1))
	}
	truth := ZerosLike(x.Detach()).ScatterValue(1, at, 1).GtScalar(0)
	return reduced(m.MaskedFill(truth, 0).Sum(1).DivScalar(float64(x.shape[1])), o.Reduction)
}

// MultiLabelMarginLoss is MultiMarginLoss for several true classes: the sum of
// max(0, 1 − x[j] + x[i]) over true j and false i, divided by the number of
// classes. The first entries of a row of y are the true classes; -1 ends them.
//
//	x and y [N, classes] or [classes]
//
// PyTorch: nn.functional.multilabel_margin_loss.
func MultiLabelMarginLoss(x, y *Tensor, r Reduction) *Tensor {
	const op = "multilabel_margin_loss"
	sameShapes(op, x, y)
	if len(x.shape) != 1 && len(x.shape) != 2 {
		fail(op, "an output of shape "+shapeText(x.shape), "[batch×classes] or [classes]", "", x, y)
	}
	if len(x.shape) == 1 {
		return reduced(MultiLabelMarginLoss(x.Unsqueeze(0), y.Unsqueeze(0), ReduceNone).Squeeze(0), r)
	}
	n, classes := x.shape[0], x.shape[1]
	truth := make([]float64, n*classes)
	ended := false
	for i, v := range y.Int64s() {
		if ended = v < 0 || ended && i%classes > 0; ended {
			continue
		}
		if v >= int64(classes) {
			fail(op, fmt.Sprintf("class %d", v), fmt.Sprintf("0 … %d, or -1 for the end", classes-1), "", x, y)
		}
		truth[i/classes*classes+int(v)] = 1
	}
	is := FromFloat64s(truth, n, classes).To(x.dtype)
	pairs := is.Unsqueeze(2).Mul(is.Neg().AddScalar(1).Unsqueeze(1)) // [N, j, i]
	m := hinge(x.Unsqueeze(1).Sub(x.Unsqueeze(2)).AddScalar(1)).Mul(pairs)
	return reduced(m.Sum(1, 2).DivScalar(float64(classes)), r)
}

// MultiLabelSoftMarginLoss is the mean over the classes of BCEWithLogits, for
// targets of 0 and 1; weight [classes] may be nil.
//
//	x and y [N, classes]
//
// PyTorch: nn.functional.multilabel_soft_margin_loss.
func MultiLabelSoftMarginLoss(x, y, weight *Tensor, r Reduction) *Tensor {
	sameShapes("multilabel_soft_margin_loss", x, y)
	t := y.To(x.dtype)
	l := t.Mul(x.LogSigmoid()).Add(t.Neg().AddScalar(1).Mul(x.Neg().LogSigmoid())).Neg()
	if weight != nil {
		l = l.Mul(weight)
	}
	return reduced(l.Mean(-1), r)
}

// PairwiseDistance is the p-norm of x1 − x2 + eps over the last dimension.
// PyTorch's defaults are p 2 and eps 1e-6.
//
// PyTorch: nn.functional.pairwise_distance, nn.PairwiseDistance.
func PairwiseDistance(x1, x2 *Tensor, p, eps float64) *Tensor {
	return x1.Sub(x2).AddScalar(eps).Norm(p, -1)
}

// TripletMarginOptions configures TripletMarginLoss. The zero value is
// PyTorch's default.
type TripletMarginOptions struct {
	Margin    float64 // 0 means 1
	P         float64 // of the norm; 0 means 2
	Swap      bool    // takes the nearer of anchor and positive as the reference of the negative
	Reduction Reduction
	// Distance compares two tensors [N, D] and returns [N]; nil means
	// PairwiseDistance with P.
	Distance func(x, y *Tensor) *Tensor
}

// TripletMarginLoss asks the anchor to be nearer to the positive than to the
// negative by a margin: max(0, d(a, p) − d(a, n) + margin).
//
//	anchor, positive, negative [N, D]
//
// V. Balntas et al., BMVC 2016.
// PyTorch: nn.functional.triplet_margin_loss, nn.functional.triplet_margin_with_distance_loss, nn.TripletMarginLoss, nn.TripletMarginWithDistanceLoss.
func TripletMarginLoss(anchor, positive, negative *Tensor, o TripletMarginOptions) *Tensor {
	needFloat("triplet_margin_loss", anchor)
	if !slices.Equal(anchor.shape, positive.shape) || !slices.Equal(anchor.shape, negative.shape) {
		fail("triplet_margin_loss", "anchor, positive and negative of shapes "+shapesText([][]int{anchor.shape, positive.shape, negative.shape}),
			"equal shapes [batch×features]", "", anchor, positive, negative)
	}
	if o.Margin == 0 {
		o.Margin = 1
	}
	if o.P == 0 {
		o.P = 2
	}
	d := o.Distance
	if d == nil {
		d = func(x, y *Tensor) *Tensor { return PairwiseDistance(x, y, o.P, 1e-6) }
	}
	far := d(anchor, negative)
	if o.Swap {
		far = far.Minimum(d(positive, negative))
	}
	return reduced(hinge(d(anchor, positive).Sub(far).AddScalar(o.Margin)), o.Reduction)
}

package dl

import (
	"fmt"
	"math"
)

// BCEOptions configures BCELoss and BCEWithLogits.
type BCEOptions struct {
	Weight    *Tensor // of the elements, broadcast to their shape
	PosWeight *Tensor // of positive targets, broadcast; for BCEWithLogits only
	Reduction Reduction
}

// bceFloor is the least logarithm of a probability in BCELoss, as in PyTorch:
// a certain wrong answer costs 100, not infinity.
const bceFloor = -100

var bceLoss = &pairLoss{
	name: "binary_cross_entropy",
	value: func(x, y, _ float64) float64 {
		return -(y*math.Max(math.Log(x), bceFloor) + (1-y)*math.Max(math.Log1p(-x), bceFloor))
	},
	dx: func(x, y, _ float64) float64 { return (x - y) / math.Max(x*(1-x), 1e-12) },
	dy: func(x, y, _ float64) float64 {
		return math.Max(math.Log1p(-x), bceFloor) - math.Max(math.Log(x), bceFloor)
	},
	same: func(x, y *Tensor, _ float64) *Tensor {
		a := y.Mul(x.Log().Clamp(bceFloor, math.Inf(1)))
		b := y.Neg().AddScalar(1).Mul(x.Neg().AddScalar(1).Log().Clamp(bceFloor, math.Inf(1)))
		return a.Add(b).Neg()
	},
}

// BCELoss is the cross-entropy of probabilities of two classes:
// −(y·log x + (1−y)·log(1−x)), with the logarithms cut off at −100.
//
// BCEWithLogits is the safer form for training.
//
// PyTorch: nn.functional.binary_cross_entropy.
func BCELoss(x, y *Tensor, o BCEOptions) *Tensor {
	if o.PosWeight != nil {
		fail("binary_cross_entropy", "PosWeight", "Weight alone", "PosWeight is for BCEWithLogits", x, y)
	}
	if x.dtype.differentiable() {
		for i, v := range x.Detach().Float64s() {
			if v < 0 || v > 1 || v != v {
				fail("binary_cross_entropy", fmt.Sprintf("%g at element %d of the output", v, i), "probabilities in [0, 1]",
					"for raw scores use BCEWithLogits", x, y)
			}
		}
	}
	return compare(bceLoss, x, y, 0, o.Weight, o.Reduction, 0)
}

var bceLogits = &pairLoss{
	name: "binary_cross_entropy_with_logits",
	value: func(x, y, _ float64) float64 {
		return (1-y)*x + softplus(-x)
	},
	dx: func(x, y, _ float64) float64 { return 1/(1+math.Exp(-x)) - y },
	dy: func(x, y, _ float64) float64 { return -x },
	same: func(x, y *Tensor, _ float64) *Tensor {
		return y.Neg().AddScalar(1).Mul(x).Add(x.Neg().Softplus())
	},
	rows: bceLogitsRows,
}

// softplus is log(1 + eˣ), without overflow.
func softplus(x float64) float64 { return math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }

// BCEWithLogits is the cross-entropy of two classes from raw scores: BCELoss
// of their sigmoid, computed without its loss of precision.
//
//	x, y of equal shape; y in [0, 1]
//
// PyTorch: nn.functional.binary_cross_entropy_with_logits.
func BCEWithLogits(x, y *Tensor, o BCEOptions) *Tensor {
	if o.PosWeight == nil {
		return compare(bceLogits, x, y, 0, o.Weight, o.Reduction, 0)
	}
	// (1−y)·x + (1 + (w−1)·y)·softplus(−x)
	factor := o.PosWeight.Detach().To(x.dtype).AddScalar(-1).Mul(y).AddScalar(1)
	if len(factor.shape) != len(x.shape) || factor.n != x.n {
		fail("binary_cross_entropy_with_logits", "PosWeight of shape "+shapeText(o.PosWeight.shape),
			"a shape that broadcasts to "+shapeText(x.shape), "", x, y, o.PosWeight)
	}
	l := y.Neg().AddScalar(1).Mul(x).Add(factor.Mul(x.Neg().Softplus()))
	if o.Weight != nil {
		l = l.Mul(o.Weight.Detach().To(x.dtype))
	}
	return reduce(l, o.Reduction)
}

// reduce reduces the losses of elements.
func reduce(l *Tensor, r Reduction) *Tensor {
	switch r {
	case ReduceNone:
		return l
	case ReduceSum:
		return l.Sum()
	default:
		return l.Mean()
	}
}

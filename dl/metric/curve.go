package metric

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"descent/dl"
)

// A Curve is a trade-off over all thresholds. Thresholds[i] is the lowest score
// that counts as positive at point (X[i], Y[i]).
type Curve struct {
	X, Y, Thresholds []float64
	XName, YName     string
	Area             float64 // under the curve; see ROC and PrecisionRecall
}

// String reads like `true positive rate over false positive rate: 120 points, area 0.9731`.
func (c *Curve) String() string {
	return fmt.Sprintf("%s over %s: %d points, area %.4f", c.YName, c.XName, len(c.X), c.Area)
}

// ROC returns the true positive rate over the false positive rate, from (0, 0)
// at an infinite threshold to (1, 1), and the area under it by trapezoids.
// Target values above 0.5 are positive. It is NaN without both kinds of target.
// scikit-learn: roc_curve(drop_intermediate=False), roc_auc_score.
func ROC(score, target *dl.Tensor) *Curve {
	steps, positives, negatives := thresholds("metric.ROC", score, target)
	c := &Curve{XName: "false positive rate", YName: "true positive rate"}
	x0, y0 := 0.0, 0.0
	for i, s := range steps {
		x, y := float64(s.falsePos)/float64(negatives), float64(s.truePos)/float64(positives)
		c.X, c.Y, c.Thresholds = append(c.X, x), append(c.Y, y), append(c.Thresholds, s.score)
		if i > 0 {
			c.Area += (x - x0) * (y + y0) / 2
		}
		x0, y0 = x, y
	}
	if positives == 0 || negatives == 0 {
		c.Area = math.NaN()
	}
	return c
}

// AUC returns the area under the ROC curve: the probability that a positive
// sample scores higher than a negative one. scikit-learn: roc_auc_score.
func AUC(score, target *dl.Tensor) float64 { return ROC(score, target).Area }

// PrecisionRecall returns precision over recall, from recall 0 (precision 1 by
// convention) to recall 1. Its Area is the average precision: the mean of the
// precisions, weighted by the gain in recall, without interpolation.
// scikit-learn: precision_recall_curve (whose order is reversed),
// average_precision_score.
func PrecisionRecall(score, target *dl.Tensor) *Curve {
	steps, positives, _ := thresholds("metric.PrecisionRecall", score, target)
	c := &Curve{XName: "recall", YName: "precision"}
	before := 0.0
	for i, s := range steps {
		precision, recall := 1.0, 0.0
		if i > 0 {
			precision = float64(s.truePos) / float64(s.truePos+s.falsePos)
			recall = float64(s.truePos) / float64(positives)
			c.Area += (recall - before) * precision
		}
		c.X, c.Y, c.Thresholds = append(c.X, recall), append(c.Y, precision), append(c.Thresholds, s.score)
		before = recall
	}
	if positives == 0 {
		c.Area = math.NaN()
	}
	return c
}

// AveragePrecision returns the area that PrecisionRecall computes.
// scikit-learn: average_precision_score.
func AveragePrecision(score, target *dl.Tensor) float64 { return PrecisionRecall(score, target).Area }

// A step counts what is positive at or above a score.
type step struct {
	score             float64
	truePos, falsePos int
}

// thresholds returns the counts at every distinct score, the highest first,
// behind a first step at +Inf where nothing is positive.
func thresholds(op string, score, target *dl.Tensor) (steps []step, positives, negatives int) {
	if score.Numel() != target.Numel() {
		panic(&dl.Error{Op: op,
			Got:  fmt.Sprintf("a score of shape %v and a target of shape %v", score.Shape(), target.Shape()),
			Want: "one score for each target",
			Hint: "pass the scores of one class: scores.Select(1, class)"})
	}
	s, t := score.To(dl.Float64).Float64s(), target.To(dl.Float64).Float64s()
	order := make([]int, len(s))
	for i := range order {
		if s[i] != s[i] {
			panic(&dl.Error{Op: op, Got: fmt.Sprintf("a NaN score at %d", i), Want: "numbers"})
		}
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s[b], s[a]) })
	steps = append(steps, step{score: math.Inf(1)})
	for k, i := range order {
		if t[i] > 0.5 {
			positives++
		} else {
			negatives++
		}
		if k+1 == len(order) || s[order[k+1]] != s[i] {
			steps = append(steps, step{s[i], positives, negatives})
		}
	}
	return steps, positives, negatives
}

package metric

import (
	"fmt"
	"math"
	"strconv"

	"descent/dl"
)

var nan = math.NaN()

// Accuracy returns the share of samples whose highest score is at the target.
// The prediction is [N, C] (or [N, C, …] with a target [N, …]) of scores, or
// class numbers of the shape of the target. Of equal scores the first counts; a
// NaN counts as the highest. NaN for no samples.
// scikit-learn: accuracy_score of the arg-max.
func Accuracy(prediction, target *dl.Tensor) float64 {
	hits, n := countHits(prediction, target)
	return share(hits, n)
}

// TopK returns the share of samples whose target is among the k highest scores.
// The prediction is [N, C], the target [N]. Of equal scores the one with the lower
// class number counts as higher, so that TopK with k = 1 is Accuracy.
// scikit-learn: top_k_accuracy_score (where ties go the other way).
func TopK(prediction, target *dl.Tensor, k int) float64 {
	checkK("metric.TopK", k)
	hits, n := countTopK(prediction, target, k)
	return share(hits, n)
}

// BinaryAccuracy returns the share of samples for which score > threshold tells
// whether the target is 1. Use 0 for logits and 0.5 for probabilities. The shapes
// are equal, or differ by dimensions of size 1.
func BinaryAccuracy(score, target *dl.Tensor, threshold float64) float64 {
	hits, n := countBinary(score, target, threshold)
	return share(hits, n)
}

func share(hits, n int) float64 {
	if n == 0 {
		return nan
	}
	return float64(hits) / float64(n)
}

func countHits(prediction, target *dl.Tensor) (hits, n int) {
	const op = "metric.Accuracy"
	p := classes(op, prediction)
	t := labels(op, target, len(p))
	for i, c := range p {
		if c == t[i] {
			hits++
		}
	}
	return hits, len(p)
}

func countTopK(prediction, target *dl.Tensor, k int) (hits, n int) {
	const op = "metric.TopK"
	if prediction.Dim() != 2 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("a prediction of shape %v", prediction.Shape()),
			Want: "[N, C]: one row of scores for each sample"})
	}
	n, width := prediction.Size(0), prediction.Size(1)
	t := labels(op, target, n)
	scores := floats(prediction)
	for i := range n {
		row := scores[i*width : (i+1)*width]
		c := int(t[i])
		checkClass(op, c, width)
		higher := 0
		for j, v := range row {
			if v > row[c] || v == row[c] && j < c || v != v && j != c {
				higher++
			}
		}
		if higher < k {
			hits++
		}
	}
	return hits, n
}

func countBinary(score, target *dl.Tensor, threshold float64) (hits, n int) {
	if score.Numel() != target.Numel() {
		panic(&dl.Error{Op: "metric.BinaryAccuracy",
			Got:  fmt.Sprintf("a score of shape %v and a target of shape %v", score.Shape(), target.Shape()),
			Want: "one score for each target",
			Hint: "for more than two classes use metric.Accuracy"})
	}
	s, t := floats(score), target.To(dl.Float64).Float64s()
	for i, v := range s {
		if (v > float32(threshold)) == (t[i] > 0.5) {
			hits++
		}
	}
	return hits, len(s)
}

// classes returns the predicted class of every sample: the arg-max over
// dimension 1 of scores, or the numbers themselves if they are integers.
func classes(op string, prediction *dl.Tensor) []int64 {
	switch prediction.DType() {
	case dl.Int64, dl.Int32, dl.Uint8:
		return prediction.To(dl.Int64).Int64s()
	}
	if prediction.Dim() < 2 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("a prediction of shape %v and type %v", prediction.Shape(), prediction.DType()),
			Want: "scores [N, C], or class numbers [N] of type int64",
			Hint: "for one score a sample use metric.BinaryAccuracy"})
	}
	n, width := prediction.Size(0), prediction.Size(1)
	inner := 1
	for d := 2; d < prediction.Dim(); d++ {
		inner *= prediction.Size(d)
	}
	out := make([]int64, n*inner)
	scores := floats(prediction)
	for i := range n {
		block := scores[i*width*inner : (i+1)*width*inner]
		for j := range inner {
			out[i*inner+j] = int64(argMax(block[j:], inner))
		}
	}
	return out
}

// argMax returns the index of the largest of v[0], v[stride], v[2*stride], …
func argMax(v []float32, stride int) int {
	best, at := float32(math.Inf(-1)), 0
	for i, c := 0, 0; i < len(v); i, c = i+stride, c+1 {
		if x := v[i]; x > best || x != x {
			if x != x {
				return c
			}
			best, at = x, c
		}
	}
	return at
}

// labels returns the class numbers of a target of n samples.
func labels(op string, target *dl.Tensor, n int) []int64 {
	if target.Numel() != n {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("a target of shape %v", target.Shape()),
			Want: fmt.Sprintf("one class number for each of the %d predictions", n)})
	}
	if target.DType() == dl.Int64 {
		return target.Int64s()
	}
	return target.To(dl.Int64).Int64s()
}

// floats returns the values as float32; without a copy if they are that already.
func floats(t *dl.Tensor) []float32 {
	if t.DType() == dl.Float32 {
		return t.Float32s()
	}
	return t.To(dl.Float32).Float32s()
}

func checkClass(op string, c, n int) {
	if c < 0 || c >= n {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("target class %d", c), Want: fmt.Sprintf("0 to %d", n-1)})
	}
}

func checkK(op string, k int) {
	if k < 1 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("k = %d", k), Want: "k ≥ 1"})
	}
}

func topName(k int) string { return "top" + strconv.Itoa(k) }

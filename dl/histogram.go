package dl

import (
	"fmt"
	"math"

	"descent/dl/internal/par"
)

// axisBins are bins of equal width along one variable.
type axisBins struct {
	n      int
	lo, hi float64
	edges  *Tensor
}

// newBins makes n bins between lo and hi, or where these are equal between the
// smallest and largest of the values.
func newBins(op string, values *Tensor, n int, lo, hi float64) axisBins {
	if n < 1 || !(lo <= hi) {
		fail(op, fmt.Sprintf("%d bins from %g to %g", n, lo, hi), "one or more bins, in order", "", values)
	}
	if lo == hi {
		if lo, hi = 0, 0; values.n > 0 {
			lo, hi = values.MinMax()
		}
		if lo == hi {
			lo, hi = lo-0.5, hi+0.5
		}
	}
	if !(hi-lo < math.MaxFloat64) { // NaN too
		fail(op, fmt.Sprintf("values from %g to %g", lo, hi), "finite ones", "give lo and hi, which leave the others out", values)
	}
	b := axisBins{n: n, lo: lo, hi: hi, edges: empty(values.dtype, []int{n + 1})}
	step := (hi - lo) / float64(n)
	for i := range n + 1 {
		if i <= n/2 {
			b.edges.put(i, lo+step*float64(i))
		} else {
			b.edges.put(i, hi-step*float64(n-i))
		}
	}
	return b
}

// of is the bin of a value, -1 for none.
func (b axisBins) of(v float64) int {
	if !(v >= b.lo && v <= b.hi) {
		return -1
	}
	k := min(int((v-b.lo)/(b.hi-b.lo)*float64(b.n)), b.n-1)
	// Rounding may have missed the bin by one.
	for k > 0 && v < b.edges.get(k) {
		k--
	}
	for k < b.n-1 && v >= b.edges.get(k+1) {
		k++
	}
	return k
}

// Histogram counts the elements in bins of equal width between lo and hi, both
// included; with lo equal to hi they are the smallest and largest element. It
// returns the counts, in t's type, and the bins+1 edges.
// PyTorch: torch.histogram.
func (t *Tensor) Histogram(bins int, lo, hi float64) (counts, edges *Tensor) {
	needFloat("histogram", t)
	b := newBins("histogram", t, bins, lo, hi)
	tally := make([]int64, bins)
	if x := t.Detach().dense(); t.dtype == Float32 {
		countBins(&b, tally, x.f32())
	} else {
		countBins(&b, tally, span[float64](x))
	}
	counts = empty(t.dtype, []int{bins})
	for i, v := range tally {
		counts.put(i, float64(v))
	}
	return counts, b.edges
}

// countBins counts the values of each bin.
func countBins[T float32 | float64](b *axisBins, tally []int64, x []T) {
	edges := b.edges.Float64s()
	scale := float64(b.n) / (b.hi - b.lo)
	for i, w := range x {
		if i%pollEvery == 0 {
			par.Poll()
		}
		v := float64(w)
		if !(v >= b.lo && v <= b.hi) {
			continue
		}
		k := min(int((v-b.lo)*scale), b.n-1)
		// Rounding may have missed the bin.
		for k > 0 && v < edges[k] {
			k--
		}
		for k < b.n-1 && v >= edges[k+1] {
			k++
		}
		tally[k]++
	}
}

// HistogramDD counts points of several variables, in the last dimension, in boxes:
// bins[d] of equal width along variable d, between its smallest and largest
// value: [… × variables] → bins, in t's type. It returns the edges of each
// variable too. PyTorch: torch.histogramdd.
func (t *Tensor) HistogramDD(bins ...int) (counts *Tensor, edges []*Tensor) {
	const op = "histogramdd"
	needFloat(op, t)
	if len(t.shape) < 2 || t.shape[len(t.shape)-1] != len(bins) || len(bins) == 0 {
		fail(op, fmt.Sprintf("numbers of bins %v for a tensor of shape %s", bins, shapeText(t.shape)), "points in rows, and a number of bins for each variable", "", t)
	}
	d := len(bins)
	points := t.Detach().Reshape(-1, d)
	axes := make([]axisBins, d)
	for i, n := range bins {
		axes[i] = newBins(op, points.Select(1, i), n, 0, 0)
		edges = append(edges, axes[i].edges)
	}
	x := points.dense()
	tally := make([]float64, numel(bins))
	for r := range points.shape[0] {
		at := 0
		for i, b := range axes {
			k := b.of(x.get(x.offset + r*d + i))
			if k < 0 {
				at = -1
				break
			}
			at = at*b.n + k
		}
		if at >= 0 {
			tally[at]++
		}
	}
	counts = empty(t.dtype, bins)
	for i, v := range tally {
		counts.put(i, v)
	}
	return counts, edges
}

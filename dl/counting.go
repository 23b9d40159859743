package dl

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"descent/dl/internal/par"
)

// Unique returns the different elements of t in order, for every element the
// place of its value among them (in t's shape), and how often each occurs.
// PyTorch: torch.unique(return_inverse=True, return_counts=True).
func (t *Tensor) Unique() (values, inverse, counts *Tensor) {
	if !t.dtype.IsFloat() {
		if values, inverse, counts, ok := t.uniqueByCount(); ok {
			return values, inverse, counts
		}
	}
	flat := t.Detach().Reshape(-1)
	sorted, at := flat.Sort(0, false)
	var starts []int64
	switch t.dtype {
	case Float32:
		starts = runStarts(sorted.f32())
	case Float64:
		starts = runStarts(span[float64](sorted))
	case Int64:
		starts = runStarts(span[int64](sorted))
	default:
		starts = runStarts(sorted.Float64s())
	}
	inv, count := empty(Int64, t.shape), make([]int64, len(starts))
	order, to := span[int64](at), span[int64](inv)
	for k, lo := range starts {
		hi := t.n
		if k+1 < len(starts) {
			hi = int(starts[k+1])
		}
		count[k] = int64(hi) - lo
		for _, p := range order[lo:hi] {
			to[p] = int64(k)
		}
	}
	return sorted.IndexSelect(0, FromInt64s(starts, len(starts))), inv, FromInt64s(count, len(count))
}

// runStarts lists where elements differ from those before them. A NaN does from
// every other.
func runStarts[T number](v []T) []int64 {
	var starts []int64
	for i, x := range v {
		if i == 0 || x != v[i-1] {
			starts = append(starts, int64(i))
		}
	}
	return starts
}

// uniqueByCount is Unique for integers that lie close together: a table has how
// often each occurs.
func (t *Tensor) uniqueByCount() (values, inverse, counts *Tensor, ok bool) {
	v := span[int64](t.Detach().To(Int64).dense())
	if len(v) == 0 {
		return nil, nil, nil, false
	}
	lo, hi := v[0], v[0]
	for _, x := range v {
		lo, hi = min(lo, x), max(hi, x)
	}
	if span := uint64(hi) - uint64(lo); span > uint64(len(v)+1024) {
		return nil, nil, nil, false
	}
	table := make([]int64, hi-lo+1)
	for _, x := range v {
		table[x-lo]++
	}
	var different, count []int64
	for i, n := range table {
		if n > 0 {
			table[i] = int64(len(different))
			different, count = append(different, lo+int64(i)), append(count, n)
		}
	}
	inverse = empty(Int64, t.shape)
	to := span[int64](inverse)
	for i, x := range v {
		to[i] = table[x-lo]
	}
	return FromInt64s(different, len(different)).To(t.dtype), inverse, FromInt64s(count, len(count)), true
}

// Bincount counts how often 0, 1, 2, … occur in a vector of integers that are
// not negative; the result has at least minLength entries.
// PyTorch: torch.bincount.
func (t *Tensor) Bincount(minLength int) *Tensor {
	n := minLength
	v := t.bins(&n)
	out := empty(Int64, []int{n})
	tally := span[int64](out)
	for _, i := range v {
		tally[i]++
	}
	return out
}

// BincountWeighted adds up the weights of the elements with value 0, 1, 2, …
// PyTorch: torch.bincount(weights=…).
func (t *Tensor) BincountWeighted(weights *Tensor, minLength int) *Tensor {
	n := minLength
	v := t.bins(&n)
	if !slices.Equal(t.shape, weights.shape) {
		fail("bincount", "weights of shape "+shapeText(weights.shape), "the shape of the values "+shapeText(t.shape), "", t, weights)
	}
	needFloat("bincount", weights)
	return addRows(weights, 0, slices.Clone(v), []int{n})
}

func (t *Tensor) bins(n *int) []int64 {
	if len(t.shape) != 1 || t.dtype.IsFloat() {
		fail("bincount", fmt.Sprintf("a tensor of %v of shape %s", t.dtype, shapeText(t.shape)), "a vector of integers", "", t)
	}
	v := span[int64](t.Detach().To(Int64).dense())
	least, most := int64(0), int64(*n)-1
	for _, i := range v {
		least, most = min(least, i), max(most, i)
	}
	if least < 0 {
		fail("bincount", fmt.Sprintf("element %d", least), "none below zero", "", t)
	}
	*n = int(most) + 1
	return v
}

// SearchSorted returns, for every element of values, the place at which it
// would have to be put into the sorted vector t so that it stays sorted: before
// equal elements, or with right after them.
// PyTorch: torch.searchsorted, torch.bucketize.
func (t *Tensor) SearchSorted(values *Tensor, right bool) *Tensor {
	if len(t.shape) != 1 {
		fail("searchsorted", "a tensor of shape "+shapeText(t.shape), "a sorted vector", "", t, values)
	}
	edges, v := t.Float64s(), values.Float64s()
	out := empty(Int64, values.shape)
	for i, x := range v {
		span[int64](out)[i] = int64(sort.Search(len(edges), func(k int) bool {
			if right {
				return edges[k] > x || math.IsNaN(edges[k]) && !math.IsNaN(x)
			}
			return edges[k] >= x || math.IsNaN(edges[k])
		}))
	}
	return out
}

// IsIn returns which elements of t occur in o. PyTorch: torch.isin.
func (t *Tensor) IsIn(o *Tensor) *Tensor {
	set := map[float64]bool{}
	for _, v := range o.Float64s() {
		set[v] = true
	}
	out := empty(Bool, t.shape)
	for i, v := range t.Float64s() {
		span[uint8](out)[i] = bit(set[v])
	}
	return out
}

// Bernoulli returns 1 with the probability that t holds, else 0, for every
// element. PyTorch: torch.bernoulli.
func (t *Tensor) Bernoulli() *Tensor {
	needFloat("bernoulli", t)
	p := t.Detach()
	if lo, hi := p.MinMax(); t.n > 0 && !(lo >= 0 && hi <= 1) {
		fail("bernoulli", fmt.Sprintf("probabilities from %g to %g", lo, hi), "0 … 1", "turn scores into probabilities with Sigmoid", t)
	}
	return RandLike(p).Lt(p).To(t.dtype)
}

// Multinomial draws n places with the probabilities that the last dimension of
// t holds (they need not add up to 1), int64 of shape [… × n]: with replacement
// as often as it comes, without it each place at most once.
// PyTorch: torch.multinomial.
func (t *Tensor) Multinomial(n int, replacement bool) *Tensor {
	needFloat("multinomial", t)
	nd := len(t.shape)
	if nd < 1 || nd > 2 || n < 0 {
		fail("multinomial", fmt.Sprintf("%d draws, shape %s", n, shapeText(t.shape)), "one or two dimensions", "", t)
	}
	k := t.shape[nd-1]
	p := t.Float64s()
	shape := t.Shape()
	shape[nd-1] = n
	out := empty(Int64, shape)
	dst := span[int64](out)
	g := DefaultGenerator(StreamInit)
	for r := 0; k > 0 && r < len(p)/k; r++ {
		row := slices.Clone(p[r*k : (r+1)*k])
		total, some := 0.0, 0
		for _, v := range row {
			if !(v >= 0) || math.IsInf(v, 1) {
				fail("multinomial", fmt.Sprintf("a probability of %g", v), "finite numbers that are not negative", "turn scores into probabilities with Softmax", t)
			}
			total += v
			if v > 0 {
				some++
			}
		}
		if n > 0 && (some == 0 || !replacement && n > some) {
			fail("multinomial", fmt.Sprintf("%d draws of %d places with a probability above zero", n, some), "no more draws than places, without replacement", "", t)
		}
		if replacement {
			drawAgain(g, dst[r*n:][:n], row)
		} else {
			drawOnce(g, dst[r*n:][:n], row, total)
		}
	}
	return out
}

// drawAgain draws places with the probabilities p, which it changes to their
// running sums.
func drawAgain(g *Generator, dst []int64, p []float64) {
	total, last := 0.0, 0
	for j, v := range p {
		if v > 0 {
			last = j
		}
		total += v
		p[j] = total
	}
	for i := range dst {
		if i%pollEvery == 0 {
			par.Poll()
		}
		u := g.Float64() * total
		at := sort.Search(last, func(j int) bool { return u < p[j] }) // the last one when rounding makes u the sum
		dst[i] = int64(at)
	}
}

// drawOnce draws places with the probabilities p, whose sum is total, and takes
// out what it has drawn.
func drawOnce(g *Generator, dst []int64, p []float64, total float64) {
	for i := range dst {
		if i%64 == 0 {
			par.Poll()
		}
		u, at := g.Float64()*total, -1
		for j, v := range p {
			if v > 0 {
				at = j
				if u < v {
					break
				}
			}
			u -= v
		}
		dst[i] = int64(at)
		total -= p[at]
		p[at] = 0
	}
}

// pollEvery is after how many cheap steps a loop asks whether to stop.
const pollEvery = 4096

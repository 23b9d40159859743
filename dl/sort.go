package dl

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"descent/dl/internal/par"
)

// Sort returns the elements in order along dim, smallest first unless
// descending, and where each was. Equal elements keep their order; NaN counts
// as largest. PyTorch: torch.sort(stable=True).
func (t *Tensor) Sort(dim int, descending bool) (values, positions *Tensor) {
	return t.ordered("sort", t.axis("sort", dim), descending, -1)
}

// ArgSort returns the positions that would sort t along dim.
// PyTorch: torch.argsort(stable=True).
func (t *Tensor) ArgSort(dim int, descending bool) *Tensor {
	return t.order("argsort", t.axis("argsort", dim), descending, -1)
}

// TopK returns the k largest elements along dim, largest first, and where they
// were. BottomK returns the smallest. PyTorch: torch.topk.
func (t *Tensor) TopK(k, dim int) (values, positions *Tensor) { return t.best("topk", k, dim, true) }

// BottomK returns the k smallest elements along dim, smallest first, and where
// they were. PyTorch: torch.topk(largest=False).
func (t *Tensor) BottomK(k, dim int) (values, positions *Tensor) {
	return t.best("bottomk", k, dim, false)
}

func (t *Tensor) best(op string, k, dim int, largest bool) (values, positions *Tensor) {
	d := t.axis(op, dim)
	n := 1
	if len(t.shape) > 0 {
		n = t.shape[d]
	}
	if k < 0 || k > n {
		fail(op, fmt.Sprintf("k = %d for dimension %d of shape %s", k, d, shapeText(t.shape)), fmt.Sprintf("0 … %d", n), "", t)
	}
	return t.ordered(op, d, largest, k)
}

// ordered returns the elements of dimension d in order and where they were,
// the first k of them unless k is negative.
func (t *Tensor) ordered(op string, d int, descending bool, k int) (values, positions *Tensor) {
	if len(t.shape) == 0 {
		return t.Clone(), t.order(op, d, descending, k)
	}
	if t.dtype != Float32 {
		at := t.order(op, d, descending, k)
		return t.Gather(d, at), at
	}
	values, positions = t.orderTo(op, d, descending, k, true)
	if c := record(values, "gather", gatherBackward, t); c != nil {
		c.shape, c.Data = t.Shape(), t.picks(op, d, positions).places()
	}
	return values, positions
}

// order returns the positions that sort dimension d, the first k of them
// unless k is negative.
func (t *Tensor) order(op string, d int, descending bool, k int) *Tensor {
	_, at := t.orderTo(op, d, descending, k, false)
	return at
}

// orderTo is order, also of the values when they are float32 and wanted.
func (t *Tensor) orderTo(op string, d int, descending bool, k int, wanted bool) (values, positions *Tensor) {
	needCompute(op, t)
	shape := t.Shape()
	f := parts(shape, d)
	if k < 0 {
		k = f.reduced
	}
	if len(shape) > 0 {
		shape[d] = k
	}
	out := blankPlaces(shape)
	if wanted {
		values = blank(t.dtype, shape)
	}
	if out.n == 0 {
		return values, out
	}
	x := t.dense()
	switch t.dtype {
	case Float32:
		var picked []float32
		if wanted {
			picked = values.f32()
		}
		orderIn32(span[int64](out), picked, span[float32](x), f, descending, k)
	case Float64:
		orderIn(span[int64](out), span[float64](x), f, descending, k)
	case Int64:
		orderIn(span[int64](out), span[int64](x), f, descending, k)
	case Int32:
		orderIn(span[int64](out), span[int32](x), f, descending, k)
	default:
		orderIn(span[int64](out), span[uint8](x), f, descending, k)
	}
	return values, out
}

// ranked is an element with its place.
type ranked[T number] struct {
	v T
	i int32
}

func orderIn[T number](dst []int64, x []T, f fold, descending bool, k int) {
	before := func(a, b ranked[T]) int { return rank(a.v, b.v, a.i, b.i) }
	if descending {
		before = func(a, b ranked[T]) int { return rank(b.v, a.v, a.i, b.i) }
	}
	par.For(f.outer*f.inner, max(1, 2048/f.reduced), func(lo, hi int) {
		row := make([]ranked[T], f.reduced)
		for u := lo; u < hi; u++ {
			stopIfInterrupted()
			o, c := u/f.inner, u%f.inner
			for r := range row {
				row[r] = ranked[T]{x[(o*f.reduced+r)*f.inner+c], int32(r)}
			}
			if k < f.reduced/8 {
				firstK(row, k, before)
			} else {
				slices.SortFunc(row, before)
			}
			for r := range k {
				dst[(o*k+r)*f.inner+c] = int64(row[r].i)
			}
		}
	})
}

var rowSorters = sync.Pool{New: func() any { return new(rowSorter) }}

// orderIn32 is orderIn for float32. Unless values is nil it is set to the
// elements in that order.
func orderIn32(dst []int64, values, x []float32, f fold, descending bool, k int) {
	par.For(f.outer*f.inner, max(1, 4096/f.reduced), func(lo, hi int) {
		b := rowSorters.Get().(*rowSorter)
		defer rowSorters.Put(b)
		b.descending = descending
		for u := lo; u < hi; u++ {
			stopIfInterrupted()
			row, at := x[u/f.inner*f.reduced*f.inner+u%f.inner:], u/f.inner*k*f.inner+u%f.inner
			var keys []uint64
			if k < f.reduced/8 {
				b.room(f.reduced)
				keys = b.keys[:k]
				if k > 0 {
					firstKeys(keys, row, f.reduced, f.inner, descending)
				}
			} else {
				keys = b.order(row, f.reduced, f.inner)[:k]
			}
			for _, key := range keys {
				dst[at] = int64(uint32(key))
				if values != nil {
					values[at] = row[int(uint32(key))*f.inner]
				}
				at += f.inner
			}
		}
	})
}

// rank orders by value, NaN last, then by place.
func rank[T number](a, b T, i, j int32) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	case a != a || b != b:
		if an, bn := a != a, b != b; an != bn {
			if bn {
				return -1
			}
			return 1
		}
	}
	return cmp.Compare(i, j)
}

// firstK brings the first k of the order to the front, sorted, with a heap of
// the k best so far.
func firstK[T any](x []T, k int, before func(a, b T) int) {
	if k == 0 {
		return
	}
	h := slices.Clone(x[:k])
	slices.SortFunc(h, func(a, b T) int { return before(b, a) }) // the worst in front
	for _, v := range x[k:] {
		if before(v, h[0]) >= 0 {
			continue
		}
		h[0] = v
		for p := 0; ; {
			c := 2*p + 1
			if c >= k {
				break
			}
			if c+1 < k && before(h[c+1], h[c]) > 0 {
				c++
			}
			if before(h[p], h[c]) >= 0 {
				break
			}
			h[p], h[c] = h[c], h[p]
			p = c
		}
	}
	slices.SortFunc(h, before)
	copy(x, h)
}

// Median returns the middle elements along dim, the lower of the two middle
// ones when the number is even, and where they were. A NaN is the median.
// PyTorch: torch.median(dim).
func (t *Tensor) Median(dim int) (values, positions *Tensor) {
	d := t.axis("median", dim)
	if len(t.shape) == 0 {
		return t.Clone(), empty(Int64, nil)
	}
	n := t.shape[d]
	if n == 0 {
		fail("median", "dimension of length 0 in shape "+shapeText(t.shape), "at least one element", "", t)
	}
	order := t.order("median", d, false, -1)
	at := order.Select(d, (n-1)/2).Contiguous()
	if t.dtype.IsFloat() { // NaN sorts last: where there is one, take it
		last := order.Select(d, n-1).Contiguous()
		nan := t.Detach().Gather(d, last.Unsqueeze(d)).Squeeze(d).IsNaN()
		at = Where(nan, last, at)
	}
	return t.Gather(d, at.Unsqueeze(d)).Squeeze(d), at
}

// Quantile returns the q-quantile (q from 0 to 1) along dim, by linear
// interpolation between the two nearest elements. PyTorch: torch.quantile.
func (t *Tensor) Quantile(q float64, dim int) *Tensor {
	needFloat("quantile", t)
	d := t.axis("quantile", dim)
	if !(q >= 0 && q <= 1) {
		fail("quantile", fmt.Sprintf("q = %g", q), "0 … 1", "", t)
	}
	if len(t.shape) == 0 {
		return t.Clone()
	}
	n := t.shape[d]
	if n == 0 {
		fail("quantile", "dimension of length 0 in shape "+shapeText(t.shape), "at least one element", "", t)
	}
	sorted, _ := t.Sort(d, false)
	pos := q * float64(n-1)
	lo := int(pos)
	hi := min(lo+1, n-1)
	a, b := sorted.Select(d, lo), sorted.Select(d, hi)
	out := a.Lerp(b, pos-float64(lo))
	if last := sorted.Detach().Select(d, n-1).IsNaN(); last.Any().Item() == 1 {
		out = Where(last, sorted.Select(d, n-1), out)
	}
	return out
}

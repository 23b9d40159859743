package dl

import (
	"fmt"
	"math"
	"slices"
)

// Pick returns the elements that integer tensors name, one for each leading
// dimension: out[…] = t[idx₀[…], idx₁[…], …]. The indices are broadcast; the
// dimensions of t that no index names follow. PyTorch: t[i, j] with tensors of indices.
func (t *Tensor) Pick(idx ...*Tensor) *Tensor {
	at, shape := t.places("pick", idx)
	return t.Reshape(-1).IndexSelect(0, at).Reshape(shape...)
}

// IndexPut returns t with values, broadcast, written at the places that Pick
// would read, or added to what is there when accumulate is true.
// PyTorch: torch.index_put.
func (t *Tensor) IndexPut(idx []*Tensor, values *Tensor, accumulate bool) *Tensor {
	at, shape := t.places("index put", idx)
	v := values.To(t.dtype).Expand(shape...).Reshape(-1)
	if accumulate {
		return t.Reshape(-1).ScatterAdd(0, at, v).Reshape(t.shape...)
	}
	return t.Reshape(-1).Scatter(0, at, v).Reshape(t.shape...)
}

// places turns indices of the leading dimensions into positions in row-major
// t, and gives the shape of what they pick.
func (t *Tensor) places(op string, idx []*Tensor) (at *Tensor, shape []int) {
	if len(idx) == 0 || len(idx) > len(t.shape) {
		fail(op, fmt.Sprintf("%d indices into shape %s", len(idx), shapeText(t.shape)), fmt.Sprintf("1 … %d", len(t.shape)), "", t)
	}
	var buf [8]int
	all := idx[0].shape
	for _, ix := range idx[1:] {
		all = slices.Clone(broadcastShape(op, blank(Bool, all), ix, buf[:0]))
	}
	rest := t.shape[len(idx):]
	inner := numel(rest)
	base := make([]int64, numel(all))
	for d, ix := range idx {
		for k, v := range indices(op, ix.expanded(op, all), t.shape[d]) {
			base[k] = base[k]*int64(t.shape[d]) + v
		}
	}
	out := make([]int64, 0, len(base)*inner)
	for _, b := range base {
		for i := range inner {
			out = append(out, b*int64(inner)+int64(i))
		}
	}
	return FromInt64s(out, len(out)), append(slices.Clone(all), rest...)
}

// DiagonalScatter returns t with src written on the diagonal that
// Diagonal(offset, d1, d2) reads. PyTorch: torch.diagonal_scatter.
func (t *Tensor) DiagonalScatter(src *Tensor, offset, d1, d2 int) *Tensor {
	place := make([]int64, t.n)
	for i := range place {
		place[i] = int64(i)
	}
	at := FromInt64s(place, t.Shape()...).Diagonal(offset, d1, d2)
	if !slices.Equal(src.shape, at.shape) {
		fail("diagonal scatter", "a source of shape "+shapeText(src.shape), "the diagonal's shape "+shapeText(at.shape), "", t, src)
	}
	return t.Reshape(-1).Scatter(0, at.Reshape(-1), src.Reshape(-1)).Reshape(t.shape...)
}

// ScatterReduction says how ScatterReduce joins elements that meet.
type ScatterReduction uint8

const (
	ScatterSum ScatterReduction = iota
	ScatterProd
	ScatterMean
	ScatterMax
	ScatterMin
)

// ScatterReduce joins the elements of src that idx sends to one place along
// dim: their sum, product, mean, largest or smallest, together with what was in
// t unless withoutSelf. Places that nothing is sent to keep what they have.
// PyTorch: torch.scatter_reduce, torch.index_reduce.
func (t *Tensor) ScatterReduce(dim int, idx, src *Tensor, how ScatterReduction, withoutSelf bool) *Tensor {
	const op = "scatter reduce"
	needFloat(op, t)
	d := t.axis(op, dim)
	at := t.gatherPlan(op, d, idx)
	s := src.scatterSource(op, idx).To(t.dtype).Reshape(-1)
	m := meeting{at: span[int64](at), n: t.n}
	base := t.Reshape(-1)
	hit := m.hit()
	if withoutSelf {
		neutral := map[ScatterReduction]float64{ScatterProd: 1, ScatterMax: math.Inf(-1), ScatterMin: math.Inf(1)}[how]
		base = base.MaskedFill(hit, neutral)
	}
	var out *Tensor
	switch how {
	case ScatterSum, ScatterMean:
		out = base.Add(addRows(s, 0, m.at, []int{m.n}))
		if how == ScatterMean {
			out = out.Div(m.counts(!withoutSelf).To(t.dtype))
		}
	case ScatterProd:
		out = m.product(base, s)
	case ScatterMax, ScatterMin:
		out = m.extreme(base, s, how == ScatterMax)
	default:
		fail(op, fmt.Sprintf("reduction %d", how), "ScatterSum, ScatterProd, ScatterMean, ScatterMax or ScatterMin", "", t)
	}
	return out.Reshape(t.shape...)
}

// meeting is where elements are sent to: at[i] of 0 … n-1.
type meeting struct {
	at []int64
	n  int
}

func (m meeting) hit() *Tensor {
	out := empty(Bool, []int{m.n})
	for _, p := range m.at {
		span[uint8](out)[p] = 1
	}
	return out
}

// counts is how many elements each place gets, itself included or not, and at
// least 1.
func (m meeting) counts(self bool) *Tensor {
	out := empty(Int64, []int{m.n})
	c := span[int64](out)
	for _, p := range m.at {
		c[p]++
	}
	for p := range c {
		if self || c[p] == 0 {
			c[p]++
		}
	}
	return out
}

// product multiplies in rounds, in each of which a place gets one element, so
// that zeros need no division.
func (m meeting) product(base, s *Tensor) *Tensor {
	left := make([]int64, len(m.at))
	for i := range left {
		left[i] = int64(i)
	}
	for len(left) > 0 {
		var now, later, to []int64
		taken := map[int64]bool{}
		for _, i := range left {
			if p := m.at[i]; !taken[p] {
				taken[p] = true
				now, to = append(now, i), append(to, p)
			} else {
				later = append(later, i)
			}
		}
		factors := s.IndexSelect(0, FromInt64s(now, len(now)))
		base = base.Mul(OnesLike(base.Detach()).Scatter(0, FromInt64s(to, len(to)), factors))
		left = later
	}
	return base
}

// extreme takes the largest or smallest; those that are equal share the
// gradient.
func (m meeting) extreme(base, s *Tensor, largest bool) *Tensor {
	best := base.Detach().copied()
	x := dense(s.Detach())
	for i, p := range m.at {
		v, b := x.get(x.offset+i), best.get(int(p))
		if largest && v > b || !largest && v < b || math.IsNaN(v) {
			best.put(int(p), v)
		}
	}
	from := FromInt64s(m.at, len(m.at))
	ofSelf := base.Detach().Eq(best).To(best.dtype)
	ofSrc := s.Detach().Eq(best.IndexSelect(0, from)).To(best.dtype)
	share := ofSelf.Add(addRows(ofSrc, 0, m.at, []int{m.n})).ClampMin(1)
	// Shares times zero: their value is 0, their gradient that of the winners.
	toSelf := base.Sub(base.Detach()).Mul(ofSelf.Div(share)).NanToNum(0, 0, 0)
	toSrc := s.Sub(s.Detach()).Mul(ofSrc.Div(share.IndexSelect(0, from))).NanToNum(0, 0, 0)
	return best.Add(toSelf).Add(addRows(toSrc, 0, m.at, []int{m.n}))
}

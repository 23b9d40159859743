package dl

import "fmt"

// Mode returns the most frequent elements along dim, the smallest one of those
// that are equally frequent, and where each stands last. PyTorch: torch.mode.
func (t *Tensor) Mode(dim int) (values, positions *Tensor) {
	d := t.axis("mode", dim)
	if len(t.shape) == 0 {
		return t.Clone(), empty(Int64, nil)
	}
	f := parts(t.shape, d)
	if f.reduced == 0 {
		fail("mode", "dimension of length 0 in shape "+shapeText(t.shape), "at least one element", "", t)
	}
	order := span[int64](t.order("mode", d, false, -1))
	x := t.dense()
	at := empty(Int64, t.Select(d, 0).shape)
	for u := range at.n {
		o, c := u/f.inner, u%f.inner
		place := func(r int) int { return (o*f.reduced+r)*f.inner + c }
		value := func(r int) float64 { return x.get(x.offset + place(int(order[place(r)]))) }
		best, run := 0, 0
		for r := range f.reduced {
			if r > 0 && value(r) == value(r-1) {
				run++
			} else {
				run = 1
			}
			if run > best {
				best = run
				span[int64](at)[u] = order[place(r)]
			}
		}
	}
	return t.Gather(d, at.Unsqueeze(d)).Squeeze(d), at
}

// KthValue returns the k-th smallest elements along dim, counted from 1, and
// where they are. PyTorch: torch.kthvalue.
func (t *Tensor) KthValue(k, dim int) (values, positions *Tensor) {
	d := t.axis("kthvalue", dim)
	n := 1
	if len(t.shape) > 0 {
		n = t.shape[d]
	}
	if k < 1 || k > n {
		fail("kthvalue", fmt.Sprintf("k = %d for dimension %d of shape %s", k, d, shapeText(t.shape)), fmt.Sprintf("1 … %d", n), "", t)
	}
	if len(t.shape) == 0 {
		return t.Clone(), empty(Int64, nil)
	}
	at := t.order("kthvalue", d, false, k).Narrow(d, k-1, 1)
	return t.Gather(d, at).Squeeze(d), at.Squeeze(d).Contiguous()
}

// NanMedian is Median that passes over NaN; it is NaN only where nothing else
// is. PyTorch: torch.nanmedian.
func (t *Tensor) NanMedian(dim int) (values, positions *Tensor) {
	d := t.axis("nanmedian", dim)
	if len(t.shape) == 0 || !t.dtype.IsFloat() {
		return t.Median(d)
	}
	if t.shape[d] == 0 {
		fail("nanmedian", "dimension of length 0 in shape "+shapeText(t.shape), "at least one element", "", t)
	}
	order := t.order("nanmedian", d, false, -1) // NaN last
	middle := t.numbersAlong(d).SubScalar(1).ClampMin(0).FloorDiv(New(int64(2)))
	at := order.Gather(d, middle.Unsqueeze(d))
	return t.Gather(d, at).Squeeze(d), at.Squeeze(d)
}

// numbersAlong counts what is not NaN.
func (t *Tensor) numbersAlong(d int) *Tensor { return t.IsNaN().Not().CountNonzero(d) }

// NanQuantile is Quantile that passes over NaN; it is NaN only where nothing
// else is. PyTorch: torch.nanquantile.
func (t *Tensor) NanQuantile(q float64, dim int) *Tensor {
	needFloat("nanquantile", t)
	d := t.axis("nanquantile", dim)
	if !(q >= 0 && q <= 1) {
		fail("nanquantile", fmt.Sprintf("q = %g", q), "0 … 1", "", t)
	}
	if len(t.shape) == 0 {
		return t.Clone()
	}
	if t.shape[d] == 0 {
		fail("nanquantile", "dimension of length 0 in shape "+shapeText(t.shape), "at least one element", "", t)
	}
	sorted, _ := t.Sort(d, false)
	pos := t.numbersAlong(d).SubScalar(1).ClampMin(0).To(Float64).MulScalar(q).Unsqueeze(d)
	lo := pos.Floor()
	a := sorted.Gather(d, lo.To(Int64))
	b := sorted.Gather(d, pos.Ceil().To(Int64))
	return a.Add(b.Sub(a).Mul(pos.Sub(lo).To(t.dtype))).Squeeze(d)
}

// UniqueConsecutive is Unique that joins only elements that follow each other,
// in row-major order, and keeps that order.
// PyTorch: torch.unique_consecutive(return_inverse=True, return_counts=True).
func (t *Tensor) UniqueConsecutive() (values, inverse, counts *Tensor) {
	x := t.Detach().dense()
	inv := empty(Int64, t.shape)
	var first, count []int64
	for i := range x.n {
		if i == 0 || x.get(x.offset+i) != x.get(x.offset+i-1) {
			first, count = append(first, int64(i)), append(count, 0)
		}
		count[len(count)-1]++
		span[int64](inv)[i] = int64(len(first) - 1)
	}
	return x.Reshape(-1).IndexSelect(0, FromInt64s(first, len(first))), inv, FromInt64s(count, len(count))
}

// UniqueAlong returns the different entries of dimension dim in lexicographic
// order, for each entry of t the place of its value among them, and how often
// each occurs. PyTorch: torch.unique(dim=…, return_inverse=True, return_counts=True).
func (t *Tensor) UniqueAlong(dim int) (values, inverse, counts *Tensor) {
	d := t.axis("unique", dim)
	if len(t.shape) == 0 {
		fail("unique", "a scalar and a dimension", "a tensor with dimensions", "use Unique", t)
	}
	n := t.shape[d]
	rows := t.Detach().Transpose(0, d).Reshape(n, -1).Contiguous()
	at := Arange(0, float64(n), 1).To(Int64)
	for c := rows.shape[1] - 1; c >= 0; c-- { // a stable sort for each column, the first one last
		at = at.IndexSelect(0, rows.Select(1, c).IndexSelect(0, at).ArgSort(0, false))
	}
	inv := empty(Int64, []int{n})
	var first, count []int64
	for k, p := range span[int64](at.dense()) {
		if k == 0 || !rows.Select(0, int(p)).Equal(rows.Select(0, int(first[len(first)-1]))) {
			first, count = append(first, p), append(count, 0)
		}
		count[len(count)-1]++
		span[int64](inv)[p] = int64(len(first) - 1)
	}
	return t.Detach().IndexSelect(d, FromInt64s(first, len(first))), inv, FromInt64s(count, len(count))
}

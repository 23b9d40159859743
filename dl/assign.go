package dl

import (
	"fmt"
	"slices"
)

// IndexFill returns t with v in all entries of dimension dim that idx lists.
// PyTorch: torch.index_fill.
func (t *Tensor) IndexFill(dim int, idx *Tensor, v float64) *Tensor {
	d := t.axis("index fill", dim)
	rows := indices("index fill", idx, t.Size(d))
	hit := empty(Bool, []int{t.Size(d)})
	for _, r := range rows {
		span[uint8](hit)[r] = 1
	}
	shape := slices.Repeat([]int{1}, len(t.shape))
	shape[d] = len(span[uint8](hit))
	return t.MaskedFill(hit.Reshape(shape...), v)
}

// IndexCopy returns t with the entries of src in the places of dimension dim
// that idx lists. PyTorch: torch.index_copy.
func (t *Tensor) IndexCopy(dim int, idx, src *Tensor) *Tensor {
	d := t.axis("index copy", dim)
	want := t.Shape()
	if len(t.shape) > 0 {
		want[d] = idx.n
	}
	if len(t.shape) == 0 || !slices.Equal(src.shape, want) {
		fail("index copy", "a source of shape "+shapeText(src.shape), shapeText(want), "", t, idx, src)
	}
	shape := slices.Repeat([]int{1}, len(t.shape))
	shape[d] = idx.n
	return t.Scatter(d, idx.Reshape(shape...).Expand(want...), src)
}

// MaskedScatter returns t with the elements of src, in order, in the places
// where mask is true. PyTorch: torch.masked_scatter, t[mask] = src.
func (t *Tensor) MaskedScatter(mask, src *Tensor) *Tensor {
	needMask("masked scatter", mask)
	at := positions(mask.expanded("masked scatter", t.shape))
	if src.n < len(at) {
		fail("masked scatter", fmt.Sprintf("%d elements for %d places", src.n, len(at)), "one for each place", "", t, mask, src)
	}
	idx := FromInt64s(at, len(at))
	return t.Reshape(-1).Scatter(0, idx, src.Reshape(-1)).Reshape(t.shape...)
}

// SliceScatter returns t with src in place of t.Slice(dim, start, end, step):
// assignment to a slice that gradients flow through.
// PyTorch: torch.slice_scatter.
func (t *Tensor) SliceScatter(src *Tensor, dim, start, end, step int) *Tensor {
	part := t.Detach().Slice(dim, start, end, step)
	if !slices.Equal(src.shape, part.shape) {
		fail("slice scatter", "a source of shape "+shapeText(src.shape), "the slice's shape "+shapeText(part.shape), "", t, src)
	}
	d := t.axis("slice scatter", dim)
	places := ArangeInt(0, t.shape[d], 1).Slice(0, start, end, step)
	return t.IndexCopy(d, places.Contiguous(), src)
}

// SelectScatter returns t with src in place of t.Select(dim, i).
// PyTorch: torch.select_scatter.
func (t *Tensor) SelectScatter(src *Tensor, dim, i int) *Tensor {
	t.needAxis("select scatter")
	d := t.axis("select scatter", dim)
	if n := t.Size(d); i < 0 {
		i += n
	}
	return t.SliceScatter(src.Unsqueeze(d), d, i, i+1, 1)
}

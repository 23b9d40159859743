package dl

import (
	"fmt"
	"slices"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// integers returns an index tensor as a contiguous one of int64.
func integers(op string, idx *Tensor) *Tensor {
	if idx.dtype.IsFloat() || idx.dtype == Bool {
		hint := "convert it: idx.To(dl.Int64)"
		if idx.dtype == Bool {
			hint = "use MaskedSelect or Where for a mask"
		}
		fail(op, "an index of "+idx.dtype.String(), "int64", hint, idx)
	}
	return idx.Detach().To(Int64).dense()
}

func failIndex(op string, v int64, n int, idx *Tensor) {
	fail(op, fmt.Sprintf("index %d for a dimension of length %d", v, n), fmt.Sprintf("%d … %d", -n, n-1), "", idx)
}

// indices returns the elements of an index tensor, checked against a length;
// negative ones count from the end.
func indices(op string, idx *Tensor, n int) []int64 {
	s := span[int64](integers(op, idx))
	owned := false
	for i, v := range s {
		if v >= 0 && v < int64(n) {
			continue
		}
		if v >= int64(n) || v < -int64(n) {
			failIndex(op, v, n, idx)
		}
		if !owned {
			s, owned = slices.Clone(s), true
		}
		s[i] = v + int64(n)
	}
	return s
}

// parts describes dimension d of a contiguous shape as outer × n × inner.
func parts(shape []int, d int) fold {
	if len(shape) == 0 {
		return fold{1, 1, 1}
	}
	return fold{numel(shape[:d]), shape[d], numel(shape[d+1:])}
}

// IndexSelect returns the entries of dimension dim that idx (one dimension of
// integers) lists, in that order. PyTorch: torch.index_select, t[:, idx].
func (t *Tensor) IndexSelect(dim int, idx *Tensor) *Tensor {
	d := t.axis("index select", dim)
	if len(idx.shape) > 1 || len(t.shape) == 0 {
		fail("index select", "indices of shape "+shapeText(idx.shape), "one dimension of indices into a tensor with dimensions",
			"use Gather for an index for every element", t, idx)
	}
	rows := indices("index select", idx, t.shape[d])
	out := t.takeRows(d, rows)
	if c := record(out, "index select", indexSelectBackward, t); c != nil {
		c.i, c.shape, c.Data = d, t.Shape(), slices.Clone(rows)
	}
	return out
}

func (t *Tensor) takeRows(d int, rows []int64) *Tensor {
	shape := t.Shape()
	shape[d] = len(rows)
	out := blank(t.dtype, shape)
	x := t.dense()
	switch t.dtype {
	case Float32:
		takeRowsAs[float32](out, x, d, rows)
	case Float64:
		takeRowsAs[float64](out, x, d, rows)
	case Int64:
		takeRowsAs[int64](out, x, d, rows)
	case Int32:
		takeRowsAs[int32](out, x, d, rows)
	case Uint8, Bool:
		takeRowsAs[uint8](out, x, d, rows)
	default:
		takeRowsAs[uint16](out, x, d, rows)
	}
	return out
}

func takeRowsAs[T element](out, x *Tensor, d int, rows []int64) {
	if out.n == 0 {
		return
	}
	dst, src, f := span[T](out), span[T](x), parts(x.shape, d)
	n := len(rows)
	if f.inner == 1 {
		par.For(f.outer, max(1, grain/n), func(lo, hi int) {
			for o := lo; o < hi; o++ {
				from := src[o*f.reduced : (o+1)*f.reduced]
				for k, r := range rows {
					dst[o*n+k] = from[r]
				}
			}
		})
		return
	}
	// A row should be long enough for its ends not to matter.
	if dst, ok := any(dst).([]float32); ok && out.store.stream && f.inner >= 64 {
		src := any(src).([]float32)
		par.For(f.outer*n, max(1, grain/f.inner), func(lo, hi int) {
			for u := lo; u < hi; u++ {
				from := (u/n*f.reduced + int(rows[u%n])) * f.inner
				simd.StreamCopyRow(dst[u*f.inner:(u+1)*f.inner], src[from:from+f.inner])
			}
			simd.StreamEnd()
		})
		return
	}
	par.For(f.outer*n, max(1, grain/f.inner), func(lo, hi int) {
		for u := lo; u < hi; u++ {
			from := (u/n*f.reduced + int(rows[u%n])) * f.inner
			copy(dst[u*f.inner:(u+1)*f.inner], src[from:from+f.inner])
		}
	})
}

func indexSelectBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(addRows(g, c.i, c.Data.([]int64), c.shape))
}

// Gather picks one entry along dim for every element of idx, which has as many
// dimensions as t: for dim 1, out[i][j] = t[i][idx[i][j]].
// PyTorch: torch.gather.
func (t *Tensor) Gather(dim int, idx *Tensor) *Tensor {
	p := t.picks("gather", t.axis("gather", dim), idx)
	out := blank(t.dtype, idx.shape)
	x := t.dense()
	switch t.dtype {
	case Float32:
		pickAs[float32](out, x, p)
	case Float64:
		pickAs[float64](out, x, p)
	case Int64:
		pickAs[int64](out, x, p)
	case Int32:
		pickAs[int32](out, x, p)
	case Uint8, Bool:
		pickAs[uint8](out, x, p)
	default:
		pickAs[uint16](out, x, p)
	}
	if c := record(out, "gather", gatherBackward, t); c != nil {
		c.shape, c.Data = t.Shape(), p.places()
	}
	return out
}

func gatherBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(addRows(g.Reshape(-1), 0, c.Data.([]int64), []int{numel(c.shape)}).Reshape(c.shape...))
}

// picks is an index of one entry along dimension d for every element.
type picks struct {
	op    string
	idx   *Tensor // int64, contiguous
	d, n  int     // the dimension and its length
	steps []int   // row-major strides of what is indexed
}

// picks checks the shape and the type of idx.
func (t *Tensor) picks(op string, d int, idx *Tensor) *picks {
	ok := len(idx.shape) == len(t.shape)
	for i := 0; ok && i < len(t.shape); i++ {
		ok = i == d || idx.shape[i] <= t.shape[i]
	}
	if !ok {
		fail(op, fmt.Sprintf("an index of shape %s for a tensor of shape %s", shapeText(idx.shape), shapeText(t.shape)),
			fmt.Sprintf("as many dimensions, none longer except dimension %d", d), "idx.Unsqueeze(-1) adds a missing dimension", t, idx)
	}
	p := &picks{op: op, idx: integers(op, idx), d: d, n: 1, steps: make([]int, len(t.shape))}
	if len(t.shape) > 0 {
		p.n = t.shape[d]
	}
	for i, step := len(p.steps)-1, 1; i >= 0; i-- {
		p.steps[i] = step
		step *= t.shape[i]
	}
	return p
}

// runs calls f for every line of the index along its last dimension, on
// several processors: entry k of the line is at rows[k]*along + k*next + base
// of what is indexed, and element at+k of the index.
func (p *picks) runs(f func(at int, rows []int64, base, along, next int)) {
	shape := p.idx.shape
	if p.idx.n == 0 {
		return
	}
	length, along, next := 1, 1, 0
	last := len(shape) - 1
	if last >= 0 {
		length, along = shape[last], p.steps[p.d]
		if p.d != last {
			next = 1
		}
	}
	all := span[int64](p.idx)
	par.For(len(all)/length, max(1, grain/length), func(lo, hi int) {
		for u := lo; u < hi; u++ {
			base := 0
			for k, rest := last-1, u; k >= 0; k-- {
				if k != p.d {
					base += rest % shape[k] * p.steps[k]
				}
				rest /= shape[k]
			}
			f(u*length, all[u*length:(u+1)*length], base, along, next)
		}
	})
}

// fromEnd is for an index that is not a place: negative ones count from the
// end.
func (p *picks) fromEnd(r int64) int64 {
	if r >= 0 || r < -int64(p.n) {
		failIndex(p.op, r, p.n, p.idx)
	}
	return r + int64(p.n)
}

// places returns the position of every entry in row-major order.
func (p *picks) places() []int64 {
	out := make([]int64, p.idx.n)
	p.runs(func(at int, rows []int64, base, along, next int) {
		to, n := out[at:][:len(rows)], uint64(p.n)
		for k, r := range rows {
			if uint64(r) >= n {
				r = p.fromEnd(r)
			}
			to[k] = r*int64(along) + int64(base)
			base += next
		}
	})
	return out
}

func pickAs[T element](out, x *Tensor, p *picks) {
	dst, src := span[T](out), span[T](x)
	p.runs(func(at int, rows []int64, base, along, next int) {
		to, from, n := dst[at:][:len(rows)], src[base:], uint64(p.n)
		if next == 0 && along == 1 {
			from = from[:n]
			for len(rows) >= 4 {
				a, b, c, d := uint64(rows[0]), uint64(rows[1]), uint64(rows[2]), uint64(rows[3])
				if a >= n || b >= n || c >= n || d >= n {
					break
				}
				to[0], to[1], to[2], to[3] = from[a], from[b], from[c], from[d]
				rows, to = rows[4:], to[4:]
			}
			for k, r := range rows {
				if uint64(r) >= n {
					r = p.fromEnd(r)
				}
				to[k] = from[r]
			}
			return
		}
		i := 0
		for k, r := range rows {
			if uint64(r) >= n {
				r = p.fromEnd(r)
			}
			to[k] = from[int(r)*along+i]
			i += next
		}
	})
}

// gatherPlan turns idx into positions in row-major t, checked.
func (t *Tensor) gatherPlan(op string, d int, idx *Tensor) *Tensor {
	return FromInt64s(t.picks(op, d, idx).places(), idx.n)
}

// Scatter returns t with the elements of src written at the places idx names
// along dim: for dim 1, out[i][idx[i][j]] = src[i][j]. Where idx names a place
// twice, the last one stays. PyTorch: torch.scatter.
func (t *Tensor) Scatter(dim int, idx, src *Tensor) *Tensor {
	d := t.axis("scatter", dim)
	p := t.picks("scatter", d, idx)
	src = src.scatterSource("scatter", idx).To(t.dtype)
	out := blank(t.dtype, t.shape)
	old, x := t.dense(), src.dense()
	switch t.dtype {
	case Float32:
		putAs[float32](out, old, x, p)
	case Float64:
		putAs[float64](out, old, x, p)
	case Int64:
		putAs[int64](out, old, x, p)
	case Int32:
		putAs[int32](out, old, x, p)
	case Uint8, Bool:
		putAs[uint8](out, old, x, p)
	default:
		putAs[uint16](out, old, x, p)
	}
	if c := record(out, "scatter", scatterBackward, t, src); c != nil {
		places := p.places()
		// Only the element written last at a place had an effect.
		last := make([]int, t.n)
		for i, p := range places {
			last[p] = i
		}
		kept := empty(Bool, []int{len(places)})
		for i, p := range places {
			if last[p] == i {
				span[uint8](kept)[i] = 1
			}
		}
		c.shape = src.Shape()
		c.Data = [2]*Tensor{FromInt64s(places, len(places)), kept}
	}
	return out
}

// putAs sets out to old with the elements of x at the places of p.
func putAs[T element](out, old, x *Tensor, p *picks) {
	dst, was, src := span[T](out), span[T](old), span[T](x)
	last := len(p.steps) - 1
	if p.d != last { // lines of the index share places: one after the other
		copy(dst, was)
		for i, at := range p.places() {
			dst[at] = src[i]
		}
		return
	}
	// Where every line is met, it is copied on the way.
	all := last < 0 || slices.Equal(p.idx.shape[:last], out.shape[:last])
	if !all || p.idx.n == 0 {
		copy(dst, was)
	}
	p.runs(func(at int, rows []int64, base, _, _ int) {
		from, to, n := src[at:][:len(rows)], dst[base:][:p.n], uint64(p.n)
		if all {
			copy(to, was[base:])
		}
		// Four at a time: reads wait less for the writes before them.
		for len(rows) >= 4 {
			a, b, c, d := uint64(rows[0]), uint64(rows[1]), uint64(rows[2]), uint64(rows[3])
			if a >= n || b >= n || c >= n || d >= n {
				break
			}
			w, x, y, z := from[0], from[1], from[2], from[3]
			to[a], to[b], to[c], to[d] = w, x, y, z
			rows, from = rows[4:], from[4:]
		}
		for k, r := range rows {
			if uint64(r) >= n {
				r = p.fromEnd(r)
			}
			to[r] = from[k]
		}
	})
}

// scatterSource cuts src to the shape of idx.
func (t *Tensor) scatterSource(op string, idx *Tensor) *Tensor {
	if len(t.shape) != len(idx.shape) {
		fail(op, "a source of shape "+shapeText(t.shape), "at least the index's shape "+shapeText(idx.shape), "", t, idx)
	}
	for i, n := range idx.shape {
		if t.shape[i] < n {
			fail(op, "a source of shape "+shapeText(t.shape), "at least the index's shape "+shapeText(idx.shape), "", t, idx)
		}
		if t.shape[i] > n {
			t = t.Narrow(i, 0, n)
		}
	}
	return t
}

func scatterBackward(c *Context, g *Tensor) []*Tensor {
	plan := c.Data.([2]*Tensor)
	var dt, ds *Tensor
	if c.Needs(0) {
		hit := empty(Bool, g.shape)
		for _, p := range span[int64](plan[0]) {
			span[uint8](hit)[p] = 1
		}
		dt = g.MaskedFill(hit, 0)
	}
	if c.Needs(1) {
		ds = g.Reshape(-1).IndexSelect(0, plan[0]).MaskedFill(plan[1].Not(), 0).Reshape(c.shape...)
	}
	return c.gives(dt, ds)
}

// ScatterValue is Scatter with one number for all places.
// PyTorch: torch.scatter(value=…).
func (t *Tensor) ScatterValue(dim int, idx *Tensor, v float64) *Tensor {
	return t.Scatter(dim, idx, FullOf(t.dtype, v, idx.shape...))
}

// Take returns the elements at the given row-major positions, in the shape of
// idx. PyTorch: torch.take.
func (t *Tensor) Take(idx *Tensor) *Tensor {
	return t.Reshape(-1).IndexSelect(0, idx.Reshape(-1)).Reshape(idx.shape...)
}

// TakeAlong is Gather with the index stretched to t's shape outside dim.
// PyTorch: torch.take_along_dim.
func (t *Tensor) TakeAlong(dim int, idx *Tensor) *Tensor {
	d := t.axis("take along", dim)
	shape := t.Shape()
	if len(idx.shape) == len(shape) && len(shape) > 0 {
		shape[d] = idx.shape[d]
	}
	return t.Gather(d, idx.expanded("take along", shape))
}

// OneHot returns t's integers as rows of n zeros with a one, shape [… × n],
// int64. With n 0 it is one more than the largest. PyTorch: F.one_hot.
func (t *Tensor) OneHot(n int) *Tensor {
	if n == 0 {
		for _, v := range t.Int64s() {
			n = max(n, int(v)+1)
		}
	}
	for _, v := range t.Int64s() {
		if v < 0 {
			fail("one hot", fmt.Sprintf("class %d", v), fmt.Sprintf("0 … %d", n-1), "", t)
		}
	}
	rows := indices("one hot", t, n)
	out := empty(Int64, append(t.Shape(), n))
	s := span[int64](out)
	for i, r := range rows {
		s[i*n+int(r)] = 1
	}
	return out
}

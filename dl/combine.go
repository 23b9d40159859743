package dl

import "fmt"

// TensorSplit cuts t along dim into n parts, the first of which are one entry
// longer when it does not come out even. Chunk makes all but the last equal.
// PyTorch: torch.tensor_split.
func (t *Tensor) TensorSplit(n, dim int) []*Tensor {
	d := t.axis("tensor split", dim)
	if n < 1 || len(t.shape) == 0 {
		fail("tensor split", fmt.Sprintf("%d parts of shape %s", n, shapeText(t.shape)), "at least one part of a tensor with dimensions", "", t)
	}
	l := t.shape[d]
	out := make([]*Tensor, n)
	at := 0
	for i := range n {
		size := l / n
		if i < l%n {
			size++
		}
		out[i] = t.Narrow(d, at, size)
		at += size
	}
	return out
}

// SplitAt cuts t along dim before the given places, which count from the end
// when negative. PyTorch: torch.tensor_split(indices), numpy.split.
func (t *Tensor) SplitAt(places []int, dim int) []*Tensor {
	d := t.axis("split at", dim)
	if len(t.shape) == 0 {
		fail("split at", "a scalar", "a tensor with dimensions", "", t)
	}
	l, from := t.shape[d], 0
	out := make([]*Tensor, 0, len(places)+1)
	for _, p := range append(append([]int(nil), places...), l) {
		if p < 0 {
			p = max(p+l, 0)
		}
		p = min(p, l)
		out = append(out, t.Narrow(d, min(from, l), max(p-from, 0)))
		from = p
	}
	return out
}

// BlockDiag puts matrices on the diagonal of a larger one, zeros elsewhere.
// Vectors count as rows. PyTorch: torch.block_diag.
func BlockDiag(ts ...*Tensor) *Tensor {
	if len(ts) == 0 {
		fail("block diag", "no tensors", "at least one", "")
	}
	rows := make([]*Tensor, len(ts))
	left, width := 0, 0
	ms := make([]*Tensor, len(ts))
	for i, t := range ts {
		if len(t.shape) > 2 {
			fail("block diag", "a tensor of shape "+shapeText(t.shape), "a matrix", "", t)
		}
		ms[i] = t
		if len(t.shape) < 2 {
			ms[i] = t.Reshape(1, t.n)
		}
		width += ms[i].shape[1]
	}
	for i, m := range ms {
		rows[i] = m.Pad([]int{left, width - left - m.shape[1]}, PadConstant, 0)
		left += m.shape[1]
	}
	return Cat(rows, 0)
}

// CartesianProd returns all ways to take one element of each vector, one a row,
// the last one changing fastest. PyTorch: torch.cartesian_prod.
func CartesianProd(ts ...*Tensor) *Tensor {
	if len(ts) == 0 {
		fail("cartesian prod", "no vectors", "at least one", "")
	}
	for _, t := range ts {
		t.needDims("cartesian prod", "a vector", 1)
	}
	if len(ts) == 1 {
		return ts[0].MulScalar(1)
	}
	grids := Meshgrid(ts)
	for i, g := range grids {
		grids[i] = g.Reshape(-1)
	}
	return Stack(grids, 1)
}

// Combinations returns all ways to take r elements of a vector, one a row, in
// order; with repeats, an element may be taken more than once.
// PyTorch: torch.combinations.
func (t *Tensor) Combinations(r int, repeats bool) *Tensor {
	t.needDims("combinations", "a vector", 1)
	if r < 1 {
		fail("combinations", fmt.Sprintf("%d elements", r), "at least 1", "", t)
	}
	var rows []int64
	pick := make([]int64, r)
	var from func(k, least int)
	from = func(k, least int) {
		if k == r {
			rows = append(rows, pick...)
			return
		}
		for i := least; i < t.n; i++ {
			pick[k] = int64(i)
			next := i + 1
			if repeats {
				next = i
			}
			from(k+1, next)
		}
	}
	from(0, 0)
	return t.IndexSelect(0, FromInt64s(rows, len(rows))).Reshape(len(rows)/r, r)
}

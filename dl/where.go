package dl

import (
	"math"

	"descent/dl/internal/strided"
)

// Where returns a where cond is true and b elsewhere; the three are stretched
// to one shape. PyTorch: torch.where.
func Where(cond, a, b *Tensor) *Tensor {
	needMask("where", cond)
	a, b = align("where", a, b, promote(a, b))
	var buf [8]int
	shape := broadcastShape("where", cond, a, buf[:0])
	cond, a, b = cond.stretchTo(shape), a.stretchTo(shape), b.stretchTo(shape)
	out := choose(cond, a, b)
	if c := record(out, "where", whereBackward, a, b); c != nil {
		c.Save(cond)
	}
	return out
}

func whereBackward(c *Context, g *Tensor) []*Tensor {
	cond := c.Saved(0)
	var a, b *Tensor
	if c.Needs(0) {
		a = g.MaskedFill(cond.Not(), 0)
	}
	if c.Needs(1) {
		b = g.MaskedFill(cond, 0)
	}
	return c.gives(a, b)
}

// choose is Where on aligned tensors, without recording.
func choose(cond, a, b *Tensor) *Tensor {
	switch a.dtype {
	case Float32:
		return chooseAs[float32](cond, a, b)
	case Float64:
		return chooseAs[float64](cond, a, b)
	case Int64:
		return chooseAs[int64](cond, a, b)
	case Int32:
		return chooseAs[int32](cond, a, b)
	case Uint8, Bool:
		return chooseAs[uint8](cond, a, b)
	}
	return chooseAs[uint16](cond, a, b)
}

// chooseRow32 has no branch that a random mask could mislead.
func chooseRow32(dst []float32, cond []uint8, a, b []float32) {
	a, b, dst = a[:len(cond)], b[:len(cond)], dst[:len(cond)]
	for i, c := range cond {
		m := -uint32(c & 1)
		dst[i] = math.Float32frombits(math.Float32bits(a[i])&m | math.Float32bits(b[i])&^m)
	}
}

func chooseAs[T element](cond, a, b *Tensor) *Tensor {
	out := blank(a.dtype, a.shape)
	if out.n > 0 {
		row := chooseRow[T]
		if r, ok := any(chooseRow32).(func([]T, []uint8, []T, []T)); ok {
			row = r
		}
		strided.Map3(span[T](out), out.shape, slice[uint8](cond.store)[cond.offset:], cond.strides,
			slice[T](a.store)[a.offset:], a.strides, slice[T](b.store)[b.offset:], b.strides, row)
	}
	return out
}

func chooseRow[T element](dst []T, cond []uint8, a, b []T) {
	for i, c := range cond {
		v := b[i]
		if c != 0 {
			v = a[i]
		}
		dst[i] = v
	}
}

// Where returns t where cond is true and o elsewhere. PyTorch: Tensor.where.
func (t *Tensor) Where(cond, o *Tensor) *Tensor { return Where(cond, t, o) }

// MaskedFill returns t with v in the places where mask is true; mask is
// stretched to t's shape. PyTorch: Tensor.masked_fill.
func (t *Tensor) MaskedFill(mask *Tensor, v float64) *Tensor {
	needMask("masked fill", mask)
	fill := FullOf(t.dtype, v)
	var buf [8]int
	shape := broadcastShape("masked fill", t, mask, buf[:0])
	x := t.stretchTo(shape)
	mask = mask.stretchTo(shape)
	out := choose(mask, fill.stretchTo(shape), x)
	if c := record(out, "masked fill", maskedFillBackward, x); c != nil {
		c.Save(mask)
	}
	return out
}

func maskedFillBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.MaskedFill(c.Saved(0), 0))
}

// MaskedSelect returns the elements where mask is true, as one dimension.
// PyTorch: torch.masked_select, t[mask].
func (t *Tensor) MaskedSelect(mask *Tensor) *Tensor {
	needMask("masked select", mask)
	var buf [8]int
	shape := broadcastShape("masked select", t, mask, buf[:0])
	x := t.stretchTo(shape)
	at := positions(mask.stretchTo(shape))
	return x.Reshape(-1).IndexSelect(0, FromInt64s(at, len(at)))
}

// positions lists the row-major positions of the true elements.
func positions(mask *Tensor) []int64 {
	v := span[uint8](mask.dense())
	n := 0
	for _, b := range v {
		if b != 0 {
			n++
		}
	}
	// Every position is written and the next one over it, unless it counts: a
	// random mask would mislead a branch.
	at := make([]int64, n+1)
	n = 0
	for i, b := range v {
		at[n] = int64(i)
		if b != 0 {
			n++
		}
	}
	return at[:n]
}

// Nonzero returns the indices of the elements that are not zero, one row for
// each: shape [count×Dim], int64. PyTorch: torch.nonzero.
func (t *Tensor) Nonzero() *Tensor {
	at := positions(t.Detach().To(Bool))
	nd := len(t.shape)
	out := empty(Int64, []int{len(at), nd})
	s := span[int64](out)
	if nd == 0 {
		return out
	}
	// Positions ascend, so those of the dimensions before the last change rarely.
	last := int64(t.shape[nd-1])
	lead, from := make([]int64, nd-1), int64(0)
	for r, p := range at {
		if r == 0 || p-from >= last {
			rest := p / last
			from = rest * last
			for d := nd - 2; d >= 0; d-- {
				lead[d] = rest % int64(t.shape[d])
				rest /= int64(t.shape[d])
			}
		}
		row := s[r*nd:][:nd]
		copy(row, lead)
		row[nd-1] = p - from
	}
	return out
}

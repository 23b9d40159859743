package dl

import "fmt"

// PadMode says what Pad puts around a tensor.
type PadMode uint8

// The modes of padding.
const (
	PadConstant  PadMode = iota // one number
	PadReflect                  // the neighbours of the edge, mirrored; the edge itself is not repeated
	PadReplicate                // the edge, repeated
	PadCircular                 // what lies at the other end
)

// Pad adds entries before and after the dimensions of t: pads holds pairs
// (before, after) for the last dimension first, as in PyTorch. Negative numbers
// cut entries off, in mode PadConstant. value is the number that PadConstant
// fills with.
//
//	[2×3].Pad([]int{1, 1}, dl.PadConstant, 0) → [2×5]
//
// PyTorch: nn.functional.pad.
func (t *Tensor) Pad(pads []int, mode PadMode, value float64) *Tensor {
	if len(pads)%2 != 0 || len(pads)/2 > len(t.shape) {
		fail("pad", fmt.Sprintf("%v for shape %s", pads, shapeText(t.shape)), "pairs (before, after), the last dimension first", "", t)
	}
	x := t
	before, after := make([]int, len(t.shape)), make([]int, len(t.shape))
	wider := false
	for k := 0; k < len(pads); k += 2 {
		d := len(t.shape) - 1 - k/2
		lo, hi := pads[k], pads[k+1]
		if mode != PadConstant {
			if lo != 0 || hi != 0 {
				t.checkPad(d, lo, hi, mode)
			}
		} else if n := t.shape[d]; n+lo+hi < 0 || -lo > n || -hi > n {
			fail("pad", fmt.Sprintf("(%d, %d) for dimension %d of length %d", lo, hi, d, n), "a length that is not negative", "", t)
		} else if lo < 0 || hi < 0 {
			x = x.Narrow(d, max(-lo, 0), n+min(lo, 0)+min(hi, 0))
		}
		before[d], after[d] = max(lo, 0), max(hi, 0)
		wider = wider || before[d] > 0 || after[d] > 0
	}
	switch {
	case wider:
		return x.padded(before, after, mode, value)
	case x == t:
		return t.Clone()
	}
	return x
}

// padded adds entries around the dimensions of t. The borders of a dimension
// are made of what is there already, from the last dimension to the first.
func (t *Tensor) padded(before, after []int, mode PadMode, value float64) *Tensor {
	shape := t.Shape()
	for d := range shape {
		shape[d] += before[d] + after[d]
	}
	out := blank(t.dtype, shape)
	inner := 0
	for d := range shape {
		inner += before[d] * out.strides[d]
	}
	whole := out.alias(t.shape, out.strides, inner)
	scatter(whole, t)
	fill := FullOf(t.dtype, value)
	border := whole // grows to out
	for d := len(shape) - 1; d >= 0; d-- {
		n, step := t.shape[d], out.strides[d]
		slab := func(at, length int) *Tensor {
			v := out.alias(border.shape, out.strides, border.offset+at*step)
			v.shape[d] = length
			v.n = numel(v.shape)
			return v
		}
		if mode == PadConstant {
			for _, s := range []*Tensor{slab(-before[d], before[d]), slab(n, after[d])} {
				if s.n > 0 {
					scatter(s, fill.stretchTo(s.shape))
				}
			}
		} else {
			for i := -before[d]; i < n+after[d]; i++ {
				if i < 0 || i >= n {
					scatter(slab(i, 1), slab(padSource(i, n, mode), 1))
				}
			}
		}
		border = slab(-before[d], shape[d])
	}
	if c := record(out, "pad", padBackward, t); c != nil {
		c.shape, c.Data = t.Shape(), padding{before, after, mode}
	}
	return out
}

// padding is what the backward pass of padded needs.
type padding struct {
	before, after []int
	mode          PadMode
}

func padBackward(c *Context, g *Tensor) []*Tensor {
	p := c.Data.(padding)
	for d, n := range c.shape {
		before, after := p.before[d], p.after[d]
		if before == 0 && after == 0 {
			continue
		}
		if p.mode == PadConstant {
			g = g.Narrow(d, before, n)
			continue
		}
		rows := make([]int64, 0, n+before+after)
		for i := -before; i < n+after; i++ {
			rows = append(rows, int64(padSource(i, n, p.mode)))
		}
		shape := g.Shape()
		shape[d] = n
		g = addRows(g, d, rows, shape)
	}
	return c.gives(g)
}

// checkPad checks the padding of dimension d in a mode that takes what is there.
func (t *Tensor) checkPad(d, before, after int, mode PadMode) {
	n := t.shape[d]
	most := n
	if mode == PadReflect {
		most = n - 1
	}
	if before < 0 || after < 0 || n == 0 || mode != PadReplicate && max(before, after) > most {
		fail("pad", fmt.Sprintf("(%d, %d) for dimension %d of length %d", before, after, d, n), fmt.Sprintf("0 … %d in this mode", most), "", t)
	}
}

// padSource is the entry of n that stands at place i, outside of them.
func padSource(i, n int, mode PadMode) int {
	switch mode {
	case PadReplicate:
		return min(max(i, 0), n-1)
	case PadCircular:
		return (i + n) % n
	}
	if i < 0 {
		i = -i
	}
	if i >= n {
		i = 2*(n-1) - i
	}
	return i
}

// Unfold returns all windows of the given size along dim, step apart, as a
// view with the windows' elements in a new last dimension.
// PyTorch: Tensor.unfold.
func (t *Tensor) Unfold(dim, size, step int) *Tensor {
	d := t.axis("unfold", dim)
	if len(t.shape) == 0 || size < 0 || size > t.shape[d] || step < 1 {
		fail("unfold", fmt.Sprintf("windows of %d, %d apart, in dimension %d of shape %s", size, step, dim, shapeText(t.shape)),
			"windows that fit, 1 or more apart", "", t)
	}
	v := t.windows(d, size, step)
	if c := t.viewed(v, "unfold", unfoldBackward); c != nil {
		c.i, c.j, c.Data = d, size, step
	}
	return v
}

func (t *Tensor) windows(d, size, step int) *Tensor {
	shape, strides := append(t.Shape(), size), append(t.Strides(), t.strides[d])
	shape[d] = (t.shape[d]-size)/step + 1
	strides[d] = t.strides[d] * step
	return t.alias(shape, strides, t.offset)
}

func unfoldBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(foldWindows(g, c.shape, c.i, c.j, c.Data.(int)))
}

// foldWindows adds windows up where they overlap; its backward is Unfold.
func foldWindows(g *Tensor, shape []int, d, size, step int) *Tensor {
	out := empty(g.dtype, shape)
	NoGrad(func() { // window element k of all windows at once: they do not overlap
		for k := range size {
			part := g.Detach().Select(-1, k)
			to := out.alias(part.shape, out.strides, k*out.strides[d])
			to.strides[d] *= step
			scatter(to, to.Add(part))
		}
	})
	if c := record(out, "unfold backward", foldWindowsBackward, g); c != nil {
		c.i, c.j, c.Data = d, size, step
	}
	return out
}

func foldWindowsBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Unfold(c.i, c.j, c.Data.(int)))
}

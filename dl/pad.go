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
	out := t
	for k := 0; k < len(pads); k += 2 {
		d := len(t.shape) - 1 - k/2
		before, after := pads[k], pads[k+1]
		if before == 0 && after == 0 {
			continue
		}
		if mode == PadConstant {
			out = out.padConstant(d, before, after, value)
			continue
		}
		out = out.IndexSelect(d, t.padIndex(d, before, after, mode))
	}
	if out == t {
		return t.Clone()
	}
	return out
}

func (t *Tensor) padConstant(d, before, after int, value float64) *Tensor {
	n := t.shape[d]
	if n+before+after < 0 || -before > n || -after > n {
		fail("pad", fmt.Sprintf("(%d, %d) for dimension %d of length %d", before, after, d, n), "a length that is not negative", "", t)
	}
	x := t
	if before < 0 || after < 0 {
		x = x.Narrow(d, max(-before, 0), n+min(before, 0)+min(after, 0))
	}
	before, after = max(before, 0), max(after, 0)
	if before == 0 && after == 0 {
		return x
	}
	shape := x.Shape()
	shape[d] += before + after
	out := FullOf(t.dtype, value, shape...)
	a := sliceArgs{d, before, x.shape[d], 1}
	at := out.alias(x.shape, out.strides, before*out.strides[d])
	scatter(at, x.dense())
	if c := record(out, "pad", embedBackward, x); c != nil {
		c.Data = a
	}
	return out
}

// padIndex lists which entry stands at each place of the padded dimension.
func (t *Tensor) padIndex(d, before, after int, mode PadMode) *Tensor {
	n := t.shape[d]
	most := n
	if mode == PadReflect {
		most = n - 1
	}
	if before < 0 || after < 0 || n == 0 || mode != PadReplicate && max(before, after) > most {
		fail("pad", fmt.Sprintf("(%d, %d) for dimension %d of length %d", before, after, d, n), fmt.Sprintf("0 … %d in this mode", most), "", t)
	}
	rows := make([]int64, 0, n+before+after)
	for i := -before; i < n+after; i++ {
		j := i
		switch mode {
		case PadReplicate:
			j = min(max(i, 0), n-1)
		case PadCircular:
			j = (i + n) % n
		default:
			if j < 0 {
				j = -j
			}
			if j >= n {
				j = 2*(n-1) - j
			}
		}
		rows = append(rows, int64(j))
	}
	return FromInt64s(rows, len(rows))
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

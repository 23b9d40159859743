package dl

import (
	"math"

	"descent/dl/internal/simd"
)

// Clamp limits every element to the range [lo, hi]; NaN stays NaN. Use
// math.Inf for an open end. A limit with a fraction turns integers into float32. The gradient passes where the element was inside
// and not at a limit. PyTorch: torch.clamp.
func (t *Tensor) Clamp(lo, hi float64) *Tensor {
	needCompute("clamp", t)
	if fraction := func(v float64) bool { return v != math.Trunc(v) }; !t.dtype.IsFloat() && (fraction(lo) || fraction(hi)) {
		t = t.To(Float32)
	}
	var out *Tensor
	switch t.dtype {
	case Float32:
		out = runUnary(t, func(dst, a []float32) { clampRow32(dst, a, float32(lo), float32(hi)) })
	case Float64:
		out = runUnary(t, func(dst, a []float64) { clampRow(dst, a, lo, hi) })
	case Int64:
		out = runUnary(t, func(dst, a []int64) { clampRow(dst, a, clampInt(lo), clampInt(hi)) })
	case Int32:
		l, h := max(lo, math.MinInt32), min(hi, math.MaxInt32)
		out = runUnary(t, func(dst, a []int32) { clampRow(dst, a, int32(l), int32(h)) })
	default:
		l, h := min(max(lo, 0), 255), min(max(hi, 0), 255)
		out = runUnary(t, func(dst, a []uint8) { clampRow(dst, a, uint8(l), uint8(h)) })
	}
	if c := record(out, "clamp", clampBackward, t); c != nil {
		c.Save(t)
		c.Data = [2]float64{lo, hi}
	}
	return out
}

func clampInt(v float64) int64 {
	switch {
	case v >= math.MaxInt64:
		return math.MaxInt64
	case v <= math.MinInt64:
		return math.MinInt64
	}
	return int64(v)
}

func clampRow[T number](dst, a []T, lo, hi T) {
	for i, v := range a {
		if v < lo {
			v = lo
		}
		if v > hi {
			v = hi
		}
		dst[i] = v
	}
}

// clampRow32 leaves limits that are NaN to the general form.
func clampRow32(dst, a []float32, lo, hi float32) {
	if lo != lo || hi != hi {
		clampRow(dst, a, lo, hi)
		return
	}
	simd.Clamp(dst, a, lo, hi)
}

func clampBackward(c *Context, g *Tensor) []*Tensor {
	x, lim := c.Saved(0).Detach(), c.Data.([2]float64)
	inside := x.Eq(x) // NaN is nowhere
	if !math.IsInf(lim[0], -1) {
		inside = inside.And(x.GtScalar(lim[0]))
	}
	if !math.IsInf(lim[1], 1) {
		inside = inside.And(x.LtScalar(lim[1]))
	}
	return c.gives(g.MaskedFill(inside.Not(), 0))
}

// ClampMin limits every element from below. PyTorch: torch.clamp_min.
func (t *Tensor) ClampMin(lo float64) *Tensor { return t.Clamp(lo, math.Inf(1)) }

// ClampMax limits every element from above. PyTorch: torch.clamp_max.
func (t *Tensor) ClampMax(hi float64) *Tensor { return t.Clamp(math.Inf(-1), hi) }

package dl

import (
	"math"
	"slices"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// CDist returns the p-norm distances of all pairs of rows:
// [… × n × k], [… × m × k] → [… × n × m]. PyTorch: torch.cdist.
func (t *Tensor) CDist(o *Tensor, p float64) *Tensor {
	nd := len(t.shape)
	if nd < 2 || len(o.shape) < 2 || t.shape[nd-1] != o.shape[len(o.shape)-1] {
		fail("cdist", shapesText([][]int{t.shape, o.shape}), "rows of equal length", "", t, o)
	}
	const few = 25 // rows for which a product of matrices does not pay
	if p == 2 && t.dtype == o.dtype && t.dtype.differentiable() && len(o.shape) == nd && slices.Equal(t.shape[:nd-2], o.shape[:nd-2]) &&
		t.shape[nd-2] > few && o.shape[nd-2] > few && t.n > 0 {
		return t.euclidean(o)
	}
	return t.Unsqueeze(-2).Sub(o.Unsqueeze(-3)).Norm(p, -1)
}

// euclidean is CDist for p = 2: |x - y|² = |x|² + |y|² - 2x·y, whose last term is
// a product of matrices. Where that cancels, rows are compared one with one.
func (t *Tensor) euclidean(o *Tensor) *Tensor {
	x, y := t.Detach(), o.Detach()
	middle := y.MeanKeep(-2) // which cancels less
	a, b := x.Sub(middle), y.Sub(middle)
	out := a.MatMul(b.mT())
	if t.dtype == Float32 {
		distances(out.f32(), a.dense().f32(), b.dense().f32(), x.dense().f32(), y.dense().f32(), t.shape[len(t.shape)-2:], o.shape)
	} else {
		distances(span[float64](out), span[float64](a.dense()), span[float64](b.dense()), span[float64](x.dense()), span[float64](y.dense()),
			t.shape[len(t.shape)-2:], o.shape)
	}
	if c := record(out, "cdist", cdistBackward, t, o); c != nil {
		c.Save(t, o, out)
	}
	return out
}

// distances replaces the products of rows of a and b by the distances of those
// of x and y, from which a and b differ by one row.
func distances[T float32 | float64](d, a, b, x, y []T, shape, other []int) {
	n, k, m := shape[0], shape[1], other[len(other)-2]
	as, bs := squares(a, k), squares(b, k)
	par.For(len(d)/m, max(1, grain/m), func(lo, hi int) {
		for r := lo; r < hi; r++ {
			first := r / n * m // of y's rows in this batch
			row, s := d[r*m:(r+1)*m], as[r]
			for j, q := range bs[first:][:m] {
				sum := s + q
				v := sum - 2*row[j]
				if !(v > sum/16) { // NaN too
					v = apartSquared(x[r*k:][:k], y[(first+j)*k:][:k])
				}
				row[j] = v
			}
			if f, ok := any(row).([]float32); ok {
				simd.Sqrt(f, f)
				continue
			}
			for j, v := range row {
				row[j] = T(math.Sqrt(float64(v)))
			}
		}
	})
}

// squares returns the sums of squares of rows of k.
func squares[T float32 | float64](a []T, k int) []T {
	s := make([]T, len(a)/k)
	for r := range s {
		row := a[r*k:][:k]
		if f, ok := any(row).([]float32); ok {
			s[r] = T(simd.SumSquares(f, 0))
			continue
		}
		for _, v := range row {
			s[r] += v * v
		}
	}
	return s
}

func apartSquared[T float32 | float64](x, y []T) T {
	sum := 0.0
	for i, v := range x {
		d := float64(v - y[i])
		sum += d * d
	}
	return T(sum)
}

// cdistBackward: with w the gradient by the distance, that of row x is the sum of
// w·(x - y) over the rows y. Rows at distance 0 have none.
func cdistBackward(c *Context, g *Tensor) []*Tensor {
	x, y, d := c.Saved(0), c.Saved(1), c.Saved(2)
	same := d.Detach().EqScalar(0)
	w := g.Div(d.MaskedFill(same, 1)).MaskedFill(same, 0)
	var dx, dy *Tensor
	if c.Needs(0) {
		dx = x.Mul(w.SumKeep(-1)).Sub(w.MatMul(y))
	}
	if c.Needs(1) {
		dy = y.Mul(w.SumKeep(-2).mT()).Sub(w.mT().MatMul(x))
	}
	return c.gives(dx, dy)
}

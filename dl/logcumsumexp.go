package dl

import "math"

// LogCumSumExp returns the logarithm of the running sum of eᵗ along dim,
// without overflow. PyTorch: torch.logcumsumexp.
func (t *Tensor) LogCumSumExp(dim int) *Tensor {
	needFloat("logcumsumexp", t)
	d := t.axis("logcumsumexp", dim)
	out, f := t.copied(), parts(t.shape, d)
	along(f, func(at func(r int) int) {
		sum := math.Inf(-1)
		for r := range f.reduced {
			sum = logAddExp(sum, out.get(at(r)))
			out.put(at(r), sum)
		}
	})
	if c := record(out, "logcumsumexp", logCumSumExpBackward, t); c != nil {
		c.Save(t, out)
		c.i = d
	}
	return out
}

// along calls one for each line of a dimension, with the places of its entries.
func along(f fold, one func(at func(r int) int)) {
	for o := range f.outer {
		for i := range f.inner {
			one(func(r int) int { return (o*f.reduced+r)*f.inner + i })
		}
	}
}

// logCumSumExpBackward is e^(xᵢ-yᵢ)·sᵢ with sᵢ = gᵢ + e^(yᵢ-yᵢ₊₁)·sᵢ₊₁: the
// running sums y never fall, so nothing overflows.
func logCumSumExpBackward(c *Context, g *Tensor) []*Tensor {
	if GradEnabled() {
		return again(c, g, func(in []*Tensor) *Tensor { return logCumSumExpSteps(in[0], c.i) }, c.Saved(0))
	}
	x, y := dense(c.Saved(0)), dense(c.Saved(1))
	out, f := g.copied(), parts(g.shape, c.i)
	along(f, func(at func(r int) int) {
		s := 0.0
		for r := f.reduced - 1; r >= 0; r-- {
			yr := y.get(y.offset + at(r))
			if r+1 < f.reduced && s != 0 {
				s *= math.Exp(yr - y.get(y.offset+at(r+1)))
			}
			s += out.get(at(r))
			w := math.Exp(x.get(x.offset+at(r)) - yr)
			if math.IsInf(yr, -1) {
				w = 0
			}
			out.put(at(r), w*s)
		}
	})
	return c.gives(out)
}

// logCumSumExpSteps is the same in differentiable operations.
func logCumSumExpSteps(x *Tensor, d int) *Tensor {
	if len(x.shape) == 0 || x.n == 0 {
		return x.MulScalar(1)
	}
	sums := []*Tensor{x.Narrow(d, 0, 1)}
	for r := 1; r < x.shape[d]; r++ {
		sums = append(sums, sums[r-1].LogAddExp(x.Narrow(d, r, 1)))
	}
	return Cat(sums, d)
}

package dl

import (
	"slices"

	"descent/dl/internal/par"
)

// CumSum returns the running sum along dim. Integers add up in int64.
// PyTorch: torch.cumsum.
func (t *Tensor) CumSum(dim int) *Tensor {
	needCompute("cumsum", t)
	d := t.axis("cumsum", dim)
	if !t.dtype.IsFloat() {
		t = t.To(Int64)
	}
	out := t.scan(d, false)
	if c := record(out, "cumsum", cumSumBackward, t); c != nil {
		c.i = d
	}
	return out
}

func cumSumBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Flip(c.i).CumSum(c.i).Flip(c.i))
}

// CumProd returns the running product along dim. PyTorch: torch.cumprod.
func (t *Tensor) CumProd(dim int) *Tensor {
	needCompute("cumprod", t)
	d := t.axis("cumprod", dim)
	if !t.dtype.IsFloat() {
		t = t.To(Int64)
	}
	out := t.scan(d, true)
	if c := record(out, "cumprod", cumProdBackward, t); c != nil {
		c.Save(t)
		c.i = d
	}
	return out
}

// hasZero reports whether some element is zero.
func hasZero(x *Tensor) bool { return x.Detach().EqScalar(0).Any().Item() == 1 }

// cumProdBackward computes grad x_i = Σ_{k≥i} g_k · Π_{j≤k, j≠i} x_j: by
// dividing by x_i, or where there are zeros by a backward recurrence.
func cumProdBackward(c *Context, g *Tensor) []*Tensor {
	x := c.Saved(0)
	if len(x.shape) == 0 {
		return c.gives(g)
	}
	d, n := c.i, x.shape[c.i]
	if n == 0 {
		return c.gives(g)
	}
	if !hasZero(x) {
		return c.gives(g.Mul(x.CumProd(d)).Flip(d).CumSum(d).Flip(d).Div(x))
	}
	grads := make([]*Tensor, n)
	before := make([]*Tensor, n) // product of the elements before i
	p := OnesLike(x.Narrow(d, 0, 1))
	for i := range n {
		before[i] = p
		p = p.Mul(x.Narrow(d, i, 1))
	}
	after := ZerosLike(p) // Σ_{k≥i} g_k · Π_{i<j≤k} x_j
	for i := n - 1; i >= 0; i-- {
		after = g.Narrow(d, i, 1).Add(after)
		grads[i] = before[i].Mul(after)
		after = after.Mul(x.Narrow(d, i, 1))
	}
	return c.gives(Cat(grads, d))
}

// scan adds or multiplies along dimension d.
func (t *Tensor) scan(d int, product bool) *Tensor {
	out := t.copied()
	f := parts(t.shape, d)
	switch t.dtype {
	case Float32:
		scanIn(out.f32(), f, product)
	case Float64:
		scanIn(span[float64](out), f, product)
	default:
		scanIn(span[int64](out), f, product)
	}
	return out
}

func scanIn[T float32 | float64 | int64](x []T, f fold, product bool) {
	if len(x) == 0 {
		return
	}
	if y, ok := any(x).([]float32); ok && f.inner == 1 {
		along := sumAlongRows
		if product {
			along = multiplyAlongRows
		}
		par.For(f.outer, max(4, grain/f.reduced&^3), func(lo, hi int) { along(y[lo*f.reduced:hi*f.reduced], f.reduced) })
		return
	}
	for o := range f.outer {
		for r := 1; r < f.reduced; r++ {
			at := (o*f.reduced + r) * f.inner
			prev, row := x[at-f.inner:at], x[at:at+f.inner]
			for i := range row {
				if product {
					row[i] *= prev[i]
				} else {
					row[i] += prev[i]
				}
			}
		}
	}
}

// sumAlongRows replaces rows of length n by their running sums, which it keeps
// in float64 so that each element is rounded once. Four rows go together: an
// addition then need not wait for the one before.
func sumAlongRows(x []float32, n int) {
	for ; len(x) >= 4*n; x = x[4*n:] {
		a, b, c, d := x[:n], x[n:2*n], x[2*n:3*n], x[3*n:4*n]
		var p, q, r, s float64
		for i := range a {
			p += float64(a[i])
			q += float64(b[i])
			r += float64(c[i])
			s += float64(d[i])
			a[i], b[i], c[i], d[i] = float32(p), float32(q), float32(r), float32(s)
		}
	}
	for ; len(x) >= n; x = x[n:] {
		s := 0.0
		for i, v := range x[:n] {
			s += float64(v)
			x[i] = float32(s)
		}
	}
}

// multiplyAlongRows is sumAlongRows for products.
func multiplyAlongRows(x []float32, n int) {
	for ; len(x) >= 4*n; x = x[4*n:] {
		a, b, c, d := x[:n], x[n:2*n], x[2*n:3*n], x[3*n:4*n]
		p, q, r, s := 1.0, 1.0, 1.0, 1.0
		for i := range a {
			p *= float64(a[i])
			q *= float64(b[i])
			r *= float64(c[i])
			s *= float64(d[i])
			a[i], b[i], c[i], d[i] = float32(p), float32(q), float32(r), float32(s)
		}
	}
	for ; len(x) >= n; x = x[n:] {
		p := 1.0
		for i, v := range x[:n] {
			p *= float64(v)
			x[i] = float32(p)
		}
	}
}

// CumMax returns the running maximum along dim and where it was found.
// PyTorch: torch.cummax.
func (t *Tensor) CumMax(dim int) (values, positions *Tensor) { return t.running("cummax", dim, false) }

// CumMin returns the running minimum along dim and where it was found.
// PyTorch: torch.cummin.
func (t *Tensor) CumMin(dim int) (values, positions *Tensor) { return t.running("cummin", dim, true) }

func (t *Tensor) running(op string, dim int, least bool) (values, positions *Tensor) {
	needCompute(op, t)
	d := t.axis(op, dim)
	x := t.dense()
	f := parts(t.shape, d)
	at, out := blankPlaces(t.shape), blank(t.dtype, t.shape)
	switch dst := span[int64](at); t.dtype {
	case Float32:
		runningIn(dst, span[float32](out), span[float32](x), f, least)
	case Float64:
		runningIn(dst, span[float64](out), span[float64](x), f, least)
	case Int64:
		runningIn(dst, span[int64](out), span[int64](x), f, least)
	case Int32:
		runningIn(dst, span[int32](out), span[int32](x), f, least)
	default:
		runningIn(dst, span[uint8](out), span[uint8](x), f, least)
	}
	if c := record(out, op, gatherBackward, t); c != nil {
		c.shape, c.Data = t.Shape(), t.picks(op, d, at).places()
	}
	return out, at
}

// runningIn sets out to the running extremes and dst to their positions; of
// equal ones the last counts, and a NaN from where it is on.
func runningIn[T number](dst []int64, out, x []T, f fold, least bool) {
	if len(x) == 0 {
		return
	}
	par.For(f.outer*f.inner, max(1, grain/f.reduced), func(lo, hi int) {
		for u := lo; u < hi; u++ {
			k := u/f.inner*f.reduced*f.inner + u%f.inner
			if f.inner == 1 {
				runningRow(dst[k:][:f.reduced], out[k:], x[k:], least)
				continue
			}
			best, v := 0, x[k]
			for r := range f.reduced {
				if w := x[k]; v == v && (w != w || w >= v && !least || w <= v && least) {
					best, v = r, w
				}
				dst[k], out[k] = int64(best), v
				k += f.inner
			}
		}
	})
}

// runningRow is runningIn for a row in one piece. Few elements are extremes, so
// it asks once for what is not one, which leaves NaN to the rare case.
func runningRow[T number](dst []int64, out, x []T, least bool) {
	out, x = out[:len(dst)], x[:len(dst)]
	best, v := 0, x[0]
	for r, w := range x {
		if least && !(w > v) || !least && !(w < v) {
			if v == v { // else it stays NaN
				best, v = r, w
			}
		}
		dst[r], out[r] = int64(best), v
	}
}

// Prod returns the product over the given dimensions, over all when none is
// given. PyTorch: torch.prod.
func (t *Tensor) Prod(dims ...int) *Tensor {
	needCompute("prod", t)
	if !t.dtype.IsFloat() {
		t = t.To(Int64)
	}
	var buf [8]bool
	set := t.axes("prod", dims, buf[:0])
	x, f, kept := t.folded(set)
	out := empty(t.dtype, kept)
	switch t.dtype {
	case Float32:
		prodFolded32(out.f32(), x.f32(), f)
	case Float64:
		prodIn(span[float64](out), span[float64](x), f)
	default:
		prodIn(span[int64](out), span[int64](x), f)
	}
	if c := record(out, "prod", prodBackward, t); c != nil {
		c.Save(t)
		c.Data = slices.Clone(set)
	}
	return out
}

func prodIn[T float64 | int64](dst, src []T, f fold) {
	for i := range dst {
		dst[i] = 1
	}
	for o := range f.outer {
		d := dst[o*f.inner:][:f.inner]
		for r := range f.reduced {
			for i, v := range src[(o*f.reduced+r)*f.inner:][:f.inner] {
				d[i] *= v
			}
		}
	}
}

// prodBackward multiplies g with the product of the other elements.
func prodBackward(c *Context, g *Tensor) []*Tensor {
	x, set := c.Saved(0), c.Data.([]bool)
	// The reduced dimensions go last and are joined: shape [kept… × n].
	var order, kept []int
	n := 1
	for pass := range 2 {
		for i, l := range x.shape {
			if set[i] != (pass == 1) {
				continue
			}
			order = append(order, i)
			if set[i] {
				n *= l
			} else {
				kept = append(kept, l)
			}
		}
	}
	y := x
	if len(order) > 0 {
		y = x.Permute(order...)
	}
	permuted := y.Shape()
	y = y.Reshape(append(slices.Clone(kept), n)...)
	var rest *Tensor
	switch {
	case n == 0:
		return c.gives(empty(g.dtype, x.shape))
	case n == 1:
		rest = y.Pow(0)
	case !hasZero(x):
		rest = y.Prod(-1).Unsqueeze(-1).Div(y)
	default:
		// Products of all before times products of all after.
		one := OnesLike(y.Detach().Narrow(-1, 0, 1))
		before := Cat([]*Tensor{one, y.CumProd(-1).Narrow(-1, 0, n-1)}, -1)
		back := y.Flip(-1)
		after := Cat([]*Tensor{one, back.CumProd(-1).Narrow(-1, 0, n-1)}, -1).Flip(-1)
		rest = before.Mul(after)
	}
	out := rest.Mul(g.Reshape(append(slices.Clone(kept), 1)...)).Reshape(permuted...)
	if len(order) > 0 {
		inverse := make([]int, len(order))
		for i, d := range order {
			inverse[d] = i
		}
		out = out.Permute(inverse...)
	}
	return c.gives(out)
}

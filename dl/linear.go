package dl

import (
	"fmt"

	"descent/dl/internal/gemm"
	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// Linear returns x·Wᵀ + b, the map of a fully connected layer.
//
//	x [..., in], weight [out, in], bias [out] or nil → [..., out]
//
// PyTorch: nn.functional.linear.
func Linear(x, weight, bias *Tensor) *Tensor {
	out := linearForward("linear", x, weight, bias, false)
	var c *Context
	if bias == nil {
		c = record(out, "linear", linearBackward, x, weight)
	} else {
		c = record(out, "linear", linearBackward, x, weight, bias)
	}
	if c != nil {
		c.Save(x, weight)
	}
	return out
}

// LinearReLU returns max(x·Wᵀ + b, 0), computed in one step.
//
//	x [..., in], weight [out, in], bias [out] or nil → [..., out]
func LinearReLU(x, weight, bias *Tensor) *Tensor {
	out := linearForward("linear+relu", x, weight, bias, true)
	var c *Context
	if bias == nil {
		c = record(out, "linear+relu", linearReLUBackward, x, weight)
	} else {
		c = record(out, "linear+relu", linearReLUBackward, x, weight, bias)
	}
	if c != nil {
		c.Save(x, weight, out)
	}
	return out
}

func linearForward(op string, x, weight, bias *Tensor, relu bool) *Tensor {
	needFloat(op, x)
	if len(weight.shape) != 2 {
		fail(op, "a weight of shape "+shapeText(weight.shape), "[out×in]", "", x, weight)
	}
	n, k := weight.shape[0], weight.shape[1]
	if len(x.shape) == 0 || x.shape[len(x.shape)-1] != k {
		fail(op, fmt.Sprintf("x of shape %s and a weight of shape %s", shapeText(x.shape), shapeText(weight.shape)),
			fmt.Sprintf("an x whose last axis is %d long", k), "", x, weight)
	}
	if weight.dtype != x.dtype || bias != nil && bias.dtype != x.dtype {
		fail(op, fmt.Sprintf("x of %s and a weight of %s", x.dtype, weight.dtype), "the same type", "x.To(dl."+goName(weight.dtype)+")", x, weight)
	}
	if bias != nil && (len(bias.shape) != 1 || bias.shape[0] != n) {
		fail(op, "a bias of shape "+shapeText(bias.shape), fmt.Sprintf("[%d]", n), "", x, weight, bias)
	}
	var buf [inlineDims]int
	shape := append(buf[:0], x.shape...)
	shape[len(shape)-1] = n
	out := blank(x.dtype, shape)
	if out.n == 0 {
		return out
	}
	m := out.n / n
	xd, wd := dense(x), dense(weight)
	if x.dtype == Float64 {
		linear64(m, n, k, span[float64](xd), span[float64](wd), bias, span[float64](out), relu)
		return out
	}
	var e gemm.Epilogue
	e.ReLU = relu
	if bias != nil {
		e.Bias = dense(bias).f32()
	}
	gemm.SgemmEpilogue(false, true, m, n, k, 1, xd.f32(), k, wd.f32(), k, 0, out.f32(), n, &e)
	return out
}

func linear64(m, n, k int, x, w []float64, bias *Tensor, y []float64, relu bool) {
	if bias != nil {
		b := span[float64](dense(bias))
		for i := range m {
			copy(y[i*n:(i+1)*n], b)
		}
	}
	gemm.Dgemm(false, true, m, n, k, 1, x, k, w, k, 1, y, n)
	if relu {
		for i, v := range y {
			if v < 0 {
				y[i] = 0
			}
		}
	}
}

func linearBackward(c *Context, g *Tensor) []*Tensor {
	x, w := c.Saved(0), c.Saved(1)
	if GradEnabled() {
		return linearComposite(c, g, x, w)
	}
	return linearGrads(c, dense(g), x, w)
}

func linearReLUBackward(c *Context, g *Tensor) []*Tensor {
	x, w := c.Saved(0), c.Saved(1)
	g = passWhere(g, c.Saved(2))
	if GradEnabled() {
		return linearComposite(c, g, x, w)
	}
	return linearGrads(c, g, x, w)
}

// linearComposite is the backward pass in differentiable operations.
func linearComposite(c *Context, g, x, w *Tensor) []*Tensor {
	out := make([]*Tensor, len(c.edges))
	n, k := w.shape[0], w.shape[1]
	rows := g.Reshape(-1, n)
	if c.Needs(0) {
		out[0] = rows.MatMul(w).Reshape(x.shape...)
	}
	if c.Needs(1) {
		out[1] = rows.T().MatMul(x.Reshape(-1, k))
	}
	if c.Needs(2) {
		out[2] = rows.Sum(0)
	}
	return out
}

func linearGrads(c *Context, g, x, w *Tensor) []*Tensor {
	n, k := w.shape[0], w.shape[1]
	m := g.n / max(n, 1)
	var dx, dw, db *Tensor
	if c.Needs(1) {
		dw = blank(w.dtype, w.shape)
		xd := dense(x)
		if g.dtype == Float32 {
			gemm.Sgemm(true, false, n, k, m, 1, g.f32(), n, xd.f32(), k, 0, dw.f32(), k)
		} else {
			gemm.Dgemm(true, false, n, k, m, 1, span[float64](g), n, span[float64](xd), k, 0, span[float64](dw), k)
		}
	}
	if c.Needs(0) {
		dx = blank(x.dtype, x.shape)
		wd := dense(w)
		if g.dtype == Float32 {
			gemm.Sgemm(false, false, m, k, n, 1, g.f32(), n, wd.f32(), k, 0, dx.f32(), k)
		} else {
			gemm.Dgemm(false, false, m, k, n, 1, span[float64](g), n, span[float64](wd), k, 0, span[float64](dx), k)
		}
	}
	if c.Needs(2) {
		db = empty(g.dtype, []int{n})
		columnSums(db, g)
	}
	if len(c.edges) == 2 {
		return c.gives(dx, dw)
	}
	return []*Tensor{dx, dw, db}
}

// columnSums adds up the rows of g [..., n] into dst [n], which is zero.
// Processors share out the columns, so that each is added up in order.
func columnSums(dst, g *Tensor) {
	const width = 64
	n := dst.n
	if g.dtype == Float32 {
		d, s := dst.f32(), g.f32()
		grain := width
		if g.n < 1<<16 {
			grain = n
		}
		par.For(n, grain, func(lo, hi int) {
			for i := 0; i < len(s); i += n {
				simd.Add(d[lo:hi], d[lo:hi], s[i+lo:i+hi])
			}
		})
		return
	}
	d, s := span[float64](dst), span[float64](g)
	for i, v := range s {
		d[i%n] += v
	}
}

package dl

import (
	"math"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// rmsNormOf is RMSNorm over the last axes, made of other operations.
func rmsNormOf(x *Tensor, axes int, weight *Tensor, eps float64) *Tensor {
	dims := make([]int, axes)
	for i := range dims {
		dims[i] = len(x.shape) - axes + i
	}
	y := x.Mul(x.Square().MeanKeep(dims...).AddScalar(eps).Rsqrt())
	if weight != nil {
		y = y.Mul(weight)
	}
	return y
}

// rmsNorm is what the backward pass needs.
type rmsNorm struct {
	axes, n int
	eps     float64
	scale   []float32 // of each sample
}

// rmsNormRows is RMSNorm in one pass over float32.
func rmsNormRows(x *Tensor, axes int, weight *Tensor, eps float64) *Tensor {
	d := &rmsNorm{axes: axes, n: numel(x.shape[len(x.shape)-axes:]), eps: eps}
	out := blank(Float32, x.shape)
	src, w, dst, n := x.dense().f32(), flat32(weight), out.f32(), d.n
	d.scale = make([]float32, x.n/n)
	par.For(len(d.scale), max(1, grain/n), func(lo, hi int) {
		for r := lo; r < hi; r++ {
			from, to := src[r*n:][:n], dst[r*n:][:n]
			d.scale[r] = float32(1 / math.Sqrt(simd.SumSquares(from, 0)/float64(n)+eps))
			simd.MulScalar(to, from, d.scale[r])
			if w != nil {
				simd.Mul(to, to, w)
			}
		}
	})
	if c := record(out, "rms_norm", rmsNormBackward, x, weight); c != nil {
		c.Save(x, weight)
		c.Data = d
	}
	return out
}

// rmsNormBackward: with s the scale, h = g·w and the mean taken over a sample, the
// gradient of x is s·h - s³·x·mean(h·x); that of w is the sum of g·s·x.
func rmsNormBackward(c *Context, g *Tensor) []*Tensor {
	x, weight := c.Saved(0), c.Saved(1)
	d := c.Data.(*rmsNorm)
	if GradEnabled() {
		return again(c, g, func(in []*Tensor) *Tensor { return rmsNormOf(in[0], d.axes, in[1], d.eps) }, x, weight)
	}
	n := d.n
	var dx, dw *Tensor
	if c.Needs(0) {
		dx = blank(Float32, x.shape)
		src, grad, w, dst := x.dense().f32(), g.dense().f32(), flat32(weight), dx.f32()
		par.For(len(d.scale), max(1, grain/n), func(lo, hi int) {
			for r := lo; r < hi; r++ {
				from, to, s := src[r*n:][:n], dst[r*n:][:n], float64(d.scale[r])
				h := grad[r*n:][:n]
				if w != nil {
					simd.Mul(to, h, w)
					h = to
				}
				mean := simd.Dot64(h, from) / float64(n)
				simd.MulScalar(to, h, float32(s))
				simd.Axpy(to, from, float32(-s*s*s*mean))
			}
		})
	}
	if c.Needs(1) {
		rows := FromFloat32s(d.scale, len(d.scale), 1)
		dw = x.Reshape(-1, n).Mul(rows).Mul(g.Reshape(-1, n)).Sum(0).Reshape(weight.shape...)
	}
	return c.gives(dx, dw)
}

package dl

import (
	"fmt"
	"math"
	"slices"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// LayerNorm gives each sample mean 0 and variance 1 over its last axes, of the
// lengths in shape, then multiplies by weight and adds bias (either may be
// nil). PyTorch's default eps is 1e-5.
//
//	x [..., shape...], weight and bias of that shape → as x
//
// J. L. Ba, J. R. Kiros, G. E. Hinton, arXiv:1607.06450.
// PyTorch: nn.functional.layer_norm.
func LayerNorm(x *Tensor, shape []int, weight, bias *Tensor, eps float64) *Tensor {
	const op = "layer_norm"
	needFloat(op, x)
	at := len(x.shape) - len(shape)
	if at < 0 || !slices.Equal(x.shape[at:], shape) {
		fail(op, "x of shape "+shapeText(x.shape), "a shape that ends in "+shapeText(shape), "", x)
	}
	for _, p := range []*Tensor{weight, bias} {
		if p != nil && (!slices.Equal(p.shape, shape) || p.dtype != x.dtype) {
			fail(op, fmt.Sprintf("a weight or bias of %s and shape %s", p.dtype, shapeText(p.shape)),
				fmt.Sprintf("%s and %s", x.dtype, shapeText(shape)), "", x, p)
		}
	}
	n := numel(shape)
	d := &layerNorm{n: n, eps: eps, axes: len(shape)}
	out := blank(x.dtype, x.shape)
	if out.n > 0 {
		d.stats = make([]float64, 2*(x.n/n))
		if x.dtype == Float32 {
			d.forward32(dense(x).f32(), flat32(weight), flat32(bias), out)
		} else {
			d.forward64(span[float64](dense(x)), flat64(weight), flat64(bias), span[float64](out))
		}
	}
	if c := record(out, op, layerNormBackward, x, weight, bias); c != nil {
		c.Save(x, weight, bias)
		c.Data = d
	}
	return out
}

// layerNorm is what the backward pass needs.
type layerNorm struct {
	n     int // elements of a sample
	axes  int
	eps   float64
	stats []float64 // mean and 1/deviation of each sample
}

func flat32(t *Tensor) []float32 {
	if t == nil {
		return nil
	}
	return dense(t).f32()
}

func flat64(t *Tensor) []float64 {
	if t == nil {
		return nil
	}
	return span[float64](dense(t))
}

func (d *layerNorm) grain() int { return 1 + 1<<13/(1+d.n) }

func (d *layerNorm) forward32(x, w, b []float32, out *Tensor) {
	n, y, normalize := d.n, out.f32(), simd.Normalize
	if out.store.stream && n >= 64 { // in a shorter row the ends would matter
		normalize = simd.StreamNormalizeRow
	}
	par.For(len(x)/n, d.grain(), func(lo, hi int) {
		if out.store.stream {
			defer simd.StreamEnd()
		}
		for i := lo; i < hi; i++ {
			r, o := x[i*n:][:n], y[i*n:][:n]
			mean := simd.Sum64(r) / float64(n)
			inv := 1 / math.Sqrt(simd.SumSquares(r, float32(mean))/float64(n)+d.eps)
			d.stats[2*i], d.stats[2*i+1] = mean, inv
			if w != nil && b != nil {
				normalize(o, r, w, b, float32(mean), float32(inv))
				continue
			}
			simd.AddScalar(o, r, float32(-mean)) // first, so that nothing is lost where the mean is large
			simd.MulScalar(o, o, float32(inv))
			if w != nil {
				simd.Mul(o, o, w)
			}
			if b != nil {
				simd.Add(o, o, b)
			}
		}
	})
}

func (d *layerNorm) forward64(x, w, b, y []float64) {
	n := d.n
	for i := range len(x) / n {
		r, o := x[i*n:][:n], y[i*n:][:n]
		mean, sq := 0.0, 0.0
		for _, v := range r {
			mean += v
		}
		mean /= float64(n)
		for _, v := range r {
			sq += (v - mean) * (v - mean)
		}
		inv := 1 / math.Sqrt(sq/float64(n)+d.eps)
		d.stats[2*i], d.stats[2*i+1] = mean, inv
		for j, v := range r {
			o[j] = (v - mean) * inv
			if w != nil {
				o[j] *= w[j]
			}
			if b != nil {
				o[j] += b[j]
			}
		}
	}
}

func layerNormBackward(c *Context, g *Tensor) []*Tensor {
	x, w, b := c.Saved(0), c.Saved(1), c.Saved(2)
	d := c.Data.(*layerNorm)
	if GradEnabled() {
		return again(c, g, d.composite, x, w, b)
	}
	out := make([]*Tensor, 3)
	dx := blank(x.dtype, x.shape)
	if c.Needs(0) {
		out[0] = dx
	}
	if c.Needs(1) {
		out[1] = empty(w.dtype, w.shape)
	}
	if c.Needs(2) {
		out[2] = empty(b.dtype, b.shape)
	}
	if x.n == 0 {
		return out
	}
	if x.dtype == Float32 {
		layerNormGrad(d, dense(x).f32(), flat32(w), dense(g).f32(), dx.f32(), flat32(out[1]), flat32(out[2]))
	} else {
		layerNormGrad(d, span[float64](dense(x)), flat64(w), span[float64](dense(g)), span[float64](dx), flat64(out[1]), flat64(out[2]))
	}
	return out
}

// layerNormGrad sets dx = inv·(h − mean(h) − z·mean(h·z)), where z is the
// normalized x and h = g·w, and dw = Σ g·z, db = Σ g. The sums are made in
// parts, of which there are as many on any number of processors.
func layerNormGrad[T float32 | float64](d *layerNorm, x, w, g, dx, dw, db []T) {
	const parts = 16
	n := d.n
	rows := len(x) / n
	grain := max(d.grain(), (rows+parts-1)/parts)
	count, size := par.Chunks(rows, grain)
	sums := make([]T, 2*count*n)
	par.For(rows, grain, func(lo, hi int) {
		part := sums[lo/size*2*n:][:2*n]
		for i := lo; i < hi; i++ {
			r, gr, o := x[i*n:][:n], g[i*n:][:n], dx[i*n:][:n]
			mean, inv := d.stats[2*i], d.stats[2*i+1]
			if dw != nil {
				normShift(o, r, -mean)
				normMul(o, o, gr)
				normAdd(part[:n], o, inv)
			}
			if db != nil {
				addInto(part[n:], part[n:], gr)
			}
			h := gr
			if w != nil {
				normMul(o, gr, w)
				h = o
			}
			sum, dot := sumAndDot(h, r, mean)
			normGrad(o, h, r, inv, sum/float64(n), dot*inv*inv/float64(n), mean)
		}
	})
	for k := range count {
		if dw != nil {
			addInto(dw, dw, sums[2*k*n:][:n])
		}
		if db != nil {
			addInto(db, db, sums[(2*k+1)*n:][:n])
		}
	}
}

// normMul sets dst = a·b, normAdd dst = dst + scale·a, normShift dst = a +
// shift.
func normMul[T float32 | float64](dst, a, b []T) {
	if d, ok := any(dst).([]float32); ok {
		simd.Mul(d, any(a).([]float32), any(b).([]float32))
		return
	}
	for i, v := range a {
		dst[i] = v * b[i]
	}
}

func normAdd[T float32 | float64](dst, a []T, scale float64) {
	if d, ok := any(dst).([]float32); ok {
		simd.Axpy(d, any(a).([]float32), float32(scale))
		return
	}
	for i, v := range a {
		dst[i] += T(scale) * v
	}
}

func normShift[T float32 | float64](dst, a []T, shift float64) {
	if d, ok := any(dst).([]float32); ok {
		simd.AddScalar(d, any(a).([]float32), float32(shift))
		return
	}
	for i, v := range a {
		dst[i] = v + T(shift)
	}
}

// composite is LayerNorm in differentiable operations.
func (d *layerNorm) composite(in []*Tensor) *Tensor {
	x, w, b := in[0], in[1], in[2]
	axes := make([]int, d.axes)
	for i := range axes {
		axes[i] = len(x.shape) - d.axes + i
	}
	dev := x.Sub(x.MeanKeep(axes...))
	y := dev.Div(dev.Mul(dev).MeanKeep(axes...).AddScalar(d.eps).Sqrt())
	if w != nil {
		y = y.Mul(w)
	}
	if b != nil {
		y = y.Add(b)
	}
	return y
}

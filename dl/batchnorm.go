package dl

import (
	"fmt"
	"math"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// BatchNormOptions configures BatchNorm.
type BatchNormOptions struct {
	Training bool    // use the statistics of the batch, and let the running ones follow
	Momentum float64 // weight of the batch in the running statistics; PyTorch's default is 0.1
	Eps      float64 // added to the variance; PyTorch's default is 1e-5
}

// BatchNorm gives each channel mean 0 and variance 1, then multiplies by
// weight and adds bias (either may be nil). In training the statistics are
// those of the batch, and mean and variance, unless nil, move towards them in
// place; otherwise mean and variance are used.
//
//	x [N, C] or [N, C, d…]; mean, variance, weight, bias [C] → as x
//
// S. Ioffe, C. Szegedy, arXiv:1502.03167.
// PyTorch: nn.functional.batch_norm.
func BatchNorm(x, mean, variance, weight, bias *Tensor, o BatchNormOptions) *Tensor {
	const op = "batch_norm"
	needFloat(op, x)
	if len(x.shape) < 2 {
		fail(op, "x of shape "+shapeText(x.shape), "[batch×channels] or [batch×channels×…]", "", x)
	}
	c := x.shape[1]
	for _, p := range []*Tensor{mean, variance, weight, bias} {
		if p != nil && (len(p.shape) != 1 || p.n != c || p.dtype != x.dtype) {
			fail(op, fmt.Sprintf("a parameter of %s and shape %s for %d channels", p.dtype, shapeText(p.shape), c),
				fmt.Sprintf("%s and [%d]", x.dtype, c), "", x, p)
		}
	}
	d := &batchNorm{n: x.shape[0], c: c, inner: 1, o: o, mean: make([]float64, c), inv: make([]float64, c)}
	for _, s := range x.shape[2:] {
		d.inner *= s
	}
	if o.Training {
		d.batch(op, x, mean, variance)
	} else {
		if mean == nil || variance == nil {
			fail(op, "no running statistics", "a mean and a variance in evaluation", "set Training", x)
		}
		copy(d.mean, mean.Detach().Float64s())
		for i, v := range variance.Detach().Float64s() {
			d.inv[i] = 1 / math.Sqrt(v+o.Eps)
		}
	}
	out := blank(x.dtype, x.shape)
	if out.n > 0 {
		if x.dtype == Float32 {
			batchNormForward(d, dense(x).f32(), flat32(weight), flat32(bias), out.f32())
		} else {
			batchNormForward(d, span[float64](dense(x)), flat64(weight), flat64(bias), span[float64](out))
		}
	}
	if c := record(out, op, batchNormBackward, x, weight, bias); c != nil {
		c.Save(x, weight, bias)
		c.Data = d
	}
	return out
}

// batchNorm is what the backward pass needs.
type batchNorm struct {
	n, c, inner int
	o           BatchNormOptions
	mean, inv   []float64 // of each channel; inv is 1/deviation
}

// grain is how many channels make a chunk worth sharing out.
func (d *batchNorm) grain() int { return 1 + 1<<13/(1+d.n*d.inner) }

// batch computes the statistics of the batch and moves the running ones.
func (d *batchNorm) batch(op string, x, mean, variance *Tensor) {
	m := float64(d.n * d.inner)
	if m < 2 {
		fail(op, fmt.Sprintf("one value per channel (x of shape %s) in training", shapeText(x.shape)), "at least two",
			"train with larger batches (DropLast: true in the loader), or call nn.Eval(model) before predicting", x)
	}
	unbiased := make([]float64, d.c)
	if x.dtype == Float32 {
		batchStats(d, dense(x).f32(), unbiased)
	} else {
		batchStats(d, span[float64](dense(x)), unbiased)
	}
	follow(mean, d.mean, d.o.Momentum)
	follow(variance, unbiased, d.o.Momentum)
}

// follow moves a running statistic towards that of the batch.
func follow(run *Tensor, now []float64, momentum float64) {
	if run == nil {
		return
	}
	v := run.Detach().Float64s()
	next := make([]float64, len(v))
	for i := range v {
		next[i] = (1-momentum)*v[i] + momentum*now[i]
	}
	fresh := empty(run.dtype, run.shape)
	put(fresh, next)
	NoGrad(func() { run.CopyFrom(fresh) })
}

func batchStats[T float32 | float64](d *batchNorm, x []T, unbiased []float64) {
	m := float64(d.n * d.inner)
	par.For(d.c, d.grain(), func(lo, hi int) {
		for c := lo; c < hi; c++ {
			sum, sq := 0.0, 0.0
			for i := range d.n {
				sum += sumOf(x[(i*d.c+c)*d.inner:][:d.inner])
			}
			mean := sum / m
			for i := range d.n {
				sq += squaresOf(x[(i*d.c+c)*d.inner:][:d.inner], T(mean))
			}
			d.mean[c] = mean
			d.inv[c] = 1 / math.Sqrt(sq/m+d.o.Eps)
			unbiased[c] = sq / (m - 1)
		}
	})
}

func sumOf[T float32 | float64](x []T) float64 {
	if s, ok := any(x).([]float32); ok && len(x) > 8 {
		return simd.Sum64(s)
	}
	sum := 0.0
	for _, v := range x {
		sum += float64(v)
	}
	return sum
}

// squaresOf is the sum of (x−mean)².
func squaresOf[T float32 | float64](x []T, mean T) float64 {
	if s, ok := any(x).([]float32); ok && len(x) > 8 {
		return simd.SumSquares(s, float32(mean))
	}
	sum := 0.0
	for _, v := range x {
		sum += float64(v-mean) * float64(v-mean)
	}
	return sum
}

func batchNormForward[T float32 | float64](d *batchNorm, x, w, b, y []T) {
	par.For(d.n*d.c, 1+1<<13/(1+d.inner), func(lo, hi int) {
		for p := lo; p < hi; p++ {
			c := p % d.c
			scale := d.inv[c]
			if w != nil {
				scale *= float64(w[c])
			}
			shift := -d.mean[c] * scale
			if b != nil {
				shift += float64(b[c])
			}
			src, dst := x[p*d.inner:][:d.inner], y[p*d.inner:][:d.inner]
			if s, ok := any(src).([]float32); ok && d.inner > 8 {
				simd.Affine(any(dst).([]float32), s, float32(scale), float32(shift))
				continue
			}
			for i, v := range src {
				dst[i] = T(float64(v)*scale + shift)
			}
		}
	})
}

func batchNormBackward(c *Context, g *Tensor) []*Tensor {
	x, w, b := c.Saved(0), c.Saved(1), c.Saved(2)
	d := c.Data.(*batchNorm)
	if GradEnabled() {
		return again(c, g, d.composite, x, w, b)
	}
	out := make([]*Tensor, 3)
	if c.Needs(0) {
		out[0] = blank(x.dtype, x.shape)
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
		batchNormGrad(d, dense(x).f32(), flat32(w), dense(g).f32(), flat32(out[0]), flat32(out[1]), flat32(out[2]))
	} else {
		batchNormGrad(d, span[float64](dense(x)), flat64(w), span[float64](dense(g)), flat64(out[0]), flat64(out[1]), flat64(out[2]))
	}
	return out
}

// batchNormGrad sets, for each channel, with z the normalized x:
// dw = Σ g·z, db = Σ g, and dx = w·inv·(g − mean(g) − z·mean(g·z)) in training
// or w·inv·g in evaluation. Slices may be nil.
func batchNormGrad[T float32 | float64](d *batchNorm, x, w, g, dx, dw, db []T) {
	m := float64(d.n * d.inner)
	par.For(d.c, d.grain(), func(lo, hi int) {
		for c := lo; c < hi; c++ {
			mean, inv := d.mean[c], d.inv[c]
			sum, dot := 0.0, 0.0
			for i := range d.n {
				at := (i*d.c + c) * d.inner
				s, t := sumAndDot(g[at:][:d.inner], x[at:][:d.inner], mean)
				sum += s
				dot += t
			}
			dot *= inv
			if dw != nil {
				dw[c] = T(dot)
			}
			if db != nil {
				db[c] = T(sum)
			}
			if dx == nil {
				continue
			}
			scale := inv
			if w != nil {
				scale *= float64(w[c])
			}
			centre, slope := 0.0, 0.0
			if d.o.Training {
				centre, slope = sum/m, dot*inv/m
			}
			for i := range d.n {
				at := (i*d.c + c) * d.inner
				normGrad(dx[at:][:d.inner], g[at:][:d.inner], x[at:][:d.inner], scale, centre, slope, mean)
			}
		}
	})
}

// normGrad sets dx = scale·(g − centre − slope·(x − mean)).
func normGrad[T float32 | float64](dx, g, x []T, scale, centre, slope, mean float64) {
	if d, ok := any(dx).([]float32); ok && len(dx) > 8 {
		simd.Affine(d, any(g).([]float32), float32(scale), float32(scale*(slope*mean-centre)))
		if slope != 0 {
			simd.Axpy(d, any(x).([]float32), float32(-scale*slope))
		}
		return
	}
	k, c, s, m := T(scale), T(centre), T(slope), T(mean)
	for i, v := range g {
		dx[i] = k * (v - c - s*(x[i]-m))
	}
}

// sumAndDot returns Σ g and Σ g·(x−mean).
func sumAndDot[T float32 | float64](g, x []T, mean float64) (sum, dot float64) {
	if s, ok := any(g).([]float32); ok && len(g) > 8 {
		sum = simd.Sum64(s)
		return sum, simd.Dot64(s, any(x).([]float32)) - mean*sum
	}
	for j, v := range g {
		sum += float64(v)
		dot += float64(v) * (float64(x[j]) - mean)
	}
	return sum, dot
}

// composite is BatchNorm in differentiable operations.
func (d *batchNorm) composite(in []*Tensor) *Tensor {
	x, w, b := in[0], in[1], in[2]
	shape := make([]int, len(x.shape))
	axes := []int{}
	for i := range shape {
		shape[i] = 1
		if i != 1 {
			axes = append(axes, i)
		}
	}
	shape[1] = d.c
	var y *Tensor
	if d.o.Training {
		dev := x.Sub(x.MeanKeep(axes...))
		y = dev.Div(dev.Mul(dev).MeanKeep(axes...).AddScalar(d.o.Eps).Sqrt())
	} else {
		mean, inv := empty(x.dtype, shape), empty(x.dtype, shape)
		put(mean, d.mean)
		put(inv, d.inv)
		y = x.Sub(mean).Mul(inv)
	}
	if w != nil {
		y = y.Mul(w.Reshape(shape...))
	}
	if b != nil {
		y = y.Add(b.Reshape(shape...))
	}
	return y
}

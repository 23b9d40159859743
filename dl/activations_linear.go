package dl

import (
	"fmt"
	"math"

	"descent/dl/internal/simd"
)

// Activation functions made of straight pieces.

// pieces computes a function of every element, by its rows, with a derivative
// that is constant between the corners.
func pieces(op string, t *Tensor, f32 func(dst, a []float32), f64 func(float64) float64, slope stairs) *Tensor {
	needFloat(op, t)
	var out *Tensor
	if t.dtype == Float32 {
		out = runUnary(t, f32)
	} else {
		out = runUnary(t, each64(f64))
	}
	if c := record(out, op, piecesBackward, t); c != nil {
		c.Save(t)
		c.Data = slope
	}
	return out
}

func piecesBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(g.Mul(c.Data.(stairs).of(c.Saved(0))))
}

// rounded is v as t's type holds it, so that v equals an element that is v.
func (t *Tensor) rounded(v float64) float64 {
	if t.dtype == Float32 {
		return float64(float32(v))
	}
	return v
}

// cut limits x to [lo, hi]; NaN stays NaN.
func cut(x, lo, hi float64) float64 {
	switch {
	case x < lo:
		return lo
	case x > hi:
		return hi
	}
	return x
}

// Hardtanh returns t limited to [lo, hi], a cheap form of Tanh with limits -1
// and 1. PyTorch: nn.functional.hardtanh.
func (t *Tensor) Hardtanh(lo, hi float64) *Tensor {
	if !(lo < hi) {
		fail("hardtanh", fmt.Sprintf("limits %g and %g", lo, hi), "a lower limit below the upper one", "", t)
	}
	lo, hi = t.rounded(lo), t.rounded(hi)
	return limited("hardtanh", t, lo, hi)
}

// limited is t limited to [lo, hi], two numbers of its type.
func limited(op string, t *Tensor, lo, hi float64) *Tensor {
	return pieces(op, t, func(dst, a []float32) { simd.Clamp(dst, a, float32(lo), float32(hi)) }, func(x float64) float64 { return cut(x, lo, hi) },
		stairs{lo: lo, hi: hi, inside: 1, nan: 1})
}

// ReLU6 returns t limited to [0, 6]. PyTorch: nn.functional.relu6.
func (t *Tensor) ReLU6() *Tensor { return limited("relu6", t, 0, 6) }

// Hardsigmoid returns (t+3)/6 limited to [0, 1], a cheap form of Sigmoid.
// PyTorch: nn.functional.hardsigmoid.
func (t *Tensor) Hardsigmoid() *Tensor {
	return pieces("hardsigmoid", t, hardsigmoidRow32, hardsigmoid, stairs{lo: -3, hi: 3, inside: 1. / 6})
}

func hardsigmoidRow32(dst, a []float32) {
	inBlocks(len(a), 1, func(lo, hi int, s [][]float32) {
		t := s[0]
		simd.AddScalar(t, a[lo:hi], 3)
		simd.Clamp(t, t, 0, 6)
		simd.MulScalar(dst[lo:hi], t, 1./6)
	})
}

func hardsigmoid(x float64) float64 { return cut(x+3, 0, 6) / 6 }

// Hardshrink returns t where its absolute value is above lambda, 0 elsewhere.
// PyTorch's default lambda is ½.
//
// PyTorch: nn.functional.hardshrink.
func (t *Tensor) Hardshrink(lambda float64) *Tensor {
	lambda = t.rounded(lambda)
	f := func(x float64) float64 {
		if !(x >= -lambda && x <= lambda) {
			return x
		}
		return 0
	}
	outside := t.outside(lambda)
	row := each32(f)
	if lambda >= 0 && !math.IsInf(lambda, 1) { // no product of an infinity and zero
		keep := simd.Stairs{Lo: float32(outside.lo), Hi: float32(outside.hi), Below: 1, Above: 1, NaN: 1}
		row = func(dst, a []float32) {
			inBlocks(len(a), 1, func(lo, hi int, s [][]float32) {
				keep.Row(s[0], a[lo:hi])
				simd.Mul(s[0], s[0], a[lo:hi])
				simd.AddScalar(dst[lo:hi], s[0], 0) // not -0
			})
		}
	}
	return pieces("hardshrink", t, row, f, outside)
}

// outside is 0 from -limit to limit and 1 elsewhere, for NaN too.
func (t *Tensor) outside(limit float64) stairs {
	switch {
	case math.IsNaN(limit):
		return stairs{below: 1, inside: 1, above: 1, nan: 1}
	case math.IsInf(limit, 1):
		return stairs{nan: 1}
	}
	s := stairs{below: 1, above: 1, nan: 1, hi: math.Nextafter(limit, math.Inf(1))}
	if t.dtype == Float32 {
		s.hi = float64(math.Nextafter32(float32(limit), float32(math.Inf(1))))
	}
	s.lo = -s.hi
	return s
}

// Softshrink moves t towards 0 by lambda, and to 0 what is nearer than that.
// PyTorch's default lambda is ½.
//
// PyTorch: nn.functional.softshrink.
func (t *Tensor) Softshrink(lambda float64) *Tensor {
	if !(lambda >= 0) {
		fail("softshrink", fmt.Sprintf("lambda %g", lambda), "0 or more", "", t)
	}
	lambda = t.rounded(lambda)
	f := func(x float64) float64 {
		switch {
		case x > lambda:
			return x - lambda
		case x < -lambda:
			return x + lambda
		case math.IsNaN(x):
			return x
		}
		return 0
	}
	row := each32(f)
	if !math.IsInf(lambda, 1) { // no difference of infinities
		row = func(dst, a []float32) {
			inBlocks(len(a), 1, func(lo, hi int, s [][]float32) {
				simd.Clamp(s[0], a[lo:hi], float32(-lambda), float32(lambda))
				simd.Sub(dst[lo:hi], a[lo:hi], s[0])
			})
		}
	}
	return pieces("softshrink", t, row, f, t.outside(lambda))
}

// Threshold returns t where it is above limit, and value elsewhere.
// PyTorch: nn.functional.threshold.
func (t *Tensor) Threshold(limit, value float64) *Tensor {
	limit, value = t.rounded(limit), t.rounded(value)
	return pieces("threshold", t, func(dst, a []float32) { simd.Threshold(dst, a, float32(limit), float32(value)) }, func(x float64) float64 {
		if x <= limit {
			return value
		}
		return x
	}, stairs{lo: limit, hi: math.Inf(1), inside: 1, above: 1, nan: 1})
}

// PReLU returns t where it is positive, and elsewhere weight·t with a weight
// that is learned: one element for all, or one for each channel, axis 1.
//
// K. He et al.: Delving Deep into Rectifiers, arXiv:1502.01852.
// PyTorch: nn.functional.prelu.
func (t *Tensor) PReLU(weight *Tensor) *Tensor {
	const op = "prelu"
	needFloat(op, t)
	channels := 1
	if len(t.shape) > 1 {
		channels = t.shape[1]
	}
	if len(weight.shape) > 1 || weight.n != 1 && weight.n != channels || weight.dtype != t.dtype {
		fail(op, fmt.Sprintf("x of %s and shape %s and a weight of %s and shape %s", t.dtype, shapeText(t.shape), weight.dtype, shapeText(weight.shape)),
			fmt.Sprintf("a weight of %s with 1 element, or with %d: one for each channel of x", t.dtype, channels), "", t, weight)
	}
	w := weight
	if w.n == channels && len(t.shape) > 1 {
		column := make([]int, len(t.shape)-1)
		for i := range column {
			column[i] = 1
		}
		column[0] = channels
		w = w.Reshape(column...)
	}
	return t.Mul(Where(t.Detach().GtScalar(0), OnesLike(t), w))
}

// RReLU is LeakyReLU with a slope for each element that is drawn from
// [lower, upper) while training is true, and is their mean otherwise. The
// random numbers come from the stream StreamDropout. PyTorch's default range
// is 1/8 to 1/3.
//
// PyTorch: nn.functional.rrelu.
func (t *Tensor) RReLU(lower, upper float64, training bool) *Tensor {
	needFloat("rrelu", t)
	if !(lower <= upper) {
		fail("rrelu", fmt.Sprintf("slopes from %g to %g", lower, upper), "a lower limit that is at most the upper one", "", t)
	}
	if !training {
		return t.LeakyReLU((lower + upper) / 2)
	}
	slope := empty(t.dtype, t.shape)
	if g := DefaultGenerator(StreamDropout); t.dtype == Float32 {
		g.FillUniform(slope.f32())
	} else {
		g.FillUniform64(span[float64](slope))
	}
	slope = slope.MulScalar(upper - lower).AddScalar(lower)
	return t.Mul(slope.MaskedFill(t.Detach().GtScalar(0), 1))
}

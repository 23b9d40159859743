package dl

import (
	"fmt"
	"math"

	"descent/dl/internal/par"
)

// Dropout sets each element to zero with probability p and multiplies the
// others by 1/(1−p), so that the expected value stays; when training is false
// it returns x. The random numbers come from the stream StreamDropout.
//
// N. Srivastava et al., JMLR 15 (2014).
// PyTorch: nn.functional.dropout.
func Dropout(x *Tensor, p float64, training bool) *Tensor {
	needFloat("dropout", x)
	if !(p >= 0 && p <= 1) {
		fail("dropout", fmt.Sprintf("probability %g", p), "a probability in [0, 1]", "", x)
	}
	if !training || p == 0 {
		return x
	}
	mask := dropoutMask(x, p)
	var out *Tensor
	NoGrad(func() { out = x.Mul(mask) })
	if c := record(out, "dropout", dropoutBackward, x); c != nil {
		c.Save(mask)
	}
	return out
}

func dropoutBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Mul(c.Saved(0))) }

// dropoutMask is 0 with probability p and 1/(1−p) otherwise.
func dropoutMask(x *Tensor, p float64) *Tensor {
	mask := blank(Float32, x.shape)
	draw := mask.f32()
	DefaultGenerator(StreamDropout).FillUniform(draw)
	limit, scale := float32(p), 0.0
	if p < 1 {
		scale = 1 / (1 - p)
	}
	if x.dtype == Float64 {
		m := empty(Float64, x.shape)
		for i, v := range draw {
			if v >= limit {
				span[float64](m)[i] = scale
			}
		}
		return m
	}
	keep := math.Float32bits(float32(scale))
	par.For(len(draw), grain, func(lo, hi int) {
		d := draw[lo:hi]
		for i, v := range d {
			// All ones when v < limit, without a branch that no processor could foresee.
			drop := uint32(int32(math.Float32bits(v-limit)) >> 31)
			d[i] = math.Float32frombits(keep &^ drop)
		}
	})
	return mask
}

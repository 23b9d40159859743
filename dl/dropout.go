package dl

import "fmt"

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
	return x.Mul(dropoutMask(x, p))
}

// dropoutMask is 0 with probability p and 1/(1−p) otherwise.
func dropoutMask(x *Tensor, p float64) *Tensor {
	mask := empty(x.dtype, x.shape)
	u := mask
	if x.dtype != Float32 {
		u = empty(Float32, x.shape)
	}
	draw := u.f32()
	DefaultGenerator(StreamDropout).FillUniform(draw)
	keep, limit := float32(0), float32(p)
	if p < 1 {
		keep = float32(1 / (1 - p))
	}
	if x.dtype == Float32 {
		for i, v := range draw {
			if v < limit {
				draw[i] = 0
			} else {
				draw[i] = keep
			}
		}
		return mask
	}
	scale := 0.0
	if p < 1 {
		scale = 1 / (1 - p)
	}
	m := span[float64](mask)
	for i, v := range draw {
		if v >= limit {
			m[i] = scale
		}
	}
	return mask
}

package dl

import (
	"fmt"
	"math"
)

// InterpolateMode says how Interpolate finds values between pixels.
type InterpolateMode uint8

// The modes of interpolation.
const (
	InterpolateNearest InterpolateMode = iota // the pixel that covers the place
	InterpolateLinear                         // between 2 neighbours in each dimension: linear, bilinear, trilinear
	InterpolateCubic                          // between 4 neighbours in each dimension: bicubic
)

// InterpolateOptions configures Interpolate.
type InterpolateOptions struct {
	Mode InterpolateMode
	// AlignCorners maps the centres of the corner pixels onto each other;
	// otherwise their outer edges.
	AlignCorners bool
}

// Interpolate resizes the dimensions of x after the first two, batch and
// channels, to the given lengths.
//
//	[N×C×28×28], size {56, 56} → [N×C×56×56]
//
// PyTorch: nn.functional.interpolate(size=…).
func Interpolate(x *Tensor, size []int, o InterpolateOptions) *Tensor {
	needFloat("interpolate", x)
	if len(size) != len(x.shape)-2 || len(size) == 0 {
		fail("interpolate", fmt.Sprintf("%d lengths for shape %s", len(size), shapeText(x.shape)), "one for each dimension after batch and channels", "", x)
	}
	for i, n := range size {
		if n < 1 || x.shape[i+2] < 1 {
			fail("interpolate", fmt.Sprintf("size %v for shape %s", size, shapeText(x.shape)), "lengths of 1 or more", "", x)
		}
		x = interpolateDim(x, i+2, n, o)
	}
	return x
}

// InterpolateScale is Interpolate by a factor for each dimension.
// PyTorch: nn.functional.interpolate(scale_factor=…, recompute_scale_factor=True).
func InterpolateScale(x *Tensor, factor float64, o InterpolateOptions) *Tensor {
	if len(x.shape) < 3 {
		fail("interpolate", "x of shape "+shapeText(x.shape), "batch, channels, and dimensions to resize", "", x)
	}
	size := make([]int, len(x.shape)-2)
	for i := range size {
		size[i] = int(float64(x.shape[i+2]) * factor)
	}
	return Interpolate(x, size, o)
}

// interpolateDim resizes one dimension: every result is a sum of a few entries
// of x with weights.
func interpolateDim(x *Tensor, d, n int, o InterpolateOptions) *Tensor {
	l := x.shape[d]
	if l == n && (o.Mode != InterpolateCubic || o.AlignCorners) {
		return x
	}
	if o.Mode == InterpolateNearest {
		at := make([]int64, n)
		for i := range at {
			at[i] = int64(min(i*l/n, l-1))
		}
		return x.IndexSelect(d, FromInt64s(at, n))
	}
	r := &resampling{d: d, in: l, out: n, taps: 2}
	if o.Mode == InterpolateCubic {
		r.taps = 4
	}
	r.places, r.weights = make([]int, 0, n*r.taps), make([]float64, 0, n*r.taps)
	for i := range n {
		var p float64
		switch {
		case o.AlignCorners && n > 1:
			p = float64(i) * float64(l-1) / float64(n-1)
		case !o.AlignCorners:
			p = (float64(i)+0.5)*float64(l)/float64(n) - 0.5
			if o.Mode == InterpolateLinear {
				p = max(p, 0)
			}
		}
		base := math.Floor(p)
		w := []float64{1 - (p - base), p - base}
		first := int(base)
		if o.Mode == InterpolateCubic {
			w = cubicWeights(p - base)
			first--
		}
		for k, v := range w {
			r.places = append(r.places, min(max(first+k, 0), l-1))
			r.weights = append(r.weights, v)
		}
	}
	return r.apply(x)
}

// cubicWeights are those of Keys' cubic convolution with a = -0.75 (IEEE Trans.
// ASSP 29, 1981).
func cubicWeights(t float64) []float64 {
	const a = -0.75
	near := func(x float64) float64 { return ((a+2)*x-(a+3))*x*x + 1 }
	far := func(x float64) float64 { return ((a*x-5*a)*x+8*a)*x - 4*a }
	return []float64{far(t + 1), near(t), near(1 - t), far(2 - t)}
}

// PixelShuffle turns channels into pixels: [N, C·r², H, W] → [N, C, H·r, W·r]
// (Shi et al., arXiv:1609.05158). PyTorch: nn.functional.pixel_shuffle.
func PixelShuffle(x *Tensor, r int) *Tensor {
	if len(x.shape) != 4 || r < 1 || x.shape[1]%(r*r) != 0 {
		fail("pixel_shuffle", fmt.Sprintf("x of shape %s by %d", shapeText(x.shape), r), "[batch×channels×height×width] with channels divisible by the square", "", x)
	}
	n, c, h, w := x.shape[0], x.shape[1]/(r*r), x.shape[2], x.shape[3]
	return x.Reshape(n, c, r, r, h, w).Permute(0, 1, 4, 2, 5, 3).Reshape(n, c, h*r, w*r)
}

// PixelUnshuffle is the inverse of PixelShuffle.
// PyTorch: nn.functional.pixel_unshuffle.
func PixelUnshuffle(x *Tensor, r int) *Tensor {
	if len(x.shape) != 4 || r < 1 || x.shape[2]%r != 0 || x.shape[3]%r != 0 {
		fail("pixel_unshuffle", fmt.Sprintf("x of shape %s by %d", shapeText(x.shape), r), "[batch×channels×height×width] with height and width divisible", "", x)
	}
	n, c, h, w := x.shape[0], x.shape[1], x.shape[2]/r, x.shape[3]/r
	return x.Reshape(n, c, h, r, w, r).Permute(0, 1, 3, 5, 2, 4).Reshape(n, c*r*r, h, w)
}

package dl

import (
	"fmt"
	"slices"
)

// AffineGrid returns the places, for GridSample, from which an affine map theta
// takes each pixel: theta [N, 2, 3] and a size [N, C, H, W] give [N, H, W, 2],
// theta [N, 3, 4] and [N, C, D, H, W] give [N, D, H, W, 3]. Coordinates go from
// -1 to 1, x first.
//
// PyTorch: nn.functional.affine_grid.
func AffineGrid(theta *Tensor, size []int, alignCorners bool) *Tensor {
	const op = "affine_grid"
	needFloat(op, theta)
	k := len(size) - 2
	if k != 2 && k != 3 || !slices.Equal(theta.shape, []int{size[0], k, k + 1}) {
		fail(op, fmt.Sprintf("theta of shape %s for a size of %s", shapeText(theta.shape), shapeText(size)),
			"[batch×2×3] for images and [batch×3×4] for volumes", "", theta)
	}
	spatial := size[2:]
	columns := make([]*Tensor, 0, k+1)
	for j := range k { // x is the last spatial dimension
		d := k - 1 - j
		shape := make([]int, k)
		for i := range shape {
			shape[i] = 1
		}
		shape[d] = spatial[d]
		line := FromFloat64s(gridLine(spatial[d], alignCorners), shape...).To(theta.dtype)
		columns = append(columns, line.Expand(spatial...).Reshape(-1))
	}
	columns = append(columns, FullOf(theta.dtype, 1, numel(spatial)))
	base := Stack(columns, 1) // [points, k+1]
	return base.Unsqueeze(0).MatMul(theta.Transpose(1, 2)).Reshape(append(append([]int{size[0]}, spatial...), k)...)
}

// gridLine are the coordinates of n pixels from -1 to 1: of their centres, or
// with the outer ones at the ends.
func gridLine(n int, alignCorners bool) []float64 {
	v := make([]float64, n)
	for i := range v {
		switch {
		case !alignCorners:
			v[i] = (2*float64(i)+1)/float64(n) - 1
		case n > 1:
			v[i] = 2*float64(i)/float64(n-1) - 1
		}
	}
	return v
}

// GridMode is how GridSample reads between pixels.
type GridMode uint8

const (
	GridLinear  GridMode = iota // between the nearest pixels, linearly
	GridNearest                 // the nearest pixel; no gradient for the grid
	GridCubic                   // by a cubic through 4×4 pixels; images only
)

// GridPadding is what GridSample finds outside.
type GridPadding uint8

const (
	GridZeros   GridPadding = iota // zeros
	GridBorder                     // the nearest pixel of the border
	GridReflect                    // the image, mirrored at its border
)

// GridSampleOptions configures GridSample. The zero value is PyTorch's default.
type GridSampleOptions struct {
	Mode         GridMode
	Padding      GridPadding
	AlignCorners bool // -1 and 1 are the centres of the outer pixels, not their outer edges
}

// GridSample reads x at the places that grid names, from -1 to 1 with x first.
//
//	x [N, C, H, W], grid [N, H', W', 2] → [N, C, H', W']
//	x [N, C, D, H, W], grid [N, D', H', W', 3] → [N, C, D', H', W']
//
// M. Jaderberg et al.: Spatial Transformer Networks, arXiv:1506.02025.
// PyTorch: nn.functional.grid_sample.
func GridSample(x, grid *Tensor, o GridSampleOptions) *Tensor {
	const op = "grid_sample"
	needFloat(op, x)
	k := len(x.shape) - 2
	if k != 2 && k != 3 || len(grid.shape) != k+2 || grid.shape[0] != x.shape[0] || grid.shape[k+1] != k || x.n == 0 {
		fail(op, fmt.Sprintf("x of shape %s and a grid of shape %s", shapeText(x.shape), shapeText(grid.shape)),
			"[batch×channels×height×width] and [batch×height×width×2], or one more dimension and 3", "", x, grid)
	}
	if o.Mode == GridCubic && k == 3 {
		fail(op, "volumes and GridCubic", "images, or GridLinear", "", x, grid)
	}
	if grid.dtype != x.dtype {
		fail(op, fmt.Sprintf("x of %s and a grid of %s", x.dtype, grid.dtype), "the same type", "grid.To(dl."+goName(x.dtype)+")", x, grid)
	}
	if k == 2 && o.Mode == GridLinear {
		return readGrid(x, grid, o)
	}
	return sampleGrid(x, grid, o)
}

// sampleGrid is GridSample made of other operations.
func sampleGrid(x, grid *Tensor, o GridSampleOptions) *Tensor {
	k := len(x.shape) - 2
	s := &sampler{o: o, size: x.shape[2:], plane: x.Reshape(x.shape[0], x.shape[1], -1)}
	points := grid.Reshape(x.shape[0], -1, k)
	where := make([]*Tensor, k)
	for d := range where {
		where[d] = s.pixels(points.Select(2, k-1-d), d)
	}
	var out *Tensor
	switch o.Mode {
	case GridNearest:
		for d, w := range where {
			where[d] = s.inside(w, d).Detach().Round()
		}
		out = s.read(where)
	case GridCubic:
		out = s.cubic(where)
	default:
		for d, w := range where {
			where[d] = s.inside(w, d)
		}
		out = s.linear(where)
	}
	return out.Reshape(append([]int{x.shape[0], x.shape[1]}, grid.shape[1:k+1]...)...)
}

// sampler reads from planes [N, C, pixels] of the given size.
type sampler struct {
	o     GridSampleOptions
	size  []int
	plane *Tensor
}

// pixels turns coordinates from -1 to 1 into positions of pixels.
func (s *sampler) pixels(g *Tensor, d int) *Tensor {
	n := float64(s.size[d])
	if s.o.AlignCorners {
		return g.AddScalar(1).MulScalar((n - 1) / 2)
	}
	return g.AddScalar(1).MulScalar(n).SubScalar(1).MulScalar(0.5)
}

// inside brings positions outside into the image, as the padding asks.
func (s *sampler) inside(p *Tensor, d int) *Tensor {
	last := float64(s.size[d] - 1)
	switch s.o.Padding {
	case GridBorder:
		return p.Clamp(0, last)
	case GridReflect:
		low, span := -0.5, last+1
		if s.o.AlignCorners {
			low, span = 0, last
		}
		if span == 0 {
			return p.MulScalar(0)
		}
		a := p.SubScalar(low).Abs()
		flips := a.Detach().DivScalar(span).Floor()
		rest := a.Sub(flips.MulScalar(span))
		odd := flips.Sub(flips.MulScalar(0.5).Floor().MulScalar(2)).EqScalar(1)
		return Where(odd, rest.Neg().AddScalar(span), rest).AddScalar(low).Clamp(0, last)
	}
	return p
}

// read takes the pixels at whole positions, zero outside: [N, C, points].
func (s *sampler) read(at []*Tensor) *Tensor {
	n, c, points := s.plane.shape[0], s.plane.shape[1], at[0].shape[1]
	flat := make([]int64, n*points)
	out := make([]bool, n*points)
	for d, p := range at {
		size := s.size[d]
		for i, v := range p.Detach().To(Float64).Float64s() {
			if !(v >= 0 && v < float64(size)) {
				out[i] = true
				v = 0
			}
			flat[i] = flat[i]*int64(size) + int64(v)
		}
	}
	idx := FromInt64s(flat, n, 1, points).Expand(n, c, points)
	return s.plane.Gather(2, idx).MaskedFill(FromBools(out, n, 1, points), 0)
}

// linear blends the pixels around each position.
func (s *sampler) linear(where []*Tensor) *Tensor {
	k := len(where)
	low, frac := make([]*Tensor, k), make([]*Tensor, k)
	for d, w := range where {
		low[d] = w.Detach().Floor()
		frac[d] = w.Sub(low[d])
	}
	var sum *Tensor
	for corner := range 1 << k {
		at := make([]*Tensor, k)
		var weight *Tensor
		for d := range k {
			w := frac[d]
			at[d] = low[d].AddScalar(1)
			if corner>>d&1 == 0 {
				w, at[d] = w.Neg().AddScalar(1), low[d]
			}
			if weight == nil {
				weight = w
			} else {
				weight = weight.Mul(w)
			}
		}
		part := s.read(at).Mul(weight.Unsqueeze(1))
		if sum == nil {
			sum = part
		} else {
			sum = sum.Add(part)
		}
	}
	return sum
}

// cubic blends 4×4 pixels; it is the pixels that the padding moves inside.
func (s *sampler) cubic(where []*Tensor) *Tensor {
	var sum *Tensor
	low, weights := make([]*Tensor, 2), make([][4]*Tensor, 2)
	for d, w := range where {
		low[d] = w.Detach().Floor()
		weights[d] = cubicTaps(w.Sub(low[d]))
	}
	for i := range 4 {
		y := s.inside(low[0].AddScalar(float64(i-1)), 0)
		for j := range 4 {
			x := s.inside(low[1].AddScalar(float64(j-1)), 1)
			part := s.read([]*Tensor{y, x}).Mul(weights[0][i].Mul(weights[1][j]).Unsqueeze(1))
			if sum == nil {
				sum = part
			} else {
				sum = sum.Add(part)
			}
		}
	}
	return sum
}

// cubicTaps are those of the pixels at -1, 0, 1 and 2 from a position t of
// [0, 1): Keys' convolution with a = -¾.
func cubicTaps(t *Tensor) [4]*Tensor {
	const a = -0.75
	near := func(x *Tensor) *Tensor { // |x| ≤ 1
		return x.MulScalar(a + 2).SubScalar(a + 3).Mul(x).Mul(x).AddScalar(1)
	}
	far := func(x *Tensor) *Tensor { // 1 < |x| < 2
		return x.MulScalar(a).SubScalar(5 * a).Mul(x).AddScalar(8 * a).Mul(x).SubScalar(4 * a)
	}
	rest := t.Neg().AddScalar(1)
	return [4]*Tensor{far(t.AddScalar(1)), near(t), near(rest), far(rest.AddScalar(1))}
}

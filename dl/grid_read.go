package dl

import (
	"math"

	"descent/dl/internal/par"
)

// gridReader reads images at places, linearly, in one pass; sampler is what it
// computes, made of other operations.
type gridReader struct {
	o                  GridSampleOptions
	n, c, h, w, points int
}

// gridPoint is where one point of a grid reads: weights fx and fy of the pixel
// to the right of x and of the one below y, and what a step of the grid moves.
type gridPoint[T float32 | float64] struct {
	x, y   int32
	fx, fy T
	dx, dy T
	w      [4]T // of the pixels at (x, y), right of it, below it, and right of that
	at     int  // the first of them in a plane, where all four are in the image, else -1
}

func readGrid(x, grid *Tensor, o GridSampleOptions) *Tensor {
	r := &gridReader{o: o, n: x.shape[0], c: x.shape[1], h: x.shape[2], w: x.shape[3], points: grid.shape[1] * grid.shape[2]}
	out := blank(x.dtype, []int{r.n, r.c, grid.shape[1], grid.shape[2]})
	if x.dtype == Float32 {
		gridForward(r, out.f32(), x.dense().f32(), grid.dense().f32())
	} else {
		gridForward(r, span[float64](out), span[float64](x.dense()), span[float64](grid.dense()))
	}
	if c := record(out, "grid_sample", gridBackward, x, grid); c != nil {
		c.Save(x, grid)
		c.Data = r
	}
	return out
}

// locate turns the points of image i into places.
func locate[T float32 | float64](r *gridReader, grid []T, i int) []gridPoint[T] {
	at := make([]gridPoint[T], r.points)
	src := grid[i*r.points*2:][:r.points*2]
	for k := range at {
		p := &at[k]
		px, dx := pixelOf(src[2*k], r.w, r.o)
		py, dy := pixelOf(src[2*k+1], r.h, r.o)
		x0, y0 := T(math.Floor(float64(px))), T(math.Floor(float64(py)))
		p.fx, p.fy, p.dx, p.dy = px-x0, py-y0, dx, dy
		// Far outside, or NaN: nowhere near the image either.
		p.x, p.y = wholePlace(x0), wholePlace(y0)
		p.at = -1
		if p.x >= 0 && p.y >= 0 && int(p.x) < r.w-1 && int(p.y) < r.h-1 {
			p.at = int(p.y)*r.w + int(p.x)
		}
		gx, gy := 1-p.fx, 1-p.fy
		p.w = [4]T{gx * gy, p.fx * gy, gx * p.fy, p.fx * p.fy}
	}
	return at
}

func wholePlace[T float32 | float64](v T) int32 {
	if v >= -2 && v < 1<<30 {
		return int32(v)
	}
	return -2
}

// pixelOf turns a coordinate from -1 to 1 into a position among n pixels, and
// returns how fast it moves with the coordinate.
func pixelOf[T float32 | float64](g T, n int, o GridSampleOptions) (p, slope T) {
	size, last := T(n), T(n-1)
	if o.AlignCorners {
		slope = last / 2
		p = (g + 1) * slope
	} else {
		slope = size / 2
		p = (T((g+1)*size) - 1) * 0.5 // the conversion keeps arm64 from fusing: rounded as by sampler
	}
	switch o.Padding {
	case GridReflect:
		low, span := T(-0.5), size
		if o.AlignCorners {
			low, span = 0, last
		}
		if span == 0 {
			return p * 0, 0
		}
		a := p - low
		if a < 0 {
			a, slope = -a, -slope
		} else if a == 0 {
			slope = 0
		}
		flips := T(math.Floor(float64(a / span)))
		rest := a - T(flips*span)
		if half := flips * 0.5; flips-T(2*T(math.Floor(float64(half)))) == 1 {
			rest, slope = span-rest, -slope
		}
		p = rest + low
		fallthrough
	case GridBorder:
		if p <= 0 || p >= last {
			p, slope = max(min(p, last), 0), 0
		}
	}
	return p, slope
}

// inside reports whether there is a pixel at (x, y).
func (r *gridReader) inside(x, y int32) bool {
	return x >= 0 && y >= 0 && int(x) < r.w && int(y) < r.h
}

// pixel is that of a plane at (x, y), 0 outside.
func pixel[T float32 | float64](r *gridReader, plane []T, x, y int32) T {
	if !r.inside(x, y) {
		return 0
	}
	return plane[int(y)*r.w+int(x)]
}

// corners reads the four pixels around a point.
func corners[T float32 | float64](r *gridReader, plane []T, p *gridPoint[T]) (a, b, c, d T) {
	if i := p.at; i >= 0 {
		up, down := plane[i:i+2], plane[i+r.w:i+r.w+2]
		return up[0], up[1], down[0], down[1]
	}
	return pixel(r, plane, p.x, p.y), pixel(r, plane, p.x+1, p.y), pixel(r, plane, p.x, p.y+1), pixel(r, plane, p.x+1, p.y+1)
}

func gridForward[T float32 | float64](r *gridReader, out, x, grid []T) {
	size := r.h * r.w
	for i := range r.n {
		at := locate(r, grid, i)
		par.For(r.c, max(1, grain/(4*max(1, r.points))), func(lo, hi int) {
			for j := i*r.c + lo; j < i*r.c+hi; j++ {
				plane, dst := x[j*size:][:size], out[j*r.points:][:r.points]
				for k := range dst {
					p := &at[k]
					if i := p.at; i >= 0 {
						up, down := (*[2]T)(plane[i:]), (*[2]T)(plane[i+r.w:])
						dst[k] = up[0]*p.w[0] + up[1]*p.w[1] + down[0]*p.w[2] + down[1]*p.w[3]
						continue
					}
					a, b, c, d := corners(r, plane, p)
					dst[k] = a*p.w[0] + b*p.w[1] + c*p.w[2] + d*p.w[3]
				}
			}
		})
	}
}

func gridBackward(c *Context, g *Tensor) []*Tensor {
	x, grid := c.Saved(0), c.Saved(1)
	r := c.Data.(*gridReader)
	if GradEnabled() {
		return again(c, g, func(in []*Tensor) *Tensor { return sampleGrid(in[0], in[1], r.o) }, x, grid)
	}
	var dx, dg *Tensor
	if c.Needs(0) {
		dx = empty(x.dtype, x.shape)
	}
	if c.Needs(1) {
		dg = empty(grid.dtype, grid.shape)
	}
	if x.dtype == Float32 {
		gridGrad(r, flat32(dx), flat32(dg), g.dense().f32(), x.dense().f32(), grid.dense().f32())
	} else {
		gridGrad(r, flat64(dx), flat64(dg), span[float64](g.dense()), span[float64](x.dense()), span[float64](grid.dense()))
	}
	return c.gives(dx, dg)
}

// gridGrad adds up the gradients of the images and of the grid, where wanted.
func gridGrad[T float32 | float64](r *gridReader, dx, dg, g, x, grid []T) {
	size := r.h * r.w
	for i := range r.n {
		at := locate(r, grid, i)
		if dx != nil {
			par.For(r.c, max(1, grain/(4*max(1, r.points))), func(lo, hi int) {
				for j := i*r.c + lo; j < i*r.c+hi; j++ {
					spreadPoints(r, dx[j*size:][:size], g[j*r.points:][:r.points], at)
				}
			})
		}
		if dg != nil {
			par.For(r.points, max(1, grain/(4*r.c)), func(lo, hi int) {
				for j := i * r.c; j < (i+1)*r.c; j++ {
					plane, from := x[j*size:][:size], g[j*r.points:][:r.points]
					for k := lo; k < hi; k++ {
						p := &at[k]
						a, b, c, d := corners(r, plane, p)
						to := dg[(i*r.points+k)*2:][:2]
						to[0] += from[k] * ((b-a)*(1-p.fy) + (d-c)*p.fy) * p.dx
						to[1] += from[k] * ((c-a)*(1-p.fx) + (d-b)*p.fx) * p.dy
					}
				}
			})
		}
	}
}

// spreadPoints gives the pixels of a plane what the points took of them.
func spreadPoints[T float32 | float64](r *gridReader, plane, g []T, at []gridPoint[T]) {
	for k, v := range g {
		p := &at[k]
		if i := p.at; i >= 0 {
			up, down := plane[i:i+2], plane[i+r.w:i+r.w+2]
			up[0] += v * p.w[0]
			up[1] += v * p.w[1]
			down[0] += v * p.w[2]
			down[1] += v * p.w[3]
			continue
		}
		for corner, weight := range p.w {
			if x, y := p.x+int32(corner&1), p.y+int32(corner>>1); r.inside(x, y) {
				plane[int(y)*r.w+int(x)] += v * weight
			}
		}
	}
}

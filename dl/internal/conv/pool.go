package conv

import (
	"fmt"
	"math"

	"descent/dl/internal/par"
	"descent/dl/internal/pool"
	"descent/dl/internal/simd"
)

// PoolShape describes pooling. Zero strides mean the size of the window,
// zero dilations one.
type PoolShape struct {
	N, C, H, W       int
	KH, KW           int
	StrideH, StrideW int
	PadH, PadW       int
	DilH, DilW       int  // max pooling only
	CeilMode         bool // a last window may reach over the edge
	// CountPad makes average pooling divide by the whole window, padding
	// included (PyTorch's count_include_pad).
	CountPad bool
}

func (s PoolShape) norm() PoolShape {
	if s.StrideH == 0 {
		s.StrideH = s.KH
	}
	if s.StrideW == 0 {
		s.StrideW = s.KW
	}
	s.StrideH, s.StrideW = max(s.StrideH, 1), max(s.StrideW, 1)
	s.DilH, s.DilW = max(s.DilH, 1), max(s.DilW, 1)
	return s
}

// Out returns the height and width of the output.
func (s PoolShape) Out() (oh, ow int) {
	s = s.norm()
	return poolSize(s.H, s.KH, s.StrideH, s.PadH, s.DilH, s.CeilMode), poolSize(s.W, s.KW, s.StrideW, s.PadW, s.DilW, s.CeilMode)
}

func poolSize(n, k, stride, pad, dil int, ceil bool) int {
	over := n + 2*pad - dil*(k-1) - 1
	if over < 0 {
		return 0
	}
	out := over/stride + 1
	// A window that ceil mode adds must begin inside the image or its left
	// padding.
	if ceil && over%stride != 0 && out*stride < n+pad {
		out++
	}
	return out
}

// Validate says what is wrong with the shape.
func (s PoolShape) Validate() error {
	switch oh, ow := s.Out(); {
	case s.N < 0 || s.C <= 0 || s.H <= 0 || s.W <= 0 || s.KH <= 0 || s.KW <= 0:
		return fmt.Errorf("conv: sizes must be positive: %+v", s)
	case s.StrideH < 0 || s.StrideW < 0 || s.DilH < 0 || s.DilW < 0 || s.PadH < 0 || s.PadW < 0:
		return fmt.Errorf("conv: negative stride, padding or dilation: %+v", s)
	case 2*s.PadH > s.KH || 2*s.PadW > s.KW:
		return fmt.Errorf("conv: padding %d×%d is more than half of the window %d×%d", s.PadH, s.PadW, s.KH, s.KW)
	case oh == 0 || ow == 0:
		return fmt.Errorf("conv: a window of %d×%d does not fit in %d×%d", s.KH, s.KW, s.H, s.W)
	}
	return nil
}

func (s PoolShape) check(x, y int, arg []int32) (t PoolShape, oh, ow int) {
	if err := s.Validate(); err != nil {
		panic(err)
	}
	t = s.norm()
	oh, ow = s.Out()
	if n := s.N * s.C * s.H * s.W; x < n {
		panic(fmt.Sprintf("conv: input has %d elements, want %d", x, n))
	}
	n := s.N * s.C * oh * ow
	if y < n {
		panic(fmt.Sprintf("conv: output has %d elements, want %d", y, n))
	}
	if arg != nil && len(arg) < n {
		panic(fmt.Sprintf("conv: argmax has %d elements, want %d", len(arg), n))
	}
	return t, oh, ow
}

// span returns the taps [lo, hi) of a window at start that lie in [0, n).
func span(start, k, dil, n int) (lo, hi int) {
	if start < 0 {
		lo = (-start + dil - 1) / dil
	}
	hi = k
	if m := n - start; m < (k-1)*dil+1 {
		hi = (m + dil - 1) / dil
	}
	return lo, hi
}

// planeGrain is how many planes make a chunk of a loop over planes.
func planeGrain(work int) int { return 1 + (1<<14)/(1+work) }

// MaxPoolForward sets y to the largest element of each window and arg, unless
// it is nil, to where that is: its index within the H·W plane, as PyTorch's
// return_indices. Of equal elements the first counts; NaN counts as largest.
func MaxPoolForward(s PoolShape, x, y []float32, arg []int32) {
	s, oh, ow := s.check(len(x), len(y), arg)
	plane, out := s.H*s.W, oh*ow
	// The common cases, windows of 2×2 and of 1×2, have vector code, which
	// wants room for indices. In a window of one row, that row stands for both.
	byTwo := s.KW == 2 && s.StrideW == 2 && s.PadH == 0 && s.PadW == 0 && s.DilW == 1 && 2*ow <= s.W &&
		(s.KH == 1 || s.KH == 2 && s.DilH == 1) && (oh-1)*s.StrideH+s.KH <= s.H
	below := (s.KH - 1) * s.W // from the first row of a window to its last
	par.For(s.N*s.C, planeGrain(out*s.KH*s.KW), func(lo, hi int) {
		var room []int32
		if byTwo && arg == nil {
			room = pool.Int32s(out)
			defer pool.PutInt32s(room)
		}
		for c := lo; c < hi; c++ {
			a := room
			if arg != nil {
				a = arg[c*out:][:out]
			}
			in, o := x[c*plane:][:plane], y[c*out:][:out]
			if !byTwo {
				s.maxPlane(in, o, a, oh, ow)
				continue
			}
			for i := range oh {
				r := i * s.StrideH * s.W
				simd.MaxPool2x2(o[i*ow:][:ow], a[i*ow:], in[r:], in[r+below:], r, below)
			}
		}
	})
}

func (s *PoolShape) maxPlane(x, y []float32, arg []int32, oh, ow int) {
	o := 0
	for i := range oh {
		h0 := i*s.StrideH - s.PadH
		klo, khi := span(h0, s.KH, s.DilH, s.H)
		for j := range ow {
			w0 := j*s.StrideW - s.PadW
			llo, lhi := span(w0, s.KW, s.DilW, s.W)
			best, at := float32(math.Inf(-1)), -1
			for k := klo; k < khi; k++ {
				row := (h0 + k*s.DilH) * s.W
				for l := llo; l < lhi; l++ {
					q := row + w0 + l*s.DilW
					if v := x[q]; v > best || v != v || at < 0 {
						best, at = v, q
					}
				}
			}
			y[o] = best
			if arg != nil {
				arg[o] = int32(at)
			}
			o++
		}
	}
}

// MaxPoolBackward sets dx to the gradient of the input: each element of dy
// goes to where arg says.
func MaxPoolBackward(s PoolShape, dy []float32, arg []int32, dx []float32) {
	s, oh, ow := s.check(len(dx), len(dy), arg)
	plane, out := s.H*s.W, oh*ow
	par.For(s.N*s.C, planeGrain(out+plane), func(lo, hi int) {
		for c := lo; c < hi; c++ {
			d := dx[c*plane:][:plane]
			clear(d)
			a := arg[c*out:][:out]
			for i, v := range dy[c*out:][:out] {
				d[a[i]] += v
			}
		}
	})
}

// AvgPoolForward sets y to the mean of each window.
func AvgPoolForward(s PoolShape, x, y []float32) {
	s, oh, ow := s.check(len(x), len(y), nil)
	plane, out := s.H*s.W, oh*ow
	par.For(s.N*s.C, planeGrain(out*s.KH*s.KW), func(lo, hi int) {
		for c := lo; c < hi; c++ {
			in, o := x[c*plane:][:plane], y[c*out:][:out]
			if s.simple(oh, ow) {
				s.avgPlane(in, o, oh, ow)
				continue
			}
			s.windows(oh, ow, func(i, h0, h1, w0, w1 int, scale float32) {
				sum := float32(0)
				for h := h0; h < h1; h++ {
					for _, v := range in[h*s.W+w0 : h*s.W+w1] {
						sum += v
					}
				}
				o[i] = sum * scale
			})
		}
	})
}

// simple reports whether all windows lie in the image.
func (s *PoolShape) simple(oh, ow int) bool {
	return s.PadH == 0 && s.PadW == 0 && (oh-1)*s.StrideH+s.KH <= s.H && (ow-1)*s.StrideW+s.KW <= s.W
}

// avgPlane pools a plane whose windows all lie in it: rows of windows are
// added up first, then neighbours.
func (s *PoolShape) avgPlane(x, y []float32, oh, ow int) {
	sum := pool.Float32s(s.W)
	defer pool.Put(sum)
	scale := 1 / float32(s.KH*s.KW)
	for i := range oh {
		top := x[i*s.StrideH*s.W:]
		row := top[:s.W]
		for k := 1; k < s.KH; k++ {
			simd.Add(sum, row, top[k*s.W:][:s.W])
			row = sum
		}
		out := y[i*ow:][:ow]
		if s.KW == 2 && s.StrideW == 2 {
			for j := range out {
				out[j] = (row[2*j] + row[2*j+1]) * scale
			}
			continue
		}
		for j := range out {
			v := float32(0)
			for _, w := range row[j*s.StrideW:][:s.KW] {
				v += w
			}
			out[j] = v * scale
		}
	}
}

// AvgPoolBackward sets dx to the gradient of the input.
func AvgPoolBackward(s PoolShape, dy, dx []float32) {
	s, oh, ow := s.check(len(dx), len(dy), nil)
	plane, out := s.H*s.W, oh*ow
	par.For(s.N*s.C, planeGrain(out*s.KH*s.KW), func(lo, hi int) {
		for c := lo; c < hi; c++ {
			in, o := dx[c*plane:][:plane], dy[c*out:][:out]
			clear(in)
			s.windows(oh, ow, func(i, h0, h1, w0, w1 int, scale float32) {
				g := o[i] * scale
				for h := h0; h < h1; h++ {
					row := in[h*s.W+w0 : h*s.W+w1]
					for l := range row {
						row[l] += g
					}
				}
			})
		}
	})
}

// windows calls f with the part of each window that lies in the image and
// one over its divisor.
func (s *PoolShape) windows(oh, ow int, f func(i, h0, h1, w0, w1 int, scale float32)) {
	for i := range oh {
		h0 := i*s.StrideH - s.PadH
		h1 := min(h0+s.KH, s.H+s.PadH)
		for j := range ow {
			w0 := j*s.StrideW - s.PadW
			w1 := min(w0+s.KW, s.W+s.PadW)
			size := (h1 - h0) * (w1 - w0)
			a, b, c, d := max(h0, 0), min(h1, s.H), max(w0, 0), min(w1, s.W)
			if !s.CountPad {
				size = (b - a) * (d - c)
			}
			f(i*ow+j, a, b, c, d, 1/float32(size))
		}
	}
}

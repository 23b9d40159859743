package dl

import (
	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// fold describes a contiguous array as outer × reduced × inner: the reduction
// runs over the middle.
type fold struct{ outer, reduced, inner int }

// folded returns t laid out for a reduction over the marked dimensions and the
// shape of the result without them. Data that lie in memory as one of the
// forms "outer × reduced × inner" are used as they are, others are copied with
// the reduced dimensions last.
func (t *Tensor) folded(set []bool) (*Tensor, fold, []int) {
	kept := make([]int, 0, len(t.shape))
	f := fold{1, 1, 1}
	runs, in := 0, false // runs of reduced dimensions, dimensions of length 1 aside
	for i, n := range t.shape {
		if !set[i] {
			kept = append(kept, n)
		}
		if n == 1 {
			continue
		}
		switch {
		case set[i]:
			f.reduced *= n
			if !in {
				runs++
			}
			in = true
		case runs == 0:
			f.outer *= n
		default:
			f.inner *= n
			in = false
		}
	}
	if runs <= 1 && t.IsContiguous() {
		return t, f, kept
	}
	// Reduced dimensions last.
	p := t.alias(t.shape, t.strides, t.offset)
	k := 0
	for pass := range 2 {
		for i, n := range t.shape {
			if set[i] == (pass == 1) {
				p.shape[k], p.strides[k] = n, t.strides[i]
				k++
			}
		}
	}
	return p.dense(), fold{numel(kept), f.reduced, 1}, kept
}

// keepDims returns t's shape with the marked dimensions set to 1.
func (t *Tensor) keepDims(set []bool) []int {
	shape := t.Shape()
	for i := range shape {
		if set[i] {
			shape[i] = 1
		}
	}
	return shape
}

// sumBlock bounds how many rows are added up one by one in float32 before the
// result joins a wider sum, which keeps the rounding error of long columns low.
const sumBlock = 128

// sumFolded fills out with the sums over the middle of f.
func sumFolded(out, t *Tensor, f fold) {
	if out.n == 0 || t.n == 0 {
		return
	}
	switch t.dtype {
	case Float32:
		dst, src := out.store.f32, t.f32()
		switch {
		case f.inner == 1 && f.outer == 1:
			dst[0] = sumAll(src)
		case f.inner == 1:
			r := f.reduced
			par.For(f.outer, max(1, grain/r), func(lo, hi int) {
				for i := lo; i < hi; i++ {
					dst[i] = simd.Sum(src[i*r : i*r+r])
				}
			})
		default:
			sumColumns(dst, src, f)
		}
	case Float64:
		sumPlain[float64, float64](out, t, f)
	case Int64:
		sumPlain[int64, int64](out, t, f)
	case Int32:
		sumPlain[int64, int32](out, t, f)
	default:
		sumPlain[int64, uint8](out, t, f)
	}
}

// sumAll adds up in pieces of fixed length, whatever the number of processors.
func sumAll(src []float32) float32 {
	if len(src) <= grain {
		return simd.Sum(src)
	}
	parts := make([]float64, (len(src)+grain-1)/grain)
	par.For(len(parts), 1, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			parts[i] = simd.Sum64(src[i*grain : min(len(src), (i+1)*grain)])
		}
	})
	s := 0.0
	for _, p := range parts {
		s += p
	}
	return float32(s)
}

// sumColumns adds rows onto each other. Work is shared out by columns and
// outer entries only, so that the order of summation is always the same.
func sumColumns(dst, src []float32, f fold) {
	const strip = 512
	strips := (f.inner + strip - 1) / strip
	par.For(f.outer*strips, max(1, grain/(f.reduced*min(f.inner, strip))), func(lo, hi int) {
		var part [strip]float32
		for u := lo; u < hi; u++ {
			o, c0 := u/strips, u%strips*strip
			n := min(strip, f.inner-c0)
			d := dst[o*f.inner+c0:][:n]
			row := src[o*f.reduced*f.inner+c0:]
			for r0 := 0; r0 < f.reduced; r0 += sumBlock {
				acc := d
				if r0 > 0 {
					acc = part[:n]
				}
				copy(acc, row[r0*f.inner:][:n])
				for r := r0 + 1; r < min(r0+sumBlock, f.reduced); r++ {
					simd.Add(acc, acc, row[r*f.inner:][:n])
				}
				if r0 > 0 {
					simd.Add(d, d, acc)
				}
			}
		}
	})
}

func sumPlain[A float64 | int64, T number](out, t *Tensor, f fold) {
	dst, src := slice[A](out.store), span[T](t)
	for o := range f.outer {
		for r := range f.reduced {
			row := src[(o*f.reduced+r)*f.inner:][:f.inner]
			d := dst[o*f.inner:][:f.inner]
			for i, v := range row {
				d[i] += A(v)
			}
		}
	}
}

// sumOver adds up over the marked dimensions, without recording.
func (t *Tensor) sumOver(set []bool) *Tensor {
	needCompute("sum", t)
	dt := t.dtype
	if !dt.IsFloat() {
		dt = Int64
	}
	x, f, kept := t.folded(set)
	out := empty(dt, kept)
	sumFolded(out, x, f)
	return out
}

// Sum adds up over the given dimensions, over all of them when none is given.
// Integers and booleans add up to int64. PyTorch: torch.sum.
func (t *Tensor) Sum(dims ...int) *Tensor {
	var buf [8]bool
	set := t.axes("sum", dims, buf[:0])
	out := t.sumOver(set)
	if c := record(out, "sum", sumBackward, t); c != nil {
		c.shape = t.Shape()
		c.Data = t.keepDims(set)
	}
	return out
}

func sumBackward(c *Context, g *Tensor) []*Tensor {
	if kept := c.Data.([]int); len(kept) != len(g.shape) {
		g = g.Reshape(kept...)
	}
	return c.gives(g.stretchTo(c.shape))
}

// SumKeep is Sum that keeps the dimensions with length 1.
// PyTorch: torch.sum(keepdim=True).
func (t *Tensor) SumKeep(dims ...int) *Tensor {
	var buf [8]bool
	return t.Sum(dims...).Reshape(t.keepDims(t.axes("sum", dims, buf[:0]))...)
}

// count returns how many elements a reduction over set joins.
func (t *Tensor) count(set []bool) int {
	n := 1
	for i, d := range t.shape {
		if set[i] {
			n *= d
		}
	}
	return n
}

// Mean returns the average over the given dimensions, over all when none is
// given. PyTorch: torch.mean.
func (t *Tensor) Mean(dims ...int) *Tensor {
	needFloat("mean", t)
	var buf [8]bool
	n := t.count(t.axes("mean", dims, buf[:0]))
	return t.Sum(dims...).DivScalar(float64(n))
}

// MeanKeep is Mean that keeps the dimensions with length 1.
// PyTorch: torch.mean(keepdim=True).
func (t *Tensor) MeanKeep(dims ...int) *Tensor {
	var buf [8]bool
	return t.Mean(dims...).Reshape(t.keepDims(t.axes("mean", dims, buf[:0]))...)
}

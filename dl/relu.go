package dl

import (
	"descent/dl/internal/simd"
	"descent/dl/internal/strided"
)

func reluRow[T number](dst, a []T) {
	for i, v := range a {
		if v < 0 {
			v = 0
		}
		dst[i] = v
	}
}

func reluGradRow(dst, g, y []float64) {
	for i := range dst {
		dst[i] = 0
		if !(y[i] <= 0) { // NaN passes
			dst[i] = g[i]
		}
	}
}

var reluKernel = &unaryKernel{name: "relu", f32: simd.ReLU, past: simd.StreamReLU, f64: reluRow[float64], i64: reluRow[int64], i32: reluRow[int32], u8: reluRow[uint8]}

// ReLU returns max(t, 0). PyTorch: torch.relu.
func (t *Tensor) ReLU() *Tensor {
	out := reluKernel.compute(t)
	if c := record(out, "relu", reluBackward, t); c != nil {
		c.Save(out)
	}
	return out
}

func reluBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(passWhere(g, c.Saved(0)))
}

// passWhere is g where y is positive and 0 elsewhere. It is linear in g and
// its own backward.
func passWhere(g, y *Tensor) *Tensor {
	out := blank(g.dtype, g.shape)
	if out.n > 0 {
		if g.dtype == Float32 {
			strided.Map2(out.store.f32, out.shape, slice[float32](g.store)[g.offset:], g.strides, slice[float32](y.store)[y.offset:], y.strides, simd.ReLUGrad)
		} else {
			runBinary(out, g, y, reluGradRow)
		}
	}
	if c := record(out, "relu backward", passWhereBackward, g); c != nil {
		c.Save(y)
	}
	return out
}

func passWhereBackward(c *Context, g *Tensor) []*Tensor {
	return c.gives(passWhere(g, c.Saved(0)))
}

package dl

import (
	"descent/dl/internal/par"
	"descent/dl/internal/simd"
	"descent/dl/internal/strided"
)

// Contiguous returns t itself when its elements lie in row-major order, else a
// copy that does. PyTorch: Tensor.contiguous.
func (t *Tensor) Contiguous() *Tensor {
	if t.IsContiguous() {
		return t
	}
	return t.Clone()
}

// Clone returns a contiguous copy. Gradients flow through it.
// PyTorch: Tensor.clone.
func (t *Tensor) Clone() *Tensor {
	out := t.copied()
	record(out, "clone", cloneBackward, t)
	return out
}

func cloneBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g) }

// copied is a contiguous copy without history.
func (t *Tensor) copied() *Tensor {
	out := blank(t.dtype, t.shape)
	if out.store.stream && t.IsContiguous() {
		dst, src := out.store.f32, t.f32()
		par.For(out.n, grain, func(lo, hi int) { simd.StreamCopy(dst[lo:hi], src[lo:hi]) })
	} else {
		gather(out, t)
	}
	return out
}

// dense returns the elements in row-major order without history: t's own
// memory when it is contiguous, else a copy.
func (t *Tensor) dense() *Tensor {
	if t.IsContiguous() {
		return t
	}
	return t.copied()
}

// gather copies src into the contiguous dst of the same type and size.
func gather(dst, src *Tensor) {
	switch dst.dtype {
	case Float32:
		gatherAs[float32](dst, src)
	case Float64:
		gatherAs[float64](dst, src)
	case Int64:
		gatherAs[int64](dst, src)
	case Int32:
		gatherAs[int32](dst, src)
	case Uint8, Bool:
		gatherAs[uint8](dst, src)
	default:
		gatherAs[uint16](dst, src)
	}
}

func gatherAs[T element](dst, src *Tensor) {
	if dst.n == 0 {
		return
	}
	strided.Gather(span[T](dst), src.shape, slice[T](src.store)[src.offset:], src.strides)
}

// scatter copies src into dst of the same type and shape, both in any layout.
func scatter(dst, src *Tensor) {
	switch dst.dtype {
	case Float32:
		scatterAs[float32](dst, src)
	case Float64:
		scatterAs[float64](dst, src)
	case Int64:
		scatterAs[int64](dst, src)
	case Int32:
		scatterAs[int32](dst, src)
	case Uint8, Bool:
		scatterAs[uint8](dst, src)
	default:
		scatterAs[uint16](dst, src)
	}
}

func scatterAs[T element](dst, src *Tensor) {
	if dst.n == 0 {
		return
	}
	strided.Copy(dst.shape, slice[T](dst.store), dst.offset, dst.strides, slice[T](src.store), src.offset, src.strides)
}

package dl

import "descent/dl/internal/recycle"

// Tensor is an n-dimensional array of numbers of one type that can remember
// how it was computed. Several tensors may share memory: views such as Narrow
// and Transpose do not copy.
//
// Operations return new tensors and never change their operands, except those
// whose names end in InPlace, SetAt, Fill, Zero and CopyFrom. A tensor may be
// read by several goroutines at once.
//
// PyTorch: torch.Tensor.
type Tensor struct {
	store   *storage
	shape   []int
	strides []int
	offset  int // index of the first element in store
	n       int // number of elements
	dtype   DType
	param   bool
	out     int32    // which output of node this is
	node    *Context // what computed it, or for a leaf that requires grad, its accumulator
	grad    *Tensor
	dims    [2 * inlineDims]int // backing of shape and strides for up to inlineDims dimensions
}

const inlineDims = 4

// setShape copies shape into t and gives it row-major strides.
func (t *Tensor) setShape(shape []int) {
	t.alloc(len(shape))
	n := 1
	for i := len(shape) - 1; i >= 0; i-- {
		t.shape[i] = shape[i]
		t.strides[i] = n
		n *= shape[i]
	}
	t.n = n
	if n == 0 { // row-major strides of an empty tensor: as if zero lengths were one
		s := 1
		for i := len(shape) - 1; i >= 0; i-- {
			t.strides[i] = s
			s *= max(shape[i], 1)
		}
	}
}

// alloc makes room for nd dimensions.
func (t *Tensor) alloc(nd int) {
	if nd <= inlineDims {
		t.shape = t.dims[:nd:nd]
		t.strides = t.dims[inlineDims : inlineDims+nd : inlineDims+nd]
		return
	}
	d := make([]int, 2*nd)
	t.shape, t.strides = d[:nd:nd], d[nd:]
}

// empty makes a contiguous tensor of zeros; shape must be valid.
func empty(dt DType, shape []int) *Tensor {
	t := &Tensor{dtype: dt}
	t.setShape(shape)
	t.store = newStorage(dt, t.n)
	return t
}

// blank is empty for results that are written in full: the elements of a large
// float32 tensor are not specified and its memory is recycled.
func blank(dt DType, shape []int) *Tensor {
	if dt != Float32 {
		return empty(dt, shape)
	}
	t := &Tensor{dtype: dt}
	t.setShape(shape)
	buf, stream := recycle.Results(t.n)
	t.store = &storage{f32: buf, pooled: true, stream: stream, birth: clock.Load()}
	return t
}

// blankPlaces is blank for int64.
func blankPlaces(shape []int) *Tensor {
	t := &Tensor{dtype: Int64}
	t.setShape(shape)
	t.store = &storage{ext: recycle.Int64s(t.n), pooled: true, birth: clock.Load()}
	return t
}

// alias makes a tensor on t's memory with the given layout and no history.
func (t *Tensor) alias(shape, strides []int, offset int) *Tensor {
	v := &Tensor{store: t.store, offset: offset, dtype: t.dtype}
	v.alloc(len(shape))
	copy(v.shape, shape)
	copy(v.strides, strides)
	v.n = numel(shape)
	return v
}

// Shape returns the length of every dimension, empty for a scalar. The slice
// is a copy. PyTorch: Tensor.shape.
func (t *Tensor) Shape() []int { return append(make([]int, 0, len(t.shape)), t.shape...) }

// Strides returns, for every dimension, how many elements apart neighbours lie
// in memory. PyTorch: Tensor.stride.
func (t *Tensor) Strides() []int { return append(make([]int, 0, len(t.strides)), t.strides...) }

// Dim returns the number of dimensions. PyTorch: Tensor.dim, Tensor.ndim.
func (t *Tensor) Dim() int { return len(t.shape) }

// Size returns the length of dimension d; negative d counts from the end.
// PyTorch: Tensor.size(d).
func (t *Tensor) Size(d int) int { return t.shape[t.axis("size", d)] }

// Numel returns the number of elements. PyTorch: Tensor.numel.
func (t *Tensor) Numel() int { return t.n }

// DType returns the type of the elements. PyTorch: Tensor.dtype.
func (t *Tensor) DType() DType { return t.dtype }

// IsContiguous reports whether the elements lie in memory in row-major order
// without gaps. PyTorch: Tensor.is_contiguous.
func (t *Tensor) IsContiguous() bool {
	want := 1
	for i := len(t.shape) - 1; i >= 0; i-- {
		if t.shape[i] == 1 {
			continue
		}
		if t.strides[i] != want {
			return t.n == 0
		}
		want *= t.shape[i]
	}
	return true
}

// BumpVersion records that the elements were changed from outside, as by
// writing into the slice that Float32s returned. Backward passes that still
// need the old values then say so instead of computing a wrong gradient.
// PyTorch: torch.autograd.graph.increment_version.
func (t *Tensor) BumpVersion() { t.store.version.Add(1) }

// Version counts the in-place changes of the tensor's memory.
// PyTorch: Tensor._version.
func (t *Tensor) Version() int { return int(t.store.version.Load()) }

// SharesMemory reports whether t and o are views of the same memory.
func (t *Tensor) SharesMemory(o *Tensor) bool { return t.store == o.store }

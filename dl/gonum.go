package dl

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// FromMatrix returns a float64 tensor of a gonum matrix, of shape [rows, columns]; a
// vector becomes one column. The memory of a mat.Dense, a mat.VecDense and the
// transpose of one is shared, not copied: writing to either changes both (call
// BumpVersion after writing through gonum). Any other matrix is copied.
//
// PyTorch: torch.from_numpy.
func FromMatrix(m mat.Matrix) *Tensor {
	switch m := m.(type) {
	case nil:
		panic(&Error{Op: "from matrix", Got: "a nil matrix", Want: "a matrix"})
	case mat.Transpose:
		return FromMatrix(m.Matrix).T()
	case mat.TransposeVec:
		return FromMatrix(m.Vector).T()
	case mat.RawMatrixer:
		raw := m.RawMatrix()
		return onto(raw.Data, []int{raw.Rows, raw.Cols}, []int{raw.Stride, 1})
	case mat.RawVectorer:
		raw := m.RawVector()
		return onto(raw.Data, []int{raw.N, 1}, []int{raw.Inc, 1})
	}
	r, c := m.Dims()
	data := make([]float64, 0, r*c)
	for i := range r {
		for j := range c {
			data = append(data, m.At(i, j))
		}
	}
	return FromFloat64s(data, r, c)
}

// onto makes a float64 tensor of a layout on given memory.
func onto(data []float64, shape, strides []int) *Tensor {
	t := FromFloat64s(data).alias(shape, strides, 0)
	if t.n == 0 || t.IsContiguous() {
		t.setShape(shape) // the memory may be longer than the matrix
	}
	return t
}

// Matrix returns the matrix t, of two dimensions, for gonum. When t is float64 and
// neighbours in a row lie side by side in memory the matrix shares it: writing to
// either changes both (call BumpVersion after writing through gonum). Otherwise it
// is a copy. gonum has no matrix without rows or columns.
//
// PyTorch: Tensor.numpy.
func (t *Tensor) Matrix() *mat.Dense {
	if len(t.shape) != 2 {
		fail("matrix", "a tensor of shape "+shapeText(t.shape), "two dimensions", "reshape it, or use Vector for one dimension", t)
	}
	r, c := t.shape[0], t.shape[1]
	if t.n == 0 {
		fail("matrix", "a tensor of shape "+shapeText(t.shape)+", without elements", "at least one row and column", "", t)
	}
	if t.dtype != Float64 || c > 1 && t.strides[1] != 1 || r > 1 && t.strides[0] < c {
		return mat.NewDense(r, c, t.float64Copy())
	}
	stride := c
	if r > 1 {
		stride = t.strides[0]
	}
	var m mat.Dense
	raw := m.RawMatrix()
	raw.Rows, raw.Cols, raw.Stride = r, c, stride
	raw.Data = slice[float64](t.store)[t.offset : t.offset+(r-1)*stride+c]
	m.SetRawMatrix(raw)
	return &m
}

// Vector returns the vector t, of one dimension, for gonum, and shares memory when t
// is float64 as Matrix does.
//
// PyTorch: Tensor.numpy.
func (t *Tensor) Vector() *mat.VecDense {
	if len(t.shape) != 1 || t.n == 0 {
		fail("vector", "a tensor of shape "+shapeText(t.shape), "one dimension and at least one element",
			fmt.Sprintf("Flatten(0).Vector() makes one vector of all %d elements", t.n), t)
	}
	if t.dtype != Float64 || t.n > 1 && t.strides[0] < 1 {
		return mat.NewVecDense(t.n, t.float64Copy())
	}
	var v mat.VecDense
	raw := v.RawVector()
	raw.N, raw.Inc = t.n, max(t.strides[0], 1)
	raw.Data = slice[float64](t.store)[t.offset : t.offset+(t.n-1)*raw.Inc+1]
	v.SetRawVector(raw)
	return &v
}

// float64Copy returns the elements in row-major order in memory of their own.
func (t *Tensor) float64Copy() []float64 {
	return append([]float64(nil), t.Float64s()...)
}

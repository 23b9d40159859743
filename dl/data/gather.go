package data

import (
	"math"

	"descent/dl"
	"descent/dl/internal/par"
	"descent/dl/internal/recycle"
	"descent/dl/internal/simd"
)

// grainBytes is how much copying one worker should at least do: less is not
// worth waking another core.
const grainBytes = 256 << 10

// gather copies rows of t (its first dimension) into a new tensor, in the given
// order, normalised on the way if norm is not nil. Normalised rows are float32,
// except that float64 stays float64.
func gather(t *dl.Tensor, indices []int, norm *affine) *dl.Tensor {
	shape := t.Shape()
	shape[0] = len(indices)
	width := 1
	for _, d := range shape[1:] {
		width *= d
	}
	if norm != nil && t.DType() != dl.Float64 {
		switch t.DType() {
		case dl.Float32, dl.Uint8:
		default:
			t = t.To(dl.Float32)
		}
	}
	switch t.DType() {
	case dl.Float32:
		src, dst := t.Float32s(), recycle.Float32s(len(indices)*width)
		if norm == nil {
			copyRows(dst, src, indices, width, 4)
		} else {
			normRows(dst, src, indices, width, norm, simd.Affine)
		}
		return dl.FromFloat32s(dst, shape...)
	case dl.Uint8:
		src := t.Uint8s()
		if norm != nil {
			dst := recycle.Float32s(len(indices) * width)
			normRows(dst, src, indices, width, norm, simd.U8ToF32)
			return dl.FromFloat32s(dst, shape...)
		}
		dst := make([]uint8, len(indices)*width)
		copyRows(dst, src, indices, width, 1)
		return dl.FromUint8s(dst, shape...)
	case dl.Int64:
		src, dst := t.Int64s(), make([]int64, len(indices)*width)
		copyRows(dst, src, indices, width, 8)
		return dl.FromInt64s(dst, shape...)
	case dl.Float64:
		src, dst := t.Float64s(), make([]float64, len(indices)*width)
		if norm == nil {
			copyRows(dst, src, indices, width, 8)
		} else {
			normRows(dst, src, indices, width, norm, affine64)
		}
		return dl.FromFloat64s(dst, shape...)
	}
	index := make([]int64, len(indices))
	for k, i := range indices {
		index[k] = int64(i)
	}
	var out *dl.Tensor
	dl.NoGrad(func() { out = t.IndexSelect(0, dl.FromInt64s(index, len(index))) })
	return out
}

// copyRows copies rows of width elements of size bytes each.
func copyRows[T any](dst, src []T, indices []int, width, size int) {
	if width == 1 {
		for k, i := range indices {
			dst[k] = src[i]
		}
		return
	}
	if len(dst)*size < 2*grainBytes {
		for k, i := range indices {
			copy(dst[k*width:(k+1)*width], src[i*width:])
		}
		return
	}
	par.For(len(indices), grainBytes/(width*size)+1, func(lo, hi int) {
		for k := lo; k < hi; k++ {
			copy(dst[k*width:(k+1)*width], src[indices[k]*width:])
		}
	})
}

// normRows copies rows, each channel of a row through f with its own scale and shift.
func normRows[D float32 | float64, S any](dst []D, src []S, indices []int, width int, norm *affine, f func(dst []D, src []S, scale, shift D)) {
	channels := len(norm.scale)
	size := width / channels
	rows := func(lo, hi int) {
		for k := lo; k < hi; k++ {
			to, from := dst[k*width:(k+1)*width], src[indices[k]*width:(indices[k]+1)*width]
			for c := range channels {
				f(to[c*size:(c+1)*size], from[c*size:(c+1)*size], D(norm.scale[c]), D(norm.shift[c]))
			}
		}
	}
	if len(dst)*4 < 2*grainBytes {
		rows(0, len(indices))
		return
	}
	par.For(len(indices), grainBytes/(max(width, 1)*4)+1, rows)
}

func affine64(dst, src []float64, scale, shift float64) {
	for i, v := range src {
		dst[i] = v*scale + shift
	}
}

// meanStd returns the mean and the population's standard deviation of t. Each
// block is summed around its own mean and the blocks are merged in order, so
// that neither rounding nor the number of cores changes the result.
func meanStd(t *dl.Tensor) (mean, std float64) {
	if t.DType() != dl.Float32 {
		t = t.To(dl.Float32)
	}
	v := t.Float32s()
	const block = 1 << 16
	n := (len(v) + block - 1) / block
	means, squares := make([]float64, n), make([]float64, n)
	par.For(n, 4, func(lo, hi int) {
		for b := lo; b < hi; b++ {
			part := v[b*block : min((b+1)*block, len(v))]
			means[b] = simd.Sum64(part) / float64(len(part))
			squares[b] = simd.SumSquares(part, float32(means[b]))
		}
	})
	var count, m2 float64
	for b := range n {
		k := float64(min(block, len(v)-b*block))
		delta := means[b] - mean
		total := count + k
		m2 += squares[b] + delta*delta*count*k/total
		mean += delta * k / total
		count = total
	}
	return mean, math.Sqrt(m2 / count)
}

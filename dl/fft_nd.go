package dl

import (
	"fmt"
	"math"
)

// Dimensions of complex tensors are counted without the last one, of real and
// imaginary parts, as PyTorch counts those of a complex tensor: -1 is the one
// before it.

// complexAxes checks dimensions of a complex tensor; none means all.
func (t *Tensor) complexAxes(op string, dims []int) []int {
	needPairs(op, t)
	nd := len(t.shape) - 1
	if len(dims) == 0 {
		out := make([]int, nd)
		for i := range out {
			out[i] = i
		}
		return out
	}
	return axesOf(op, t, dims, nd)
}

// axesOf checks that dims are different dimensions of the first nd of t.
func axesOf(op string, t *Tensor, dims []int, nd int) []int {
	out := make([]int, len(dims))
	seen := map[int]bool{}
	for i, d := range dims {
		if d < 0 {
			d += nd
		}
		if d < 0 || d >= nd || seen[d] {
			fail(op, fmt.Sprintf("dimensions %v for a tensor of shape %s", dims, shapeText(t.shape)),
				fmt.Sprintf("different dimensions from %d to %d", -nd, nd-1), "", t)
		}
		seen[d], out[i] = true, d
	}
	return out
}

// along applies a transform of the last dimension but one along axis d.
func (t *Tensor) along(d int, f func(*Tensor) *Tensor) *Tensor {
	nd := len(t.shape)
	if d == nd-2 {
		return f(t)
	}
	return f(t.Transpose(d, nd-2)).Transpose(d, nd-2)
}

// FFTN transforms a complex tensor along dims, or all dimensions when none are
// given: [… × 2] → the same shape. Dimensions are counted without the last.
// PyTorch: torch.fft.fftn.
func (t *Tensor) FFTN(dims ...int) *Tensor {
	for _, d := range t.complexAxes("fftn", dims) {
		t = t.along(d, (*Tensor).FFT)
	}
	return t
}

// IFFTN is the inverse of FFTN. PyTorch: torch.fft.ifftn.
func (t *Tensor) IFFTN(dims ...int) *Tensor {
	for _, d := range t.complexAxes("ifftn", dims) {
		t = t.along(d, (*Tensor).IFFT)
	}
	return t
}

// RFFTN transforms a real tensor along dims, or all dimensions when none are
// given: RFFT along the last of dims, which becomes n/2+1 long, FFT along the
// others: [shape] → [shape′ × 2]. PyTorch: torch.fft.rfftn.
func (t *Tensor) RFFTN(dims ...int) *Tensor {
	nd := len(t.shape)
	if len(dims) == 0 {
		for d := range nd {
			dims = append(dims, d)
		}
	}
	axes := axesOf("rfftn", t, dims, nd)
	if nd == 0 {
		fail("rfftn", "a tensor without dimensions", "at least one", "", t)
	}
	last := axes[len(axes)-1]
	out := t
	if last == nd-1 {
		out = t.RFFT()
	} else {
		out = t.Transpose(last, nd-1).RFFT().Transpose(last, nd-1)
	}
	if len(axes) == 1 {
		return out
	}
	return out.FFTN(axes[:len(axes)-1]...)
}

// IRFFTN is the inverse of RFFTN for a tensor of length n along the last of
// dims: [shape′ × 2] → [shape]. PyTorch: torch.fft.irfftn.
func (t *Tensor) IRFFTN(n int, dims ...int) *Tensor {
	axes := t.complexAxes("irfftn", dims)
	if len(axes) == 0 {
		fail("irfftn", "a tensor of shape "+shapeText(t.shape), "[… × 2] with at least one dimension more", "", t)
	}
	out := t
	if len(axes) > 1 {
		out = t.IFFTN(axes[:len(axes)-1]...)
	}
	last, end := axes[len(axes)-1], len(t.shape)-2
	if last == end {
		return out.IRFFT(n)
	}
	return out.Transpose(last, end).IRFFT(n).Transpose(last, end)
}

// RFFT2 is RFFTN along the last two dimensions: [… × h × w] →
// [… × h × w/2+1 × 2]. PyTorch: torch.fft.rfft2.
func (t *Tensor) RFFT2() *Tensor {
	if len(t.shape) < 2 {
		fail("rfft2", "a tensor of shape "+shapeText(t.shape), "at least two dimensions", "", t)
	}
	return t.RFFTN(-2, -1)
}

// IRFFT2 is the inverse of RFFT2 for w columns. PyTorch: torch.fft.irfft2.
func (t *Tensor) IRFFT2(w int) *Tensor {
	if len(t.shape) < 3 {
		fail("irfft2", "a tensor of shape "+shapeText(t.shape), "[… × h × w/2+1 × 2]", "", t)
	}
	return t.IRFFTN(w, -2, -1)
}

// HFFT returns the real spectrum of length n of a signal that is its own
// mirrored conjugate, given by its first half: [… × n/2+1 × 2] → [… × n].
// PyTorch: torch.fft.hfft.
func (t *Tensor) HFFT(n int) *Tensor { return t.ComplexConj().IRFFT(n).MulScalar(float64(n)) }

// IHFFT is the inverse of HFFT: [… × n] → [… × n/2+1 × 2].
// PyTorch: torch.fft.ihfft.
func (t *Tensor) IHFFT() *Tensor {
	return t.RFFT().ComplexConj().DivScalar(float64(t.shape[len(t.shape)-1]))
}

// ComplexConj returns the conjugates of a complex tensor. PyTorch: torch.conj.
func (t *Tensor) ComplexConj() *Tensor {
	needPairs("complex conj", t)
	return t.Mul(NewOf(t.dtype, []float64{1, -1}))
}

// ComplexMatMul multiplies complex matrices: [… × n × k × 2] @ [… × k × m × 2] →
// [… × n × m × 2]; batches broadcast. PyTorch: torch.matmul of complex tensors.
func (t *Tensor) ComplexMatMul(o *Tensor) *Tensor {
	for _, x := range []*Tensor{t, o} {
		needPairs("complex matmul", x)
		if len(x.shape) < 3 {
			fail("complex matmul", "a tensor of shape "+shapeText(x.shape), "[… × rows × columns × 2]", "", x)
		}
	}
	a, b, c, d := t.Select(-1, 0), t.Select(-1, 1), o.Select(-1, 0), o.Select(-1, 1)
	return Complex(a.MatMul(c).Sub(b.MatMul(d)), a.MatMul(d).Add(b.MatMul(c)))
}

// IFFTShift undoes FFTShift. PyTorch: torch.fft.ifftshift.
func (t *Tensor) IFFTShift(dim int) *Tensor {
	n := t.Size(dim)
	return t.Roll(-(n / 2), dim)
}

// RFFTFreq returns the frequencies of the n/2+1 coefficients of RFFT for n
// samples d apart, float32. PyTorch: torch.fft.rfftfreq.
func RFFTFreq(n int, d float64) *Tensor {
	if n < 1 || math.IsNaN(d) || d == 0 {
		fail("rfftfreq", fmt.Sprintf("%d samples %g apart", n, d), "at least 1 sample, and a distance", "")
	}
	t := empty(Float32, []int{n/2 + 1})
	for i := range n/2 + 1 {
		t.put(i, float64(i)/(float64(n)*d))
	}
	return t
}

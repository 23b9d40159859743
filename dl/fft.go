package dl

import (
	"fmt"

	"descent/dl/internal/fft"
)

// There is no complex type: a complex tensor is a real one whose last
// dimension has length 2 and holds the real and the imaginary part, as
// torch.view_as_real gives it.

// complexRows checks a complex tensor and returns the length of its signals.
func (t *Tensor) complexRows(op string) int {
	needFloat(op, t)
	nd := len(t.shape)
	if nd < 2 || t.shape[nd-1] != 2 || t.shape[nd-2] == 0 {
		fail(op, "a tensor of shape "+shapeText(t.shape), "[… × n × 2], real and imaginary parts last, n at least 1",
			"a real signal becomes complex by dl.Complex(x, nil); RFFT takes it as it is", t)
	}
	return t.shape[nd-2]
}

// Complex joins real and imaginary parts: [shape], [shape] → [shape × 2]. A nil
// imaginary part counts as zero. PyTorch: torch.complex with view_as_real.
func Complex(re, im *Tensor) *Tensor {
	if im == nil {
		im = ZerosLike(re)
	}
	return Stack([]*Tensor{re, im}, -1)
}

// ComplexMul multiplies complex tensors element by element.
// PyTorch: torch.mul of complex tensors.
func (t *Tensor) ComplexMul(o *Tensor) *Tensor {
	needPairs("complex mul", t)
	needPairs("complex mul", o)
	a, b, c, d := t.Select(-1, 0), t.Select(-1, 1), o.Select(-1, 0), o.Select(-1, 1)
	return Complex(a.Mul(c).Sub(b.Mul(d)), a.Mul(d).Add(b.Mul(c)))
}

// ComplexAbs returns the absolute values of a complex tensor: [shape × 2] →
// [shape]. PyTorch: torch.abs of a complex tensor.
func (t *Tensor) ComplexAbs() *Tensor {
	needPairs("complex abs", t)
	return t.Norm(2, -1)
}

// ComplexAngle returns the angles of a complex tensor. PyTorch: torch.angle.
func (t *Tensor) ComplexAngle() *Tensor {
	needPairs("complex angle", t)
	return t.Select(-1, 1).Atan2(t.Select(-1, 0))
}

func needPairs(op string, t *Tensor) {
	if len(t.shape) == 0 || t.shape[len(t.shape)-1] != 2 {
		fail(op, "a tensor of shape "+shapeText(t.shape), "a last dimension of 2, real and imaginary part", "", t)
	}
}

// FFT returns the discrete Fourier transforms of complex signals along the last
// dimension but one: [… × n × 2] → [… × n × 2]. PyTorch: torch.fft.fft.
func (t *Tensor) FFT() *Tensor { return t.fourier("fft", false) }

// IFFT is the inverse of FFT. PyTorch: torch.fft.ifft.
func (t *Tensor) IFFT() *Tensor {
	n := t.complexRows("ifft")
	return t.fourier("ifft", true).DivScalar(float64(n))
}

// fourier transforms without a factor, with e^(+i…) when inverse.
func (t *Tensor) fourier(op string, inverse bool) *Tensor {
	n := t.complexRows(op)
	out := blank(t.dtype, t.shape)
	if x := t.dense(); t.dtype == Float32 {
		fft.Complex(out.f32(), x.f32(), n, inverse)
	} else {
		fft.Complex(span[float64](out), span[float64](x), n, inverse)
	}
	back := fftBackward
	if inverse {
		back = ifftBackward
	}
	record(out, op, back, t)
	return out
}

// The transform is linear, so its backward is its conjugate transpose: the
// transform with the other sign.
func fftBackward(c *Context, g *Tensor) []*Tensor  { return c.gives(g.fourier("ifft", true)) }
func ifftBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.fourier("fft", false)) }

// RFFT returns the first n/2+1 Fourier coefficients of real signals along the
// last dimension (the others are their conjugates): [… × n] → [… × n/2+1 × 2].
// PyTorch: torch.fft.rfft.
func (t *Tensor) RFFT() *Tensor {
	needFloat("rfft", t)
	nd := len(t.shape)
	if nd < 1 || t.shape[nd-1] == 0 {
		fail("rfft", "a tensor of shape "+shapeText(t.shape), "[… × n], n at least 1", "", t)
	}
	n := t.shape[nd-1]
	out := blank(t.dtype, append(t.Shape()[:nd-1], n/2+1, 2))
	if x := t.dense(); t.dtype == Float32 {
		fft.Real(out.f32(), x.f32(), n)
	} else {
		fft.Real(span[float64](out), span[float64](x), n)
	}
	if c := record(out, "rfft", rfftBackward, t); c != nil {
		c.i = n
	}
	return out
}

func rfftBackward(c *Context, g *Tensor) []*Tensor {
	n := c.i
	full := g.Pad([]int{0, 0, 0, n - (n/2 + 1)}, PadConstant, 0)
	return c.gives(full.fourier("ifft", true).Select(-1, 0))
}

// IRFFT is the inverse of RFFT for signals of length n: [… × n/2+1 × 2] →
// [… × n]. PyTorch: torch.fft.irfft(n=…).
func (t *Tensor) IRFFT(n int) *Tensor {
	if m := t.complexRows("irfft"); n < 1 || m != n/2+1 {
		fail("irfft", fmt.Sprintf("%d coefficients for a signal of length %d", m, n), fmt.Sprintf("%d", n/2+1), "", t)
	}
	out := blank(t.dtype, append(t.Shape()[:len(t.shape)-2], n))
	if x := t.dense(); t.dtype == Float32 {
		fft.RealInverse(out.f32(), x.f32(), n)
	} else {
		fft.RealInverse(span[float64](out), span[float64](x), n)
	}
	record(out, "irfft", irfftBackward, t)
	return out
}

// irfftBackward: every coefficient but the first and, for even n, the last
// stands for its conjugate too and counts twice.
func irfftBackward(c *Context, g *Tensor) []*Tensor {
	n := g.shape[len(g.shape)-1]
	m := n/2 + 1
	w := FullOf(g.dtype, 2, m, 1)
	w.put(0, 1)
	if n%2 == 0 {
		w.put(m-1, 1)
	}
	return c.gives(g.RFFT().Mul(w).DivScalar(float64(n)))
}

// FFT2 transforms along the two dimensions before the last: [… × h × w × 2].
// PyTorch: torch.fft.fft2.
func (t *Tensor) FFT2() *Tensor {
	return t.FFT().Transpose(-2, -3).FFT().Transpose(-2, -3)
}

// IFFT2 is the inverse of FFT2. PyTorch: torch.fft.ifft2.
func (t *Tensor) IFFT2() *Tensor {
	return t.IFFT().Transpose(-2, -3).IFFT().Transpose(-2, -3)
}

// FFTShift moves the coefficient of frequency 0 along dim to the middle.
// PyTorch: torch.fft.fftshift.
func (t *Tensor) FFTShift(dim int) *Tensor { return t.Roll(t.Size(dim)/2, dim) }

// FFTFreq returns the frequencies of the n coefficients of FFT for samples d
// apart. PyTorch: torch.fft.fftfreq.
func FFTFreq(n int, d float64) *Tensor {
	checkShape("fftfreq", []int{n})
	t := empty(Float32, []int{n})
	for i := range n {
		k := i
		if i > (n-1)/2 {
			k = i - n
		}
		t.put(i, float64(k)/(float64(n)*d))
	}
	return t
}

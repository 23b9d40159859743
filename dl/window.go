package dl

import (
	"fmt"
	"math"
)

// Window functions, for spectra of pieces of a signal.

// windowOf returns n values of f over a period, which is the length for a
// periodic window and one less for a symmetric one.
func windowOf(op string, n int, symmetric bool, f func(phase float64) float64) *Tensor {
	if n < 0 {
		fail(op, fmt.Sprintf("length %d", n), "0 or more", "")
	}
	period := float64(n)
	if symmetric {
		period--
	}
	v := make([]float64, n)
	for i := range v {
		v[i] = 1
		if n > 1 {
			v[i] = f(float64(i) / period)
		}
	}
	return FromFloat64s(v, n).To(Float32)
}

// HannWindow returns a raised cosine of n float32 numbers; it is periodic, for
// the Fourier transform, unless symmetric. PyTorch: torch.hann_window.
func HannWindow(n int, symmetric bool) *Tensor {
	return windowOf("hann window", n, symmetric, func(p float64) float64 { return 0.5 - 0.5*math.Cos(2*math.Pi*p) })
}

// HammingWindow returns HannWindow on a pedestal. PyTorch: torch.hamming_window.
func HammingWindow(n int, symmetric bool) *Tensor {
	return windowOf("hamming window", n, symmetric, func(p float64) float64 { return 0.54 - 0.46*math.Cos(2*math.Pi*p) })
}

// BlackmanWindow returns a window of two cosines. PyTorch: torch.blackman_window.
func BlackmanWindow(n int, symmetric bool) *Tensor {
	return windowOf("blackman window", n, symmetric, func(p float64) float64 {
		return 0.42 - 0.5*math.Cos(2*math.Pi*p) + 0.08*math.Cos(4*math.Pi*p)
	})
}

// BartlettWindow returns a triangle. PyTorch: torch.bartlett_window.
func BartlettWindow(n int, symmetric bool) *Tensor {
	return windowOf("bartlett window", n, symmetric, func(p float64) float64 { return 1 - math.Abs(2*p-1) })
}

// KaiserWindow returns a window whose parameter beta trades the width of the
// main lobe for the height of the others. PyTorch's default beta is 12.
// PyTorch: torch.kaiser_window.
func KaiserWindow(n int, symmetric bool, beta float64) *Tensor {
	return windowOf("kaiser window", n, symmetric, func(p float64) float64 {
		r := 2*p - 1
		return besselI(0, beta*math.Sqrt(math.Max(0, 1-r*r)), false) / besselI(0, beta, false)
	})
}

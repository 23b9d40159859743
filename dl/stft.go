package dl

import (
	"fmt"
	"math"
)

// STFTOptions are the settings of STFT and ISTFT.
type STFTOptions struct {
	Hop        int     // samples from one frame to the next; 0 means a quarter of the frame
	Window     *Tensor // of at most the frame's length, put in its middle; nil means ones
	NoCenter   bool    // frames start at their sample instead of having it in the middle
	ZeroEnds   bool    // centred frames see zeros beyond the ends, instead of the signal reflected
	Normalized bool    // divides by the root of the frame's length
	TwoSided   bool    // gives all frequencies, not only the first n/2+1
	Length     int     // ISTFT: of the signal; 0 means what the frames cover
}

func (o STFTOptions) complete(op string, n int, like *Tensor) STFTOptions {
	if o.Hop == 0 {
		o.Hop = n / 4
	}
	if n < 1 || o.Hop < 1 {
		fail(op, fmt.Sprintf("frames of %d, %d apart", n, o.Hop), "positive numbers", "", like)
	}
	if o.Window == nil {
		o.Window = FullOf(like.dtype, 1, n)
	}
	o.Window = o.Window.To(like.dtype)
	if k := o.Window.n; len(o.Window.shape) != 1 || k > n || k < 1 {
		fail(op, "a window of shape "+shapeText(o.Window.shape), fmt.Sprintf("a vector of at most %d", n), "", like, o.Window)
	}
	if left := (n - o.Window.n) / 2; o.Window.n < n {
		o.Window = o.Window.Pad([]int{left, n - o.Window.n - left}, PadConstant, 0)
	}
	return o
}

// STFT returns the Fourier transforms of windowed frames of n samples of real
// signals: [… × samples] → [… × n/2+1 × frames × 2], real and imaginary parts
// last. The signals may be a batch. For another continuation of the ends than a
// reflection or zeros, Pad the signals and set NoCenter. PyTorch: torch.stft.
func (t *Tensor) STFT(n int, o STFTOptions) *Tensor {
	const op = "stft"
	needFloat(op, t)
	o = o.complete(op, n, t)
	if nd := len(t.shape); nd != 1 && nd != 2 {
		fail(op, "a tensor of shape "+shapeText(t.shape), "[samples] or [batch × samples]", "", t)
	}
	x := t
	if !o.NoCenter {
		ends := PadReflect
		if o.ZeroEnds {
			ends = PadConstant
		}
		x = t.Unsqueeze(0).Pad([]int{n / 2, n / 2}, ends, 0).Squeeze(0)
	}
	if x.Size(-1) < n {
		fail(op, fmt.Sprintf("signals of %d samples", t.Size(-1)), fmt.Sprintf("at least one frame of %d", n), "", t)
	}
	frames := x.Unfold(len(t.shape)-1, n, o.Hop).Mul(o.Window)
	var y *Tensor
	if o.TwoSided {
		y = Complex(frames, nil).FFT()
	} else {
		y = frames.RFFT()
	}
	if o.Normalized {
		y = y.DivScalar(math.Sqrt(float64(n)))
	}
	return y.Transpose(-3, -2)
}

// ISTFT is the inverse of STFT with the same options: [… × n/2+1 × frames × 2] →
// [… × samples]. Overlapping frames are added up and divided by the sum of the
// squared windows, which must not vanish anywhere. PyTorch: torch.istft.
func (t *Tensor) ISTFT(n int, o STFTOptions) *Tensor {
	const op = "istft"
	needFloat(op, t)
	o = o.complete(op, n, t)
	rows := n/2 + 1
	if o.TwoSided {
		rows = n
	}
	if nd := len(t.shape); nd != 3 && nd != 4 || t.shape[nd-1] != 2 || t.shape[nd-3] != rows || t.shape[nd-2] == 0 {
		fail(op, "a tensor of shape "+shapeText(t.shape), fmt.Sprintf("[%d × frames × 2], or a batch of them", rows), "", t)
	}
	x := t.Transpose(-3, -2)
	if o.Normalized {
		x = x.MulScalar(math.Sqrt(float64(n)))
	}
	frames := x.Narrow(-2, 0, n/2+1).IRFFT(n) // [… × frames × n]: a real signal's first half says all
	count := frames.Size(-2)
	length := n + (count-1)*o.Hop
	added := overlapAdd(frames.Mul(o.Window).Reshape(-1, count, n), length, o.Hop)
	weight := overlapAdd(o.Window.Square().Expand(1, count, n), length, o.Hop)
	start, end := 0, length
	if !o.NoCenter {
		start = n / 2
		end = length - n/2
	}
	if o.Length > 0 {
		end = min(start+o.Length, length)
	}
	if end <= start {
		fail(op, fmt.Sprintf("%d frames of %d, %d apart", count, n, o.Hop), "frames that cover some samples", "", t)
	}
	weight = weight.Narrow(-1, start, end-start)
	if weight.Detach().Abs().AMin().Item() <= 1e-11 {
		fail(op, "windows whose squares add up to zero at some sample", "overlapping windows", "a smaller Hop, or another Window", t)
	}
	y := added.Narrow(-1, start, end-start).Div(weight)
	if o.Length > end-start {
		y = y.Pad([]int{0, o.Length - (end - start)}, PadConstant, 0)
	}
	return y.Reshape(append(t.Shape()[:len(t.shape)-3], y.Size(-1))...)
}

// overlapAdd adds up frames [batch × frames × n] that are hop apart.
func overlapAdd(frames *Tensor, length, hop int) *Tensor {
	n := frames.Size(-1)
	return Fold2d(frames.Transpose(1, 2), 1, length, [2]int{1, n}, ConvOptions{Stride: [2]int{1, hop}}).Reshape(frames.shape[0], length)
}

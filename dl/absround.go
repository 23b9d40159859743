package dl

import (
	"math"

	"descent/dl/internal/simd"
)

func absRow[T float64 | int64 | int32](dst, a []T) {
	for i, v := range a {
		if v < 0 {
			v = -v
		}
		if v == 0 {
			v = 0 // the absolute value of -0 is 0
		}
		dst[i] = v
	}
}

func signRow[T float64 | int64 | int32](dst, a []T) {
	for i, v := range a {
		switch {
		case v > 0:
			v = 1
		case v < 0:
			v = -1
		default:
			v = 0 // of NaN too, as in PyTorch
		}
		dst[i] = v
	}
}

func signRowBytes(dst, a []uint8) {
	for i, v := range a {
		dst[i] = min(v, 1)
	}
}

func sameRow[T number](dst, a []T) { copy(dst, a) }

func rounding(name string, f32 func(dst, a []float32), f func(float64) float64) *unaryKernel {
	return &unaryKernel{name: name, f32: f32, f64: each64(f), i64: sameRow[int64], i32: sameRow[int32], u8: sameRow[uint8]}
}

var (
	absKernel   = &unaryKernel{name: "abs", f32: simd.Abs, f64: absRow[float64], i64: absRow[int64], i32: absRow[int32], u8: sameRow[uint8]}
	signKernel  = &unaryKernel{name: "sign", f32: simd.Sign, f64: signRow[float64], i64: signRow[int64], i32: signRow[int32], u8: signRowBytes}
	floorKernel = rounding("floor", simd.Floor, math.Floor)
	ceilKernel  = rounding("ceil", simd.Ceil, math.Ceil)
	roundKernel = rounding("round", simd.Round, math.RoundToEven)
	truncKernel = rounding("trunc", simd.Trunc, math.Trunc)
)

// Abs returns the absolute value; its gradient at 0 is 0. PyTorch: torch.abs.
func (t *Tensor) Abs() *Tensor { return absKernel.fromInput(t, absBackward) }

func absBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.Mul(c.Saved(0).Detach().Sign())) }

// Sign returns -1, 0 or 1. Its gradient is zero. PyTorch: torch.sign.
func (t *Tensor) Sign() *Tensor { return signKernel.flat(t) }

// Floor rounds down. Its gradient is zero. PyTorch: torch.floor.
func (t *Tensor) Floor() *Tensor { return floorKernel.flat(t) }

// Ceil rounds up. Its gradient is zero. PyTorch: torch.ceil.
func (t *Tensor) Ceil() *Tensor { return ceilKernel.flat(t) }

// Round rounds to the nearest integer, halves to the even one. Its gradient is
// zero. PyTorch: torch.round.
func (t *Tensor) Round() *Tensor { return roundKernel.flat(t) }

// Trunc drops the fraction. Its gradient is zero. PyTorch: torch.trunc.
func (t *Tensor) Trunc() *Tensor { return truncKernel.flat(t) }

// Frac returns the fraction, of the sign of t. PyTorch: torch.frac.
func (t *Tensor) Frac() *Tensor { return t.Sub(t.Trunc().Detach()) }

// flat records an operation whose derivative is zero almost everywhere.
func (k *unaryKernel) flat(t *Tensor) *Tensor {
	out := k.compute(t)
	record(out, k.name, flatBackward, t)
	return out
}

func flatBackward(c *Context, g *Tensor) []*Tensor { return c.gives(ZerosLike(g)) }

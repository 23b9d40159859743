package dl

import (
	"math"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// To returns t converted to dtype d, t itself when it has that type already.
// Floats become integers by dropping the fraction, anything but zero becomes
// true. Gradients flow between float types. PyTorch: Tensor.to(dtype).
func (t *Tensor) To(d DType) *Tensor {
	if t.dtype == d {
		return t
	}
	out := blank(d, t.shape)
	if t.n > 0 {
		convert(out, t.dense())
	}
	if c := record(out, "to", toBackward, t); c != nil {
		c.i = int(t.dtype)
	}
	return out
}

func toBackward(c *Context, g *Tensor) []*Tensor { return c.gives(g.To(DType(c.i))) }

// Float converts to float32. PyTorch: Tensor.float.
func (t *Tensor) Float() *Tensor { return t.To(Float32) }

// Double converts to float64. PyTorch: Tensor.double.
func (t *Tensor) Double() *Tensor { return t.To(Float64) }

// Long converts to int64. PyTorch: Tensor.long.
func (t *Tensor) Long() *Tensor { return t.To(Int64) }

// convert fills the contiguous out from the contiguous t of another type.
func convert(out, t *Tensor) {
	switch t.dtype {
	case Float32:
		convertFrom[float32](out, t)
	case Float64:
		convertFrom[float64](out, t)
	case Int64:
		convertFrom[int64](out, t)
	case Int32:
		convertFrom[int32](out, t)
	case Uint8, Bool:
		if out.dtype == Float32 {
			dst, src := out.f32(), span[uint8](t)
			par.For(len(dst), 32768, func(lo, hi int) { simd.U8ToF32(dst[lo:hi], src[lo:hi], 1, 0) })
			return
		}
		convertFrom[uint8](out, t)
	case BFloat16:
		t.fromHalf(out, bf16Row)
	case Float16:
		t.fromHalf(out, f16Row)
	}
}

// fromHalf converts from a type of 16 bits, by float32.
func (t *Tensor) fromHalf(out *Tensor, f func(dst []float32, src []uint16)) {
	if out.dtype != Float32 {
		w := blank(Float32, t.shape)
		t.fromHalf(w, f)
		convertFrom[float32](out, w)
		w.Free()
		return
	}
	dst, src := out.f32(), span[uint16](t)
	par.For(len(dst), 32768, func(lo, hi int) { f(dst[lo:hi], src[lo:hi]) })
}

func bf16Row(dst []float32, src []uint16) {
	for i, h := range src[:len(dst)] {
		dst[i] = bf16ToF32(h)
	}
}

// f16Row lets a product shift the exponent, which makes subnormals right too.
func f16Row(dst []float32, src []uint16) {
	for i, h := range src[:len(dst)] {
		v := math.Float32bits(math.Float32frombits(uint32(h&0x7fff)<<13) * 0x1p112)
		if h&0x7c00 == 0x7c00 { // infinite or NaN
			v |= 0x7f800000
		}
		dst[i] = math.Float32frombits(v | uint32(h&0x8000)<<16)
	}
}

func convertFrom[S number](out, t *Tensor) {
	src := span[S](t)
	switch out.dtype {
	case Float32:
		castRow(span[float32](out), src)
	case Float64:
		castRow(span[float64](out), src)
	case Int64:
		castRow(span[int64](out), src)
	case Int32:
		castRow(span[int32](out), src)
	case Uint8:
		all := span[uint8](out)
		par.For(len(all), 32768, func(lo, hi int) {
			dst := all[lo:hi]
			for i, v := range src[lo:hi] {
				dst[i] = uint8(int64(v)) // wraps around as PyTorch does
			}
		})
	case Bool:
		all := span[uint8](out)
		par.For(len(all), 32768, func(lo, hi int) {
			dst := all[lo:hi]
			for i, v := range src[lo:hi] {
				dst[i] = bit(v != 0)
			}
		})
	case BFloat16:
		all := span[uint16](out)
		par.For(len(all), 32768, func(lo, hi int) {
			dst := all[lo:hi]
			for i, v := range src[lo:hi] {
				dst[i] = f32ToBF16(float32(v))
			}
		})
	case Float16:
		all := span[uint16](out)
		par.For(len(all), 32768, func(lo, hi int) {
			dst := all[lo:hi]
			for i, v := range src[lo:hi] {
				dst[i] = f32ToF16(float32(v))
			}
		})
	}
}

func castRow[D, S number](dst []D, src []S) {
	par.For(len(dst), 32768, func(lo, hi int) {
		d, s := dst[lo:hi], src[lo:hi]
		for i, v := range s {
			d[i] = D(v)
		}
	})
}

func bf16ToF32(h uint16) float32 { return math.Float32frombits(uint32(h) << 16) }

// f32ToBF16 rounds to nearest, ties to even; NaN stays NaN.
func f32ToBF16(f float32) uint16 {
	b := math.Float32bits(f)
	if b&0x7fffffff > 0x7f800000 {
		return uint16(b>>16) | 0x40
	}
	return uint16((b + 0x7fff + b>>16&1) >> 16)
}

func f16ToF32(h uint16) float32 {
	sign, exp, frac := uint32(h&0x8000)<<16, uint32(h>>10&31), uint32(h&0x3ff)
	switch exp {
	case 0:
		v := float32(frac) * (1.0 / (1 << 24))
		return math.Float32frombits(math.Float32bits(v) | sign)
	case 31:
		return math.Float32frombits(sign | 0x7f800000 | frac<<13)
	}
	return math.Float32frombits(sign | (exp+112)<<23 | frac<<13)
}

// f32ToF16 rounds to nearest, ties to even; too large becomes Inf.
func f32ToF16(f float32) uint16 {
	b := math.Float32bits(f)
	sign := uint16(b >> 16 & 0x8000)
	b &= 0x7fffffff
	switch {
	case b > 0x7f800000:
		return sign | 0x7e00
	case b >= 0x477ff000: // from 65520 on
		return sign | 0x7c00
	case b < 0x38800000: // below 2⁻¹⁴: steps of 2⁻²⁴
		return sign | uint16(math.RoundToEven(float64(math.Float32frombits(b))*(1<<24)))
	}
	return sign | uint16((b-0x38000000+0xfff+b>>13&1)>>13)
}

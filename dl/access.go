package dl

import "fmt"

// at returns element i of the storage as float64.
func (t *Tensor) get(i int) float64 {
	switch t.dtype {
	case Float32:
		return float64(slice[float32](t.store)[i])
	case Float64:
		return slice[float64](t.store)[i]
	case Int64:
		return float64(slice[int64](t.store)[i])
	case Int32:
		return float64(slice[int32](t.store)[i])
	case Uint8, Bool:
		return float64(slice[uint8](t.store)[i])
	case BFloat16:
		return float64(bf16ToF32(slice[uint16](t.store)[i]))
	}
	return float64(f16ToF32(slice[uint16](t.store)[i]))
}

// put sets element i of the storage.
func (t *Tensor) put(i int, v float64) {
	switch t.dtype {
	case Float32:
		slice[float32](t.store)[i] = float32(v)
	case Float64:
		slice[float64](t.store)[i] = v
	case Int64:
		slice[int64](t.store)[i] = int64(v)
	case Int32:
		slice[int32](t.store)[i] = int32(v)
	case Uint8:
		slice[uint8](t.store)[i] = uint8(int64(v))
	case Bool:
		slice[uint8](t.store)[i] = 0
		if v != 0 {
			slice[uint8](t.store)[i] = 1
		}
	case BFloat16:
		slice[uint16](t.store)[i] = f32ToBF16(float32(v))
	case Float16:
		slice[uint16](t.store)[i] = f32ToF16(float32(v))
	}
}

func (t *Tensor) locate(op string, index []int) int {
	if len(index) != len(t.shape) {
		fail(op, fmt.Sprintf("%d indices for shape %s", len(index), shapeText(t.shape)),
			fmt.Sprintf("%d", len(t.shape)), "", t)
	}
	p := t.offset
	for d, i := range index {
		n := t.shape[d]
		if i < -n || i >= n {
			fail(op, fmt.Sprintf("index %d in dimension %d of shape %s", i, d, shapeText(t.shape)),
				fmt.Sprintf("%d … %d", -n, n-1), "", t)
		}
		if i < 0 {
			i += n
		}
		p += i * t.strides[d]
	}
	return p
}

// At returns one element as float64; negative indices count from the end.
// PyTorch: t[i, j].item().
func (t *Tensor) At(index ...int) float64 { return t.get(t.locate("at", index)) }

// SetAt changes one element in place. PyTorch: t[i, j] = v.
func (t *Tensor) SetAt(v float64, index ...int) {
	p := t.locate("set at", index)
	t.beforeWrite("set at")
	t.put(p, v)
	t.BumpVersion()
}

// Item returns the only element of a tensor as float64. PyTorch: Tensor.item.
func (t *Tensor) Item() float64 {
	if t.n != 1 {
		fail("item", "a tensor of shape "+shapeText(t.shape), "one element",
			"reduce it with Sum or Mean, or pick an element with At", t)
	}
	return t.get(t.offset)
}

// Float32s returns the elements in row-major order. When t is a contiguous
// float32 tensor the slice is its memory: writing to it changes the tensor
// (call BumpVersion afterwards). Otherwise it is a copy.
// PyTorch: Tensor.numpy.
func (t *Tensor) Float32s() []float32 { return shown[float32](t.Detach().To(Float32).dense()) }

// Float64s is Float32s for float64: shared for a contiguous float64 tensor,
// else a copy. PyTorch: Tensor.numpy.
func (t *Tensor) Float64s() []float64 { return shown[float64](t.Detach().To(Float64).dense()) }

// Int64s is Float32s for int64: shared for a contiguous int64 tensor, else a
// copy, fractions dropped. PyTorch: Tensor.numpy.
func (t *Tensor) Int64s() []int64 { return shown[int64](t.Detach().To(Int64).dense()) }

// Int32s is Float32s for int32. PyTorch: Tensor.numpy.
func (t *Tensor) Int32s() []int32 { return shown[int32](t.Detach().To(Int32).dense()) }

// Uint8s is Float32s for uint8. PyTorch: Tensor.numpy.
func (t *Tensor) Uint8s() []uint8 { return shown[uint8](t.Detach().To(Uint8).dense()) }

// shown is span for a slice that the user gets.
func shown[T element](t *Tensor) []T {
	t.store.shown.Store(true)
	return span[T](t)
}

// Bools returns a copy of the elements as booleans, true where not zero.
// PyTorch: Tensor.bool().tolist().
func (t *Tensor) Bools() []bool {
	out := make([]bool, t.n)
	for i, v := range span[uint8](t.Detach().To(Bool).dense()) {
		out[i] = v != 0
	}
	return out
}

// Bits returns the bit patterns of a BFloat16 or Float16 tensor, shared with a
// contiguous one. PyTorch: Tensor.view(torch.uint16).
func (t *Tensor) Bits() []uint16 {
	if t.dtype.computes() {
		fail("bits", "a tensor of "+t.dtype.String(), "bfloat16 or float16", "", t)
	}
	return shown[uint16](t.Detach().dense())
}

package dl

func shiftLeftRow[T int64 | int32 | uint8](dst, a, b []T) {
	for i, v := range a {
		dst[i] = v << max(b[i], 0)
	}
}

func shiftRightRow[T int64 | int32 | uint8](dst, a, b []T) {
	for i, v := range a {
		dst[i] = v >> max(b[i], 0)
	}
}

func bitAndRow[T int64 | int32 | uint8](dst, a, b []T) {
	for i, v := range a {
		dst[i] = v & b[i]
	}
}

func bitOrRow[T int64 | int32 | uint8](dst, a, b []T) {
	for i, v := range a {
		dst[i] = v | b[i]
	}
}

func bitXorRow[T int64 | int32 | uint8](dst, a, b []T) {
	for i, v := range a {
		dst[i] = v ^ b[i]
	}
}

func bitNotRow[T int64 | int32 | uint8](dst, a []T) {
	for i, v := range a {
		dst[i] = ^v
	}
}

var (
	bitAndKernel     = &binaryKernel{name: "bitwise and", i64: bitAndRow[int64], i32: bitAndRow[int32], u8: bitAndRow[uint8], b: andRow}
	bitOrKernel      = &binaryKernel{name: "bitwise or", i64: bitOrRow[int64], i32: bitOrRow[int32], u8: bitOrRow[uint8], b: orRow}
	bitXorKernel     = &binaryKernel{name: "bitwise xor", i64: bitXorRow[int64], i32: bitXorRow[int32], u8: bitXorRow[uint8], b: xorRow}
	shiftLeftKernel  = &binaryKernel{name: "shift left", i64: shiftLeftRow[int64], i32: shiftLeftRow[int32], u8: shiftLeftRow[uint8]}
	shiftRightKernel = &binaryKernel{name: "shift right", i64: shiftRightRow[int64], i32: shiftRightRow[int32], u8: shiftRightRow[uint8]}
)

func (t *Tensor) bits(k *binaryKernel, o *Tensor) *Tensor {
	a, b := align(k.name, t, o, promote(t, o))
	if a.dtype.IsFloat() {
		fail(k.name, "tensors of "+a.dtype.String(), "integers or bool", "convert them first: t.To(dl.Int64)", t, o)
	}
	return k.compute(a, b)
}

// BitAnd returns the bits set in both t and o. PyTorch: torch.bitwise_and, &.
func (t *Tensor) BitAnd(o *Tensor) *Tensor { return t.bits(bitAndKernel, o) }

// BitOr returns the bits set in t or o. PyTorch: torch.bitwise_or, |.
func (t *Tensor) BitOr(o *Tensor) *Tensor { return t.bits(bitOrKernel, o) }

// BitXor returns the bits set in one of t and o. PyTorch: torch.bitwise_xor, ^.
func (t *Tensor) BitXor(o *Tensor) *Tensor { return t.bits(bitXorKernel, o) }

// BitNot flips every bit; for bool it is Not. PyTorch: torch.bitwise_not, ~.
func (t *Tensor) BitNot() *Tensor {
	switch t.dtype {
	case Bool:
		return t.Not()
	case Int64:
		return runUnary(t, bitNotRow[int64])
	case Int32:
		return runUnary(t, bitNotRow[int32])
	case Uint8:
		return runUnary(t, bitNotRow[uint8])
	}
	fail("bitwise not", "a tensor of "+t.dtype.String(), "integers or bool", "convert it first: t.To(dl.Int64)", t)
	return nil
}

// ShiftLeft returns t·2ᵒ for integers. PyTorch: torch.bitwise_left_shift, <<.
func (t *Tensor) ShiftLeft(o *Tensor) *Tensor { return t.bits(shiftLeftKernel, o) }

// ShiftRight returns t/2ᵒ rounded down for integers.
// PyTorch: torch.bitwise_right_shift, >>.
func (t *Tensor) ShiftRight(o *Tensor) *Tensor { return t.bits(shiftRightKernel, o) }

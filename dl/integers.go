package dl

// divisors computes gcd or lcm of integers.
func (t *Tensor) divisors(op string, o *Tensor, k *binaryKernel) *Tensor {
	dt := promote(t, o)
	if dt.IsFloat() || dt == Bool {
		fail(op, "tensors of "+t.dtype.String()+" and "+o.dtype.String(), "integers", "convert them first: t.To(dl.Int64)", t, o)
	}
	return k.compute(align(op, t, o, dt))
}

var gcdKernel = &binaryKernel{name: "gcd", i64: gcdRow[int64], i32: gcdRow[int32], u8: gcdRow[uint8]}

var lcmKernel = &binaryKernel{name: "lcm", i64: lcmRow[int64], i32: lcmRow[int32], u8: lcmRow[uint8]}

func gcdRow[T int64 | int32 | uint8](dst, a, b []T) {
	for i, x := range a {
		dst[i] = gcd(x, b[i])
	}
}

func lcmRow[T int64 | int32 | uint8](dst, a, b []T) {
	for i, x := range a {
		y := b[i]
		g := gcd(x, y)
		if g == 0 {
			dst[i] = 0
			continue
		}
		if dst[i] = x / g * y; dst[i] < 0 {
			dst[i] = -dst[i]
		}
	}
}

func gcd[T int64 | int32 | uint8](x, y T) T {
	for y != 0 {
		x, y = y, x%y
	}
	if x < 0 {
		return -x
	}
	return x
}

// GCD returns the greatest common divisor of integers, 0 of 0 and 0.
// PyTorch: torch.gcd.
func (t *Tensor) GCD(o *Tensor) *Tensor { return t.divisors("gcd", o, gcdKernel) }

// LCM returns the least common multiple of integers, which is never negative.
// PyTorch: torch.lcm.
func (t *Tensor) LCM(o *Tensor) *Tensor { return t.divisors("lcm", o, lcmKernel) }

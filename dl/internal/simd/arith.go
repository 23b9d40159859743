package simd

// Add sets dst[i] = a[i] + b[i].
func Add(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + b[i]
	}
}

// Sub sets dst[i] = a[i] - b[i].
func Sub(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] - b[i]
	}
}

// Mul sets dst[i] = a[i] * b[i].
func Mul(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] * b[i]
	}
}

// Div sets dst[i] = a[i] / b[i].
func Div(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] / b[i]
	}
}

// Max sets dst[i] to the larger of a[i] and b[i], to NaN if one is NaN. Of
// two zeros it takes b[i].
func Max(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		if a[i] > b[i] || a[i] != a[i] {
			dst[i] = a[i]
		} else {
			dst[i] = b[i]
		}
	}
}

// Min sets dst[i] to the smaller of a[i] and b[i], to NaN if one is NaN. Of
// two zeros it takes b[i].
func Min(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		if a[i] < b[i] || a[i] != a[i] {
			dst[i] = a[i]
		} else {
			dst[i] = b[i]
		}
	}
}

// AddScalar sets dst[i] = a[i] + s.
func AddScalar(dst, a []float32, s float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + s
	}
}

// MulScalar sets dst[i] = a[i] * s.
func MulScalar(dst, a []float32, s float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i] * s
	}
}

// Axpy adds s*a[i] to dst[i], the product rounded first.
func Axpy(dst, a []float32, s float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] += float32(s * a[i])
	}
}

// Affine sets dst[i] = a[i]*scale + shift, the product rounded first.
func Affine(dst, a []float32, scale, shift float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = float32(a[i]*scale) + shift
	}
}

// U8ToF32 sets dst[i] = float32(src[i])*scale + shift, the product rounded
// first.
func U8ToF32(dst []float32, src []uint8, scale, shift float32) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] = float32(float32(src[i])*scale) + shift
	}
}

// ReLU sets dst[i] to a[i] where it is not below zero (NaN and -0 stay), and
// to 0 elsewhere.
func ReLU(dst, a []float32) {
	a = a[:len(dst)]
	for i, v := range a {
		if v < 0 {
			v = 0
		}
		dst[i] = v
	}
}

// ReLUGrad sets dst[i] to grad[i] where out[i] is above zero or NaN, and to 0
// elsewhere. Out may be the input of the ReLU or its output.
func ReLUGrad(dst, grad, out []float32) {
	grad, out = grad[:len(dst)], out[:len(dst)]
	for i, g := range grad {
		if out[i] <= 0 {
			g = 0
		}
		dst[i] = g
	}
}

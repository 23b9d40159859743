package simd

// Add sets dst[i] = a[i] + b[i].
func Add(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	if useAsm && len(dst) > 0 {
		addAsm(len(dst), &dst[0], &a[0], &b[0])
		return
	}
	addGo(dst, a, b)
}

// Sub sets dst[i] = a[i] - b[i].
func Sub(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	if useAsm && len(dst) > 0 {
		subAsm(len(dst), &dst[0], &a[0], &b[0])
		return
	}
	subGo(dst, a, b)
}

// Mul sets dst[i] = a[i] * b[i].
func Mul(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	if useAsm && len(dst) > 0 {
		mulAsm(len(dst), &dst[0], &a[0], &b[0])
		return
	}
	mulGo(dst, a, b)
}

// Div sets dst[i] = a[i] / b[i].
func Div(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	if useAsm && len(dst) > 0 {
		divAsm(len(dst), &dst[0], &a[0], &b[0])
		return
	}
	divGo(dst, a, b)
}

// Max sets dst[i] to the larger of a[i] and b[i], to NaN if one is NaN. Of
// two zeros it takes b[i].
func Max(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	if useAsm && len(dst) > 0 {
		maxAsm(len(dst), &dst[0], &a[0], &b[0])
		return
	}
	maxGo(dst, a, b)
}

// Min sets dst[i] to the smaller of a[i] and b[i], to NaN if one is NaN. Of
// two zeros it takes b[i].
func Min(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	if useAsm && len(dst) > 0 {
		minAsm(len(dst), &dst[0], &a[0], &b[0])
		return
	}
	minGo(dst, a, b)
}

// AddScalar sets dst[i] = a[i] + s.
func AddScalar(dst, a []float32, s float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		addScalarAsm(len(dst), &dst[0], &a[0], s)
		return
	}
	addScalarGo(dst, a, s)
}

// MulScalar sets dst[i] = a[i] * s.
func MulScalar(dst, a []float32, s float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		mulScalarAsm(len(dst), &dst[0], &a[0], s)
		return
	}
	mulScalarGo(dst, a, s)
}

// Axpy adds s*a[i] to dst[i], the product rounded first.
func Axpy(dst, a []float32, s float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		axpyAsm(len(dst), &dst[0], &a[0], s)
		return
	}
	axpyGo(dst, a, s)
}

// Affine sets dst[i] = a[i]*scale + shift, the product rounded first.
func Affine(dst, a []float32, scale, shift float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		affineAsm(len(dst), &dst[0], &a[0], scale, shift)
		return
	}
	affineGo(dst, a, scale, shift)
}

// ShiftMul sets dst[i] = (a[i] + shift) * b[i].
func ShiftMul(dst, a, b []float32, shift float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	if useAsm && len(dst) > 0 {
		shiftMulAsm(len(dst), &dst[0], &a[0], &b[0], shift)
		return
	}
	for i, v := range a {
		dst[i] = float32(v+shift) * b[i]
	}
}

// Normalize sets dst[i] = (a[i]-mean)*scale*w[i] + b[i], every step rounded:
// the last pass of a layer norm.
func Normalize(dst, a, w, b []float32, mean, scale float32) {
	a, w, b = a[:len(dst)], w[:len(dst)], b[:len(dst)]
	if useAsm && len(dst) > 0 {
		normalizeAsm(len(dst), &dst[0], &a[0], &w[0], &b[0], mean, scale)
		return
	}
	normalizeGo(dst, a, w, b, mean, scale)
}

// U8ToF32 sets dst[i] = float32(src[i])*scale + shift, the product rounded
// first.
func U8ToF32(dst []float32, src []uint8, scale, shift float32) {
	src = src[:len(dst)]
	if n := len(dst) &^ 7; useAsm && n > 0 {
		u8ToF32Asm(n, &dst[0], &src[0], scale, shift)
		dst, src = dst[n:], src[n:]
	}
	u8ToF32Go(dst, src, scale, shift)
}

// ReLU sets dst[i] to a[i] where it is not below zero (NaN and -0 stay), and
// to 0 elsewhere.
func ReLU(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		reluAsm(len(dst), &dst[0], &a[0])
		return
	}
	reluGo(dst, a)
}

// ReLUGrad sets dst[i] to grad[i] where out[i] is above zero or NaN, and to 0
// elsewhere. Out may be the input of the ReLU or its output.
func ReLUGrad(dst, grad, out []float32) {
	grad, out = grad[:len(dst)], out[:len(dst)]
	if useAsm && len(dst) > 0 {
		reluGradAsm(len(dst), &dst[0], &grad[0], &out[0])
		return
	}
	reluGradGo(dst, grad, out)
}

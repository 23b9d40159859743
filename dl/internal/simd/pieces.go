package simd

// Functions that are made of straight pieces.

// Round rounds to the nearest integer, halves to the even one.
func Round(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		roundAsm(len(dst), &dst[0], &a[0])
		return
	}
	roundGo(dst, a)
}

// Floor rounds down.
func Floor(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		floorAsm(len(dst), &dst[0], &a[0])
		return
	}
	floorGo(dst, a)
}

// Ceil rounds up.
func Ceil(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		ceilAsm(len(dst), &dst[0], &a[0])
		return
	}
	ceilGo(dst, a)
}

// Trunc drops the fractions.
func Trunc(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		truncAsm(len(dst), &dst[0], &a[0])
		return
	}
	truncGo(dst, a)
}

// Abs sets dst to the absolute values of a.
func Abs(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		absAsm(len(dst), &dst[0], &a[0])
		return
	}
	absGo(dst, a)
}

// Reciprocal sets dst[i] = 1/a[i].
func Reciprocal(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		reciprocalAsm(len(dst), &dst[0], &a[0])
		return
	}
	reciprocalGo(dst, a)
}

// Sign sets dst[i] to -1, 0 or 1, 0 for NaN too.
func Sign(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		signAsm(len(dst), &dst[0], &a[0])
		return
	}
	signGo(dst, a)
}

// Clamp limits a to [lo, hi]; NaN stays NaN. Neither limit may be NaN.
func Clamp(dst, a []float32, lo, hi float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		clampAsm(len(dst), &dst[0], &a[0], lo, hi)
		return
	}
	clampGo(dst, a, lo, hi)
}

// Leaky sets dst[i] to a[i] where that is positive, slope*a[i] elsewhere.
func Leaky(dst, a []float32, slope float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		leakyAsm(len(dst), &dst[0], &a[0], slope)
		return
	}
	leakyGo(dst, a, slope)
}

// Threshold sets dst[i] to value where a[i] <= limit, a[i] elsewhere.
func Threshold(dst, a []float32, limit, value float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		thresholdAsm(len(dst), &dst[0], &a[0], limit, value)
		return
	}
	thresholdGo(dst, a, limit, value)
}

// A Stairs function is constant up to Lo, between Lo and Hi, and from Hi on;
// and it has a value for NaN.
type Stairs struct{ Lo, Hi, Below, Inside, Above, NaN float32 }

// Row sets dst[i] to the value of the function at a[i].
func (s Stairs) Row(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		stairsAsm(len(dst), &dst[0], &a[0], s.Lo, s.Hi, s.Below, s.Inside, s.Above, s.NaN)
		return
	}
	stairsGo(dst, a, s)
}

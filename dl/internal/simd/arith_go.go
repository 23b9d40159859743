package simd

func addGo(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + b[i]
	}
}

func subGo(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] - b[i]
	}
}

func mulGo(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] * b[i]
	}
}

func divGo(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] / b[i]
	}
}

func maxGo(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		if a[i] > b[i] || a[i] != a[i] {
			dst[i] = a[i]
		} else {
			dst[i] = b[i]
		}
	}
}

func minGo(dst, a, b []float32) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		if a[i] < b[i] || a[i] != a[i] {
			dst[i] = a[i]
		} else {
			dst[i] = b[i]
		}
	}
}

func addScalarGo(dst, a []float32, s float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + s
	}
}

func mulScalarGo(dst, a []float32, s float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i] * s
	}
}

func axpyGo(dst, a []float32, s float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] += float32(s * a[i])
	}
}

func affineGo(dst, a []float32, scale, shift float32) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = float32(a[i]*scale) + shift
	}
}

func reluGo(dst, a []float32) {
	a = a[:len(dst)]
	for i, v := range a {
		if v < 0 {
			v = 0
		}
		dst[i] = v
	}
}

func reluGradGo(dst, grad, out []float32) {
	grad, out = grad[:len(dst)], out[:len(dst)]
	for i, g := range grad {
		if out[i] <= 0 {
			g = 0
		}
		dst[i] = g
	}
}

func u8ToF32Go(dst []float32, src []uint8, scale, shift float32) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] = float32(float32(src[i])*scale) + shift
	}
}

func normalizeGo(dst, a, w, b []float32, mean, scale float32) {
	for i := range dst {
		dst[i] = float32(float32((a[i]-mean)*scale)*w[i]) + b[i]
	}
}

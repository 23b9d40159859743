package simd

import "math"

func roundGo(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = float32(math.RoundToEven(float64(v)))
	}
}

func floorGo(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = float32(math.Floor(float64(v)))
	}
}

func ceilGo(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = float32(math.Ceil(float64(v)))
	}
}

func truncGo(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = float32(math.Trunc(float64(v)))
	}
}

func absGo(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = math.Float32frombits(math.Float32bits(v) &^ (1 << 31))
	}
}

func reciprocalGo(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = 1 / v
	}
}

func signGo(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		switch {
		case v > 0:
			dst[i] = 1
		case v < 0:
			dst[i] = -1
		default:
			dst[i] = 0
		}
	}
}

func clampGo(dst, a []float32, lo, hi float32) {
	for i, v := range a[:len(dst)] {
		if v < lo {
			v = lo
		}
		if v > hi {
			v = hi
		}
		dst[i] = v
	}
}

func leakyGo(dst, a []float32, slope float32) {
	for i, v := range a[:len(dst)] {
		if !(v > 0) {
			v *= slope
		}
		dst[i] = v
	}
}

func thresholdGo(dst, a []float32, limit, value float32) {
	for i, v := range a[:len(dst)] {
		if v <= limit {
			v = value
		}
		dst[i] = v
	}
}

func stairsGo(dst, a []float32, s Stairs) {
	for i, v := range a[:len(dst)] {
		switch {
		case v >= s.Hi:
			dst[i] = s.Above
		case v <= s.Lo:
			dst[i] = s.Below
		case v == v:
			dst[i] = s.Inside
		default:
			dst[i] = s.NaN
		}
	}
}

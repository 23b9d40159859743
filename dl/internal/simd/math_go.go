package simd

import "math"

func expGo(dst, a []float32) {
	a = a[:len(dst)]
	for i, v := range a {
		dst[i] = float32(math.Exp(float64(v)))
	}
}

func logGo(dst, a []float32) {
	a = a[:len(dst)]
	for i, v := range a {
		dst[i] = float32(math.Log(float64(v)))
	}
}

func tanhGo(dst, a []float32) {
	a = a[:len(dst)]
	for i, v := range a {
		dst[i] = float32(math.Tanh(float64(v)))
	}
}

func sigmoidGo(dst, a []float32) {
	a = a[:len(dst)]
	for i, v := range a {
		dst[i] = float32(1 / (1 + math.Exp(-float64(v))))
	}
}

func siluGo(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		x := float64(v)
		dst[i] = float32(x / (1 + math.Exp(-x)))
	}
}

func sqrtGo(dst, a []float32) {
	a = a[:len(dst)]
	for i, v := range a {
		dst[i] = float32(math.Sqrt(float64(v)))
	}
}

func erfGo(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		dst[i] = float32(math.Erf(float64(v)))
	}
}

func geluGo(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		x := float64(v)
		dst[i] = float32(x / 2 * math.Erfc(-x*(math.Sqrt2/2)))
	}
}

func geluTanhGo(dst, a []float32) {
	for i, v := range a[:len(dst)] {
		x := float64(v)
		z := (2 * math.Sqrt2 / math.SqrtPi) * (x + 0.044715*x*x*x)
		dst[i] = float32(x / (1 + math.Exp(-z)))
	}
}

func geluGradGo(dst, g, a []float32) {
	for i, v := range a[:len(dst)] {
		x := float64(v)
		slope := math.Erfc(-x*(math.Sqrt2/2)) / 2
		if !math.IsInf(x, 0) {
			slope += x * math.Exp(-x*x/2) / (math.Sqrt2 * math.SqrtPi)
		}
		dst[i] = float32(slope) * g[i]
	}
}

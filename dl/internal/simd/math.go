package simd

import "math"

// Exp sets dst[i] = e**a[i], within 1 ulp.
func Exp(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		expAsm(len(dst), &dst[0], &a[0])
		return
	}
	expGo(dst, a)
}

// Log sets dst[i] to the natural logarithm of a[i], within 1 ulp.
func Log(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		logAsm(len(dst), &dst[0], &a[0])
		return
	}
	logGo(dst, a)
}

// Tanh sets dst[i] to the hyperbolic tangent of a[i], within 2 ulp.
func Tanh(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		tanhAsm(len(dst), &dst[0], &a[0])
		return
	}
	tanhGo(dst, a)
}

// Sigmoid sets dst[i] = 1/(1+e**-a[i]), within 2 ulp.
func Sigmoid(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		sigmoidAsm(len(dst), &dst[0], &a[0])
		return
	}
	sigmoidGo(dst, a)
}

// SiLU sets dst[i] = a[i]/(1+e**-a[i]), within 2 ulp.
func SiLU(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		siluAsm(len(dst), &dst[0], &a[0])
		return
	}
	siluGo(dst, a)
}

// Erf sets dst[i] to the error function of a[i], within 2 ulp.
func Erf(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		erfAsm(len(dst), &dst[0], &a[0])
		return
	}
	erfGo(dst, a)
}

// GELU sets dst[i] = a[i]/2 * (1 + erf(a[i]/√2)), within 2 ulp.
func GELU(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		geluAsm(len(dst), &dst[0], &a[0])
		return
	}
	geluGo(dst, a)
}

// GELUTanh sets dst[i] = a[i]/(1+e**-z), where z = √(8/π)*(a[i] + 0.044715*a[i]**3),
// within 2 ulp.
func GELUTanh(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		geluTanhAsm(len(dst), &dst[0], &a[0])
		return
	}
	geluTanhGo(dst, a)
}

// GELUGrad sets dst[i] = g[i] times the slope of GELU at a[i], within 4e-7 of
// the slope.
func GELUGrad(dst, g, a []float32) {
	g, a = g[:len(dst)], a[:len(dst)]
	if useAsm && len(dst) > 0 {
		geluGradAsm(len(dst), &dst[0], &g[0], &a[0])
		return
	}
	geluGradGo(dst, g, a)
}

// Sqrt sets dst[i] to the square root of a[i].
func Sqrt(dst, a []float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		sqrtAsm(len(dst), &dst[0], &a[0])
		return
	}
	sqrtGo(dst, a)
}

// ExpShift sets dst[i] = e**(a[i]-shift), within 1 ulp of the rounded
// difference (subnormal results may be zero).
func ExpShift(dst, a []float32, shift float32) {
	a = a[:len(dst)]
	if useAsm && len(dst) > 0 {
		expShiftAsm(len(dst), &dst[0], &a[0], shift)
		return
	}
	for i, v := range a {
		dst[i] = float32(math.Exp(float64(v - shift)))
	}
}

// ExpSum is ExpShift that returns the sum of dst, as Sum does.
func ExpSum(dst, a []float32, shift float32) float32 {
	ExpShift(dst, a, shift)
	return Sum(dst)
}

// Softmax sets dst to e**a[i] over the sum of those, computed safely from
// the largest element. It returns that element and the sum of e**(a[i]-max).
func Softmax(dst, a []float32) (largest, sum float32) {
	if len(dst) == 0 {
		return float32(math.Inf(-1)), 0
	}
	largest = MaxOf(a[:len(dst)])
	sum = ExpSum(dst, a, largest)
	MulScalar(dst, dst, 1/sum)
	return largest, sum
}

// softmaxBlock is how many elements go through all passes of a softmax before
// the next ones do: they stay in the first cache.
const softmaxBlock = 2048

// What is done to short rows before and after the exponentials, by how many
// eights of columns they have beyond the first.
var (
	softmaxShift = [4]func(rows, cols int, dst, a *float32){softmaxShift1Asm, softmaxShift2Asm, softmaxShift3Asm, softmaxShift4Asm}
	softmaxScale = [4]func(rows, cols int, dst, a *float32){softmaxScale1Asm, softmaxScale2Asm, softmaxScale3Asm, softmaxScale4Asm}
)

// SoftmaxRows is Softmax for each of the rows of a matrix.
func SoftmaxRows(dst, a []float32, rows, cols int) {
	if rows <= 0 || cols <= 0 {
		return
	}
	dst, a = dst[:rows*cols], a[:rows*cols]
	if useAsm && cols <= 32 {
		eights := (cols - 1) / 8
		for block := max(1, softmaxBlock/cols); rows > 0; rows -= block {
			block = min(block, rows)
			n := block * cols
			softmaxShift[eights](block, cols, &dst[0], &a[0])
			expShiftAsm(n, &dst[0], &dst[0], 0)
			softmaxScale[eights](block, cols, &dst[0], &dst[0])
			dst, a = dst[n:], a[n:]
		}
		return
	}
	for i := 0; i < len(dst); i += cols {
		Softmax(dst[i:i+cols], a[i:i+cols])
	}
}

// LogSoftmax sets dst to a[i] less the logarithm of the sum of e**a.
func LogSoftmax(dst, a []float32) {
	if len(dst) == 0 {
		return
	}
	largest := MaxOf(a[:len(dst)])
	sum := ExpSum(dst, a, largest)
	AddScalar(dst, a, -(largest + float32(math.Log(float64(sum)))))
}

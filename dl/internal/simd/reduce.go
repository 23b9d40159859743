package simd

import "math"

// Reductions have one order of additions on every level: element i goes to
// lane i mod 32, blocks of sumBlock elements add up their lanes in a fixed
// tree, and the blocks are added in float64.
const (
	lanes    = 32
	sumBlock = 4096
)

// fold adds up lanes in the order that the vector code has.
func fold(l *[lanes]float32) float32 {
	for w := lanes / 2; w > 0; w /= 2 {
		for i := range w {
			l[i] += l[i+w]
		}
	}
	return l[0]
}

// Sum returns the sum of a.
func Sum(a []float32) float32 { return float32(Sum64(a)) }

// Sum64 is Sum before the last rounding, for sums that go on.
func Sum64(a []float32) float64 {
	s := 0.0
	for len(a) > sumBlock {
		s += float64(sum(a[:sumBlock]))
		a = a[sumBlock:]
	}
	return s + float64(sum(a))
}

func sum(a []float32) float32 {
	if useAsm && len(a) > 0 {
		return sumAsm(len(a), &a[0])
	}
	return sumGo(a)
}

func sumGo(a []float32) float32 {
	var l [lanes]float32
	for len(a) >= lanes {
		for i, v := range a[:lanes] {
			l[i] += v
		}
		a = a[lanes:]
	}
	for i, v := range a {
		l[i] += v
	}
	return fold(&l)
}

// Dot returns the sum of a[i]*b[i] over the length of a. Levels differ in
// the rounding of single products (fused or not).
func Dot(a, b []float32) float32 { return float32(Dot64(a, b)) }

// Dot64 is Dot before the last rounding.
func Dot64(a, b []float32) float64 {
	b = b[:len(a)]
	s := 0.0
	for len(a) > sumBlock {
		s += float64(dot(a[:sumBlock], b[:sumBlock]))
		a, b = a[sumBlock:], b[sumBlock:]
	}
	return s + float64(dot(a, b))
}

func dot(a, b []float32) float32 {
	b = b[:len(a)]
	if useAsm && len(a) > 0 {
		return dotAsm(len(a), &a[0], &b[0])
	}
	return dotGo(a, b)
}

func dotGo(a, b []float32) float32 {
	var l [lanes]float32
	b = b[:len(a)]
	for len(a) >= lanes {
		for i, v := range a[:lanes] {
			l[i] += float32(v * b[i])
		}
		a, b = a[lanes:], b[lanes:]
	}
	for i, v := range a {
		l[i] += float32(v * b[i])
	}
	return fold(&l)
}

// SumSquares returns the sum of (a[i]-mean)**2 before the last rounding.
// Levels differ as in Dot.
func SumSquares(a []float32, mean float32) float64 {
	s := 0.0
	for len(a) > sumBlock {
		s += float64(sumSquares(a[:sumBlock], mean))
		a = a[sumBlock:]
	}
	return s + float64(sumSquares(a, mean))
}

func sumSquares(a []float32, mean float32) float32 {
	if useAsm && len(a) > 0 {
		return sumSquaresAsm(len(a), &a[0], mean)
	}
	return sumSquaresGo(a, mean)
}

func sumSquaresGo(a []float32, mean float32) float32 {
	var l [lanes]float32
	for i, v := range a {
		d := v - mean
		l[i%lanes] += float32(d * d)
	}
	return fold(&l)
}

// MaxOf returns the largest element of a, NaN if there is a NaN, and
// negative infinity if a is empty.
func MaxOf(a []float32) float32 {
	if useAsm && len(a) > 0 {
		return maxOfAsm(len(a), &a[0])
	}
	return maxOfGo(a)
}

func maxOfGo(a []float32) float32 {
	m := float32(math.Inf(-1))
	for _, v := range a {
		if v > m {
			m = v
		} else if v != v {
			return v
		}
	}
	return m
}

// MinOf returns the smallest element of a, NaN if there is a NaN, and
// infinity if a is empty.
func MinOf(a []float32) float32 {
	if useAsm && len(a) > 0 {
		return minOfAsm(len(a), &a[0])
	}
	return minOfGo(a)
}

func minOfGo(a []float32) float32 {
	m := float32(math.Inf(1))
	for _, v := range a {
		if v < m {
			m = v
		} else if v != v {
			return v
		}
	}
	return m
}

// ArgMax returns the index of the first largest element of a, of the first
// NaN if there is one, and -1 if a is empty.
func ArgMax(a []float32) int {
	const block = 256
	if len(a) <= 32 {
		return argMaxGo(a)
	}
	best, at := float32(math.Inf(-1)), 0
	for i := 0; i < len(a); i += block {
		b := a[i:min(i+block, len(a))]
		if m := MaxOf(b); m > best {
			best, at = m, i
		} else if m != m {
			best, at = m, i
			break
		}
	}
	// The part of the block that has it, then the place.
	const part = 32
	b := a[at:min(at+block, len(a))]
	for ; len(b) > part; at, b = at+part, b[part:] {
		if m := MaxOf(b[:part]); m == best || m != m {
			b = b[:part]
			break
		}
	}
	return at + argMaxGo(b)
}

func argMaxGo(a []float32) int {
	if len(a) == 0 {
		return -1
	}
	best := 0
	for i, v := range a {
		if v > a[best] {
			best = i
		} else if v != v {
			return i
		}
	}
	return best
}

package interp

import "math"

func float(w uint32) float32 { return math.Float32frombits(w) }

func bitsOf(x float32) uint32 { return math.Float32bits(x) }

func pick(first bool, a, b uint32) uint32 {
	if first {
		return a
	}
	return b
}

// toInt rounds to the nearest integer; what has none is the smallest.
func toInt(x float32) uint32 {
	r := math.RoundToEven(float64(x))
	if !(r >= math.MinInt32 && r <= math.MaxInt32) {
		return 1 << 31
	}
	return uint32(int32(r))
}

// fma returns a·b + c, rounded once. In float64 the product is exact; the sum
// is rounded to odd, so that rounding it to float32 is not a second rounding.
func fma(a, b, c float32) float32 {
	p := float64(a) * float64(b)
	s := p + float64(c)
	if math.IsInf(s, 0) || s != s {
		return float32(s)
	}
	t := s - p
	lost := (p - (s - t)) + (float64(c) - t)
	if w := math.Float64bits(s); lost != 0 && w&1 == 0 {
		if lost > 0 == (s > 0) {
			s = math.Float64frombits(w + 1)
		} else {
			s = math.Float64frombits(w - 1)
		}
	}
	return float32(s)
}

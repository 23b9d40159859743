package dl

import (
	"math"

	"descent/dl/internal/simd"
)

// normals32 fills dst with normal numbers by the method of Box and Muller, in
// pieces whose logarithms and roots are computed by vector kernels. Two words
// make two numbers; blocks of four words are used in order.
func normals32(g *Generator, dst []float32, block uint64) {
	const pairs = 256
	var radius, sine, cosine [pairs]float32
	var w [8]uint32
	for len(dst) > 0 {
		n := min(pairs, (len(dst)+1)/2)
		for p := 0; p < n; p += 4 {
			g.words8(block, &w)
			block += 2
			for k := range min(4, n-p) {
				// (w+½)·2⁻³² is never 0, so the logarithm is finite.
				radius[p+k] = (float32(w[2*k]) + 0.5) * (1.0 / (1 << 32))
				sine[p+k], cosine[p+k] = turn(w[2*k+1])
			}
		}
		r := radius[:n]
		simd.Log(r, r)
		simd.MulScalar(r, r, -2)
		simd.Max(r, r, zeros[:n]) // a radius rounded up to 1 has logarithm -0
		simd.Sqrt(r, r)
		simd.Mul(cosine[:n], cosine[:n], r)
		simd.Mul(sine[:n], sine[:n], r)
		p := 0
		for ; 2*p+1 < len(dst) && p < n; p++ {
			dst[2*p], dst[2*p+1] = cosine[p], sine[p]
		}
		if p < n { // an odd number is left
			dst[2*p] = cosine[p]
			return
		}
		dst = dst[2*n:]
	}
}

var zeros [256]float32

// turn returns the sine and the cosine of w·2⁻³² turns. The upper three bits
// choose the octant; what is left is at most an eighth of a turn, where short
// series are exact to float32.
func turn(w uint32) (sin, cos float32) {
	const step = math.Pi / 2 / (1 << 30)
	q := (w + 1<<29) >> 30               // the nearest quarter turn
	x := float64(int32(w<<2)) / 4 * step // and how far from there
	z := x * x
	s := x * (1 + z*(-1.0/6+z*(1.0/120+z*(-1.0/5040+z*(1.0/362880)))))
	c := 1 + z*(-0.5+z*(1.0/24+z*(-1.0/720+z*(1.0/40320))))
	if q&1 == 1 {
		s, c = c, -s
	}
	if q&2 == 2 {
		s, c = -s, -c
	}
	return float32(s), float32(c)
}

package dl

import (
	"math"

	"descent/dl/internal/simd"
)

// normals32 fills dst with normal numbers by the method of Box and Muller:
// two words make two numbers, a radius √(-2·log u) and an angle. It works on
// pieces that stay in the cache, so that all but the conversions from and to
// integers are vector operations. Package simd has the whole method in
// assembly, with the same bits.
func normals32(g *Generator, dst []float32, block uint64) {
	n := simd.Normals(dst, block, uint32(g.stream), g.seed)
	normalsByPasses(g, dst[n:], block+uint64(n/4))
}

func normalsByPasses(g *Generator, dst []float32, block uint64) {
	const pairs = 256
	var (
		w                  [2 * pairs]uint32
		radius, sine, cosn [pairs]float32
		angle, z           [pairs]float32
	)
	for len(dst) > 0 {
		n := min(pairs, (len(dst)+1)/2)
		simd.Philox(w[:(2*n+3)&^3], block, uint32(g.stream), g.seed)
		block += uint64((2*n + 3) / 4)
		for p := range n {
			// (w+½)·2⁻³² is never 0, so the logarithm is finite.
			radius[p] = (float32(w[2*p]) + 0.5) * (1.0 / (1 << 32))
			angle[p] = octant(w[2*p+1])
		}
		r := radius[:n]
		simd.Log(r, r)
		simd.MulScalar(r, r, -2)
		simd.Max(r, r, zeros[:n]) // a radius rounded up to 1 has logarithm 0 or -0
		simd.Sqrt(r, r)
		sincos(sine[:n], cosn[:n], angle[:n], z[:n])
		simd.Mul(sine[:n], sine[:n], r)
		simd.Mul(cosn[:n], cosn[:n], r)
		p := 0
		for ; 2*p+1 < len(dst) && p < n; p++ {
			dst[2*p], dst[2*p+1] = turn(w[2*p+1], sine[p], cosn[p])
		}
		if p < n { // an odd number is left
			dst[2*p], _ = turn(w[2*p+1], sine[p], cosn[p])
			return
		}
		dst = dst[2*n:]
	}
}

var zeros [256]float32

// octant returns how far w·2⁻³² turns are from the nearest quarter turn, in
// radians: at most π/4 either way.
func octant(w uint32) float32 {
	return float32(int32(w<<2)) * (math.Pi / 2 / (1 << 32))
}

// turn turns the point at the rest of an angle on by the quarter turns in w:
// an odd number swaps the coordinates, and signs follow. There is no branch,
// since the processor could not foresee it.
func turn(w uint32, sin, cos float32) (x, y float32) {
	q := (w + 1<<29) >> 30
	odd := -(q & 1)
	s, c := math.Float32bits(sin), math.Float32bits(cos)
	swap := (s ^ c) & odd
	s, c = s^swap, c^swap
	return math.Float32frombits(c ^ (q^q>>1)<<31), math.Float32frombits(s ^ q>>1<<31)
}

// sincos computes sine and cosine of angles of at most π/4 by their series; z
// is room to work in.
func sincos(sin, cos, x, z []float32) {
	simd.Mul(z, x, x)
	simd.Affine(sin, z, 1.0/362880, -1.0/5040)
	for _, c := range [...]float32{1.0 / 120, -1.0 / 6, 1} {
		simd.Mul(sin, sin, z)
		simd.AddScalar(sin, sin, c)
	}
	simd.Mul(sin, sin, x)
	simd.Affine(cos, z, 1.0/40320, -1.0/720)
	for _, c := range [...]float32{1.0 / 24, -0.5, 1} {
		simd.Mul(cos, cos, z)
		simd.AddScalar(cos, cos, c)
	}
}

package conv

import "math"

// The one-dimensional transforms that package conv's assembly has too; a
// tile's columns go through one, then its rows.

// pointsKind is a transform to the points.
type pointsKind int

const (
	inputPoints   pointsKind = iota // 6×6 inputs
	weightPoints                    // 3×3 taps
	outGradPoints                   // gradients of 4×4 outputs
)

// side is the height and width of what is transformed.
func (k pointsKind) side() int { return [...]int{6, 3, 4}[k] }

// resultKind is a transform back.
type resultKind int

const (
	outputPoints     resultKind = iota // 4×4 outputs
	weightGradPoints                   // gradients of 3×3 taps
)

func (k resultKind) side() int { return [...]int{4, 3}[k] }

// scratchFloats is the size of the scratch memory: a tile of the widest
// vectors.
const scratchFloats = 36 * 16

// toPoints transforms 8·n channels of a tile whose element (i,j) is at
// src[at+i*row+j*col], to dst[(6*i+j)*step].
func toPoints(kind pointsKind, n int, dst []float32, step int, src []float32, at, row, col int, scratch []float32) {
	m, last := kind.side()-1, 8*n-1
	_, _, _, _ = src[at], src[at+m*row+last], src[at+m*col+last], src[at+m*(row+col)+last]
	_, _ = dst[35*step+last], scratch[scratchFloats-1]
	if toPointsVector(kind, n, dst, step, src, at, row, col, scratch) {
		return
	}
	one := [...]func([]float32) []float32{pointsOfInput, pointsOfWeight, pointsOfOutGrad}[kind]
	for c := range 8 * n {
		through(kind.side(), one,
			func(i, j int) float32 { return src[at+i*row+j*col+c] },
			func(i, j int, v float32) { dst[(6*i+j)*step+c] = v })
	}
}

// fromPoints transforms 8·n channels back, to dst[i*row+j*col], adds the bias
// and raises what is below floor.
func fromPoints(kind resultKind, n int, dst []float32, row, col int, src []float32, step int, bias []float32, floor float32, scratch []float32) {
	m, last := kind.side()-1, 8*n-1
	_, _, _ = dst[m*row+m*col+last], src[35*step+last], bias[last]
	_ = scratch[scratchFloats-1]
	if fromPointsVector(kind, n, dst, row, col, src, step, bias, floor, scratch) {
		return
	}
	one := [...]func([]float32) []float32{outputOfPoints, weightGradOfPoints}[kind]
	for c := range 8 * n {
		through(6, one,
			func(i, j int) float32 { return src[(6*i+j)*step+c] },
			func(i, j int, v float32) {
				if v += bias[c]; v < floor {
					v = floor
				}
				dst[i*row+j*col+c] = v
			})
	}
}

// through transforms the columns of an n×n tile, then its rows.
func through(n int, one func([]float32) []float32, load func(i, j int) float32, store func(i, j int, v float32)) {
	half := make([][]float32, n)
	x := make([]float32, n)
	for j := range n {
		for i := range n {
			x[i] = load(i, j)
		}
		half[j] = one(x)
	}
	for i := range half[0] {
		for j := range n {
			x[j] = half[j][i]
		}
		for j, v := range one(x) {
			store(i, j, v)
		}
	}
}

// The points ±a and ±b, and the factors of their kernels.
const (
	pointA = float32(math.Sqrt2 / 2)
	pointB = float32(math.Sqrt2)
	pointK = float32(-2.0 / 3)
	pointL = float32(1.0 / 6)
)

// fma is f·a + b, rounded once.
func fma(f, a, b float32) float32 { return float32(float64(f)*float64(a) + float64(b)) }

func pointsOfInput(d []float32) []float32 {
	e, o := fma(-2, d[2], d[4]), fma(-2, d[1], d[3])
	f, p := fma(-0.5, d[2], d[4]), fma(-0.5, d[1], d[3])
	return []float32{fma(-2.5, d[2], d[0]+d[4]), fma(pointA, o, e), fma(-pointA, o, e), fma(pointB, p, f), fma(-pointB, p, f),
		fma(-2.5, d[3], d[1]+d[5])}
}

func pointsOfWeight(g []float32) []float32 {
	const ka, lb = float32(-2.0 / 3 * (math.Sqrt2 / 2)), float32(1.0 / 6 * math.Sqrt2)
	e, f := pointK*fma(0.5, g[2], g[0]), pointL*fma(2, g[2], g[0])
	return []float32{g[0], fma(ka, g[1], e), fma(-ka, g[1], e), fma(lb, g[1], f), fma(-lb, g[1], f), g[2]}
}

func pointsOfOutGrad(y []float32) []float32 {
	e, o := fma(0.5, y[2], y[0]), fma(0.5, y[3], y[1])
	f, p := fma(2, y[2], y[0]), fma(2, y[3], y[1])
	return []float32{y[0], fma(pointA, o, e), fma(-pointA, o, e), fma(pointB, p, f), fma(-pointB, p, f), y[3]}
}

func outputOfPoints(m []float32) []float32 {
	s, d, t, e := m[1]+m[2], m[1]-m[2], m[3]+m[4], m[3]-m[4]
	return []float32{m[0] + s + t, fma(pointA, d, float32(pointB*e)), fma(0.5, s, t+t), fma(pointA/2, d, fma(2*pointB, e, m[5]))}
}

func weightGradOfPoints(u []float32) []float32 {
	const ka, lb = float32(-2.0 / 3 * (math.Sqrt2 / 2)), float32(1.0 / 6 * math.Sqrt2)
	s, d, t, e := u[1]+u[2], u[1]-u[2], u[3]+u[4], u[3]-u[4]
	return []float32{fma(pointL, t, fma(pointK, s, u[0])), fma(ka, d, float32(lb*e)), fma(2*pointL, t, fma(pointK/2, s, u[5]))}
}

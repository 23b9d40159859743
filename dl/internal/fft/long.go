package fft

import (
	"math"

	"descent/dl/internal/par"
)

// alone reports whether rows of n pairs go one by one: few long ones.
func alone(rows, n int) bool { return rows > 0 && rows < 4 && n >= 2048 && n%lanes == 0 && !rough(n) }

// long transforms one signal of n pairs: eight signals of every eighth of its
// pairs, which lie side by side as they are, and then, for each of their
// coefficients, a transform of eight.
type long[T Float] struct {
	n       int
	inverse bool
	p       *plan[T]
	tw      []T // for each coefficient, what its eight points are multiplied by
	x, y    []T
}

func newLong[T Float](n int, inverse bool) *long[T] {
	return &long[T]{n: n, inverse: inverse, p: planFor[T](n/lanes, inverse), tw: kept[T]("long", n, inverse, longTwiddles[T]), x: make([]T, 2*n), y: make([]T, 2*n)}
}

func longTwiddles[T Float](n int, inverse bool) []T {
	tw := make([]T, 2*n)
	for k := range n / lanes {
		for j := range lanes {
			re, im := unit(j*k, n)
			if inverse {
				im = -im
			}
			tw[k*point+j], tw[k*point+lanes+j] = T(re), T(im)
		}
	}
	return tw
}

func (l *long[T]) run(dst, src []T) {
	m := l.n / lanes
	for k := range m {
		to, from := (*[point]T)(l.x[k*point:]), (*[point]T)(src[k*point:])
		for j := range lanes {
			to[j], to[lanes+j] = from[2*j], from[2*j+1]
		}
	}
	z := l.p.run(l.x, l.y)
	par.For(m, 4096, func(lo, hi int) {
		for k := lo; k < hi; k++ {
			y, w := (*[point]T)(z[k*point:]), (*[point]T)(l.tw[k*point:])
			var re, im [lanes]T
			for j := range lanes {
				re[j], im[j] = y[j]*w[j]-y[j+lanes]*w[j+lanes], y[j]*w[j+lanes]+y[j+lanes]*w[j]
			}
			if l.inverse { // with parts exchanged, the other sign
				eight(&im, &re)
			} else {
				eight(&re, &im)
			}
			for j := range lanes {
				dst[2*(k+j*m)], dst[2*(k+j*m)+1] = re[j], im[j]
			}
		}
	})
}

// eight transforms eight pairs.
func eight[T Float](re, im *[lanes]T) {
	const h = math.Sqrt2 / 2
	a, b, c, d := four(re[0], im[0], re[2], im[2], re[4], im[4], re[6], im[6])
	e, f, g, k := four(re[1], im[1], re[3], im[3], re[5], im[5], re[7], im[7])
	f = [2]T{(f[0] + f[1]) * h, (f[1] - f[0]) * h}
	g = [2]T{g[1], -g[0]}
	k = [2]T{(k[1] - k[0]) * h, -(k[0] + k[1]) * h}
	for j, p := range [4][2][2]T{{a, e}, {b, f}, {c, g}, {d, k}} {
		re[j], im[j] = p[0][0]+p[1][0], p[0][1]+p[1][1]
		re[j+4], im[j+4] = p[0][0]-p[1][0], p[0][1]-p[1][1]
	}
}

func four[T Float](ar, ai, br, bi, cr, ci, dr, di T) (a, b, c, d [2]T) {
	sr, si, tr, ti := ar+cr, ai+ci, ar-cr, ai-ci
	ur, ui, vr, vi := br+dr, bi+di, br-dr, bi-di
	return [2]T{sr + ur, si + ui}, [2]T{tr + vi, ti - vr}, [2]T{sr - ur, si - ui}, [2]T{tr - vi, ti + vr}
}

// untangleRow is untangle for one signal whose pairs lie one after the other.
func untangleRow[T Float](x, u []T, m int, half T) {
	for k := 1; k <= m/2; k++ {
		a, b := (*[2]T)(x[2*k:]), (*[2]T)(x[2*(m-k):])
		a[0], a[1], b[0], b[1] = untangled(a[0], a[1], b[0], b[1], u[2*k-2], u[2*k-1], half)
	}
}

package spectral

import (
	"sync/atomic"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"

	"descent/dl/internal/par"
)

// Singular computes the singular values of the m×n matrix a, largest first, the
// left vectors in the columns of u, m×k, and the right ones in the rows of vt,
// k×n, where k is the smaller of m and n. It overwrites a and reports whether
// they were found; they are not where an element is not finite.
func Singular(m, n int, a, u, s, vt []float64) bool {
	if m < n { // the transpose has left and right exchanged
		left, right := make([]float64, n*m), make([]float64, m*m)
		if !Singular(n, m, transposed(m, n, a), left, s, right) {
			return false
		}
		copy(u, transposed(m, m, right))
		copy(vt, transposed(n, m, left))
		return true
	}
	if n == 0 {
		return true
	}
	scale, ok := scaleOf(a)
	if !ok {
		return false
	}
	times(a, 1/scale)
	e := make([]float64, max(n-1, 1))
	bidiagonal(m, n, a, s, e, u, vt)
	// The rotations of the left vectors go along rows when those are the columns.
	ut := transposed(m, n, u)
	if !finish(m, n, s, e, ut, vt) {
		return false
	}
	copy(u, transposed(n, m, ut))
	times(s, scale)
	return true
}

// bidiagonal reduces a to the diagonal d and e above it, and sets u and vt to
// what it was multiplied by.
func bidiagonal(m, n int, a, d, e, u, vt []float64) {
	q, p := make([]float64, n), make([]float64, n)
	work := make([]float64, 1)
	sized := func(f func(work []float64, size int)) {
		f(work[:1], -1)
		if size := int(work[0]); size > len(work) {
			work = make([]float64, size)
		}
		f(work, len(work))
	}
	sized(func(w []float64, size int) { impl.Dgebrd(m, n, a, n, d, e, q, p, w, size) })
	copy(vt, a[:n*n])
	copy(u, a)
	sized(func(w []float64, size int) { impl.Dorgbr(lapack.GenerateQ, m, n, n, u, n, q, w, size) })
	sized(func(w []float64, size int) { impl.Dorgbr(lapack.GeneratePT, n, n, n, vt, n, p, w, size) })
}

// finish turns the bidiagonal matrix to a diagonal one. Every strip of columns of
// ut and vt goes through the same rotations, so that workers share them out, and
// each finds the rotations by itself.
func finish(m, n int, d, e, ut, vt []float64) bool {
	strips := min(par.Workers(), 8)
	var failed atomic.Bool
	values := make([][]float64, strips)
	par.For(strips, 1, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			par.Poll()
			own, beside := append([]float64(nil), d...), append([]float64(nil), e...)
			work := make([]float64, 4*n)
			v0, v1 := i*n/strips, (i+1)*n/strips
			u0, u1 := i*m/strips, (i+1)*m/strips
			if v0 == v1 && u0 == u1 {
				continue
			}
			if !impl.Dbdsqr(blas.Upper, n, v1-v0, 0, u1-u0, own, beside, vt[v0:], n, nil, 1, ut[u0:], m, work) {
				failed.Store(true)
			}
			values[i] = own
		}
	})
	copy(d, values[strips-1])
	return !failed.Load()
}

// transposed returns the n×m transpose of the m×n matrix a.
func transposed(m, n int, a []float64) []float64 {
	t := make([]float64, m*n)
	const tile = 16
	for i0 := 0; i0 < m; i0 += tile {
		for j0 := 0; j0 < n; j0 += tile {
			for i := i0; i < min(i0+tile, m); i++ {
				for j := j0; j < min(j0+tile, n); j++ {
					t[j*m+i] = a[i*n+j]
				}
			}
		}
	}
	return t
}

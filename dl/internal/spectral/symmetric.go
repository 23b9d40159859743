package spectral

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack/gonum"
)

var impl gonum.Implementation

const (
	epsilon = 0x1p-53
	// tiny is the least number whose inverse is finite.
	tiny = 0x1p-1022
	// Sweeps are for each eigenvalue at most; two or three are usual.
	mostSweeps = 60
	// patience is after how many sweeps for one eigenvalue what is small beside the
	// whole matrix counts as nothing: a matrix that shrinks towards its end has
	// eigenvalues that are no better known.
	patience = 8
)

// Symmetric computes the eigenvalues of the symmetric n×n matrix a, of which it
// reads the lower triangle, smallest first, and puts the eigenvectors into the
// columns of a. It reports whether they were found; they are not where an
// element is not finite.
func Symmetric(n int, a, values []float64) bool {
	if n == 0 {
		return true
	}
	scale, ok := scaleOf(a)
	if !ok {
		return false
	}
	times(a, 1/scale)
	e, tau := make([]float64, max(n-1, 1)), make([]float64, max(n-1, 1))
	work := make([]float64, 1)
	impl.Dsytrd(blas.Lower, n, a, n, values, e, tau, work, -1)
	work = make([]float64, max(int(work[0]), 1))
	impl.Dsytrd(blas.Lower, n, a, n, values, e, tau, work, len(work))
	work = work[:1]
	impl.Dorgtr(blas.Lower, n, a, n, tau, work, -1)
	work = make([]float64, max(int(work[0]), 1))
	impl.Dorgtr(blas.Lower, n, a, n, tau, work, len(work))
	if !diagonalize(n, values, e, a) {
		return false
	}
	times(values, scale)
	order(n, values, a)
	return true
}

// scaleOf returns what to divide a by so that no square overflows or is lost, 1
// for usual numbers. It reports whether all are finite.
func scaleOf(a []float64) (scale float64, finite bool) {
	most := 0.0
	for _, v := range a {
		if v = math.Abs(v); !(v <= math.MaxFloat64) {
			return 1, false
		}
		most = max(most, v)
	}
	if most == 0 || most > 0x1p-400 && most < 0x1p400 {
		return 1, true
	}
	_, exp := math.Frexp(most)
	return math.Ldexp(1, max(exp, -1000)), true
}

func times(a []float64, f float64) {
	if f == 1 {
		return
	}
	for i := range a {
		a[i] *= f
	}
}

// diagonalize turns the tridiagonal matrix with d on its diagonal and e beside it
// to a diagonal one, and the columns of z with it: the implicit QL method with
// Wilkinson's shifts (Dubrulle, Martin, Wilkinson, Numer. Math. 12, 1968).
func diagonalize(n int, d, e, z []float64) bool {
	e = append(slices.Clip(e[:n-1]), 0)
	turns := rotations{n: n, z: z}
	norm := 0.0
	for i, v := range d {
		norm = max(norm, math.Abs(v), math.Abs(e[i]))
	}
	for l := range n {
		for sweeps := 0; ; sweeps++ {
			floor := tiny
			if sweeps >= patience {
				floor = epsilon * norm
			}
			m := l
			for m < n-1 && !negligible(e[m], d[m], d[m+1], floor) {
				m++
			}
			if m < n-1 {
				e[m] = 0
			}
			if m == l {
				break
			}
			if sweeps == mostSweeps {
				return false
			}
			turns.begin(m)
			chase(d, e, l, m, &turns)
		}
	}
	turns.flush()
	return true
}

// negligible reports whether e beside the diagonal elements a and b makes no
// difference to them, or is at most floor.
func negligible(e, a, b, floor float64) bool {
	e = math.Abs(e)
	return e <= epsilon*math.Sqrt(math.Abs(a))*math.Sqrt(math.Abs(b)) || e <= floor
}

// chase does one sweep over the elements l to m.
func chase(d, e []float64, l, m int, turns *rotations) {
	g := (d[l+1] - d[l]) / (2 * e[l])
	g = d[m] - d[l] + e[l]/(g+math.Copysign(math.Hypot(g, 1), g))
	s, c, p := 1.0, 1.0, 0.0
	for i := m - 1; i >= l; i-- {
		f, b := s*e[i], c*e[i]
		r := math.Hypot(f, g)
		e[i+1] = r
		if r == 0 { // the matrix falls apart here
			d[i+1] -= p
			e[m] = 0
			return
		}
		s, c = f/r, g/r
		g = d[i+1] - p
		r = (d[i]-g)*s + 2*c*b
		p = s * r
		d[i+1] = g + p
		g = c*r - b
		turns.add(c, s)
	}
	d[l] -= p
	e[l], e[m] = g, 0
}

// order sorts the eigenvalues and the columns of z.
func order(n int, d, z []float64) {
	place := make([]int, n)
	for i := range place {
		place[i] = i
	}
	slices.SortStableFunc(place, func(a, b int) int { return cmp.Compare(d[a], d[b]) })
	row := make([]float64, n)
	move := func(x []float64) {
		for i, p := range place {
			row[i] = x[p]
		}
		copy(x, row)
	}
	move(d)
	for i := range n {
		move(z[i*n:][:n])
	}
}

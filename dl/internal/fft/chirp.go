package fft

import "math/bits"

// chirp transforms signals of any length n as a convolution: with jk =
// (j² + k² - (k-j)²)/2, the sum over j of x[j]·w^jk is, but for factors c[j] and
// c[k] of w^(j²/2), that of x[j] with their conjugates at k-j.
//
// L. Bluestein, IEEE Trans. Audio 18, 1970.
type chirp[T Float] struct {
	n, m       int // m: a power of two that holds the convolution
	turns      []T // n pairs c[k]
	spectrum   []T // m pairs: of the conjugates, divided by m
	there, out *plan[T]
}

func newChirp[T Float](n int, inverse bool) *chirp[T] {
	m := 1 << bits.Len(uint(2*n-2))
	c := &chirp[T]{n: n, m: m, there: planFor[T](m, false), out: planFor[T](m, true)}
	x, y := make([]T, m*point), make([]T, m*point)
	for k, square := 0, 0; k < n; k++ {
		c.turns = appendUnit(c.turns, square, 2*n, inverse)
		re, im := c.turns[2*k]/T(m), -c.turns[2*k+1]/T(m)
		for _, at := range []int{k, (m - k) % m} {
			x[at*point], x[at*point+lanes] = re, im
		}
		square = (square + 2*k + 1) % (2 * n)
	}
	spectrum := c.there.run(x, y)
	for k := range m {
		c.spectrum = append(c.spectrum, spectrum[k*point], spectrum[k*point+lanes])
	}
	return c
}

// run transforms x into y.
func (c *chirp[T]) run(x, y []T) {
	a, b := make([]T, c.m*point), make([]T, c.m*point)
	copy(a, x[:c.n*point])
	for k := range c.n {
		turn((*[point]T)(a[k*point:]), c.turns[2*k], c.turns[2*k+1])
	}
	r := c.there.run(a, b)
	if &r[0] == &b[0] {
		a, b = b, a
	}
	for k := range c.m {
		turn((*[point]T)(a[k*point:]), c.spectrum[2*k], c.spectrum[2*k+1])
	}
	copy(y, c.out.run(a, b)[:c.n*point])
	for k := range c.n {
		turn((*[point]T)(y[k*point:]), c.turns[2*k], c.turns[2*k+1])
	}
}

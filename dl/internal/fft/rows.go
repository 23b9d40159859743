package fft

import (
	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// Complex transforms rows of n pairs, without a factor; the exponent is
// positive when inverse. dst and src may be the same.
func Complex[T Float](dst, src []T, n int, inverse bool) {
	rows := len(src) / (2 * n)
	if widen(dst, src, n, func(d, s []float64) { Complex(d, s, n, inverse) }) {
		return
	}
	if alone(rows, n) {
		l := newLong[T](n, inverse)
		for r := range rows {
			l.run(dst[2*n*r:][:2*n], src[2*n*r:][:2*n])
		}
		return
	}
	p := planFor[T](n, inverse)
	groups(rows, n, func(lo, hi int) {
		x, y := make([]T, n*point), make([]T, n*point)
		for r := lo; r < hi; r += lanes {
			k := min(lanes, hi-r)
			gather(x, src[r*2*n:], k, 2*n)
			spread(dst[r*2*n:], p.run(x, y), k, 2*n)
		}
	})
}

// Real transforms rows of n numbers to rows of n/2+1 pairs.
func Real[T Float](dst, src []T, n int) {
	rows, m := len(src)/n, n/2
	w := 2 * (m + 1)
	if widen(dst, src, n, func(d, s []float64) { Real(d, s, n) }) {
		return
	}
	if n%2 == 1 {
		realOdd(dst, src, n)
		return
	}
	u := kept[T]("untangling", n, false, untangling[T])
	if alone(rows, m) {
		l := newLong[T](m, false)
		for r := range rows {
			row := dst[r*w:][:w]
			l.run(row[:2*m], src[r*n:][:n])
			untangleRow(row, u, m, 0.5)
			row[2*m], row[2*m+1] = row[0]-row[1], 0
			row[0], row[1] = row[0]+row[1], 0
		}
		return
	}
	p := planFor[T](m, false)
	groups(rows, n, func(lo, hi int) {
		x, y := make([]T, (m+1)*point), make([]T, (m+1)*point)
		for r := lo; r < hi; r += lanes {
			k := min(lanes, hi-r)
			gather(x, src[r*n:], k, n)
			z := p.run(x, y)
			untangle(z, u, m, 0.5)
			ends(z, m)
			spread(dst[r*w:], z, k, w)
		}
	})
}

// RealInverse transforms rows of n/2+1 pairs to rows of n numbers, divided by n.
// The imaginary parts of the first and, for even n, of the last pair do not
// count.
func RealInverse[T Float](dst, src []T, n int) {
	m := n / 2
	w := 2 * (m + 1)
	rows := len(src) / w
	if widen(dst, src, n, func(d, s []float64) { RealInverse(d, s, n) }) {
		return
	}
	if n%2 == 1 {
		realInverseOdd(dst, src, n)
		return
	}
	u, half := kept[T]("untangling", n, true, untangling[T]), T(1/float64(n)) // half of one part in m
	if alone(rows, m) {
		l := newLong[T](m, true)
		row := make([]T, w)
		for r := range rows {
			copy(row, src[r*w:])
			untangleRow(row, u, m, half)
			row[0], row[1] = (row[0]+row[2*m])*half, (row[0]-row[2*m])*half
			l.run(dst[r*n:][:n], row[:n])
		}
		return
	}
	p := planFor[T](m, true)
	groups(rows, n, func(lo, hi int) {
		x, y := make([]T, (m+1)*point), make([]T, (m+1)*point)
		for r := lo; r < hi; r += lanes {
			k := min(lanes, hi-r)
			gather(x, src[r*w:], k, w)
			untangle(x, u, m, half)
			joined(x, m, half)
			spread(dst[r*n:], p.run(x, y), k, n)
		}
	})
}

// realOdd and realInverseOdd transform pairs whose imaginary parts are zero.
func realOdd[T Float](dst, src []T, n int) {
	p := planFor[T](n, false)
	w := 2 * (n/2 + 1)
	groups(len(src)/n, n, func(lo, hi int) {
		x, y := make([]T, n*point), make([]T, n*point)
		for r := lo; r < hi; r += lanes {
			k := min(lanes, hi-r)
			clear(x)
			for j := range n {
				for l := range k {
					x[j*point+l] = src[(r+l)*n+j]
				}
			}
			z := p.run(x, y)
			clear(z[lanes:point]) // the sum of the signal is real
			spread(dst[r*w:], z, k, w)
		}
	})
}

func realInverseOdd[T Float](dst, src []T, n int) {
	p := planFor[T](n, true)
	w := 2 * (n/2 + 1)
	part := T(1 / float64(n))
	groups(len(src)/w, n, func(lo, hi int) {
		x, y := make([]T, n*point), make([]T, n*point)
		for r := lo; r < hi; r += lanes {
			k := min(lanes, hi-r)
			clear(x)
			for l := range k {
				row := src[(r+l)*w:][:w]
				x[l] = row[0] * part
				for j := 1; j <= n/2; j++ {
					re, im := row[2*j]*part, row[2*j+1]*part
					x[j*point+l], x[j*point+lanes+l] = re, im
					x[(n-j)*point+l], x[(n-j)*point+lanes+l] = re, -im
				}
			}
			z := p.run(x, y)
			for l := range k {
				row := dst[(r+l)*n:][:n]
				for j := range row {
					row[j] = z[j*point+l]
				}
			}
		}
	})
}

// groups shares out rows, eight or a multiple of it at a time.
func groups(rows, n int, f func(lo, hi int)) {
	par.For(rows, lanes*max(1, 1<<14/n), f)
}

// gather sets x to k rows of w numbers side by side; the lanes beyond are zero.
func gather[T Float](x, src []T, k, w int) {
	if k < lanes {
		clear(x[:w*lanes])
	}
	if s, ok := any(src).([]float32); ok {
		simd.Transpose(k, w, any(x).([]float32), lanes, s, w)
		return
	}
	for l := range k {
		for j, v := range src[l*w:][:w] {
			x[j*lanes+l] = v
		}
	}
}

// spread is the way back of gather.
func spread[T Float](dst, x []T, k, w int) {
	if d, ok := any(dst).([]float32); ok {
		simd.Transpose(w, k, d, w, any(x).([]float32), lanes)
		return
	}
	for l := range k {
		row := dst[l*w:][:w]
		for j := range row {
			row[j] = x[j*lanes+l]
		}
	}
}

// widen runs f in float64 where float32 would lose too much: a convolution has
// sums of many terms. It reports whether it did.
func widen[T Float](dst, src []T, n int, f func(dst, src []float64)) bool {
	if _, narrow := any(src).([]float32); !narrow || !rough(n) {
		return false
	}
	d, s := make([]float64, len(dst)), make([]float64, len(src))
	for i, v := range src {
		s[i] = float64(v)
	}
	f(d, s)
	for i, v := range d {
		dst[i] = T(v)
	}
	return true
}

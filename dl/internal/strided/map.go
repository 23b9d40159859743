package strided

import "descent/dl/internal/par"

// unit reports whether the strides walk n elements in memory order.
func unit(shape, strides []int) bool {
	want := 1
	for d := len(shape) - 1; d >= 0; d-- {
		if shape[d] != 1 && strides[d] != want {
			return false
		}
		want *= shape[d]
	}
	return true
}

// Map1 sets dst to f of a. shape and as describe a; dst is contiguous.
func Map1[D, S Element](dst []D, shape []int, a []S, as []int, f func(dst []D, a []S)) {
	n := len(dst)
	if n == 0 {
		return
	}
	if unit(shape, as) {
		if n <= grain {
			f(dst, a[:n])
			return
		}
		par.For(n, grain, func(lo, hi int) { f(dst[lo:hi], a[lo:hi]) })
		return
	}
	var w walk
	w.merge(shape, as)
	length, _ := w.rows()
	sa := w.strides(0)
	w.each(func(c *cursor, r, rows, lo, hi int) {
		ra := newRow(a, sa[len(sa)-1], length)
		step := hi - lo
		if ra.buf != nil {
			step = len(ra.buf)
		}
		for ; rows > 0; rows-- {
			for i := lo; i < hi; i += step {
				m := min(step, hi-i)
				f(dst[r*length+i:r*length+i+m], ra.at(c.off[0], i, m))
			}
			c.next()
			r++
		}
	})
}

// Map2 sets dst to f of a and b, which both have the given shape.
func Map2[D, A, B Element](dst []D, shape []int, a []A, as []int, b []B, bs []int, f func(dst []D, a []A, b []B)) {
	n := len(dst)
	if n == 0 {
		return
	}
	if unit(shape, as) && unit(shape, bs) {
		if n <= grain {
			f(dst, a[:n], b[:n])
			return
		}
		par.For(n, grain, func(lo, hi int) { f(dst[lo:hi], a[lo:hi], b[lo:hi]) })
		return
	}
	var w walk
	w.merge(shape, as, bs)
	length, _ := w.rows()
	sa, sb := w.strides(0), w.strides(1)
	w.each(func(c *cursor, r, rows, lo, hi int) {
		ra := newRow(a, sa[len(sa)-1], length)
		rb := newRow(b, sb[len(sb)-1], length)
		step := hi - lo
		if ra.buf != nil || rb.buf != nil {
			step = min(step, block)
		}
		for ; rows > 0; rows-- {
			for i := lo; i < hi; i += step {
				m := min(step, hi-i)
				f(dst[r*length+i:r*length+i+m], ra.at(c.off[0], i, m), rb.at(c.off[1], i, m))
			}
			c.next()
			r++
		}
	})
}

// Map3 sets dst to f of a, b and x, which all have the given shape.
func Map3[D, A, B, X Element](dst []D, shape []int, a []A, as []int, b []B, bs []int, x []X, xs []int,
	f func(dst []D, a []A, b []B, x []X)) {
	n := len(dst)
	if n == 0 {
		return
	}
	var w walk
	w.merge(shape, as, bs, xs)
	length, _ := w.rows()
	sa, sb, sx := w.strides(0), w.strides(1), w.strides(2)
	w.each(func(c *cursor, r, rows, lo, hi int) {
		ra := newRow(a, sa[len(sa)-1], length)
		rb := newRow(b, sb[len(sb)-1], length)
		rx := newRow(x, sx[len(sx)-1], length)
		step := hi - lo
		if ra.buf != nil || rb.buf != nil || rx.buf != nil {
			step = min(step, block)
		}
		for ; rows > 0; rows-- {
			for i := lo; i < hi; i += step {
				m := min(step, hi-i)
				f(dst[r*length+i:r*length+i+m], ra.at(c.off[0], i, m), rb.at(c.off[1], i, m), rx.at(c.off[2], i, m))
			}
			c.next()
			r++
		}
	})
}

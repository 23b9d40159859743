package strided

import (
	"math/bits"
	"unsafe"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// Copy copies an array to another of the same shape, in any layout: the first
// elements are dst[dstAt] and src[srcAt], and strides may be negative, those of
// src zero. The two must not overlap.
func Copy[T Element](shape []int, dst []T, dstAt int, dstStrides []int, src []T, srcAt int, srcStrides []int) {
	for _, n := range shape {
		if n == 0 {
			return
		}
	}
	var w walk
	w.merge(shape, dstStrides, srcStrides)
	to, from := w.strides(0), w.strides(1)
	if to[len(to)-1] == 1 && from[len(from)-1] == 1 {
		if d, ok := any(dst).([]float32); ok && len(to) > 1 {
			copyRectangles(&w, d, dstAt, any(src).([]float32), srcAt)
			return
		}
	}
	step, back := to[len(to)-1], from[len(from)-1]
	w.each(func(c *cursor, _, rows, lo, hi int) {
		for ; rows > 0; rows-- {
			d, s := dstAt+c.off[0]+lo*step, srcAt+c.off[1]+lo*back
			switch {
			case step == 1 && back == 1:
				copy(dst[d:d+hi-lo], src[s:s+hi-lo])
			case step == 1 && back == -1:
				reverse(dst[d:d+hi-lo], src[s-(hi-lo)+1:s+1])
			case step == 1:
				for i := range dst[d : d+hi-lo] {
					dst[d+i] = src[s]
					s += back
				}
			default:
				for range hi - lo {
					dst[d] = src[s]
					d += step
					s += back
				}
			}
			c.next()
		}
	})
}

// copyRectangles copies the last two dimensions together, whose rows are
// contiguous on both sides.
func copyRectangles(w *walk, dst []float32, dstAt int, src []float32, srcAt int) {
	length, count := w.rows()
	sh := w.dims()
	across := sh[len(sh)-2]
	to, from := w.strides(0)[len(sh)-2], w.strides(1)[len(sh)-2]
	if to < 0 || from < 0 {
		w.each(func(c *cursor, _, rows, lo, hi int) {
			for ; rows > 0; rows-- {
				d, s := dstAt+c.off[0], srcAt+c.off[1]
				copy(dst[d+lo:d+hi], src[s+lo:s+hi])
				c.next()
			}
		})
		return
	}
	par.For(count, max(1, grain/length), func(lo, hi int) {
		for lo < hi {
			n := min(hi-lo, across-lo%across)
			var c cursor
			c.seek(w, lo)
			d, s := dstAt+c.off[0], srcAt+c.off[1]
			if length >= 64 {
				for i := range n {
					copy(dst[d+i*to:][:length], src[s+i*from:][:length])
				}
			} else {
				simd.CopyRows(n, length, dst[d:], to, src[s:], from)
			}
			lo += n
		}
	})
}

// reverse copies src, of the same length, backwards.
func reverse[T Element](dst, src []T) {
	n := len(dst)
	src = src[:n]
	i := 0
	if n > 0 && unsafe.Sizeof(dst[0]) == 4 { // two at once
		for ; i+2 <= n; i += 2 {
			v := *(*uint64)(unsafe.Pointer(&src[n-2-i]))
			*(*uint64)(unsafe.Pointer(&dst[i])) = bits.RotateLeft64(v, 32)
		}
	}
	for ; i < n; i++ {
		dst[i] = src[n-1-i]
	}
}

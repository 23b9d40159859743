package strided

import (
	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// Gather copies a strided array into contiguous memory.
func Gather[T Element](dst []T, shape []int, src []T, strides []int) {
	if len(dst) == 0 {
		return
	}
	var w walk
	w.merge(shape, strides)
	length, count := w.rows()
	st := w.strides(0)
	last := st[len(st)-1]
	if last == 1 {
		w.each(func(c *cursor, r, rows, lo, hi int) {
			for ; rows > 0; rows-- {
				copy(dst[r*length+lo:r*length+hi], src[c.off[0]+lo:c.off[0]+hi])
				c.next()
				r++
			}
		})
		return
	}
	// A transposition: the dimension before the last is the one in memory
	// order. Square tiles keep both sides in the cache.
	if len(st) >= 2 && st[len(st)-2] == 1 && length >= 4 {
		across := w.dims()[len(st)-2]
		planes := count / across
		par.For(planes*((across+tile-1)/tile), max(1, grain/(tile*length)), func(lo, hi int) {
			strips := (across + tile - 1) / tile
			for u := lo; u < hi; u++ {
				var c cursor
				c.seek(&w, u/strips*across)
				i0 := u % strips * tile
				i1 := min(i0+tile, across)
				if d, ok := any(dst).([]float32); ok {
					s := any(src).([]float32)
					simd.Transpose(length, i1-i0, d[(u/strips*across+i0)*length:], length, s[c.off[0]+i0:], last)
					continue
				}
				transpose(dst[u/strips*across*length:], src[c.off[0]:], i0, i1, length, last)
			}
		})
		return
	}
	w.each(func(c *cursor, r, rows, lo, hi int) {
		for ; rows > 0; rows-- {
			d := dst[r*length+lo : r*length+hi]
			p := c.off[0] + lo*last
			for i := range d {
				d[i] = src[p]
				p += last
			}
			c.next()
			r++
		}
	})
}

const tile = 16

// transpose sets dst[i*n+j] = src[i+j*ld] for i in [i0, i1).
func transpose[T Element](dst, src []T, i0, i1, n, ld int) {
	for j0 := 0; j0 < n; j0 += tile {
		j1 := min(j0+tile, n)
		for i := i0; i < i1; i++ {
			d := dst[i*n+j0 : i*n+j1]
			p := i + j0*ld
			for j := range d {
				d[j] = src[p]
				p += ld
			}
		}
	}
}

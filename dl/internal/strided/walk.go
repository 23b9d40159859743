package strided

import "descent/dl/internal/par"

const (
	maxDims = 8
	// block is the longest piece of a row handed to a kernel at once when it
	// has to be gathered: two such rows of float64 stay in the first-level cache.
	block = 1024
	// grain is how many elements are worth a task of their own.
	grain = 16384
)

// walk is the iteration over up to three operands of one shape, with
// dimensions merged where all operands allow it.
type walk struct {
	nd     int
	shape  [maxDims]int
	stride [3][maxDims]int
	large  *largeWalk // for what does not fit
	ops    int
}

type largeWalk struct {
	shape  []int
	stride [3][]int
}

// dims returns the merged shape and the strides of operand k.
func (w *walk) dims() []int {
	if w.large != nil {
		return w.large.shape
	}
	return w.shape[:w.nd]
}

func (w *walk) strides(k int) []int {
	if w.large != nil {
		return w.large.stride[k]
	}
	return w.stride[k][:w.nd]
}

// merge sets w up for the shape and the strides of each operand.
func (w *walk) merge(shape []int, strides ...[]int) {
	w.ops = len(strides)
	sh := w.shape[:0]
	var st [3][]int
	for k := range st {
		st[k] = w.stride[k][:0]
	}
	for d, n := range shape {
		if n == 1 {
			continue
		}
		last := len(sh) - 1
		joins := last >= 0
		for k := 0; joins && k < w.ops; k++ {
			joins = st[k][last] == strides[k][d]*n
		}
		if joins {
			sh[last] *= n
			for k := range w.ops {
				st[k][last] = strides[k][d]
			}
			continue
		}
		sh = append(sh, n)
		for k := range w.ops {
			st[k] = append(st[k], strides[k][d])
		}
	}
	if len(sh) == 0 {
		sh = append(sh, 1)
		for k := range w.ops {
			st[k] = append(st[k], 1)
		}
	}
	w.nd = len(sh)
	if w.nd > maxDims {
		w.large = &largeWalk{sh, st}
	}
}

// rows returns the length of a row and the number of rows.
func (w *walk) rows() (length, count int) {
	sh := w.dims()
	count = 1
	for _, n := range sh[:len(sh)-1] {
		count *= n
	}
	return sh[len(sh)-1], count
}

// cursor walks the rows of an operand set in order.
type cursor struct {
	w     *walk
	index [maxDims]int
	more  []int
	off   [3]int
}

// seek puts the cursor on row r.
func (c *cursor) seek(w *walk, r int) {
	c.w = w
	sh := w.dims()
	var idx []int
	if len(sh) > maxDims {
		c.more = make([]int, len(sh))
		idx = c.more
	} else {
		idx = c.index[:len(sh)]
	}
	c.off = [3]int{}
	for d := len(sh) - 2; d >= 0; d-- {
		idx[d] = r % sh[d]
		r /= sh[d]
		for k := range w.ops {
			c.off[k] += idx[d] * w.strides(k)[d]
		}
	}
}

// next moves to the following row.
func (c *cursor) next() {
	sh := c.w.dims()
	idx := c.more
	if idx == nil {
		idx = c.index[:len(sh)]
	}
	for d := len(sh) - 2; d >= 0; d-- {
		idx[d]++
		for k := range c.w.ops {
			c.off[k] += c.w.strides(k)[d]
		}
		if idx[d] < sh[d] {
			return
		}
		for k := range c.w.ops {
			c.off[k] -= sh[d] * c.w.strides(k)[d]
		}
		idx[d] = 0
	}
}

// each shares the rows out. f gets a cursor on the first of its pieces: rows
// [r, r+n), of which it does the elements [lo, hi) each.
func (w *walk) each(f func(c *cursor, r, n, lo, hi int)) {
	length, count := w.rows()
	if length*count <= grain {
		var c cursor
		c.seek(w, 0)
		f(&c, 0, count, 0, length)
		return
	}
	if count >= 8 || length <= grain {
		par.For(count, max(1, grain/length), func(lo, hi int) {
			var c cursor
			c.seek(w, lo)
			f(&c, lo, hi-lo, 0, length)
		})
		return
	}
	for r := range count { // few long rows: share out each of them
		par.For(length, grain, func(lo, hi int) {
			var c cursor
			c.seek(w, r)
			f(&c, r, 1, lo, hi)
		})
	}
}

// row gives kernels an operand's rows as contiguous memory.
type row[T Element] struct {
	x      []T
	stride int
	buf    []T
	filled int // offset whose value fills buf, -1 for none
}

func newRow[T Element](x []T, stride, length int) row[T] {
	r := row[T]{x: x, stride: stride, filled: -1}
	if stride != 1 && length > 1 {
		r.buf = make([]T, min(length, block))
	}
	return r
}

// at returns n elements of the row at off, from element i on.
func (r *row[T]) at(off, i, n int) []T {
	switch {
	case r.stride == 1:
		return r.x[off+i : off+i+n]
	case r.buf == nil: // one element
		return r.x[off+i*r.stride : off+i*r.stride+1]
	case r.stride == 0:
		b := r.buf[:n]
		if r.filled != off {
			v := r.x[off]
			for k := range r.buf {
				r.buf[k] = v
			}
			r.filled = off
		}
		return b
	}
	b := r.buf[:n]
	s := r.stride
	p := off + i*s
	for k := range b {
		b[k] = r.x[p]
		p += s
	}
	return b
}

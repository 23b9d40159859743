package gemm

import "runtime"

// What convolution needs to run the micro-kernels on operands that it packs
// itself: a left operand in strips of TileHeight rows, and panels of
// TileWidth columns.

// Tiles reports the size of a tile, and whether there are micro-kernels at
// all.
func Tiles() (height, width int, ok bool) {
	if active == nil {
		return 0, 0, false
	}
	return active.rows, 2 * active.lanes, true
}

// MaxDepth is the deepest block along k that suits the caches.
const MaxDepth = maxDepth

// LeftSize returns the room for m rows of a left operand, depth steps deep.
func LeftSize(m, depth int) int {
	return ceil(m, active.rows) * (depth*active.rows + 8)
}

// Packer packs operands and multiplies; it is the state of one goroutine.
// Kernels see addresses as numbers: slices are kept alive until they return.
type Packer struct {
	w workspace
}

// Left packs m rows and n steps of a matrix whose element (i,p) is
// a[i*row+p*step], as steps [from, from+n) of a left operand that is depth
// steps deep. One of row and step is 1. Steps must be packed in order.
func (q *Packer) Left(dst []float32, depth, from int, a []float32, m, n, row, step int) {
	p := problem{a: a, rowA: row, stepA: step}
	rows := active.rows
	for i := 0; i < m; i += rows {
		high := min(rows, m-i)
		q.w.p.dstStep = 4 * high
		at := i/rows*(depth*rows+8) + from*high
		for g := (high - 1) / 8 * 8; g >= 0; g -= 8 {
			q.w.p.dst = addr(dst, at+g)
			p.pack8(&q.w.p, a, (i+g)*row, step, row, n, min(8, high-g))
		}
	}
	runtime.KeepAlive(dst)
	runtime.KeepAlive(a)
}

// Taps packs a panel: step p has the cols neighbouring elements of src that
// begin at element taps[p]+at.
func (q *Packer) Taps(panel, src []float32, taps []int, at, cols int) {
	w := &q.w.p
	width := 2 * active.lanes
	w.dstStep, w.k = 4*width, len(taps)
	for j := 0; j < cols; j += 16 {
		n := min(16, cols-j)
		w.dst, w.src = addr(panel, j), addr(src, at+j)
		w.table = addrInts(taps)
		w.mask, w.mask2 = narrowMask(min(n, 8)), narrowMask(max(n-8, 0))
		packTaps(w)
	}
	runtime.KeepAlive(panel)
	runtime.KeepAlive(src)
	runtime.KeepAlive(taps)
}

// Lines packs n steps of a panel, from step from on: column j has the
// neighbouring elements of src that begin at element lines[j]+at.
func (q *Packer) Lines(panel []float32, from int, src []float32, lines []int, at, n int) {
	w := &q.w.p
	width := 2 * active.lanes
	w.dstStep, w.k, w.mask = 4*width, n, narrowMask(n%8)
	for j := 0; j < len(lines); j += 8 {
		for i := range w.lines {
			w.lines[i] = addr(src, at+lines[min(j+i, len(lines)-1)])
		}
		w.dst = addr(panel, from*width+j)
		packTranspose(w)
	}
	runtime.KeepAlive(panel)
	runtime.KeepAlive(src)
}

// Multiply computes rows [r0, r1) of c = left·panel, where c[i*ldc+j] is row
// i and column j < cols, of a left operand with m rows in all. It adds to c
// when asked to. A bias, unless nil, has one element per row. r0 must be a
// multiple of the height of a tile.
func (q *Packer) Multiply(left []float32, depth, r0, r1 int, panel []float32, cols int, c []float32, ldc int, add bool, bias []float32, relu bool) {
	v, s := active, &q.w.s
	s.flags = 0
	if add {
		s.flags |= flagAdd
	}
	if bias != nil {
		s.flags |= flagRowBias
	}
	if relu {
		s.flags |= flagReLU
	}
	variant := 0
	switch width := 2 * v.lanes; {
	case cols >= width:
		s.mask = v.lanesMask(v.lanes)
	case cols > v.lanes:
		variant, s.mask = 1, v.lanesMask(cols-v.lanes)
	default:
		variant, s.mask = 2, v.lanesMask(cols)
	}
	s.b, s.stepB, s.k, s.rowC = addr(panel, 0), 4*2*v.lanes, depth, 4*ldc
	size := depth*v.rows + 8
	run := func(r, n, high int) {
		s.a = addr(left, r/v.rows*size)
		s.rowA, s.stepA, s.nextA = 4, 4*high, 4*size
		s.c, s.n, s.bias = addr(c, r*ldc), n, addr(bias, r)
		v.tiles[variant][high](s)
	}
	if full := (r1 - r0) / v.rows; full > 0 {
		run(r0, full, v.rows)
	}
	if rest := (r1 - r0) % v.rows; rest > 0 {
		run(r1-rest, 1, rest)
	}
	runtime.KeepAlive(left)
	runtime.KeepAlive(panel)
	runtime.KeepAlive(c)
	runtime.KeepAlive(bias)
}

//go:build amd64 || arm64

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
	v := active
	size := depth*v.rows + 8
	strip := func(at, i, high int) {
		q.w.p.dstStep = 4 * high
		at += from * high
		for g := (high - 1) / 8 * 8; g >= 0; g -= 8 {
			q.w.p.dst = addr(dst, at+g)
			p.pack8(&q.w.p, a, (i+g)*row, step, row, n, min(8, high-g))
		}
	}
	full, h1, h2 := v.cut(m)
	for i := range full {
		strip(i*size, i*v.rows, v.rows)
	}
	if h1 > 0 {
		strip(full*size, full*v.rows, h1)
	}
	if h2 > 0 {
		strip((full+1)*size, full*v.rows+h1, h2)
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

// Product says what Multiply does.
type Product struct {
	Left  []float32 // packed, Depth steps deep
	Depth int
	// Row i and column j of the result are C[i*LDC+j]. It is added to C when
	// Add is set; Bias, unless nil, has one element per row.
	C    []float32
	LDC  int
	Add  bool
	Bias []float32
	ReLU bool
}

// Multiply computes rows [r0, r1) of the product of p.Left and a panel with
// cols columns. r0 must be a multiple of the height of a tile, and r1 the end
// of the left operand or such a multiple. The last rows of an operand must
// come with a full tile before them if it has one.
func (q *Packer) Multiply(p *Product, r0, r1 int, panel []float32, cols int) {
	s := &q.w.s
	s.b, s.stepB = addr(panel, 0), 4*2*active.lanes
	q.multiply(p, r0, r1, cols, active.tiles)
	runtime.KeepAlive(panel)
}

// MultiplyTaps is Multiply with a panel that is not packed: step k has the
// neighbouring elements of src from taps[k]+at on.
func (q *Packer) MultiplyTaps(p *Product, r0, r1 int, src []float32, taps []int, at, cols int) {
	s := &q.w.s
	s.b, s.table = addr(src, at), addrInts(taps)
	q.multiply(p, r0, r1, cols, active.taps)
	runtime.KeepAlive(src)
	runtime.KeepAlive(taps)
}

func (q *Packer) multiply(p *Product, r0, r1, cols int, tiles *[3][]func(*strip)) {
	v, s := active, &q.w.s
	s.flags = 0
	if p.Add {
		s.flags |= flagAdd
	}
	if p.Bias != nil {
		s.flags |= flagRowBias
	}
	if p.ReLU {
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
	s.k, s.rowC = p.Depth, 4*p.LDC
	size := p.Depth*v.rows + 8
	run := func(strip, r, n, high int) {
		if n*high == 0 {
			return
		}
		s.a = addr(p.Left, strip*size)
		s.rowA, s.stepA, s.nextA = 4, 4*high, 4*size
		s.c, s.n, s.bias = addr(p.C, r*p.LDC), n, addr(p.Bias, r)
		tiles[variant][high](s)
	}
	full, h1, h2 := v.cut(r1 - r0)
	first := r0 / v.rows
	run(first, r0, full, v.rows)
	run(first+full, r0+full*v.rows, 1, h1)
	run(first+full+1, r0+full*v.rows+h1, 1, h2)
	runtime.KeepAlive(p)
}

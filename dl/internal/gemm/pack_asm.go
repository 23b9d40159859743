//go:build amd64 || arm64

package gemm

// Operands are packed whole before the multiplication, in parallel: op(b)
// into panels as wide as a tile, op(a) into strips as high as one, both for
// one block of k after the other.

// panel returns where the panel of column j begins, for the block at k0.
func (p *problem) panel(k0, j int) int {
	width := 2 * p.plan.v.lanes
	depth := min(p.plan.depth, p.k-k0)
	return ceil(p.n, width)*width*k0 + j/width*width*depth
}

func (p *problem) sizeB() int {
	width := 2 * p.plan.v.lanes
	return ceil(p.n, width) * width * p.k
}

// stripSize is the room for a strip: packTranspose writes a little beyond.
func (p *problem) stripSize(depth int) int { return depth*p.plan.v.rows + 8 }

// stripAt returns where the strip of row i begins, for the block at k0.
func (p *problem) stripAt(k0, i int) int {
	rows := p.plan.v.rows
	depth := min(p.plan.depth, p.k-k0)
	return ceil(p.m, rows)*(k0*rows+k0/p.plan.depth*8) + i/rows*p.stripSize(depth)
}

func (p *problem) sizeA() int {
	rows := p.plan.v.rows
	return ceil(p.m, rows) * (p.k*rows + ceil(p.k, p.plan.depth)*8)
}

// A unit of packing is some columns of op(b), or some strips of op(a), for
// one block of k.
const (
	unitCols   = 64
	unitStrips = 8
)

func (p *problem) unitsA() int {
	if !p.plan.packA {
		return 0
	}
	return ceil(ceil(p.m, p.plan.v.rows), unitStrips)
}

func (p *problem) unitsB() int {
	if !p.plan.packB {
		return 0
	}
	return ceil(p.n, unitCols)
}

// packUnits returns how many units of packing there are.
func (p *problem) packUnits() int {
	return (p.unitsA() + p.unitsB()) * ceil(p.k, p.plan.depth)
}

// packUnit does one of them.
func (p *problem) packUnit(w *workspace, i int) {
	a, b := p.unitsA(), p.unitsB()
	k0 := i / (a + b) * p.plan.depth
	k1 := min(k0+p.plan.depth, p.k)
	if i %= a + b; i < a {
		r0 := i * unitStrips * p.plan.v.rows
		p.packStrips(&w.p, k0, k1, r0, min(r0+unitStrips*p.plan.v.rows, p.m))
		return
	}
	c0 := (i - a) * unitCols
	p.packPanels(&w.p, k0, k1, c0, min(c0+unitCols, p.n))
}

// packPanels packs columns of op(b): in a panel, the columns of one step along
// k are neighbours. Columns beyond the last are left undefined.
func (p *problem) packPanels(q *packing, k0, k1, c0, c1 int) {
	width := 2 * p.plan.v.lanes
	q.dstStep = 4 * width
	for j := c0; j < c1; {
		q.dst = addr(p.packedB, p.panel(k0, j)+j%width)
		if p.colB == 1 && c1-j >= 16 {
			q.src, q.srcStep, q.k = addr(p.b, k0*p.stepB+j), 4*p.stepB, k1-k0
			packCopy16(q)
			j += 16
			continue
		}
		p.pack8(q, p.b, k0*p.stepB+j*p.colB, p.stepB, p.colB, k1-k0, min(8, c1-j))
		j += 8
	}
}

// packStrips packs rows of op(a).
func (p *problem) packStrips(q *packing, k0, k1, r0, r1 int) {
	// Where the strips of a step share cache lines, few steps at a time keep
	// those lines at hand.
	steps := k1 - k0
	if p.rowA == 1 {
		steps = 16
	}
	rows := p.plan.v.rows
	for k := k0; k < k1; k += steps {
		n := min(steps, k1-k)
		for i := r0; i < r1; i += rows {
			high := min(rows, r1-i)
			q.dstStep = 4 * high
			dst := p.stripAt(k0, i) + (k-k0)*high
			// The last eight first: their kernel writes beyond the step, where
			// the first eight of the next step come later.
			for g := (high - 1) / 8 * 8; g >= 0; g -= 8 {
				q.dst = addr(p.packedA, dst+g)
				p.pack8(q, p.a, (i+g)*p.rowA+k*p.stepA, p.stepA, p.rowA, n, min(8, high-g))
			}
		}
	}
}

// pack8 packs n ≤ 8 lines of a matrix for depth steps, from element at on.
func (p *problem) pack8(q *packing, x []float32, at, step, line, depth, n int) {
	q.src, q.k = addr(x, at), depth
	if line == 1 {
		q.srcStep, q.mask = 4*step, narrowMask(n)
		packCopy(q)
		return
	}
	for i := range q.lines { // lines that do not exist repeat the last one
		q.lines[i] = q.src + uintptr(4*line*min(i, n-1))
	}
	q.mask = narrowMask(depth % 8)
	packTranspose(q)
}

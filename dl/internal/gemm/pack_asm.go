//go:build amd64 || arm64

package gemm

// What a stage needs of the operands is packed before it is multiplied, in
// parallel: op(b) into panels as wide as a tile, op(a) into strips as high as
// one, both for one block of k after the other.

// stage returns how many steps along k are packed at a time: whole blocks, as
// many as keep the packed operands small, or as make the stage worth the
// meeting of the workers.
func (p *problem) stage() int {
	const packed, work = 1 << 17, 1 << 23
	across := 0
	if p.plan.packA {
		across += p.m
	}
	if p.plan.packB {
		across += p.n
	}
	if across == 0 {
		return p.k
	}
	depth := p.plan.depth
	return depth * max(1, packed/(across*depth), work/(p.m*p.n*depth))
}

// panel returns where the panel of column j begins, for the block at k0.
func (p *problem) panel(k0, j int) int {
	width := 2 * p.plan.v.lanes
	depth := min(p.plan.depth, p.k-k0)
	return ceil(p.n, width)*width*(k0-p.from) + j/width*width*depth
}

func (p *problem) sizeB(steps int) int {
	width := 2 * p.plan.v.lanes
	return ceil(p.n, width) * width * min(steps, p.k)
}

// stripSize is the room for a strip: packTranspose writes a little beyond.
func (p *problem) stripSize(depth int) int { return depth*p.plan.v.rows + 8 }

// stripAt returns where the strip of row i begins, for the block at k0.
func (p *problem) stripAt(k0, i int) int {
	rows := p.plan.v.rows
	depth := min(p.plan.depth, p.k-k0)
	before := k0 - p.from
	return ceil(p.m, rows)*(before*rows+before/p.plan.depth*8) + i/rows*p.stripSize(depth)
}

func (p *problem) sizeA(steps int) int {
	rows := p.plan.v.rows
	steps = min(steps, p.k)
	return ceil(p.m, rows) * (steps*rows + ceil(steps, p.plan.depth)*8)
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

// packUnits returns how many units of packing there are in the stage.
func (p *problem) packUnits() int {
	return (p.unitsA() + p.unitsB()) * ceil(p.to-p.from, p.plan.depth)
}

// packUnit does one of them.
func (p *problem) packUnit(w *workspace, i int) {
	a, b := p.unitsA(), p.unitsB()
	k0 := p.from + i/(a+b)*p.plan.depth
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
			n := 1
			if width == 16 {
				n = (c1 - j) / 16
			}
			q.strips, q.srcNext, q.dstNext = n, 4*16, 4*width*(k1-k0)
			q.src, q.srcStep, q.k = addr(p.b, k0*p.stepB+j), 4*p.stepB, k1-k0
			packCopy16(q)
			j += 16 * n
			continue
		}
		p.pack8(q, p.b, k0*p.stepB+j*p.colB, p.stepB, p.colB, k1-k0, min(8, c1-j))
		j += 8
	}
}

// packStrips packs rows of op(a).
func (p *problem) packStrips(q *packing, k0, k1, r0, r1 int) {
	if p.rowA == 1 {
		r0 = p.splitStrips(q, k0, k1, r0, r1)
	}
	rows := p.plan.v.rows
	for i := r0; i < r1; i += rows {
		high := min(rows, r1-i)
		q.dstStep = 4 * high
		dst := p.stripAt(k0, i)
		// The last eight first: their kernel writes beyond the step, where
		// the first eight of the next step come later.
		for g := (high - 1) / 8 * 8; g >= 0; g -= 8 {
			q.dst = addr(p.packedA, dst+g)
			p.pack8(q, p.a, (i+g)*p.rowA+k0*p.stepA, p.stepA, p.rowA, k1-k0, min(8, high-g))
		}
	}
}

// splitStrips packs rows that are neighbours in memory, the strips of a step
// together, and returns the first row that is left: the kernel reads eight
// where a strip may have fewer, which must not lead beyond the matrix.
func (p *problem) splitStrips(q *packing, k0, k1, r0, r1 int) int {
	rows := p.plan.v.rows
	wide := ceil(rows, 8) * 8
	n := (r1 - r0) / rows
	for n > 0 && r0+(n-1)*rows+wide > p.m {
		n--
	}
	if n == 0 {
		return r0
	}
	q.strips, q.srcNext, q.dstNext = n, 4*rows, 4*p.stripSize(k1-k0)
	q.k, q.srcStep, q.dstStep = k1-k0, 4*p.stepA, 4*rows
	for g := (rows - 1) / 8 * 8; g >= 0; g -= 8 {
		q.src, q.dst = addr(p.a, k0*p.stepA+r0+g), addr(p.packedA, p.stripAt(k0, r0)+g)
		packSplit(q)
	}
	return r0 + n*rows
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

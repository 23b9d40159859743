package gemm

import (
	"sync"

	"descent/dl/internal/par"
	"descent/dl/internal/pool"
)

// problem is a product in progress: the task of a parallel loop over the
// blocks of c. Element (i,p) of op(a) is a[i·rowA+p·stepA]; element (p,j) of
// op(b) is b[p·stepB+j·colB].
type problem struct {
	m, n, k     int
	a, b, c     []float32
	rowA, stepA int
	stepB, colB int
	ldc         int
	alpha, beta float32
	e           Epilogue
	plan        plan
	from, to    int       // the steps along k that are at work now
	packedA     []float32 // op(a) in strips, op(b) in panels for these steps, or nil
	packedB     []float32
	rowBlocks   int // c is cut into rowBlocks × colBlocks
	colBlocks   int
}

var problems = sync.Pool{New: func() any { return new(problem) }}

// vector runs the product with assembly.
func vector(transA, transB bool, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int, e *Epilogue) {
	p := problems.Get().(*problem)
	*p = problem{m: m, n: n, k: k, a: a, b: b, c: c, rowA: lda, stepA: 1, stepB: ldb, colB: 1, ldc: ldc, alpha: alpha, beta: beta}
	if transA {
		p.rowA, p.stepA = 1, lda
	}
	if transB {
		p.stepB, p.colB = 1, ldb
	}
	if e != nil {
		p.e = *e
	}
	p.plan = p.choose()
	p.run()
	*p = problem{}
	problems.Put(p)
}

// run goes along k in stages: packed operands of one stage are still in the
// caches when they are multiplied, and the next stage takes their place.
func (p *problem) run() {
	stage := p.stage()
	sizeA, sizeB := 0, 0
	if p.plan.packA {
		sizeA = ceil(p.sizeA(stage), 16) * 16 // whole lines of cache
	}
	if p.plan.packB {
		sizeB = p.sizeB(stage)
	}
	if room := takeRoom(sizeA + sizeB); room != nil {
		defer giveRoom(room) // also when the product is stopped
		if sizeA > 0 {
			p.packedA = room[:sizeA]
		}
		if sizeB > 0 {
			p.packedB = room[sizeA:][:sizeB]
		}
	} else { // two buffers: convolutions ask for such sizes too
		p.packedA, p.packedB = pool.Float32s(sizeA), pool.Float32s(sizeB)
		defer pool.Put(p.packedA)
		defer pool.Put(p.packedB)
	}
	blocks := p.cut()
	for p.from = 0; p.from < p.k; p.from = p.to {
		p.to = min(p.from+stage, p.k)
		if units := p.packUnits(); units > 0 {
			if (p.m+p.n)*(p.to-p.from) < 1<<14 {
				(*packTask)(p).Chunk(0, units)
			} else {
				par.Run(units, 1, (*packTask)(p))
			}
		}
		par.Run(blocks, 1, p)
	}
}

// cut divides c into blocks for the workers. Bits do not depend on how:
// every element is computed along k in the order that the plan says.
func (p *problem) cut() int {
	p.rowBlocks, p.colBlocks = 1, 1
	workers := par.Workers()
	if workers == 1 {
		return 1
	}
	// A block should take 4 microseconds or more, and there should be some
	// blocks for each worker, so that one that is late does not hold up all.
	want := min(4*workers, int(float64(p.m)*float64(p.n)*float64(p.k)/(1<<17)))
	if want < 2 {
		return 1
	}
	rows, cols := ceil(p.m, p.plan.unitRows), ceil(p.n, p.plan.unitCols)
	// Cutting columns shares b out, cutting rows shares a out; the longer
	// side first, the other when that gives too few.
	if cols >= rows {
		p.colBlocks = min(want, cols)
		p.rowBlocks = min(ceil(want, p.colBlocks), rows)
	} else {
		p.rowBlocks = min(want, rows)
		p.colBlocks = min(ceil(want, p.rowBlocks), cols)
	}
	return p.rowBlocks * p.colBlocks
}

// piece returns where piece i of count begins when n items are cut evenly
// between units.
func piece(i, count, n, unit int) int { return min(i*ceil(n, unit)/count*unit, n) }

func ceil(a, b int) int { return (a + b - 1) / b }

// packTask is a problem whose operands are being packed.
type packTask problem

// Chunk packs the units [lo, hi) of the operands.
func (p *packTask) Chunk(lo, hi int) {
	w := workspaces.Get().(*workspace)
	for i := lo; i < hi; i++ {
		(*problem)(p).packUnit(w, i)
	}
	workspaces.Put(w)
}

// Chunk computes the blocks [lo, hi) of c.
func (p *problem) Chunk(lo, hi int) {
	w := workspaces.Get().(*workspace)
	for i := lo; i < hi; i++ {
		r, c := i%p.rowBlocks, i/p.rowBlocks
		p.block(w, piece(r, p.rowBlocks, p.m, p.plan.unitRows), piece(r+1, p.rowBlocks, p.m, p.plan.unitRows),
			piece(c, p.colBlocks, p.n, p.plan.unitCols), piece(c+1, p.colBlocks, p.n, p.plan.unitCols))
	}
	workspaces.Put(w)
}

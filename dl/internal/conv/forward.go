package conv

import (
	"sync"

	"descent/dl/internal/gemm"
	"descent/dl/internal/par"
	"descent/dl/internal/pool"
)

// With micro-kernels a convolution is a product whose right side is never
// made: panels of columns are packed from the image when they are needed.

const (
	// panelGroup is how many panels share a pass over the weights.
	panelGroup = 12
	// inPlaceRows and inPlaceTaps are up to how many rows or taps the columns
	// are read in place, since packing them would not pay.
	inPlaceRows = 24
	inPlaceTaps = 64
	// rowBlock is how many rows of the weights stay in the second cache, a
	// multiple of rowUnit, and so of the heights of tiles, 6 and 14.
	rowBlock = 168
	rowUnit  = 42
)

// rowsOf returns the height of the blocks that m rows are cut into. They are
// nearly even, so that the last one is higher than a tile.
func rowsOf(m int) int { return ceil(even(m, rowBlock), rowUnit) * rowUnit }

// forwardTask is the loop over parts of the batch.
type forwardTask struct {
	p             plan
	x, bias, y    []float32
	left          []float32 // packed weights, group after group, block of k after block
	leftSize      int       // of a group
	depth         int
	relu          bool
	width         int
	panels        int // of an image
	chunks, parts int // a chunk is some images, or a part of the panels of one
}

// worker is what a goroutine needs.
type worker struct {
	e      expansion
	packer gemm.Packer
}

var (
	forwardTasks = sync.Pool{New: func() any { return new(forwardTask) }}
	workers      = sync.Pool{New: func() any { return new(worker) }}
)

func ceil(a, b int) int { return (a + b - 1) / b }

// even cuts n into pieces of nearly equal size, none larger than most.
func even(n, most int) int { return ceil(n, ceil(n, most)) }

func (p *plan) forward(x, w, bias, y []float32, relu bool) {
	t := forwardTasks.Get().(*forwardTask)
	*t = forwardTask{p: *p, x: x, bias: bias, y: y, relu: relu, depth: even(p.taps, gemm.MaxDepth)}
	_, t.width, _ = gemm.Tiles()
	t.leftSize = ceil(p.taps, t.depth) * gemm.LeftSize(p.outC, t.depth)
	t.left = pool.Float32s(p.Groups * t.leftSize)
	t.packWeights(w)
	t.panels = ceil(p.out, t.width)
	t.chunks, t.parts = p.N, 1
	workers := par.Workers()
	if p.N >= 2*workers {
		// Enough panels for a pass over the weights, as many chunks for each
		// worker.
		images := max(1, min(ceil(panelGroup, t.panels), p.N/(2*workers)))
		t.chunks = min(p.N, ceil(ceil(p.N, images), workers)*workers)
	} else if p.N > 0 {
		t.parts = min(ceil(2*workers, p.N), ceil(t.panels, 4))
	}
	par.Run(t.chunks*t.parts, 1, t)
	pool.Put(t.left)
	*t = forwardTask{}
	forwardTasks.Put(t)
}

// packWeights packs the weights in blocks along k.
func (t *forwardTask) packWeights(w []float32) {
	p := &t.p
	blocks := ceil(p.taps, t.depth)
	size := gemm.LeftSize(p.outC, t.depth)
	f := func(lo, hi int) {
		wk := workers.Get().(*worker)
		for i := lo; i < hi; i++ {
			k0 := i % blocks * t.depth
			depth := min(t.depth, p.taps-k0)
			wk.packer.Left(t.left[i*size:], depth, 0, w[i/blocks*p.outC*p.taps+k0:], p.outC, depth, p.taps, 1)
		}
		workers.Put(wk)
	}
	if p.OutC*p.taps < 1<<15 {
		f(0, blocks*p.Groups)
		return
	}
	par.For(blocks*p.Groups, 1, f)
}

// Chunk computes chunks [lo, hi).
func (t *forwardTask) Chunk(lo, hi int) {
	w := workers.Get().(*worker)
	p := &t.p
	p.expand(0, p.inC, &w.e)
	for i := lo; i < hi; i++ {
		c, q := i/t.parts, i%t.parts
		t.part(w, c*p.N/t.chunks, (c+1)*p.N/t.chunks, q*t.panels/t.parts, (q+1)*t.panels/t.parts)
	}
	workers.Put(w)
}

// part computes panels [p0, p1) of images [n0, n1).
func (t *forwardTask) part(w *worker, n0, n1, p0, p1 int) {
	p := &t.p
	if p0 >= p1 || n0 >= n1 {
		return
	}
	var copies []float32
	if !p.pointwise() {
		copies = pool.Float32s((n1 - n0) * w.e.size)
		defer pool.Put(copies)
	}
	group := min(panelGroup, (n1-n0)*(p1-p0))
	var panels []float32
	if p.outC > inPlaceRows && p.taps > inPlaceTaps {
		panels = pool.Float32s(group * t.width * t.depth)
		defer pool.Put(panels)
	}
	for g := range p.Groups {
		for n := n0; n < n1 && copies != nil; n++ {
			w.e.fill(copies[(n-n0)*w.e.size:], p.imageOf(t.x, n, g), p.inC)
		}
		total := (n1 - n0) * (p1 - p0)
		for first := 0; first < total; first += group {
			t.panelGroup(w, g, n0, p0, p1-p0, first, min(first+group, total), copies, panels)
		}
	}
}

// imageOf returns the channels of group g of image n.
func (p *plan) imageOf(x []float32, n, g int) []float32 {
	return x[(n*p.C+g*p.inC)*p.plane:]
}

// panelGroup computes panels [first, last) of a part of which every image has
// each panels, from p0 on.
func (t *forwardTask) panelGroup(w *worker, g, n0, p0, each, first, last int, copies, panels []float32) {
	p := &t.p
	var bias []float32
	if t.bias != nil {
		bias = t.bias[g*p.outC:]
	}
	place := func(i int) (n, at, cols int) {
		at = (p0 + i%each) * t.width
		return n0 + i/each, at, min(t.width, p.out-at)
	}
	blockSize := gemm.LeftSize(p.outC, t.depth)
	rows := rowsOf(p.outC)
	source := func(n int) []float32 {
		if copies == nil {
			return p.imageOf(t.x, n, g)
		}
		return copies[(n-n0)*w.e.size:]
	}
	for k0 := 0; k0 < p.taps; k0 += t.depth {
		depth := min(t.depth, p.taps-k0)
		taps := w.e.taps[k0 : k0+depth]
		for i := first; i < last && panels != nil; i++ {
			n, at, cols := place(i)
			w.packer.Taps(panels[(i-first)*t.width*t.depth:], source(n), taps, at, cols)
		}
		q := gemm.Product{Left: t.left[g*t.leftSize+k0/t.depth*blockSize:], Depth: depth, LDC: p.out, Add: k0 > 0}
		if k0+depth == p.taps {
			q.Bias, q.ReLU = bias, t.relu
		}
		for r0 := 0; r0 < p.outC; r0 += rows {
			r1 := min(r0+rows, p.outC)
			for i := first; i < last; i++ {
				n, at, cols := place(i)
				q.C = t.y[(n*p.OutC+g*p.outC)*p.out+at:]
				if panels == nil {
					w.packer.MultiplyTaps(&q, r0, r1, source(n), taps, at, cols)
				} else {
					w.packer.Multiply(&q, r0, r1, panels[(i-first)*t.width*t.depth:], cols)
				}
			}
		}
	}
}

// backwardInput is the forward convolution of dy with the weights turned
// round, padded so that it comes out as large as the input. The stride is 1.
func (p *plan) backwardInput(dy, w, dx []float32) {
	s := Shape{N: p.N, C: p.OutC, H: p.oh, W: p.ow, OutC: p.C, KH: p.KH, KW: p.KW, StrideH: 1, StrideW: 1,
		PadH: p.DilH*(p.KH-1) - p.PadH, PadW: p.DilW*(p.KW-1) - p.PadW, DilH: p.DilH, DilW: p.DilW, Groups: p.Groups}
	q := plan{Shape: s, oh: p.H, ow: p.W, inC: p.outC, outC: p.inC, taps: p.outC * p.KH * p.KW, plane: p.out, out: p.plane}
	turned := pool.Float32s(p.OutC * p.taps)
	defer pool.Put(turned)
	kernel := p.KH * p.KW
	for g := range p.Groups {
		for o := range p.outC {
			for c := range p.inC {
				src := w[((g*p.outC+o)*p.inC+c)*kernel:][:kernel]
				dst := turned[((g*p.inC+c)*p.outC+o)*kernel:][:kernel]
				for i, v := range src {
					dst[kernel-1-i] = v
				}
			}
		}
	}
	if q.narrow() {
		q.forwardNarrow(dy, turned, nil, dx, false)
		return
	}
	q.forward(dy, turned, nil, dx, false)
}

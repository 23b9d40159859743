package conv

import (
	"sync"

	"descent/dl/internal/gemm"
	"descent/dl/internal/par"
	"descent/dl/internal/pool"
	"descent/dl/internal/simd"
)

// weightTask is the gradient of the weights: the product of dy, outC high,
// and of the column matrices of all images, turned, taps wide. A chunk is a
// range of panels of taps for all images, so that nothing has to be added up
// afterwards, or, where there are few panels, a part of the batch.
type weightTask struct {
	p         plan
	x, dy, dw []float32
	width     int
	panels    int // of a group
	chunks    int // of a group
	batch     int // images of a part of the batch
	parts     []float32
	steps     int // of a block along k: places of images
	images    int // of a block along k
}

var weightTasks = sync.Pool{New: func() any { return new(weightTask) }}

// fewPanels is the number of panels below which the batch is cut.
const fewPanels = 8

func (p *plan) backwardWeight(dy, x, dw []float32) {
	t := weightTasks.Get().(*weightTask)
	*t = weightTask{p: *p, x: x, dy: dy, dw: dw, batch: p.N}
	_, t.width, _ = gemm.Tiles()
	t.panels = ceil(p.taps, t.width)
	// A block along k is a part of an image, or some images.
	t.images = max(1, gemm.MaxDepth/p.out)
	t.steps = even(p.out, gemm.MaxDepth)
	if t.images > 1 {
		t.steps = p.out
	}
	size := p.OutC * p.taps
	if p.N == 0 {
		clear(dw[:size])
	} else if p.Groups*t.panels >= fewPanels {
		// Every chunk packs dy again: few, but as many for each worker.
		workers := par.Workers()
		chunks := ceil(max(2*workers, ceil(p.Groups*t.panels, 16)), workers) * workers
		t.chunks = min(t.panels, ceil(chunks, p.Groups))
		par.Run(p.Groups*t.chunks, 1, t)
	} else {
		// The parts depend on the batch only.
		t.batch = even(p.N, max(t.images, ceil(p.N, 8)))
		count := ceil(p.N, t.batch)
		t.parts = pool.Float32s(count * size)
		par.Run(count*p.Groups, 1, t)
		clear(dw[:size])
		for i := range count {
			simd.Add(dw[:size], dw, t.parts[i*size:])
		}
		pool.Put(t.parts)
	}
	*t = weightTask{}
	weightTasks.Put(t)
}

// Chunk computes chunks [lo, hi).
func (t *weightTask) Chunk(lo, hi int) {
	w := workers.Get().(*worker)
	p := &t.p
	for i := lo; i < hi; i++ {
		if t.parts != nil {
			part, g := i/p.Groups, i%p.Groups
			n0 := part * t.batch
			t.product(w, g, n0, min(n0+t.batch, p.N), 0, t.panels, t.parts[part*p.OutC*p.taps:])
			continue
		}
		g, c := i/t.chunks, i%t.chunks
		t.product(w, g, 0, p.N, c*t.panels/t.chunks, (c+1)*t.panels/t.chunks, t.dw)
	}
	workers.Put(w)
}

// product computes panels [p0, p1) of group g from images [n0, n1).
func (t *weightTask) product(w *worker, g, n0, n1, p0, p1 int, dw []float32) {
	p := &t.p
	kernel := p.KH * p.KW
	t0, t1 := p0*t.width, min(p1*t.width, p.taps)
	c0, c1 := t0/kernel, ceil(t1, kernel) // the channels that the taps are of
	p.expand(c0, c1, &w.e)
	taps := w.e.taps[t0-c0*kernel : t1-c0*kernel]
	depth := t.steps * t.images
	var copies []float32
	if !p.pointwise() {
		copies = pool.Float32s(w.e.size)
		defer pool.Put(copies)
	}
	left := pool.Float32s(gemm.LeftSize(p.outC, depth))
	panels := pool.Float32s((p1 - p0) * t.width * depth)
	defer pool.Put(left)
	defer pool.Put(panels)
	rows := rowsOf(p.outC)
	q := gemm.Product{Left: left, LDC: p.taps}
	for n := n0; n < n1; n += t.images {
		images := min(t.images, n1-n)
		for at := 0; at < p.out; at += t.steps {
			steps := min(t.steps, p.out-at)
			depth := steps * images
			for i := range images {
				src := p.imageOf(t.x, n+i, g)[c0*p.plane:]
				if copies != nil {
					if at == 0 {
						w.e.fill(copies, src, c1-c0)
					}
					src = copies
				}
				dy := t.dy[((n+i)*p.OutC+g*p.outC)*p.out+at:]
				w.packer.Left(left, depth, i*steps, dy, p.outC, steps, p.out, 1)
				for j := p0; j < p1; j++ {
					lines := taps[(j-p0)*t.width : min((j-p0+1)*t.width, t1-t0)]
					w.packer.Lines(panels[(j-p0)*t.width*depth:], i*steps, src, lines, at, steps)
				}
			}
			q.Depth = depth
			for r0 := 0; r0 < p.outC; r0 += rows {
				for j := p0; j < p1; j++ {
					cols := min(t.width, p.taps-j*t.width)
					q.C = dw[g*p.outC*p.taps+j*t.width:]
					w.packer.Multiply(&q, r0, min(r0+rows, p.outC), panels[(j-p0)*t.width*depth:], cols)
				}
			}
			q.Add = true
		}
	}
}

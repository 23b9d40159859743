package conv

import (
	"math"

	"descent/dl/internal/gemm"
	"descent/dl/internal/par"
	"descent/dl/internal/pool"
	"descent/dl/internal/simd"
)

// winogradWeight is the gradient of the weights by the same method: at each
// pair of points, the product of what the forward pass has there with the
// gradients of the outputs there, summed over all tiles of all images.
type winogradWeight struct {
	n, in, out   int // images, channels
	h, w, oh, ow int
	padH, padW   int
	th, tw       int
	width        int // of a panel

	x, dy, dw []float32
	v, d      []float32 // at the points: [36][tiles of the chunk][in], [36][panels][tiles][width]
	vStep     int
	dStep     int
	sum       []float32 // [36][in][out]
	sumStep   int
	first     int // row of tiles where the chunk begins
	last      int
}

// suitsWinogradWeight says whether the method is worth it for the gradient of
// the weights: there must be so many tiles that the sums, which are larger
// than the weights, do not cost more than the products.
func (p *plan) suitsWinogradWeight() bool {
	tiles := p.N * ceil(p.oh, 4) * ceil(p.ow, 4)
	return p.suitsWinograd() && tiles >= winogradTiles
}

const winogradTiles = 96

func (p *plan) winogradBackwardWeight(dy, x, dw []float32) {
	q := winogradWeight{n: p.N, in: p.C, out: p.OutC, h: p.H, w: p.W, oh: p.oh, ow: p.ow, padH: p.PadH, padW: p.PadW, x: x, dy: dy, dw: dw}
	_, q.width, _ = gemm.Tiles()
	q.th, q.tw = ceil(q.oh, 4), ceil(q.ow, 4)
	q.sumStep = q.in*q.out + apart
	q.sum = pool.Float32s(points * q.sumStep)
	defer pool.Put(q.sum)
	rows := q.n * q.th
	panels := ceil(q.out, q.width)
	chunk := even(rows, max(1, chunkFloats/(points*max(q.in, q.out)*q.tw)))
	q.vStep = chunk*q.tw*q.in + apart
	q.dStep = chunk*q.tw*panels*q.width + apart
	q.v, q.d = pool.Float32s(points*q.vStep), pool.Float32s(points*q.dStep)
	defer pool.Put(q.v)
	defer pool.Put(q.d)
	for q.first = 0; q.first < rows; q.first += chunk {
		q.last = min(q.first+chunk, rows)
		par.Poll()
		par.Run(q.last-q.first, max(1, inputFloats/(4*max(q.w, q.ow)*max(q.in, q.out))), (*weightInputs)(&q))
		par.Run(points*ceil(panels, 4), 1, (*weightProducts)(&q))
	}
	par.Run(q.in/8, 1, (*weightResults)(&q))
}

// weightInputs transforms rows of tiles of the inputs and of the gradients of
// the outputs.
type weightInputs winogradWeight

func (t *weightInputs) Chunk(lo, hi int) {
	q := (*winogradWeight)(t)
	wk := winogradWorkers.Get().(*winogradWorker)
	tiles := (q.last - q.first) * q.tw
	segments(q.first+lo, q.first+hi, q.th, func(n, t0, t1 int) {
		at := (n*q.th + t0 - q.first) * q.tw
		s := source{channels: q.in, h: q.h, w: q.w, padH: q.padH, padW: q.padW, tw: q.tw, v: q.v[at*q.in:], step: q.vStep, block: q.in, next: q.in}
		s.transform(wk, inputPoints, q.x[n*q.in*q.h*q.w:], t0, t1)
		s = source{channels: q.out, h: q.oh, w: q.ow, tw: q.tw, v: q.d[at*q.width:], step: q.dStep, block: q.width, next: q.width, blocks: tiles * q.width}
		s.transform(wk, outGradPoints, q.dy[n*q.out*q.oh*q.ow:], t0, t1)
	})
	winogradWorkers.Put(wk)
}

// weightProducts multiplies at some of the points, four panels of output
// channels at a time.
type weightProducts winogradWeight

func (t *weightProducts) Chunk(lo, hi int) {
	q := (*winogradWeight)(t)
	wk := winogradWorkers.Get().(*winogradWorker)
	tiles := (q.last - q.first) * q.tw
	depth := even(tiles, gemm.MaxDepth)
	p := &wk.product
	*p = gemm.InPlace{Row: 1, Step: q.in, M: q.in, LDC: q.out}
	for i := lo; i < hi; i++ {
		point, o0 := i%points, i/points*4*q.width
		for k := 0; k < tiles; k += depth {
			p.K, p.Add = min(depth, tiles-k), q.first+k > 0
			p.A = q.v[point*q.vStep+k*q.in:]
			for o := o0; o < min(o0+4*q.width, q.out); o += q.width {
				p.Cols = min(q.width, q.out-o)
				p.Panel, p.C = q.d[point*q.dStep+o*tiles+k*q.width:], q.sum[point*q.sumStep+o:]
				wk.packer.MultiplyInPlace(p)
			}
		}
	}
	*p = gemm.InPlace{}
	winogradWorkers.Put(wk)
}

// weightResults transforms the sums of 8 input channels back.
type weightResults winogradWeight

func (t *weightResults) Chunk(lo, hi int) {
	q := (*winogradWeight)(t)
	wk := winogradWorkers.Get().(*winogradWorker)
	taps := pool.Float32s(72 * q.out)
	defer pool.Put(taps)
	for c := 8 * lo; c < 8*hi; c += 8 {
		for i := range 8 {
			fromPoints(weightGradPoints, q.out/8, taps[9*i*q.out:], 3*q.out, q.out, q.sum[(c+i)*q.out:], q.sumStep, zeros[:q.out], float32(math.Inf(-1)), wk.scratch)
		}
		simd.Transpose(72, q.out, q.dw[9*c:], 9*q.in, taps, q.out)
	}
	winogradWorkers.Put(wk)
}

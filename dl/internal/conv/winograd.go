package conv

import (
	"math"
	"sync"

	"descent/dl/internal/gemm"
	"descent/dl/internal/par"
	"descent/dl/internal/pool"
	"descent/dl/internal/simd"
)

// Winograd's F(4×4, 3×3) computes a tile of 4×4 outputs from 6×6 inputs with
// 36 products per pair of channels where the definition has 144. Tiles of
// the input and the kernels are seen as polynomials in two variables, which
// are evaluated at 6×6 pairs of points, multiplied there, summed over the
// input channels (36 matrix products over all tiles), and interpolated.
//
// With the points 0, ±√½, ±√2 and infinity an output is off by no more than
// winogradError·Σ|x|·|w|, where x is over the largest inputs of the tile
// rather than those that the output depends on: tests check it. So is the
// other loss: an infinite or NaN input spoils all outputs of its tiles.
const winogradError = 2e-6

// winograd is a convolution or a gradient of its input by that method.
type winograd struct {
	n, in, out   int // images, channels
	h, w, oh, ow int
	padH, padW   int
	th, tw       int // tiles of an image
	width        int // of a panel

	x, y, bias []float32
	floor      float32
	u          []float32 // kernels at the points: [36][panels][in][width]
	uStep      int
	v          []float32 // inputs at the points: [36][tiles of the chunk][in]
	vStep      int
	first      int // row of tiles, of all images, where the chunk begins
	last       int
	unitRows   int // rows of tiles of a unit of work
	unitCols   int // output channels of such a unit
	colUnits   int
}

const (
	points = 36
	// apart is added to the distance between matrices, which would otherwise
	// fall on the same lines of the cache.
	apart = 16
	// unitTiles is about how many tiles a unit of work has.
	unitTiles = 48
	// inputFloats is about how much of an image is turned over at once.
	inputFloats = 1 << 15
)

// chunkFloats is about the size of v; tests set it.
var chunkFloats = 2 << 20

var zeros [1 << 14]float32

// winogradWorker is what a goroutine needs.
type winogradWorker struct {
	packer  gemm.Packer
	scratch []float32
	product gemm.InPlace
}

var winogradWorkers = sync.Pool{New: func() any { return &winogradWorker{scratch: make([]float32, scratchFloats)} }}

// suitsWinograd says whether the method is for this shape, and worth it:
// for a few channels the transforms cost more than they save.
func (p *plan) suitsWinograd() bool {
	return vector && haveWinograd && p.KH == 3 && p.KW == 3 && p.StrideH == 1 && p.StrideW == 1 && p.DilH == 1 && p.DilW == 1 &&
		p.Groups == 1 && p.C%8 == 0 && p.OutC%8 == 0 && p.C >= 16 && p.OutC >= 16 && p.OutC <= len(zeros) && p.C <= len(zeros) &&
		p.PadH <= 2 && p.PadW <= 2 && min(p.oh, p.ow, p.H, p.W) >= 4 && p.N*p.oh*p.ow >= 256
}

// winogradForward is forward.
func (p *plan) winogradForward(x, w, bias, y []float32, relu bool) {
	q := winograd{n: p.N, in: p.C, out: p.OutC, h: p.H, w: p.W, oh: p.oh, ow: p.ow, padH: p.PadH, padW: p.PadW, x: x, y: y, bias: bias}
	q.floor = float32(math.Inf(-1))
	if relu {
		q.floor = 0
	}
	q.run(func(wk *winogradWorker, c int) { q.kernels(wk, w, c) })
}

// winogradBackwardInput is backwardInput: a forward convolution of dy with
// the kernels turned round.
func (p *plan) winogradBackwardInput(dy, w, dx []float32) {
	q := winograd{n: p.N, in: p.OutC, out: p.C, h: p.oh, w: p.ow, oh: p.H, ow: p.W, padH: 2 - p.PadH, padW: 2 - p.PadW, x: dy, y: dx}
	q.floor = float32(math.Inf(-1))
	q.run(func(wk *winogradWorker, c int) { q.turnedKernels(wk, w, c) })
}

// run computes everything; kernels transforms those of 8 input channels.
func (q *winograd) run(kernels func(w *winogradWorker, c int)) {
	_, q.width, _ = gemm.Tiles()
	q.th, q.tw = ceil(q.oh, 4), ceil(q.ow, 4)
	if q.bias == nil {
		q.bias = zeros[:q.out]
	}
	q.uStep = ceil(q.out, q.width)*q.width*q.in + apart
	q.u = pool.Float32s(points * q.uStep)
	defer pool.Put(q.u)
	par.For(q.in/8, 1, func(lo, hi int) {
		wk := winogradWorkers.Get().(*winogradWorker)
		for c := lo; c < hi; c++ {
			kernels(wk, 8*c)
		}
		winogradWorkers.Put(wk)
	})
	rows := q.n * q.th
	q.unitRows = max(1, unitTiles/q.tw)
	chunk := even(rows, max(1, chunkFloats/(points*q.in*q.tw)))
	chunk = min(rows, ceil(chunk, q.unitRows)*q.unitRows)
	q.unitCols = min(q.out, max(64, q.width))
	q.colUnits = ceil(q.out, q.unitCols)
	q.vStep = chunk*q.tw*q.in + apart
	q.v = pool.Float32s(points * q.vStep)
	defer pool.Put(q.v)
	for q.first = 0; q.first < rows; q.first += chunk {
		q.last = min(q.first+chunk, rows)
		par.Poll()
		par.Run(q.last-q.first, max(1, inputFloats/(4*q.w*q.in)), (*winogradInputs)(q))
		par.Run(ceil(q.last-q.first, q.unitRows)*q.colUnits, 1, (*winogradOutputs)(q))
	}
}

// kernels sets the kernels of input channels [c, c+8) at the points.
func (q *winograd) kernels(wk *winogradWorker, w []float32, c int) {
	turned := pool.Float32s(72 * q.out)
	defer pool.Put(turned)
	simd.Transpose(q.out, 72, turned, q.out, w[9*c:], 9*q.in)
	for i := range 8 {
		q.kernel(wk, c+i, turned, 9*i*q.out, 3*q.out, q.out)
	}
}

// turnedKernels is kernels for w [in, out, 3, 3], turned round.
func (q *winograd) turnedKernels(wk *winogradWorker, w []float32, c int) {
	turned := pool.Float32s(9 * q.out)
	defer pool.Put(turned)
	for i := range 8 {
		simd.Transpose(q.out, 9, turned, q.out, w[(c+i)*9*q.out:], 9)
		// From the last tap backwards.
		q.kernel(wk, c+i, turned, 8*q.out, -3*q.out, -q.out)
	}
}

// kernel sets the kernels of an input channel, the first taps of which are at
// taps[at]; those of all output channels are neighbours.
func (q *winograd) kernel(wk *winogradWorker, c int, taps []float32, at, row, col int) {
	for o := 0; o < q.out; o += q.width {
		toPoints(weightPoints, min(q.width, q.out-o)/8, q.u[(o/q.width*q.in+c)*q.width:], q.uStep, taps, at+o, row, col, wk.scratch)
	}
}

// segments calls f for the parts of rows of tiles [lo, hi) that lie in one
// image each.
func segments(lo, hi, th int, f func(n, t0, t1 int)) {
	for lo < hi {
		n, t0 := lo/th, lo%th
		t1 := min(th, t0+hi-lo)
		f(n, t0, t1)
		lo += t1 - t0
	}
}

// winogradInputs transforms rows of tiles of the chunk.
type winogradInputs winograd

func (t *winogradInputs) Chunk(lo, hi int) {
	q := (*winograd)(t)
	wk := winogradWorkers.Get().(*winogradWorker)
	segments(q.first+lo, q.first+hi, q.th, func(n, t0, t1 int) {
		at := (n*q.th + t0 - q.first) * q.tw
		s := source{channels: q.in, h: q.h, w: q.w, padH: q.padH, padW: q.padW, tw: q.tw, v: q.v[at*q.in:], step: q.vStep, block: q.in, next: q.in}
		s.transform(wk, inputPoints, q.x[n*q.in*q.h*q.w:], t0, t1)
	})
	winogradWorkers.Put(wk)
}

// source is an image, and where its tiles go at the points: block channels
// of a tile are neighbours, the same ones of the next tile come next floats
// later, and the next block of channels begins blocks floats later.
type source struct {
	channels, h, w int
	padH, padW     int
	tw             int
	v              []float32
	step, block    int
	next, blocks   int
}

// transform takes rows [t0, t1) of the tiles of an image to the points.
func (s *source) transform(wk *winogradWorker, kind pointsKind, x []float32, t0, t1 int) {
	side := kind.side()
	r0, rows, cols := 4*t0-s.padH, 4*(t1-t0-1)+side, 4*(s.tw-1)+side
	h0, h1 := max(r0, 0), min(r0+rows, s.h) // the rows that exist
	h1 = max(h0, h1)
	turned := pool.Float32s(max(1, (h1-h0)*s.w*s.channels))
	defer pool.Put(turned)
	if h1 > h0 {
		simd.Transpose(s.channels, (h1-h0)*s.w, turned, s.channels, x[h0*s.w:], s.h*s.w)
	}
	tile := turned
	if h1-h0 < rows || s.padW > 0 || cols != s.w {
		tile = pool.Float32s(rows * cols * s.channels)
		defer pool.Put(tile)
		s.pad(tile, turned, rows, cols, h0-r0, h1-r0)
	}
	for i := range t1 - t0 {
		for j := range s.tw {
			for c := 0; c < s.channels; c += s.block {
				toPoints(kind, min(s.block, s.channels-c)/8, s.v[(i*s.tw+j)*s.next+c/s.block*s.blocks:], s.step,
					tile, (4*i*cols+4*j)*s.channels+c, cols*s.channels, s.channels, wk.scratch)
			}
		}
	}
}

// pad sets dst, rows×cols places of channels, to src in rows [r0, r1) and
// from column padW on, and to zero elsewhere.
func (s *source) pad(dst, src []float32, rows, cols, r0, r1 int) {
	left, there := s.padW*s.channels, min(s.w, cols-s.padW)*s.channels
	for r := range rows {
		row := dst[r*cols*s.channels:][:cols*s.channels]
		if r < r0 || r >= r1 {
			clear(row)
			continue
		}
		clear(row[:left])
		copy(row[left:], src[(r-r0)*s.w*s.channels:][:there])
		clear(row[left+there:])
	}
}

// winogradOutputs computes units of the chunk: some rows of tiles for some
// output channels.
type winogradOutputs winograd

func (t *winogradOutputs) Chunk(lo, hi int) {
	q := (*winograd)(t)
	wk := winogradWorkers.Get().(*winogradWorker)
	for i := lo; i < hi; i++ {
		rows, cols := i/q.colUnits, i%q.colUnits
		r0 := q.first + rows*q.unitRows
		o0 := cols * q.unitCols
		q.unit(wk, r0, min(r0+q.unitRows, q.last), o0, min(o0+q.unitCols, q.out))
	}
	winogradWorkers.Put(wk)
}

// unit multiplies at the points and transforms back.
func (q *winograd) unit(wk *winogradWorker, r0, r1, o0, o1 int) {
	tiles, cols := (r1-r0)*q.tw, o1-o0
	mStep := tiles*cols + apart
	m := pool.Float32s(points * mStep)
	defer pool.Put(m)
	depth := even(q.in, gemm.MaxDepth)
	p := &wk.product
	*p = gemm.InPlace{Row: q.in, Step: 1, M: tiles, LDC: cols}
	for i := range points {
		for k := 0; k < q.in; k += depth {
			p.K, p.Add = min(depth, q.in-k), k > 0
			p.A = q.v[i*q.vStep+(r0-q.first)*q.tw*q.in+k:]
			for o := 0; o < cols; o += q.width {
				p.Cols = min(q.width, cols-o)
				p.Panel, p.C = q.u[i*q.uStep+((o0+o)/q.width*q.in+k)*q.width:], m[i*mStep+o:]
				wk.packer.MultiplyInPlace(p)
			}
		}
	}
	*p = gemm.InPlace{}
	plane := q.oh * q.ow
	segments(r0, r1, q.th, func(n, t0, t1 int) {
		// Tiles that reach beyond the right edge write into the next line, and
		// so come before those that it belongs to.
		out := pool.Float32s((4*(t1-t0)*q.ow + 4) * cols)
		defer pool.Put(out)
		for i := range t1 - t0 {
			for j := q.tw - 1; j >= 0; j-- {
				at := (n*q.th+t0-r0+i)*q.tw + j
				fromPoints(outputPoints, cols/8, out[(4*i*q.ow+4*j)*cols:], q.ow*cols, cols, m[at*cols:], mStep, q.bias[o0:], q.floor, wk.scratch)
			}
		}
		pixels := (min(4*t1, q.oh) - 4*t0) * q.ow
		simd.Transpose(pixels, cols, q.y[(n*q.out+o0)*plane+4*t0*q.ow:], plane, out, cols)
	})
}

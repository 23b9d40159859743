//go:build amd64 || arm64

package gemm

import (
	"sync"

	"descent/dl/internal/cpu"
	"descent/dl/internal/par"
)

//go:generate go run ../asm -target gemm

// active is the set of kernels in use, nil for Go.
var active = pick(cpu.Active())

// useVector reports whether vector can run.
func useVector() bool { return active != nil }

// Block sizes. A panel of b (depth × width of a tile) stays in the first
// cache while a block of a (depth × blockHeight) streams from the second.
const (
	maxDepth    = 320
	blockHeight = 144
	dotDepth    = 1024
	dotHeight   = 48
)

// inPlace is how many elements b may have for the wide kernels to read both
// operands where they are; a test sets it. The bits do not depend on it.
var inPlace = 1 << 18

// plan says how a product is computed. It depends on the shape and on the
// kernels only.
type plan struct {
	v                  *kernels
	dot                bool // rows times rows, nothing transposed
	packA, packB       bool
	depth              int // of a block along k
	unitRows, unitCols int // what cuts for workers are multiples of
}

func (p *problem) choose() plan {
	v := active
	l := plan{v: v, unitRows: v.rows, unitCols: 2 * v.lanes}
	trans := p.colB != 1
	if trans && p.stepA == 1 && p.dotCycles(v) < p.tileCycles(v) {
		l.dot = true
		l.unitRows, l.unitCols = v.dotRows, 4
		l.depth = p.split(dotDepth, v.lanes)
		return l
	}
	// Reading in place costs when it is repeated often, when the rows of b are
	// a power of two apart and fall on the same cache lines, or when every
	// step of a touches new lines. The wide kernels, which need fewer loads and
	// have a second cache of 1 MiB or more, do without while b fits there.
	near := v.wide && p.k*p.n <= inPlace
	l.packB = trans || !near && (p.m >= 128 || p.m >= 24 && p.stepB%256 == 0 && p.k > 64)
	l.packA = p.stepA != 1 && p.k > 128 && p.n >= 64 ||
		!near && p.stepA == 1 && p.rowA%512 == 0 && p.m >= 128 && p.n >= 512
	l.depth = p.split(maxDepth, 1)
	return l
}

// dotCycles estimates the time of the kernel in dot form. Each tile adds up
// its lanes in the end.
func (p *problem) dotCycles(v *kernels) int {
	tile := v.dotRows*2*ceil(p.k, v.lanes) + 30
	if p.k > 4096 {
		tile += tile / 3 // both operands come from afar
	}
	return ceil(p.m, v.dotRows) * ceil(p.n, 4) * tile
}

// tileCycles estimates the time of packing b and of the kernel in outer
// product form.
func (p *problem) tileCycles(v *kernels) int {
	width := 2 * v.lanes
	panels := 10 * (p.n / width)
	switch rest := p.n % width; {
	case rest > v.lanes:
		panels += 10
	case rest > 0:
		panels += 6
	}
	rows := p.m/v.rows*v.rows + max(p.m%v.rows, 4)
	return panels*rows*p.k/10 + panels*rows/v.rows*2 + p.n*p.k*3/8
}

// split cuts k into blocks of nearly equal depth, no deeper than most.
func (p *problem) split(most, unit int) int {
	blocks := ceil(p.k, most)
	return ceil(ceil(p.k, blocks), unit) * unit
}

// workspace is what a worker needs for a block.
type workspace struct {
	s strip
	p packing
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// block computes rows [r0,r1) and columns [c0,c1) of c.
func (p *problem) block(w *workspace, r0, r1, c0, c1 int) {
	if p.from == 0 && p.beta != 0 && p.beta != 1 {
		for i := r0; i < r1; i++ {
			scale(p.c[i*p.ldc+c0:i*p.ldc+c1], p.beta)
		}
	}
	if p.plan.dot {
		p.dotBlock(w, r0, r1, c0, c1)
	} else {
		p.tileBlock(w, r0, r1, c0, c1)
	}
}

// flags returns the flags of a step of k that ends at k1.
func (p *problem) flags(k0, k1 int) int {
	f := 0
	if k0 > 0 || p.beta != 0 {
		f |= flagAdd
	}
	if p.alpha != 1 {
		f |= flagAlpha
	}
	if k1 == p.k {
		switch {
		case p.e.Bias == nil:
		case p.e.BiasPerRow:
			f |= flagRowBias
		default:
			f |= flagColBias
		}
		if p.e.ReLU {
			f |= flagReLU
		}
	}
	return f
}

// bias returns the address of the bias of element (i, j).
func (p *problem) bias(i, j int) uintptr {
	switch {
	case p.e.Bias == nil:
		return 0
	case p.e.BiasPerRow:
		return addr(p.e.Bias, i)
	}
	return addr(p.e.Bias, j)
}

func (p *problem) dotBlock(w *workspace, r0, r1, c0, c1 int) {
	v, s := p.plan.v, &w.s
	s.rowA, s.nextA = 4*p.rowA, 4*p.rowA*v.dotRows
	s.stepB, s.rowC, s.alpha = 4*p.colB, 4*p.ldc, p.alpha
	for k0 := p.from; k0 < p.to; k0 += p.plan.depth {
		k1 := min(k0+p.plan.depth, p.k)
		s.flags = p.flags(k0, k1)
		s.kmask = v.lanesMask((k1 - k0) % v.lanes)
		for i := r0; i < r1; i += dotHeight {
			if i > r0 {
				par.Poll()
			}
			rows := min(dotHeight, r1-i)
			for j := c0; j < c1; j += 4 {
				s.cols = min(4, c1-j)
				s.mask = v.lanesMask(s.cols)
				s.a, s.b, s.c = addr(p.a, i*p.rowA+k0), addr(p.b, j*p.colB+k0), addr(p.c, i*p.ldc+j)
				s.k, s.n, s.bias = k1-k0, rows, p.bias(i, j)
				v.dot(s)
			}
		}
	}
}

func (p *problem) tileBlock(w *workspace, r0, r1, c0, c1 int) {
	v, s := p.plan.v, &w.s
	width := 2 * v.lanes
	height := r1 - r0
	if height > blockHeight {
		height = ceil(ceil(height, ceil(height, blockHeight)), v.rows) * v.rows
	}
	s.rowC, s.alpha = 4*p.ldc, p.alpha
	for k0 := p.from; k0 < p.to; k0 += p.plan.depth {
		k1 := min(k0+p.plan.depth, p.k)
		s.k, s.flags = k1-k0, p.flags(k0, k1)
		for i := r0; i < r1; i += height {
			if i > r0 {
				par.Poll()
			}
			rows := min(height, r1-i)
			full, h1, h2 := rows/v.rows, rows%v.rows, 0
			if p.packedA == nil {
				full, h1, h2 = v.cut(rows)
			}
			for j := c0; j < c1; j += width {
				variant := 0
				switch cols := c1 - j; {
				case cols >= width:
					s.mask = v.lanesMask(v.lanes)
				case cols > v.lanes:
					variant, s.mask = 1, v.lanesMask(cols-v.lanes)
				default:
					variant, s.mask = 2, v.lanesMask(cols)
				}
				if p.packedB != nil {
					s.b, s.stepB = addr(p.packedB, p.panel(k0, j)), 4*width
				} else {
					s.b, s.stepB = addr(p.b, k0*p.stepB+j), 4*p.stepB
				}
				p.strips(s, variant, i, j, k0, full, v.rows)
				p.strips(s, variant, i+full*v.rows, j, k0, 1, h1)
				p.strips(s, variant, i+full*v.rows+h1, j, k0, 1, h2)
			}
		}
	}
}

// strips computes n strips, high rows each, from row i and column j on.
func (p *problem) strips(s *strip, variant, i, j, k0, n, high int) {
	if n*high == 0 {
		return
	}
	if p.packedA != nil {
		s.a = addr(p.packedA, p.stripAt(k0, i))
		s.rowA, s.stepA, s.nextA = 4, 4*high, 4*p.stripSize(s.k)
	} else {
		s.a = addr(p.a, i*p.rowA+k0*p.stepA)
		s.rowA, s.stepA, s.nextA = 4*p.rowA, 4*p.stepA, 4*p.rowA*high
	}
	s.c, s.n, s.bias = addr(p.c, i*p.ldc+j), n, p.bias(i, j)
	p.plan.v.tiles[variant][high](s)
}

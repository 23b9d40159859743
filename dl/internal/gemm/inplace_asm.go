//go:build amd64 || arm64

package gemm

import "runtime"

// InPlace is a product with one panel whose left operand is read where it is.
type InPlace struct {
	A         []float32 // element (i,p) is A[i*Row+p*Step]
	Row, Step int
	M, K      int
	Panel     []float32 // K steps of a packed panel
	Cols      int       // columns of the panel that exist
	C         []float32 // element (i,j) is C[i*LDC+j]
	LDC       int
	Add       bool // to C
}

// MultiplyInPlace computes such a product. The depth should be MaxDepth or
// less.
func (q *Packer) MultiplyInPlace(p *InPlace) {
	v, s := active, &q.w.s
	s.b, s.stepB = addr(p.Panel, 0), 4*2*v.lanes
	s.flags = 0
	if p.Add {
		s.flags = flagAdd
	}
	variant := 0
	switch width := 2 * v.lanes; {
	case p.Cols >= width:
		s.mask = v.lanesMask(v.lanes)
	case p.Cols > v.lanes:
		variant, s.mask = 1, v.lanesMask(p.Cols-v.lanes)
	default:
		variant, s.mask = 2, v.lanesMask(p.Cols)
	}
	s.k, s.rowC = p.K, 4*p.LDC
	s.rowA, s.stepA = 4*p.Row, 4*p.Step
	i := 0
	run := func(n, high int) {
		if n*high == 0 {
			return
		}
		s.a, s.c = addr(p.A, i*p.Row), addr(p.C, i*p.LDC)
		s.n, s.nextA = n, 4*p.Row*high
		v.tiles[variant][high](s)
		i += n * high
	}
	full, h1, h2 := v.cut(p.M)
	run(full, v.rows)
	run(1, h1)
	run(1, h2)
	runtime.KeepAlive(p)
}

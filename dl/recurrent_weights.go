package dl

import (
	"descent/dl/internal/gemm"
	"descent/dl/internal/pool"
	"descent/dl/internal/simd"
)

// stateWeights are the recurrent weights in the form in which every step of a
// run multiplies by them, forward by their transpose.
type stateWeights[T float32 | float64] struct {
	w       []T
	k, n    int // depth and width of the product
	trans   bool
	ld      int
	panels  []float32 // packed for the micro-kernels, or nil
	width   int       // of a panel
	depth   int       // of a block along k
	scratch []float32
}

// newStateWeights prepares w [gates·hidden, hidden].
func newStateWeights[T float32 | float64](r *recurrence, w []T, forward bool) *stateWeights[T] {
	rows, h := r.gates*r.hidden, r.hidden
	s := &stateWeights[T]{w: w, k: rows, n: h, ld: h}
	if forward {
		s.k, s.n, s.trans = h, rows, true
	}
	f, single := any(w).([]float32)
	if !single || r.steps < 4 { // then preparing does not pay
		return s
	}
	if _, width, ok := gemm.Tiles(); ok && r.batch > group {
		s.pack(f, h, width)
		return s
	}
	if forward {
		// Rows that lie a power of two apart would fall on the same lines of
		// the cache.
		s.trans, s.ld = false, rows+8
		s.scratch = pool.Float32s(h * s.ld)
		simd.Transpose(rows, h, s.scratch, s.ld, f, h)
		s.w = any(s.scratch).([]T)
	}
	return s
}

// pack packs w, whose rows have h elements.
func (s *stateWeights[T]) pack(w []float32, h, width int) {
	s.width = width
	blocks := (s.k + gemm.MaxDepth - 1) / gemm.MaxDepth
	s.depth = (s.k + blocks - 1) / blocks
	count := (s.n + width - 1) / width
	s.scratch = pool.Float32s(count * width * s.k)
	s.panels = s.scratch
	var q gemm.Packer
	places := make([]int, max(s.depth, width))
	for k0 := 0; k0 < s.k; k0 += s.depth {
		steps := min(s.depth, s.k-k0)
		for j := 0; j < s.n; j += width {
			panel, cols := s.panel(k0, j), min(width, s.n-j)
			if s.trans {
				for i := range cols {
					places[i] = (j + i) * h
				}
				q.Lines(panel, 0, w, places[:cols], k0, steps)
				continue
			}
			for i := range steps {
				places[i] = (k0 + i) * h
			}
			q.Taps(panel, w, places[:steps], j, cols)
		}
	}
}

// panel is the panel of column j for the block at k0.
func (s *stateWeights[T]) panel(k0, j int) []float32 {
	count := (s.n + s.width - 1) / s.width
	return s.panels[count*s.width*k0+j*min(s.depth, s.k-k0):]
}

// product returns a function, for one goroutine, that adds a [m, k] times the
// weights to c [m, n].
func (s *stateWeights[T]) product() func(m int, a, c []T) {
	if s.panels == nil {
		return func(m int, a, c []T) {
			gemmOf(false, s.trans, m, s.n, s.k, 1, a, s.k, s.w, s.ld, 1, c, s.n)
		}
	}
	q, p := new(gemm.Packer), new(gemm.InPlace)
	return func(m int, a, c []T) {
		left, into := any(a).([]float32), any(c).([]float32)
		*p = gemm.InPlace{Row: s.k, Step: 1, M: m, LDC: s.n, Add: true}
		for k0 := 0; k0 < s.k; k0 += s.depth {
			p.A, p.K = left[k0:], min(s.depth, s.k-k0)
			for j := 0; j < s.n; j += s.width {
				p.Panel, p.Cols, p.C = s.panel(k0, j), min(s.width, s.n-j), into[j:]
				q.MultiplyInPlace(p)
			}
		}
	}
}

func (s *stateWeights[T]) release() {
	if s.scratch != nil {
		pool.Put(s.scratch)
	}
}

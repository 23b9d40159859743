package conv

import (
	"descent/dl/internal/gemm"
	"descent/dl/internal/par"
	"descent/dl/internal/pool"
	"descent/dl/internal/simd"
)

// What follows makes the column matrix of one image after the other and
// multiplies it. It needs no micro-kernels; they use it for backward passes
// with strides.

func (p *plan) forwardGo(x, w, bias, y []float32, relu bool) {
	par.For(p.N, 1, func(lo, hi int) {
		var col []float32
		if !p.pointwise() {
			col = pool.Float32s(p.taps * p.out)
			defer pool.Put(col)
		}
		for n := lo; n < hi; n++ {
			for g := range p.Groups {
				in := x[(n*p.C+g*p.inC)*p.plane:]
				e := gemm.Epilogue{BiasPerRow: true, ReLU: relu}
				if bias != nil {
					e.Bias = bias[g*p.outC:]
				}
				cols := in
				if col != nil {
					p.im2col(col, in, 0, p.oh)
					cols = col
				}
				gemm.SgemmEpilogue(false, false, p.outC, p.out, p.taps, 1,
					w[g*p.outC*p.taps:], p.taps, cols, p.out,
					0, y[(n*p.OutC+g*p.outC)*p.out:], p.out, &e)
			}
		}
	})
}

func (p *plan) backwardInputGo(dy, w, dx []float32) {
	par.For(p.N, 1, func(lo, hi int) {
		var col []float32
		if !p.pointwise() {
			col = pool.Float32s(p.taps * p.out)
			defer pool.Put(col)
		}
		for n := lo; n < hi; n++ {
			for g := range p.Groups {
				in := dx[(n*p.C+g*p.inC)*p.plane:][:p.inC*p.plane]
				cols := in
				if col != nil {
					cols = col
				}
				gemm.Sgemm(true, false, p.taps, p.out, p.outC, 1,
					w[g*p.outC*p.taps:], p.taps, dy[(n*p.OutC+g*p.outC)*p.out:], p.out,
					0, cols, p.out)
				if col != nil {
					clear(in)
					p.col2im(in, col, 0, p.oh)
				}
			}
		}
	})
}

func (p *plan) backwardWeightGo(dy, x, dw []float32) {
	size := p.OutC * p.taps
	// Each part of the batch has its own sum, added up in order afterwards.
	grain := max(1, (p.N+7)/8)
	count, step := par.Chunks(p.N, grain)
	parts := pool.Float32s(count * size)
	defer pool.Put(parts)
	par.For(p.N, grain, func(lo, hi int) {
		sum := parts[lo/step*size:][:size]
		col := pool.Float32s(p.taps * p.out)
		defer pool.Put(col)
		beta := float32(0)
		for n := lo; n < hi; n++ {
			for g := range p.Groups {
				in := x[(n*p.C+g*p.inC)*p.plane:]
				cols := in
				if !p.pointwise() {
					p.im2col(col, in, 0, p.oh)
					cols = col
				}
				gemm.Sgemm(false, true, p.outC, p.taps, p.out, 1,
					dy[(n*p.OutC+g*p.outC)*p.out:], p.out, cols, p.out,
					beta, sum[g*p.outC*p.taps:], p.taps)
			}
			beta = 1
		}
	})
	clear(dw[:size])
	for i := range count {
		simd.Add(dw[:size], dw, parts[i*size:])
	}
}

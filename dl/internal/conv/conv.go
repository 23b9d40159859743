package conv

import (
	"descent/dl/internal/gemm"
	"descent/dl/internal/par"
	"descent/dl/internal/pool"
	"descent/dl/internal/simd"
)

// Forward sets y [N, OutC, oh, ow] to the convolution of x [N, C, H, W] with
// w [OutC, C/Groups, KH, KW], plus bias [OutC] unless that is nil, and takes
// ReLU of it when asked to. PyTorch: nn.functional.conv2d.
func Forward(s Shape, x, w, bias, y []float32, relu bool) {
	p := s.plan()
	p.check(x, w, y)
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

// BackwardInput sets dx to the gradient of the input, given dy, that of the
// output.
func BackwardInput(s Shape, dy, w, dx []float32) {
	p := s.plan()
	p.check(dx, w, dy)
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

// BackwardWeight sets dw and db (either may be nil) to the gradients of the
// weights and the bias.
func BackwardWeight(s Shape, dy, x, dw, db []float32) {
	p := s.plan()
	if db != nil {
		p.backwardBias(dy, db)
	}
	if dw == nil {
		return
	}
	p.check(x, dw, dy)
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

// backwardBias sums dy over images and places.
func (p *plan) backwardBias(dy, db []float32) {
	par.For(p.OutC, 1+(1<<14)/(1+p.N*p.out), func(lo, hi int) {
		for c := lo; c < hi; c++ {
			s := 0.0
			for n := range p.N {
				s += simd.Sum64(dy[(n*p.OutC+c)*p.out:][:p.out])
			}
			db[c] = float32(s)
		}
	})
}

package conv

import (
	"descent/dl/internal/gemm"
	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// vector reports whether the micro-kernels run here; a test sets it.
var vector = func() bool { _, _, ok := gemm.Tiles(); return ok }()

// Forward sets y [N, OutC, oh, ow] to the convolution of x [N, C, H, W] with
// w [OutC, C/Groups, KH, KW], plus bias [OutC] unless that is nil, and takes
// ReLU of it when asked to. PyTorch: nn.functional.conv2d.
func Forward(s Shape, x, w, bias, y []float32, relu bool) {
	p := s.plan()
	p.check(x, w, y)
	if p.suitsWinograd() {
		p.winogradForward(x, w, bias, y, relu)
		return
	}
	if p.narrow() {
		p.forwardNarrow(x, w, bias, y, relu)
		return
	}
	if vector {
		p.forward(x, w, bias, y, relu)
		return
	}
	p.forwardGo(x, w, bias, y, relu)
}

// BackwardInput sets dx to the gradient of the input, given dy, that of the
// output.
func BackwardInput(s Shape, dy, w, dx []float32) {
	p := s.plan()
	p.check(dx, w, dy)
	if p.suitsWinograd() {
		p.winogradBackwardInput(dy, w, dx)
		return
	}
	if p.narrow() {
		if p.StrideH == 1 && p.StrideW == 1 {
			p.backwardInput(dy, w, dx)
		} else {
			p.backwardInputNarrow(dy, w, dx)
		}
		return
	}
	// With a few channels the product would be a few rows high, which pays
	// only if the other way round it would not be deep.
	if vector && p.StrideH == 1 && p.StrideW == 1 && (p.inC >= 4 || p.outC < 8) {
		if p.suitsColumnwise() {
			p.backwardInputColumnwise(dy, w, dx)
			return
		}
		p.backwardInput(dy, w, dx)
		return
	}
	p.backwardInputGo(dy, w, dx)
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
	if p.suitsWinogradWeight() {
		p.winogradBackwardWeight(dy, x, dw)
		return
	}
	if p.narrow() {
		p.backwardWeightNarrow(dy, x, dw)
		return
	}
	if vector {
		p.backwardWeight(dy, x, dw)
		return
	}
	p.backwardWeightGo(dy, x, dw)
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

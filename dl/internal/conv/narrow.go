package conv

import (
	"descent/dl/internal/par"
	"descent/dl/internal/pool"
	"descent/dl/internal/simd"
)

// Groups of one or a few channels, such as those of a depthwise convolution,
// make products too flat for the micro-kernels. Here every tap is one pass
// over what it sees of a plane.

// narrow reports whether the groups are that small.
func (p *plan) narrow() bool { return p.Groups > 1 && p.inC*p.outC <= 4 }

// narrowBlock is how many outputs stay in the first cache while all taps are
// gone through.
const narrowBlock = 2048

// eachGroup calls f for every group of every image, on several processors.
func (p *plan) eachGroup(f func(w *worker, copies []float32, n, g int)) {
	par.For(p.N*p.Groups, 1+(1<<16)/(1+p.taps*p.outC*p.out), func(lo, hi int) {
		w := workers.Get().(*worker)
		p.expand(0, p.inC, &w.e)
		copies := pool.Float32s(w.e.size)
		for i := lo; i < hi; i++ {
			f(w, copies, i/p.Groups, i%p.Groups)
		}
		pool.Put(copies)
		workers.Put(w)
	})
}

func (p *plan) forwardNarrow(x, w, bias, y []float32, relu bool) {
	p.eachGroup(func(wk *worker, copies []float32, n, g int) {
		src := p.imageOf(x, n, g)
		if !p.pointwise() {
			wk.e.fill(copies, src, p.inC)
			src = copies
		}
		for c := g * p.outC; c < (g+1)*p.outC; c++ {
			start := float32(0)
			if bias != nil {
				start = bias[c]
			}
			weights, out := w[c*p.taps:][:p.taps], y[(n*p.OutC+c)*p.out:][:p.out]
			for lo := 0; lo < p.out; lo += narrowBlock {
				part := out[lo:min(lo+narrowBlock, p.out)]
				simd.Affine(part, src[wk.e.taps[0]+lo:], weights[0], start)
				for tap := 1; tap < p.taps; tap++ {
					simd.Axpy(part, src[wk.e.taps[tap]+lo:], weights[tap])
				}
				if relu {
					simd.ReLU(part, part)
				}
			}
		}
	})
}

// backwardInputNarrow adds up what every tap sends back, in the places of the
// expanded image, and then the copies of each pixel.
func (p *plan) backwardInputNarrow(dy, w, dx []float32) {
	p.eachGroup(func(wk *worker, copies []float32, n, g int) {
		clear(copies)
		for c := g * p.outC; c < (g+1)*p.outC; c++ {
			from := dy[(n*p.OutC+c)*p.out:][:p.out]
			for tap, v := range w[c*p.taps:][:p.taps] {
				simd.Axpy(copies[wk.e.taps[tap]:][:p.out], from, v)
			}
		}
		in := p.imageOf(dx, n, g)[:p.inC*p.plane]
		clear(in)
		wk.e.drain(in, copies, p.inC)
	})
}

// backwardWeightNarrow is for each weight the sum over all images of what its
// tap sees times the gradients.
func (p *plan) backwardWeightNarrow(dy, x, dw []float32) {
	par.For(p.Groups, 1+(1<<13)/(1+p.N*p.out), func(lo, hi int) {
		w := workers.Get().(*worker)
		p.expand(0, p.inC, &w.e)
		copies := pool.Float32s(w.e.size)
		defer pool.Put(copies)
		sums := make([]float64, p.outC*p.taps)
		for g := lo; g < hi; g++ {
			clear(sums)
			for n := range p.N {
				src := p.imageOf(x, n, g)
				if !p.pointwise() {
					w.e.fill(copies, src, p.inC)
					src = copies
				}
				for i := range sums {
					o, tap := i/p.taps, i%p.taps
					sums[i] += simd.Dot64(src[w.e.taps[tap]:][:p.out], dy[(n*p.OutC+g*p.outC+o)*p.out:])
				}
			}
			for i, v := range sums {
				dw[g*p.outC*p.taps+i] = float32(v)
			}
		}
		workers.Put(w)
	})
}

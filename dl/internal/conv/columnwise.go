package conv

import (
	"descent/dl/internal/par"
	"descent/dl/internal/pool"
)

// suitsColumnwise reports whether the output is so much narrower than the
// input that backwardInput would mostly multiply padding.
func (p *plan) suitsColumnwise() bool {
	return p.Groups == 1 && p.KW > 1 && p.inC*p.KW <= 64 && 4*p.ow <= 3*p.W
}

// backwardInputColumnwise is a convolution of dy down its columns only, with
// the weights of all columns of the kernel as channels of the result. That
// is the gradient of every copy in an expansion of the input, and what is left
// is to add up the copies. The stride is 1.
func (p *plan) backwardInputColumnwise(dy, w, dx []float32) {
	s := Shape{N: p.N, C: p.OutC, H: p.oh, W: p.ow, OutC: p.KW * p.inC, KH: p.KH, KW: 1, StrideH: 1, StrideW: 1,
		PadH: p.DilH * (p.KH - 1), DilH: p.DilH, DilW: 1, Groups: 1}
	q := s.plan()
	turned := pool.Float32s(q.OutC * q.taps)
	defer pool.Put(turned)
	for kw := range p.KW {
		for c := range p.inC {
			row := turned[(kw*p.inC+c)*q.taps:][:q.taps]
			for o := range p.OutC {
				for kh := range p.KH {
					row[o*p.KH+p.KH-1-kh] = w[((o*p.inC+c)*p.KH+kh)*p.KW+kw]
				}
			}
		}
	}
	size := q.OutC * q.out
	copies := pool.Float32s(p.N * size)
	defer pool.Put(copies)
	q.forward(dy, turned, nil, copies, false)
	par.For(p.N, 1+(1<<14)/size, func(lo, hi int) {
		wk := workers.Get().(*worker)
		p.expand(0, p.inC, &wk.e)
		for n := lo; n < hi; n++ {
			in := p.imageOf(dx, n, 0)[:p.inC*p.plane]
			clear(in)
			wk.e.drain(in, copies[n*size:], p.inC)
		}
		workers.Put(wk)
	})
}

package simd

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestAdam(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, o := range []AdamParams{
		{LR: 1e-3, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Step: 1},
		{LR: 1e-2, Beta1: 0.8, Beta2: 0.99, Eps: 1e-6, Step: 7, WeightDecay: 0.1},
		{LR: 1e-2, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Step: 3, WeightDecay: 0.01, Decoupled: true},
	} {
		for _, n := range lengths()[:75] {
			p, g, m, v := floats(r, n, false), floats(r, n, false), floats(r, n, false), floats(r, n, false)
			Mul(v, v, v)
			want := make([][]float64, 3)
			for i := range n { // in float64
				gi := float64(g[i])
				pi := float64(p[i])
				if o.Decoupled {
					pi *= 1 - o.LR*o.WeightDecay
				} else {
					gi += o.WeightDecay * pi
				}
				mi := o.Beta1*float64(m[i]) + (1-o.Beta1)*gi
				vi := o.Beta2*float64(v[i]) + (1-o.Beta2)*gi*gi
				t1, t2 := 1-math.Pow(o.Beta1, float64(o.Step)), 1-math.Pow(o.Beta2, float64(o.Step))
				want[0] = append(want[0], pi-o.LR*mi/t1/(math.Sqrt(vi/t2)+o.Eps))
				want[1] = append(want[1], mi)
				want[2] = append(want[2], vi)
			}
			p2, m2, v2 := clone(p), clone(m), clone(v)
			c := o.consts()
			adamGo(p2, g, m2, v2, &c)
			Adam(p, g, m, v, o)
			for i := range n {
				if p[i] != p2[i] || m[i] != m2[i] || v[i] != v2[i] {
					t.Fatalf("n=%d: element %d differs from Go: %v %v %v, want %v %v %v", n, i, p[i], m[i], v[i], p2[i], m2[i], v2[i])
				}
				for j, x := range []float32{p[i], m[i], v[i]} {
					if d := math.Abs(float64(x) - want[j][i]); d > 1e-6*(1+math.Abs(want[j][i])) {
						t.Fatalf("n=%d: output %d element %d is %v, want %v", n, j, i, x, want[j][i])
					}
				}
			}
		}
	}
}

func clone(x []float32) []float32 { return append([]float32(nil), x...) }

func TestSGD(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for _, o := range []SGDParams{
		{LR: 0.1}, {LR: 0.1, WeightDecay: 0.01}, {LR: 0.1, Momentum: 0.9}, {LR: 0.1, Momentum: 0.9, First: true},
		{LR: 0.1, Momentum: 0.9, Dampening: 0.3, WeightDecay: 0.1}, {LR: 0.1, Momentum: 0.9, Nesterov: true},
		{LR: 0.1, Momentum: 0.9, Nesterov: true, First: true, Dampening: 0.5},
	} {
		for _, n := range lengths()[:75] {
			p, g, buf := floats(r, n, false), floats(r, n, false), floats(r, n, false)
			if o.First {
				for i := range buf {
					buf[i] = float32(math.NaN())
				}
			}
			if o.Momentum == 0 {
				buf = nil
			}
			wantP, wantB := make([]float64, n), make([]float64, n)
			for i := range n {
				gi := float64(g[i]) + o.WeightDecay*float64(p[i])
				if o.Momentum != 0 {
					b := gi
					if !o.First {
						b = o.Momentum*float64(buf[i]) + (1-o.Dampening)*gi
					}
					wantB[i] = b
					if o.Nesterov {
						gi += o.Momentum * b
					} else {
						gi = b
					}
				}
				wantP[i] = float64(p[i]) - o.LR*gi
			}
			SGD(p, g, buf, o)
			for i := range n {
				if d := math.Abs(float64(p[i]) - wantP[i]); !(d <= 1e-6*(1+math.Abs(wantP[i]))) {
					t.Fatalf("%+v n=%d: p[%d] = %v, want %v", o, n, i, p[i], wantP[i])
				}
				if buf != nil && !(math.Abs(float64(buf[i])-wantB[i]) <= 1e-6*(1+math.Abs(wantB[i]))) {
					t.Fatalf("%+v n=%d: buf[%d] = %v, want %v", o, n, i, buf[i], wantB[i])
				}
			}
		}
	}
}

func TestSGDTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	c := sgdConsts{lr: 0.1, decay: 0.01, keep: 0.9, add: 0.8, direct: 1, along: 0.9}
	o := SGDParams{LR: 0.1, WeightDecay: 0.01, Momentum: 0.9, Nesterov: true, Dampening: 1 - float64(c.add)}
	for _, n := range lengths() {
		p, g, buf := floats(r, n, false), floats(r, n, false), floats(r, n, false)
		p2, buf2 := clone(p), clone(buf)
		SGD(p, g, buf, o)
		sgdGo(p2, g, buf2, &c, true, false)
		for i := range n {
			if p[i] != p2[i] || buf[i] != buf2[i] {
				t.Fatalf("n=%d: element %d: %v %v, want %v %v", n, i, p[i], buf[i], p2[i], buf2[i])
			}
		}
	}
}

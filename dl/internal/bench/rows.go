package main

import (
	"fmt"
	"math/rand/v2"

	"descent/dl/internal/conv"
	"descent/dl/internal/gemm"
	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

func allRows() []row {
	var rows []row
	rows = append(rows, gemmRows()...)
	rows = append(rows, elementRows()...)
	rows = append(rows, convRows()...)
	rows = append(rows, operationRows()...)
	rows = append(rows, freedRows()...)
	rows = append(rows, moreRows()...)
	rows = append(rows, elementwiseRows()...)
	rows = append(rows, networkRows()...)
	return rows
}

func random(n int) []float32 {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

func gemmRows() []row {
	var rows []row
	add := func(m, n, k int, ta, tb string) {
		rows = append(rows, row{
			name: fmt.Sprintf("gemm %d×%d×%d %s%s", m, k, n, ta, tb),
			work: 2 * float64(m) * float64(n) * float64(k), unit: "flop",
			peer: fmt.Sprintf("gemm %d %d %d %s %s", m, n, k, ta, tb),
			prep: func() func() {
				a, b, c := random(m*k), random(k*n), make([]float32, m*n)
				lda, ldb := k, n
				if ta == "T" {
					lda = m
				}
				if tb == "T" {
					ldb = k
				}
				return func() { gemm.Sgemm(ta == "T", tb == "T", m, n, k, 1, a, lda, b, ldb, 0, c, n) }
			},
		})
	}
	for _, n := range []int{64, 128, 256, 512, 1024, 2048} {
		add(n, n, n, "N", "N")
	}
	for _, n := range []int{64, 256, 1024} {
		add(n, n, n, "N", "T")
		add(n, n, n, "T", "N")
	}
	add(64, 128, 784, "N", "T") // the article's network, forward
	add(64, 128, 784, "N", "N")
	add(128, 784, 64, "T", "N") // its weights' gradient
	add(64, 10, 128, "N", "T")
	add(64, 128, 10, "N", "N")
	add(10, 128, 64, "T", "N")
	add(64, 784, 128, "N", "N")
	add(784, 64, 128, "T", "N")
	add(256, 128, 784, "N", "T")
	add(1000, 128, 784, "N", "T")
	add(64, 128, 9216, "N", "T")  // a convnet's first linear layer
	add(2048, 512, 128, "N", "T") // a transformer's feed-forward
	add(2048, 128, 512, "N", "T")
	add(2048, 128, 512, "N", "N") // and its gradients
	add(2048, 512, 128, "N", "N")
	add(512, 128, 2048, "T", "N")
	add(128, 512, 2048, "T", "N")
	add(128, 128, 32, "N", "T") // the scores of one head
	add(64, 32, 128, "N", "N")  // and what comes of them
	add(128, 32, 64, "T", "N")
	add(1, 128, 784, "N", "T")
	return rows
}

// each runs f over n elements in parts, in parallel.
func each(n int, f func(lo, hi int)) func() {
	return func() { par.For(n, 1<<15, f) }
}

func elementRows() []row {
	const n = 1 << 20
	var rows []row
	unary := func(name string, f func(dst, a []float32)) {
		rows = append(rows, row{name: name + " 1M", work: 8 * n, unit: "byte", peer: fmt.Sprintf("unary %s %d", name, n), prep: func() func() {
			x, y := random(n), make([]float32, n)
			for i := range x {
				x[i] = x[i]*x[i] + 0.5
			}
			return each(n, func(lo, hi int) { f(y[lo:hi], x[lo:hi]) })
		}})
	}
	binary := func(name string, f func(dst, a, b []float32)) {
		rows = append(rows, row{name: name + " 1M", work: 12 * n, unit: "byte", peer: fmt.Sprintf("binary %s %d", name, n), prep: func() func() {
			x, y, z := random(n), random(n), make([]float32, n)
			return each(n, func(lo, hi int) { f(z[lo:hi], x[lo:hi], y[lo:hi]) })
		}})
	}
	binary("add", simd.Add)
	binary("mul", simd.Mul)
	binary("maximum", simd.Max)
	unary("relu", simd.ReLU)
	unary("exp", simd.Exp)
	unary("log", simd.Log)
	unary("tanh", simd.Tanh)
	unary("sigmoid", simd.Sigmoid)
	unary("sqrt", simd.Sqrt)
	reduce := func(name string, f func(x []float32) float64) {
		rows = append(rows, row{name: name + " 1M", work: 4 * n, unit: "byte", peer: fmt.Sprintf("reduce %s %d", name, n), prep: func() func() {
			x := random(n)
			count, size := par.Chunks(n, 1<<15)
			parts := make([]float64, count)
			return each(n, func(lo, hi int) { parts[lo/size] = f(x[lo:hi]) })
		}})
	}
	reduce("sum", simd.Sum64)
	reduce("max", func(x []float32) float64 { return float64(simd.MaxOf(x)) })
	reduce("argmax", func(x []float32) float64 { return float64(simd.ArgMax(x)) })
	for _, s := range [][2]int{{1024, 1024}, {100000, 10}} {
		rows = append(rows, row{name: fmt.Sprintf("softmax %d×%d", s[0], s[1]), work: 8 * float64(s[0]*s[1]), unit: "byte", peer: fmt.Sprintf("softmax %d %d", s[0], s[1]), prep: func() func() {
			x, y := random(s[0]*s[1]), make([]float32, s[0]*s[1])
			return func() {
				par.For(s[0], 1+8192/s[1], func(lo, hi int) {
					simd.SoftmaxRows(y[lo*s[1]:], x[lo*s[1]:], hi-lo, s[1])
				})
			}
		}})
	}
	rows = append(rows, row{name: "adam 101770", work: 28 * 101770, unit: "byte", peer: "adam 101770", prep: func() func() {
		p, g, m, v := random(101770), random(101770), make([]float32, 101770), make([]float32, 101770)
		o := simd.AdamParams{LR: 0.001, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, Step: 10}
		return func() {
			par.For(len(p), 1<<14, func(lo, hi int) { simd.Adam(p[lo:hi], g[lo:hi], m[lo:hi], v[lo:hi], o) })
		}
	}})
	return rows
}

func convRows() []row {
	var rows []row
	for _, s := range []conv.Shape{
		{N: 64, C: 1, H: 28, W: 28, OutC: 32, KH: 3, KW: 3},
		{N: 64, C: 32, H: 26, W: 26, OutC: 64, KH: 3, KW: 3},
		{N: 32, C: 64, H: 32, W: 32, OutC: 64, KH: 3, KW: 3, PadH: 1, PadW: 1},
		{N: 32, C: 128, H: 16, W: 16, OutC: 128, KH: 3, KW: 3, PadH: 1, PadW: 1},
		{N: 32, C: 256, H: 8, W: 8, OutC: 256, KH: 3, KW: 3, PadH: 1, PadW: 1},
		{N: 32, C: 512, H: 4, W: 4, OutC: 512, KH: 3, KW: 3, PadH: 1, PadW: 1},
		{N: 32, C: 256, H: 8, W: 8, OutC: 256, KH: 1, KW: 1},
		{N: 64, C: 1, H: 28, W: 28, OutC: 6, KH: 5, KW: 5, PadH: 2, PadW: 2},
		{N: 64, C: 6, H: 14, W: 14, OutC: 16, KH: 5, KW: 5},
		{N: 32, C: 64, H: 32, W: 32, OutC: 128, KH: 3, KW: 3, PadH: 1, PadW: 1, StrideH: 2, StrideW: 2},
		{N: 32, C: 64, H: 32, W: 32, OutC: 128, KH: 1, KW: 1, StrideH: 2, StrideW: 2},
		{N: 32, C: 64, H: 32, W: 32, OutC: 64, KH: 3, KW: 3, PadH: 1, PadW: 1, Groups: 64},
	} {
		oh, ow := s.Out()
		stride, groups := max(s.StrideH, 1), max(s.Groups, 1)
		flops := 2 * float64(s.N*oh*ow*s.OutC) * float64(s.C/groups*s.KH*s.KW)
		args := fmt.Sprintf("%d %d %d %d %d %d %d %d %d", s.N, s.C, s.H, s.W, s.OutC, s.KH, stride, s.PadH, groups)
		name := fmt.Sprintf("%d×%d×%d² k%d p%d → %d", s.N, s.C, s.H, s.KH, s.PadH, s.OutC)
		if stride > 1 {
			name += fmt.Sprintf(" s%d", stride)
		}
		if groups > 1 {
			name += fmt.Sprintf(" g%d", groups)
		}
		x, w, b, y := s.N*s.C*s.H*s.W, s.OutC*s.C/groups*s.KH*s.KW, s.OutC, s.N*s.OutC*oh*ow
		rows = append(rows,
			row{name: "conv fwd " + name, work: flops, unit: "flop", peer: "conv fwd " + args, prep: func() func() {
				x, w, b, y := random(x), random(w), random(b), make([]float32, y)
				return func() { conv.Forward(s, x, w, b, y, false) }
			}},
			row{name: "conv dx " + name, work: flops, unit: "flop", peer: "conv dx " + args, prep: func() func() {
				dx, w, dy := make([]float32, x), random(w), random(y)
				return func() { conv.BackwardInput(s, dy, w, dx) }
			}},
			row{name: "conv dw " + name, work: flops, unit: "flop", peer: "conv dw " + args, prep: func() func() {
				x, dw, db, dy := random(x), make([]float32, w), make([]float32, b), random(y)
				return func() { conv.BackwardWeight(s, dy, x, dw, db) }
			}})
	}
	p := conv.PoolShape{N: 64, C: 64, H: 24, W: 24, KH: 2, KW: 2}
	in, out := p.N*p.C*p.H*p.W, p.N*p.C*12*12
	rows = append(rows,
		row{name: "maxpool fwd 64×64×24²", work: 4 * float64(in), unit: "byte", peer: "maxpool fwd 64 64 24 24 2", prep: func() func() {
			x, y, arg := random(in), make([]float32, out), make([]int32, out)
			return func() { conv.MaxPoolForward(p, x, y, arg) }
		}},
		row{name: "maxpool bwd 64×64×24²", work: 4 * float64(in), unit: "byte", peer: "maxpool bwd 64 64 24 24 2", prep: func() func() {
			x, y, arg := random(in), make([]float32, out), make([]int32, out)
			conv.MaxPoolForward(p, x, y, arg)
			return func() { conv.MaxPoolBackward(p, y, arg, x) }
		}},
		row{name: "avgpool fwd 64×64×24²", work: 4 * float64(in), unit: "byte", peer: "avgpool 64 64 24 24 2", prep: func() func() {
			x, y := random(in), make([]float32, out)
			return func() { conv.AvgPoolForward(p, x, y) }
		}})
	return rows
}

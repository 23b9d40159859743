package dl_test

import (
	"fmt"
	"runtime"
	"testing"

	"descent/dl"
)

// TestSameBitsForAnyProcessors runs operations that share out their work, and
// their gradients, on different numbers of processors.
func TestSameBitsForAnyProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	type result struct {
		name string
		t    *T
	}
	run := func() (out []result) {
		dl.ManualSeed(5)
		x := dl.Randn(301, 517).SetRequiresGrad(true)
		w := dl.Randn(517, 130).SetRequiresGrad(true)
		images := dl.Randn(5, 6, 29, 31).SetRequiresGrad(true)
		filters := dl.Randn(8, 6, 3, 3).SetRequiresGrad(true)
		long := dl.Randn(200_003)
		for _, c := range []struct {
			name   string
			f      func() *T
			leaves []*T
		}{
			{"matmul", func() *T { return x.MatMul(w) }, []*T{x, w}},
			{"linear+relu", func() *T { return dl.LinearReLU(x, w.T(), nil) }, []*T{x, w}},
			{"batches", func() *T { return x.Reshape(7, 43, 517).MatMul(w) }, []*T{x, w}},
			{"sum", func() *T { return long.Sum() }, nil},
			{"sum of columns", func() *T { return x.Sum(0) }, []*T{x}},
			{"sum of rows", func() *T { return x.Exp().Sum(1) }, []*T{x}},
			{"mean", func() *T { return x.Tanh().Mean() }, []*T{x}},
			{"variance", func() *T { return x.Var(0) }, []*T{x}},
			{"norm", func() *T { return long.Norm(2) }, nil},
			{"broadcast", func() *T { return x.Mul(x.Narrow(0, 3, 1)) }, []*T{x}},
			{"softmax", func() *T { return x.Softmax(1) }, []*T{x}},
			{"logsumexp", func() *T { return x.LogSumExp(0) }, []*T{x}},
			{"convolution", func() *T { return dl.Conv2d(images, filters, nil, dl.ConvOptions{Padding: [2]int{1, 1}}) }, []*T{images, filters}},
			{"pooling", func() *T { return dl.MaxPool2d(images, dl.PoolOptions{Kernel: [2]int{2, 2}}) }, []*T{images}},
			{"batchnorm", func() *T {
				return dl.BatchNorm(images, nil, nil, nil, nil, dl.BatchNormOptions{Training: true, Momentum: 0.1, Eps: 1e-5})
			}, []*T{images}},
			{"layernorm", func() *T { return dl.LayerNorm(x, []int{517}, nil, nil, 1e-5) }, []*T{x}},
			{"dropout", func() *T { return dl.Dropout(x, 0.3, true) }, []*T{x}},
			{"embedding", func() *T { return dl.Embedding(w, dl.RandInt(0, 517, 400), -1) }, []*T{w}},
			{"running sum", func() *T { return x.CumSum(1) }, []*T{x}},
			{"sort", func() *T { v, _ := x.Sort(0, true); return v }, []*T{x}},
			{"transposed copy", func() *T { return x.T().Contiguous() }, nil},
			{"uniform", func() *T { return dl.Rand(50_001) }, nil},
			{"integers", func() *T { return dl.RandInt(0, 1000, 50_001) }, nil},
			{"permutation", func() *T { return dl.RandPerm(10_000) }, nil},
		} {
			y := c.f()
			out = append(out, result{c.name, y.Detach()})
			if len(c.leaves) == 0 {
				continue
			}
			g := dl.Grad([]*T{y.Square().Sum()}, c.leaves, dl.GradOptions{})
			for i := range g {
				out = append(out, result{fmt.Sprintf("%s, gradient %d", c.name, i), g[i]})
			}
		}
		return out
	}
	var first []result
	for _, procs := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(procs)
		got := run()
		if first == nil {
			first = got
			continue
		}
		for i, r := range got {
			if !dl.Equal(r.t, first[i].t) {
				t.Errorf("%s: %d processors give other bits than one", r.name, procs)
			}
		}
	}
}

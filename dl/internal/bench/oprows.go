package main

import (
	"fmt"

	"descent/dl"
	"descent/dl/nn"
)

// operationRows are operations as users of dl call them, allocation of the
// result and recording included.
func operationRows() []row {
	const n = 1 << 20
	rand := func(shape ...int) *dl.Tensor { return dl.Rand(shape...) }
	var rows []row
	add := func(name, peer string, bytes float64, prep func() func()) {
		r := row{name: "op " + name, peer: peer, prep: prep}
		if bytes > 0 {
			r.work, r.unit = bytes, "byte"
		}
		rows = append(rows, r)
	}
	unary := func(name string, f func(x *dl.Tensor) *dl.Tensor) {
		add(name+" 1M", fmt.Sprintf("op_unary %s %d", name, n), 8*n, func() func() {
			x := rand(n)
			return func() { f(x) }
		})
	}
	add("add 1M", fmt.Sprintf("op_add %d", n), 12*n, func() func() {
		x, y := rand(n), rand(n)
		return func() { x.Add(y) }
	})
	unary("relu", (*dl.Tensor).ReLU)
	unary("exp", (*dl.Tensor).Exp)
	unary("tanh", (*dl.Tensor).Tanh)
	unary("sigmoid", (*dl.Tensor).Sigmoid)
	unary("gelu", (*dl.Tensor).GELU)
	unary("gelu_tanh", (*dl.Tensor).GELUTanh)
	unary("silu", (*dl.Tensor).SiLU)
	unary("clone", (*dl.Tensor).Clone)
	unary("sum", func(x *dl.Tensor) *dl.Tensor { return x.Sum() })
	square := func(name string, f func(x *dl.Tensor)) {
		add(name+" 1024²", "op_square "+name, 8*n, func() func() {
			x := rand(1024, 1024)
			return func() { f(x) }
		})
	}
	square("softmax", func(x *dl.Tensor) { x.Softmax(1) })
	square("log_softmax", func(x *dl.Tensor) { x.LogSoftmax(1) })
	square("sum0", func(x *dl.Tensor) { x.Sum(0) })
	square("sum1", func(x *dl.Tensor) { x.Sum(1) })
	square("var1", func(x *dl.Tensor) { x.Var(1) })
	square("max1", func(x *dl.Tensor) { x.Max(1) })
	square("argmax1", func(x *dl.Tensor) { x.ArgMax(1) })
	square("transpose", func(x *dl.Tensor) { x.T().Contiguous() })
	square("where", func(x *dl.Tensor) { dl.Where(x.GtScalar(0.5), x, x) })
	square("sort", func(x *dl.Tensor) { x.Sort(1, false) })
	square("cumsum", func(x *dl.Tensor) { x.CumSum(1) })
	square("cummax", func(x *dl.Tensor) { x.CumMax(1) })
	square("topk", func(x *dl.Tensor) { x.TopK(10, 1) })
	indexed := func(name string, high int64, shape []int, f func(x, i *dl.Tensor)) {
		add(name+" 1024²", "op_indexed "+name, 8*n, func() func() {
			x, i := rand(1024, 1024), dl.RandInt(0, high, shape...)
			return func() { f(x, i) }
		})
	}
	indexed("index_select", 1024, []int{1024}, func(x, i *dl.Tensor) { x.IndexSelect(0, i) })
	indexed("gather", 1024, []int{1024, 1024}, func(x, i *dl.Tensor) { x.Gather(1, i) })
	indexed("scatter", 1024, []int{1024, 1024}, func(x, i *dl.Tensor) { x.Scatter(1, i, x) })
	add("layer_norm 1024²", "layernorm 1024 1024", 8*n, func() func() {
		x, l := rand(1024, 1024), nn.NewLayerNorm(1024)
		return func() { dl.NoGrad(func() { l.Forward(x) }) }
	})
	add("layer_norm 8192×128", "layernorm 8192 128", 8*n, func() func() {
		x, l := rand(8192, 128), nn.NewLayerNorm(128)
		return func() { dl.NoGrad(func() { l.Forward(x) }) }
	})
	add("batch_norm train 64×64×16²", "batchnorm", 8*n, func() func() {
		x, l := rand(64, 64, 16, 16), nn.NewBatchNorm2d(64, nn.BatchNormOptions{})
		return func() { dl.NoGrad(func() { l.Forward(x) }) }
	})
	add("softmax 100000×10", "softmax 100000 10", 8e6, func() func() {
		x := rand(100000, 10)
		return func() { x.Softmax(1) }
	})
	add("dropout 1M", fmt.Sprintf("dropout %d", n), 8*n, func() func() {
		x := rand(n)
		return func() { dl.Dropout(x, 0.5, true) }
	})
	add("rand 1M", fmt.Sprintf("random rand %d", n), 4*n, func() func() { return func() { dl.Rand(n) } })
	add("randn 1M", fmt.Sprintf("random randn %d", n), 4*n, func() func() { return func() { dl.Randn(n) } })
	add("add of 10, grad", "add10", 0, func() func() {
		x, y := rand(10).SetRequiresGrad(true), rand(10)
		return func() { x.Add(y) }
	})
	add("linear 10×10 of 1, grad", "linear10", 0, func() func() {
		x, l := rand(1, 10), nn.NewLinear(10, 10)
		return func() { l.Forward(x) }
	})
	add("100 adds, forward and backward", "chain", 0, func() func() {
		x, y := rand(10).SetRequiresGrad(true), rand(10)
		return func() {
			z := x
			for range 100 {
				z = z.Add(y)
			}
			z.Sum().Backward()
		}
	})
	return rows
}

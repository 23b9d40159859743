package main

import (
	"fmt"

	"descent/dl"
	"descent/dl/nn"
)

// freedRows are operations whose result the loop gives back with Free, as
// PyTorch's loop does when the last reference goes. The rows of the same name
// in operationRows leave the result to the garbage collector.
func freedRows() []row {
	const n = 1 << 20
	var rows []row
	freed := func(name, peer string, bytes float64, shape []int, f func(x *dl.Tensor) *dl.Tensor) {
		rows = append(rows, row{name: "op " + name + ", freed", peer: peer, work: bytes, unit: "byte", prep: func() func() {
			x := dl.Rand(shape...)
			return func() { f(x).Free() }
		}})
	}
	y, i := dl.Rand(n), dl.RandInt(0, 1024, 1024)
	freed("add 1M", fmt.Sprintf("op_add %d", n), 12*n, []int{n}, func(x *dl.Tensor) *dl.Tensor { return x.Add(y) })
	freed("relu 1M", fmt.Sprintf("op_unary relu %d", n), 8*n, []int{n}, (*dl.Tensor).ReLU)
	freed("clone 1M", fmt.Sprintf("op_unary clone %d", n), 8*n, []int{n}, (*dl.Tensor).Clone)
	freed("gelu 1M", fmt.Sprintf("op_unary gelu %d", n), 8*n, []int{n}, (*dl.Tensor).GELU)
	freed("index_select 1024²", "op_indexed index_select", 8*n, []int{1024, 1024}, func(x *dl.Tensor) *dl.Tensor { return x.IndexSelect(0, i) })
	places := dl.RandInt(0, 1024, 1024, 1024)
	freed("gather 1024²", "op_indexed gather", 8*n, []int{1024, 1024}, func(x *dl.Tensor) *dl.Tensor { return x.Gather(1, places) })
	freed("scatter 1024²", "op_indexed scatter", 8*n, []int{1024, 1024}, func(x *dl.Tensor) *dl.Tensor { return x.Scatter(1, places, x) })
	norm := func(shape ...int) {
		l := nn.NewLayerNorm(shape[1])
		freed(fmt.Sprintf("layer_norm %d×%d", shape[0], shape[1]), fmt.Sprintf("layernorm %d %d", shape[0], shape[1]), 8*n, shape, func(x *dl.Tensor) (y *dl.Tensor) {
			dl.NoGrad(func() { y = l.Forward(x) })
			return y
		})
	}
	norm(1024, 1024)
	norm(8192, 128)
	freed("softmax 100000×10", "softmax 100000 10", 8e6, []int{100000, 10}, func(x *dl.Tensor) *dl.Tensor { return x.Softmax(1) })
	return rows
}

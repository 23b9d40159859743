package nn_test

import (
	"math"
	"runtime"
	"slices"
	"testing"

	"descent/dl"
	"descent/dl/nn"
	"descent/dl/optim"
)

// TestEveryLayerTrainsToTheSameBits trains each layer of the table on a large batch with one, two and four processors,
// and once more: the same seed must give the same bits of outputs, gradients, parameters and statistics.
func TestEveryLayerTrainsToTheSameBits(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, r := range layerTable {
		var first []*dl.Tensor
		for i, procs := range []int{1, 2, 4, 1} {
			runtime.GOMAXPROCS(procs)
			got := trained(r)
			if i == 0 {
				first = got
				continue
			}
			if !slices.EqualFunc(got, first, sameBits) {
				t.Errorf("%s: other bits with %d processors", r.name, procs)
			}
		}
	}
}

func sameBits(a, b *dl.Tensor) bool {
	x, y := a.To(dl.Float64).Contiguous().Float64s(), b.To(dl.Float64).Contiguous().Float64s()
	return slices.EqualFunc(x, y, func(v, w float64) bool { return math.Float64bits(v) == math.Float64bits(w) })
}

// trained makes the layer of a row and takes two steps with it.
func trained(r layerRow) []*dl.Tensor {
	dl.ManualSeed(21)
	m := r.make()
	counts := make([]int, r.in.Dim())
	for i := range counts {
		counts[i] = 1
	}
	batch := 0
	if r.name == "NewSinusoidalPositions" { // has steps there, and few of them
		batch = 1
	}
	counts[batch] = 200
	x := r.in.Repeat(counts...)
	if x.DType().IsFloat() {
		x = x.To(dl.Float32).Add(dl.RandnLike(x.To(dl.Float32))).Detach().SetRequiresGrad(true)
	}
	params := nn.Params(m)
	var o *optim.SGD
	if len(params) > 0 {
		o = optim.NewSGD(params, optim.SGDOptions{LR: 0.01, Momentum: 0.9})
	}
	var out []*dl.Tensor
	for range 2 {
		x.ZeroGrad()
		if o != nil {
			o.ZeroGrad()
		}
		y := m.Forward(x)
		y.Mul(dl.RandnLike(y.Detach())).Sum().Backward()
		if o != nil {
			o.Step()
		}
		out = append(out, y.Detach())
		if g := x.Grad(); g != nil {
			out = append(out, g.Clone())
		}
	}
	for _, n := range nn.State(m).Names() {
		out = append(out, nn.State(m).Get(n))
	}
	return out
}

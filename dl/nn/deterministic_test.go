package nn_test

import (
	"runtime"
	"slices"
	"testing"

	"descent/dl"
	"descent/dl/nn"
	"descent/dl/optim"
)

// TestSameBitsForAnyProcs trains a small network of every kind of layer with one, two and five processors: the same seed
// must give the same bits.
func TestSameBitsForAnyProcs(t *testing.T) {
	train := func(procs int) []float32 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		dl.ManualSeed(12)
		m := nn.NewSequential(
			nn.NewConv2d(1, 6, 3, nn.Conv2dOptions{Padding: 1}), nn.NewBatchNorm2d(6, nn.BatchNormOptions{}), nn.NewReLU(),
			nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}), nn.NewConv2d(6, 8, 3, nn.Conv2dOptions{}), nn.NewGELU(),
			nn.NewAvgPool2d(2, nn.AvgPool2dOptions{}), nn.NewFlatten(), nn.NewLinear(8*6*6, 64), nn.NewLayerNorm(64), nn.NewSiLU(),
			nn.NewDropout(0.3), nn.NewLinear(64, 32), nn.NewReLU(), nn.NewLinear(32, 10))
		o := optim.NewAdamW(nn.Params(m), optim.AdamOptions{LR: 0.01})
		x, y := dl.Randn(32, 1, 28, 28), dl.RandInt(0, 10, 32)
		for range 3 {
			o.ZeroGrad()
			nn.CrossEntropy(m.Forward(x), y).Backward()
			optim.ClipGradNorm(o.Params(), 1)
			o.Step()
		}
		var bits []float32
		for _, n := range nn.State(m).Names() {
			bits = append(bits, nn.State(m).Get(n).Float32s()...)
		}
		return bits
	}
	one := train(1)
	for _, procs := range []int{1, 2, 5} {
		if !slices.Equal(train(procs), one) {
			t.Errorf("other bits with %d processors", procs)
		}
	}
}

// TestSameBitsOfSequences is the same for the layers that read sequences.
func TestSameBitsOfSequences(t *testing.T) {
	train := func(procs int) []float32 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		dl.ManualSeed(12)
		m := nn.NewSequential(
			nn.NewLSTM(6, 48, nn.RecurrentOptions{Bidirectional: true}), nn.NewGRU(96, 64, nn.RecurrentOptions{Layers: 2, Dropout: 0.2}),
			nn.NewTransformerEncoder(64, 4, 2, nn.TransformerOptions{FeedForward: 96, Dropout: 0.2, GELU: true}), nn.NewLinear(64, 3))
		o := optim.NewAdamW(nn.Params(m), optim.AdamOptions{LR: 0.01})
		x := dl.Randn(70, 9, 6)
		for range 2 {
			o.ZeroGrad()
			m.Forward(x).Square().Mean().Backward()
			o.Step()
		}
		var bits []float32
		for _, n := range nn.State(m).Names() {
			bits = append(bits, nn.State(m).Get(n).Float32s()...)
		}
		return bits
	}
	one := train(1)
	for _, procs := range []int{1, 2, 5} {
		if !slices.Equal(train(procs), one) {
			t.Errorf("other bits with %d processors", procs)
		}
	}
}

package nn_test

import (
	"testing"

	"descent/dl"
	"descent/dl/nn"
	"descent/dl/optim"
)

// BenchmarkArticleStep is one training step of the network of the first notebook: 784-128-10, batch 64, Adam.
func BenchmarkArticleStep(b *testing.B) {
	dl.ManualSeed(1)
	m := &simpleNN{nn.NewLinear(784, 128), nn.NewLinear(128, 10)}
	o := optim.NewAdam(nn.Params(m), optim.AdamOptions{LR: 0.001})
	x, y := dl.Rand(64, 1, 28, 28), dl.RandInt(0, 10, 64)
	b.ReportAllocs()
	for b.Loop() {
		o.ZeroGrad()
		nn.CrossEntropy(m.Forward(x), y).Backward()
		o.Step()
	}
}

// BenchmarkConvStep is one training step of PyTorch's MNIST example network, batch 64.
func BenchmarkConvStep(b *testing.B) {
	dl.ManualSeed(1)
	m := nn.NewSequential(nn.NewConv2d(1, 32, 3, nn.Conv2dOptions{}), nn.NewReLU(), nn.NewConv2d(32, 64, 3, nn.Conv2dOptions{}),
		nn.NewReLU(), nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}), nn.NewDropout(0.25), nn.NewFlatten(),
		nn.NewLinear(9216, 128), nn.NewReLU(), nn.NewDropout(0.5), nn.NewLinear(128, 10))
	o := optim.NewAdam(nn.Params(m), optim.AdamOptions{LR: 0.001})
	x, y := dl.Rand(64, 1, 28, 28), dl.RandInt(0, 10, 64)
	b.ReportAllocs()
	for b.Loop() {
		o.ZeroGrad()
		nn.CrossEntropy(m.Forward(x), y).Backward()
		o.Step()
	}
}

package nn_test

import (
	"testing"

	"descent/dl"
	"descent/dl/nn"
)

type simpleNN struct {
	fc1, fc2 *nn.Linear
}

func (m *simpleNN) Forward(x *dl.Tensor) *dl.Tensor {
	x = x.Flatten(1)
	x = m.fc1.Forward(x).ReLU()
	return m.fc2.Forward(x)
}

func TestSmoke(t *testing.T) {
	m := &simpleNN{nn.NewLinear(784, 128), nn.NewLinear(128, 10)}
	t.Log(nn.Summary(m, 64, 1, 28, 28))
	t.Log(nn.Describe(m))
	c := nn.NewSequential(nn.NewConv2d(1, 4, 3, nn.Conv2dOptions{}), nn.NewReLU(), nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}), nn.NewFlatten(), nn.NewDropout(0.5), nn.NewLinear(4*13*13, 10))
	t.Log(nn.Summary(c, 2, 1, 28, 28))
	y := nn.CrossEntropy(c.Forward(dl.Randn(3, 1, 28, 28)), dl.New([]int64{1, 2, 3}))
	y.Backward()
	for _, p := range nn.NamedParams(c) {
		t.Log(p.Name, p.Tensor.Grad().Shape())
	}
	defer func() { t.Log(recover()) }()
	m.fc1.Forward(dl.Zeros(64, 1, 28, 28))
}

package dl_test

import (
	"testing"

	"descent/dl"
)

// The whole of dl in five steps, from a sum to a trained network. When this
// file fails, look no further.

// *** numbers ***

func TestTinyAdd(t *testing.T) {
	a, b := dl.New([]float64{1, 2, 3}), dl.New([]float64{10, 20, 30})
	wantNumbers(t, "a+b", a.Add(b), 11, 22, 33)
}

// *** shapes ***

func TestTinyShapes(t *testing.T) {
	x := dl.Arange(0, 6, 1).Reshape(2, 3)
	wantNumbers(t, "columns", x.Sum(0), 3, 5, 7)
	wantNumbers(t, "plus a row", x.Add(dl.New([]float64{10, 20, 30})), 10, 21, 32, 13, 24, 35)
	wantNumbers(t, "transposed", x.T().Reshape(-1), 0, 3, 1, 4, 2, 5)
}

// *** products ***

func TestTinyMatMul(t *testing.T) {
	x := dl.Rand(10, 10)
	if !dl.AllClose(x.MatMul(dl.Eye(10)), x, 1e-6, 0) {
		t.Error("x·1 is not x")
	}
}

// *** gradients ***

func TestTinyBackward(t *testing.T) {
	x := dl.Eye(3).SetRequiresGrad(true)
	y := dl.New([][]float64{{2, 0, -2}}).SetRequiresGrad(true)
	y.MatMul(x).Sum().Backward()
	wantNumbers(t, "dx", x.Grad(), 2, 2, 2, 0, 0, 0, -2, -2, -2)
	wantNumbers(t, "dy", y.Grad(), 1, 1, 1)
}

// *** learning ***

// TestTinyTrain learns XOR with two layers and gradient descent by hand.
func TestTinyTrain(t *testing.T) {
	dl.ManualSeed(1)
	x := dl.New([][]float64{{0, 0}, {0, 1}, {1, 0}, {1, 1}})
	y := dl.New([][]float64{{0}, {1}, {1}, {0}})
	params := []*T{
		dl.NewParameter(dl.Randn(2, 16)), dl.NewParameter(dl.Zeros(16)),
		dl.NewParameter(dl.Randn(16, 1).MulScalar(0.25)), dl.NewParameter(dl.Zeros(1)),
	}
	model := func(x *T) *T {
		h := x.MatMul(params[0]).Add(params[1]).Tanh()
		return h.MatMul(params[2]).Add(params[3]).Sigmoid()
	}
	var loss *T
	for range 1000 {
		loss = model(x).Sub(y).Square().Mean()
		loss.Backward()
		dl.NoGrad(func() {
			for _, p := range params {
				p.AddScaledInPlace(p.Grad(), -1)
				p.ZeroGrad()
			}
		})
	}
	if loss.Item() > 0.01 {
		t.Errorf("loss %v after training", loss.Item())
	}
	wantNumbers(t, "answers", model(x).Round().Reshape(-1), 0, 1, 1, 0)
}

package nn_test

import (
	"math"
	"reflect"
	"testing"

	"descent/dl"
	"descent/dl/nn"
)

// moments returns mean, deviation, least and largest element.
func moments(t *dl.Tensor) (mean, std, low, high float64) {
	v := t.Float64s()
	low, high = math.Inf(1), math.Inf(-1)
	for _, x := range v {
		mean += x / float64(len(v))
		low, high = math.Min(low, x), math.Max(high, x)
	}
	for _, x := range v {
		std += (x - mean) * (x - mean) / float64(len(v))
	}
	return mean, math.Sqrt(std), low, high
}

// TestInit compares the moments of each first value with those that the papers give. 40,000 numbers put the deviation of
// the estimates below one per cent.
func TestInit(t *testing.T) {
	dl.ManualSeed(9)
	w := func() *dl.Tensor { return dl.Zeros(200, 50, 2, 2) } // 200 inputs and 800 outputs of a unit
	for _, c := range []struct {
		name  string
		t     *dl.Tensor
		std   float64
		bound float64 // of a uniform distribution, 0 for others
	}{
		{"uniform", nn.InitUniform(w(), -3, 3), 3 / math.Sqrt(3), 3},
		{"normal", nn.InitNormal(w(), 0, 0.5), 0.5, 0},
		{"xavier uniform", nn.InitXavierUniform(w(), 2), 2 * math.Sqrt(2.0/1000), 2 * math.Sqrt(6.0/1000)},
		{"xavier normal", nn.InitXavierNormal(w(), 0), math.Sqrt(2.0 / 1000), 0},
		{"kaiming uniform", nn.InitKaimingUniform(w(), nn.KaimingOptions{}), math.Sqrt(2.0 / 200), math.Sqrt(6.0 / 200)},
		{"kaiming uniform slope", nn.InitKaimingUniform(w(), nn.KaimingOptions{Slope: math.Sqrt(5)}), 1 / math.Sqrt(3*200), 1 / math.Sqrt(200)},
		{"kaiming normal out", nn.InitKaimingNormal(w(), nn.KaimingOptions{FanOut: true}), math.Sqrt(2.0 / 800), 0},
		{"kaiming normal linear", nn.InitKaimingNormal(w(), nn.KaimingOptions{Linear: true}), math.Sqrt(1.0 / 200), 0},
		// The deviation of a standard normal distribution cut off at ±2 (scipy.stats.truncnorm(-2, 2).std()).
		{"truncated", nn.InitTruncNormal(w(), 0, 1, -2, 2), 0.87962566, 0},
		{"linear", nn.NewLinear(400, 100).Weight, 1 / math.Sqrt(3*400), 1.0 / 20},
		{"conv2d", nn.NewConv2d(100, 100, 2, nn.Conv2dOptions{}).Weight, 1 / math.Sqrt(3*400), 1.0 / 20},
		{"embedding", nn.NewEmbedding(400, 100).Weight, 1, 0},
	} {
		mean, std, low, high := moments(c.t)
		if math.Abs(std-c.std) > 0.02*c.std || math.Abs(mean) > 0.02*c.std {
			t.Errorf("%s: mean %g and deviation %g, want 0 and %g", c.name, mean, std, c.std)
		}
		if c.bound != 0 && (high > c.bound || low < -c.bound || high < 0.99*c.bound) {
			t.Errorf("%s: from %g to %g, want ±%g", c.name, low, high, c.bound)
		}
	}
	if _, _, low, high := moments(nn.InitTruncNormal(w(), 0, 1, -2, 2)); low < -2 || high > 2 {
		t.Errorf("truncated: from %g to %g", low, high)
	}
}

func TestInitOrthogonal(t *testing.T) {
	for _, shape := range [][]int{{5, 12}, {12, 5}, {4, 3, 2, 2}, {6, 6}} {
		w := nn.InitOrthogonal(dl.Zeros(shape...), 2).Reshape(shape[0], -1)
		p := w.MatMul(w.T())
		if w.Size(0) > w.Size(1) {
			p = w.T().MatMul(w)
		}
		n := p.Size(0)
		if d := p.Sub(dl.Eye(n).MulScalar(4)).Abs().AMax().Item(); d > 1e-5 {
			t.Errorf("%v: product differs from 4·I by %g", shape, d)
		}
	}
}

func TestSeed(t *testing.T) {
	dl.ManualSeed(5)
	a := nn.NewLinear(10, 10)
	dl.Rand(100) // another stream
	dl.ManualSeed(5)
	b := nn.NewLinear(10, 10)
	c := nn.NewLinear(10, 10)
	if !reflect.DeepEqual(a.Weight.Float32s(), b.Weight.Float32s()) {
		t.Error("the same seed gave different weights")
	}
	if reflect.DeepEqual(b.Weight.Float32s(), c.Weight.Float32s()) {
		t.Error("two layers have the same weights")
	}
}

func TestPaddingRow(t *testing.T) {
	e := nn.NewEmbeddingWith(5, 3, nn.EmbeddingOptions{HasPadding: true, Padding: -1})
	if e.Padding != 4 || e.Weight.Select(0, 4).Abs().Sum().Item() != 0 {
		t.Errorf("padding row %d is %v", e.Padding, e.Weight.Select(0, 4))
	}
	e.Forward(dl.New([]int64{4, 1, 4})).Sum().Backward()
	if g := e.Weight.Grad(); g.Select(0, 4).Abs().Sum().Item() != 0 || g.Select(0, 1).Sum().Item() != 3 {
		t.Errorf("gradient %v", g)
	}
}

// TestDropout counts what is dropped and checks that the expectation stays.
func TestDropout(t *testing.T) {
	dl.ManualSeed(2)
	d := nn.NewDropout(0.3)
	y := d.Forward(dl.Ones(100, 100)).Float64s()
	zero, kept := 0, 0
	for _, v := range y {
		switch {
		case v == 0:
			zero++
		case math.Abs(v-1/0.7) < 1e-6:
			kept++
		}
	}
	// 10,000 draws have a deviation of 46.
	if zero+kept != len(y) || math.Abs(float64(zero)-3000) > 5*46 {
		t.Errorf("%d of %d dropped, %d kept", zero, len(y), kept)
	}
	if d.Forward(dl.Ones(3)); nn.NewDropout(1).Forward(dl.Ones(9)).Sum().Item() != 0 {
		t.Error("a dropout of 1 let something through")
	}
	nn.Eval(d)
	x := dl.Randn(3)
	if d.Forward(x) != x {
		t.Error("dropout changed its input in evaluation")
	}
}

package dl_test

import (
	"math"
	"testing"

	"descent/dl"
)

// TestDrawnDistributions compares mean and variance of many draws with those of the
// distributions, within five standard errors or so.
func TestDrawnDistributions(t *testing.T) {
	const n = 40_000
	for _, c := range []struct {
		name           string
		draw           func() *T
		mean, variance float64
	}{
		{"Poisson(0.3)", func() *T { return dl.Full(0.3, n).Poisson() }, 0.3, 0.3},
		{"Poisson(50)", func() *T { return dl.Full(50, n).Poisson() }, 50, 50},
		{"Binomial(7, 0.2)", func() *T { return dl.Full(7, n).Binomial(dl.Scalar(0.2)) }, 1.4, 1.12},
		{"Binomial(400, 0.7)", func() *T { return dl.Full(400, n).Binomial(dl.Scalar(0.7)) }, 280, 84},
		{"Exponential(2)", func() *T { return dl.Empty(n).ExponentialInPlace(2) }, 0.5, 0.25},
		{"Geometric(0.4)", func() *T { return dl.Empty(n).GeometricInPlace(0.4) }, 2.5, 3.75},
		{"log of LogNormal(1, 2)", func() *T { return dl.Empty(n).LogNormalInPlace(1, 2).Log() }, 1, 4},
		{"Bernoulli(0.8)", func() *T { return dl.Empty(n).BernoulliInPlace(0.8) }, 0.8, 0.16},
		{"RandInt(-2, 3)", func() *T { return dl.Empty(n).RandIntInPlace(-2, 3) }, 0, 2},
		{"angle of Cauchy(1, 3)", func() *T { return dl.Empty(n).CauchyInPlace(1, 3).SubScalar(1).DivScalar(3).Atan() }, 0, math.Pi * math.Pi / 12},
	} {
		dl.ManualSeed(11)
		x := c.draw().Double()
		if got, within := x.Mean().Item(), 5*math.Sqrt(c.variance/n); math.Abs(got-c.mean) > within {
			t.Errorf("%s: mean %g, want %g ± %g", c.name, got, c.mean, within)
		}
		if got := x.Var().Item(); math.Abs(got/c.variance-1) > 0.08 {
			t.Errorf("%s: variance %g, want %g", c.name, got, c.variance)
		}
		dl.ManualSeed(11)
		if again := c.draw().Double(); !dl.Equal(x, again) {
			t.Errorf("%s: the same seed gave other numbers", c.name)
		}
	}
	wantNumbers(t, "certain events", dl.New([]float64{0, 0}).Poisson(), 0, 0)
	wantNumbers(t, "certain trials", dl.New([]float64{3, 4}).Binomial(dl.New([]float64{0, 1})), 0, 4)
	wantError(t, func() { dl.New([]float64{-1}).Poisson() }, "mean of -1")
	wantError(t, func() { dl.Scalar(2.5).Binomial(dl.Scalar(0.5)) }, "2.5 trials")
	wantError(t, func() { dl.Ones(2).ExponentialInPlace(0) }, "rate 0")
	wantError(t, func() { dl.Ones(2).GeometricInPlace(1) }, "probability 1")
	wantError(t, func() { dl.Ones(2).BernoulliInPlace(-0.5) }, "probability -0.5")
	wantError(t, func() { dl.NewParameter(dl.Ones(2)).CauchyInPlace(0, 1) }, "leaf")
}

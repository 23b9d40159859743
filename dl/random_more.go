package dl

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// source gives gonum's distributions the numbers of a generator.
type source struct{ g *Generator }

func (s source) Uint64() uint64 { return s.g.Uint64() }

// Poisson draws numbers of events with the means that t holds.
// PyTorch: torch.poisson.
func (t *Tensor) Poisson() *Tensor {
	needFloat("poisson", t)
	p := distuv.Poisson{Src: source{DefaultGenerator(StreamInit)}}
	return t.drawn(func(mean float64) float64 {
		if !(mean >= 0) || math.IsInf(mean, 1) {
			fail("poisson", fmt.Sprintf("a mean of %g", mean), "0 or more", "", t)
		}
		if mean == 0 {
			return 0
		}
		p.Lambda = mean
		return p.Rand()
	})
}

// Binomial draws how many of t trials succeed, where o holds the probability of
// success; the two broadcast. PyTorch: torch.binomial.
func (t *Tensor) Binomial(o *Tensor) *Tensor {
	a, b := align("binomial", t.Detach(), o.Detach(), floatOf(promote(t, o)))
	b = b.Contiguous()
	i := -1
	d := distuv.Binomial{Src: source{DefaultGenerator(StreamInit)}}
	return a.drawn(func(n float64) float64 {
		i++
		p := b.get(b.offset + i)
		if !(n >= 0) || n != math.Trunc(n) || math.IsInf(n, 1) || !(p >= 0 && p <= 1) {
			fail("binomial", fmt.Sprintf("%g trials of probability %g", n, p), "whole numbers of trials, probabilities from 0 to 1", "", t, o)
		}
		switch {
		case n == 0 || p == 0:
			return 0
		case p == 1:
			return n
		}
		d.N, d.P = n, p
		return d.Rand()
	})
}

// drawn is a tensor of f of every element, in row-major order.
func (t *Tensor) drawn(f func(v float64) float64) *Tensor {
	x := t.Detach().Contiguous()
	out := empty(t.dtype, t.shape)
	for i := range t.n {
		out.put(i, f(x.get(x.offset+i)))
	}
	return out
}

// drawFrom fills t with f of numbers from (0, 1).
func (t *Tensor) drawFrom(op string, f func(u float64) float64) *Tensor {
	t.beforeWrite(op)
	g := DefaultGenerator(StreamInit)
	NoGrad(func() {
		t.replace(op, t.drawn(func(float64) float64 {
			u := g.Float64()
			for u == 0 {
				u = g.Float64()
			}
			return f(u)
		}))
	})
	return t
}

// ExponentialInPlace fills t with the waiting times between events of the given
// rate. PyTorch: Tensor.exponential_.
func (t *Tensor) ExponentialInPlace(rate float64) *Tensor {
	needPositive("exponential in place", "rate", rate, t)
	return t.drawFrom("exponential in place", func(u float64) float64 { return -math.Log(u) / rate })
}

// GeometricInPlace fills t with how many trials of probability p it takes until
// the first success: 1, 2, … PyTorch: Tensor.geometric_.
func (t *Tensor) GeometricInPlace(p float64) *Tensor {
	if !(p > 0 && p < 1) {
		fail("geometric in place", fmt.Sprintf("probability %g", p), "between 0 and 1", "", t)
	}
	return t.drawFrom("geometric in place", func(u float64) float64 { return math.Max(1, math.Ceil(math.Log(u)/math.Log1p(-p))) })
}

// CauchyInPlace fills t with numbers of Cauchy's distribution of the given median
// and half width. PyTorch: Tensor.cauchy_.
func (t *Tensor) CauchyInPlace(median, sigma float64) *Tensor {
	needPositive("cauchy in place", "sigma", sigma, t)
	return t.drawFrom("cauchy in place", func(u float64) float64 { return median + sigma*math.Tan(math.Pi*(u-0.5)) })
}

// LogNormalInPlace fills t with numbers whose logarithm is normally distributed.
// PyTorch: Tensor.log_normal_.
func (t *Tensor) LogNormalInPlace(mean, std float64) *Tensor {
	needPositive("log normal in place", "std", std, t)
	return t.NormalInPlace(mean, std).ExpInPlace()
}

// BernoulliInPlace fills t with 1 with probability p, else 0.
// PyTorch: Tensor.bernoulli_.
func (t *Tensor) BernoulliInPlace(p float64) *Tensor {
	if !(p >= 0 && p <= 1) {
		fail("bernoulli in place", fmt.Sprintf("probability %g", p), "0 … 1", "", t)
	}
	t.beforeWrite("bernoulli in place")
	g := DefaultGenerator(StreamInit)
	NoGrad(func() {
		t.replace("bernoulli in place", t.drawn(func(float64) float64 {
			if g.Float64() < p {
				return 1
			}
			return 0
		}))
	})
	return t
}

// RandIntInPlace fills t with whole numbers from [low, high).
// PyTorch: Tensor.random_(low, high).
func (t *Tensor) RandIntInPlace(low, high int64) *Tensor {
	t.beforeWrite("randint in place")
	NoGrad(func() { t.replace("randint in place", RandInt(low, high, t.shape...).To(t.dtype)) })
	return t
}

func needPositive(op, what string, v float64, t *Tensor) {
	if !(v > 0) {
		fail(op, fmt.Sprintf("%s %g", what, v), "above 0", "", t)
	}
}

// Package gradcheck compares the gradients that dl computes with finite
// differences.
//
//	gradcheck.Check(t, "square", func(in []*dl.Tensor) *dl.Tensor {
//		return in[0].Mul(in[0])
//	}, dl.Randn(3, 4))
//
// Everything is computed in float64, with central differences; the output,
// whatever its shape, is weighted with fixed numbers so that no error cancels.
// Inputs of integer types are passed on as they are. Check inputs should keep
// away from kinks: finite differences across one mean nothing.
//
// It is for tests only.
package gradcheck

import (
	"math"
	"testing"

	"descent/dl"
)

const (
	step = 1e-6
	// Central differences of a function of order one carry an error of some
	// step² from the series and 1e-16/step from rounding.
	rtol = 1e-5
	atol = 1e-7
)

// Check fails the test unless the gradient of fn at the inputs agrees with
// finite differences.
func Check(t testing.TB, name string, fn func(in []*dl.Tensor) *dl.Tensor, in ...*dl.Tensor) {
	t.Helper()
	xs := prepare(in)
	out := fn(xs)
	if !out.RequiresGrad() {
		t.Errorf("%s: the result does not require a gradient", name)
		return
	}
	loss := weigh(out)
	leaves, at := differentiable(xs)
	grads := dl.Grad([]*dl.Tensor{loss}, leaves, dl.GradOptions{AllowUnused: true})
	for k, g := range grads {
		compare(t, name, at[k], g, leaves[k], func() float64 {
			var v float64
			dl.NoGrad(func() { v = weigh(fn(detached(xs))).Item() })
			return v
		})
	}
}

// CheckSecond fails the test unless the gradient of the gradient agrees with
// finite differences of the gradient.
func CheckSecond(t testing.TB, name string, fn func(in []*dl.Tensor) *dl.Tensor, in ...*dl.Tensor) {
	t.Helper()
	xs := prepare(in)
	leaves, at := differentiable(xs)
	// first is a number made of all first gradients.
	first := func(create bool) *dl.Tensor {
		out := fn(xs)
		grads := dl.Grad([]*dl.Tensor{weigh(out)}, leaves, dl.GradOptions{AllowUnused: true, CreateGraph: create})
		total := dl.ZerosOf(dl.Float64)
		for i, g := range grads {
			if g != nil {
				total = total.Add(weigh(g).MulScalar(1 + 0.3*float64(i)))
			}
		}
		return total
	}
	total := first(true)
	var grads []*dl.Tensor
	if total.RequiresGrad() {
		grads = dl.Grad([]*dl.Tensor{total}, leaves, dl.GradOptions{AllowUnused: true})
	} else {
		grads = make([]*dl.Tensor, len(leaves)) // a linear function: all zero
	}
	for k, g := range grads {
		compare(t, name+" (second order)", at[k], g, leaves[k], func() float64 { return first(false).Item() })
	}
}

// compare checks one gradient against differences of value.
func compare(t testing.TB, name string, input int, g, x *dl.Tensor, value func() float64) {
	t.Helper()
	var got []float64
	if g != nil {
		got = g.Float64s()
		if g.Numel() != x.Numel() {
			t.Errorf("%s: gradient of input %d has shape %v, want %v", name, input, g.Shape(), x.Shape())
			return
		}
	} else {
		got = make([]float64, x.Numel()) // unused means zero
	}
	mem := x.Float64s() // x's own memory: x is contiguous float64
	for i := range mem {
		old := mem[i]
		h := step * math.Max(1, math.Abs(old))
		mem[i] = old + h
		up := value()
		mem[i] = old - h
		down := value()
		mem[i] = old
		want := (up - down) / (2 * h)
		if d := math.Abs(got[i] - want); !(d <= atol+rtol*math.Max(math.Abs(want), math.Abs(up)*1e-3)) {
			t.Errorf("%s: gradient of input %d, element %d: got %.9g, finite difference %.9g", name, input, i, got[i], want)
			return
		}
	}
}

func prepare(in []*dl.Tensor) []*dl.Tensor {
	xs := make([]*dl.Tensor, len(in))
	for i, x := range in {
		if x == nil || !x.DType().IsFloat() {
			xs[i] = x
			continue
		}
		xs[i] = x.Detach().To(dl.Float64).Clone().SetRequiresGrad(true)
	}
	return xs
}

func differentiable(xs []*dl.Tensor) (leaves []*dl.Tensor, at []int) {
	for i, x := range xs {
		if x != nil && x.RequiresGrad() {
			leaves = append(leaves, x)
			at = append(at, i)
		}
	}
	return leaves, at
}

// detached gives the same memory without history.
func detached(xs []*dl.Tensor) []*dl.Tensor {
	out := make([]*dl.Tensor, len(xs))
	for i, x := range xs {
		if x != nil {
			out[i] = x.Detach()
		}
	}
	return out
}

// weigh turns any tensor into a number with a different weight for each
// element.
func weigh(t *dl.Tensor) *dl.Tensor {
	w := make([]float64, t.Numel())
	for i := range w {
		w[i] = math.Sin(1.7*float64(i)+0.4) + 0.3
	}
	return t.Reshape(-1).Mul(dl.FromFloat64s(w)).Sum()
}

package dl

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// GradCheckOptions are the settings of GradCheck.
type GradCheckOptions struct {
	Second bool    // checks the gradient of the gradient too
	Step   float64 // relative size of the differences; 0 means 1e-6
	RTol   float64 // relative tolerance; 0 means 1e-5
	ATol   float64 // absolute tolerance; 0 means 1e-7
}

// GradCheck compares the gradient that f's operations give with central
// differences, and returns what first differs, or nil. It is for operations of
// one's own: see Function. Everything is computed in float64; integer inputs are
// passed on as they are. The output, whatever its shape, is weighted with fixed
// numbers, so that no error cancels. Inputs should keep away from kinks, where
// differences mean nothing.
//
//	err := dl.GradCheck(func(in []*dl.Tensor) *dl.Tensor { return dl.Apply(swish, in[0]) },
//		[]*dl.Tensor{dl.Randn(3, 4)}, dl.GradCheckOptions{Second: true})
//
// PyTorch: torch.autograd.gradcheck, torch.autograd.gradgradcheck.
func GradCheck(f func(in []*Tensor) *Tensor, in []*Tensor, o GradCheckOptions) error {
	for v, def := range map[*float64]float64{&o.Step: 1e-6, &o.RTol: 1e-5, &o.ATol: 1e-7} {
		if *v == 0 {
			*v = def
		}
	}
	xs := make([]*Tensor, len(in))
	var leaves []*Tensor
	var at []int
	for i, x := range in {
		if xs[i] = x; x != nil && x.dtype.IsFloat() {
			xs[i] = x.Detach().To(Float64).Clone().SetRequiresGrad(true)
			leaves, at = append(leaves, xs[i]), append(at, i)
		}
	}
	out := f(xs)
	if out == nil || !out.RequiresGrad() {
		return errors.New("the result does not require a gradient")
	}
	grads := Grad([]*Tensor{weighted(out)}, leaves, GradOptions{AllowUnused: true})
	plain := func() float64 {
		fixed := make([]*Tensor, len(xs))
		for i, x := range xs {
			if fixed[i] = x; x != nil {
				fixed[i] = x.Detach()
			}
		}
		var v float64
		NoGrad(func() { v = weighted(f(fixed)).Item() })
		return v
	}
	for k, g := range grads {
		if err := o.compare(at[k], g, leaves[k], plain); err != nil {
			return err
		}
	}
	if !o.Second {
		return nil
	}
	return o.second(f, xs, leaves, at)
}

// second checks the gradient of a number made of all first gradients.
func (o GradCheckOptions) second(f func(in []*Tensor) *Tensor, xs, leaves []*Tensor, at []int) error {
	first := func(create bool) *Tensor {
		grads := Grad([]*Tensor{weighted(f(xs))}, leaves, GradOptions{AllowUnused: true, CreateGraph: create})
		total := ZerosOf(Float64)
		for i, g := range grads {
			if g != nil {
				total = total.Add(weighted(g).MulScalar(1 + 0.3*float64(i)))
			}
		}
		return total
	}
	total := first(true)
	grads := make([]*Tensor, len(leaves)) // nil for a linear function: all zero
	if total.RequiresGrad() {
		grads = Grad([]*Tensor{total}, leaves, GradOptions{AllowUnused: true})
	}
	for k, g := range grads {
		if err := o.compare(at[k], g, leaves[k], func() float64 { return first(false).Item() }); err != nil {
			return fmt.Errorf("second order: %w", err)
		}
	}
	return nil
}

// compare checks one gradient against differences of value. Central differences
// of a function of order one carry an error of some step² from the series and
// 1e-16/step from rounding.
func (o GradCheckOptions) compare(input int, g, x *Tensor, value func() float64) error {
	got := make([]float64, x.n) // unused means zero
	if g != nil {
		if !slices.Equal(g.shape, x.shape) {
			return fmt.Errorf("the gradient of input %d has shape %s, want %s", input, shapeText(g.shape), shapeText(x.shape))
		}
		got = g.Float64s()
	}
	mem := x.Float64s() // x's own memory: x is contiguous float64
	for i, old := range mem {
		h := o.Step * math.Max(1, math.Abs(old))
		mem[i] = old + h
		up := value()
		mem[i] = old - h
		down := value()
		mem[i] = old
		want := (up - down) / (2 * h)
		if d := math.Abs(got[i] - want); !(d <= o.ATol+o.RTol*math.Max(math.Abs(want), math.Abs(up)*1e-3)) {
			return fmt.Errorf("the gradient of input %d, element %d, is %.9g; finite differences give %.9g", input, i, got[i], want)
		}
	}
	return nil
}

// weighted makes a number of a tensor, with a different weight for each element.
func weighted(t *Tensor) *Tensor {
	w := make([]float64, t.n)
	for i := range w {
		w[i] = math.Sin(1.7*float64(i)+0.4) + 0.3
	}
	return t.Reshape(-1).Mul(FromFloat64s(w)).Sum()
}

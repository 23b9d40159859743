package explain

import (
	"fmt"
	"math"

	"descent/dl"
	"descent/dl/nn"
)

// IGOptions configures [IntegratedGradients].
type IGOptions struct {
	// Baseline is the input of which it is known that it says nothing, of the shape of the inputs or of one of them; nil means
	// zeros.
	Baseline *dl.Tensor
	Steps    int // points on the way from the baseline; 0 means 50
}

// IntegratedGradients adds up the gradients on the straight way from a baseline to the input. Its values are complete: they
// add up to the difference of the scores of input and baseline, up to the error in Delta, which shrinks with more steps.
//
//	x [N, …] → values [N, …]
//
// The points on the way are those of Gauss and Legendre's quadrature, as in Captum.
//
// M. Sundararajan, A. Taly, Q. Yan: Axiomatic Attribution for Deep Networks, arXiv:1703.01365.
// Captum: IntegratedGradients.
func IntegratedGradients(model nn.Module, x, target *dl.Tensor, o IGOptions) *Attribution {
	const op = "explain.IntegratedGradients"
	if o.Steps == 0 {
		o.Steps = 50
	}
	if o.Steps < 1 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("%d steps", o.Steps), Want: "at least 1"})
	}
	var a *Attribution
	nn.InEval(model, func() {
		t := begin(op, "Integrated gradients", model, x, target)
		base := baseline(op, t.x, o.Baseline)
		way := t.x.Sub(base)
		var sum *dl.Tensor
		at, weight := legendre(o.Steps)
		for i, u := range at {
			g := t.gradient(base.Add(way.MulScalar(u))).MulScalar(weight[i])
			if sum == nil {
				sum = g
			} else {
				sum = sum.Add(g)
			}
		}
		a = t.done(sum.Mul(way), true)
		var from []float64
		dl.NoGrad(func() { from = t.scores(base).Float64s() })
		for i, s := range a.Sum() {
			a.Delta = append(a.Delta, s-(a.Score[i]-from[i]))
		}
	})
	return a
}

// baseline gives the baseline the shape of the inputs.
func baseline(op string, x, b *dl.Tensor) *dl.Tensor {
	if b == nil {
		return x.MulScalar(0)
	}
	b = b.Detach().To(x.DType())
	if b.Dim() == x.Dim()-1 {
		b = b.Unsqueeze(0)
	}
	if b.Dim() != x.Dim() {
		panic(&dl.Error{Op: op, Shapes: [][]int{x.Shape(), b.Shape()}, Got: fmt.Sprintf("a baseline of shape %v for inputs of shape %v", b.Shape(), x.Shape()),
			Want: "the shape of the inputs, or of one of them"})
	}
	return b.Expand(x.Shape()...).Contiguous()
}

// legendre returns the points and weights of Gauss and Legendre's quadrature on [0, 1], by Newton's method from Tricomi's
// estimate of the roots.
func legendre(n int) (at, weight []float64) {
	at, weight = make([]float64, n), make([]float64, n)
	for i := range n {
		x := math.Cos(math.Pi * (float64(i) + 0.75) / (float64(n) + 0.5))
		var slope float64
		for range 100 {
			p, q := 1.0, 0.0 // polynomials of degree k and k-1
			for k := range n {
				p, q = (float64(2*k+1)*x*p-float64(k)*q)/float64(k+1), p
			}
			slope = float64(n) * (x*p - q) / (x*x - 1)
			step := p / slope
			x -= step
			if math.Abs(step) < 1e-15 {
				break
			}
		}
		j := n - 1 - i // from left to right
		at[j] = (1 + x) / 2
		weight[j] = 1 / ((1 - x*x) * slope * slope)
	}
	return at, weight
}

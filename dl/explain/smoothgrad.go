package explain

import (
	"fmt"
	"math"

	"descent/dl"
	"descent/dl/nn"
)

// SmoothGradOptions configures [SmoothGrad].
type SmoothGradOptions struct {
	Samples int     // noisy copies of each input; 0 means 25
	Noise   float64 // deviation of the noise, as a part of the range of the inputs; 0 means 0.15
	Squared bool    // averages the squares of the gradients, which shows size without sign
	Seed    uint64  // of the noise
}

// SmoothGrad averages the gradient of a class's score over noisy copies of the input, which takes the grain out of a
// gradient map.
//
//	x [N, …] → values [N, …]
//
// D. Smilkov et al.: SmoothGrad: removing noise by adding noise, arXiv:1706.03825.
// Captum: NoiseTunnel.
func SmoothGrad(model nn.Module, x, target *dl.Tensor, o SmoothGradOptions) *Attribution {
	const op = "explain.SmoothGrad"
	if o.Samples == 0 {
		o.Samples = 25
	}
	if o.Noise == 0 {
		o.Noise = 0.15
	}
	if o.Samples < 1 || !(o.Noise > 0) {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("%d samples of noise %g", o.Samples, o.Noise), Want: "positive numbers"})
	}
	var a *Attribution
	nn.InEval(model, func() {
		t := begin(op, "SmoothGrad", model, x, target)
		low, high := math.Inf(1), math.Inf(-1)
		for _, v := range t.x.Float64s() {
			low, high = math.Min(low, v), math.Max(high, v)
		}
		gen := dl.NewGenerator(o.Seed, dl.StreamUser)
		noise := make([]float32, t.x.Numel())
		var sum *dl.Tensor
		for range o.Samples {
			gen.FillNormal(noise)
			n := dl.FromFloat32s(noise, t.x.Shape()...).To(t.x.DType()).MulScalar(o.Noise * (high - low))
			g := t.gradient(t.x.Add(n))
			if o.Squared {
				g = g.Mul(g)
			}
			if sum == nil {
				sum = g
			} else {
				sum = sum.Add(g)
			}
		}
		a = t.done(sum.DivScalar(float64(o.Samples)), !o.Squared)
	})
	return a
}

package optim

import (
	"math"

	"descent/dl"
)

// ClipGradNorm scales the gradients of all parameters together so that their norm is at most limit, and returns the norm
// that they had. A norm that is infinite or not a number leaves them as they are.
//
// R. Pascanu, T. Mikolov, Y. Bengio: On the difficulty of training recurrent neural networks, arXiv:1211.5063.
// PyTorch: nn.utils.clip_grad_norm_.
func ClipGradNorm(params []*dl.Tensor, limit float64) float64 {
	sum := 0.0
	for _, p := range params {
		if g := p.Grad(); g != nil {
			sum += sumSquares(g)
		}
	}
	norm := math.Sqrt(sum)
	scale := limit / (norm + 1e-6)
	if !(scale < 1) || math.IsInf(norm, 0) || math.IsNaN(norm) {
		return norm
	}
	for _, p := range params {
		if g := p.Grad(); g != nil {
			p.SetGrad(g.Detach().MulScalar(scale))
		}
	}
	return norm
}

// GradNorm is the norm of the gradients of all parameters taken as one vector.
//
// PyTorch: nn.utils.get_total_norm.
func GradNorm(params []*dl.Tensor) float64 {
	sum := 0.0
	for _, p := range params {
		if g := p.Grad(); g != nil {
			sum += sumSquares(g)
		}
	}
	return math.Sqrt(sum)
}

func sumSquares(g *dl.Tensor) float64 {
	sum := 0.0
	if g.DType() == dl.Float32 {
		for _, v := range g.Detach().Contiguous().Float32s() {
			sum += float64(v) * float64(v)
		}
		return sum
	}
	for _, v := range g.Detach().Float64s() {
		sum += v * v
	}
	return sum
}

// ClipGradValue cuts every element of the gradients off at ±limit.
//
// PyTorch: nn.utils.clip_grad_value_.
func ClipGradValue(params []*dl.Tensor, limit float64) {
	for _, p := range params {
		if g := p.Grad(); g != nil {
			p.SetGrad(g.Detach().Clamp(-limit, limit))
		}
	}
}

package explain

import (
	"descent/dl"
	"descent/dl/nn"
)

// Saliency is the size of the gradient of a class's score: how much the score would change with each pixel. target holds
// the class of each input to explain, [N] of integers; nil explains the classes that the model predicts.
//
//	x [N, …] → values [N, …], not negative
//
// K. Simonyan, A. Vedaldi, A. Zisserman: Deep Inside Convolutional Networks, arXiv:1312.6034.
// Captum: Saliency.
func Saliency(model nn.Module, x, target *dl.Tensor) *Attribution {
	var a *Attribution
	nn.InEval(model, func() {
		t := begin("explain.Saliency", "Saliency", model, x, target)
		a = t.done(t.gradient(t.x).Abs(), false)
	})
	return a
}

// InputXGradient is the gradient of a class's score times the input: the first term of what each pixel adds to the score.
//
//	x [N, …] → values [N, …]
//
// A. Shrikumar et al.: Not Just a Black Box, arXiv:1605.01713.
// Captum: InputXGradient.
func InputXGradient(model nn.Module, x, target *dl.Tensor) *Attribution {
	var a *Attribution
	nn.InEval(model, func() {
		t := begin("explain.InputXGradient", "Input × gradient", model, x, target)
		a = t.done(t.gradient(t.x).Mul(t.x), true)
	})
	return a
}

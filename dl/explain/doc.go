// Package explain shows what a model looked at: it gives every number of an input a value that says how much it mattered
// for the answer.
//
//	a := explain.Saliency(model, x, nil)                       // for the classes that the model predicts
//	b := explain.IntegratedGradients(model, x, y, explain.IGOptions{})
//	c := explain.GradCAM(model, lastConv, x, y)
//
// The methods follow Captum in formula and name. Each runs the model in evaluation mode, leaves its parameters, its
// gradients and its mode as they were, and returns an [*Attribution] with values of the shape of the input.
//
// No method tells why a model is right. Gradients say what a small change would do at one point; read several methods
// together, and distrust a picture that stays the same for a model with random weights.
package explain

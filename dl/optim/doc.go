// Package optim changes the parameters of a model so that its loss goes down: the optimizers, schedules for their learning
// rate, and clipping of gradients.
//
//	optimizer := optim.NewAdam(nn.Params(model), optim.AdamOptions{LR: 0.001})
//	schedule := optim.NewCosine(optimizer, epochs, optim.CosineOptions{})
//	for epoch := range epochs {
//		for batch := range loader.All() {
//			optimizer.ZeroGrad()
//			nn.CrossEntropy(model.Forward(batch.X), batch.Y).Backward()
//			optimizer.Step()
//		}
//		schedule.Step()
//	}
//
// Formulas, names and defaults are PyTorch's: a step from the same parameters and gradients gives the same numbers, within
// the rounding of float32. Each optimizer makes its step in one pass over all parameters.
//
// L-BFGS evaluates the loss itself: see [LBFGS.StepWith]. Schedules follow one another in a [SequentialLR] and act together
// in a [ChainedScheduler].
//
// A parameter without a gradient, because it is frozen or took no part in the loss, stays as it is.
//
// It knows nothing of models: it takes the parameters that nn.Params lists.
package optim

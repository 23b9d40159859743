// Package learn trains models: a Trainer runs the loop that every training
// needs, measures what it does, and returns a History.
//
//	trainer := learn.NewTrainer(model, optimizer, nn.CrossEntropy)
//	history := trainer.Fit(loader, learn.FitOptions{Epochs: 5, Validation: testLoader})
//	result := trainer.Evaluate(testLoader)
//
// One step of Fit is exactly the explicit loop
//
//	optimizer.ZeroGrad()
//	loss := nn.CrossEntropy(model.Forward(batch.X), batch.Y)
//	loss.Backward()
//	optimizer.Step()
//
// and ends in the same weights, bit for bit. Around it Fit keeps the running
// loss and metrics, evaluates on validation data in evaluation mode and without
// gradients, calls back, stops early, stops on a loss that is no longer a number
// and stops on an interrupt with the model and the history intact.
//
// The package prints nothing. What a run does it tells to a Reporter; a notebook
// installs one that draws.
package learn
